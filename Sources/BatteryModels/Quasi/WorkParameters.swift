import ArbitraryPrecision

/// The rational parameters of quasiprobabilities of work: works that coincide are told from works that do not, so q and
/// w are exact fractions.
enum WorkParameters {
  /// q of p_q.
  static let order = Parameter("q", .real, .stated("q rational"))
  /// A work in units of eps.
  static let work = Parameter("w", .real, .stated("w rational"))

  /// The value of one of them.
  ///
  /// - Throws: ``BadInput`` when it is not rational.
  static func rational(_ name: String, _ arguments: Arguments) throws -> Rational {
    guard let value = arguments.constant(name).rational else {
      throw BadInput("parameter \(name): \(arguments.text(name).abridged) is not rational; accepted: rational numbers")
    }
    return value
  }

  /// Refuses those of them that a quantity has and that are not rational.
  static func check(_ arguments: Arguments) throws {
    for parameter in [order, work] where arguments.has(parameter.name) { _ = try rational(parameter.name, arguments) }
  }
}
