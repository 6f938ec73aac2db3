import JSON

/// What was found, as it is printed: one way from a value to text and one to JSON.
public protocol Report: Sendable {
  /// Lines for people, each ended; JSON text has no line of its own here.
  var text: String { get }
  /// One object, keys in the order of the contract of the command line.
  var json: JSONValue { get }
}

/// How reports are printed.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Lines for people.
  case text
  /// One line of JSON.
  case json
}

extension Report {
  /// The report in a format, every line ended.
  public func printed(as format: ReportFormat) -> String {
    switch format {
    case .text: text
    case .json: "\(json)\n"
    }
  }
}

/// A page of the guide that is written from what was found.
public protocol Page {
  /// The page as Markdown, every line ended.
  var markdown: String { get }
}
