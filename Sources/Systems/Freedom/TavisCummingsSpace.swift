import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import States

/// The same protocol by brute force: N cells of two levels each, all 2^N states, with up to Q photons; for few cells
/// and photons.
///
/// H = g sum over cells of (a s+ + a' s-) is real and symmetric in this basis, psi = x + iy obeys x' = H y, y' = -H x,
/// and a start with at most Q photons and all cells down has no more photons at any time: the cut is in the start
/// alone. With the weight w of more than Q photons there, the projectors on the true and the computed state are at most
/// 2 sqrt(w) apart in the trace norm, which partial traces do not increase, so every element of the cells' state is.
struct TavisCummingsSpace {
  private let cells: Int
  private let greatest: Int
  private let precision: Int
  private let nbar: Interval

  private static let photonsLimit = Limit.real(
    .meanPhotons, from: "1/100", to: "100", because: "the photons are taken one by one, for pi/(2 sqrt(nbar))")
  /// The limits of all states.
  static let limits = [Limit.integer(.cells, atMost: 4, because: "there are 2^N states of the cells"), photonsLimit]

  init(_ arguments: Arguments, _ precision: Int) throws {
    let mean = arguments.enclosure(.meanPhotons, 64).upper.double(rounding: .up)
    guard let n = Int(exactly: arguments[.cells]), n <= 4, mean <= 100.001, mean >= 0.0099 else {
      throw TavisCummingsSpace.photonsLimit.exceeded
    }
    cells = n
    // 2 sqrt(w) is to be small against what is left of one; the norm of the generator is below 2^12, Taylor steps lose
    // up to 24 bits each.
    self.precision = precision + 64
    nbar = arguments.enclosure(.meanPhotons, 2 * precision + 256)
    let nats = Double(2 * precision + 64) * 0.7
    greatest = Int(mean + nats / 3 + (nats * nats / 9 + 2 * mean * nats).squareRoot()) + 1
  }

  /// The element of the flow for a state of the cells, a number of photons, and the real or the imaginary part.
  private func index(_ state: Int, _ photons: Int, imaginary: Bool) -> Int {
    2 * (photons << cells + state) + (imaginary ? 1 : 0)
  }

  /// What unitaries in 2^N dimensions take out of the cells' state at tau.
  func ergotropy(within budget: Budget) throws -> Ergotropy {
    // Interval arithmetic in Taylor steps widens by less than the exponential of the norm, a bit and a half for each
    // unit.
    let time = Interval.pi(precision: 64).scaled(byPowerOfTwo: -1) / nbar.rounded(to: 64).squareRoot
    let spread = (cells * (time * Interval(greatest, precision: 64).squareRoot)).upper.double(rounding: .up)
    let bits = precision + Int(min(3 * spread, 4096)) + 32
    let (psi, loss) = try evolved(bits, within: budget)
    let dimension = 1 << cells
    let ball = Interval.ball(2 * loss.squareRoot)
    let state = try DensityMatrix(dimension, precision: precision, within: budget) { row, column in
      var (x, y) = (ball, row == column ? Interval(0, precision: 64) : ball)
      for q in 0...greatest {
        let (a, b) = (psi[index(row, q, imaginary: false)], psi[index(row, q, imaginary: true)])
        let (c, d) = (psi[index(column, q, imaginary: false)], psi[index(column, q, imaginary: true)])
        x = x + (a * c + b * d)
        if row != column { y = y + (b * c - a * d) }
      }
      return ComplexInterval(x, y)
    }
    let hamiltonian = HermitianMatrix(symmetric: dimension, precision: precision) { row, column in
      Interval(row == column ? row.nonzeroBitCount : 0, precision: precision)
    }
    return try Ergotropy(of: state, in: hamiltonian, within: budget)
  }

  /// The state at tau, and the weight of more than Q photons at the start.
  private func evolved(_ bits: Int, within budget: Budget) throws -> (state: [Interval], loss: Interval) {
    let mean = nbar.rounded(to: bits + 32)
    let time = Interval.pi(precision: bits).scaled(byPowerOfTwo: -1) / mean.squareRoot
    let dimension = 2 * (greatest + 1) << cells
    var generator = SparseGenerator(dimension: dimension, precision: bits)
    for q in 1...greatest {
      let coupling = time * Interval(q, precision: bits).squareRoot
      for state in 0..<1 << cells {
        // A photon goes into a cell that is down.
        for cell in 0..<cells where state >> cell & 1 == 0 {
          let (below, above) = (state | 1 << cell, state)
          for (from, to) in [((below, q - 1), (above, q)), ((above, q), (below, q - 1))] {
            let (s, t) = (index(from.0, from.1, imaginary: false), index(to.0, to.1, imaginary: false))
            generator.set(row: t, column: s + 1, coupling)
            generator.set(row: t + 1, column: s, -coupling)
          }
        }
      }
    }
    var start = Array(repeating: Interval(0, precision: bits), count: dimension)
    // c_q = e^(-nbar/2) sqrt(nbar^q/q!).
    var amplitude = (-mean).scaled(byPowerOfTwo: -1).exponential
    for q in 0...greatest {
      if q > 0 { amplitude = amplitude * (mean / q).squareRoot }
      start[index(0, q, imaginary: false)] = amplitude.rounded(to: bits)
    }
    // The weights beyond fall at least like a geometric series.
    let ratio = mean.rounded(to: 64) / (greatest + 1)
    let rest = 1 - ratio
    guard rest.lower.signum > 0 else { throw Unanswered(undecided: "more photons than are kept") }
    let loss = amplitude.rounded(to: 64).squared * ratio / rest
    return (try generator.exponentialAction(on: start, within: budget), loss)
  }
}
