import Conformance
import JSON

/// Whether files of vectors are current, as it is printed.
public struct FixturesReport: Report {
  private let check: FixturesCheck

  /// A report of a check.
  public init(_ check: FixturesCheck) { self.check = check }

  /// What is not as it should be, another generator, and the counts.
  public var text: String {
    var lines = check.findings
    if let other = check.otherGenerator { lines.append("the files were written by \(other)") }
    let rest = check.held > 0 ? ", \(check.held) held by their hashes alone" : ""
    let end = check.findings.isEmpty ? "all current" : "\(check.findings.count) not current"
    lines.append("\(check.files) files; \(check.evaluated) values certified anew\(rest); \(end)")
    return lines.map { "\($0)\n" }.joined()
  }

  /// The findings and the counts.
  public var json: JSONValue {
    .members([
      "findings": .array(check.findings.map { .string($0) }), "files": .integer(check.files),
      "evaluated": .integer(check.evaluated), "held": .integer(check.held),
      "otherGenerator": check.otherGenerator.map { .string($0) } ?? .null,
    ])
  }
}

/// Files of vectors that were written, as it is printed.
public struct FixturesWrittenReport: Report {
  private let fixtures: Fixtures
  private let folder: String

  /// A report of files in a folder.
  public init(_ fixtures: Fixtures, in folder: String) { (self.fixtures, self.folder) = (fixtures, folder) }

  /// The counts, and a line for each case that is left out.
  public var text: String {
    let counts = fixtures.counts
    return "\(folder): \(counts.valid) cases and \(counts.invalid) invalid ones written\n"
      + fixtures.leftOut.map { "left out: \($0)\n" }.joined()
  }

  /// The counts.
  public var json: JSONValue {
    let counts = fixtures.counts
    return .members([
      "folder": .string(folder), "cases": .integer(counts.valid), "invalid": .integer(counts.invalid),
      "leftOut": .array(fixtures.leftOut.map { .string($0) }),
    ])
  }
}
