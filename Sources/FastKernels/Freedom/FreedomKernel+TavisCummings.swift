extension FreedomKernel {
  /// 1 - R = (1 - L)/e of N cells charged by a coherent mode of mean nbar at the first full flip
  /// (``TavisCummingsState`` has the model and the proof), with an error bound that is computed beside it; it is an
  /// absolute one of 1 - L, so digits are lost as nbar grows.
  ///
  /// Domain: 1 <= N <= 64; 2^-10 <= nbar <= 2^26, and as many sectors of so many states as are worked on in some
  /// seconds.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func tavisCummingsDeficit(cells: Double, photons: Double) throws(KernelRefusal) -> KernelValue {
    let state = try TavisCummingsState(cells: cells, photons: photons)
    let (largest, energy) = (try state.largestEigenvalue(), state.excitations)
    let least = energy.value - energy.errorBound
    let passive = 1 - largest.value
    let value = passive / energy.value
    guard least > energy.value / 2 else { throw KernelRefusal("no digit of the energy is certain") }
    let error = (largest.errorBound + u + abs(value) * energy.errorBound) / least + u * abs(value)
    return KernelValue(value: value, errorBound: error * (1 + 0x1p-20))
  }
}

/// The state of N cells at tau = pi/(2 g sqrt(nbar)) under H = g (a J+ + a' J-), from a coherent mode and cells down.
///
/// H keeps the number n of excitations. In the sector n the amplitudes of m excited cells are c_n x_n(m) up to phases
/// of the states m, with c_n^2 = e^-nbar nbar^n/n! and x' = A x, x(0) = (1, 0, ...), A skew with the elements sqrt((n -
/// m)(m + 1)(N - m)) in the time g tau. Row q, the number of photons left, has y_q(m) = c_(q+m) x_(q+m)(m), and rho(m,
/// m') = sum over q of y_q(m) y_q(m'): rho = Y'Y with |Y| = 1 in the Frobenius norm. Errors, u = 2^-53:
///
/// 1. c_n: weights from the greatest one on, up and down, in pairs of doubles, as products of quotients next to each
///    other; they end below 2^-130 of it, and what is left out is at most a geometric sum of the last quotient: the
///    tail, which is part of the total. A weight, the total and a root: c_n is within 3u of itself.
/// 2. x_n by the Chebyshev series of ``SpinKernel`` with S = A/R, R at least the sum of a row of the greatest sector.
///    The elements 2 b/R are within 2u of themselves, the integer under the root being exact, and z = R g tau within
///    3.4u: 5.4u z in all by |S| <= 1; the series and the recurrence as there. The greatest of these errors over all
///    sectors is e.
/// 3. Y is off by d = e + 3u + sqrt(tail) in the Frobenius norm, rho by 2d + d^2 in the trace norm, and Tr(rho m) by N
///    times that. Rows are summed in blocks of 64 and the blocks after that: 67 + T/64 roundings of numbers that add up
///    to at most one.
private struct TavisCummingsState {
  private let cells: Int
  private var rows: [[Double]]
  private var distance = 0.0

  private static let u = 0x1p-53

  init(cells: Double, photons: Double) throws(KernelRefusal) {
    guard cells >= 1, cells <= 64, cells == cells.rounded() else {
      throw KernelRefusal("N is outside the kernel's domain; accepted: integers from 1 to 64")
    }
    guard (0x1p-10...0x1p26).contains(photons) else {
      throw KernelRefusal("nbar is outside the kernel's domain; accepted: 2^-10 to 2^26")
    }
    let n = Int(cells)
    self.cells = n
    let mode = PoissonAmplitudes(mean: photons)
    let chain = SectorChain(cells: n, greatest: mode.first + mode.amplitudes.count - 1, photons: photons)
    let work = Double(mode.amplitudes.count) * chain.work
    guard work <= 0x1p31 else {
      throw KernelRefusal("the sectors take more work than the kernel does; accepted: fewer cells or photons")
    }
    rows = Array(repeating: Array(repeating: 0, count: n + 1), count: n + 1)
    var block = rows
    var open = rows
    var (worst, count) = (0.0, 0)
    var state = [Double](repeating: 0, count: n + 1)
    let last = mode.first + mode.amplitudes.count - 1
    for sector in mode.first...last + n {
      if sector <= last {
        worst = max(worst, chain.evolve(sector, into: &state))
        let c = mode.amplitudes[sector - mode.first]
        for m in 0...min(n, sector) { open[(sector - m) % (n + 1)][m] = c * state[m] }
      }
      // The row q = sector - N is complete; q below zero is none.
      guard sector >= n else { continue }
      let place = (sector - n) % (n + 1)
      for m in 0...n where open[place][m] != 0 {
        for k in 0...m { block[m][k] += open[place][m] * open[place][k] }
      }
      for m in 0...n { open[place][m] = 0 }
      count += 1
      if count % 64 == 0 || sector == last + n {
        for m in 0...n {
          for k in 0...m {
            rows[m][k] += block[m][k]
            block[m][k] = 0
          }
        }
      }
    }
    let d = worst + (3 * TavisCummingsState.u + mode.tail.squareRoot()) * (1 + 0x1p-20)
    let rounding = (67 + Double(count) / 64) * TavisCummingsState.u
    distance = (d * (2 + d) + rounding) * (1 + 0x1p-20)
  }

  /// e.
  var excitations: KernelValue {
    let value = (0...cells).reduce(0) { $0 + Double($1) * rows[$1][$1] }
    let n = Double(cells)
    return KernelValue(value: value, errorBound: n * distance + (n + 2) * TavisCummingsState.u * value)
  }

  /// L.
  func largestEigenvalue() throws(KernelRefusal) -> KernelValue {
    var blocks = [LargestEigenvalue(dimension: cells + 1) { rows[$0][$1] }]
    let (value, own) = try LargestEigenvalue.greatest(of: &blocks)
    return KernelValue(value: value, errorBound: distance + own)
  }
}

/// c_n, the roots of the weights of a Poisson distribution.
private struct PoissonAmplitudes {
  let first: Int
  let amplitudes: [Double]
  /// At least the weight of what is left out.
  let tail: Double

  init(mean: Double) {
    let mode = Int(mean.rounded(.down))
    var (up, down) = ([DoublePair(1)], [DoublePair]())
    while up[up.count - 1].high > 0x1p-130 {
      up.append(up[up.count - 1] * mean / DoublePair(Double(mode + up.count)))
    }
    while mode - down.count > 0, (down.last ?? up[0]).high > 0x1p-130 {
      down.append((down.last ?? up[0]) * Double(mode - down.count) / DoublePair(mean))
    }
    first = mode - down.count
    let weights = down.reversed() + up
    var total = DoublePair(0)
    for weight in weights { total = total + weight }
    // Quotients fall away from the mode: that after the last weight, and that before the first.
    let above = mean / Double(first + weights.count), below = Double(first) / mean
    let rest = weights[weights.count - 1].high * above / (1 - above) + weights[0].high * below / (1 - below)
    tail = rest / total.high * (1 + 0x1p-20)
    amplitudes = weights.map { ($0.high / total.high).squareRoot() }
  }
}

/// The flow of a sector to the time of the flip.
private final class SectorChain {
  private let cells: Int
  private let inverse: Double
  private let series: BesselSeries
  private let phase: Double
  private let size: Int
  private let memory: UnsafeMutablePointer<Double>

  private static let lead = SpinChain.lead

  init(cells: Int, greatest: Int, photons: Double) {
    self.cells = cells
    var most = 1.0
    for m in 0..<cells { most = max(most, Double(max(greatest - m, 1)) * Double((m + 1) * (cells - m))) }
    let scale = 2 * most.squareRoot() * (1 + 0x1p-40)
    inverse = 2 / scale
    phase = scale * 0x1.921fb54442d18p0 / photons.squareRoot()
    series = BesselSeries((phase, 0))
    size = cells + 1 + 3 * SectorChain.lead
    memory = .allocate(capacity: 4 * size)
    memory.initialize(repeating: 0, count: 4 * size)
  }

  deinit { memory.deallocate() }

  /// Elements visited in a sector.
  var work: Double { Double(series.coefficients.count) * Double((cells + 8) / 8 * 8) }

  /// x_n, and at least its error.
  func evolve(_ sector: Int, into state: inout [Double]) -> Double {
    let (lead, count) = (SectorChain.lead, cells + 1)
    memory.update(repeating: 0, count: 3 * size)
    let fractions = memory + 3 * size + lead
    for m in 0..<cells {
      fractions[m] = inverse * (Double(max(sector - m, 0)) * Double((m + 1) * (cells - m))).squareRoot()
    }
    var (current, older) = (memory + lead, memory + size + lead)
    let kept = memory + 2 * size + lead
    let a = series.coefficients
    var (lengths, square) = (0.0, 0.0)
    for n in stride(from: a.count - 1, through: 0, by: -1) {
      if n == 0 { kept.update(from: older, count: count) }
      older[0] += a[n]
      square = SpinChain.step(fractions, current, older, count: count)
      lengths += square.squareRoot()
      swap(&current, &older)
    }
    for m in 0..<count { state[m] = 0.5 * ((m == 0 ? a[0] : 0) + (current[m] + kept[m])) }
    let final = 4 * (2 * lengths + 2 * abs(a[0]))
    let made = 8.1 * lengths + final + 5.4 * phase
    return (series.error + 0x1p-53 * made) * (1 + 0x1p-30) + 0x1p-900
  }
}
