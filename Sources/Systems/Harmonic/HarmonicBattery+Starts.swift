import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// Starts of the charger other than a Fock state, all with mean photon number N and an empty battery.
///
/// H conserves the number of quanta and so does the battery's number operator: sectors do not interfere in <B'B>, and a
/// start counts only through its photon distribution p_n. For the purity of the battery's state they do interfere, and
/// the amplitudes of a coherent start are taken.
extension HarmonicBattery {
  /// The photon distributions on offer.
  enum Start: String, ParameterWord {
    case fock, coherent, thermal
  }

  /// The stored energy from a start: sectors up to M quanta in full, those beyond bounded by 0 <= <B'B> <= n.
  func storedEnergy(from start: Start, within budget: Budget) throws -> Interval {
    guard start != .fock else { return try fockSector(within: budget) }
    let (weights, tail) = try distribution(start, within: budget)
    var mean = Interval(0, precision: precision)
    for (n, weight) in weights.enumerated() where n > 0 {
      mean = mean + weight * (try sectorExcitation(quanta: n, within: budget))
    }
    guard let beyond = Interval(.zero(precision: precision), tail.upper) else { return .entire(precision: precision) }
    return stored(fraction: (mean + beyond) / count)
  }

  /// p_0 ... p_M, and an enclosure of a bound of the sum of n p_n beyond M.
  ///
  /// - coherent: p_n = e^-N N^n / n!, and sum over n > M of n p_n = N P(n >= M) <= N p_M / (1 - N/(M+1)) for M + 1 > N,
  ///   since successive terms fall at least by the factor N/(M+1).
  /// - thermal: p_n = (1 - x) x^n, x = N/(N+1), and the sum is x^(M+1) (M + 1 + N).
  ///
  /// M is the first at which the bound is below N 2^-(3/4 precision): the cut is below the other errors, and shrinks
  /// with growing precision.
  private func distribution(_ start: Start, within budget: Budget) throws -> (weights: [Interval], tail: Interval) {
    let threshold = count.scaled(byPowerOfTwo: -3 * precision / 4)
    let ratio = count / (count + 1)
    var weights = [start == .coherent ? (-count).exponential : 1 - ratio]
    while weights.count <= HarmonicBattery.greatestSector {
      try budget.check()
      let m = weights.count - 1
      let tail: Interval
      switch start {
      case .thermal: tail = ratio.power(m + 1) * (count + (m + 1))
      case .coherent, .fock:
        let fall = 1 - count / (m + 1)
        tail = fall.certainSign == 1 ? count * weights[m] / fall : .entire(precision: precision)
      }
      if tail.isLess(than: threshold) == .certainlyTrue { return (weights, tail) }
      weights.append(weights[m] * (start == .coherent ? count / (m + 1) : ratio))
    }
    throw HarmonicBattery.quantaLimit.exceeded
  }

  private static let greatestSector = 512

  /// The limit on the sectors of a start without a sharp number.
  static let quantaLimit = Limit(
    [.of(.cells), .digits], "sectors of up to \(greatestSector) quanta",
    because: "a start without a sharp number of quanta has them all, and N and the digits say how many count")

  /// The purity of the battery's state from a coherent start of amplitude sqrt(N).
  ///
  /// With psi cut to sectors up to M quanta, phi, and d = |psi - phi|, |Tr r^2 - Tr s^2| <= |r - s|_1 |r + s| <= 4 d
  /// for the reduced states r and s: the partial trace does not enlarge the trace norm, and |psi><psi| - |phi><phi| has
  /// one of at most d (|psi| + |phi|) <= 2d. d^2 = P(n > M) is at most the tail above divided by M + 1.
  func coherentPurity(within budget: Budget) throws -> Interval {
    let (weights, tail) = try distribution(.coherent, within: budget)
    let size = weights.count
    // Matrix elements Phi(m, k) = sqrt(p_(m+k)) phi_k; the phases (-i)^k are a unitary of the battery alone.
    var amplitudes = IntervalMatrix(zero: size, precision: precision)
    for (n, weight) in weights.enumerated() {
      let root = weight.squareRoot
      let state = try sectorState(quanta: n, within: budget)
      for (k, amplitude) in (0...n).map({ ($0, state.element($0)) }) {
        amplitudes[n - k, k] = root * amplitude
      }
    }
    var transposed = amplitudes
    for m in 0..<size {
      for k in 0..<size { transposed[k, m] = amplitudes[m, k] }
    }
    let reduced = transposed * amplitudes
    let purity = reduced.entries.reduce(Interval(0, precision: precision)) { $0 + $1.squared }
    let distance = (tail / size).squareRoot.upper
    let cut = Interval(4, precision: precision) * Interval(distance)
    return (purity + .ball(cut)).intersection(Interval(from: 0, to: 1, precision: precision))
  }
}
