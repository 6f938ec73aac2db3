/// Tables of Markdown pages that hold any text in their cells.
enum MarkdownTable {
  /// The lines of a table; bars in cells are escaped.
  static func lines(_ head: [String], _ rows: [[String]]) -> [String] {
    let body = rows.map { row in
      row.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
    }
    return ([head, head.map { _ in "---" }] + body).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}
