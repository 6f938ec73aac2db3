import ArbitraryPrecision
import Catalogue
import Expressions
import States

extension GivenState {
  private struct Key: Hashable {
    let name: String
    let matrix: ExactMatrix
    let normalise: YesOrNo
    let tolerance: Expression
  }

  private static let accepted =
    "Hermitian, of trace one and without negative eigenvalues exactly, normalise=yes for the trace, or a tolerance of "
    + "that distance"

  private static let known = KnownMaxima<Key, GivenState>(capacity: 64)

  /// The state of a parameter, with the parameters `normalise` and `tolerance`.
  ///
  /// - Throws: `BadInput` for what is no state, with what it is off by; `Undecided`; `Unanswered`.
  static func state(_ key: MatrixKey, of arguments: Arguments) throws -> GivenState {
    let tolerance = arguments[.tolerance]
    let matrix = arguments[key]
    let remembered = Key(
      name: key.name, matrix: matrix, normalise: arguments[.normalise], tolerance: tolerance.expression)
    return try known.value(for: remembered) {
      try GivenState(
        "parameter \(key.name)", matrix, isNormalised: arguments[.normalise] == .yes, tolerance: tolerance,
        accepted: accepted)
    }
  }

  /// The bits of an evaluation: with a tolerance more of them than make roundings small beside it, even beside its
  /// square, would narrow nothing.
  static func bits(_ precision: Int, _ arguments: Arguments) -> Int {
    guard arguments[.tolerance].isZero != .certainlyTrue else { return precision }
    let exponent = arguments[.tolerance].enclosure(precision: 64).upper.binaryExponent ?? 0
    return min(precision, 256 + 4 * max(0, -exponent))
  }
}
