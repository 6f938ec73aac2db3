import ArbitraryPrecision
import Expressions

/// A square matrix of exact complex numbers.
public struct ExactMatrix: Sendable, Hashable {
  /// The number of rows and of columns.
  public let dimension: Int
  /// The elements, row after row.
  public let elements: [ExactComplex]

  /// The most rows that are read.
  public static let greatestDimension = 256

  /// A matrix of its rows.
  ///
  /// - Throws: `BadInput` when it is not square, or has none or too many rows.
  public init(rows: [[ExactComplex]]) throws(BadInput) {
    guard let first = rows.first, !first.isEmpty else {
      throw BadInput("the matrix has no element; accepted: at least one row")
    }
    try ExactMatrix.check(dimension: rows.count)
    for (index, row) in rows.enumerated() where row.count != rows.count {
      throw BadInput(
        "row \(index) of the matrix has \(row.count) elements of \(rows.count) rows; accepted: as many columns as rows")
    }
    (dimension, elements) = (rows.count, rows.flatMap { $0 })
  }

  /// A matrix of its elements, row after row, as many as the square of the dimension.
  init(_ dimension: Int, _ elements: [ExactComplex]) {
    demand(dimension >= 1 && elements.count == dimension * dimension, "ExactMatrix: a square of elements")
    (self.dimension, self.elements) = (dimension, elements)
  }

  /// Refuses more rows than are read, before any memory is asked for.
  static func check(dimension: Int) throws(BadInput) {
    guard (1...greatestDimension).contains(dimension) else {
      throw BadInput("the matrix has \(dimension) rows; accepted: 1 to \(greatestDimension)")
    }
  }

  /// Reads a matrix as it is typed, `[[1/2, i/4], [-i/4, 1/2]]`, rows in brackets and elements between commas; quotes
  /// around an element are accepted.
  ///
  /// - Throws: `BadInput`; ``Undecided`` when it cannot be told whether an element has a value.
  public init(parsing text: String) throws {
    var rows: [[ExactComplex]] = []
    for (row, texts) in try ExactMatrix.split(text).enumerated() {
      try ExactMatrix.check(dimension: row + 1)
      rows.append(
        try texts.enumerated().map { column, element in
          do throws(ExpressionError) { return try ExactComplex(parsing: element) } catch {
            let message = "element (\(row), \(column)): '\(element.abridged)': \(error)"
            if error.kind == .undecided { throw Undecided(message) }
            throw BadInput(message)
          }
        })
    }
    try self.init(rows: rows)
  }

  /// The texts of the elements.
  private static func split(_ text: String) throws(BadInput) -> [[String]] {
    let refusal = BadInput(
      "'\(text.abridged)' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE")
    var (rows, row, element): ([[String]], [String], String) = ([], [], "")
    var (depth, parentheses, isAfterItem) = (0, 0, false)
    /// Where a row or the matrix may only go on by a comma or end.
    var isClosed = false
    for character in text where !character.isWhitespace || depth == 2 {
      if isClosed { throw refusal }
      switch character {
      case "[" where depth < 2 && !isAfterItem:
        depth += 1
      case "]" where depth == 2 && parentheses == 0:
        row.append(element)
        rows.append(row.map(unquoted))
        (row, element, depth, isAfterItem) = ([], "", 1, true)
      case "]" where depth == 1 && isAfterItem: (depth, isClosed) = (0, true)
      case "," where depth == 1 && isAfterItem: isAfterItem = false
      case "," where depth == 2 && parentheses == 0:
        row.append(element)
        element = ""
      default:
        guard depth == 2, character != "[", character != "]" else { throw refusal }
        parentheses += character == "(" ? 1 : character == ")" ? -1 : 0
        element.append(character)
      }
    }
    guard isClosed, parentheses == 0 else { throw refusal }
    return rows
  }

  private static func unquoted(_ element: String) -> String {
    let words = element.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard words.count >= 2, let first = words.first, first == words.last, first == "\"" || first == "'" else {
      return words
    }
    return String(words.dropFirst().dropLast())
  }

  /// An element.
  public subscript(row: Int, column: Int) -> ExactComplex { elements[row * dimension + column] }

  /// Whether all elements are visibly rational.
  public var isRational: Bool { elements.allSatisfy { $0.rational != nil } }
}
