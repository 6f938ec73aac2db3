import ArbitraryPrecision

/// Rows of texts under a heading, however they are shown.
public struct Table: Sendable, Hashable {
  /// The names of the columns.
  public let heading: [String]
  /// The rows, each of as many texts as the heading has.
  public private(set) var rows: [[String]] = []

  /// A table.
  public init(_ heading: [String], _ rows: [[String]] = []) {
    self.heading = heading
    for row in rows { add(row) }
  }

  /// Adds a row of as many texts as the heading has.
  public mutating func add(_ row: [String]) {
    demand(row.count == heading.count, "Table: a row differs from the heading in length")
    rows.append(row)
  }
}
