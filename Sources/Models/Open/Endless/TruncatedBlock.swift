import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A finite block of elements of a density matrix that stands for a state whose elements have no end, at all times up
/// to an end: the flow y' = P L y with one set of elements, and bounds of the distance from the true state rho.
///
/// Let Q project on the basis states of the block, P Y = Q Y Q. With G = -iH - (sum of L'L)/2
///
///     P L Y = (QGQ) Y + Y (QGQ)' + sum of (QLQ) Y (QLQ)',   Y = Q Y Q,
///
/// where QGQ + (QGQ)' + sum of (QLQ)' (QLQ) = - sum of Q L' (1 - Q) L Q <= 0. So the flow of P L is completely positive
/// and does not enlarge the trace: like the flow of L it enlarges no trace norm. The block holds all elements that the
/// start reaches under P L; the other ones between its basis states are zero in y. So y is followed, to any precision,
/// as the state of a finite block is, and being a finite matrix it is a path of L with the defect (1 - P) L y:
///
///     |rho(t) - y(t)|_1 <= |rho(0) - y(0)|_1 + integral from 0 to t of |(1 - P) L y(s)|_1 ds,
///
/// and the same with e^(c(t-s)) in |.|_A (``EndlessPath``). A computed path X bounds the elements of y at the edge:
/// those of X at all times of a step, and |X - y|_1 too. The bounds rise with t, so that those at the end hold until
/// then.
///
/// **Rates.** Of O with |<x|O|y>| and |<x|L*(O)|y>| bounded by |A^(1/2) x| |A^(1/2) y| the mean has the rate <L*(O)>.
/// For let Q_n rise to 1 and y_n be the flows cut off there from Q_n rho(0) Q_n. B and Q commute, so that for every
/// power A' of B, which has a c' where one power has a c (``WeightGrowth``), the adjoint of P_n L takes Q A' Q to
///
///     Q (G'A' + A'G + sum of L' Q A' L) Q <= Q L*(A') Q <= c' Q A' Q,
///
/// and Tr A' y_n(t) <= e^(c't) Tr A' rho(0), which is finite for the starts that are served. L raises B by bounded
/// factors and orders, and what leads out begins where B is great: |(1 - P_n) L y_n|_A is at most a constant times
/// Tr A' y_n over a power of the least B at the edge, for an A' of an order great enough. So y_n goes to rho in |.|_A
/// uniformly in t, and in
///
///     Tr O y_n(t) - Tr O y_n(0) = integral of (Tr L*(O) y_n(s) - Tr O (1 - P_n) L y_n(s)) ds
///
/// the last term goes to zero: <O>(t) - <O>(0) is the integral of <L*(O)>, a uniform limit of continuous functions. An
/// O that holds the time has dO/dt besides.
struct TruncatedBlock {
  let block: DensityBlock
  /// y(0).
  let start: [Interval]
  /// The time up to which the bounds hold.
  let end: Interval
  /// At least |rho - y|_1 up to the end.
  let distance: Interval
  /// At least |y|_1 at all times.
  let size: BigFloat
  private let bounds: WeightFlow
  private let ledger: LedgerMemory
  private let there: ModelPoint

  /// Series and roundings of the path that bounds the edge add less than what leads out may by so many bits.
  private static let spareBits = 20

  /// The block up to an end. Paths add elements until one needs none beyond those with which it began.
  ///
  /// - Parameters:
  ///   - there: of what depends on the time, the enclosures at all times until the end.
  ///   - bits: what leads out may add 2^-bits to the distance.
  /// - Throws: ``Unanswered`` beyond the sizes that are served.
  init(
    _ there: ModelPoint, _ generator: MasterGenerator, _ bounds: WeightFlow, from start: DensityStart,
    until end: Interval, bits: Int, _ point: ModelPoint, within budget: Budget
  ) throws {
    guard end.isBounded, end.lower.signum >= 0 else { throw NotToldYet(what: "the time") }
    (self.end, self.there) = (end, there)
    var block = try GrowingBlock(generator, point)
    var depth = 4
    try block.add(start.coordinates, depth: depth, within: budget)
    let zero = Interval(0, precision: 64)
    let duration = Interval(end.upper).rounded(to: 64)
    let one = BigFloat(1, precision: 64, rounding: .up)
    let pathBits = bits + Self.spareBits
    try BlockForecast(until: duration, bits: bits).grow(&block, from: start, within: budget)
    while true {
      try block.complete(within: budget)
      let count = block.coordinates.count
      var ledger = DensityLedger(bounds: bounds, start: start, startRoundings: zero, startGreatest: 1)
      var flow = block.flow()
      var boundary = block.boundary(bounds.weight, point.basis)
      var state = FlowState(block.coordinates.map(start.number), fractionBits: pathBits + 64)
      // The error of the numbers is one of the 2-norm.
      state = state.withError(enlargedBy: (flow.spread * Interval(state.error)).upper)
      var walk = try ContractiveWalk(
        flow, from: state, size: one, at: .zero(precision: 64), until: end.upper, bits: pathBits,
        watching: boundary.edge)
      while true {
        let before = walk
        guard let step = try walk.step(within: budget) else { break }
        let image = boundary.image(step.bounds, functions: step.functions)
        let loss = step.length * Interval(image.reduce(UpperBound.zero, +).value)
        let allowed = (step.length / duration).scaled(byPowerOfTwo: -bits)
        if loss.upper <= allowed.lower {
          let off = UpperBound(walk.state.error)
          let whole = boundary.image(step.bounds.map { $0 + off }, functions: step.functions)
          ledger.steps.append(
            .init(duration: step.length, image: boundary.byWeight(whole), roundings: zero, greatest: 1))
          continue
        }
        let least = UpperBound(
          (Interval(1, precision: 64) / duration / (4 * image.count)).scaled(byPowerOfTwo: -bits).lower)
        let more = max(4, depth / 4)
        depth += more
        try block.add(
          zip(boundary.outside, image).filter { least < $1 }.map(\.0), depth: more, within: budget)
        try block.complete(within: budget)
        flow = block.flow()
        boundary = block.boundary(bounds.weight, point.basis)
        walk = try ContractiveWalk(
          flow, from: before.state.extended(to: block.coordinates.count), size: one, at: before.time,
          until: end.upper, bits: pathBits, watching: boundary.edge)
      }
      guard block.coordinates.count == count else { continue }
      let own = block.block()
      self.block = own
      self.start = own.places.flatMap { place -> [Interval] in
        let real = start.number(.init(place: place, isImaginary: false))
        return place.isDiagonal ? [real] : [real, start.number(.init(place: place, isImaginary: true))]
      }
      self.ledger = LedgerMemory(ledger)
      self.bounds = bounds
      let first = try start.distance(power: 0)
      distance = ledger.steps.reduce(first) { sum, step in
        sum + step.duration * Interval(step.image.values.reduce(UpperBound.zero, +).value)
      }
      size = (1 + first).upper
      return
    }
  }

  /// At least |Tr O (rho - y)| up to the end.
  ///
  /// - Parameter polynomial: O; nil for one of norm 1 at most.
  /// - Throws: ``NotToldYet`` where there is no bound.
  func error(of polynomial: ModelPoint.Operator?) throws -> Interval {
    guard let polynomial else { return distance }
    let weight = bounds.weight
    let terms = try ModeTerm.terms(of: polynomial, modes: weight.modes, there)
    let order = weight.order(terms)
    let form = WeightGrowth(weight: weight).form(terms, power: order)
    let rest = order.signum == 0 ? distance : try ledger.distance(power: order)
    guard let rest, rest.isBounded, form.isBounded else {
      throw NotToldYet(what: "the mean of an operator without a bound")
    }
    return form * rest
  }

  /// The state at the end, evolved in doubles.
  ///
  /// Their distance from y is one of a matrix on the block, on which A is at most its greatest value.
  func stateInDoubles(_ point: ModelPoint, within budget: Budget) throws -> ModelState {
    state(
      try MasterKernel(block.flow).evolved(
        started(fractionBits: Self.fractionBits), from: Interval(0, precision: 64), until: end, within: budget), point)
  }

  /// The numbers of y(0).
  func started(fractionBits: Int) -> FlowState {
    let first = FlowState(start, fractionBits: fractionBits)
    return first.withError(enlargedBy: (block.flow.spread * Interval(first.error)).upper)
  }

  /// The state at a time up to the end, by what stands for y there.
  func state(_ last: FlowState, _ point: ModelPoint) -> ModelState {
    let precision = point.precision
    let elements = block.coordinates.reduce(into: [DensityBlock.Place: ComplexInterval]()) { elements, item in
      let imaginary =
        item.key.isDiagonal
        ? Interval(0, precision: precision) : last.storedElement(item.value + 1, precision: precision)
      elements[item.key] = ComplexInterval(last.storedElement(item.value, precision: precision), imaginary)
    }
    let (ledger, weight, off) = (ledger, bounds.weight, Interval(last.error))
    let greatest = block.states.reduce(Integer(1)) { max($0, weight.value($1, point.basis)) }
    return ModelState(near: elements, on: block.states, within: distance + off, weight, point) { m in
      try ledger.distance(power: m).map { $0 + Interval(greatest, precision: 64).power(m) * off }
    }
  }

  /// The bits of the start beside which doubles are rough.
  private static let fractionBits = 128
}
