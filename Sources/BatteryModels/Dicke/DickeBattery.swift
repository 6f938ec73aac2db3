import ArbitraryPrecision
import RigorousNumerics

/// The quantum Dicke battery, Eq. (21) of Phys. Rev. B 99, 205437: one mode with N photons at the start, N spins of one half, all down.
///
///     H = w0 a'a + w0 (J_z + N/2) + 2 g (a' + a) J_x
///
/// in the states |m, k> of m photons and k excitations with m + k - N even, m up to a cut-off M. There H - N w0 is real symmetric with the
/// diagonal w0 (m + k - N) and the elements g sqrt(m + 1) sqrt((k + 1)(N - k)) between |m, k> and |m + 1, k + 1>, and
/// g sqrt(m + 1) sqrt(k (N - k + 1)) between |m, k> and |m + 1, k - 1>. Real and imaginary part of psi obey x' = H y, y' = -H x: a skew flow.
///
/// What the cut-off changes: with psi_M the state of the cut-off problem, |psi(t) - psi_M(t)| is at most the integral of the weight that H
/// moves across the cut, g sqrt(M + 1) |2 J_x| u_M(s) with |2 J_x| = N and u_m the length of the part with m photons. These lengths obey
/// u_m' <= c_m u_(m+1) + c_(m-1) u_(m-1), c_m = g N sqrt(m + 1), since the blocks of equal m are rotations among themselves; so within a
/// step of length d they stay below exp(d C) u, C being the matrix of these numbers, none of them negative.
struct DickeBattery {
  private let cells: Int
  private let arguments: Arguments
  private let precision: Int

  init(_ arguments: Arguments, _ precision: Int) throws {
    guard let n = Int(exactly: arguments.integer("N")), n <= 1000 else {
      throw Budget.Exhausted(reason: "the states are about N times the photons; this is limited to N <= 1000")
    }
    cells = n
    self.arguments = arguments
    self.precision = precision
  }

  /// The states of m photons: their excitations, and the index of the first.
  private struct Sector {
    let starts: [Int]
    let cells: Int

    init(_ cells: Int, photons: Int) {
      self.cells = cells
      var starts = [0]
      for m in 0...photons { starts.append(starts[m] + (cells - (m + cells) % 2) / 2 + 1) }
      self.starts = starts
    }

    var dimension: Int { starts[starts.count - 1] }

    /// The least number of excitations with m photons.
    func least(_ m: Int) -> Int { (m + cells) % 2 }

    func excitations(_ m: Int) -> StrideThrough<Int> { stride(from: least(m), through: cells, by: 2) }

    func index(_ m: Int, _ k: Int) -> Int { starts[m] + (k - least(m)) / 2 }
  }

  private func flow(_ sector: Sector, photons: Int, _ bits: Int) -> SkewFlow {
    let (g, w0) = (arguments.enclosure("g", bits), arguments.enclosure("w0", bits))
    let d = sector.dimension
    var couplings: [SkewFlow.Coupling<Interval>] = []
    for m in 0...photons {
      for k in sector.excitations(m) {
        let here = sector.index(m, k)
        if m + k != cells { couplings.append(.init(row: here, column: here + d, (m + k - cells) * w0)) }
        guard m < photons else { continue }
        for (next, square) in [(k + 1, (k + 1) * (cells - k)), (k - 1, k * (cells - k + 1))] where square > 0 {
          let there = sector.index(m + 1, next)
          let value = g * Interval((m + 1) * square, precision: bits).squareRoot
          couplings.append(.init(row: here, column: there + d, value))
          couplings.append(.init(row: there, column: here + d, value))
        }
      }
    }
    return SkewFlow(dimension: 2 * d, real: couplings)
  }

  /// w0 <k> after the time tau.
  func storedEnergy(within budget: Budget) throws -> Interval {
    let bits = precision + 16 + cells.bitWidth - cells.leadingZeroBitCount
    let time = arguments.enclosure("tau", bits + 256)
    let g = arguments.enclosure("g", 64)
    // A first guess of the photons needed, which the bound then accepts or not.
    let drive = (g * Interval(cells, precision: 64) * time.rounded(to: 64)).upper.double(rounding: .up)
    guard drive < 1e6 else { throw Budget.Exhausted(reason: "the coupling times N times the time is above a million") }
    var photons = cells + 12 + bits + Int(min(2 * drive * Double(cells).squareRoot(), 4 * Double(cells)))
    while true {
      let sector = Sector(cells, photons: photons)
      guard sector.dimension <= 400_000 else {
        throw Budget.Exhausted(reason: "more than 400000 states would be needed")
      }
      let (state, cut) = try run(sector, photons, time, bits, drive, within: budget)
      if (cut.binaryExponent ?? -.max) <= -bits {
        let weights = (0...photons).flatMap { Array(sector.excitations($0)) }
        let value = state.form(weights + weights, precision: precision + 16)
        let d = Interval(cut)
        let change = (cells * (d * (2 + d))).upper
        let range = Interval(from: 0, to: Rational(cells), precision: precision)
        let energy = value + (Interval(-change, change) ?? .entire(precision: 64))
        return (arguments.enclosure("w0", precision) * energy.intersection(range)).rounded(to: precision)
      }
      photons += max(16, (photons - cells) / 4)
    }
  }

  /// The end of the cut-off problem, and a bound of its distance from the truth.
  private func run(
    _ sector: Sector, _ photons: Int, _ time: Interval, _ bits: Int, _ drive: Double, within budget: Budget
  ) throws -> (state: FlowState, cut: BigFloat) {
    let flow = flow(sector, photons: photons, bits + 256)
    let growth = 2 * drive * Double(photons + 1).squareRoot()
    let length = (Interval(flow.scale, precision: 64) * time.rounded(to: 64)).upper.double(rounding: .up)
    let count = max(1, Int(growth / 40) + 1, Int(length / 256) + 1)
    let step = time / count
    // exp(dC) magnifies the error of the state, too: log2(e) < 3/2.
    let stateBits = bits + 16 + count.bitWidth - count.leadingZeroBitCount + Int(1.5 * growth / Double(count))
    var state = FlowState.unit(sector.index(cells, 0), dimension: flow.dimension)
    let rates = couplingRates(photons, step.rounded(to: 64).absoluteValue)
    var cut = Interval(0, precision: 64)
    for _ in 0..<count {
      // The weight at the cut over the step that follows, times the rate across the cut and the length of the step.
      cut = cut + rates[photons] * grown(lengths(state, sector, photons), rates, bits)
      state = try flow.evolved(state, for: step, bits: stateBits, within: budget)
    }
    return (state, cut.upper)
  }

  /// c_m d for m = 0 ... M.
  private func couplingRates(_ photons: Int, _ step: Interval) -> [Interval] {
    let unit = arguments.enclosure("g", 64) * Interval(cells, precision: 64) * step
    return (0...photons).map { unit * Interval($0 + 1, precision: 64).squareRoot }
  }

  /// u_m, at most: the stored part and the error of the state.
  private func lengths(_ state: FlowState, _ sector: Sector, _ photons: Int) -> [Interval] {
    (0...photons).map { m in
      let indices = sector.starts[m]..<sector.starts[m + 1]
      let shifted = indices.lowerBound + sector.dimension..<indices.upperBound + sector.dimension
      return state.length(of: [indices, shifted])
    }
  }

  /// The last element of exp(dC) u, at most: Taylor's series with its rest, for a matrix without negative elements.
  private func grown(_ u: [Interval], _ rates: [Interval], _ bits: Int) -> Interval {
    let last = u.count - 1
    let norm = 2 * rates[last]
    let size = u.reduce(Interval(0, precision: 64)) { $0.maximum($1) }
    var (term, sum) = (u, u[last])
    var rest = size * norm
    var n = 1
    while true {
      var next = term
      for m in 0...last {
        var value = Interval(0, precision: 64)
        if m > 0 { value += rates[m - 1] * term[m - 1] }
        if m < last { value += rates[m] * term[m + 1] }
        next[m] = value / n
      }
      term = next
      sum += term[last]
      rest = rest * norm / (n + 1)
      n += 1
      // rest = size norm^n/n!; the tail is below twice that once n >= 2 norm.
      if Interval(n, precision: 64).lower > (2 * norm).upper, (rest.upper.binaryExponent ?? -.max) < -2 * bits - 64 {
        break
      }
    }
    return sum + 2 * rest
  }
}
