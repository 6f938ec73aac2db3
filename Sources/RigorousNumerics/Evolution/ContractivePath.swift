import ArbitraryPrecision
import Synchronization

/// The vectors of a ``ContractiveFlow`` from one start at all times t >= 0, as Taylor coefficients around any time.
///
/// Around a time c, x(c + s) is the sum of x_n s^n with
///
///     (n + 1) x_(n+1) = sum over j of M_j (sum over i <= n of f_ji x_(n-i)),            (1)
///
/// f_ji being the coefficients of f_j at c, and f_0 = 1. The state x_0 is known to an error in |.|, which is one of
/// each element: (1) is taken in enclosures. At every time of an interval, with all values of the f_ji there,
/// |x_n|_2 <= N_n, where N_0 bounds |x| at all times and N_n follows from (1) by norms.
///
/// Time is divided into cells [j 2^e, (j + 1) 2^e], the longest ones on which N_(q+1) (2^e/2)^(q+1) is small: so a
/// pulse has cells of its own. States are kept; one that is asked for starts from the last one before it.
public final class ContractivePath: Sendable {
  let flow: ContractiveFlow
  /// The start as it was given.
  private let elements: [Interval]
  private let start: FlowState
  /// N_0.
  let size: Interval
  /// The time up to which anything is said of a flow that is driven; nil for all times.
  let end: Interval?
  /// At least |M_j|_2.
  private let norms: [Interval]

  private struct Known {
    var states: [(time: BigFloat, bits: Int, state: FlowState)] = []
    var cells: [Cell.Name: Bool] = [:]
    var expansions: [(center: BigFloat, degree: Int, bits: Int, terms: [[Interval]])] = []
  }
  private let known = Mutex(Known())

  /// A piece of time with a center.
  struct Cell {
    struct Name: Hashable {
      let accuracy: Int
      let exponent: Int
      let number: Int
    }

    let name: Name
    let time: Interval
    let center: BigFloat
  }

  /// The most limbs of the states that are kept, and the most numbers of coefficients.
  private static let greatestLimbs = 1 << 24
  private static let greatestNumbers = 1 << 18

  /// The path from a start of enclosures.
  ///
  /// - Parameters:
  ///   - size: at least |x| of the true vector at all times.
  ///   - end: the time up to which vectors are asked for, where that is known; beyond it nothing is asked of a drive.
  ///   - bits: the start is held with so many bits after the point.
  public init(
    _ flow: ContractiveFlow, from elements: [Interval], size: BigFloat, until end: Interval?, bits: Int
  ) {
    (self.flow, self.elements, self.size, self.end) = (flow, elements, Interval(size), end)
    let start = FlowState(elements, fractionBits: bits)
    // The error of the start is one of the 2-norm.
    self.start = start.withError(enlargedBy: (flow.spread * Interval(start.error)).upper)
    norms = flow.norms
  }

  /// Whether nothing moves.
  public var isConstant: Bool { flow.terms.allSatisfy(\.isEmpty) }

  /// Whether the matrix depends on the time.
  public var isDriven: Bool { flow.drive != nil }

  // MARK: - Coefficients

  /// x_0 ... x_q at a time.
  ///
  /// - Parameter bits: about as many bits after the point are known.
  func terms(
    around center: BigFloat, degree: Int, bits: Int, within budget: Budget
  ) throws(Unanswered) -> [[Interval]] {
    let found = known.withLock { known in
      known.expansions.first { $0.center == center && $0.degree == degree && $0.bits == bits }
    }
    if let found { return found.terms }
    let precision = bits + 32
    var first = elements
    if !center.isZero {
      let state = try state(at: center, bits: bits, within: budget)
      first = (0..<flow.dimension).map { state.element($0).rounded(to: precision) }
    }
    let terms = try expanded(first, around: center, degree: degree, precision: precision, within: budget)
    let most = max(2, Self.greatestNumbers / max(flow.dimension * (degree + 1), 1))
    known.withLock { known in
      known.expansions.removeFirst(max(known.expansions.count - most + 1, 0))
      known.expansions.append((center, degree, bits, terms))
    }
    return terms
  }

  /// (1) in enclosures; elements that vanish by structure stay exactly zero.
  private func expanded(
    _ first: [Interval], around center: BigFloat, degree: Int, precision: Int, within budget: Budget
  ) throws(Unanswered) -> [[Interval]] {
    let zero = Interval(0, precision: precision)
    var factors = [[Interval(1, precision: precision)]]
    if let drive = flow.drive {
      let series = try drive.series(Interval(center), order: max(degree - 1, 0), precision: precision)
      guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else {
        let place = center.double(rounding: .nearest)
        throw Unanswered(undecided: "the drive is not seen to be analytic near t = \(place)")
      }
      factors += series.map(\.coefficients)
    }
    var terms = [first]
    for n in 0..<degree {
      try budget.check()
      var next = Array(repeating: zero, count: flow.dimension)
      for (entries, factor) in zip(flow.terms, factors) where !entries.isEmpty {
        var source = terms[n]
        if flow.drive != nil {
          source = Array(repeating: zero, count: flow.dimension)
          for i in 0...min(n, factor.count - 1) where !factor[i].isExactZero {
            for (k, value) in terms[n - i].enumerated() where !value.isExactZero { source[k] += factor[i] * value }
          }
        }
        for entry in entries where !source[entry.column].isExactZero {
          next[entry.row] += entry.value * source[entry.column]
        }
      }
      terms.append(next.map { $0.isExactZero ? $0 : ($0 / (n + 1)).rounded(to: precision) })
    }
    return terms
  }

  /// N_0 ... N_m on an interval of times; nil where a function is not seen to be analytic.
  func majorants(on time: Interval, order: Int) throws(Unanswered) -> [Interval]? {
    let one = Interval(1, precision: 64)
    var factors = [[one]]
    if let drive = flow.drive {
      let series = try drive.series(time.rounded(to: 64), order: order, precision: 64)
      guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return nil }
      factors += series.map { $0.coefficients.map { $0.absoluteValue.rounded(to: 64) } }
    }
    var bounds = [size]
    for n in 0..<order {
      var sum = Interval(0, precision: 64)
      for (norm, factor) in zip(norms, factors) where !norm.isExactZero {
        for i in 0...min(n, factor.count - 1) { sum += norm * factor[i] * bounds[n - i] }
      }
      bounds.append(sum / (n + 1))
    }
    return bounds.allSatisfy(\.isBounded) ? bounds : nil
  }

  // MARK: - Cells

  /// The cell that begins at a time or holds it.
  ///
  /// - Parameters:
  ///   - degree: q.
  ///   - accuracy: what is left out is below 2^-accuracy of the size.
  func cell(
    at time: BigFloat, degree: Int, accuracy: Int, within budget: Budget
  ) throws(Unanswered) -> Cell {
    var exponent = greatestExponent(degree)
    for _ in 0..<200 {
      try budget.check()
      guard let floor = time.scaled(byPowerOfTwo: -exponent, rounding: .down).floor, let number = Int(exactly: floor)
      else { throw Unanswered(beyond: "the steps are too short beside the time") }
      let begin = Interval(number, precision: 128).scaled(byPowerOfTwo: exponent)
      let half = Interval(1, precision: 128).scaled(byPowerOfTwo: exponent - 1)
      var (center, last) = ((begin + half).lower, (begin + half + half).upper)
      if isDriven, let end {
        last = min(last, end.upper)
        center = max(begin.lower, min(center, end.lower))
      }
      let span = begin.hull(Interval(last))
      let name = Cell.Name(accuracy: accuracy, exponent: exponent, number: number)
      let serves: Bool
      if isDriven, let isKnown = known.withLock({ $0.cells[name] }) {
        serves = isKnown
      } else {
        let bounds = try majorants(on: span, order: degree + 1)
        let reach = (span - Interval(center)).magnitude
        let rest = bounds.map { $0[degree + 1] * Interval(reach).rounded(to: 64).power(degree + 1) }
        serves = rest.map { $0.upper <= size.scaled(byPowerOfTwo: -accuracy).lower } ?? false
        if isDriven { known.withLock { $0.cells[name] = serves } }
      }
      if serves { return Cell(name: name, time: span, center: center) }
      exponent -= 1
    }
    throw Unanswered(undecided: "the drive is not seen to be analytic near t = \(time.double(rounding: .nearest))")
  }

  /// The exponent of the longest cells that are tried: (q + 2)/|M_0| or the end.
  private func greatestExponent(_ degree: Int) -> Int {
    let first = norms[0].isExactZero ? nil : (Interval(degree + 2, precision: 64) / norms[0]).upper.binaryExponent
    guard isDriven else { return first ?? 6 }
    let last = end?.upper.binaryExponent ?? 6
    return first.map { min($0, last) } ?? last
  }

  /// A length of times on which the coefficients tell much, as a guess: that of the shortest cell up to the end.
  public func step(degree: Int, accuracy: Int, within budget: Budget) throws(Unanswered) -> Interval {
    var time = BigFloat.zero(precision: 128)
    var exponent = try cell(at: time, degree: degree, accuracy: accuracy, within: budget).name.exponent
    if isDriven, let end {
      for _ in 0..<Self.greatestGuess where time < end.upper {
        let own = try cell(at: time, degree: degree, accuracy: accuracy, within: budget)
        exponent = min(exponent, own.name.exponent)
        time = own.time.upper
      }
    }
    return Interval(1, precision: 64).scaled(byPowerOfTwo: exponent)
  }

  /// The most cells that are looked at for a guess.
  private static let greatestGuess = 1024

  // MARK: - States

  private func state(at time: BigFloat, bits: Int, within budget: Budget) throws(Unanswered) -> FlowState {
    let before = known.withLock { known in known.states.last { $0.time <= time && $0.bits >= bits } }
    if let before, before.time == time { return before.state }
    let found: FlowState
    do {
      found = try flow.evolved(
        before?.state ?? start, size: size.upper, from: before.map { Interval($0.time) } ?? Interval(0, precision: 64),
        until: Interval(time), bits: bits, within: budget)
    } catch let reason as Unanswered { throw reason } catch {
      throw Unanswered(undecided: "\(error)")
    }
    known.withLock { known in
      // Every second state is dropped where there are too many.
      if known.states.count * found.dimension * found.width > Self.greatestLimbs {
        known.states = known.states.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      }
      let place = known.states.firstIndex { $0.time > time } ?? known.states.count
      known.states.insert((time, bits, found), at: place)
    }
    return found
  }
}
