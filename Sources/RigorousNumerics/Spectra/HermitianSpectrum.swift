import ArbitraryPrecision

/// The eigenvalues of a Hermitian matrix, each enclosed, with their multiplicities and projectors.
///
/// Approximate eigenvectors X and values L come from anywhere. With e >= |I - X^H X|, e < 1, and r >= |A X - X L| in
/// the 2-norm, both from exact sums, X = U P with U unitary and |I - P| <= k = 1 - sqrt(1 - e), as the singular values
/// of X are between sqrt(1 - e) and sqrt(1 + e). The matrix D = U^H A U - L obeys D P = U^H (A X - X L) + [L, I - P],
/// so
///
///     |D| <= d = (r + (l_max - l_min) k)/(1 - k),
///
/// for |[L, K]| is at most the spread of L times |K|. By Weyl's theorem the i-th least eigenvalue of A is within d of
/// the i-th least element of L: nothing is asked of gaps, and equal eigenvalues are as good as others. The errors
/// of the elements of A are added to d.
///
/// An interval of values that no other one meets holds as many eigenvalues as it was made of. Of such a cluster, with a
/// distance g from its elements of L to the nearest other one, the projector is within d/(g - d) of U_c U_c^H by Davis
/// and Kahan's sin theta theorem (SIAM J. Numer. Anal. 7, 1970, Sec. 6), and that within 2k + k^2 of X_c X_c^H, in the
/// 2-norm and so in each element.
public struct HermitianSpectrum: Sendable {
  /// The enclosures of the eigenvalues in rising order: the i-th one holds the i-th least eigenvalue.
  public let eigenvalues: [Interval]
  /// The eigenvalues that are told apart, in rising order.
  public let clusters: [Cluster]
  /// The bits of the enclosures.
  public let precision: Int

  /// Eigenvalues that no other one's enclosure meets.
  public struct Cluster: Sendable {
    /// An interval that holds these eigenvalues and no others.
    public let value: Interval
    /// Their places in the rising order.
    public let indices: Range<Int>

    /// How many there are, equal ones counted each.
    public var multiplicity: Int { indices.count }
  }

  /// The greatest number of bits that is accepted.
  static let greatestBits = 1 << 24

  /// The scaled L in rising order, X with columns in the same order, and the bounds.
  private let scaled: [Interval]
  private let vectors: FixedColumns
  private let isComplex: Bool
  private let nonorthogonality: Interval
  private let distance: Interval

  /// Encloses the spectrum to some bits, one or more: each enclosure is wider than 2^-bits of the greatest sum of
  /// magnitudes in a row only where the elements are not known better, or where refinement does not get there.
  ///
  /// - Throws: ``Unanswered`` when an element or the sum of a row is not bounded, more than 2^24 bits are asked
  ///   for, or the time is over.
  public init(_ matrix: HermitianMatrix, bits: Int, within budget: Budget = Budget()) throws(Unanswered) {
    demand(bits >= 1, "HermitianSpectrum: at least one bit")
    guard bits <= HermitianSpectrum.greatestBits else {
      throw Unanswered(beyond: "spectra are enclosed to \(HermitianSpectrum.greatestBits) bits at most")
    }
    let n = matrix.dimension
    let guardBits = 14 + 2 * (Int.bitWidth - n.leadingZeroBitCount)
    let width = FixedColumns.width(forBits: bits + guardBits)
    precision = bits + 8
    isComplex = matrix.isComplex
    guard let problem = SpectralProblem(matrix, width: width) else {
      throw Unanswered(undecided: "an element of the matrix or the sum of a row is not bounded")
    }
    guard let exponent = problem.exponent else {
      let zero = Interval(0, precision: precision)
      eigenvalues = Array(repeating: zero, count: n)
      clusters = [Cluster(value: zero, indices: 0..<n)]
      scaled = eigenvalues
      vectors = SpectralRefinement.unit(problem, width: 1)
      (nonorthogonality, distance) = (zero, zero)
      return
    }
    var refinement = try SpectralRefinement(problem, width: width, goal: bits + guardBits, within: budget)
    var best: (pairs: SpectralPairs, distance: Interval, nonorthogonality: Interval)?
    let goal = BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -bits - 2, rounding: .down)
    // Three certificates at most: a refinement that does not get better has got as far as it can. What is proved is
    // kept when the time is over.
    for _ in 0..<3 {
      let pairs: SpectralPairs
      do { pairs = try refinement.run(within: budget) } catch {
        if best == nil { throw error }
        break
      }
      let (distance, nonorthogonality) = HermitianSpectrum.certified(pairs, problem)
      guard best.map({ distance.upper < $0.distance.upper }) ?? true else { break }
      best = (pairs, distance, nonorthogonality)
      // Elements known poorly ask for no better vectors.
      if distance.upper <= max(goal, problem.radius.scaled(byPowerOfTwo: 1, rounding: .up)) { break }
    }
    guard let best, best.distance.isBounded else {
      throw Unanswered(undecided: "no approximate eigenvectors were found")
    }
    (vectors, nonorthogonality, distance) = (best.pairs.vectors, best.nonorthogonality, best.distance)
    scaled = best.pairs.values.map { $0.rounded(to: 64 * width) }
    let (precision, radius) = (precision, best.distance.upper)
    let ball = Interval.ball(radius)
    let eigenvalues = scaled.map { ($0 + ball).scaled(byPowerOfTwo: exponent).rounded(to: precision) }
    self.eigenvalues = eigenvalues
    clusters = HermitianSpectrum.clusters(of: eigenvalues)
    checkInvariant(isOrdered, "HermitianSpectrum: eigenvalues rise, and each is in one cluster that no other meets")
  }

  private var isOrdered: Bool {
    zip(eigenvalues, eigenvalues.dropFirst()).allSatisfy { $0.lower <= $1.lower && $0.upper <= $1.upper }
      && zip(clusters, clusters.dropFirst()).allSatisfy {
        $0.value.strictlyPrecedes($1.value) && $0.indices.upperBound == $1.indices.lowerBound
      } && clusters.first?.indices.lowerBound == 0 && clusters.last?.indices.upperBound == eigenvalues.count
  }

  /// d and k, of the scaled matrix.
  static func certified(_ pairs: SpectralPairs, _ problem: SpectralProblem) -> (Interval, Interval) {
    // Rows of less width are cut, and what that changes is in no bound.
    demand(pairs.vectors.width == problem.width, "HermitianSpectrum: vectors of the width of the matrix")
    let bounds = SpectralResidual(pairs.products(problem), values: pairs.stored)
    let e = bounds.orthogonality
    guard e.upper < BigFloat(1, precision: 64, rounding: .down), let first = pairs.values.first,
      let last = pairs.values.last
    else { return (.entire(precision: 64), .entire(precision: 64)) }
    // 1 - sqrt(1 - e) = e/(1 + sqrt(1 - e)).
    let k = e / (1 + (1 - e).squareRoot)
    let spread = (last - first).rounded(to: 64)
    let d = (bounds.residual + spread * k) / (1 - k) + Interval(problem.radius)
    return (Interval(d.upper), Interval(k.upper))
  }

  private static func clusters(of values: [Interval]) -> [Cluster] {
    var result: [Cluster] = []
    for (index, value) in values.enumerated() {
      if let last = result.last, value.lower <= last.value.upper {
        result[result.count - 1] = Cluster(
          value: last.value.hull(value), indices: last.indices.lowerBound..<index + 1)
      } else {
        result.append(Cluster(value: value, indices: index..<index + 1))
      }
    }
    return result
  }

  /// The real and the imaginary parts of the vector beside the i-th least eigenvalue, in turn, in units of 2^-bits.
  ///
  /// Nothing is proved of it but what the class says of all vectors together.
  public func approximateVector(_ index: Int, bits: Int) -> [Integer] {
    let n = eigenvalues.count
    func scaled(_ x: Integer) -> Integer {
      let excess = vectors.fractionBits - bits
      return excess >= 0 ? x.shifted(right: excess) : x * Integer.powerOfTwo(-excess)
    }
    return (0..<n).flatMap { row in
      [scaled(vectors.integer(index, row)), isComplex ? scaled(vectors.integer(index, n + row)) : 0]
    }
  }

  /// The projector onto the eigenvectors of a cluster.
  public func projector(onto cluster: Cluster) -> HermitianMatrix {
    let n = eigenvalues.count
    let indices = cluster.indices
    let exact = 2 * vectors.fractionBits + 64
    // All of the space: the identity.
    if indices.count == n { return HermitianMatrix(identity: n, precision: precision) }
    let gaps = [indices.lowerBound, indices.upperBound].filter { 0 < $0 && $0 < n }
      .map { (scaled[$0] - scaled[$0 - 1]).rounded(to: 64) }
    let rotation = gaps.map { distance / ($0 - distance) }.reduce(Interval(0, precision: 64)) { $0.maximum($1) }
    let ball = Interval.ball(rotation + nonorthogonality * (2 + nonorthogonality))
    let columns = indices.map { j in (0..<vectors.length).map { vectors.integer(j, $0) } }
    func sum(_ element: (_ column: [Integer], _ total: inout Integer) -> Void) -> Interval {
      var total = Integer(0)
      for column in columns { element(column, &total) }
      return (Interval(total, precision: exact).scaled(byPowerOfTwo: -2 * vectors.fractionBits) + ball)
        .rounded(to: precision)
    }
    guard isComplex else {
      return HermitianMatrix(symmetric: n, precision: precision) { row, column in
        sum { $1.add(productOf: $0[row], $0[column]) }
      }
    }
    return HermitianMatrix(n, precision: precision) { row, column in
      let real = sum {
        $1.add(productOf: $0[row], $0[column])
        $1.add(productOf: $0[n + row], $0[n + column])
      }
      let imaginary = sum {
        $1.add(productOf: $0[n + row], $0[column])
        $1.subtract(productOf: $0[row], $0[n + column])
      }
      return ComplexInterval(real, imaginary)
    }
  }
}
