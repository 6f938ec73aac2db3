import ArbitraryPrecision
import Expressions
import JSON

/// Matrices as JSON: rows of elements, each a number, a formula in a string, or a pair of its real and imaginary part;
/// or the parts one by one, `{"re": rows, "im": rows}`. Of a vector the elements stand in the place of rows.
struct MatrixJSON {
  private let reading: MatrixReading

  init(_ reading: MatrixReading) { self.reading = reading }

  private var isVector: Bool { reading.shape == .vector }

  private var accepted: String {
    isVector
      ? #"numbers, formulas in strings, or pairs [re, im]; or {"re": numbers, "im": numbers}"#
      : #"rows of numbers, of formulas in strings, or of pairs [re, im]; or {"re": rows, "im": rows}"#
  }

  func entries(_ text: String) throws -> MatrixEntries {
    let json: JSONValue
    do { json = try JSONValue(parsing: text) } catch { throw BadInput("not JSON: \(error)") }
    guard case .object(let members) = json else { return try entries(try rows(json) { try element($0, $1) }) }
    if let unknown = members.first(where: { !["re", "im"].contains($0.key) }) {
      throw BadInput("unknown key '\(unknown.key.abridged)'; accepted: re and im")
    }
    guard let re = json["re"], members.count == Set(members.map(\.key)).count else {
      throw BadInput("the key re is missing, or one is given twice; accepted: \(accepted)")
    }
    let real = try rows(re) { try part($0, $1) }
    guard let im = json["im"] else { return try entries(real.map { $0.map { ExactComplex($0) } }) }
    let imaginary = try rows(im) { try part($0, $1) }
    guard real.map(\.count) == imaginary.map(\.count) else {
      throw BadInput("re and im differ in rows or columns; accepted: as many of each")
    }
    return try entries(zip(real, imaginary).map { zip($0, $1).map { ExactComplex($0, $1) } })
  }

  private func entries(_ rows: [[ExactComplex]]) throws -> MatrixEntries {
    var elements: [MatrixEntries.Element] = []
    for (row, values) in rows.enumerated() {
      guard isVector || values.count == rows.count else {
        throw BadInput(
          "row \(row) of the matrix has \(values.count) elements of \(rows.count) rows; accepted: as many columns as "
            + "rows")
      }
      for (column, value) in values.enumerated() { try reading.add(value, row, column, to: &elements) }
    }
    return MatrixEntries(rows: rows.count, elements)
  }

  private func rows<Element>(
    _ json: JSONValue, _ element: (JSONValue, _ place: String) throws -> Element
  ) throws -> [[Element]] {
    guard case .array(let rows) = json else { throw BadInput("these are no rows; accepted: \(accepted)") }
    guard !rows.isEmpty else { throw BadInput("the \(reading.shape.noun) has no element; accepted: at least one") }
    try reading.check(rows: rows.count, columns: isVector ? 1 : rows.count)
    guard !isVector else { return try rows.enumerated().map { [try element($1, "element \($0)")] } }
    return try rows.enumerated().map { row, value in
      guard case .array(let elements) = value else { throw BadInput("row \(row) is no array; accepted: \(accepted)") }
      return try elements.enumerated().map { try element($1, "element (\(row), \($0))") }
    }
  }

  private func element(_ json: JSONValue, _ place: String) throws -> ExactComplex {
    switch json {
    case .string(let text): return try formula(text, place)
    case .array(let parts) where parts.count == 2:
      return ExactComplex(try part(parts[0], place), try part(parts[1], place))
    default: return ExactComplex(try part(json, place))
    }
  }

  /// A real number.
  private func part(_ json: JSONValue, _ place: String) throws -> Constant {
    switch json {
    case .number(let text):
      guard let value = reading.value(text) else {
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

  private func formula(_ text: String, _ place: String) throws -> ExactComplex {
    do throws(ExpressionError) { return try ExactComplex(parsing: text) } catch {
      let message = "\(place): '\(text.abridged)': \(error)"
      if error.kind == .undecided { throw Undecided(message) }
      throw BadInput(message)
    }
  }
}
