/// A figure of a guide page: what it is called, the page that shows it, and how its data are found; no rendering.
///
/// It has panels of curves, a table, or both, since one run of values may give several.
public struct Figure: Sendable {
  /// What a figure holds when its values are there.
  public struct Content: Sendable {
    /// The panels by their names.
    public let panels: [(name: String, panel: Panel)]
    /// The table.
    public let table: Table?

    /// Panels and a table.
    public init(panels: [(name: String, panel: Panel)] = [], table: Table? = nil) {
      (self.panels, self.table) = (panels, table)
    }
  }

  /// The name, by which it is drawn and its table is filed.
  public let name: String
  /// The page that shows it, `docs/star.md`.
  public let page: String
  /// What is to be seen.
  public let caption: String
  /// The names of its panels.
  public let panels: [String]
  /// Whether it has a table.
  public let hasTable: Bool

  private let find: @Sendable (FigureValues) throws -> Content

  /// A figure.
  ///
  /// - Parameters:
  ///   - guide: the name of the guide page, `star`.
  ///   - panels: the names of the panels; the figure's own for one.
  public init(
    _ name: String, on guide: String, _ caption: String, panels: [String], hasTable: Bool,
    find: @escaping @Sendable (FigureValues) throws -> Content
  ) {
    (self.name, page, self.caption, self.panels, self.hasTable) = (
      name, "docs/\(guide).md", caption, panels, hasTable
    )
    self.find = find
  }

  /// A figure of one panel of its own name.
  public init(
    _ name: String, on guide: String, _ caption: String, panel: @escaping @Sendable (FigureValues) throws -> Panel
  ) {
    self.init(name, on: guide, caption, panels: [name], hasTable: false) {
      Content(panels: [(name, try panel($0))])
    }
  }

  /// A figure of one panel of its own name and a table of the same values.
  public init(
    _ name: String, on guide: String, _ caption: String,
    both: @escaping @Sendable (FigureValues) throws -> (Panel, Table)
  ) {
    self.init(name, on: guide, caption, panels: [name], hasTable: true) {
      let (panel, table) = try both($0)
      return Content(panels: [(name, panel)], table: table)
    }
  }

  /// A table alone.
  public init(
    _ name: String, on guide: String, _ caption: String, table: @escaping @Sendable (FigureValues) throws -> Table
  ) {
    self.init(name, on: guide, caption, panels: [], hasTable: true) { Content(table: try table($0)) }
  }

  /// The data, from values that are certified now.
  ///
  /// - Throws: ``Undecided`` when a value or a digit is not certain; ``BadInput``.
  public func content(_ values: FigureValues) throws -> Content {
    let content = try find(values)
    precondition(
      content.panels.map(\.name) == panels && (content.table != nil) == hasTable, "Figure: \(name) is not as listed")
    return content
  }
}
