import Foundation
import TestSupport
import Testing

/// Standard streams that are closed or full.
@Suite struct StreamTests {
  private static let request = #"{"quantity": "harmonic.power-constant", "digits": 2}"#
  private static let unwritable = "cannot write to standard output; accepted: an open output with space left"
  private static let writers = [
    "quantities", "quantities --format json", "evaluate harmonic.power-constant", "verify harmonic.ratio",
    "audit harmonic.stored-energy", "--help", "--version",
  ]

  private static var hasFullDevice: Bool { FileManager.default.fileExists(atPath: "/dev/full") }

  /// Runs a line of the shell in which `"$0"` is the program, and expects a refusal.
  private static func expectRefused(
    _ line: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (output, error) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line, Program.products.appending(path: "qbo").path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // Refusals are too short to fill a pipe, so one can be read after the other.
    let texts = try [output, error].map { pipe in
      String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, sourceLocation: sourceLocation)
    #expect(process.terminationStatus == 2, sourceLocation: sourceLocation)
    #expect(texts == ["", "qbo: \(message)\n"], sourceLocation: sourceLocation)
  }

  @Test func `a batch from a closed standard input is refused`() throws {
    try Self.expectRefused(
      #""$0" evaluate --batch <&-"#,
      "--batch: cannot read standard input: Bad file descriptor; accepted: a file of JSON lines")
  }

  @Test(arguments: writers)
  func `a closed standard output is refused`(_ arguments: String) throws {
    try Self.expectRefused(#""$0" \#(arguments) >&-"#, Self.unwritable)
  }

  @Test(.enabled(if: hasFullDevice), arguments: writers)
  func `a full device is refused`(_ arguments: String) throws {
    try Self.expectRefused(#""$0" \#(arguments) >/dev/full"#, Self.unwritable)
  }

  @Test(.enabled(if: hasFullDevice))
  func `a batch stops at a full device`() throws {
    try Self.expectRefused(
      #"printf '%s\n%s\n' '\#(Self.request)' '\#(Self.request)' | "$0" evaluate --batch >/dev/full"#, Self.unwritable)
  }
}
