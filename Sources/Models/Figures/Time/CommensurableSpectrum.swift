import ArbitraryPrecision
import Operators
import RigorousNumerics

/// Levels that are whole multiples of one number apart, proved: then the state returns.
///
/// Approximate eigenvalues of the sector's H suggest integers m_j with l_j = l + w m_j. Let M = H - tr H/d and n_j =
/// m_j - mean m. The eigenvalues of M are w n_j, w > 0, exactly if all power sums agree: tr M^k = w^k s_k, s_k = sum
/// n_j^k, k = 1 ... d (Newton's identities fix the characteristic polynomial). With w^2 = tr M^2/s_2 this is
///
///     tr M^k s_2^(k/2) = (tr M^2)^(k/2) s_k  for even k,
///     (tr M^k)^2 s_2^k = (tr M^2)^k s_k^2  and equal signs for odd k,
///
/// which the ring of exact coefficients decides. Where the m_j have no common factor 2 pi/w is a period.
struct CommensurableSpectrum {
  private static let greatestDimension = 12

  /// A period of the state; nil where none is proved.
  static func period(_ sector: Sector, _ scalars: ModelScalars, within budget: Budget) throws -> Interval? {
    let d = sector.states.count
    guard d >= 2, d <= greatestDimension else { return nil }
    let matrix = try exactMatrix(sector, scalars)
    guard let numbers = try suggested(sector, scalars, within: budget) else { return nil }
    let sums = (0...d).map { k in numbers.reduce(Rational(0)) { $0 + $1.power(k) } }
    let traces = try powerTraces(matrix, scalars, within: budget)
    guard sums[2].signum > 0 else { return nil }
    for k in 3..<max(d + 1, 3) where try !agrees(k, traces, sums, scalars) { return nil }
    let square = try scalars.enclosure(traces[2]).real / Interval(sums[2], precision: scalars.precision)
    guard square.lower.signum > 0, square.isBounded else { return nil }
    return 2 * .pi(precision: scalars.precision) / square.squareRoot
  }

  private typealias Element = RadicalSum<ScalarPolynomial>

  private static func agrees(
    _ k: Int, _ traces: [Element], _ sums: [Rational], _ scalars: ModelScalars
  ) throws -> Bool {
    func power(_ a: Element, _ n: Int) throws -> Element {
      var result = a
      for _ in 1..<n { result = try result.product(a, in: scalars) }
      return result
    }
    if k % 2 == 1, sums[k].signum == 0 { return try scalars.decision(isZero: traces[k]) == .certainlyTrue }
    let isOdd = k % 2 == 1
    let left = isOdd ? try power(traces[k], 2) : traces[k]
    let right = try power(traces[2], isOdd ? k : k / 2)
    var difference = Element()
    try difference.add(left, times: scalars.number(sums[2].power(isOdd ? k : k / 2)), in: scalars)
    try difference.add(right, times: scalars.number(isOdd ? -sums[k].power(2) : -sums[k]), in: scalars)
    guard try scalars.decision(isZero: difference) == .certainlyTrue else { return false }
    return try !isOdd || scalars.enclosure(traces[k]).real.certainSign == sums[k].signum
  }

  /// H - tr H/d.
  private static func exactMatrix(_ sector: Sector, _ scalars: ModelScalars) throws -> [[Element]] {
    let d = sector.states.count
    var matrix = [[Element]](repeating: Array(repeating: Element(), count: d), count: d)
    var trace = Element()
    for (column, entries) in sector.columns.enumerated() {
      for (row, element) in entries {
        matrix[row][column] = element
        if row == column {
          try trace.add(element, times: scalars.one, in: scalars)
        } else {
          matrix[column][row] = try element.conjugate(in: scalars)
        }
      }
    }
    let share = scalars.number(Rational(-1, Integer(d)))
    for k in 0..<d { try matrix[k][k].add(trace, times: share, in: scalars) }
    return matrix
  }

  /// tr M^k, k = 0 ... d.
  private static func powerTraces(
    _ matrix: [[Element]], _ scalars: ModelScalars, within budget: Budget
  ) throws -> [Element] {
    let d = matrix.count
    var power = matrix
    var traces = [Element(), Element()]
    for _ in 2..<max(d + 1, 3) {
      var next = [[Element]](repeating: Array(repeating: Element(), count: d), count: d)
      for i in 0..<d {
        try budget.check()
        for k in 0..<d where !power[i][k].isZero {
          for j in 0..<d where !matrix[k][j].isZero {
            try next[i][j].add(power[i][k].product(matrix[k][j], in: scalars), times: scalars.one, in: scalars)
          }
        }
      }
      power = next
      var trace = Element()
      for k in 0..<d { try trace.add(power[k][k], times: scalars.one, in: scalars) }
      traces.append(trace)
    }
    return traces
  }

  /// The n_j that approximate eigenvalues suggest.
  private static func suggested(
    _ sector: Sector, _ scalars: ModelScalars, within budget: Budget
  ) throws -> [Rational]? {
    let d = sector.states.count
    var elements = [[ComplexInterval]](
      repeating: Array(repeating: .zero(precision: 128), count: d), count: d)
    for (column, entries) in sector.columns.enumerated() {
      for (row, element) in entries {
        let value = try scalars.enclosure(element)
        (elements[row][column], elements[column][row]) = (value, row == column ? value : value.conjugate)
      }
    }
    guard elements.joined().allSatisfy(\.isBounded) else { return nil }
    let spectrum = try HermitianSpectrum(
      HermitianMatrix(d, precision: 128) { elements[$0][$1] }, bits: 60, within: budget)
    let levels = spectrum.eigenvalues.compactMap { $0.anchor?.double(rounding: .nearest) }.sorted()
    guard let low = levels.first, let high = levels.last, high > low else { return nil }
    let gaps = zip(levels, levels.dropFirst()).map { $1 - $0 }.filter { $0 > 1e-9 * (high - low) }
    guard let least = gaps.min() else { return nil }
    for divisor in 1...24 {
      let unit = least / Double(divisor)
      let multiples = levels.map { ($0 - low) / unit }
      guard multiples.allSatisfy({ abs($0 - $0.rounded()) < 1e-6 && $0 < 1e6 }) else { continue }
      let integers = multiples.map { Int($0.rounded()) }
      let common = integers.reduce(0) { greatestCommonDivisor($0, $1) }
      guard common > 0 else { return nil }
      let own = integers.map { Rational(Integer($0 / common)) }
      let mean = own.reduce(Rational(0), +) / Rational(Integer(d))
      return own.map { $0 - mean }
    }
    return nil
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }
}
