import ArbitraryPrecision

/// Signs of polynomials for all values of the names, as far as their form shows them.
extension SymbolicField {
  /// Whether a polynomial is certainly above zero.
  func isPositive(_ p: Polynomial) -> Bool { hasSign(p, isStrict: true) }

  /// Whether a polynomial is certainly not below zero: by its terms, or as the square of a real polynomial.
  func isNotNegative(_ p: Polynomial) -> Bool {
    if hasSign(p, isStrict: false) { return true }
    return isVisiblyReal(RationalFunction(normal: p)) && squareRootOfSquare(p) != nil
  }

  /// Whether a function is certainly not zero, wherever it has a value: a sign or the imaginary unit times what is
  /// positive.
  func vanishesNowhere(_ x: RationalFunction) -> Bool {
    var p = x.numerator
    if let i = numberOfImaginaryUnit, let opposite = p.divided(by: Polynomial(generator: i)) { p = opposite }
    return !p.isZero && (isPositive(p) || isPositive(p.scaled(by: -1)))
  }

  /// Whether a function holds no imaginary unit and no turn, at no depth: names are real.
  func isVisiblyReal(_ x: RationalFunction) -> Bool {
    x.generators.allSatisfy { generator in
      switch generators[generator] {
      case .imaginaryUnit, .turn: false
      case .parameter, .pi, .alternation: true
      case .root(let p, let q): isVisiblyReal(RationalFunction(normal: p, q))
      case .exponential(let y), .function(_, let y): isVisiblyReal(y)
      case .integerPower(let p, _): isVisiblyReal(RationalFunction(normal: p))
      }
    }
  }

  /// Whether a function is certainly real where it has a value: by its parts, or as its own conjugate.
  func isReal(_ x: RationalFunction) throws -> Bool {
    if isVisiblyReal(x) { return true }
    guard let mirrored = try? conjugate(x) else { return false }
    return try equals(x, mirrored)
  }

  /// By the terms of the polynomial, or of what it is in the distances of bounded names from one of their bounds.
  private func hasSign(_ p: Polynomial, isStrict: Bool) -> Bool {
    if hasSign(p, isStrict: isStrict, distances: []) { return true }
    // With x = a + u, u >= 0, for names from a on, and x = b - u for names up to b.
    let bounded = p.generators.sorted().filter { !bounds(of: $0).isEmpty }
    guard !bounded.isEmpty, bounded.count <= 4, p.terms.count <= 64 else { return false }
    var choices = [(polynomial: p, distances: Set<Int>())]
    for generator in bounded {
      choices = choices.flatMap { choice in
        [choice]
          + bounds(of: generator).compactMap { bound in
            let shifted = choice.polynomial.shifted(generator, bound.value, towards: bound.isLower ? 1 : -1)
            return shifted.map { (polynomial: $0, distances: choice.distances.union([generator])) }
          }
      }
    }
    return choices.contains { hasSign($0.polynomial, isStrict: isStrict, distances: $0.distances) }
  }

  /// Whether no term is below zero, and if asked one is above; distances are not negative.
  private func hasSign(_ p: Polynomial, isStrict: Bool, distances: Set<Int>) -> Bool {
    func isAbove(_ monomial: Monomial) -> Bool {
      monomial.powers.allSatisfy { positive.contains($0.generator) && !distances.contains($0.generator) }
    }
    func isNotBelow(_ monomial: Monomial) -> Bool {
      monomial.powers.allSatisfy { power in
        if positive.contains(power.generator) || distances.contains(power.generator) { return true }
        switch generators[power.generator] {
        case .parameter: return power.exponent % 2 == 0
        // Square roots are not negative where they have a value.
        case .root(_, over: .one): return true
        default: return false
        }
      }
    }
    return p.terms.allSatisfy { $0.value.signum > 0 && isNotBelow($0.key) }
      && (!isStrict || p.terms.keys.contains(where: isAbove))
  }

  /// The bounds of a name that are not zero.
  private func bounds(of generator: Int) -> [(value: Rational, isLower: Bool)] {
    guard case .parameter(let name) = generators[generator] else { return [] }
    switch domains[name] {
    case .integers: return [(1, true)]
    case .nonNegative: return [(0, true)]
    case .integersFrom(let least): return least.map { [(Rational(Integer($0)), true)] } ?? []
    case .between(let low, let high): return [(low, true), (high, false)]
    case .all, .positive, nil: return []
    }
  }
}

extension Polynomial {
  /// The polynomial in u with x = bound + sign u, under the number of x; nil where that is too long.
  fileprivate func shifted(_ generator: Int, _ bound: Rational, towards sign: Rational) -> Polynomial? {
    let degree = terms.keys.reduce(0) { Swift.max($0, $1.exponent(of: generator)) }
    guard degree <= 16, terms.count * (degree + 1) <= 1024 else { return nil }
    let step = Polynomial(generator: generator).scaled(by: sign) + Polynomial(bound)
    // By Horner's rule.
    return (0...degree).reversed().reduce(Polynomial.zero) { $0 * step + coefficient(of: generator, power: $1) }
  }
}
