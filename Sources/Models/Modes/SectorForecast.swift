import ArbitraryPrecision
import Foundation
import RigorousNumerics

/// What a step of time will lead out of some basis states, in doubles: a guess of what
/// ``SkewFlow/watched(_:for:bits:watching:within:)`` will bound, which proves nothing.
///
/// Amplitudes at the edge are products of couplings that nothing cancels, so that doubles know them to many digits
/// however small they are.
struct SectorForecast {
  /// The elements outside, by the places of the boundary.
  let image: [Double]

  /// The least exponent that doubles hold.
  private static let greatestBits = 900
  private static let greatestTerms = 20_000

  /// Nil where doubles do not reach.
  ///
  /// - Parameters:
  ///   - amplitudes: those of the first states of the sector, x_0, y_0, x_1, y_1, ...
  ///   - turn: the time is cut where it is more than this over the norm of the Hamiltonian.
  ///   - bits: what matters is above 2^-bits.
  init?(
    _ sector: GrowingSector, _ boundary: SectorBoundary, from amplitudes: [Double], for time: Double, turn: Double,
    bits: Int
  ) {
    guard bits <= Self.greatestBits, time.isFinite else { return nil }
    let d = sector.states.count
    // -iH without the middle of its diagonal, by columns.
    let shift = sector.shift?.double(rounding: .nearest) ?? 0
    var starts = [0]
    var (rows, real, imaginary) = ([Int](), [Double](), [Double]())
    var scale = 0.0
    for (c, column) in sector.columns.enumerated() {
      var sum = 0.0
      var hasDiagonal = false
      for (entry, (image, _)) in column.enumerated() {
        guard let r = sector.places[image] else { continue }
        var (x, y) = sector.seeds[c][entry]
        if r == c { (x, y, hasDiagonal) = (x - shift, 0, true) }
        rows.append(r)
        real.append(y)
        imaginary.append(-x)
        sum += (x * x + y * y).squareRoot()
      }
      if !hasDiagonal, shift != 0 {
        rows.append(c)
        real.append(0)
        imaginary.append(shift)
        sum += abs(shift)
      }
      scale = max(scale, sum)
      starts.append(rows.count)
    }
    let z = min(scale * time, turn)
    guard z.isFinite, z < Double(Self.greatestTerms) / 4 else { return nil }
    let last = Double(bits + 64)
    for k in real.indices { (real[k], imaginary[k]) = (2 * real[k] / scale, 2 * imaginary[k] / scale) }
    var current = amplitudes + [Double](repeating: 0, count: 2 * d - amplitudes.count)
    var older = [Double](repeating: 0, count: 2 * d)
    var sizes = [Double](repeating: 0, count: boundary.edge.count)
    for n in 0..<Self.greatestTerms {
      var weight = 1.0
      if Double(n) > z {
        // Kapteyn's bound.
        let u = z / Double(n)
        let r = (1 - u * u).squareRoot()
        let logarithm = Double(n) * (log2(u) + r * log2(M_E) - log2(1 + r))
        if logarithm < -last { break }
        weight = exp2(logarithm)
      }
      for (place, k) in boundary.edge.enumerated() {
        sizes[place] += weight * (abs(current[2 * k]) + abs(current[2 * k + 1]))
      }
      for c in 0..<d {
        let (x, y) = (current[2 * c], current[2 * c + 1])
        if x == 0, y == 0 { continue }
        for k in starts[c]..<starts[c + 1] {
          older[2 * rows[k]] += real[k] * x - imaginary[k] * y
          older[2 * rows[k] + 1] += real[k] * y + imaginary[k] * x
        }
      }
      if n == 0 { for k in current.indices { current[k] *= 2 } }
      swap(&current, &older)
    }
    var image = [Double](repeating: 0, count: boundary.outside.count)
    for (from, to, size) in boundary.elements { image[to] += size.value.double(rounding: .nearest) * sizes[from] }
    guard image.allSatisfy(\.isFinite) else { return nil }
    self.image = image
  }
}
