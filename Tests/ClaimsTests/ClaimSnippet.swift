import Catalogue
import Systems
import Claims
import Testing

/// A claim given by its keys alone, one a line.
struct ClaimSnippet {
  let body: String

  init(_ body: String) { self.body = body }

  private var file: String {
    """
    source: test
    claims:
      - id: test
        expect: undecided
        reason: test
    \(body.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    """
  }

  /// What the check finds.
  func outcome() throws -> Outcome {
    let claim = try #require(try ClaimFile(parsing: file, name: "f", catalogue: .builtIn).claims.first)
    return try claim.check(in: CheckContext(full: false))
  }

  /// Why the file is refused; its first key stands in line 6. Nil when it is accepted.
  func refusal() -> String? {
    do {
      _ = try ClaimFile(parsing: file, name: "f", catalogue: .builtIn)
      return nil
    } catch {
      return error.message
    }
  }
}
