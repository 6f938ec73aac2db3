import ArbitraryPrecision
import Expressions
import JSON

/// Matrices as JSON: rows of elements, each a number, exact as written, a formula in a string, or a pair of its real
/// and imaginary part; or the parts one by one, `{"re": rows, "im": rows}`.
enum MatrixJSON {
  private static let accepted =
    #"rows of numbers, of formulas in strings, or of pairs [re, im]; or {"re": rows, "im": rows}"#

  static func matrix(_ text: String) throws -> ExactMatrix {
    let json: JSONValue
    do { json = try JSONValue(parsing: text) } catch { throw BadInput("not JSON: \(error)") }
    guard case .object(let members) = json else {
      return try ExactMatrix(rows: try rows(json) { try element($0, $1) })
    }
    if let unknown = members.first(where: { !["re", "im"].contains($0.key) }) {
      throw BadInput("unknown key '\(unknown.key.abridged)'; accepted: re and im")
    }
    guard let re = json["re"], members.count == Set(members.map(\.key)).count else {
      throw BadInput("the key re is missing, or one is given twice; accepted: \(accepted)")
    }
    let real = try rows(re) { try part($0, $1) }
    guard let im = json["im"] else { return try ExactMatrix(rows: real.map { $0.map { ExactComplex($0) } }) }
    let imaginary = try rows(im) { try part($0, $1) }
    guard real.map(\.count) == imaginary.map(\.count) else {
      throw BadInput("re and im differ in rows or columns; accepted: as many of each")
    }
    return try ExactMatrix(rows: zip(real, imaginary).map { zip($0, $1).map { ExactComplex($0, $1) } })
  }

  private static func rows<Element>(
    _ json: JSONValue, _ element: (JSONValue, _ place: String) throws -> Element
  ) throws -> [[Element]] {
    guard case .array(let rows) = json else { throw BadInput("these are no rows; accepted: \(accepted)") }
    try ExactMatrix.check(dimension: rows.count)
    return try rows.enumerated().map { row, value in
      guard case .array(let elements) = value else { throw BadInput("row \(row) is no array; accepted: \(accepted)") }
      return try elements.enumerated().map { try element($1, "element (\(row), \($0))") }
    }
  }

  private static func element(_ json: JSONValue, _ place: String) throws -> ExactComplex {
    switch json {
    case .string(let text): return try formula(text, place)
    case .array(let parts) where parts.count == 2:
      return ExactComplex(try part(parts[0], place), try part(parts[1], place))
    default: return ExactComplex(try part(json, place))
    }
  }

  /// A real number.
  private static func part(_ json: JSONValue, _ place: String) throws -> Constant {
    switch json {
    case .number(let text):
      guard let value = Rational(decimal: text) else {
        throw BadInput(
          "\(place): \(text.abridged) is out of range; accepted: magnitudes from 2^-65536 to 2^65536, and 0")
      }
      return Constant(value)
    case .string(let text):
      let value = try formula(text, place)
      guard value.imaginary.isZero == .certainlyTrue else {
        throw BadInput("\(place): '\(text.abridged)' is not real; accepted: real numbers as parts")
      }
      return value.real
    default: throw BadInput("\(place): \("\(json)".abridged) is no number; accepted: \(accepted)")
    }
  }

  private static func formula(_ text: String, _ place: String) throws -> ExactComplex {
    do throws(ExpressionError) { return try ExactComplex(parsing: text) } catch {
      let message = "\(place): '\(text.abridged)': \(error)"
      if error.kind == .undecided { throw Undecided(message) }
      throw BadInput(message)
    }
  }
}
