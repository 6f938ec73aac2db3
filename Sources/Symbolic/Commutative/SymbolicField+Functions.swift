import ArbitraryPrecision
import Expressions
import Operators

/// Sines and cosines by Euler's formula, turns and exponentials of sums as products of powers of one base for each
/// term; logarithms of products as sums; magnitudes as roots of squares; other functions by their argument.
///
/// An operation is called with operands that are worked out: what adds a generator must come before, or the operation
/// would not know its relation.
extension SymbolicField {
  /// The greatest multiple of a base angle.
  static let greatestMultiple = 512

  mutating func call(_ function: ElementaryFunction, _ x: RationalFunction) throws -> RationalFunction {
    switch function {
    case .sqrt: return try squareRoot(x)
    case .sin:
      let (turn, back) = try turns(x)
      let unit = value(of: .imaginaryUnit)
      return try quotient(try difference(turn, back), try product(RationalFunction(2), unit))
    case .cos:
      let (turn, back) = try turns(x)
      return try quotient(try sum(turn, back), RationalFunction(2))
    case .tan:
      let (sine, cosine) = (try call(.sin, x), try call(.cos, x))
      return try quotient(sine, cosine)
    case .exp: return try exponential(x)
    case .sinh:
      let (rise, fall) = (try exponential(x), try exponential(negation(x)))
      return try quotient(try difference(rise, fall), RationalFunction(2))
    case .cosh:
      let (rise, fall) = (try exponential(x), try exponential(negation(x)))
      return try quotient(try sum(rise, fall), RationalFunction(2))
    case .tanh:
      let (sine, cosine) = (try call(.sinh, x), try call(.cosh, x))
      return try quotient(sine, cosine)
    // The magnitude of a real number is the root of its square.
    case .abs:
      guard try isReal(x) else { throw OutsideFragment("the magnitude of what may not be real") }
      return try squareRoot(try product(x, x))
    case .log: return try logarithm(x)
    case .atan: return x.isZero ? .zero : value(of: .function(.atan, x))
    }
  }

  /// The function that a monomial is the value of, such as log(x); nil for others.
  private func argument(_ function: ElementaryFunction, of unit: Unit) -> RationalFunction? {
    guard unit.denominator == .one, unit.monomial.powers.count == 1, unit.monomial.powers[0].exponent == 1,
      case .function(function, let argument) = generators[unit.monomial.powers[0].generator]
    else { return nil }
    return argument
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

  /// e^(ix) and e^(-ix) for an angle x.
  private mutating func turns(_ x: RationalFunction) throws -> (turn: RationalFunction, back: RationalFunction) {
    var result = (turn: RationalFunction.one, back: RationalFunction.one)
    for (unit, factor) in units(x, isAngle: true) {
      if unit.denominator == .one, generatorOfPi(unit.monomial), let twelfths = (12 * factor).integer {
        let count = twelfths.modulo(24)
        // e^(i pi/12) = (sqrt 6 + sqrt 2 + i (sqrt 6 - sqrt 2))/4.
        let two = try squareRoot(RationalFunction(2)), six = try squareRoot(RationalFunction(6))
        let (high, low) = (try sum(six, two), try difference(six, two))
        let unit = value(of: .imaginaryUnit)
        let imaginary = try product(unit, low)
        let quarter = RationalFunction(Rational(1, 4))
        let (turn, back) = (
          try product(quarter, try sum(high, imaginary)), try product(quarter, try difference(high, imaginary))
        )
        result = (
          try product(result.turn, try power(turn, count)), try product(result.back, try power(back, count))
        )
      } else if let count = factor.integer, bases[unit, default: 1] == 1,
        let integers = productOfIntegers(besidePi: unit)
      {
        // e^(i pi m) is (-1)^m, its own inverse; where parts of the angle occur it stays a power of theirs.
        guard count.modulo(2) == 1 else { continue }
        let sign = value(of: .alternation(integers))
        result = (try product(result.turn, sign), try product(result.back, sign))
      } else if let count = factor.integer.flatMap({ Int(exactly: $0) }), let x = argument(.atan, of: unit) {
        // e^(i atan x) = (1 + i x)/sqrt(1 + x^2).
        let square = try product(x, x)
        let radius = try squareRoot(try sum(.one, square))
        let imaginary = try product(value(of: .imaginaryUnit), x)
        let turn = try quotient(try sum(.one, imaginary), radius)
        let back = try quotient(try difference(.one, imaginary), radius)
        result = (
          try product(result.turn, try power(turn, count)), try product(result.back, try power(back, count))
        )
      } else {
        let (angle, count) = try multiple(unit, factor)
        let turn = value(of: .turn(angle))
        result = (
          try product(result.turn, try power(turn, count)), try product(result.back, try power(turn, -count))
        )
      }
    }
    return result
  }

  private func generatorOfPi(_ monomial: Monomial) -> Bool {
    monomial.powers.count == 1 && monomial.powers[0].exponent == 1 && generators[monomial.powers[0].generator] == .pi
  }

  /// The product m of a term m pi whose other names stand for integers, each taken once, as the parity of powers is
  /// that of their base.
  private func productOfIntegers(besidePi unit: Unit) -> Monomial? {
    guard unit.denominator == .one, let pi = numbers[.pi], unit.monomial.exponent(of: pi) == 1 else { return nil }
    return productOfIntegers(unit.monomial.without(pi))
  }

  private func productOfIntegers(_ monomial: Monomial) -> Monomial? {
    var result = Monomial.one
    for power in monomial.powers {
      guard case .parameter(let name) = generators[power.generator], domains[name]?.isInteger ?? false else {
        return nil
      }
      result = result * Monomial(power.generator)
    }
    return result == .one ? nil : result
  }

  mutating func exponential(_ x: RationalFunction) throws -> RationalFunction {
    var result = RationalFunction.one
    for (unit, factor) in units(x, isAngle: false) {
      // e^(n log y) = y^n, and a root for halves.
      if let y = argument(.log, of: unit), let twice = (2 * factor).integer.flatMap({ Int(exactly: $0) }) {
        let base = twice % 2 == 0 ? y : try squareRoot(y)
        result = try product(result, try power(base, twice % 2 == 0 ? twice / 2 : twice))
        continue
      }
      // e^(i y) is a turn.
      if let i = numberOfImaginaryUnit, unit.monomial.exponent(of: i) == 1 {
        let real = Unit(monomial: unit.monomial.without(i), denominator: unit.denominator, isAngle: true)
        let angle = try quotient(Polynomial(real.monomial, factor), real.denominator)
        let turn = try turns(angle).turn
        result = try product(result, turn)
        continue
      }
      let (base, count) = try multiple(unit, factor)
      let exponential = value(of: .exponential(base))
      result = try product(result, try power(exponential, count))
    }
    return result
  }

  /// The number of the imaginary unit, where it has been met.
  var numberOfImaginaryUnit: Int? { generators.firstIndex(of: .imaginaryUnit) }

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
    case .parameter, .pi, .imaginaryUnit, .alternation: return .zero
    case .root(let p, let q):
      // r^2 = p q, so r' = (p q)'/(2 r) = (p q)' r/(2 p q).
      let square = try quotient(p * q, .one)
      let slope = try derivative(square, parameter)
      return try quotient(try product(own, slope), try product(RationalFunction(2), square))
    case .turn(let x):
      let (unit, slope) = (value(of: .imaginaryUnit), try derivative(x, parameter))
      return try product(try product(own, unit), slope)
    case .exponential(let x):
      let slope = try derivative(x, parameter)
      return try product(own, slope)
    case .function(.log, let x):
      let slope = try derivative(x, parameter)
      return try quotient(slope, x)
    case .function(.atan, let x):
      let slope = try derivative(x, parameter)
      return try quotient(slope, try sum(.one, try product(x, x)))
    case .integerPower(let p, let m):
      // (p^m)' = m p^m p'/p.
      let slope = try derivative(RationalFunction(normal: p), parameter)
      let outer = try product(own, RationalFunction(normal: Polynomial(m, 1)))
      return try quotient(try product(outer, slope), RationalFunction(normal: p))
    case .function: throw OutsideFragment("a derivative of a function without a rule")
    }
  }
}
