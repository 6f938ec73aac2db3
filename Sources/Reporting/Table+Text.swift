import Catalogue
import JSON

/// Tables as plain text and as Markdown.
extension Table {
  /// Columns that line up, every line ended; hidden characters are shown escaped, so a text of several lines stays in
  /// its row.
  public var text: String { text(wrapping: nil) }

  /// The same.
  ///
  /// - Parameter column: the column (from 0) whose long texts are broken into lines of at most 72 characters.
  public func text(wrapping column: Int?) -> String {
    let lines = ([heading] + rows).map { $0.map(\.visible) }.flatMap { Table.broken($0, column) }
    let widths = heading.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
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

  private static func broken(_ row: [String], _ wrapped: Int?) -> [[String]] {
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

  /// The lines of a table of a Markdown page; bars in cells are escaped.
  public var markdownLines: [String] {
    let body = rows.map { row in row.map { $0.replacing("|", with: "\\|") } }
    return ([heading, heading.map { _ in "---" }] + body).map { "| " + $0.joined(separator: " | ") + " |" }
  }

  /// The same, every line ended.
  public var markdown: String { markdownLines.map { $0 + "\n" }.joined() }
}
