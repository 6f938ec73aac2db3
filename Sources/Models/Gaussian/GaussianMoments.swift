import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// A model of bosons by its moments: where the Hamiltonian is of degree two and the jumps are linear, first and second
/// moments follow a linear equation of their own, whatever the state; and Gaussian states stay Gaussian.
///
/// That the moments obey the equation of ``GaussianGenerator`` at all times asks for a flow that keeps them finite. It
/// does: with A = 1 + sum of n_k the bounds (i) to (iv) of Chebotarev and Fagnola hold for such generators, with A^2 as
/// well, and so does Nelson's theorem without jumps. The flow maps Weyl operators to multiples of such ones, so the
/// characteristic function of the state is
///
///     x_t(v) = x_0(P' v) exp(i v.q - v'Qv/2),    P = exp(tA),
///
/// and a Gaussian one stays Gaussian (Demoen, Vanheuverzwijn, Verbeure, Rep. Math. Phys. 15, 27, 1979).
struct GaussianMoments {
  /// When moments are asked for.
  enum Moment {
    case start
    case after(Interval)
    case limit
  }

  /// The state of some modes.
  struct Local {
    /// The sites of the modes.
    let sites: [Int]
    let state: GaussianState
    /// Whether all is known by the moments.
    let isGaussian: Bool

    /// The place of a site among the modes.
    func place(_ site: Int) -> Int? { sites.firstIndex(of: site) }
  }

  let point: ModelPoint
  let generator: GaussianGenerator
  /// Whether jumps, or the time in the Hamiltonian, move the state.
  let isOpen: Bool
  private let budget: Budget
  private var paths: [[Int]: MomentPath] = [:]

  /// The moments of a model; nil where they do not close, and where the coefficients depend on the time.
  init?(_ point: ModelPoint, within budget: Budget) throws {
    guard point.model.schedule == nil, (0..<point.basis.count).allSatisfy({ point.basis.dimension(ofSite: $0) == nil })
    else { return nil }
    let dissipators = try point.dissipators()
    guard let generator = try GaussianGenerator(point, dissipators), !generator.holdsTime else { return nil }
    (self.point, self.generator, self.budget) = (point, generator, budget)
    isOpen = !dissipators.isEmpty
  }

  /// The moments of some modes at all times.
  mutating func path(of sites: [Int], from start: GaussianStart) throws -> MomentPath {
    let closure = generator.closure(of: sites)
    if let known = paths[closure] { return known }
    let path = MomentPath(
      closure, try generator.enclosed(closure, point), start: start, within: budget)
    paths[closure] = path
    return path
  }

  /// The state of some modes, of one or more.
  mutating func local(_ sites: [Int], _ moment: Moment, from start: GaussianStart) throws -> Local {
    let path = try path(of: sites, from: start)
    let whole: GaussianState
    var isGaussian = path.sites.allSatisfy { start.isGaussian[$0] }
    switch moment {
    case .start:
      whole = path.start
      isGaussian = sites.allSatisfy { start.isGaussian[$0] }
    case .after(let time): whole = try path.state(after: time)
    case .limit:
      whole = try path.limit()
      isGaussian = true
    }
    return Local(
      sites: sites, state: whole.reduced(to: sites.compactMap { path.sites.firstIndex(of: $0) }), isGaussian: isGaussian)
  }
}

extension GaussianGenerator {
  /// The equations of the moments of some modes that feed on no others, in enclosures.
  struct Enclosed {
    let drift: IntervalMatrix
    let force: [Interval]
    let noise: IntervalMatrix
  }

  func enclosed(_ sites: [Int], _ point: ModelPoint) throws -> Enclosed {
    let places = sites.flatMap { [2 * $0, 2 * $0 + 1] }
    func value(_ element: ScalarPolynomial) throws -> Interval {
      let value = try point.scalars.enclosure(element).real
      guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coefficient") }
      return value
    }
    func matrix(_ elements: Matrix) throws -> IntervalMatrix {
      var result = IntervalMatrix(zero: places.count, precision: point.precision)
      for (i, row) in places.enumerated() {
        for (j, column) in places.enumerated() {
          if let element = elements[row]?[column] { result[i, j] = try value(element) }
        }
      }
      return result
    }
    let zero = Interval(0, precision: point.precision)
    return Enclosed(
      drift: try matrix(drift), force: try places.map { try force[$0].map(value) ?? zero }, noise: try matrix(noise))
  }
}
