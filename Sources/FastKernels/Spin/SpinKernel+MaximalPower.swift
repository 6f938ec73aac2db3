extension SpinKernel {
  /// The greatest number of cells whose maximal power is found: some seconds.
  public static let greatestCellsOfPower = 65536

  /// The greatest average power E_B(tau)/tau over all tau > 0 of the spin battery (Phys. Rev. B 99, 205437, Sec. III
  /// and V), with an error bound that is computed beside it and includes the search: no later or earlier time beats the
  /// value by more.
  ///
  /// Domain: 1 <= N <= 65536; w0 and g in 2^-300 ... 2^300. Units: that of w0 times that of g. Memory: about twelve
  /// arrays of N doubles.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain, or when the search does not isolate the maximum.
  public static func maximalPower(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    let power = try search(cells, frequency, coupling).maximum()
    let factor = 2 * (frequency * coupling)
    // Three roundings of the products.
    let bound = factor * power.errorBound + 0x1p-51 * factor * power.value
    return KernelValue(value: factor * power.value, errorBound: bound * (1 + 0x1p-40))
  }

  /// The charging time of the greatest average power, with an error bound that is proved by signs: before it less the
  /// bound the power still rises, after it and the bound the power falls, and it falls short of the greatest one
  /// everywhere else.
  ///
  /// Domain and memory are those of the maximal power. Units: the inverse of that of g.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  public static func optimalTime(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    let time = try search(cells, frequency, coupling).optimalTime()
    // tau = x/(2 g): one rounding.
    let value = time.value / (2 * coupling)
    let bound = time.errorBound / (2 * coupling) + 0x1p-53 * value
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-40))
  }

  /// The search inside the domain.
  private static func search(
    _ cells: Double, _ frequency: Double, _ coupling: Double
  ) throws(KernelRefusal) -> SpinPowerSearch {
    try KernelDomain.check(
      cells: cells, upTo: Double(greatestCellsOfPower), named: "\(greatestCellsOfPower)", frequency: frequency,
      coupling: coupling, time: 0)
    return SpinPowerSearch(Int(cells))
  }

  /// The collective advantage Pmax(N)/(N Pmax(1)) (Eq. (4)), with an error bound, for 1 <= N <= 65536.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  public static func advantage(cells: Double) throws(KernelRefusal) -> KernelValue {
    try .advantage(cells: cells) { cells throws(KernelRefusal) in
      try maximalPower(cells: cells, frequency: 1, coupling: 1)
    }
  }

  /// R = Gamma_qu/Gamma_cl (Eq. (5)) where the classical battery gains: its advantage is N, by which the quantum one is
  /// divided; the quotient rounds by less than 2^-52 of it.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power, and where no classical gain is found.
  public static func ratio(cells: Double, angles: ClassicalSpinKernel.Angles) throws(KernelRefusal) -> KernelValue {
    let (quantum, classical) = (
      try advantage(cells: cells), try ClassicalSpinKernel.advantage(cells: cells, angles: angles)
    )
    let value = quantum.value / classical.value
    let bound = quantum.errorBound / classical.value + 0x1p-52 * value
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-40))
  }
}

/// The greatest n(x)/x over x > 0 for n = <k> of N cells in the time x = 2 g tau.
///
/// 1. States at x_j = j h, with n and two derivatives (``SpinPath``), until N/x is below a power that is attained:
///    later times cannot reach it.
/// 2. On |x - x_j| <= h/2 Taylor's theorem with the bound of n''' gives n(x) <= a quadratic polynomial; where that
///    stays below p x, with p an attained power, the cell is dropped. Near x = 0 it gives n <= (N^2 + B h/12) x^2, as
///    n(0) = n'(0) = 0 and n''(0) = 2 N^2.
/// 3. The cells that are left must be neighbours, with n'' < 0 in all of them. Then f(x) = x n' - n, which has the sign
///    of (n/x)', falls there at least as fast as l = a min|n''|, a being their left end. So no power there exceeds the
///    one at a point y by more than f(y)^2/(2 l a^2): between y and the zero of f, |(n/x)'| <= |f|/a^2 and |f| falls
///    from |f(y)| with slope l or more.
/// 4. y comes from three Newton steps on f, and is refused outside the cells that are left. f has a zero in them: the
///    greatest power lies there, as it is at least the one at the best x_j, whose cell is left, and powers at their
///    ends are lower.
///
/// 5. The time of the maximum is that zero of f: where f(y - d) > 0 and f(y + d) < 0 with their errors, at points
///    inside the cells that are left, it is within d of y. d starts at what slope and error of f at y suggest, and is
///    doubled until it is so.
///
/// Times are j z/R and y z/R with doubles z: they round by a few u, which the slacks below cover. With a rounded h and
/// the times j h and j h - h rounded by u each, the start of the last step is off by at most 3u j h; the part y z/R and
/// the sum round by u each: by less than 6u (time + h) in all.
struct SpinPowerSearch {
  private let cells: Double
  private let chain: SpinChain

  /// N h is about this: small enough that few cells are left at the end.
  private static let step = 0.1
  fileprivate static let slack = 0x1p-48

  private struct Cell {
    let time: Double
    let jet: SpinPath.Jet
  }

  init(_ n: Int) {
    cells = Double(n)
    chain = SpinChain(n)
  }

  /// The cells that are left, neighbours with n'' < 0, and the state at y.
  private struct Peak: ~Copyable {
    var path: SpinPath
    /// The time of the state before the last step, and h.
    let origin: Double
    let step: Double
    /// Times inside the cells that are left, with their ends.
    let range: ClosedRange<Double>
    /// How fast f falls there, at least, and the least time there.
    let slope: Double
    let left: Double
    /// y.
    private(set) var time: Double
    private(set) var jet: SpinPath.Jet

    init(
      _ path: consuming SpinPath, origin: Double, step: Double, range: ClosedRange<Double>, slope: Double,
      left: Double, time: Double, jet: SpinPath.Jet
    ) {
      self.path = path
      (self.origin, self.step, self.range, self.slope, self.left) = (origin, step, range, slope, left)
      (self.time, self.jet) = (time, jet)
    }

    /// Moves the state near a time, at most almost two steps from the origin.
    mutating func move(to target: Double, inverseScale: Double) {
      let part = min(max(target - origin, 0.01 * step), 1.99 * step) / inverseScale
      path.advanceAgain(BesselSeries((part, 0)))
      time = origin + part * inverseScale
      jet = path.jet()
    }

    /// A Newton step on f.
    mutating func improve(inverseScale: Double) {
      move(to: time - stationarity.value / (time * jet.bend.0), inverseScale: inverseScale)
    }

    var isInside: Bool { range.contains(time) }

    /// f at the state, and at least its error.
    var stationarity: (value: Double, error: Double) {
      let slack = SpinPowerSearch.slack * (time * abs(jet.slope.0) + jet.value.0)
      return (time * jet.slope.0 - jet.value.0, time * jet.slope.error + jet.value.error + slack)
    }
  }

  /// The greatest power.
  func maximum() throws(KernelRefusal) -> KernelValue {
    let peak = try isolated()
    let (f, error) = peak.stationarity
    let off = abs(f) + error
    let missing = off * off / (2 * peak.slope * peak.left * peak.left)
    let value = peak.jet.value.0 / peak.time
    let bound = peak.jet.value.error / peak.time + SpinPowerSearch.slack * value + missing
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-20))
  }

  /// The time x of the greatest power.
  func optimalTime() throws(KernelRefusal) -> KernelValue {
    var peak = try isolated()
    for _ in 0..<4 where abs(peak.stationarity.value) > peak.stationarity.error {
      peak.improve(inverseScale: chain.inverseScale)
    }
    guard peak.isInside else { throw KernelRefusal("the maximum of the power was not isolated") }
    let y = peak.time
    let (f, error) = peak.stationarity
    var distance = 2 * (abs(f) + error) / (y * abs(peak.jet.bend.0))
    // The errors of y and of the points beside it are of the same kind.
    let rounding = 6 * 0x1p-53 * (1.01 * y + peak.step)
    for _ in 0..<40 {
      var reached = 0.0
      var isEnclosed = true
      for side in [-1.0, 1.0] where isEnclosed {
        peak.move(to: y + side * distance, inverseScale: chain.inverseScale)
        let (f, error) = peak.stationarity
        isEnclosed = peak.isInside && side * (peak.time - y) > 0 && -side * f > error
        reached = max(reached, abs(peak.time - y))
      }
      if isEnclosed { return KernelValue(value: y, errorBound: (reached + rounding) * (1 + 0x1p-40)) }
      distance *= 2
    }
    throw KernelRefusal("the signs beside the maximum of the power were not proved")
  }

  private func isolated() throws(KernelRefusal) -> Peak {
    let z = SpinPowerSearch.step / cells / chain.inverseScale
    let h = z * chain.inverseScale
    let series = BesselSeries((z, 0))
    var path = SpinPath(chain)
    var list: [Cell] = [Cell(time: 0, jet: path.jet())]
    var (best, bestIndex) = (0.0, 0)
    let saved = UnsafeMutablePointer<Double>.allocate(capacity: chain.count)
    saved.initialize(repeating: 0, count: chain.count)
    defer { saved.deallocate() }
    var savedError = 0.0
    while best == 0 || cells / (list[list.count - 1].time + 0.49 * h) * (1 + SpinPowerSearch.slack) >= best {
      guard list.count < 4096 else { throw KernelRefusal("the maximum of the power was not closed in 4096 steps") }
      path.advance(series)
      let time = Double(list.count) * h
      let jet = path.jet()
      list.append(Cell(time: time, jet: jet))
      let power = (jet.value.0 - jet.value.error) / time * (1 - SpinPowerSearch.slack)
      if power > best {
        (best, bestIndex) = (power, list.count - 1)
        savedError = path.copyBefore(to: saved)
      }
    }
    let kept = list.indices.filter { !isBelow(list[$0], best, half: 0.5001 * h, path.thirdDerivative) }
    let falling = kept.map { list[$0].jet.bend.0 + list[$0].jet.bend.error + path.thirdDerivative * 0.5001 * h }
    guard let first = kept.first, let last = kept.last, first >= 1, last - first + 1 == kept.count,
      let least = falling.max(), least < 0
    else { throw KernelRefusal("the maximum of the power was not isolated") }
    let left = (Double(first) - 0.5001) * h
    let slope = left * -least * (1 - SpinPowerSearch.slack)

    path.takeBefore(from: saved, error: savedError)
    let origin = list[bestIndex].time - h
    var peak = Peak(
      path, origin: origin, step: h, range: (Double(first) - 0.4999) * h...(Double(last) + 0.4999) * h, slope: slope,
      left: left, time: list[bestIndex].time, jet: list[bestIndex].jet)
    for _ in 0..<3 { peak.improve(inverseScale: chain.inverseScale) }
    guard peak.isInside else { throw KernelRefusal("the maximum of the power was not isolated") }
    return peak
  }

  /// Whether n(x) < p x on all of a cell.
  private func isBelow(_ cell: Cell, _ p: Double, half: Double, _ third: Double) -> Bool {
    let slack = SpinPowerSearch.slack
    if cell.time == 0 { return (cells * cells + third * half / 6) * half * (1 + slack) < p }
    let jet = cell.jet
    let cube = third * half * half * half / 6
    let constant = jet.value.0 - p * cell.time + jet.value.error + cube + slack * (jet.value.0 + p * cell.time)
    let slope = jet.slope.0 - p
    let bend = jet.bend.0 / 2
    let ends = abs(slope) * half + bend * half * half
    let vertex = bend < 0 && abs(slope) < -2 * bend * half ? slope * slope / (-4 * bend) : ends
    let errors =
      (jet.slope.error + slack * (abs(jet.slope.0) + p)) * half
      + (jet.bend.error / 2 + slack * abs(bend)) * half * half
    return constant + max(vertex, ends) + errors + slack * abs(ends) < 0
  }
}
