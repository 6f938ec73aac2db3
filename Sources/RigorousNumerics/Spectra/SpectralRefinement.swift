import ArbitraryPrecision

/// Approximate eigenvectors as columns, and approximate eigenvalues in rising order; nothing is proved of them.
struct SpectralPairs {
  let vectors: FixedColumns
  /// One column with the values, and the same as numbers.
  let stored: FixedColumns
  let values: [Interval]

  func products(_ problem: SpectralProblem) -> SpectralProducts {
    SpectralProducts(isComplex: problem.isComplex, rows: problem.rows(width: vectors.width), columns: vectors)
  }
}

/// Sharpens approximate eigenvectors of a scaled matrix from those of doubles to any width. Nothing is proved here.
///
/// With R = I - X^H X, S = X^H A X and M_ij = S_ij + (l_i + l_j) R_ij/2, l_i = M_ii, the columns X + X E with
///
///     E_ij = R_ij/2 + M_ij/(l_j - l_i)
///
/// are better to second order (Ogita and Aishima, Japan J. Indust. Appl. Math. 35, 2018, in other letters: M is S in an
/// orthonormal basis next to X). Where M_ij is not small against the difference of l_i and l_j, the second term is left
/// out. If such an M_ij is larger than what one step leaves behind, the vectors of these eigenvalues are first rotated
/// by eigenvectors in doubles of their block of M, scaled up: each rotation tells eigenvalues apart that are closer by
/// another 50 bits. Equal eigenvalues need neither.
struct SpectralRefinement {
  private let problem: SpectralProblem
  private let width: Int
  /// The bits to which the columns are wanted.
  private let goal: Int
  private var rows: FixedRows
  private var vectors: FixedColumns
  /// About the bits to which the columns are right.
  private var bits: Int

  /// The bits that a double eigensolver leaves right, less a few for the number of terms.
  private static let seedBits = 44

  init(_ problem: SpectralProblem, width: Int, goal: Int, within budget: Budget) throws(Unanswered) {
    (self.problem, self.width, self.goal) = (problem, width, goal)
    rows = problem.rows(width: 1)
    let (real, imaginary) = problem.doubles
    let seed = try JacobiSeed(dimension: problem.dimension, real: real, imaginary: imaginary, within: budget)
    let n = problem.dimension
    vectors = FixedColumns(n, length: problem.isComplex ? 2 * n : n, width: 1) { column, row in
      let x = row < n ? seed.vectors[column * n + row] : seed.imaginaryVectors[column * n + row - n]
      return SpectralRefinement.integer(x, width: 1)
    }
    bits = SpectralRefinement.seedBits
  }

  /// A double in units of the last place.
  private static func integer(_ x: Double, width: Int) -> Integer {
    guard x.isFinite, abs(x) < 2 else { return 0 }
    let scaled = BigFloat(x, precision: 64, rounding: .nearest).scaled(
      byPowerOfTwo: FixedColumns.fractionBits(width), rounding: .nearest)
    return scaled.floor ?? 0
  }

  /// The unit vectors.
  static func unit(_ problem: SpectralProblem, width: Int) -> FixedColumns {
    let n = problem.dimension
    return FixedColumns(n, length: problem.isComplex ? 2 * n : n, width: width) { column, row in
      row == column ? .powerOfTwo(FixedColumns.fractionBits(width)) : 0
    }
  }

  /// Refines until the columns have the bits wanted, or as far as it goes.
  mutating func run(within budget: Budget) throws(Unanswered) -> SpectralPairs {
    // Steps double the bits, and rotations resolve 50 each.
    let limit = 8 + goal / 16
    var isFull = false
    for _ in 0..<limit where !isFull {
      try budget.check()
      widen(to: min(width, FixedColumns.width(forBits: 2 * bits + 24)))
      isFull = try step(within: budget) && bits >= goal
    }
    return pairs()
  }

  private mutating func widen(to width: Int) {
    vectors = vectors.widened(to: width)
    if rows.width != vectors.width { rows = problem.rows(width: vectors.width) }
  }

  private func products() -> SpectralProducts {
    SpectralProducts(isComplex: problem.isComplex, rows: rows, columns: vectors)
  }

  /// The columns in the order of their Rayleigh quotients.
  private mutating func pairs() -> SpectralPairs {
    widen(to: width)
    let products = products()
    let quotients = products.quotients(products.image())
    let values = (0..<vectors.count).map { quotients.integer(0, $0) }
    let order = values.indices.sorted { values[$0] < values[$1] }
    let (vectors, bits) = (vectors, vectors.fractionBits)
    return SpectralPairs(
      vectors: FixedColumns(vectors.count, length: vectors.length, width: width) { vectors.integer(order[$0], $1) },
      stored: FixedColumns(1, length: values.count, width: width) { values[order[$1]] },
      values: order.map { Interval(values[$0], precision: max(values[$0].bitWidth, 2)).scaled(byPowerOfTwo: -bits) })
  }

  /// One step; false when it rotated clusters instead.
  private mutating func step(within budget: Budget) throws(Unanswered) -> Bool {
    let products = products()
    let f = vectors.fractionBits
    let n = vectors.count
    let parts = problem.isComplex ? 2 : 1
    let one = Integer.powerOfTwo(f)
    let gram = products.inner(vectors)
    try budget.check()
    let rayleigh = products.inner(products.image())
    try budget.check()
    // M, R for j <= i, and the eigenvalues.
    var (m, r) = (rayleigh, gram)
    for i in 0..<n {
      for j in r[i].indices { r[i][j] = -gram[i][j] }
      r[i][i] += one
    }
    let values: [Integer] = (0..<n).map { i in
      let value = rayleigh[i][i]
      return value + (value * r[i][i]).shifted(right: f)
    }
    for i in 0..<n {
      for part in 0..<parts {
        for j in 0...i {
          let k = part * (i + 1) + j
          let sum = values[i] + values[j]
          m[i][k] += (sum * r[i][k]).shifted(right: f + 1)
        }
      }
    }
    // What a step leaves behind in M, by its bits: n times squares of what it corrects, and roundings. Smaller
    // differences tell nothing.
    let guardBits = Int.bitWidth - n.leadingZeroBitCount + 6
    var greatest = r.joined().map(\.bitWidth).max() ?? 0
    var noise = max(2 * max(greatest, f - bits) - f, 0) + guardBits
    let smallest = noise + 3
    var isSeparate = Array(repeating: [Bool](), count: n)
    func size(_ i: Int, _ j: Int) -> Int {
      let real = m[i][j].bitWidth
      return parts == 2 ? max(real, m[i][i + 1 + j].bitWidth) : real
    }
    for i in 0..<n {
      isSeparate[i] = (0..<i).map { j in
        let gap = (values[i] - values[j]).bitWidth
        let here = size(i, j)
        // Where M_ij is all rounding, or small enough, rotating a close pair by it would only make squares of the angle
        // in R.
        guard gap > here + 12, gap > smallest, here > max(guardBits, f - goal) || 2 * (gap - here) > goal else {
          return false
        }
        greatest = max(greatest, f + here - gap + 1)
        noise = max(noise, 2 * here - gap + guardBits)
        return true
      }
    }
    let least = max(noise, f - goal)
    let coupled = (0..<n).map { i in (0..<i).filter { j in !isSeparate[i][j] && size(i, j) > least } }

    if coupled.contains(where: { !$0.isEmpty }) {
      try rotate(clusters(coupled), m, values, within: budget)
      return false
    }
    vectors = products.combined(factors(m, r, values, isSeparate))
    bits = min(f, max(bits, 2 * (f - greatest) - guardBits))
    return true
  }

  /// 1 + E.
  private func factors(
    _ m: [[Integer]], _ r: [[Integer]], _ values: [Integer], _ isSeparate: [[Bool]]
  ) -> FixedColumns {
    let (f, n) = (vectors.fractionBits, vectors.count)
    let parts = problem.isComplex ? 2 : 1
    var factors = FixedColumns(zero: n, length: parts * n, width: vectors.width)
    for i in 0..<n {
      for j in 0...i {
        for part in 0..<parts {
          let k = part * (i + 1) + j
          // X^H X has <x_j|x_i> in its column i; the element in column j is its conjugate, and differences change sign.
          let half = r[i][k].shifted(right: 1)
          let isImaginary = part == 1
          if j == i {
            if !isImaginary { factors.set(i, i, .powerOfTwo(f) + half) }
          } else if isSeparate[i][j] {
            let quotient = m[i][k].shifted(left: f).dividedDown(by: values[i] - values[j])
            factors.set(i, part * n + j, half + quotient)
            factors.set(j, part * n + i, isImaginary ? quotient - half : half - quotient)
          } else {
            factors.set(i, part * n + j, half)
            factors.set(j, part * n + i, isImaginary ? -half : half)
          }
        }
      }
    }
    return factors
  }

  /// The groups that pairs connect, of at least two.
  private func clusters(_ pairs: [[Int]]) -> [[Int]] {
    var group = Array(0..<pairs.count)
    for (i, others) in pairs.enumerated() {
      for j in others {
        let (a, b) = (group[i], group[j])
        if a != b { for k in group.indices where group[k] == b { group[k] = a } }
      }
    }
    return Dictionary(grouping: group.indices, by: { group[$0] }).values.filter { $0.count > 1 }
  }

  /// Rotates the columns of clusters by approximate eigenvectors of their blocks of M.
  private mutating func rotate(
    _ clusters: [[Int]], _ m: [[Integer]], _ values: [Integer], within budget: Budget
  ) throws(Unanswered) {
    let n = vectors.count
    let parts = problem.isComplex ? 2 : 1
    var factors = FixedColumns(zero: n, length: parts * n, width: vectors.width)
    let one = Integer.powerOfTwo(vectors.fractionBits)
    for i in 0..<n { factors.set(i, i, one) }
    for cluster in clusters {
      let size = cluster.count
      let center = values[cluster[0]]
      func element(_ a: Int, _ b: Int, _ part: Int) -> Integer {
        // Row b, column a of M.
        let (i, j) = (max(cluster[a], cluster[b]), min(cluster[a], cluster[b]))
        if i == j { return part == 0 ? values[i] - center : 0 }
        let value = m[i][part * (i + 1) + j]
        return part == 1 && cluster[a] < cluster[b] ? -value : value
      }
      let elements = (0..<parts).map { part in
        (0..<size * size).map { element($0 / size, $0 % size, part) }
      }
      let top = elements.joined().map(\.bitWidth).max() ?? 0
      let doubles = elements.map { block in
        block.map {
          BigFloat($0, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -top, rounding: .nearest)
            .double(rounding: .nearest)
        }
      }
      let seed = try JacobiSeed(
        dimension: size, real: doubles[0], imaginary: parts == 2 ? doubles[1] : [], within: budget)
      for a in 0..<size {
        for b in 0..<size {
          let k = a * size + b
          factors.set(cluster[a], cluster[b], SpectralRefinement.integer(seed.vectors[k], width: vectors.width))
          if parts == 2 {
            factors.set(
              cluster[a], n + cluster[b], SpectralRefinement.integer(seed.imaginaryVectors[k], width: vectors.width))
          }
        }
      }
    }
    vectors = products().combined(factors)
    bits = min(bits, SpectralRefinement.seedBits)
  }
}
