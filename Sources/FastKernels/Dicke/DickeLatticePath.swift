/// The state of the quantum Dicke battery from |N, 0> in doubles, with a bound of its distance from the true one in the
/// 2-norm.
///
/// A step is the Chebyshev series of ``SpinPath``, y_n = a_n v + 2 S y_(n+1) + y_(n+2), phi = (a_0 v + y_0 + y_2)/2, on
/// the lattice of ``DickeLattice``. Errors of a step, u = 2^-53, for binary64 arithmetic that rounds to nearest:
///
/// 1. z = R d as a pair of doubles is exact; the series has the bound of ``BesselSeries``.
/// 2. A product of an element of S and an element of y_(n+1) passes at most thirteen roundings, those of the element
///    itself included: a root each for m and k, the division and product of the unit, products and sums; and the
///    magnitudes of S have a 2-norm of at most one. So what is made at y_n is at most 27u |y_(n+1)| + 2.1u |y_n| + 2.1u
///    |a_n| |v|, which P_n(S), |P_n(S)| <= 1, carries on.
/// 3. The last line rounds by 2u of |y_0| + |y_2| + |a_0|.
/// 4. The cut: at most d c_M w_M with c_m = g N sqrt(m + 1) and w = exp(d C) u, u_m the lengths of the rows, as
///    `docs/dicke.md` derives. The series of exp(d C) u has positive terms; relative slacks cover its roundings, and
///    2^-520 squares that vanish.
///
/// The evolution is a rotation, so the errors of the steps add up.
struct DickeLatticePath: ~Copyable {
  private(set) var lattice: DickeLattice
  private let frequency: Double
  private let coupling: Double
  /// The state, two vectors of the recurrence, y_2.
  private var memory: UnsafeMutablePointer<Double>
  /// The bound of the distance.
  private(set) var error = 0.0
  /// The time of the state.
  private(set) var time = 0.0

  static let greatestStates = 1 << 20

  /// The elements that all loops together may visit: some seconds.
  static let greatestWork = 0x1p32
  private var workLeft: Double

  init(cells: Int, frequency: Double, coupling: Double, work: Double = DickeLatticePath.greatestWork) {
    (self.frequency, self.coupling, workLeft) = (frequency, coupling, work)
    lattice = DickeLattice(cells: cells, photons: cells + 16, frequency: frequency, coupling: coupling)
    memory = DickeLatticePath.zeros(8 * lattice.size)
    memory[lattice.row(cells)] = 1
  }

  /// Counts elements that a loop is going to visit.
  mutating func spend(_ elements: Int) throws(KernelRefusal) {
    workLeft -= Double(elements)
    guard workLeft >= 0 else {
      throw KernelRefusal("the charging takes more work than the kernel does; accepted: up to 2^32 elements visited")
    }
  }

  deinit { memory.deallocate() }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  /// Vectors of both blocks; 0 is the state.
  private func vector(_ i: Int) -> UnsafeMutablePointer<Double> { memory + 2 * i * lattice.size }

  /// The state.
  var state: UnsafePointer<Double> { UnsafePointer(vector(0)) }

  /// A sensible step: few terms for the length, and a cut that does not spread far.
  var sensibleStep: Double {
    min(64 / lattice.scale, 24 / (lattice.drive * Double(lattice.photons + 1).squareRoot()))
  }

  /// Raises M until the cut adds at most `allowed` within a time d, and gives a bound of what it adds.
  mutating func prepare(for d: Double, allowed: Double = 0x1p-56) throws(KernelRefusal) -> Double {
    let w = try lengths(d)
    var needed = lattice.cells
    while needed < w.count, loss(needed, d, w[needed]) > allowed { needed += 1 }
    guard needed < w.count else { throw KernelRefusal("the number of photons needed was not found") }
    if needed > lattice.photons { try raise(to: min(needed + needed / 8, w.count - 1)) }
    return loss(lattice.photons, d, w[lattice.photons])
  }

  private func loss(_ m: Int, _ d: Double, _ w: Double) -> Double {
    lattice.drive * Double(m + 1).squareRoot() * d * w * (1 + 0x1p-40) + 0x1p-900
  }

  private mutating func raise(to photons: Int) throws(KernelRefusal) {
    let old = lattice
    guard (photons + 1) * old.stride <= DickeLatticePath.greatestStates else {
      throw KernelRefusal("about \(photons) photons are needed, more states than the kernel holds")
    }
    lattice = DickeLattice(cells: old.cells, photons: photons, frequency: frequency, coupling: coupling)
    let new = DickeLatticePath.zeros(8 * lattice.size)
    let used = (old.photons + 2) * old.stride + 8
    new.update(from: memory, count: used)
    (new + lattice.size).update(from: memory + old.size, count: used)
    memory.deallocate()
    memory = new
  }

  /// w_m up to an M far beyond the present one. The rest of the series after degree n is at most twice the next term of
  /// |u| exp(2 d c).
  private mutating func lengths(_ d: Double) throws(KernelRefusal) -> [Double] {
    let photons = lattice.photons
    let unit = lattice.drive * d * (1 + 0x1p-40)
    var degree = 16
    while true {
      let z = 2 * unit * Double(photons + degree + 1).squareRoot()
      guard degree < 20_000 else { throw KernelRefusal("a step is too long") }
      if Double(degree) >= 2 * z, DickeLatticePath.rest(z, degree) < 0x1p-70 { break }
      degree += degree / 8
    }
    let last = photons + degree
    try spend(degree * last)
    let rates = (0...last).map { unit * Double($0 + 1).squareRoot() * (1 + 0x1p-40) }
    var u = [Double](repeating: 0, count: last + 2)
    for m in 0...photons { u[m] = lattice.square(state, row: m).squareRoot() * (1 + 0x1p-40) + 0x1p-520 }
    var sum = u
    for n in 1...degree {
      var before = 0.0
      for m in 0...min(last, photons + n) {
        let value = (m > 0 ? rates[m - 1] * before : 0) + rates[m] * u[m + 1]
        before = u[m]
        u[m] = value / Double(n)
        sum[m] += u[m]
      }
    }
    let rest = 2 * 1.01 * DickeLatticePath.rest(2 * rates[last], degree)
    // Each of the terms passes at most a few roundings an order.
    let slack = 1 + 0x1p-48 * Double(degree + 4)
    return (0...last).map { sum[$0] * slack + rest + 0x1p-800 }
  }

  /// z^(n+1)/(n+1)!, nearly.
  private static func rest(_ z: Double, _ n: Int) -> Double {
    var result = 1.0
    for i in 1...n + 1 { result *= z / Double(i) }
    return result + 0x1p-1000
  }

  /// Evolves for a time that was prepared, adding the loss found there, by a series of some bits.
  mutating func advance(by d: Double, loss: Double, bits: Double = 64) throws(KernelRefusal) {
    let product = ErrorFree.product(lattice.scale, d)
    let series = BesselSeries((product.result, product.error), bits: bits)
    try spend((series.coefficients.count + 2) * 2 * lattice.size)
    var (current, older) = (vector(1), vector(2))
    let (v, kept, count) = (vector(0), vector(3), 2 * lattice.size)
    current.update(repeating: 0, count: count)
    older.update(repeating: 0, count: count)
    let a = series.coefficients
    var (lengths, weights) = (0.0, 0.0)
    for n in stride(from: a.count - 1, through: 0, by: -1) {
      if n == 0 { kept.update(from: older, count: count) }
      lengths += lattice.step(current, a[n], v, older).squareRoot()
      weights += abs(a[n])
      swap(&current, &older)
    }
    for k in 0..<count { v[k] = (a[0] * v[k] + (current[k] + kept[k])) * 0.5 }
    // |y_2| <= 2 |y_1| + |y_0| + |a_0|.
    let made = 29.2 * lengths + 2.2 * weights + 4 * (2 * lengths + 2 * abs(a[0]))
    error += (series.error + 0x1p-53 * made) * (1 + 0x1p-20) + 0x1p-900 + loss
    time += d
  }

  /// <k> of the state, and how far it can be from the true one: e (2 |K phi| + N e), and a sum of positive terms in
  /// eight lanes.
  func excitation() -> (value: Double, error: Double) {
    let value = lattice.excitation(state, state)
    let n = Double(lattice.cells)
    // |K phi|^2 <= N <k>.
    let length = (n * value).squareRoot()
    return (value, error * (2.01 * length + n * error) + Double(lattice.size / 8 + 20) * 0x1p-53 * value)
  }
}
