import ArbitraryPrecision
import Operators

extension ModelPoint {
  /// The projection on a product state of some sites as a polynomial in letters; nil where a site is none of two levels
  /// with Pauli's letters, of a spin 1/2 or of levels.
  ///
  /// On a site it is the sum of v_k v_l* |k><l|, with |1><1| = (1 + s_z)/2, |0><0| = (1 - s_z)/2 and |1><0| = s_p.
  func projector(on sites: [(site: Int, state: SiteState)]) throws -> Operator? {
    var result = Operator()
    try result.add(scalars.one, [], in: scalars)
    var arithmetic = OperatorArithmetic(factors: basis.factors, ring: scalars)
    for (site, state) in sites {
      guard let own = try projector(on: site, state) else { return nil }
      result = try arithmetic.product(result, own)
    }
    return result
  }

  private func projector(on site: Int, _ state: SiteState) throws -> Operator? {
    let factor = basis.factor(ofSite: site)
    let isFamily = basis.factors[factor].cells != nil
    let cell = isFamily ? Letter.Cell.number(site - basis.sites(of: factor).lowerBound) : .only
    var result = Operator()
    func add(_ value: ScalarPolynomial, _ kind: Letter.Kind?) throws {
      try result.add(value, kind.map { [Letter(factor, $0, cell: cell)] } ?? [], in: scalars)
    }
    let half = scalars.number(Rational(1, 2))
    for (k, a) in state.amplitudes {
      for (l, b) in state.amplitudes {
        let value = try scalars.product(a, scalars.conjugate(b))
        switch basis.factors[factor].kind {
        case .levels: try add(value, .level(k, l))
        case .qubit:
          guard k == l else {
            try add(value, .pauli(k > l ? .plus : .minus))
            continue
          }
          let share = try scalars.product(value, half)
          try add(share, nil)
          try add(k == 1 ? share : scalars.negation(share), .pauli(.z))
        case .spin(twice: 1):
          guard k == l else {
            try add(value, .spin(k > l ? .plus : .minus))
            continue
          }
          try add(try scalars.product(value, half), nil)
          try add(k == 1 ? value : scalars.negation(value), .spin(.z))
        default: return nil
        }
      }
    }
    return result
  }
}
