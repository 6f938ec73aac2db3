import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

extension CertificatePart {
  /// A figure as a sum of a mean and of figures of spectra times numbers.
  struct Sum {
    var mean: FigureCall?
    let parts: [(factor: Int, part: CertificatePart)]
  }

  /// The figures of spectra that a figure is made of; nil of other figures.
  static func sum(
    _ call: FigureCall, _ indices: [String: Expression], _ problem: CertificateProblem
  ) throws -> Sum? {
    let point = problem.point
    func one(_ kind: Kind, _ sites: [Int], turned: [Int] = []) throws -> Sum {
      Sum(parts: [(1, try CertificatePart(kind, sites, turned: turned, problem))])
    }
    switch call {
    case .energetic(let figure, let part):
      let sites = try point.sites(ofPart: part)
      guard !sites.contains(where: { point.model.factors[point.basis.factor(ofSite: $0).position].isOfQubits }) else {
        throw CertificateText.uncovered("a figure over all unitaries of the qubits of a symmetric spin")
      }
      let energy = try point.hermitian(point.model.parts[part].hamiltonian)
      guard !ModelPoint.holdsTime(energy) else { throw CertificateText.uncovered("an operator that holds the time") }
      func passive(_ factor: Int) throws -> CertificatePart {
        let arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
        let scaled = try arithmetic.scaled(energy, by: point.scalars.number(Rational(Integer(factor))))
        return try CertificatePart(.passive, sites, energy: scaled, problem)
      }
      switch figure {
      case .passive: return Sum(parts: [(1, try passive(1))])
      case .ergotropy: return Sum(mean: .mean(point.model.parts[part].hamiltonian), parts: [(-1, try passive(1))])
      case .capacity: return Sum(parts: [(-1, try passive(1)), (-1, try passive(-1))])
      default: return nil
      }
    case .ofState(let figure, let subject):
      let own = try point.sites(of: subject.substituting(indices))
      switch figure {
      case .purity: return try one(.purity, own)
      case .largestEigenvalue: return try one(.largest, own)
      case .entropy: return try one(.entropy, own)
      case .negativity: return try one(.negativity, Array(0..<point.basis.count), turned: own)
      case .coherence: return try one(.coherence, own)
      }
    case .concurrence(let x, let y):
      let own = try point.sites(of: x.substituting(indices)) + point.sites(of: y.substituting(indices))
      return try one(.concurrence, own.sorted())
    case .distance(let figure, let subject, let reference):
      let own = try point.sites(of: subject.substituting(indices))
      let other = try CertificateReference(reference, of: own, indices, problem)
      // The fidelity with one vector is a mean.
      if figure == .fidelity, other.kets.count == 1 { return nil }
      let kind = figure == .fidelity ? Kind.fidelity : .distance
      return Sum(parts: [(1, try CertificatePart(kind, own, other: other, problem))])
    default: return nil
    }
  }
}
