import ArbitraryPrecision
import Catalogue
import Expressions
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
    /// After a time, as a formula where it is one.
    case after(Interval, Constant?)
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
  /// The equations; of a schedule those of its first piece.
  let generator: GaussianGenerator
  /// Whether jumps, the time in the Hamiltonian or a schedule move the state.
  let isOpen: Bool
  /// Whether the coefficients depend on the time.
  let isDriven: Bool
  /// The moments in a schedule, where there is one.
  let schedule: GaussianSchedule?
  private var scheduled: [String: GaussianStart] = [:]
  private let dissipators: [Dissipator]
  private let budget: Budget
  private var paths: [[Int]: MomentPath] = [:]

  /// The moments of a model; nil where they do not close.
  ///
  /// - Parameter isPiece: whether it is a piece of a schedule that is known by its moments alone.
  init?(_ point: ModelPoint, isPiece: Bool = false, within budget: Budget) throws {
    guard (0..<point.basis.count).allSatisfy({ point.basis.dimension(ofSite: $0) == nil }) else { return nil }
    (self.point, self.budget) = (point, budget)
    if let declared = point.model.schedule {
      guard let schedule = try GaussianSchedule(declared, point, within: budget),
        let generator = schedule.generators.first
      else { return nil }
      (self.schedule, self.generator, dissipators, isDriven, isOpen) = (schedule, generator, [], true, true)
      return
    }
    let dissipators = try point.dissipators()
    guard let generator = try GaussianGenerator(point, dissipators) else { return nil }
    (self.generator, self.dissipators, schedule) = (generator, dissipators, nil)
    isDriven = generator.holdsTime || dissipators.contains(where: \.rate.holdsTime)
    isOpen = isDriven || isPiece || !dissipators.isEmpty
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
    if let schedule {
      let moments = try moments(in: schedule, moment, from: start)
      return Local(
        sites: sites, state: moments.state.reduced(to: sites), isGaussian: sites.allSatisfy { moments.isGaussian[$0] })
    }
    let path = try path(of: sites, from: start)
    let whole: GaussianState
    var isGaussian = path.sites.allSatisfy { start.isGaussian[$0] }
    switch moment {
    case .start:
      whole = path.start
      isGaussian = sites.allSatisfy { start.isGaussian[$0] }
    case .after(let time, let exact):
      try point.requireRates(dissipators, until: time, exact: exact, within: budget)
      whole = try path.state(after: time)
    case .limit:
      whole = try path.limit()
      isGaussian = true
    }
    return Local(
      sites: sites, state: whole.reduced(to: sites.compactMap { path.sites.firstIndex(of: $0) }), isGaussian: isGaussian
    )
  }

  /// The moments of all modes in a schedule.
  private mutating func moments(
    in schedule: GaussianSchedule, _ moment: Moment, from start: GaussianStart
  ) throws -> GaussianStart {
    switch moment {
    case .start: return start
    case .after(let time, let exact):
      let name = time.exactText
      if let known = scheduled[name] { return known }
      let found = try schedule.moments(at: .init(value: time, exact: exact), from: start)
      scheduled[name] = found
      return found
    case .limit: throw point.unservedInSchedule()
    }
  }
}
