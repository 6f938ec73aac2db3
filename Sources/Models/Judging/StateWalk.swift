import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The true state of a model at rising times, each from the one before where its route can go on: vectors of finitely
/// many amplitudes, vectors that are cut off, and density matrices of a finite block; else each time from the start.
struct StateWalk {
  /// The state at a time.
  struct There {
    let state: ModelState
    /// The vector with the phase that all amplitudes share, where the state is pure and moved as one, and at least its
    /// distance in the 2-norm.
    let vector: (amplitudes: [BasisState: ComplexInterval], distance: Interval)?
    /// The same in doubles, where these are asked for.
    var inDoubles: RoughState?
    /// Whether a vector in doubles stands for its projector.
    var isProjector = false

    /// What is kept of it to tell a cause.
    var kept: DoubleState? { inDoubles.map { DoubleState($0, isProjector: isProjector) } }
  }

  /// The states on which doubles are asked for, and what of the state is wanted besides.
  struct Rough {
    let frame: RoughFrame
    /// Whether means are, and whether other figures of states are.
    let (hasMeans, hasOthers): (Bool, Bool)
  }

  private enum Route {
    case sector(SectorWalk)
    case mixture(MixtureWalk)
    case modes(ModePath)
    case block(MasterWalk)
    case vectors(VectorsWalk)
    case fromStart
  }

  private let point: ModelPoint
  var budget: Budget
  private var evolution: ModelEvolution
  private var route: Route
  /// The square root of C, of a pure start.
  private let length: Interval
  private var now: Interval

  /// Whether doubles are asked for.
  var rough: Rough?

  /// How the truth was computed, for the answer.
  let method: String

  /// - Parameters:
  ///   - last: the last time.
  ///   - bits: the errors are about 2^-bits.
  init(_ point: ModelPoint, until lastTime: Constant, bits: Int, within budget: Budget) throws {
    let last = lastTime.enclosure(precision: point.precision + 64)
    (self.point, self.budget) = (point, budget)
    now = Interval(0, precision: point.precision)
    var evolution = try ModelEvolution(point, within: budget)
    let start = try evolution.start
    let isPure = start.vectors.count == 1 && start.coefficients.count == 1 && start.dropped.isEmpty
    var route = Route.fromStart
    var length = Interval(1, precision: point.precision)
    var method = "one certified run for each time"
    if point.model.schedule == nil {
      if try evolution.isOpen() {
        if let walk = try evolution.walk(until: last, exact: lastTime, bits: bits, within: budget) {
          route = .block(walk)
          method = "one certified run of the master equation"
        } else if let walk = try evolution.vectorsWalk(until: last, exact: lastTime, bits: bits) {
          route = .vectors(walk)
          method = "one certified run of vectors in the place of the master equation"
        }
      } else if isPure {
        length = start.coefficients[0].number.value.real.squareRoot
        method = "one certified run of the Schroedinger equation"
        if let open = try evolution.modeStart(0, bits: bits) {
          route = .modes(
            try ModePath(point, try point.hamiltonian(), from: open, bits: bits, within: budget))
        } else {
          route = .sector(try evolution.sectorWalk(start.vectors[0], among: start.vectors[0], bits: bits))
        }
      } else if let walk = try evolution.mixtureWalk(bits: bits) {
        route = .mixture(walk)
        method = "one certified run of the vectors of a mixture"
      }
    }
    (self.evolution, self.route, self.length, self.method) = (evolution, route, length, method)
  }

  /// The states of a path and of the truth, where doubles serve: density matrices on a block, vectors on a sector.
  func frame(_ places: [BasisState?], isDensity: Bool) -> RoughFrame? {
    switch route {
    case .sector(let walk) where !isDensity: RoughFrame(places, Array(walk.own), isMatrix: false)
    case .block(let walk) where isDensity: RoughFrame(places, walk.states, isMatrix: true)
    case .vectors(let walk) where !isDensity:
      RoughFrame(places, walk.states, isMatrix: false, isProjector: true)
    default: nil
    }
  }

  /// The state at the next time, which is not before the last one.
  mutating func advance(to time: Constant) throws -> There {
    let next = time.enclosure(precision: point.precision + 64)
    let step = (next - now).nonNegative
    now = next
    switch route {
    case .sector(var walk):
      try walk.advance(by: step, to: next, within: budget)
      route = .sector(walk)
      let amplitudes = walk.amplitudes
      guard let rough,
        let own = RoughState(
          amplitudes.mapValues { $0.scaled(by: length) }, within: Interval(0, precision: 64), in: rough.frame)
      else { return there(amplitudes, within: nil) }
      var result = rough.hasOthers ? there(amplitudes, within: nil).state : ModelState(own)
      result.inDoubles = own
      return There(state: result, vector: nil, inDoubles: own)
    case .mixture(var walk):
      try walk.advance(by: step, to: next, within: budget)
      route = .mixture(walk)
      return There(state: try walk.state(evolution, at: next), vector: nil)
    case .modes(var path):
      if !step.isExactZero { try path.advance(by: step, within: budget) }
      route = .modes(path)
      let end = path
      let distance = VectorDistance(norm: end.distance, weight: end.weight) { try end.weightedDistance(power: $0) }
      return there(end.amplitudes(precision: point.precision, withPhase: true), within: distance)
    case .block(var walk):
      try walk.advance(to: next, within: budget)
      route = .block(walk)
      guard let rough, let own = walk.rough(in: rough.frame) else {
        return There(state: walk.state(point), vector: nil)
      }
      // Of what is cut off the means have errors of their own.
      if !rough.hasOthers, walk.isClosed || !rough.hasMeans {
        return There(state: ModelState(own), vector: nil, inDoubles: own)
      }
      var result = walk.state(point)
      result.inDoubles = walk.isClosed ? own : RoughState(elementsOf: result, in: rough.frame)
      return There(state: result, vector: nil, inDoubles: own)
    case .vectors(var walk):
      try walk.advance(to: next, within: budget)
      route = .vectors(walk)
      var result = walk.state(point)
      guard let rough, let own = RoughState(pure: result, in: rough.frame) else {
        return There(state: result, vector: nil)
      }
      result.inDoubles = own
      return There(state: result, vector: nil, inDoubles: own, isProjector: true)
    case .fromStart:
      let state =
        time.isZero == .certainlyTrue
        ? try evolution.initialState() : try evolution.state(after: next, exact: time)
      return There(state: state, vector: nil)
    }
  }

  /// How far a state of the trajectory is from what the certified flow makes of the one before it: the loss of that
  /// step alone, about, in the 2-norm or the Frobenius norm; nil where the route does not go on from other states.
  ///
  /// Of what stands outside of the basis states that the model reaches from its start only a change of its size counts:
  /// it is not known where the flow moves it.
  func loss(from first: ForeignState, at begin: Constant, to second: ForeignState, at end: Constant) throws -> Double? {
    let precision = point.precision + 64
    let (begin, end) = (begin.enclosure(precision: precision), end.enclosure(precision: precision))
    switch route {
    case .sector(let walk) where !first.trajectory.isDensity:
      let (own, given, next) = (walk.own, first.amplitudes, second.amplitudes)
      let moved = try walk.moved(given, for: (end - begin).nonNegative, within: budget)
      let inside = PathDistance(moved, next.filter { own.contains($0.key) }).value
      func size(_ vector: [BasisState: ComplexInterval]) -> Interval {
        PathDistance(vector.filter { !own.contains($0.key) }, [:]).value
      }
      return StateWalk.joined(inside, size(given), size(next))
    case .block(let walk):
      if let frame = rough?.frame {
        let (given, next) = (first.rough(in: frame).state, second.rough(in: frame).state)
        return try walk.loss(from: given, at: begin, to: next, at: end, within: budget)
      }
      let (given, next) = (first.elements().elements, second.elements().elements)
      let moved = try walk.moved(given, from: begin, to: end, point, within: budget)
      let inside = PathDistance.frobenius(moved, next.filter { walk.holds($0.key) })
      func size(_ elements: PathDistance.Elements) -> Interval {
        PathDistance.frobenius(elements.filter { !walk.holds($0.key) })
      }
      return StateWalk.joined(inside, size(given), size(next))
    default: return nil
    }
  }

  private static func joined(_ inside: Interval, _ before: Interval, _ after: Interval) -> Double {
    (inside.squared + (after - before).squared).squareRoot.magnitude.double(rounding: .up)
  }

  /// - Parameter given: how far the vector is from the amplitudes; nil where they are enclosures.
  private func there(_ amplitudes: [BasisState: ComplexInterval], within given: VectorDistance?) -> There {
    let own = amplitudes.mapValues { $0.scaled(by: length) }
    let one = StateNumber(
      value: ComplexInterval(Interval(1, precision: point.precision), Interval(0, precision: point.precision)),
      exact: point.scalars.one)
    let coefficients = [ModelState.Coefficient(row: 0, column: 0, number: one)]
    var (far, distance) = (Interval(0, precision: 64), StateDistance.none)
    if let given {
      far = given.norm * length
      let scaled = VectorDistance(norm: far, weight: given.weight) { [length] power in
        try given.weighted(power).map { $0 * length }
      }
      distance = StateDistance([scaled], norms: [Interval(1, precision: 64) + far], coefficients)
    }
    let state = ModelState(
      vectors: [own.mapValues { StateNumber(value: $0, exact: nil) }], coefficients: coefficients, distance: distance)
    return There(state: state, vector: (own, far))
  }
}

extension ComplexInterval {
  /// An enclosure of some bits.
  func rounded(to precision: Int) -> ComplexInterval {
    ComplexInterval(real.rounded(to: precision), imaginary.rounded(to: precision))
  }

  /// A multiple by a real number.
  func scaled(by factor: Interval) -> ComplexInterval {
    factor.isPoint && factor.lower == BigFloat(1, precision: 64, rounding: .nearest)
      ? self : ComplexInterval(real * factor, imaginary * factor)
  }
}
