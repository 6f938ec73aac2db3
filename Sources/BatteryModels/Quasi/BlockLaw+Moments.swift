import ArbitraryPrecision
import RigorousNumerics

/// What follows from the law of one block alone, since blocks are independent: cumulants add up, and characteristic functions multiply.
extension BlockLaw {
  /// The characteristic function of one block, the sum of p e^(iuw), w in units of the block's energy.
  ///
  /// By the sum over i, j, k it is Tr(e^(-iuqH0) rho e^(-iu(1-q)H0) U' e^(iuH0) U) of the block; that of q and of 1 - q are the same, since the weights do not change when i and j are exchanged.
  func characteristic(_ u: Interval) -> ComplexInterval {
    atomsOfBlock(u.precision).characteristic(u, precision: u.precision)
  }

  /// The first cumulants of one block's work, from that of order one to at most four, in powers of its energy.
  func cumulants(_ precision: Int) -> [Interval] {
    let atoms = atomsOfBlock(precision)
    return BlockLaw.cumulants((1...4).map { atoms.moment($0, precision: precision) })
  }

  /// The atoms of one block, works in units of its energy.
  private func atomsOfBlock(_ precision: Int) -> [WorkQuasiprobability.Atom] {
    zip(places, probabilities(precision)).map { .init(work: work(of: $0.terms[0]), probability: $1) }
  }

  /// The cumulants that belong to four moments.
  static func cumulants(_ m: [Interval]) -> [Interval] {
    let mean = m[0]
    let square = mean.squared
    return [
      mean, m[1] - square, m[2] - 3 * (mean * m[1]) + 2 * (mean * square),
      m[3] - 4 * (mean * m[2]) - 3 * m[1].squared + 12 * (square * m[1]) - 6 * square.squared,
    ]
  }
}
