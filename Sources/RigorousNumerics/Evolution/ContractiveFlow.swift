import ArbitraryPrecision
import Synchronization

/// A linear flow x' = M(t) x of real vectors whose propagators enlarge no vector in some norm |.|:
///
///     M(t) = M_0 + sum over j of f_j(t) M_j        with sparse real M_j and analytic f_j.
///
/// A Schroedinger equation, driven or not, keeps the 2-norm. A master equation in Lindblad's form, its rates
/// non-negative at all times, does not enlarge the trace norm: exp(s L) is completely positive and keeps the trace
/// (Lindblad, Commun. Math. Phys. 48, 1976; Perez-Garcia et al., J. Math. Phys. 47, 083506, 2006), and a propagator is
/// a limit of products of such maps. So a path X(s) that obeys the equation up to a defect stays near the true one,
///
///     |X(t) - x(t)| <= |X(0) - x(0)| + integral from 0 to t of |M(s) X(s) - X'(s)| ds.                       (1)
///
/// Nothing is asked of X but that it be differentiable between its jumps, and that these be counted. The norm |.| is
/// tied to the 2-norm by |x|_2 <= |x| <= spread |x|_2: for the elements of a Hermitian matrix of d rows, real parts and
/// imaginary parts on and below the diagonal, the trace norm is at most sqrt(d) times the Frobenius norm, and that at
/// most sqrt(2) times |x|_2.
public struct ContractiveFlow: Sendable {
  /// An entry of a matrix.
  public struct Entry: Sendable {
    let row: Int
    let column: Int
    let value: Interval

    /// The entry in a row and a column, both from 0; entries of one place are added up.
    public init(_ row: Int, _ column: Int, _ value: Interval) {
      (self.row, self.column, self.value) = (row, column, value)
    }
  }

  /// The functions f_j: their Taylor coefficients on an interval of times.
  public struct Drive: Sendable {
    /// The number of functions.
    public let count: Int
    private let functions: @Sendable (TaylorSeriesContext, Interval) throws(Unanswered) -> [TaylorSeries]

    /// Functions of the time.
    public init(
      count: Int, _ functions: @escaping @Sendable (TaylorSeriesContext, Interval) throws(Unanswered) -> [TaylorSeries]
    ) {
      (self.count, self.functions) = (count, functions)
    }

    /// The coefficients of all functions at all times of an interval.
    func series(_ time: Interval, order: Int, precision: Int) throws(Unanswered) -> [TaylorSeries] {
      let series = try functions(TaylorSeriesContext(order: order, precision: precision), time)
      demand(series.count == count, "ContractiveFlow: a series for each function")
      return series
    }
  }

  /// The number of elements of a vector.
  public let dimension: Int
  /// The entries of M_0, M_1, ..., none twice at a place.
  let terms: [[FractionMatrix.Entry]]
  let drive: Drive?
  /// At least the greatest |x|/|x|_2.
  public let spread: Interval
  /// About the greatest sum of magnitudes in a row of M_0, by which steps are counted beforehand.
  let speed: Double
  /// What was made of the entries: a state that is moved step by step asks for it at each step.
  private let memory = FlowMemory()
  /// Whether M depends on the time.
  public var isDriven: Bool { drive != nil }

  /// A flow of matrices.
  ///
  /// - Parameters:
  ///   - constant: the entries of M_0.
  ///   - driven: the entries of M_1, M_2, ..., one matrix for each function of the drive.
  ///   - spread: at least the greatest |x|/|x|_2.
  public init(
    dimension: Int, constant: [Entry], driven: [[Entry]] = [], drive: Drive? = nil, spread: Interval
  ) {
    demand(driven.count == drive?.count ?? 0, "ContractiveFlow: a matrix for each function")
    self.dimension = dimension
    self.drive = drive
    self.spread = spread
    terms = ([constant] + driven).map { matrix in
      var sums: [Int: Interval] = [:]
      for entry in matrix {
        demand(
          (0..<dimension).contains(entry.row) && (0..<dimension).contains(entry.column),
          "ContractiveFlow: entries lie in the matrix")
        demand(entry.value.isBounded && !entry.value.isEmpty, "ContractiveFlow: entries are bounded")
        let place = entry.row * dimension + entry.column
        sums[place] = sums[place].map { $0 + entry.value } ?? entry.value
      }
      // In order, so that sums in doubles are the same from run to run.
      return sums.filter { $0.value.certainSign != 0 }.sorted { $0.key < $1.key }.map { place, value in
        .init(row: place / dimension, column: place % dimension, value: value)
      }
    }
    var rows = [Double](repeating: 0, count: dimension)
    for entry in terms[0] { rows[entry.row] += entry.value.magnitude.double(rounding: .up) }
    speed = rows.max() ?? 0
  }

  /// The vector at a later time.
  ///
  /// - Parameters:
  ///   - start: the vector at the first time; its error is one in the norm |.|.
  ///   - size: at least |x| of the true vector, which does not grow.
  ///   - bits: the error grows by about 2^-bits, and with the errors of start and times.
  /// - Returns: the vector with an error in the norm |.|, which is one of each element as well.
  /// - Throws: ``Unanswered`` where a function is not seen to be analytic, for too many steps, and when the time is
  ///   over.
  public func evolved(
    _ start: FlowState, size: BigFloat, from first: Interval = Interval(0, precision: 64), until last: Interval,
    bits: Int, within budget: Budget
  ) throws -> FlowState {
    demand(start.dimension == dimension, "ContractiveFlow: the start has another dimension")
    guard let begin = first.anchor, let end = last.anchor, first.isBounded, last.isBounded else {
      throw Unanswered(undecided: "the time is not known to any precision")
    }
    var run = try ContractiveRun(self, start, size: size, at: begin, until: end, bits: bits)
    while try run.step(within: budget) {}
    let missed = try missed(from: first, begin, until: last, run.time)
    var result = run.state
    result.error = (Interval(result.error) + spread * missed * Interval(size)).upper
    return result
  }

  /// What the true propagator does between the true times and those used, of a vector of the 2-norm 1.
  public func missed(
    from first: Interval, _ begin: BigFloat, until last: Interval, _ end: BigFloat
  ) throws(Unanswered) -> Interval {
    let (atFirst, atLast) = (first - Interval(begin), last - Interval(end))
    guard drive != nil else { return (atLast - atFirst).absoluteValue * (try norm(around: last)) }
    var missed = Interval(0, precision: 64)
    for (difference, time) in [(atFirst, first), (atLast, last.hull(Interval(end)))]
    where !(difference.isPoint && difference.containsZero) {
      missed += difference.absoluteValue * (try norm(around: time))
    }
    return missed
  }

  /// The entries of M_0, M_1, ..., none twice at a place.
  public var matrices: [[(row: Int, column: Int, value: Interval)]] {
    terms.map { $0.map { ($0.row, $0.column, $0.value) } }
  }

  /// The Taylor coefficients of the functions at all times of an interval; none without a drive.
  public func series(_ time: Interval, order: Int, precision: Int) throws(Unanswered) -> [TaylorSeries] {
    try drive?.series(time, order: order, precision: precision) ?? []
  }

  /// At least |M(t)|_2 at all times of an interval.
  func norm(around time: Interval) throws(Unanswered) -> Interval {
    let sizes = try drive?.series(time, order: 0, precision: 64).map(\.range.absoluteValue) ?? []
    let factors = [Interval(1, precision: 64)] + sizes
    return zip(norms, factors).reduce(Interval(0, precision: 64)) { $0 + $1.0 * $1.1 }
  }

  /// At least |M_0|_2, |M_1|_2, ..., by Schur's test: |M|_2^2 is at most the greatest sum of magnitudes in a row times
  /// that in a column. Sums of n doubles, each rounded by at most 2^-52 of itself, have n 2^-51 to spare.
  public var norms: [Interval] {
    memory.norms {
      terms.map { entries in
        var (rows, columns) = (
          [Double](repeating: 0, count: dimension), [Double](repeating: 0, count: dimension)
        )
        for entry in entries {
          let size = entry.value.magnitude.double(rounding: .up)
          rows[entry.row] += size
          columns[entry.column] += size
        }
        let slack = 1 + Double(dimension + 4) * 0x1p-51
        guard let row = Interval(exactly: (rows.max() ?? 0) * slack, precision: 64),
          let column = Interval(exactly: (columns.max() ?? 0) * slack, precision: 64)
        else { return .entire(precision: 64) }
        return Interval((row * column).squareRoot.upper)
      }
    }
  }

  /// M_0, M_1, ... as fractions of some limbs.
  func matrices(width: Int) -> [FractionMatrix] {
    memory.matrices(width: width) {
      terms.map { FractionMatrix(dimension: dimension, $0, width: width) }
    }
  }
}

/// The matrices of a flow by their width, the latest ones.
private final class FlowMemory: Sendable {
  private let known = Mutex<[(width: Int, matrices: [FractionMatrix])]>([])
  private static let greatestCount = 3
  private let knownNorms = Mutex<[Interval]?>(nil)

  func norms(_ find: () -> [Interval]) -> [Interval] {
    if let before = knownNorms.withLock({ $0 }) { return before }
    let found = find()
    knownNorms.withLock { $0 = found }
    return found
  }

  func matrices(width: Int, _ find: () -> [FractionMatrix]) -> [FractionMatrix] {
    if let before = known.withLock({ $0.first { $0.width == width } }) { return before.matrices }
    let found = find()
    known.withLock {
      $0.append((width, found))
      if $0.count > Self.greatestCount { $0.removeFirst() }
    }
    return found
  }
}
