import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// A state on some dimensions of a space, as a matrix X of blocks and a bound of what the state is off X.
///
/// X is positive and has no elements outside of the blocks, so that its other eigenvalues are zero. The bound e is one
/// of the trace norm |rho - X|; the bounds that follow from it are those of ``DensityMatrix``, over all dimensions of
/// the space. Without an error X is the state, and has the trace one.
package struct BlockState: Sendable {
  /// Hermitian matrices along the diagonal.
  package let blocks: [HermitianMatrix]
  /// The number of dimensions of the space; nil without end.
  package let dimension: Integer?
  /// At least |rho - X| in the trace norm.
  package let error: BigFloat
  package let precision: Int
  /// The eigenvalues of X on the dimensions of each block, falling.
  package let spectra: [[Interval]]
  /// The eigenvalues of X on the dimensions of all blocks, falling; those without an error are populations.
  package let eigenvalues: [Interval]

  /// A state of blocks.
  ///
  /// - Parameters:
  ///   - rank: at least the number of eigenvalues of X that are not zero.
  ///   - error: at least the trace norm of what the state is off X.
  /// - Throws: `Unanswered`.
  package init(
    _ blocks: [HermitianMatrix], dimension: Integer?, rank: Int = .max, error: BigFloat = .zero(precision: 64),
    precision: Int, within budget: Budget = Budget()
  ) throws {
    (self.blocks, self.dimension, self.error, self.precision) = (blocks, dimension, error, precision)
    let range =
      error.signum == 0
      ? Interval(from: 0, to: 1, precision: precision)
      : Interval(.zero(precision: 64), .infinity(precision: 64)) ?? .entire(precision: 64)
    let spectra = try blocks.map { block -> [Interval] in
      let values =
        block.dimension == 1
        ? [block.realPart(0, 0)] : try HermitianSpectrum(block, bits: precision, within: budget).eigenvalues.reversed()
      return values.map { $0.intersection(range) }
    }
    // The falling order of enclosures; those beyond the rank are zero, and one that is alone is the trace.
    var falling = Array(StateCapacity.rising(spectra.flatMap { $0 }).reversed())
    let zero = Interval(0, precision: precision)
    for place in falling.indices where place >= rank { falling[place] = zero }
    if error.signum == 0, rank == 1 || falling.count == 1 { falling[0] = Interval(1, precision: precision) }
    eigenvalues = falling
    self.spectra = blocks.count == 1 ? [falling] : spectra
  }

  /// The trace of X.
  package var trace: Interval { blocks.reduce(Interval(0, precision: precision)) { $0 + $1.trace } }

  /// Tr rho^2: that of X, or of what is within the error in the Frobenius norm.
  package var purity: Interval {
    let unit = Interval(from: 0, to: 1, precision: precision)
    if error.signum == 0, eigenvalues[0].isPoint, eigenvalues[0].contains(1) {
      return Interval(1, precision: precision)
    }
    let square = blocks.reduce(Interval(0, precision: precision)) { $0 + $1.squaredNorm }
    if error.signum == 0 { return square.intersection(unit) }
    return (square.squareRoot + .ball(error)).nonNegative.squared.intersection(unit)
  }

  /// The greatest eigenvalue, which is within the error of that of X (Weyl).
  package var largestEigenvalue: Interval {
    let value = error.signum == 0 ? eigenvalues[0] : eigenvalues[0] + .ball(error)
    return value.intersection(Interval(from: 0, to: 1, precision: precision))
  }

  /// The von Neumann entropy with the natural logarithm.
  ///
  /// With an error e <= 1/2 and d >= 2 dimensions: the eigenvalues p of the state and l of X in falling order have
  /// differences x_i of the sum x <= e, which shrink where an l beyond 1 is replaced by 1, and -p log p changes by at
  /// most -x_i log x_i for x_i <= 1/2 (Fannes, Commun. Math. Phys. 31, 291, 1973). By concavity the sum is at most
  /// x log d - x log x, which rises with x up to d/exp(1).
  ///
  /// In a space without end, with at most E quanta on average in m modes and d other dimensions, the state rho and s =
  /// X/Tr X, at most 2 e apart, have entropies within 2 e S + h(e) for e <= 1, where S is the greatest entropy at E/e
  /// quanta, log d + m g(E/(m e)) with g(x) = (x + 1) log(x + 1) - x log x, and h(e) = -e log e - (1 - e) log(1 - e)
  /// (Winter, Commun. Math. Phys. 347, 291, 2016, Lemma 15).
  ///
  /// - Throws: `Undecided` for a space without end of which the quanta are not known.
  package func entropy(_ quanta: Quanta? = nil) throws(Undecided) -> Interval {
    let zero = Interval(0, precision: precision)
    let unit = Interval(from: 0, to: 1, precision: precision)
    let sum = eigenvalues.reduce(zero) { $0 + DensityMatrix.entropyTerm($1.minimum(Interval(1, precision: 64))) }
    if error.signum == 0 {
      let greatest = Interval(eigenvalues.count, precision: precision).logarithm.upper
      return sum.intersection(Interval(.zero(precision: 64), greatest) ?? .entire(precision: 64))
    }
    guard let dimension else {
      guard let quanta else { throw BlockState.unbounded("the entropy") }
      return try entropy(within: quanta)
    }
    if dimension == 1 { return zero }
    let greatest = Interval(dimension, precision: precision).logarithm
    let range = greatest * unit
    guard error <= BigFloat(Rational(1, 2), precision: 64, rounding: .down) else { return range }
    let e = Interval(error)
    return (sum + .ball((e * (greatest - e.logarithm)).upper)).intersection(range)
  }

  /// What is known of a state of modes.
  package struct Quanta: Sendable {
    /// At least the mean number of quanta of the state and of X/Tr X.
    let mean: Interval
    let modes: Int
    /// The number of dimensions of all else.
    let others: Integer

    package init(mean: Interval, modes: Int, others: Integer) {
      (self.mean, self.modes, self.others) = (mean, modes, others)
    }
  }

  private func entropy(within quanta: Quanta) throws(Undecided) -> Interval {
    guard error < BigFloat(1, precision: 64, rounding: .down) else { throw BlockState.unbounded("the entropy") }
    let (zero, one, total) = (Interval(0, precision: precision), Interval(1, precision: precision), trace)
    let sum = eigenvalues.reduce(zero) { $0 + DensityMatrix.entropyTerm(($1 / total).minimum(one)) }
    let e = Interval(error)
    func term(_ x: Interval) -> Interval { x.upper.signum > 0 ? x * x.logarithm : zero }
    // Both functions rise with the mean, of which the upper end is taken.
    let x = Interval(quanta.mean.upper) / (Interval(quanta.modes, precision: 64) * e)
    let greatest =
      Interval(quanta.others, precision: 64).logarithm
      + Interval(quanta.modes, precision: 64) * (term(x + 1) - term(x))
    let off = 2 * e * greatest - term(e) - term(1 - e)
    return (sum + .ball(off.upper)).nonNegative
  }

  /// The l1 coherence, the sum of the magnitudes of all elements beside the diagonal, from that of X.
  ///
  /// With an error e and d dimensions that of D = rho - X is at most (d - 1) e: it is Tr(D M) for a matrix M of numbers
  /// of magnitude one beside a diagonal of zeros, with |M|_2 <= d - 1.
  package static func coherence(_ sum: Interval, dimension: Integer, error: BigFloat) -> Interval {
    (sum + .ball((Interval(dimension - 1, precision: 64) * Interval(error)).upper)).nonNegative
  }

  /// What does not follow from a trace norm in a space without end.
  package static func unbounded(_ figure: String) -> Undecided {
    Undecided("\(figure) of a boson whose state is cut off does not follow from the error in the trace norm")
  }
}
