import ArbitraryPrecision
import Catalogue
import Expressions

/// Names and types of the parameters of work quasiprobabilities. Works that coincide are told from works that do not,
/// so q and w are exact fractions.
extension ParameterKey where Value == Rational {
  /// q of p_q, how operators are ordered.
  public static var ordering: Self { Self("q") }
  /// A work w in units of eps.
  public static var work: Self { Self("w") }
}

extension ParameterKey where Value == Constant {
  /// The angle a = g t1 before the slice.
  public static var angleBefore: Self { Self("a") }
  /// The angle b = g (t2 - t1) during the slice.
  public static var angleDuring: Self { Self("b") }
  /// u, conjugate to the work.
  public static var conjugate: Self { Self("u") }
  /// The standard deviation sigma of a Gaussian that smooths.
  public static var smoothing: Self { Self("sigma") }
}

extension ParameterKey where Value == Integer {
  /// The cells k of a block.
  public static var cellsPerBlock: Self { Self("k") }
  /// The order of a cumulant.
  public static var cumulantOrder: Self { Self("order") }
}

extension ParameterKey where Value == BlockBattery.Family {
  /// What is a block.
  static var family: Self { Self("family") }
}

extension ParameterKey where Value == ParallelLimits.Limit {
  /// The law that is approached.
  static var limitLaw: Self { Self("limit") }
}

extension ParameterKey where Value == FlipTime.Held {
  /// What is held when charges are compared.
  static var held: Self { Self("held") }
}

extension Parameter {
  static let ordering = Parameter(.ordering)
  static let work = Parameter(.work)
}
