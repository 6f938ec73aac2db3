import ArbitraryPrecision
import RigorousNumerics

/// The catalogue entries of the Dicke battery.
enum DickeQuantities {
  static let all: [Quantity] = [storedEnergy, classicalStoredEnergy, classicalMaxPower, classicalAdvantage]

  private static let paper = "Andolina et al., Phys. Rev. B 99, 205437 (2019), arXiv:1812.04669"

  /// The paper's choice is p_a(0) = q_a(0).
  private static let phase = Parameter("phase", .real, .all, default: "pi/4")

  private static let storedEnergy = Quantity(
    "dicke.stored-energy", [.cells, .frequency, .coupling, .chargingTime], unit: "w0",
    meaning: "energy E_B of the battery after charging for tau from a Fock state of N photons",
    source: "\(paper), Eq. (21)",
    routes: [
      Route(
        "parity-sector",
        method:
          "Schroedinger equation in the parity sector up to a number of photons whose effect is bounded: certified Chebyshev series",
        lemmas: ["The cut-off"]
      ) { try DickeBattery($0, $1).storedEnergy(within: $2) }
    ], isZero: { $0.constant("tau").isZero })

  private static let classicalStoredEnergy = Quantity(
    "dicke.classical-stored-energy", [.cells, .frequency, .coupling, .chargingTime, phase], unit: "w0",
    meaning:
      "energy E_B of the classical battery from p_a(0) = sqrt(2N) cos(phase), q_a(0) = sqrt(2N) sin(phase), in radians",
    source: "\(paper), Eq. (23)",
    routes: [
      classical("Hamilton's equations of a unit vector and an oscillator: validated Taylor steps") {
        try ClassicalDickeBattery($0, $1).storedEnergy(within: $2)
      }
    ], isZero: { $0.constant("tau").isZero })

  private static let classicalMaxPower = Quantity(
    "dicke.classical-max-power", [.cells, .frequency, .coupling, phase], unit: "w0^2",
    meaning: "greatest average power of the classical battery over all charging times",
    source: "\(paper), Sec. III, Eq. (23)",
    routes: [
      classical(powerMethod) { try ClassicalDickeBattery($0, $1).maximalPower(within: $2) }
    ])

  private static let classicalAdvantage = Quantity(
    "dicke.classical-advantage", [.cells, .frequency, .coupling, phase], unit: "1",
    meaning: "collective advantage Pmax(N) / (N Pmax(1)) of the classical battery", source: "\(paper), Eq. (4), (23)",
    routes: [
      classical(powerMethod) { arguments, precision, budget in
        let many = try ClassicalDickeBattery(arguments, precision + 16).maximalPower(within: budget)
        let one = try ClassicalDickeBattery(arguments, precision + 16, cells: 1).maximalPower(within: budget)
        return (many / (arguments.enclosure("N", precision + 16) * one)).rounded(to: precision)
      }
    ])

  private static let powerMethod =
    "Hamilton's equations on all times; global maximum by branch and bound, interval Newton"

  private static func classical(_ method: String, _ evaluate: @escaping Route.Evaluate) -> Route {
    Route("vector", method: method, lemmas: ["The classical battery"], evaluate: evaluate)
  }
}
