/// Double-precision kernels of work quasiprobabilities (docs/quasi.md), with error bounds that are computed beside the
/// values.
///
/// Domain: q a multiple of 1/64 from -4 to 4; a and b zero or of magnitude 2^-200 ... 2^10, they and where it enters
/// a + b or b - a at least 2^-75 away from all multiples of pi/2 but zero; at most 1024 blocks; the works of all blocks
/// on at most 2^17 places of the lattice of q; N and k up to 2^53. ``QuasiBlock`` and ``QuasiPower`` have the proofs.
public enum QuasiKernel {
  /// How the cells are divided into blocks; the order is that of the catalogue's words.
  public enum Family: Int, Sendable, Hashable, CaseIterable {
    /// One block of all cells.
    case flip
    /// Blocks of one cell.
    case parallel
    /// Blocks of k cells.
    case blocks
  }

  /// The greatest number of blocks.
  public static let greatestBlocks = 1024.0

  /// What is charged: the blocks and their slice of the charge.
  public struct Charge: Sendable, Hashable {
    let family: Family
    let cells: Double
    let cellsPerBlock: Double
    let order: Double
    let before: Double
    let during: Double

    /// N cells, k in a block (which only blocks look at), the order q, and the angles a before the slice and b during
    /// it.
    public init(
      family: Family, cells: Double, cellsPerBlock: Double, order: Double, before: Double, during: Double
    ) {
      (self.family, self.cells, self.cellsPerBlock) = (family, cells, cellsPerBlock)
      (self.order, self.before, self.during) = (order, before, during)
    }

    /// M and k.
    fileprivate func shape() throws(KernelRefusal) -> (blocks: Int, cells: Double) {
      for (name, value) in [("N", cells), ("k", cellsPerBlock)] {
        guard value >= 1, value <= 0x1p53, value == value.rounded() else {
          throw KernelRefusal("\(name) is outside the kernel's domain; accepted: integers from 1 to 2^53")
        }
      }
      let k = family == .flip ? cells : family == .parallel ? 1 : cellsPerBlock
      guard cells.truncatingRemainder(dividingBy: k) == 0 else {
        throw KernelRefusal("k is outside the kernel's domain; accepted: divisors of N")
      }
      guard cells / k <= greatestBlocks else {
        throw KernelRefusal("the number of blocks is outside the kernel's domain; accepted: 1 to 1024")
      }
      return (Int(cells / k), k)
    }
  }

  /// The probability p_q(w) of a work w in units of eps; exactly zero with the bound zero where the lattice of works
  /// has no place.
  ///
  /// w = k (place)/s with an integer place: w s is exact, s being a power of two, and so are the remainder by k and a
  /// quotient without one.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func atom(of charge: Charge, work: Double) throws(KernelRefusal) -> KernelValue {
    let (m, k) = try charge.shape()
    let block = try QuasiBlock(order: charge.order, before: charge.before, during: charge.during)
    try check(block, m)
    guard abs(work) <= 0x1p100 else {
      throw KernelRefusal("w is outside the kernel's domain; accepted: magnitudes up to 2^100")
    }
    let scaled = work * Double(block.denominator)
    let index = scaled / k - Double(m * block.least)
    guard scaled.truncatingRemainder(dividingBy: k) == 0, index >= 0, index <= Double(m * block.span) else {
      return KernelValue(value: 0, errorBound: 0)
    }
    let power = QuasiPower(of: block, blocks: m)
    return KernelValue(value: power.values[Int(index)], errorBound: power.error(Int(index)))
  }

  /// The sum of the magnitudes of all probabilities less one, as twice the sum of the magnitudes of the negative ones;
  /// exactly zero with the bound zero where no block has a negative one.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func negativity(of charge: Charge) throws(KernelRefusal) -> KernelValue {
    let (m, _) = try charge.shape()
    let block = try QuasiBlock(order: charge.order, before: charge.before, during: charge.during)
    try check(block, m)
    if block.coefficients.allSatisfy({ $0 > 0 }) { return KernelValue(value: 0, errorBound: 0) }
    return QuasiPower(of: block, blocks: m).negativity
  }

  /// The integral of the magnitude of the density of w/(N eps) less one, after smoothing by a Gaussian of standard
  /// deviation sigma (``QuasiSmoothing``), for sigma in 2^-100 ... 2^10; exactly zero with the bound zero where no
  /// block has a negative probability.
  ///
  /// Works are places over s in units of k, so sigma is S = sigma s M in units of places.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func smoothedNegativity(of charge: Charge, deviation sigma: Double) throws(KernelRefusal) -> KernelValue
  {
    guard (0x1p-100...0x1p10).contains(sigma) else {
      throw KernelRefusal("sigma is outside the kernel's domain; accepted: 2^-100 to 2^10")
    }
    let (m, _) = try charge.shape()
    let block = try QuasiBlock(order: charge.order, before: charge.before, during: charge.during)
    try check(block, m)
    if block.coefficients.allSatisfy({ $0 > 0 }) { return KernelValue(value: 0, errorBound: 0) }
    let power = QuasiPower(of: block, blocks: m)
    return try QuasiSmoothing(
      power.values, errors: power.sumOfErrors, deviation: sigma * Double(block.denominator * m)
    ).negativity
  }

  /// All probabilities, from the least work on in steps of k/s.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func law(of charge: Charge) throws(KernelRefusal) -> [KernelValue] {
    let (m, _) = try charge.shape()
    let block = try QuasiBlock(order: charge.order, before: charge.before, during: charge.during)
    try check(block, m)
    let power = QuasiPower(of: block, blocks: m)
    return power.values.enumerated().map { KernelValue(value: $1, errorBound: power.error($0)) }
  }

  private static func check(_ block: QuasiBlock, _ m: Int) throws(KernelRefusal) {
    guard m * block.span < QuasiPower.greatestLength else {
      throw KernelRefusal(
        "the works of \(m) blocks take more than 131072 places at this q; accepted: fewer blocks or a simpler q")
    }
  }
}
