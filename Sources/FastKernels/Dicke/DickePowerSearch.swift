/// The greatest <k>/t over t > 0.
///
/// 1. States at the times 0, h, 2h, ... with Taylor polynomials (``DickeSeries``), until N/t is below a power that is
///    attained: later times cannot reach it, as <k> <= N. Around each, |t - c| <= h/2, the true <k> is within N d (2 +
///    d) of the polynomial, d being the distance of the state with what the cut adds in a step, and its rest and
///    errors. The steps are long and the rests large, as these only tell where to look.
/// 2. With p the best power found, f(t) = E(t) - p t is bounded on parts of the pieces by E and E' in the middle and
///    the greatest |E''|; parts where it is negative are dropped, others divided until they are short.
/// 3. What is left is covered anew by short pieces, with rests of 2^-44 N, and treated in the same way. What remains
///    tells by how much p can be beaten.
/// 4. Up to t_0 = h/2^20, E/t <= N^2 (2N + 1) g^2 t, as `docs/dicke.md` derives.
/// 5. The time of the greatest power is in the remains, and there t E' = E. On the part of a piece that remains, the
///    polynomial of t E' - E falls where E'' < 0, and is off the true one by a bound for all of the piece: the true one
///    has no zero before a place where it is above that bound, and none after a place where it is below minus that. E'
///    of the true state psi and of the flow phi through the stored vector, cut at M, are the means of i[H, k], of
///    length at most g N |(a + a') psi| on a vector. With d = |psi - phi| they differ by at most d (|i[H, k] psi| +
///    |i[H, k] phi|),
///
///        |i[H, k] psi| <= g N (2 sqrt(n) + 1),    |i[H, k] phi| <= 2 g N sqrt(M + 1) (1 + d),
///
///    n being the mean number of photons of psi: |dn/dt| <= 2 g N sqrt(n) gives sqrt(n) <= sqrt(N) + g N t.
struct DickePowerSearch: ~Copyable {
  private let cells: Double
  private let frequency: Double
  private let coupling: Double
  private let work: Double
  private var path: DickeLatticePath
  private var pieces: [Piece] = []
  /// A unit of all times.
  private var grid = 0.0
  /// The greatest M of all states.
  private(set) var photons = 0
  /// The times of the states.
  private(set) var times: [Double] = []
  private var best = 0.0
  /// The time of the best power.
  private(set) var bestTime = 0.0

  fileprivate static let slack = 0x1p-46
  /// The rest of pieces that only tell where the maximum can be, as a part of N, and the bits of their states.
  private static let coarseRest = 0x1p-12
  private static let coarseBits = 24.0

  /// <k> around a time.
  private struct Piece {
    let center: Double
    /// s = rate (t - c), |s| <= reach.
    let rate: Double
    let reach: Double
    let terms: [Double]
    /// At least the distance of <k> from the polynomial, roundings of its evaluation included.
    let error: Double
    /// At least |E''(s)|, and the roundings of E'(s).
    let bend: Double
    let slopeError: Double
    /// At least the distance of dE/ds from that of the polynomial, and the magnitude of its third derivative.
    let slopeDistance: Double
    private let third: Double
    /// The best power at the samples of the piece, found when it is added.
    var power = 0.0

    /// - Parameters:
    ///   - outside: at least the distance of <k> in the true state from that along the flow.
    ///   - drift: the same of its derivative in time.
    init(_ series: DickeSeries, center: Double, rate: Double, reach: Double, outside: Double, drift: Double) {
      (self.center, self.rate, self.reach, terms) = (center, rate, reach, series.terms)
      let q = DickeSeries.degree
      var (power, sizes, slopes, bends) = (1.0, 0.0, 0.0, 0.0)
      for n in 0...q {
        sizes += abs(terms[n]) * power
        if n < q { slopes += Double(n + 1) * abs(terms[n + 1]) * power }
        power *= reach
      }
      slopeError = 0x1p-53 * Double(2 * q + 6) * slopes
      power = 1
      for n in 2...q {
        bends += Double(n * (n - 1)) * abs(terms[n]) * power
        power *= reach
      }
      bend = bends * (1 + 0x1p-30)
      power = 1
      var thirds = 0.0
      for n in 3...q {
        thirds += Double(n * (n - 1) * (n - 2)) * abs(terms[n]) * power
        power *= reach
      }
      third = thirds * (1 + 0x1p-30)
      var tail = series.rest
      for _ in 0...q { tail *= reach }
      // Derivatives of errors e_n s^n, n <= q, and of the rest: the bound is that of the derivative of order q + 1.
      let inside = (Double(q) * series.error + Double(q + 1) * tail) / reach
      slopeDistance = (drift / rate + inside + slopeError) * (1 + 0x1p-30)
      // Horner's rule: at most 2 (q + 1) roundings of the sum of magnitudes.
      error = (outside + series.error + tail + 0x1p-53 * Double(2 * q + 4) * sizes) * (1 + 0x1p-30)
    }

    func time(_ s: Double) -> Double { center + s / rate }

    /// The polynomial and its derivative in s.
    func value(_ s: Double) -> (value: Double, slope: Double) {
      var (value, slope) = (0.0, 0.0)
      for n in stride(from: terms.count - 1, through: 1, by: -1) {
        value = terms[n] + value * s
        slope = Double(n) * terms[n] + slope * s
      }
      return (terms[0] + value * s, slope)
    }

    /// t dE/dt - E at s, and at least its error.
    func stationarity(_ s: Double) -> (value: Double, error: Double) {
      let (value, slope) = value(s)
      let lever = time(s) * rate
      let slack = DickePowerSearch.slack * (lever * abs(slope) + abs(value))
      return (lever * slope - value, lever * slopeDistance + error + slack)
    }

    /// Whether the polynomial's second derivative is below zero between two s.
    func isConcave(_ low: Double, _ high: Double) -> Bool {
      let middle = (low + high) / 2
      var sum = 0.0
      for n in stride(from: terms.count - 1, through: 2, by: -1) { sum = Double(n * (n - 1)) * terms[n] + sum * middle }
      return sum + third * (high - low) * 0.51 + 0x1p-46 * bend < 0
    }

    /// A power that is attained at s.
    func attained(_ s: Double) -> Double {
      (value(s).value - error) / time(s) * (1 - DickePowerSearch.slack)
    }

    /// An upper bound of E - p t within d of s.
    func excess(_ s: Double, within d: Double, over p: Double) -> Double {
      let (value, slope) = value(s)
      let line = p * time(s)
      let tilt = abs(slope - p / rate) * d
      let slack = DickePowerSearch.slack * (line + abs(value) + (abs(slope) + p / rate) * d)
      return value - line + tilt + bend * d * d / 2 + error + slopeError * d + slack
    }
  }

  init(cells: Int, frequency: Double, coupling: Double, work: Double = DickeLatticePath.greatestWork) {
    (self.cells, self.frequency, self.coupling, self.work) = (Double(cells), frequency, coupling, work)
    path = DickeLatticePath(cells: cells, frequency: frequency, coupling: coupling, work: work)
  }

  mutating func maximum() throws(KernelRefusal) -> KernelValue {
    let beaten = try search().map(\.share).max() ?? 0
    // p is attained or exceeded by the true maximum, and cannot be beaten by more; the middle of both.
    return KernelValue(value: best + beaten / 2, errorBound: beaten / 2 * (1 + 0x1p-20) + 0x1p-52 * best)
  }

  /// The time of the greatest power.
  mutating func optimalTime() throws(KernelRefusal) -> KernelValue {
    let parts = try search()
    var (low, high) = (Double.infinity, 0.0)
    for index in pieces.indices {
      let own = parts.filter { $0.piece == index }
      guard let from = own.map(\.from).min(), let to = own.map(\.to).max() else { continue }
      guard let (start, end) = try zeros(of: pieces[index], from, to) else { continue }
      (low, high) = (min(low, pieces[index].time(start)), max(high, pieces[index].time(end)))
    }
    guard low <= high else { throw KernelRefusal("the maximum of the power was not isolated") }
    let middle = low + (high - low) / 2
    // Times are rounded twice, and the middle once.
    return KernelValue(value: middle, errorBound: (high - low) / 2 * (1 + 0x1p-20) + 0x1p-50 * high)
  }

  /// Where t E' = E is possible between two s; nil where the sign is the same for certain.
  private func zeros(of piece: Piece, _ from: Double, _ to: Double) throws(KernelRefusal) -> (Double, Double)? {
    guard piece.isConcave(from, to) else { throw KernelRefusal("the maximum of the power was not isolated") }
    func isCertain(_ s: Double, _ sign: Double) -> Bool {
      let (value, error) = piece.stationarity(s)
      return sign * value > error
    }
    if isCertain(from, -1) || isCertain(to, 1) { return nil }
    var (low, high) = (from, to)
    for _ in 0..<60 {
      let s = (low + high) / 2
      if piece.stationarity(s).value > 0 { low = s } else { high = s }
    }
    let zero = (low + high) / 2
    (low, high) = (zero, zero)
    var distance = 0x1p-50 * piece.reach
    while low > from, !isCertain(low, 1) {
      low = max(zero - distance, from)
      distance *= 2
    }
    distance = 0x1p-50 * piece.reach
    while high < to, !isCertain(high, -1) {
      high = min(zero + distance, to)
      distance *= 2
    }
    return (low, high)
  }

  /// The best power and all times at which it may be beaten.
  private mutating func search() throws(KernelRefusal) -> [Part] {
    let first = DickeSeries(path, reach: 0)
    // Few bits, so that sums of times are exact.
    let (fine, coarse) = (step(first, rest: 0x1p-44), step(first, rest: DickePowerSearch.coarseRest))
    grid = 0x1p-24 * fine.binade
    let short = (fine / (2 * grid)).rounded(.down) * 2 * grid
    // In longer steps the cut would spread far.
    let sensible = 8 / (path.lattice.drive * Double(path.lattice.photons + 1).squareRoot())
    let long = (max(min(coarse, sensible), fine) / grid).rounded(.down) * grid
    try survey(by: long)
    guard best > 0, cells * cells * (2 * cells + 1) * coupling * coupling * long * 0x1p-20 * (1 + 0x1p-30) < best else {
      throw KernelRefusal("the power at short times was not bounded")
    }
    try refine(try remains(after: 0x1p-21 * long), by: short)
    return try remains(after: 0)
  }

  /// A step with a rest on both sides that is a given part of N.
  private func step(_ first: DickeSeries, rest allowed: Double) -> Double {
    func rest(_ reach: Double) -> Double {
      var tail = first.rest
      for _ in 0...DickeSeries.degree { tail *= reach }
      return tail
    }
    var reach = 1.0
    while rest(reach) > allowed * cells { reach *= 0.9375 }
    while rest(reach * 1.0625) < allowed * cells, reach < 64 { reach *= 1.0625 }
    return 2 * reach / (path.lattice.scale / 2)
  }

  /// Pieces of all times, until later ones cannot reach the best power.
  private mutating func survey(by step: Double) throws(KernelRefusal) {
    var power = 0.0
    while true {
      // Where the power has fallen far below the best one, three digits tell that it stays there.
      let loss = try path.prepare(for: step, allowed: power < 0.75 * best ? 0x1p-12 : 0x1p-20)
      power = try add(step, loss: loss)
      if best > 0, cells / (path.time + 0.49 * step) * (1 + DickePowerSearch.slack) < best { break }
      try path.advance(by: step, loss: loss, bits: DickePowerSearch.coarseBits)
    }
    times = pieces.map(\.center)
    sharpen()
  }

  /// Puts sharper pieces on parts in place of all others, along a path from the start that is as sharp.
  private mutating func refine(_ parts: [Part], by step: Double) throws(KernelRefusal) {
    pieces = []
    path = DickeLatticePath(cells: Int(cells), frequency: frequency, coupling: coupling, work: work)
    var end = 0.0
    for part in parts where part.high > end {
      end = max(end, (part.low / grid).rounded(.down) * grid)
      while end < part.high {
        let center = end + step / 2
        while path.time < center {
          let sensible = (path.sensibleStep / grid).rounded(.down) * grid
          let d = min(max(sensible, grid), center - path.time)
          try path.advance(by: d, loss: try path.prepare(for: d))
        }
        try add(step, loss: try path.prepare(for: step))
        end += step
      }
    }
    times += pieces.map(\.center)
    sharpen()
  }

  /// <k> around the present time of the path, for half a step that was prepared, and the best power there.
  @discardableResult
  private mutating func add(_ step: Double, loss: Double) throws(KernelRefusal) -> Double {
    // The products of the series and of all pairs of its terms.
    try path.spend(2 * path.lattice.size * (DickeSeries.degree + 2) * 4)
    photons = max(photons, path.lattice.photons)
    let rate = path.lattice.scale / 2
    let reach = rate * step / 2 * (1 + 0x1p-40)
    let distance = path.error + loss
    let series = DickeSeries(path, reach: reach)
    let cut = Double(path.lattice.photons + 1).squareRoot() * (1 + distance)
    let alone = cells.squareRoot() + path.lattice.drive * (path.time + step / 2)
    var piece = Piece(
      series, center: path.time, rate: rate, reach: reach, outside: cells * distance * (2 + distance),
      drift: path.lattice.drive * distance * (2 * (alone + cut) + 1) * (1 + 0x1p-30))
    piece.power =
      [-0.75, -0.25, 0.25, 0.75].filter { path.time > 0 || $0 > 0 }.map { note(piece, $0 * reach) }.max() ?? 0
    pieces.append(piece)
    return piece.power
  }

  /// Keeps the power at a place if it is the best.
  @discardableResult
  private mutating func note(_ piece: Piece, _ s: Double) -> Double {
    let power = piece.attained(s)
    if power > best { (best, bestTime) = (power, piece.time(s)) }
    return power
  }

  /// Raises the best power by halving on the sign of t E' - E, that of the slope of the power, in the best pieces.
  private mutating func sharpen() {
    for piece in pieces where piece.power > 0.98 * best {
      var (low, high) = (piece.center > 0 ? -piece.reach : 0x1p-10 * piece.reach, piece.reach)
      for _ in 0..<52 {
        let s = (low + high) / 2
        let (value, slope) = piece.value(s)
        if piece.time(s) * piece.rate * slope > value { low = s } else { high = s }
      }
      note(piece, (low + high) / 2)
    }
  }

  /// Times at which the best power may be beaten, and by how much.
  private struct Part {
    let low: Double
    let high: Double
    let share: Double
    /// The place of its piece, and its ends in s there.
    let piece: Int
    let from: Double
    let to: Double
  }

  /// What is left of the pieces after a time, in order.
  private func remains(after begin: Double) throws(KernelRefusal) -> [Part] {
    var left: [Part] = []
    var visited = 0
    for (index, piece) in pieces.enumerated() {
      let start = piece.center > 0 ? -piece.reach : piece.rate * begin
      var parts = [(start, piece.reach)]
      while let (low, high) = parts.popLast() {
        visited += 1
        guard visited < 2_000_000 else { throw KernelRefusal("the maximum of the power was not isolated") }
        let (middle, half) = ((low + high) / 2, (high - low) / 2 * (1 + 0x1p-40) + 0x1p-53 * piece.reach)
        let excess = piece.excess(middle, within: half, over: best)
        if excess < 0 { continue }
        // No use in dividing where the errors alone are half of the excess.
        if half < 0x1p-28 * piece.reach || piece.bend * half * half < piece.error / 4 {
          let slack = DickePowerSearch.slack
          let (from, to) = (piece.time(low) * (1 - slack), piece.time(high) * (1 + slack))
          left.append(
            Part(
              low: from, high: to, share: excess / from * (1 + slack), piece: index, from: max(middle - half, start),
              to: min(middle + half, piece.reach)))
        } else {
          parts.append((middle, high))
          parts.append((low, middle))
        }
      }
    }
    return left
  }
}
