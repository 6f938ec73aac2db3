import ArbitraryPrecision
import Expressions

/// Sines, cosines and exponentials of sums, by the addition theorems from one base for each term; other functions by their argument.
extension SymbolicField {
  /// The greatest multiple of a base angle that is expanded.
  static let greatestMultiple = 512

  mutating func call(_ function: ElementaryFunction, _ x: RationalFunction) throws -> RationalFunction {
    switch function {
    case .sqrt: return try squareRoot(x)
    case .sin: return try circle(x).sine
    case .cos: return try circle(x).cosine
    case .tan:
      let (cosine, sine) = try circle(x)
      return try quotient(sine, cosine)
    case .exp: return try exponential(x)
    case .log where x.constant == 1, .atan where x.isZero: return .zero
    case .log, .atan: return value(of: .function(function, x))
    }
  }

  /// The terms of a function: rational multiples of units.
  private func units(_ x: RationalFunction, isAngle: Bool) -> [(unit: Unit, multiple: Rational)] {
    x.numerator.terms.sorted { $0.key < $1.key }.map { monomial, coefficient in
      let common = monomial.common(x.denominator.commonMonomial)
      let unit = Unit(
        monomial: monomial.divided(by: common) ?? monomial, denominator: x.denominator.dividedByMonomial(common),
        isAngle: isAngle)
      return (unit, coefficient)
    }
  }

  private func multiple(_ unit: Unit, _ factor: Rational) throws -> (base: RationalFunction, count: Int) {
    let base = bases[unit] ?? 1
    let scaled = factor * Rational(base)
    guard let whole = scaled.integer else { throw NeedsFinerBase(unit: unit, divisor: factor.denominator) }
    guard let count = Int(exactly: whole), abs(count) <= SymbolicField.greatestMultiple else {
      throw OutsideFragment("a multiple of an angle above \(SymbolicField.greatestMultiple)")
    }
    let angle = try quotient(
      Polynomial(unit.monomial, Rational(1, base)), unit.denominator)
    return (angle, count)
  }

  /// Cosine and sine of an angle.
  private mutating func circle(_ x: RationalFunction) throws -> (cosine: RationalFunction, sine: RationalFunction) {
    var result = (cosine: RationalFunction.one, sine: RationalFunction.zero)
    for (unit, factor) in units(x, isAngle: true) {
      let part: (cosine: RationalFunction, sine: RationalFunction)
      let count: Int
      if unit.denominator == .one, generatorOfPi(unit.monomial), let twelfths = (12 * factor).integer {
        // The angle pi/12: its cosine is (sqrt 6 + sqrt 2)/4, its sine (sqrt 6 - sqrt 2)/4.
        let two = try squareRoot(RationalFunction(2)), six = try squareRoot(RationalFunction(6))
        let quarter = RationalFunction(Rational(1, 4))
        part = (try product(quarter, try sum(six, two)), try product(quarter, try difference(six, two)))
        count = twelfths.modulo(24)
      } else {
        let (angle, multiple) = try multiple(unit, factor)
        part = (value(of: .cosine(angle)), value(of: .sine(angle)))
        count = multiple
      }
      var power = try rotated(part, abs(count))
      if count < 0 { power.sine = negation(power.sine) }
      result = try turned(result, power)
    }
    return result
  }

  private func generatorOfPi(_ monomial: Monomial) -> Bool {
    monomial.powers.count == 1 && monomial.powers[0].exponent == 1 && generators[monomial.powers[0].generator] == .pi
  }

  private typealias Turn = (cosine: RationalFunction, sine: RationalFunction)

  private func turned(_ a: Turn, _ b: Turn) throws -> Turn {
    (
      try difference(try product(a.cosine, b.cosine), try product(a.sine, b.sine)),
      try sum(try product(a.sine, b.cosine), try product(a.cosine, b.sine))
    )
  }

  /// A turn made several times.
  private func rotated(_ turn: Turn, _ count: Int) throws -> Turn {
    var result: Turn = (.one, .zero)
    var (base, rest) = (turn, count)
    while rest > 0 {
      if rest & 1 == 1 { result = try turned(result, base) }
      rest >>= 1
      if rest > 0 { base = try turned(base, base) }
    }
    return result
  }

  private mutating func exponential(_ x: RationalFunction) throws -> RationalFunction {
    var result = RationalFunction.one
    for (unit, factor) in units(x, isAngle: false) {
      // e^(i y) is a turn.
      if let i = numberOfImaginaryUnit, unit.monomial.exponent(of: i) == 1 {
        let real = Unit(monomial: unit.monomial.without(i), denominator: unit.denominator, isAngle: true)
        let angle = try quotient(Polynomial(real.monomial, factor), real.denominator)
        let (cosine, sine) = try circle(angle)
        let turn = try sum(cosine, try product(RationalFunction(normal: Polynomial(generator: i)), sine))
        result = try product(result, turn)
        continue
      }
      let (base, count) = try multiple(unit, factor)
      result = try product(result, try power(value(of: .exponential(base)), count))
    }
    return result
  }

  private var numberOfImaginaryUnit: Int? { generators.firstIndex(of: .imaginaryUnit) }

  // MARK: - Derivatives

  /// The derivative in a parameter, by the rules for each generator.
  mutating func derivative(_ f: RationalFunction, _ parameter: Int) throws -> RationalFunction {
    let (p, q) = (try derivative(f.numerator, parameter), try derivative(f.denominator, parameter))
    let (n, d) = (RationalFunction(normal: f.numerator), RationalFunction(normal: f.denominator))
    if q.isZero { return try quotient(p, d) }
    return try quotient(try difference(try product(p, d), try product(n, q)), try product(d, d))
  }

  private mutating func derivative(_ p: Polynomial, _ parameter: Int) throws -> RationalFunction {
    var result = RationalFunction.zero
    for generator in p.generators.sorted() {
      let slope = try derivative(ofGenerator: generator, parameter)
      if slope.isZero { continue }
      var partial = Polynomial.zero
      for (monomial, coefficient) in p.terms {
        let exponent = monomial.exponent(of: generator)
        guard exponent > 0, let rest = monomial.divided(by: Monomial(generator)) else { continue }
        partial.add(coefficient * Rational(Integer(exponent)), rest)
      }
      result = try sum(result, try product(try quotient(partial, .one), slope))
    }
    return result
  }

  private mutating func derivative(ofGenerator generator: Int, _ parameter: Int) throws -> RationalFunction {
    if generator == parameter { return .one }
    let own = RationalFunction(normal: Polynomial(generator: generator))
    switch generators[generator] {
    case .parameter, .pi, .imaginaryUnit: return .zero
    case .root(let p, let q):
      // r^2 = p q, so r' = (p q)'/(2 r) = (p q)' r/(2 p q).
      let square = try quotient(p * q, .one)
      return try quotient(
        try product(own, try derivative(square, parameter)), try product(RationalFunction(2), square))
    case .cosine(let x): return negation(try product(value(of: .sine(x)), try derivative(x, parameter)))
    case .sine(let x): return try product(value(of: .cosine(x)), try derivative(x, parameter))
    case .exponential(let x): return try product(own, try derivative(x, parameter))
    case .function(.log, let x): return try quotient(try derivative(x, parameter), x)
    case .function(.atan, let x):
      return try quotient(try derivative(x, parameter), try sum(.one, try product(x, x)))
    case .function: throw OutsideFragment("a derivative of a function without a rule")
    }
  }
}
