import Catalogue
import JSON

/// What is written for the guide from certified values, from the claims and from records: figures of systems, and
/// pages.
public struct GuideList: Report {
  /// A page that is written as a whole.
  public struct WrittenPage: Sendable {
    /// The name, by which it is written.
    public let name: String
    /// The file below the top of the repository.
    public let file: String
    /// What it has.
    public let caption: String
    /// The page as Markdown.
    public let markdown: @Sendable () throws -> String

    /// A page.
    public init(
      _ name: String, file: String, _ caption: String, markdown: @escaping @Sendable () throws -> String
    ) {
      (self.name, self.file, self.caption, self.markdown) = (name, file, caption, markdown)
    }
  }

  /// An entry of the list.
  enum Entry: Sendable {
    case figure(Figure)
    case page(WrittenPage)
  }

  private let entries: [Entry]

  /// A list of figures and pages.
  public init(figures: [Figure], pages: [WrittenPage]) {
    entries = figures.map(Entry.figure) + pages.map(Entry.page)
  }

  private init(_ entries: [Entry]) { self.entries = entries }

  /// All names.
  public var names: [String] { entries.map(\.name) }

  /// The files of all entries, below the top of the repository, each with the page that shows it.
  public var files: [(file: String, page: String)] {
    entries.flatMap { entry in entry.files.map { ($0, entry.page) } }
  }

  /// The entries of some names: of one figure or page, of all figures of a guide page, or `all`.
  ///
  /// - Throws: ``BadInput`` for a name that nothing has.
  public func selected(_ names: [String]) throws(BadInput) -> GuideList {
    for name in names where !entries.contains(where: { $0.matches(name) }) {
      let guides = entries.map(\.guide).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let accepted = ["all"] + guides + self.names.filter { !guides.contains($0) }
      throw BadInput("no figure '\(name.abridged)'; accepted: \(accepted.joined(separator: ", "))")
    }
    return GuideList(entries.filter { entry in names.contains(where: entry.matches) })
  }

  /// Makes the files.
  ///
  /// - Parameters:
  ///   - progress: called with the name of each entry before its values are found.
  ///   - write: called with each file, below the top of the repository, and its text.
  public func make(
    _ values: FigureValues, progress: (String) -> Void, write: (_ file: String, _ text: String) throws -> Void
  ) throws {
    for entry in entries {
      progress(entry.name)
      switch entry {
      case .page(let page): try write(page.file, try page.markdown())
      case .figure(let figure):
        let content = try figure.content(values)
        let texts = content.panels.map { LinePlot($0.panel).svg } + (content.table.map { [$0.markdown] } ?? [])
        for (file, text) in zip(figure.files, texts) { try write(file, text) }
      }
    }
  }

  /// A row an entry.
  public var text: String {
    Table(
      ["name", "page", "shows", "files"],
      entries.map { [$0.name, $0.page, $0.caption, $0.files.joined(separator: " ")] }
    ).text
  }

  /// The same.
  public var json: JSONValue {
    .members([
      "figures": .array(
        entries.map {
          .members([
            "name": .string($0.name), "page": .string($0.page), "caption": .string($0.caption),
            "files": .array($0.files.map { .string($0) }),
          ])
        })
    ])
  }
}

extension Figure {
  /// The files below the top of the repository: its panels, then its table.
  var files: [String] {
    panels.map { "docs/figures/\($0).svg" } + (hasTable ? ["docs/figures/\(name).md"] : [])
  }
}

extension GuideList.Entry {
  var name: String {
    switch self {
    case .figure(let figure): figure.name
    case .page(let page): page.name
    }
  }

  /// The page that shows it; a page shows itself.
  var page: String {
    switch self {
    case .figure(let figure): figure.page
    case .page(let page): page.file
    }
  }

  var caption: String {
    switch self {
    case .figure(let figure): figure.caption
    case .page(let page): page.caption
    }
  }

  var files: [String] {
    switch self {
    case .figure(let figure): figure.files
    case .page(let page): [page.file]
    }
  }

  /// The name of the guide page.
  var guide: String { String((page.split(separator: "/").last ?? "").prefix { $0 != "." }) }

  func matches(_ name: String) -> Bool { name == "all" || name == self.name || name == guide }
}
