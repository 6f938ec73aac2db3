/// The Jacobi matrix T of the star in doubles, and its eigenvalues by the signs of pivots.
///
/// With A = F + g J- and the reversal R, T = R A in the order |0>, |N>, |1>, |N-1>, ... of the levels: e = F, g_1, F,
/// g_2, ... beside the diagonal, g_m = g sqrt(m (N - m + 1)), and zeros on it but for the last place, which holds a = F
/// for even N and g_((N+1)/2) for odd N. Its eigenvalues are the couplings mu_j of the invariant pairs. Here T is
/// multiplied by a power of two that takes max(F, g) to 1 ... 2.
///
/// Domain: N <= 65536, F and g in 2^-300 ... 2^300, F/g in 2^-200 ... 2^200, and |x| in 2^-900 ... 2^20 for every x
/// below. u = 2^-53.
///
/// **What the pivots prove** (Kahan; Demmel and Kahan, SIAM J. Sci. Stat. Comput. 11, 873, 1990). The pivots of T - x
/// are
///
///     d_0 = -x,   d_k = -x - e_(k-1)^2/d_(k-1),   with a added to the last.
///
/// 1. A computed one is q_k (1 + delta) = -x - (e^2/q_(k-1)) (1 + eps), |delta|, |eps| <= u. The numbers q_k (1 +
///    delta_k) are the exact pivots, and have the signs of the computed ones, for a matrix T' whose squares e^2 differ
///    from the stored ones by two factors 1 +- u, and whose x is the same. A difference that is exactly zero is put to
///    u x: that is what it is for an e^2 larger by u, and its own rounding was none.
/// 2. The last: q + a is rounded to a number of its own sign. With q = (-x - t)/(1 + delta) that is the sign of -x -
///    t + a (1 + delta).
/// 3. The stored squares: F^2 rounds once, g^2 m (N - m + 1) twice, m (N - m + 1) < 2^53 being exact. The stored a
///    rounds twice. So T' has e'^2 = e^2 exp(4u), a' = a exp(3u), exp(c) standing for a number between exp(-c (1 + 2u))
///    and exp(c (1 + 2u)).
/// 4. T' = S T S with a diagonal S > 0: s_k s_(k+1) = e'_k/e_k and s_last^2 = a'/a have the solution with |log
///    s_k^2| <= sum of 2 |log e'/e| + |log a'/a|, which is at most tau = (4N + 4) u.
/// 5. Ostrowski: the j-th eigenvalue of S T S is that of T times a number between the least and the greatest s^2 (Horn
///    and Johnson, Matrix Analysis, Theorem 4.5.9). The count for x is exact for T', so it places x/mu_j up to a factor
///    exp(tau), however small mu_j is.
/// 6. Range: |x| >= 2^-900 makes |q| >= 2^-955 (a difference is a multiple of a unit 2^-54 |x|, or above |x|/2) and
///    |e^2/q| <= 2^989: nothing overflows. A quotient below 2^-1022 is wrong by 2^-1075, a part of 2^-174 of the
///    difference, which then exceeds |x|/2: it goes into delta, with the second orders, for which tau keeps u.
struct StarMatrix {
  static let u = 0x1p-53
  static let magnitudes = 0x1p-300...0x1p300
  static let ratios = 0x1p-200...0x1p200
  static let greatestCells = 65536.0
  /// The least |x|.
  static let least = 0x1p-900

  let cells: Int
  /// What T is multiplied by.
  let scale: Double
  /// e^2 and a.
  let squares: [Double]
  let last: Double
  /// tau.
  let deviation: Double

  var dimension: Int { cells + 1 }
  /// The number of negative eigenvalues: each pair of rows with F beside its diagonal has one of either sign, and for
  /// even N the last row has F.
  var negatives: Int { (cells + 1) / 2 }

  /// - Throws: ``KernelRefusal`` outside the domain.
  init(cells: Double, upTo greatest: Double = greatestCells, drive: Double, coupling: Double) throws(KernelRefusal) {
    guard cells >= 1, cells <= greatest, cells == cells.rounded() else {
      throw KernelRefusal("N is outside the kernel's domain; accepted: integers from 1 to \(Int(greatest))")
    }
    for (name, value) in [("F", drive), ("g", coupling)] where !StarMatrix.magnitudes.contains(value) {
      throw KernelRefusal("\(name) is outside the kernel's domain; accepted: 2^-300 to 2^300")
    }
    guard StarMatrix.ratios.contains(drive / coupling) else {
      throw KernelRefusal("F/g is outside the kernel's domain; accepted: 2^-200 to 2^200")
    }
    let n = Int(cells)
    self.cells = n
    scale = Double(sign: .plus, exponent: -max(drive, coupling).exponent, significand: 1)
    let (f, g) = (drive * scale, coupling * scale)
    let (f2, g2) = (f * f, g * g)
    squares = (0..<n).map { k in
      let m = (k + 1) / 2
      return k % 2 == 0 ? f2 : g2 * Double(m * (n - m + 1))
    }
    let m = (n + 1) / 2
    last = n % 2 == 0 ? f : g * Double(m * (n - m + 1)).squareRoot()
    deviation = (4 * cells + 4) * StarMatrix.u
  }

  /// How many eigenvalues of T' are below x.
  func count(below x: Double) -> Int {
    squares.withUnsafeBufferPointer { squares in
      var pivot = -x
      var count = 0
      for square in squares {
        if pivot < 0 { count += 1 }
        pivot = -x - square / pivot
        if pivot == 0 { pivot = StarMatrix.u * x }
      }
      return pivot + last < 0 ? count + 1 : count
    }
  }

  /// A pair of neighbouring doubles, lower first, with counts of at most j and of more than j: exp(tau) mu_j is at
  /// least the first for one factor, and below the second for another.
  ///
  /// - Throws: ``KernelRefusal`` for an eigenvalue below 2^-900.
  func bracket(_ j: Int) throws(KernelRefusal) -> (low: Double, high: Double) {
    let sign = j < negatives ? -1.0 : 1.0
    // Whether the magnitude of the eigenvalue counts as below m.
    func isBelow(_ m: Double) -> Bool { sign > 0 ? count(below: m) > j : count(below: -m) <= j }
    // No row has magnitudes of a sum above 2 + 2 (N + 1).
    var low = StarMatrix.least.bitPattern
    var high = Double(4 * (cells + 2)).bitPattern
    guard !isBelow(StarMatrix.least), isBelow(Double(bitPattern: high)) else {
      throw KernelRefusal(
        """
        a coupling of the pairs is below 2^-900 of the greater of F and g, where pivots leave binary64; accepted: \
        fewer cells or a stronger drive
        """
      )
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isBelow(Double(bitPattern: middle)) { high = middle } else { low = middle }
    }
    let (a, b) = (Double(bitPattern: low), Double(bitPattern: high))
    return sign > 0 ? (a, b) : (-b, -a)
  }
}
