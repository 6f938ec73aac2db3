import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The catalogue entries of fermion modes with random k-body couplings.
enum FermionQuantities {
  static let system = BatterySystem(
    "fermions", quantities: all, subjects: FermionSubjects.all, cases: FermionCases.all, figures: FermionFigures.all)

  static let all: [Quantity] = [time, atom, negativity, leastAtom, ratio]

  private static let order = Parameter(.bodies, .stated("1 <= k <= N"))
  private static let seed = Parameter(.seed, .stated("0 <= seed < 2^63"))
  private static let parameters = [Parameter.cells, order, seed]

  // MARK: - Quantities

  private static let time = Quantity(
    "quasi.fermion-time", parameters, unit: "1",
    meaning:
      "time of the first maximum of the energy of N fermion modes charged by random k-body couplings from the vacuum",
    source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "First maximum")),
    routes: [
      Route(
        "flow", method: "Taylor series of the energy with its rest, signs of derivatives, Newton steps",
        lemmas: ["First maximum"], limits: Path.flow.limits
      ) {
        try charge($0, $2).time(bits: $1, within: $2)
      },
      Route(
        "pairs", method: "k = 2: squared sines of the singular values of the couplings", lemmas: ["Pairs"],
        limits: Path.pairs.limits
      ) {
        try FermionPairs(couplings($0), precision: $1 + 32, within: $2).time(within: $2)
      },
      Route(
        "flip", method: "odd k, or 2k > N: pi/(2 g)", lemmas: ["Odd k"], limits: Path.flip.limits
      ) { arguments, precision, _ in
        try requireFlip(arguments)
        let g = try Interval(couplings(arguments).squaredLength, precision: precision + 16).squareRoot
        return Interval.pi(precision: precision + 16) / (2 * g)
      },
      FermionModel.route("; its first maximum") { try FermionModel(couplings($0)).time($1, within: $2) },
    ], constraint: check)

  private static let atom = Quantity(
    "quasi.fermion-atom", parameters + [.ordering, .work], unit: "1",
    meaning: "probability p_q at the work w, in units of eps, in the second half of the charge of the fermion modes",
    source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "Model")),
    routes: lawRoutes { atoms, arguments, precision in
      atoms.probability(of: arguments[.work], precision: precision)
    }, isZero: isNoAtom, constraint: check)

  private static let negativity = Quantity(
    "quasi.fermion-negativity", parameters + [.ordering], unit: "1",
    meaning: "sum of abs p_q minus 1 in the second half of the charge of the fermion modes",
    source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "Model")),
    routes: lawRoutes { atoms, _, precision in atoms.negativity(precision: precision) },
    isZero: { flipIsZero($0) { $0.values.reduce(Rational(-1)) { $0 + $1.magnitude } } }, constraint: check)

  private static let leastAtom = Quantity(
    "quasi.fermion-least-atom", parameters + [.ordering], unit: "1",
    meaning: "the least probability p_q of an atom in the second half of the charge of the fermion modes",
    source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "Model")),
    routes: lawRoutes { atoms, _, precision in
      atoms.map(\.probability).reduce(Interval(1, precision: precision)) { $0.minimum($1) }
    }, isZero: { flipIsZero($0) { $0.values.min() ?? 0 } }, constraint: check)

  private static let ratio = Quantity(
    "quasi.fermion-negativity-ratio", parameters + [.ordering], unit: "1",
    meaning: "negativity at q over that at 1/2 in the second half of the charge of the fermion modes",
    source: Source(.definition, .francica, derivedIn: Source.Page("fermions", "Model")),
    routes: [Path.flow, .pairs].map { path in
      Route(
        path.rawValue, method: "both negativities by this route of quasi.fermion-negativity", lemmas: path.lemmas,
        limits: path.limits
      ) {
        let half = try law(path, $0, $1, $2)(Rational(1, 2))
        let here = try law(path, $0, $1, $2)($0[.ordering])
        return here.negativity(precision: $1) / half.negativity(precision: $1)
      }
    } + [
      FermionModel.route("; both negativities") {
        let transitions = try FermionModel(couplings($0)).transitions($1, within: $2)
        let (here, half) = (transitions.atoms(q: $0[.ordering]), transitions.atoms(q: Rational(1, 2)))
        return here.negativity(precision: $1) / half.negativity(precision: $1)
      }
    ],
    isZero: { flipIsZero($0) { $0.values.reduce(Rational(-1)) { $0 + $1.magnitude } } }, constraint: check)

  // MARK: - Laws

  /// The atoms as a function of q.
  private typealias Law = (_ q: Rational) throws -> [WorkQuasiprobability.Atom]

  private static func lawRoutes(
    _ evaluate: @escaping @Sendable ([WorkQuasiprobability.Atom], Arguments, Int) throws -> Interval
  ) -> [Route] {
    Path.allCases.map { path in
      Route(path.rawValue, method: path.method, lemmas: path.lemmas, limits: path.limits) {
        try evaluate(law(path, $0, $1, $2)($0[.ordering]), $0, $1)
      }
    } + [
      FermionModel.route("; projections on energies before and after") {
        try evaluate(
          FermionModel(couplings($0)).transitions($1, within: $2).atoms(q: $0[.ordering]), $0, $1)
      }
    ]
  }

  /// The routes to the law of the work.
  private enum Path: String, CaseIterable {
    case flow, pairs, flip
    case bruteForce = "brute-force"

    var method: String {
      switch self {
      case .flow: "certified evolution of the state and of each of its particle numbers"
      case .pairs: "k = 2: convolution of the laws of flips, one for each singular value of the couplings"
      case .flip: "odd k, or 2k > N: the law of one flip at a = b = pi/4"
      case .bruteForce:
        "N <= 4: Jordan-Wigner matrices in 2^N dimensions, exponential of intervals, the definition"
      }
    }

    var lemmas: [String] {
      switch self {
      case .flow, .bruteForce: ["First maximum"]
      case .pairs: ["Pairs", "Two levels"]
      case .flip: ["Odd k", "Two levels"]
      }
    }

    var limits: [Limit] {
      switch self {
      case .flow: [modesLimit, vectorsLimit]
      case .pairs: [modesLimit, FermionPairs.limit]
      case .flip: [modesLimit, flipLimit]
      case .bruteForce: [FermionBruteForce.limit]
      }
    }
  }

  private static let modesLimit = Limit.integer(
    .cells, atMost: FermionCouplings.greatestModes, because: "the modes have up to 2^N states")
  /// What ``FormSeries`` refuses.
  private static let vectorsLimit = Limit(
    [.of(.cells), .of(.bodies), .digits], "2 GiB of vectors",
    because: "each term of the series has one, of the digits asked for")
  private static let flipLimit = Limit(
    [.of(.cells), .of(.bodies)], "odd k or 2k > N", because: "the charge is one flip there alone"
  ) { Decision(isFlip($0)) }

  private static func law(_ path: Path, _ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Law {
    switch path {
    case .pairs:
      let pairs = try FermionPairs(couplings(arguments), precision: precision + 32, within: budget)
      return { try pairs.atoms(q: $0, within: budget) }
    case .flip:
      try requireFlip(arguments)
      let order = Rational(arguments[.bodies])
      return { q in
        FlipWork.halves(work: order, q: q).sorted { $0.key < $1.key }
          .map { .init(work: $0.key, probability: Interval($0.value, precision: precision)) }
      }
    case .bruteForce:
      let brute = try FermionBruteForce(couplings(arguments), precision: precision + 64)
      let tau = try charge(arguments, budget).time(bits: precision + 64, within: budget)
      let work = try brute.work(tau: tau, within: budget)
      return { work.atoms(q: $0) }
    case .flow:
      let transitions = try FermionMemory.transitions(couplings(arguments), bits: precision, within: budget)
      return { transitions.atoms(q: $0) }
    }
  }

  // MARK: - Systems

  private static func couplings(_ arguments: Arguments) throws -> FermionCouplings {
    guard let modes = Int(exactly: arguments[.cells]), modes <= FermionCouplings.greatestModes,
      let order = Int(exactly: arguments[.bodies]), let seed = Int(exactly: arguments[.seed])
    else { throw modesLimit.exceeded }
    return FermionCouplings(modes: modes, order: order, seed: UInt64(seed))
  }

  private static func charge(_ arguments: Arguments, _ budget: Budget) throws -> FermionCharge {
    try FermionMemory.charge(couplings(arguments), within: budget)
  }

  // MARK: - Exact decisions and refusals

  private static func isFlip(_ arguments: Arguments) -> Bool {
    FermionCouplings.isFlip(modes: arguments[.cells], order: arguments[.bodies])
  }

  private static func requireFlip(_ arguments: Arguments) throws {
    guard isFlip(arguments) else { throw flipLimit.exceeded }
  }

  /// Whether a number made of the flip's exact atoms is zero; undecided for other charges.
  private static func flipIsZero(_ arguments: Arguments, _ value: ([Rational: Rational]) -> Rational) -> Decision {
    guard isFlip(arguments) else { return .undecided }
    return Decision(value(FlipWork.halves(work: Rational(arguments[.bodies]), q: arguments[.ordering])) == 0)
  }

  /// Whether there is no atom at w, or one of a flip that is exactly zero.
  @Sendable private static func isNoAtom(_ arguments: Arguments) -> Decision {
    let (q, w) = (arguments[.ordering], arguments[.work])
    if isFlip(arguments) {
      return Decision((FlipWork.halves(work: Rational(arguments[.bodies]), q: q)[w] ?? 0) == 0)
    }
    guard let couplings = try? couplings(arguments) else { return .undecided }
    let levels = couplings.levels.map { Rational($0) }
    return WorkTransitions.works(levels: levels, q: q).contains(w) ? .undecided : .certainlyTrue
  }

  @Sendable private static func check(_ arguments: Arguments) throws {
    let (modes, k, number) = (arguments[.cells], arguments[.bodies], arguments[.seed])
    guard k.signum > 0, (modes - k).signum >= 0 else { throw order.outside(arguments.text(.bodies)) }
    guard number.signum >= 0, Int(exactly: number) != nil else { throw seed.outside(arguments.text(.seed)) }
  }
}
