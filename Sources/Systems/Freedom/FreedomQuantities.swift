import ArbitraryPrecision
import Catalogue
import Expressions
import FastKernels
import Models
import RigorousNumerics

/// The catalogue entries of asymptotic freedom: the share R of ergotropy in the energy of collectively charged cells.
enum FreedomQuantities {
  static let system = BatterySystem(
    "freedom", quantities: all, cases: FreedomCases.all, figures: FreedomFigures.all)

  static let all: [Quantity] = [
    lowerBound, upperBound, energyBound, sharpEnergyBound, tavisCummingsDeficit, tavisCummingsEnergy, vacuumFlip,
    spectrumDeficit, quditDeficit,
  ]

  private static let purityBound = "8u D + u R, D = 1 - R, u = 2^-53"
  private static let photons = Parameter(.meanPhotons, .positive)

  // MARK: - Bounds

  private static let lowerBound = Quantity(
    "freedom.lower-bound", [.cells, FreedomDomain.energy, FreedomDomain.purity],
    continuous: [.meanExcitations, .purity], unit: "1",
    meaning:
      """
      lower bound on R from energy e = E/w0 and purity P of a symmetric state of N cells, attained where its extremal \
      state has this energy
      """,
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Purity")),
    routes: [
      formula("1 - (1 - V)/e, V = (1 + sqrt((P(k+1) - 1)/k))/(k+1), k = floor(1/P) decided exactly", "Purity") {
        try PurityBounds($0).lower().enclosure(precision: $1)
      },
      Route(
        "extremal-state", method: "filling of all levels with k eigenvalues V and one more", lemmas: ["Purity"],
        limits: [SectorFilling.cellsLimit]
      ) { arguments, precision, _ in try PurityBounds(arguments).ratioOfPlateau(precision)
      },
    ], isZero: { isZero { try PurityBounds($0).lower() }($0) },
    kernel: Kernel(
      bound: purityBound, domain: "N up to 2^52 and e from 2^-300", auditInputs: FreedomAudit.purityInputs
    ) { p throws(KernelRefusal) in
      try FreedomKernel.lowerBound(cells: p[.cells], energy: p[.meanExcitations], purity: p[.purity])
    },
    constraint: FreedomDomain.checkPurity)

  private static let upperBound = Quantity(
    "freedom.upper-bound", [.cells, FreedomDomain.energy, FreedomDomain.purity],
    continuous: [.meanExcitations, .purity], unit: "1",
    meaning:
      """
      upper bound on R from energy e = E/w0 and purity P of a symmetric state of N cells, attained where its extremal \
      state has this energy
      """,
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Purity")),
    routes: [
      formula("1 - (1 - U)/e, U = (1 + sqrt(N((N+1)P - 1)))/(N+1)", "Purity") {
        try PurityBounds($0).upper().enclosure(precision: $1)
      },
      Route(
        "extremal-state", method: "filling of all levels with one eigenvalue U and N equal ones", lemmas: ["Purity"],
        limits: [SectorFilling.cellsLimit]
      ) { arguments, precision, _ in try PurityBounds(arguments).ratioOfSpike(precision)
      },
    ], isZero: { isZero { try PurityBounds($0).upper() }($0) },
    kernel: Kernel(
      bound: purityBound, domain: "N up to 2^52 and e from 2^-300", auditInputs: FreedomAudit.purityInputs
    ) { p throws(KernelRefusal) in
      try FreedomKernel.upperBound(cells: p[.cells], energy: p[.meanExcitations], purity: p[.purity])
    },
    constraint: FreedomDomain.checkPurity)

  private static let energyBound = Quantity(
    "freedom.energy-bound", [.cells, FreedomDomain.energy], continuous: [.meanExcitations], unit: "1",
    meaning: "lower bound on R from energy e = E/w0 alone; negative for e < 1/2, where R >= 0 is better",
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Energy")),
    routes: [
      formula("1 - (2m/(2m+1))/e, m = min(e, N - e)", "Energy") {
        try EnergyBound($0).smooth().enclosure(precision: $1)
      }
    ], isZero: { isZero { try EnergyBound($0).smooth() }($0) },
    kernel: Kernel(
      bound: "4u D + u R, D = 1 - R, u = 2^-53", domain: "N up to 2^52 and e from 2^-300",
      auditInputs: FreedomAudit.energyInputs
    ) { p throws(KernelRefusal) in
      try FreedomKernel.energyBound(cells: p[.cells], energy: p[.meanExcitations])
    },
    constraint: FreedomDomain.checkEnergy)

  private static let sharpEnergyBound = Quantity(
    "freedom.energy-bound-sharp", [.cells, FreedomDomain.energy], continuous: [.meanExcitations], unit: "1",
    meaning: "lower bound on R from energy e = E/w0 alone, attained where 2 min(e, N - e) is an integer",
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Energy")),
    routes: [
      formula("1 - (1 - 2(k-m)/(k(k+1)))/e, m = min(e, N - e), k = floor(2m) + 1 decided exactly", "Energy") {
        try EnergyBound($0).sharp().enclosure(precision: $1)
      },
      Route(
        "extremal-state", method: "filling of all levels with k equal eigenvalues and one more", lemmas: ["Energy"],
        limits: [SectorFilling.cellsLimit]
      ) { arguments, precision, _ in try EnergyBound(arguments).ratioOfExtremal(precision)
      },
    ], isZero: { isZero { try EnergyBound($0).sharp() }($0) }, constraint: FreedomDomain.checkEnergy)

  // MARK: - Protocols

  private static let tavisCummingsDeficit = Quantity(
    "freedom.tavis-cummings-deficit", [.cells, photons], unit: "1",
    meaning: "1 - R at tau = pi/(2 g sqrt(nbar)), H = g (a J+ + a' J-), coherent charger of mean nbar, cells down",
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Tavis-Cummings charger")),
    routes: tavisCummings("deficit", \.deficit),
    kernel: Kernel(
      bound: "computed beside the value: an absolute one of 1 - L over the energy, L the greatest eigenvalue",
      domain: "N to 64, nbar from 2^-10 to 2^26",
      auditInputs: FreedomAudit.coherentInputs
    ) { p throws(KernelRefusal) in
      try FreedomKernel.tavisCummingsDeficit(cells: p[.cells], photons: p[.meanPhotons])
    })

  private static let tavisCummingsEnergy = Quantity(
    "freedom.tavis-cummings-energy", [.cells, photons], continuous: [.meanPhotons], unit: "w0", scale: "N",
    meaning: "energy of the cells at tau = pi/(2 g sqrt(nbar)), H = g (a J+ + a' J-), coherent charger of mean nbar",
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Tavis-Cummings charger")),
    routes: tavisCummings("energy", \.energy))

  private static func tavisCummings(
    _ name: String, _ figure: @escaping @Sendable (TavisCummings.Figures) -> Interval
  ) -> [Route] {
    [
      Route(
        "sectors",
        method:
          """
          certified Chebyshev series in the sectors of fixed excitations, interpolated where there are many; certified \
          spectrum of the cells' state
          """,
        lemmas: ["Law", "Photons left out", "Interpolation between sectors"], limits: TavisCummings.limits
      ) { figure(try TavisCummings.figures($0, $1, isInterpolating: true, within: $2)) },
      Route(
        "every-sector",
        method:
          "certified Chebyshev series in each sector of fixed excitations; certified spectrum of the cells' state",
        lemmas: ["Law", "Photons left out"], limits: TavisCummings.limits
      ) { figure(try TavisCummings.figures($0, $1, isInterpolating: false, within: $2)) },
      .model("tavis-cummings-spin.\(name)"),
      .model("tavis-cummings-cells.\(name)", as: "brute-force", limits: [Model.limit, cellsLimit]),
    ]
  }

  /// Their reduced state has 2^N dimensions.
  private static let cellsLimit = Limit.integer(.cells, atMost: 4, because: "there are 2^N states of the cells")

  private static let vacuumFlip = Quantity(
    "freedom.vacuum-flip-deficit", [.cells, photons], continuous: [.meanPhotons], unit: "1",
    meaning: "1 - R of the vacuum-conditioned flip: coherent charger of mean nbar, all cells flip unless it is empty",
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Flip unless empty")),
    routes: [
      Route(
        "filling", method: "the state of the cells after the map; filling of all levels with its two eigenvalues",
        limits: [VacuumFlip.photonsLimit, SectorFilling.cellsLimit]
      ) { arguments, precision, _ in
        try VacuumFlip(arguments, precision).deficit()
      },
      Route(
        "brute-force", method: "density matrix in 2^N dimensions, certified spectrum, ergotropy",
        limits: [VacuumFlip.photonsLimit, VacuumFlip.matrixLimit]
      ) {
        try VacuumFlip($0, $1).deficitByMatrix(within: $2)
      },
      .model("vacuum-flip.deficit", limits: [VacuumFlip.photonsLimit]),
    ],
    kernel: Kernel(
      bound: "10u of the value and 2^-1074, u = 2^-53, for N up to 2^52", domain: "refuses values below 2^-1074",
      auditInputs: FreedomAudit.flipInputs
    ) { p throws(KernelRefusal) in
      try FreedomKernel.vacuumFlipDeficit(cells: p[.cells], photons: p[.meanPhotons])
    })

  // MARK: - States

  private static let spectrumDeficit = Quantity(
    "freedom.spectrum-deficit",
    [Parameter(.spectrum), .cells, FreedomDomain.largest, FreedomDomain.energy],
    continuous: [.largestEigenvalue, .meanExcitations], unit: "1",
    meaning:
      """
      1 - R of a symmetric state of energy e with a greatest eigenvalue L: beside it N equal ones (spike), or as many \
      as fit (plateau)
      """,
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "Law")),
    routes: [
      Route(
        "filling", method: "filling of all levels, by multiplicities", limits: [SectorFilling.cellsLimit]
      ) { arguments, precision, _ in
        try ExtremalSpectrum(arguments).deficit(precision)
      },
      Route(
        "brute-force", method: "filling of all 2^N levels one by one", limits: [SectorFilling.levelsLimit]
      ) { arguments, precision, _ in
        try ExtremalSpectrum(arguments).deficitLevelByLevel(precision)
      },
    ],
    isZero: {
      FreedomDomain.sign($0[.largestEigenvalue].expression - .number(1)).map { Decision($0 == 0) } ?? .undecided
    },
    constraint: ExtremalSpectrum.check)

  private static let quditDeficit = Quantity(
    "freedom.qudit-deficit", [.cells, Parameter(.levels, .stated("d >= 2"))], unit: "1",
    meaning: "1 - R of the maximally mixed symmetric state of N cells with d equidistant levels",
    source: Source(.watanabe, derivedIn: Source.Page("freedom", "More levels")),
    routes: [
      Route(
        "filling", method: "exact integers: symmetric states by their energy, filling of all d^N levels",
        limits: [QuditFilling.limit]
      ) {
        Interval(
          try QuditFilling.deficit(cells: $0[.cells], levels: $0[.levels], within: $2), precision: $1)
      }
    ],
    constraint: { arguments in
      guard (arguments[.levels] - 2).signum >= 0 else {
        throw Parameter(.levels, .stated("d >= 2")).outside(arguments.text(.levels))
      }
    })

  // MARK: - Parts

  private static func formula(
    _ method: String, _ lemma: String, _ evaluate: @escaping @Sendable (Arguments, Int) throws -> Interval
  ) -> Route {
    Route("formula", method: method, lemmas: [lemma]) { arguments, precision, _ in try evaluate(arguments, precision) }
  }

  private static func isZero(_ value: @escaping (Arguments) throws -> Constant) -> (Arguments) -> Decision {
    { (try? value($0))?.isZero ?? .undecided }
  }
}
