import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// What a fixed cut-off of the photons costs: the stored energy with at most M photons, certified as the number that it
/// is, beside the true one.
public struct DickeCutoff: Sendable {
  private let battery: DickeBattery
  private let arguments: Arguments
  private let truth: Interval

  private static let bits = 120

  /// The audit at the parameters of `dicke.stored-energy`.
  ///
  /// - Throws: `BadInput`, `Undecided` or `Unanswered` when the true value is not found.
  public init(cells: Int, coupling: Constant, time: Constant, within budget: Budget) throws {
    let quantity = DickeQuantities.storedEnergy
    arguments = try Arguments(
      settings: [.set(.cells, to: Integer(cells)), .set(.coupling, to: coupling), .set(.chargingTime, to: time)],
      for: quantity)
    battery = try DickeBattery(arguments, DickeCutoff.bits)
    truth = try quantity.enclosure(arguments, digits: 30, within: budget)
  }

  /// The relative error of the energy with at most M photons, M at least N.
  public func error(photons: Int, within budget: Budget) throws -> Interval {
    let bits = DickeCutoff.bits
    let sector = DickeSector(battery.cells, photons: max(photons, battery.cells))
    let flow = try sector.flow(
      coupling: arguments.enclosure(.coupling, bits + 64), frequency: arguments.enclosure(.frequency, bits + 64),
      within: budget)
    let end = try flow.evolved(
      .unit(sector.start, dimension: sector.dimension), for: arguments.enclosure(.chargingTime, bits + 64), bits: bits,
      within: budget)
    let energy = arguments.enclosure(.frequency, bits) * end.form(sector.weights, precision: bits)
    return ((energy - truth) / truth).absoluteValue
  }

  /// The least M for which the energy is right to some digits, and stays so for the few M beyond that are tried.
  ///
  /// - Parameter digits: the relative error is at most 10^-digits.
  public func photons(digits: Int, within budget: Budget) throws -> Int {
    let limit = Interval(Rational(10).power(-digits), precision: 64)
    func isRight(_ m: Int) throws -> Bool {
      let error = try error(photons: m, within: budget)
      guard error.isAtMost(limit) != .undecided else { throw Undecided("the error with \(m) photons is not decided") }
      return error.isAtMost(limit) == .certainlyTrue
    }
    var (low, high) = (battery.cells - 1, battery.cells + 8)
    while try !isRight(high) { (low, high) = (high, high + high / 4) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try isRight(middle) { high = middle } else { low = middle }
    }
    // The error falls fast here but not evenly: the least M from which on it stays low.
    for m in stride(from: high + 3, to: high, by: -1) where try !isRight(m) { return m + 1 }
    return high
  }
}
