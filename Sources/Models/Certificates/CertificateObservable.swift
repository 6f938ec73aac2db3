import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import Operators

/// A Hermitian operator whose mean a certificate claims something of.
struct CertificateObservable {
  /// Half of its terms: it is their sum and its adjoint.
  let terms: JSONValue
  /// The operator; nil of a projector on a product state.
  let polynomial: ModelPoint.Operator?

  /// The operator of a mean or of a weight, with numbers for the indices of sums around it.
  init(_ call: FigureCall, _ indices: [String: Expression], _ problem: CertificateProblem) throws {
    let point = problem.point
    switch call {
    case .mean(let formula):
      let whole = formula.substituting(indices).substituting(["H": point.model.hamiltonian?.expression ?? .number(0)])
      let polynomial = try point.hermitian(whole)
      guard !ModelPoint.holdsTime(polynomial) else {
        throw CertificateText.uncovered("an operator that holds the time")
      }
      terms = try CertificateText.terms(polynomial, times: Rational(1, 2), point)
      self.polynomial = polynomial
    case .weight(let assignments):
      var products: [(coefficient: ScalarPolynomial, letters: [JSONValue])] = [
        (point.scalars.number(Rational(1, 2)), [])
      ]
      for assignment in assignments {
        let own = try point.sites(of: assignment.place.substituting(indices))
        let word = assignment.word.substituting(indices)
        for (site, state) in zip(own, try SiteState.states(word, on: own, point)) {
          guard !state.isOpen else { throw CertificateText.uncovered("a weight of a state without a last level") }
          let isFermion = point.basis.factors[point.basis.factor(ofSite: site)].kind == .fermion
          var next: [(coefficient: ScalarPolynomial, letters: [JSONValue])] = []
          for (coefficient, letters) in products {
            for (k, x) in state.amplitudes {
              for (l, y) in state.amplitudes {
                let product = try point.scalars.product(x, point.scalars.conjugate(y))
                next.append(
                  (
                    try point.scalars.product(coefficient, product),
                    letters + Self.letters(site, k, l, isFermion: isFermion)
                  ))
              }
            }
          }
          guard next.count <= 4096 else { throw CertificateText.uncovered("an operator of too many words") }
          products = next
        }
      }
      terms = .array(
        try products.map { product in
          let formula = product.coefficient.formula.substituting(point.scalars.values)
          return .array([try CertificateText.json(formula), .array(product.letters)])
        })
      polynomial = nil
    case .distance(.fidelity, let subject, let reference):
      let own = try point.sites(of: subject.substituting(indices))
      let other = try CertificateReference(reference, of: own, indices, problem)
      terms = try Self.projector(other, on: own, point)
      polynomial = nil
    default: throw CertificateText.uncovered("a figure that is no mean, weight or figure of a part's state")
    }
  }

  /// Half of the projector on a ket.
  private static func projector(
    _ reference: CertificateReference, on sites: [Int], _ point: ModelPoint
  ) throws -> JSONValue {
    guard reference.kets.count == 1 else { throw CertificateText.uncovered("a fidelity with a mixed state") }
    let (ring, ket) = (point.scalars, reference.kets[0].amplitudes)
    guard ket.count * ket.count <= 4096 else { throw CertificateText.uncovered("an operator of too many words") }
    let factor = try ring.product(ring.number(Rational(1, 2)), reference.scale)
    let fermions = sites.map { point.basis.factors[point.basis.factor(ofSite: $0)].kind == .fermion }
    var result: [JSONValue] = []
    for (rows, a) in ket {
      for (columns, b) in ket {
        var letters: [JSONValue] = []
        for (place, site) in sites.enumerated() {
          guard !fermions[place] || rows[place] == columns[place] else {
            throw CertificateText.uncovered("a fidelity with a superposition of numbers of fermions")
          }
          letters += Self.letters(site, rows[place], columns[place], isFermion: fermions[place])
        }
        let coefficient = try ring.product(factor, try ring.product(a, ring.conjugate(b)))
        result.append(
          .array([try CertificateText.json(coefficient.formula.substituting(point.scalars.values)), .array(letters)]))
      }
    }
    return .array(result)
  }

  /// |k><l|; of a fermion in creation and annihilation.
  private static func letters(_ site: Int, _ k: Int, _ l: Int, isFermion: Bool) -> [JSONValue] {
    func own(_ text: String) -> JSONValue { .array([.integer(site), .string(text)]) }
    guard isFermion else { return [.array([.integer(site), .integer(k), .integer(l)])] }
    return (k, l) == (1, 1) ? [own("+"), own("-")] : [own("-"), own("+")]
  }

  /// About the bound of the norm that the checkers find (S7); nil where they find none.
  func bound(_ matrix: CertificateMatrix, _ problem: CertificateProblem) throws -> Double? {
    guard let polynomial else { return 1 }
    let point = problem.point
    if matrix.isClosed, problem.isListed {
      return try matrix.states.reduce(0.0) { greatest, state in
        let column = try point.basis.column(of: polynomial, at: state, in: point.scalars)
        return max(greatest, try column.values.reduce(0.0) { $0 + (try point.scalars.enclosure($1).size) })
      }
    }
    return try polynomial.sorted.reduce(0.0 as Double?) { total, term in
      guard let total else { return nil }
      var size = try point.scalars.enclosure(term.coefficient).size
      for letter in term.word {
        for site in point.basis.sites(of: letter) {
          guard let dimension = point.basis.dimension(ofSite: site) else { return nil }
          size *= max(2 * Double(dimension), 2)
        }
      }
      return total + size
    }
  }
}

extension ComplexInterval {
  /// About a bound of its magnitude.
  var size: Double { real.magnitudeBound + imaginary.magnitudeBound }
}
