import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The signs of all atoms of a quasiprobability of work, each by an enclosure or a proof that it is zero.
///
/// Atoms of many blocks reach far below the least double, and where they change sign they may be smaller than their
/// neighbours by any factor: precision is raised until each is decided.
public struct WorkSigns: Sendable {
  /// One atom.
  public struct Atom: Sendable {
    /// The work in units of eps.
    public let work: Rational
    /// -1, 0 or 1; nil when the budget did not decide.
    public let sign: Int?
    /// The probability.
    public let probability: Interval
  }

  /// By rising work.
  public let atoms: [Atom]
  /// The bits of the last evaluation.
  public let precision: Int

  /// The number of atoms with a sign; nil for those without one.
  public func count(_ sign: Int?) -> Int { atoms.count { $0.sign == sign } }

  /// The greatest e with 2^(e-1) at most all magnitudes that are not zero; nil without such atoms, or when one is
  /// undecided.
  public var leastExponent: Int? {
    if count(nil) > 0 { return nil }
    return atoms.compactMap { $0.sign == 0 ? nil : $0.probability.mignitude.binaryExponent }.min()
  }

  /// The signs at the parameters of `quasi.negativity`.
  ///
  /// - Parameter bits: how many bits of each probability are wanted beside its sign.
  /// - Throws: a cost guard.
  public init(_ arguments: Arguments, bits: Int = 0, within budget: Budget) throws {
    self = try BlockBattery(arguments).signs(bits: bits, within: budget)
  }

  init(atoms: [Atom], precision: Int) { (self.atoms, self.precision) = (atoms, precision) }
}

extension BlockBattery {
  /// The sign of each atom, at doubling precision until all are decided or the budget is spent.
  ///
  /// - Parameters:
  ///   - bits: how many bits of each probability are wanted beside its sign.
  ///   - start: the precision to start from.
  ///
  /// The recurrence gives far tails digits of their own, products give all but the tails with few bits; whichever
  /// enclosure is the tighter one counts.
  func signs(bits: Int = 0, from start: Int = 128, within budget: Budget) throws(Unanswered) -> WorkSigns {
    let groups = try law.reachedWorks(within: budget)
    var atoms = groups.map {
      WorkSigns.Atom(
        work: law.work(at: $0[0]) * Rational(cellsPerBlock), sign: nil, probability: .entire(precision: 64))
    }
    func isOpen(_ atom: WorkSigns.Atom) -> Bool {
      guard let sign = atom.sign else { return true }
      if sign == 0 || bits == 0 { return false }
      let (width, size) = (atom.probability.width, atom.probability.mignitude)
      return width > size.scaled(byPowerOfTwo: -bits, rounding: .down)
    }
    var (precision, last, isTested) = (start, 0, false)
    do {
      while atoms.contains(where: isOpen), last < budget.bits {
        precision = min(precision, budget.bits)
        for route in [Route.recurrence, .products] where atoms.contains(where: isOpen) {
          let values = try probabilities(route, precision, within: budget)
          for (index, group) in groups.enumerated() where isOpen(atoms[index]) {
            let best = atoms[index].probability.rounded(to: precision).intersection(values.sum(at: group))
            atoms[index] = WorkSigns.Atom(
              work: atoms[index].work, sign: best.containsZero ? nil : best.lower.signum > 0 ? 1 : -1, probability: best
            )
          }
        }
        last = precision
        let open = groups.indices.filter { atoms[$0].sign == nil }
        if !isTested, !open.isEmpty, let zeros = try zeros(open.map { groups[$0] }, precision, within: budget) {
          isTested = true
          for (index, isZero) in zip(open, zeros) where isZero {
            atoms[index] = WorkSigns.Atom(work: atoms[index].work, sign: 0, probability: Interval(0, precision: 64))
          }
        }
        precision *= 2
      }
    } catch {
      // What is decided by now stays so.
    }
    return WorkSigns(atoms: atoms.sorted { $0.work < $1.work }, precision: last)
  }

  /// The number of atoms that are certainly negative, up to that and those of which neither sign is known.
  func negativeAtoms(_ precision: Int, within budget: Budget) throws -> Interval {
    let signs = try signs(from: precision, within: budget.limited(to: precision))
    try budget.check()
    let (negative, open) = (signs.count(-1), signs.count(nil))
    return Interval(
      from: Rational(Integer(negative)), to: Rational(Integer(negative + open)), precision: max(64, precision))
  }
}
