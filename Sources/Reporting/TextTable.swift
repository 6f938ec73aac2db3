import ArbitraryPrecision
import JSON

/// Rows of text in columns that line up; hidden characters are shown escaped, so a text of several lines stays in its
/// row.
public struct TextTable: Sendable {
  private var rows: [[String]]
  private let wrapped: Int?

  /// A table with a heading.
  ///
  /// - Parameter wrapped: the column (from 0) whose long texts are broken into lines of at most 72 characters.
  public init(heading: [String], wrapped: Int? = nil) {
    rows = [heading]
    self.wrapped = wrapped
  }

  /// Adds a row of as many texts as the heading has.
  public mutating func add(_ row: [String]) {
    demand(row.count == rows[0].count, "TextTable: a row differs from the heading in length")
    rows.append(row.map(\.visible))
  }

  /// The table, every line ended.
  public var text: String {
    let lines = rows.flatMap(brokenLines)
    let widths = rows[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      var text = ""
      for (column, cell) in line.enumerated() {
        text += cell
        if column + 1 < line.count { text += String(repeating: " ", count: widths[column] - cell.count + 2) }
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }

  private func brokenLines(_ row: [String]) -> [[String]] {
    guard let wrapped else { return [row] }
    var pieces: [String] = [""]
    for word in row[wrapped].split(separator: " ") {
      let last = pieces[pieces.count - 1]
      if last.isEmpty {
        pieces[pieces.count - 1] = String(word)
      } else if last.count + 1 + word.count <= 72 {
        pieces[pieces.count - 1] = last + " " + word
      } else {
        pieces.append(String(word))
      }
    }
    return pieces.enumerated().map { index, piece in
      row.indices.map { $0 == wrapped ? piece : index == 0 ? row[$0] : "" }
    }
  }
}
