import ArbitraryPrecision
import Expressions
import Operators

/// Taylor coefficients at a time that is known exactly, as exact numbers: polynomials over the rationals in pi, roots
/// and functions of such numbers, in which 1, exp(0), cos(pi/3) and their like are written as what they are.
///
/// Nil stands for coefficients that are not made, as those of sqrt(t) at 0. That a coefficient vanishes is decided by
/// ``ScalarFormulas``. They are those of the function where it is analytic at the time, which is not looked at here.
struct ExactTaylorContext {
  /// The highest order.
  let order: Int
  private let ring = ScalarFormulas(names: [])

  init(order: Int) { self.order = order }

  /// The variable at a time.
  func variable(_ time: Expression) -> [ScalarPolynomial]? {
    guard let value = try? ring.scalar(time) else { return nil }
    return [value] + (1...order).map { ring.number($0 == 1 ? 1 : 0) }
  }

  /// The order of the first coefficient that is not shown to vanish; nil where all of them do.
  func order(of series: [ScalarPolynomial]) -> Int? { series.firstIndex { !isZero($0) } }

  private func isZero(_ value: ScalarPolynomial) -> Bool { ring.decision(isZero: value) == .certainlyTrue }

  private func constant(_ value: ScalarPolynomial) -> [ScalarPolynomial] {
    [value] + Array(repeating: ring.number(0), count: order)
  }

  private func times(_ a: [ScalarPolynomial], _ b: [ScalarPolynomial]) -> [ScalarPolynomial]? {
    try? (0...order).map { n in
      try (0...n).reduce(ring.number(0)) { ring.sum($0, try ring.product(a[$1], b[n - $1])) }
    }
  }

  private func scaled(_ a: ScalarPolynomial, _ factor: Rational) -> ScalarPolynomial? {
    try? ring.product(a, ring.number(factor))
  }

  /// 1/b from b (1/b) = 1.
  private func reciprocal(_ b: [ScalarPolynomial]) -> [ScalarPolynomial]? {
    guard !isZero(b[0]), let first = try? ring.reciprocal(b[0]) else { return nil }
    var result = [first]
    for n in 1..<order + 1 {
      guard
        let sum = try? (1...n).reduce(
          ring.number(0), { ring.sum($0, try ring.product(b[$1], result[n - $1])) }),
        let next = try? ring.product(sum, first)
      else { return nil }
      result.append(ring.negation(next))
    }
    return result
  }

  /// y with y' = a' g, g being known to the order that is reached: n y_n = sum of k a_k g_(n-k).
  private func grown(
    _ a: [ScalarPolynomial], _ first: [ScalarPolynomial], _ slopes: ([[ScalarPolynomial]]) -> [[ScalarPolynomial]]
  ) -> [[ScalarPolynomial]]? {
    var functions = first.map { [$0] }
    for n in 1..<order + 1 {
      let g = slopes(functions)
      for (index, slope) in g.enumerated() {
        guard
          let sum = try? (1...n).reduce(
            ring.number(0),
            { partial, k in
              let factor = try ring.product(a[k], ring.number(Rational(k)))
              return ring.sum(partial, try ring.product(factor, slope[n - k]))
            }), let next = scaled(sum, Rational(1, Integer(n)))
        else { return nil }
        functions[index].append(next)
      }
    }
    return functions
  }

  private func number(_ function: ElementaryFunction, _ x: ScalarPolynomial) -> ScalarPolynomial? {
    let formula = x.formula
    if isZero(x) { return try? ring.scalar(Expression(.call(function, .number(0)))) }
    if function == .log, isZero(ring.sum(x, ring.number(-1))) { return ring.number(0) }
    if function == .sin || function == .cos, let known = Self.trigonometric(function, formula) {
      return try? ring.scalar(known)
    }
    return try? ring.scalar(Expression(.call(function, formula)))
  }

  /// The sine or cosine of a multiple of pi/12 as a formula in roots; nil of other numbers.
  private static func trigonometric(_ function: ElementaryFunction, _ angle: Expression) -> Expression? {
    guard let (rest, slope) = try? Constant(angle).algebraicAndPi, rest.isZero == .certainlyTrue,
      let twelfths = slope.rational.map({ $0 * 12 })?.integer
    else { return nil }
    let whole = Integer(24)
    var k = Int(exactly: twelfths - Rational(twelfths, whole).floor * whole) ?? 0
    if function == .cos { k = (k + 6) % 24 }
    let isNegative = k >= 12
    k %= 12
    if k > 6 { k = 12 - k }
    func root(_ n: Int) -> Expression { Expression.number(Rational(n)).squareRoot }
    let value: Expression =
      switch k {
      case 0: .number(0)
      case 1: (root(6) - root(2)) / .number(4)
      case 2: .number(Rational(1, 2))
      case 3: root(2) / .number(2)
      case 4: root(3) / .number(2)
      case 5: (root(6) + root(2)) / .number(4)
      default: .number(1)
      }
    return isNegative ? Expression(.negation(value)) : value
  }
}

extension ExactTaylorContext: EvaluationContext {
  typealias Value = [ScalarPolynomial]?

  func number(_ value: Rational) -> Value { constant(ring.number(value)) }
  var pi: Value { (try? ring.scalar(.pi)).map(constant) }
  func negation(_ a: Value) -> Value { a?.map { -$0 } }
  func sum(_ a: Value, _ b: Value) -> Value { a.flatMap { a in b.map { b in zip(a, b).map { $0 + $1 } } } }
  func difference(_ a: Value, _ b: Value) -> Value { sum(a, negation(b)) }
  func product(_ a: Value, _ b: Value) -> Value { a.flatMap { a in b.flatMap { times(a, $0) } } }
  func quotient(_ a: Value, _ b: Value) -> Value { product(a, b.flatMap(reciprocal)) }

  func power(_ a: Value, _ exponent: Int) -> Value {
    guard abs(exponent) <= 64, var base = exponent < 0 ? a.flatMap(reciprocal) : a else { return nil }
    var (result, left) = (constant(ring.number(1)), abs(exponent))
    while left > 0 {
      if left & 1 == 1 {
        guard let next = times(result, base) else { return nil }
        result = next
      }
      left >>= 1
      guard left > 0 else { break }
      guard let square = times(base, base) else { return nil }
      base = square
    }
    return result
  }

  func power(_ a: Value, _ exponent: Value) -> Value {
    guard let exponent, exponent.dropFirst().allSatisfy(isZero),
      let n = exponent[0].number.flatMap({ $0.imaginary.signum == 0 ? $0.real.integer : nil }).flatMap({
        Int(exactly: $0)
      })
    else { return nil }
    return power(a, n)
  }

  func call(_ function: ElementaryFunction, _ a: Value) -> Value {
    guard let a else { return nil }
    let one = number(1) ?? []
    switch function {
    case .sin, .cos:
      guard let s = number(.sin, a[0]), let c = number(.cos, a[0]) else { return nil }
      return grown(a, [s, c]) { [$0[1], $0[0].map { -$0 }] }.map { $0[function == .sin ? 0 : 1] }
    case .sinh, .cosh:
      guard let s = number(.sinh, a[0]), let c = number(.cosh, a[0]) else { return nil }
      return grown(a, [s, c]) { [$0[1], $0[0]] }.map { $0[function == .sinh ? 0 : 1] }
    case .exp: return number(.exp, a[0]).flatMap { grown(a, [$0]) { [$0[0]] }?[0] }
    case .tan: return quotient(call(.sin, a), call(.cos, a))
    case .tanh: return quotient(call(.sinh, a), call(.cosh, a))
    case .log, .atan:
      // y' = a'/a, a'/(1 + a^2).
      guard let divisor = function == .log ? a : sum(one, times(a, a)), let slope = reciprocal(divisor) else {
        return nil
      }
      return number(function, a[0]).flatMap { grown(a, [$0]) { _ in [slope] }?[0] }
    case .sqrt:
      // y' = a' y/(2 a).
      guard let inverse = reciprocal(a), let first = number(.sqrt, a[0]) else { return nil }
      return grown(a, [first]) { functions in
        let known = functions[0] + Array(repeating: ring.number(0), count: order + 1 - functions[0].count)
        return [(times(known, inverse) ?? []).compactMap { scaled($0, Rational(1, 2)) }]
      }?[0]
    case .abs:
      guard let sign = (try? Constant(a[0].formula))?.sign, sign != 0 else { return nil }
      return sign > 0 ? a : negation(a)
    }
  }
}
