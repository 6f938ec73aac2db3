import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// What jumps have made of vectors that no jump had met, on the elements that they feed:
///
///     sigma(t) = integral from 0 to t of g(s) ds,   g(s) = P(t, s) J(s) R(s),   R = sum of C_jk v_j v_k',          (1)
///
/// P being the propagator of the master equation, which enlarges no trace norm. The integral is taken by a rule of
/// positive weights (``GaussQuadrature``): a path K that obeys the master equation but at the nodes s_k, where it grows
/// by w_k J(s_k) R(s_k), ends at the sum of w_k g(s_k).
///
/// - The rule's error follows from bounds of the Taylor coefficients of g on a piece of time. With the coefficients l_i
///   of |L| in the 2-norm of the elements, j_i of J and c_i of R' = G R + R G' in the trace norm,
///
///       (n + 1) p_(n+1) = sum over i of l_i p_(n-i),   (n + 1) q_(n+1) = sum over i of c_i q_(n-i),
///       |g^(n)|_1/n! <= sum over i + j + k = n of p_i j_j q_k,
///
///   for dP/ds = -P L and |P Y|_1 <= |Y|_1 <= spread |Y|_2: p_0 = spread, and q_0 = sum of |C_jk| |v_j| |v_k|.
/// - At a node that is off by d the integrand is off by d |g'|.
/// - Vectors with errors e_j make R off by the sum of |C_jk| (|v_j| e_k + e_j |v_k| + e_j e_k), and J times that.
/// - K is a sum of matrices without a negative eigenvalue whose traces add up to less than 1 and a rule's error, since
///   P keeps the trace and 1 is the trace of all: so |K|_1 <= 2 where that error is below 1.
struct FedElements {
  let block: DensityBlock
  let feeds: [JumpFeed]
  let groups: [Unravelling.Group]
  let coefficients: [ModelState.Coefficient]
  let realFunctions: (count: Int, places: [(real: Int, imaginary: Int?)])

  /// - Parameter greatest: the most real elements; nil where there are more.
  init?(
    _ generator: inout MasterGenerator, _ groups: [Unravelling.Group], _ coefficients: [ModelState.Coefficient],
    fed: Set<DensityBlock.Place>, atMost greatest: Int, _ point: ModelPoint, within budget: Budget
  ) throws {
    do {
      block = try DensityBlock(&generator, from: fed.sorted(), atMost: greatest, point, within: budget)
    } catch is DensityBlock.TooMany { return nil }
    let own = block
    feeds = try groups.map { JumpFeed(try generator.feed($0.flow.states, within: budget), on: own) }
    (self.groups, self.coefficients) = (groups, coefficients)
    realFunctions = generator.realFunctions
  }

  /// The vectors and the elements at a time.
  ///
  /// - Parameters:
  ///   - starts: the vectors' amplitudes at t = 0, on the states of their groups.
  ///   - precision: the errors are about 2^-precision.
  func evolved(
    _ starts: [[ComplexInterval]], until time: Interval, precision: Int, within budget: Budget
  ) throws -> (vectors: [[ComplexInterval]], elements: FlowState) {
    guard let end = time.anchor, time.isBounded else { throw Unanswered(undecided: "the time is not known") }
    let bits = precision + 16
    let none = Interval(0, precision: 64)
    var paths: [Int: KickedFlow] = [:]
    for group in groups {
      for vector in group.vectors { paths[vector] = try group.flow.path(starts[vector], until: end, bits: bits) }
    }
    let lengths = starts.map { Interval(NoJumpFlow.size($0)) }
    let start = coefficients.reduce(none) {
      $0 + $1.number.value.magnitude.rounded(to: 64) * lengths[$1.row] * lengths[$1.column]
    }
    let rule = try GaussQuadrature(until: end, bits: bits, within: budget) {
      try bounds(on: $0, length: $1, order: $2, start: start)
    }
    var rest = try KickedFlow(
      block.flow, from: FlowState(Array(repeating: none, count: block.flow.dimension), fractionBits: bits),
      size: BigFloat(2, precision: 64, rounding: .up), until: end, bits: bits)
    var missed = rule.error
    for stop in rule.stops {
      guard let node = stop.time.anchor else { continue }
      try rest.advance(to: node, within: budget)
      var shift = (Interval(rest.time) - stop.time).absoluteValue
      for vector in paths.keys.sorted() {
        try paths[vector]?.advance(to: node, within: budget)
        if let there = paths[vector]?.time { shift = shift.maximum((Interval(there) - stop.time).absoluteValue) }
      }
      let (kick, error) = try kick(paths, at: node, weight: stop.weight, bits: bits, within: budget)
      rest.add(kick)
      missed += stop.weight * (error + shift.rounded(to: 64) * stop.slope)
    }
    try rest.advance(to: end, within: budget)
    // Between the time and the one that was used sigma moves by at most |L sigma|_1 + |J R|_1.
    let (zero, around) = (none, time.hull(Interval(rest.time)))
    let late = (time - Interval(rest.time)).absoluteValue.rounded(to: 64)
    missed += block.flow.spread * (try block.flow.missed(from: zero, zero.lower, until: time, rest.time))
    guard let sizes = try functionSizes(around, order: 0, length: none) else { throw NotToldYet(what: "a drive") }
    missed += late * start * feedNorms(sizes)[0]
    var vectors = starts
    for group in groups {
      for vector in group.vectors {
        try paths[vector]?.advance(to: end, within: budget)
        guard let path = paths[vector] else { continue }
        let own = try group.flow.flow.missed(from: zero, zero.lower, until: time, path.time) * lengths[vector]
        vectors[vector] = group.flow.amplitudes(path.state.withError(enlargedBy: own.upper))
      }
    }
    return (vectors, rest.state.withError(enlargedBy: missed.upper))
  }
}
