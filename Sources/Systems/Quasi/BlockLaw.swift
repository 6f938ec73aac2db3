import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The quasiprobability of work of one block, on the lattice of the sum over M equal ones.
///
/// The term of i, j, k stands at the work e_k - q e_i - (1 - q) e_j, in units of a block's energy k - q i - (1 - q) j.
/// With q = r/s the works are the integers s k - r i - (s - r) j over s (a line). Where s is so large that three
/// indices are fewer, (K, I, J) are kept apart, each 0 ... M, as the digits of K + (M + 1) I + (M + 1)^2 J (a box), and
/// sums that coincide are merged at the end. Both are exact.
struct BlockLaw {
  /// One place and the terms there.
  struct Place {
    let offset: Int
    let terms: [(k: Int, i: Int, j: Int)]
  }

  let blocks: Int
  private let q: Rational
  /// s on a line; nil in a box.
  private let denominator: Int?
  /// The least place of one block; that of M is M times it.
  private let least: Int
  /// By rising offset from the least place, without those whose probability is proved to be zero.
  let places: [Place]
  private(set) var angles: SliceAngles

  /// The greatest number of places of M blocks that is worked with.
  static let greatestLength = 1 << 21

  /// The most bits that are spent on the question whether a probability of one block is zero; what needs more is kept
  /// as not known.
  private static let greatestTestBits = 1 << 16

  /// The limit on the places of works.
  static let placesLimit = Limit(
    [.of(.cells), .of(.cellsPerBlock), .of(.ordering)], "\(greatestLength) places of works",
    because: "they are the blocks times the denominator of q")
  /// The limit on the memory for probabilities.
  static let bitsLimit = Limit(
    [.of(.cells), .of(.cellsPerBlock), .of(.ordering), .digits], "2^32 bits of probabilities",
    because: "each place has one of the digits asked for")

  /// - Throws: a cost guard.
  init(blocks m: Int, q: Rational, angles: SliceAngles) throws(Unanswered) {
    (blocks, self.q, self.angles) = (m, q, angles)
    var line: (r: Int, s: Int)?
    if let r = Int(exactly: q.numerator), let s = Int(exactly: q.denominator), abs(r) < 1 << 30, s < 1 << 30 {
      line = (r, s)
    }
    let box = m < 4096 ? (m + 1) * (m + 1) * (m + 1) : Int.max
    func place(_ k: Int, _ i: Int, _ j: Int) -> Int {
      line.map { $0.s * k - $0.r * i - ($0.s - $0.r) * j } ?? k + (m + 1) * (i + (m + 1) * j)
    }
    let terms = [0, 1].flatMap { k in [0, 1].flatMap { i in [0, 1].map { j in (k: k, i: i, j: j) } } }
    func extent() -> (least: Int, span: Int) {
      let all = terms.map { place($0.k, $0.i, $0.j) }
      let least = all.min() ?? 0
      return (least, (all.max() ?? 0) - least)
    }
    // Equidistant places serve more, so a short line is kept.
    if line != nil, extent().span * m >= max(box, 4096) { line = nil }
    let (least, span) = extent()
    guard line != nil || box <= BlockLaw.greatestLength, span * m < BlockLaw.greatestLength else {
      throw BlockLaw.placesLimit.exceeded
    }
    denominator = line?.s
    self.least = least
    let groups = Dictionary(grouping: terms) { place($0.k, $0.i, $0.j) - least }
    let test = angles.zeroTest(blocks: 1)
    places = groups.map { Place(offset: $0, terms: $1) }.filter { group in
      guard let test, test.bits <= BlockLaw.greatestTestBits else { return true }
      let value = BlockLaw.probability(group.terms, test.angles.functions(test.bits + 64))
      // Sines and cosines are known to a few units of 2^-(bits + 64): a value that is not zero is farther from zero
      // than that.
      return (value.magnitude.binaryExponent ?? .min) > -test.bits
    }.sorted { $0.offset < $1.offset }
  }

  /// The same places at other angles, at which the same probabilities are zero: indices mean the same works.
  func at(_ angles: SliceAngles) -> BlockLaw {
    var law = self
    law.angles = angles
    return law
  }

  /// The probabilities of one block at ``places``.
  func probabilities(_ precision: Int) -> [Interval] {
    let functions = angles.functions(precision)
    return places.map { BlockLaw.probability($0.terms, functions) }
  }

  private static func probability(
    _ terms: [(k: Int, i: Int, j: Int)], _ functions: (before: [Interval], during: [Interval])
  ) -> Interval {
    let (phi, turn) = functions
    // R_ki is cos b for k = i, sin b for k = 1 and i = 0, -sin b for k = 0 and i = 1.
    func rotation(_ k: Int, _ i: Int) -> Interval { k == i ? turn[0] : k == 1 ? turn[1] : -turn[1] }
    let zero = Interval(0, precision: turn[0].precision)
    return terms.reduce(zero) { $0 + phi[$1.i] * phi[$1.j] * rotation($1.k, $1.i) * rotation($1.k, $1.j) }
  }

  /// The number of places of M blocks, from the first to the last.
  var length: Int { blocks * ((places.last?.offset ?? 0) - (places.first?.offset ?? 0)) + 1 }

  /// The work, in units of a block's energy, at a place of M blocks, counted from the first.
  func work(at index: Int) -> Rational {
    let place = index + blocks * (places.first?.offset ?? 0)
    if let denominator { return Rational(Integer(place + blocks * least), Integer(denominator)) }
    let base = blocks + 1
    return work(of: (place % base, place / base % base, place / (base * base)))
  }

  /// k - q i - (1 - q) j.
  func work(of indices: (k: Int, i: Int, j: Int)) -> Rational {
    Rational(indices.k) - q * Rational(indices.i) - (1 - q) * Rational(indices.j)
  }

  /// The places of M blocks with a work; none when the work is not on the lattice.
  func indices(of work: Rational) -> [Int] {
    let first = blocks * (places.first?.offset ?? 0)
    if let denominator {
      guard let place = (work * Rational(denominator)).integer.flatMap({ Int(exactly: $0) }) else { return [] }
      let index = place - blocks * least - first
      return (0..<length).contains(index) ? [index] : []
    }
    return (0..<length).filter { self.work(at: $0) == work }
  }

  /// The distance of neighbouring places in units of a block's energy; nil in a box, where they are not equidistant.
  var spacing: Rational? { denominator.map { Rational(1, Integer($0)) } }

  /// The places of M blocks, those of equal work together.
  var works: [[Int]] {
    denominator != nil ? (0..<length).map { [$0] } : Array(Dictionary(grouping: 0..<length) { work(at: $0) }.values)
  }

  // MARK: - M blocks

  /// The probabilities of M blocks, from the first place to the last.
  ///
  /// - Parameter precision: the bits of the arithmetic; by products, bits after the point.
  func probabilities(
    _ route: BlockBattery.Route, _ precision: Int, within budget: Budget
  ) throws(Unanswered) -> [Interval] {
    let (size, overflow) = length.multipliedReportingOverflow(by: precision)
    guard !overflow, size <= BlockLaw.greatestBits else {
      throw BlockLaw.bitsLimit.exceeded
    }
    switch route {
    case .recurrence:
      return try PowerByRecurrence.coefficients(
        exponents: exponents, coefficients: probabilities(precision), power: blocks, within: budget)
        ?? Array(repeating: .entire(precision: precision), count: length)
    case .products:
      let block = PowerByProducts(exponents: exponents, coefficients: probabilities(precision + 32), bits: precision)
      let power = try block.power(blocks, within: budget)
      return (0..<length).map { power.enclosure($0, precision: precision) }
    }
  }

  private static let greatestBits = 1 << 32

  private var exponents: [Int] { places.map { $0.offset - places[0].offset } }

  /// Which places of M blocks are sums of M places of one: the others have exactly no probability.
  func reached(within budget: Budget) throws(Unanswered) -> [Bool] {
    var bits = Array(repeating: Integer(0), count: (exponents.last ?? 0) + 1)
    for exponent in exponents { bits[exponent] = 1 }
    return try binaryPower(bits, blocks, within: budget) { Integer.convolution($0, $1).map { $0.signum == 0 ? 0 : 1 } }
      .map { $0.signum != 0 }
  }

  /// The places of M blocks that are reached, those of equal work together.
  func reachedWorks(within budget: Budget) throws(Unanswered) -> [[Int]] {
    let reached = try reached(within: budget)
    return works.map { $0.filter { reached[$0] } }.filter { !$0.isEmpty }
  }
}
