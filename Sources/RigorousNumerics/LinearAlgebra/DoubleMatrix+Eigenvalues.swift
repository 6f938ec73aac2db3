/// A complex number in doubles.
struct ComplexDouble {
  var (re, im): (Double, Double)

  init(_ re: Double, _ im: Double = 0) { (self.re, self.im) = (re, im) }

  var magnitude: Double { (re * re + im * im).squareRoot() }
  var conjugate: ComplexDouble { ComplexDouble(re, -im) }

  static func + (a: ComplexDouble, b: ComplexDouble) -> ComplexDouble { ComplexDouble(a.re + b.re, a.im + b.im) }
  static func - (a: ComplexDouble, b: ComplexDouble) -> ComplexDouble { ComplexDouble(a.re - b.re, a.im - b.im) }
  static func * (a: ComplexDouble, b: ComplexDouble) -> ComplexDouble {
    ComplexDouble(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
  }
  static func / (a: ComplexDouble, b: Double) -> ComplexDouble { ComplexDouble(a.re / b, a.im / b) }

  /// The root with a real part that is not negative.
  var squareRoot: ComplexDouble {
    let size = magnitude
    let real = ((size + abs(re)) / 2).squareRoot()
    guard real > 0 else { return ComplexDouble(0) }
    let other = abs(im) / (2 * real)
    return re >= 0 ? ComplexDouble(real, im < 0 ? -other : other) : ComplexDouble(other, im < 0 ? -real : real)
  }
}

extension DoubleMatrix {
  /// Approximations of the eigenvalues: elimination to Hessenberg's form with pivots, then steps of QR with Wilkinson's
  /// shift; nil where these do not come to an end.
  func eigenvalues(within budget: Budget) throws(Unanswered) -> [ComplexDouble]? {
    let n = size
    var h = hessenberg.elements.map { ComplexDouble($0) }
    guard h.allSatisfy({ $0.re.isFinite }) else { return nil }
    var (last, rounds) = (n - 1, 0)
    while last > 0 {
      var first = last
      while first > 0 {
        let size = h[first * n + first].magnitude + h[(first - 1) * n + first - 1].magnitude
        if h[first * n + first - 1].magnitude <= 0x1p-52 * size { break }
        first -= 1
      }
      if first == last {
        (last, rounds) = (last - 1, 0)
        continue
      }
      rounds += 1
      guard rounds <= 100 else { return nil }
      if rounds % 16 == 1 { try budget.check() }
      let shift = Self.shift(h, n, last, isUnusual: rounds % 10 == 0)
      Self.step(&h, n, first, last, shift)
    }
    return (0..<n).map { h[$0 * n + $0] }
  }

  /// The eigenvalue of the last two rows that is nearer to the last element.
  private static func shift(_ h: [ComplexDouble], _ n: Int, _ last: Int, isUnusual: Bool) -> ComplexDouble {
    let (a, b) = (h[(last - 1) * n + last - 1], h[(last - 1) * n + last])
    let (c, d) = (h[last * n + last - 1], h[last * n + last])
    if isUnusual { return d + ComplexDouble(c.magnitude) }
    let half = (a - d) / 2
    let root = (half * half + b * c).squareRoot
    let (x, y) = (half + root, half - root)
    return d + (x.magnitude < y.magnitude ? x : y)
  }

  /// H - s = QR by Givens' rotations, and RQ + s, on the rows from `first` to `last`.
  private static func step(_ h: inout [ComplexDouble], _ n: Int, _ first: Int, _ last: Int, _ shift: ComplexDouble) {
    for i in first...last { h[i * n + i] = h[i * n + i] - shift }
    var rotations: [(c: ComplexDouble, s: ComplexDouble)] = []
    for k in first..<last {
      let (a, b) = (h[k * n + k], h[(k + 1) * n + k])
      let size = (a.magnitude * a.magnitude + b.magnitude * b.magnitude).squareRoot()
      let (c, s) = size > 0 ? (a / size, b / size) : (ComplexDouble(1), ComplexDouble(0))
      rotations.append((c, s))
      for j in k...last {
        let (x, y) = (h[k * n + j], h[(k + 1) * n + j])
        h[k * n + j] = c.conjugate * x + s.conjugate * y
        h[(k + 1) * n + j] = c * y - s * x
      }
    }
    for (offset, (c, s)) in rotations.enumerated() {
      let k = first + offset
      for i in first...(k + 1) {
        let (x, y) = (h[i * n + k], h[i * n + k + 1])
        h[i * n + k] = c * x + s * y
        h[i * n + k + 1] = c.conjugate * y - s.conjugate * x
      }
    }
    for i in first...last { h[i * n + i] = h[i * n + i] + shift }
  }

  /// A similar matrix without elements below the first subdiagonal.
  private var hessenberg: DoubleMatrix {
    let n = size
    var a = self
    guard n > 2 else { return a }
    for m in 1..<(n - 1) {
      var pivot = m
      for i in m..<n where abs(a[i, m - 1]) > abs(a[pivot, m - 1]) { pivot = i }
      guard a[pivot, m - 1] != 0 else { continue }
      if pivot != m {
        for j in 0..<n { a.elements.swapAt(m * n + j, pivot * n + j) }
        for i in 0..<n { a.elements.swapAt(i * n + m, i * n + pivot) }
      }
      for i in (m + 1)..<n where a[i, m - 1] != 0 {
        let factor = a[i, m - 1] / a[m, m - 1]
        for j in 0..<n { a[i, j] -= factor * a[m, j] }
        a[i, m - 1] = 0
        for j in 0..<n { a[j, m] += factor * a[j, i] }
      }
    }
    return a
  }
}
