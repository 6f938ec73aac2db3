import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// What is asked of fermion modes whose couplings are given by their elements, exact doubles, so that another
/// implementation needs no generator of ours (`docs/fermions.md`).
enum FermionSubjects {
  static let all = [time, atom, negativity]

  private static let system = [
    TaggedParameter("N", .integer, accepted: "1 to \(FermionCouplings.greatestModes)"),
    TaggedParameter("k", .integer, accepted: "1 <= k <= N"),
    TaggedParameter("couplings", .vector, accepted: "two numbers for each set of k modes, not all zero"),
  ]
  private static let order = TaggedParameter("q", .rational, accepted: "q rational")
  private static let work = TaggedParameter("w", .rational, accepted: "w rational")

  private static let model = """
    H0 = sum n_i, H1 = sum over i1 < ... < ik of (J c_i1 ... c_ik + h.c.), J = (x + i y)/sqrt 2, start: the vacuum; \
    couplings are x, y, x, y, ... in lexicographic order of (i1, ..., ik)
    """

  private static let time = Subject(
    name: "fermions.charging-time", parameters: system, unit: "1",
    meaning: "time tau of the first maximum of the mean of H0 over t > 0; \(model)", scaleText: "1",
    source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "First maximum")),
    certified: { given, goal, budget in
      let couplings = try couplings(given)
      return try refine(to: goal, within: budget) {
        try FermionMemory.charge(couplings, within: budget).time(bits: $0, within: budget)
      }
    }, scale: { _ in 1 })

  private static let atom = Subject(
    name: "fermions.atom", parameters: system + [order, work], unit: "1",
    meaning:
      "probability p_q at the work w, in units of eps, from tau/2 to the first maximum tau of the mean of H0; \(model)",
    scaleText: "1", source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "Model")),
    certified: { given, goal, budget in
      let (couplings, q, w) = (try couplings(given), try rational("q", given), try rational("w", given))
      if let atoms = flip(couplings, q) {
        if atoms[w] ?? 0 == 0 { return .zero }
      } else if !couplings.works(q: q).contains(w) {
        return .zero
      }
      return try refine(to: goal, within: budget) { precision in
        try FermionMemory.transitions(couplings, bits: precision, within: budget).atoms(q: q).probability(
          of: w, precision: precision)
      }
    }, scale: { _ in 1 })

  private static let negativity = Subject(
    name: "fermions.negativity", parameters: system + [order], unit: "1",
    meaning: "sum of abs p_q minus 1, from tau/2 to the first maximum tau of the mean of H0; \(model)",
    scaleText: "1", source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "Model")),
    certified: { given, goal, budget in
      let (couplings, q) = (try couplings(given), try rational("q", given))
      if let atoms = flip(couplings, q), atoms.values.reduce(Rational(-1), { $0 + $1.magnitude }) == 0 {
        return .zero
      }
      return try refine(to: goal, within: budget) { precision in
        try FermionMemory.transitions(couplings, bits: precision, within: budget).atoms(q: q).negativity(
          precision: precision)
      }
    }, scale: { _ in 1 })

  // MARK: - Laws

  /// The exact atoms of a charge that is one flip (`docs/fermions.md`, "Odd k"); nil for others.
  private static func flip(_ couplings: FermionCouplings, _ q: Rational) -> [Rational: Rational]? {
    guard FermionCouplings.isFlip(modes: Integer(couplings.modes), order: Integer(couplings.order)) else { return nil }
    return FlipWork.halves(work: Rational(Integer(couplings.order)), q: q)
  }

  // MARK: - Parameters

  private static func couplings(_ given: Subject.Given) throws -> FermionCouplings {
    let (n, k) = (try integer("N", given), try integer("k", given))
    guard (1...FermionCouplings.greatestModes).contains(n) else {
      throw BadInput("parameter N: \(n) is outside the domain; accepted: \(system[0].accepted)")
    }
    guard (1...n).contains(k) else {
      throw BadInput("parameter k: \(k) is outside the domain; accepted: \(system[1].accepted)")
    }
    guard case .vector(let bits)? = value("couplings", given) else {
      throw BadInput("parameter couplings is no vector; accepted: a vector")
    }
    let numbers = bits.map(Double.init(bitPattern:))
    if let other = numbers.first(where: { !$0.isFinite }) {
      throw BadInput("parameter couplings: \(other) is no number; accepted: finite numbers")
    }
    let count = FermionCouplings.subsets(of: n, k).count
    guard numbers.count == 2 * count else {
      throw BadInput("parameter couplings has \(numbers.count) elements; accepted: \(2 * count), two for each coupling")
    }
    guard numbers.contains(where: { $0 != 0 }) else {
      throw BadInput("parameter couplings: all are zero, and nothing is charged; accepted: \(system[2].accepted)")
    }
    return FermionCouplings(modes: n, order: k, elements: numbers)
  }

  private static func value(_ name: String, _ given: Subject.Given) -> TaggedValue? {
    given.first { $0.name == name }?.value
  }

  private static func integer(_ name: String, _ given: Subject.Given) throws(BadInput) -> Int {
    guard case .integer(let text)? = value(name, given), let value = Int(text) else {
      throw BadInput("parameter \(name) is no integer; accepted: an integer")
    }
    return value
  }

  private static func rational(_ name: String, _ given: Subject.Given) throws(BadInput) -> Rational {
    guard case .rational(let text)? = value(name, given), let value = (try? Constant(parsing: text))?.rational else {
      throw BadInput("parameter \(name) is no rational number; accepted: a fraction of integers")
    }
    return value
  }
}
