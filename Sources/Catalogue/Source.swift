/// Where a quantity comes from: places in papers, and the page that derives what no paper prints.
public struct Source: Sendable, Hashable {
  /// Places in one paper; without any the paper as a whole.
  public struct Reference: Sendable, Hashable {
    /// Authors, journal and number.
    public let paper: String
    /// Numbers of sections, `III`.
    public let sections: [String]
    /// Numbers of equations, `10` or `18-20`.
    public let equations: [String]
    /// Where a statement stands that has no number of its own, `below Eq. (10)`.
    public let text: String?

    /// Places in a paper.
    public init(_ paper: String, sections: [String] = [], equations: [String] = [], text: String? = nil) {
      (self.paper, self.sections, self.equations, self.text) = (paper, sections, equations, text)
    }

    /// The places without the paper, `Sec. III, Eq. (4), (21)`; empty for the paper as a whole.
    public var place: String {
      let ranges = equations.map { "(" + $0.split(separator: "-").joined(separator: ")-(") + ")" }
      return [
        sections.isEmpty ? nil : "Sec. " + sections.joined(separator: ", "),
        ranges.isEmpty ? nil : "Eq. " + ranges.joined(separator: ", "), text.map { "text \($0)" },
      ].compactMap { $0 }.joined(separator: ", ")
    }

    fileprivate var description: String { place.isEmpty ? paper : "\(paper), \(place)" }
  }

  /// A section of a guide page.
  public struct Page: Sendable, Hashable {
    /// The file below the top of the repository, `docs/star.md`.
    public let file: String
    /// The heading.
    public let heading: String

    /// A heading of the guide page of a system.
    public init(_ system: String, _ heading: String) { (file, self.heading) = ("docs/\(system).md", heading) }

    /// `docs/star.md, Invariant pairs`.
    public var place: String { "\(file), \(heading)" }
  }

  /// What papers say.
  public let references: [Reference]
  /// Where it is derived, when no paper at hand prints it.
  public let derivation: Page?

  /// A source: at least a paper or a page.
  public init(_ references: Reference..., derivedIn derivation: Page? = nil) {
    precondition(!references.isEmpty || derivation != nil, "Source: no paper and no page")
    (self.references, self.derivation) = (references, derivation)
  }

  /// One line: papers with their places, and the page.
  public var text: String {
    let papers = references.map(\.description).joined(separator: "; ")
    guard let derivation else { return papers }
    return papers.isEmpty ? "derived in \(derivation.place)" : "\(papers); derived in \(derivation.place)"
  }

  /// The place alone: equations, sections or texts of the papers, or the section of the page that derives it.
  public var place: String {
    let places = references.map(\.place).filter { !$0.isEmpty }.joined(separator: "; ")
    return places.isEmpty ? derivation?.place ?? "" : places
  }
}
