import ArbitraryPrecision
import Expressions
import Operators

/// Normal forms written as formulas, for readers and for further steps.
extension SymbolicField {
  /// A formula with the value of a normal form: turns e^(i x) in the numerator are written as sines and cosines.
  func formula(_ x: RationalFunction) throws -> Expression {
    let common = turns(in: x.denominator.commonMonomial)
    let denominator = x.denominator.dividedByMonomial(common)
    let numerator = try waves(x.numerator, over: common)
    if denominator == .one { return numerator }
    return numerator / (try formula(denominator))
  }

  private func turns(in monomial: Monomial) -> Monomial {
    monomial.powers.filter { isTurn($0.generator) }.reduce(Monomial.one) { $0 * Monomial($1.generator, $1.exponent) }
  }

  private func isTurn(_ generator: Int) -> Bool {
    if case .turn = generators[generator] { true } else { false }
  }

  /// What a polynomial over a monomial in turns is: sums of cos(x) and sin(x) with factors that are free of turns.
  private func waves(_ p: Polynomial, over common: Monomial) throws -> Expression {
    /// e^(i x) with x a combination of the angles of turns; x is so chosen that its first number is positive.
    struct Wave: Hashable {
      let angle: [Int: Int]
      let isSine: Bool
    }
    var parts: [Wave: Polynomial] = [:]
    let unit = numberOfImaginaryUnit
    for (monomial, coefficient) in p.terms {
      var angle: [Int: Int] = [:]
      var rest = monomial
      for power in monomial.powers where isTurn(power.generator) {
        angle[power.generator] = power.exponent
        rest = rest.without(power.generator)
      }
      for power in common.powers { angle[power.generator, default: 0] -= power.exponent }
      angle = angle.filter { $0.value != 0 }
      guard let first = angle.keys.min(), let sign = angle[first].map({ $0 > 0 ? 1 : -1 }) else {
        parts[Wave(angle: [:], isSine: false), default: .zero].add(coefficient, rest)
        continue
      }
      let canonical = angle.mapValues { $0 * sign }
      parts[Wave(angle: canonical, isSine: false), default: .zero].add(coefficient, rest)
      // i times a factor that may hold i already.
      let hasUnit = unit.map { rest.exponent(of: $0) == 1 } ?? false
      let factor = coefficient * Rational(sign) * (hasUnit ? -1 : 1)
      let other = unit.map { hasUnit ? rest.without($0) : rest * Monomial($0) }
      guard let other else { throw OutsideFragment("a turn without an imaginary unit") }
      parts[Wave(angle: canonical, isSine: true), default: .zero].add(factor, other)
    }
    let waves = parts.filter { !$0.value.isZero }.map { wave, factor in (wave: wave, factor: factor) }
    let written = try waves.map { part in
      let factor = try formula(part.factor)
      guard !part.wave.angle.isEmpty else { return factor }
      var angle = RationalFunction.zero
      for (generator, count) in part.wave.angle {
        guard case .turn(let x) = generators[generator] else { continue }
        angle = try sum(angle, try product(RationalFunction(Rational(Integer(count))), x))
      }
      let function = Expression(.call(part.wave.isSine ? .sin : .cos, try formula(angle)))
      return Expression.adding(factor, times: [function], to: nil)
    }
    let sorted = written.sorted { ($0.size, "\($0)") < ($1.size, "\($1)") }
    return sorted.reduce(nil as Expression?) { .adding($1, times: [], to: $0) } ?? .number(0)
  }

  /// A polynomial as a sum of products.
  private func formula(_ p: Polynomial) throws -> Expression {
    var result: Expression?
    for (monomial, coefficient) in p.terms.sorted(by: { $1.key < $0.key }) {
      let factors = try monomial.powers.map { power in
        let base = try formula(ofGenerator: power.generator)
        return power.exponent == 1 ? base : Expression(.power(base, power.exponent))
      }
      let size = Expression.number(coefficient.magnitude)
      result = .adding(coefficient.signum < 0 ? Expression(.negation(size)) : size, times: factors, to: result)
    }
    return result ?? .number(0)
  }

  private func formula(ofGenerator generator: Int) throws -> Expression {
    let i = Expression(.variable("i"))
    switch generators[generator] {
    case .parameter(let name): return Expression(.variable(name))
    case .pi: return .pi
    case .imaginaryUnit: return i
    case .root(let p, let q):
      if q == .one { return try formula(p).squareRoot }
      return try formula(q) * (try formula(p) / (try formula(q))).squareRoot
    case .turn(let x): return Expression(.call(.exp, i * (try formula(x))))
    case .exponential(let x): return Expression(.call(.exp, try formula(x)))
    case .function(let function, let x): return Expression(.call(function, try formula(x)))
    case .integerPower(let p, let m):
      return Expression(.generalPower(try formula(p), try formula(Polynomial(m, 1))))
    case .alternation(let m): return Expression(.call(.cos, .pi * (try formula(Polynomial(m, 1)))))
    }
  }
}
