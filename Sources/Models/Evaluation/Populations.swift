import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import YAMLText

/// Checks of numbers that are probabilities.
enum Populations {
  /// Refuses a weight that is negative or not real.
  ///
  /// - Throws: ``BadInput`` with the value, ``NotToldYet`` where its sign is not known.
  static func requireWeight(
    _ number: ScalarPolynomial, _ name: String, _ place: YAMLEntry, _ ring: ModelScalars
  ) throws {
    guard number.isVisiblyReal else { throw place.fault("\(name) is not real; accepted: weights of 0 or more") }
    if ring.isZero(number) { return }
    let value = try ring.enclosure(number).real
    guard let sign = value.certainSign else { throw NotToldYet(what: "whether \(name) is negative") }
    guard sign >= 0 else {
      throw place.fault("\(name) is \(measured(value)), negative; accepted: weights of 0 or more")
    }
  }

  /// Refuses a sum of weights that is not 1.
  ///
  /// - Throws: ``BadInput`` with the sum, ``Undecided``.
  static func requireUnit(
    _ sum: ScalarPolynomial, _ name: String, _ place: YAMLEntry, _ ring: ModelScalars, accepted: String = "1"
  ) throws {
    switch try ring.decision(isZero: ring.sum(sum, ring.number(-1))) {
    case .certainlyTrue: return
    case .certainlyFalse:
      throw place.fault("\(name) add up to \(measured(try ring.enclosure(sum).real)); accepted: \(accepted)")
    case .undecided: throw Undecided(place.fault("undecided whether \(name) add up to 1").message)
    }
  }

  /// A number to the digits of a double, for messages.
  static func measured(_ value: Interval) -> String {
    value.midpoint.map { "\($0.double(rounding: .nearest))" } ?? "unknown"
  }
}
