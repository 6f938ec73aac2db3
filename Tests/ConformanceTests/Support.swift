import Foundation
import JSON
import TestSupport
import Testing

@testable import Conformance

/// Folders of the repository and of tests.
enum Places {
  /// The vectors of the repository.
  static let fixtures = Repository.top.appending(path: "fixtures").path
}

/// A folder that exists while a body runs.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// A harness of a few lines of the shell.
enum ShellHarness {
  /// Greets, knows the dialect, and runs a body for each further line, with its text in `line` and its number in `n`.
  static func script(_ body: String, greeting: String = #"{"protocol": 1, "name": "shell"}"#) -> String {
    """
    read -r line; echo '\(greeting)'
    read -r line; echo '{"dialect": true}'
    n=0
    while read -r line; do
      case "$line" in *'"stop"'*) exit 0;; esac
      n=$((n+1))
      \(body)
    done
    """
  }

  /// The cases of `harmonic.ratio`.
  static let cases = 13

  /// An answer that skips the question.
  static let skip = #"echo "{\"seq\": $n, \"skipped\": \"\"}""#

  /// The right answer to a question of `harmonic.ratio`, which is 1; the ids of this suite say what must be refused.
  static let right =
    #"case "$line" in *invalid*) echo "{\"seq\": $n, \"refused\": \"\"}";; *) echo "{\"seq\": $n, \"value\": 1}";; esac"#

  /// Validates a script with the cases of one quantity, by the program.
  static func run(_ script: String, seconds: String = "15", more: [String] = []) throws -> (
    run: Program.Run, json: JSONValue
  ) {
    try withFolder { folder in
      let file = folder.appending(path: "harness.sh")
      try Data(script.utf8).write(to: file)
      let run = try Program.run(
        [
          "validate", "--harness", "exec sh '\(file.path)'", "--vectors", Places.fixtures, "--case-seconds", seconds,
          "--format", "json",
          "--quantity", "harmonic.ratio",
        ] + more)
      return (run, run.output.isEmpty ? .null : try JSONValue(parsing: run.output))
    }
  }
}

extension JSONValue {
  /// The verdicts of a report, case by case, with what is said of them.
  var outcomes: [(verdict: String, note: String)] {
    (self["cases"]?.elements ?? []).map { ($0["verdict"]?.text ?? "", $0["note"]?.text ?? "") }
  }

  /// The remarks of a report.
  var remarks: [String] { (self["summary"]?["remarks"]?.elements ?? []).compactMap(\.text) }

  /// How often the harness of a report was started again.
  var restarts: Int? {
    guard case .number(let text) = self["summary"]?["restarts"] else { return nil }
    return Int(text)
  }
}
