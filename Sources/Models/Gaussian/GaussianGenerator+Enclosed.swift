import ArbitraryPrecision
import Operators
import RigorousNumerics

extension GaussianGenerator {
  /// The equations of the moments of some modes that feed on no others, in enclosures: what does not depend on the
  /// time, and a part for each function of it.
  struct Enclosed {
    struct Part {
      var drift: IntervalMatrix
      var force: [Interval]
      var noise: IntervalMatrix

      /// The matrices for (R, 1).
      var augmented: (drift: IntervalMatrix, noise: IntervalMatrix) {
        let (n, precision) = (drift.dimension, drift.precision)
        var whole = IntervalMatrix(zero: n + 1, precision: precision)
        var wide = whole
        for i in 0..<n {
          for j in 0..<n { (whole[i, j], wide[i, j]) = (drift[i, j], noise[i, j]) }
          whole[i, n] = force[i]
        }
        return (whole, wide)
      }
    }

    /// The first one without a function.
    let parts: [Part]
    let drive: ContractiveFlow.Drive?
  }

  /// The functions of time in the equations, none a multiple of another, each with the place of the part of its real
  /// part and of its imaginary one, if it has one.
  private func functions() -> [(function: ScalarPolynomial, real: Int, imaginary: Int?)] {
    var result: [(function: ScalarPolynomial, real: Int, imaginary: Int?)] = []
    var next = 1
    for element in [drift, noise].flatMap({ $0.values.flatMap(\.values) }) + force.values where element.holdsTime {
      guard !result.contains(where: { element.ratio(to: $0.function) != nil }) else { continue }
      result.append((element, next, element.isVisiblyReal ? nil : next + 1))
      next += element.isVisiblyReal ? 1 : 2
    }
    return result
  }

  func enclosed(_ sites: [Int], _ point: ModelPoint) throws -> Enclosed {
    let places = sites.flatMap { [2 * $0, 2 * $0 + 1] }
    let functions = functions()
    let count = functions.reduce(1) { $0 + ($1.imaginary == nil ? 1 : 2) }
    let matrix = IntervalMatrix(zero: places.count, precision: point.precision)
    let none = Interval(0, precision: point.precision)
    var parts = Array(
      repeating: Enclosed.Part(drift: matrix, force: places.map { _ in none }, noise: matrix), count: count)
    /// Adds the real part of an element.
    func add(_ element: ScalarPolynomial, to body: (inout Enclosed.Part, Interval) -> Void) throws {
      guard element.holdsTime else {
        let value = try point.scalars.enclosure(element).real
        guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coefficient") }
        return body(&parts[0], value)
      }
      for (function, real, imaginary) in functions {
        guard let ratio = element.ratio(to: function) else { continue }
        body(&parts[real], Interval(ratio.real, precision: point.precision))
        if let imaginary { body(&parts[imaginary], Interval(-ratio.imaginary, precision: point.precision)) }
        return
      }
    }
    for (i, row) in places.enumerated() {
      if let element = force[row] { try add(element) { $0.force[i] = $1 } }
      for (j, column) in places.enumerated() {
        if let element = drift[row]?[column] { try add(element) { $0.drift[i, j] = $1 } }
        if let element = noise[row]?[column] { try add(element) { $0.noise[i, j] = $1 } }
      }
    }
    return Enclosed(parts: parts, drive: functions.isEmpty ? nil : try point.drive(functions.map(\.function)))
  }
}
