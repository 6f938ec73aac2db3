import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// What follows from the law of one block alone, since blocks are independent: cumulants add up, and characteristic
/// functions multiply.
extension BlockLaw {
  /// The characteristic function of one block, the sum of p e^(iuw), w in units of the block's energy.
  ///
  /// By the sum over i, j, k it is Tr(e^(-iuqH0) rho e^(-iu(1-q)H0) U' e^(iuH0) U) of the block; that of q and of 1 - q
  /// are the same, since the weights do not change when i and j are exchanged.
  func characteristic(_ u: Interval) -> ComplexInterval {
    atomsOfBlock(u.precision).characteristic(u, precision: u.precision)
  }

  /// The first cumulants of one block's work, from that of order one to at most four, in powers of its energy.
  func cumulants(_ precision: Int) -> [Interval] {
    let atoms = atomsOfBlock(precision)
    return BlockLaw.cumulants((1...4).map { atoms.moment($0, precision: precision) })
  }

  /// The atoms of one block, works in units of its energy.
  private func atomsOfBlock(_ precision: Int) -> [WorkQuasiprobability.Atom] {
    zip(places, probabilities(precision)).map { .init(work: work(of: $0.terms[0]), probability: $1) }
  }

  /// The cumulants that belong to four moments.
  static func cumulants<Number: CumulantNumber>(_ m: [Number]) -> [Number] {
    let mean = m[0]
    let square = mean.squared
    return [
      mean, m[1] - square, m[2] - 3 * (mean * m[1]) + 2 * (mean * square),
      m[3] - 4 * (mean * m[2]) - 3 * m[1].squared + 12 * (square * m[1]) - 6 * square.squared,
    ]
  }
}

/// What cumulants are made of.
protocol CumulantNumber {
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func * (factor: Int, a: Self) -> Self
  var squared: Self { get }
}

extension Interval: CumulantNumber {}
extension ExponentialSum: CumulantNumber {}

/// The law of one block as polynomials in sines and cosines of a and b, which decide whether a cumulant or the
/// characteristic function vanishes.
extension BlockLaw {
  /// The terms phi_i phi_j R_ki R_kj with their works, in units of the block's energy; a is the angle 0, b the angle 1.
  private func exactTerms(angles: Int) -> [(work: Rational, weight: ExponentialSum)] {
    let phi = [ExponentialSum.cosine(of: 0, angles: angles), .sine(of: 0, angles: angles)]
    let (cosine, sine) = (ExponentialSum.cosine(of: 1, angles: angles), ExponentialSum.sine(of: 1, angles: angles))
    func rotation(_ k: Int, _ i: Int) -> ExponentialSum { k == i ? cosine : k == 1 ? sine : -1 * sine }
    return places.flatMap(\.terms).map {
      (work(of: $0), phi[$0.i] * phi[$0.j] * rotation($0.k, $0.i) * rotation($0.k, $0.j))
    }
  }

  /// Whether a cumulant of one block is zero.
  func isCumulantZero(_ order: Int) -> Decision {
    guard let angles = angles.exact else { return .undecided }
    let terms = exactTerms(angles: 2)
    let moments = (1...4).map { n in
      terms.reduce(ExponentialSum(0, angles: 2)) { $0 + $1.work.power(n) * $1.weight }
    }
    return BlockLaw.cumulants(moments)[order - 1].isZero(at: angles)
  }

  /// Whether the characteristic function of one block is zero at u, in units of its inverse energy.
  ///
  /// With works that are integers over s it is a polynomial in sines and cosines of a and b and in e^(iu/s).
  func isCharacteristicZero(_ u: Constant) -> Decision {
    let terms = exactTerms(angles: 3)
    let divisor = terms.map(\.work.denominator).reduce(Integer(1)) {
      $0 * $1.dividedDown(by: $0.greatestCommonDivisor($1))
    }
    guard let angles = angles.exact, let step = try? Constant(u.expression / .number(Rational(divisor))),
      let angle = ExactAngle(step)
    else { return .undecided }
    var sum = ExponentialSum(0, angles: 3)
    for (work, weight) in terms {
      guard let place = (work * Rational(divisor)).integer.flatMap({ Int(exactly: $0) }), abs(place) < 1 << 40 else {
        return .undecided
      }
      sum = sum + weight * .exponential(place, of: 2, angles: 3)
    }
    return sum.isZero(at: angles + [angle])
  }
}
