import Foundation
import JSON
import TestSupport
import Testing

/// Expects a refusal: status 2, nothing on standard output, and one whole line on standard error.
func expectRefused(
  _ arguments: [String], _ message: String, input: String = "", sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let run = try Program.run(arguments, input: input)
  #expect(run.status == 2, sourceLocation: sourceLocation)
  #expect(run.output == "", sourceLocation: sourceLocation)
  #expect(run.error == "qbo: \(message)\n", sourceLocation: sourceLocation)
}

extension Program.Run {
  /// Standard output as one JSON object on one line.
  func json() throws -> JSONValue {
    try #require(output.hasSuffix("\n"))
    let line = output.dropLast()
    try #require(!line.contains("\n"))
    return try JSONValue(parsing: line)
  }

  /// The lines of standard output, each as JSON.
  func jsonLines() throws -> [JSONValue] {
    try output.split(separator: "\n").map { try JSONValue(parsing: $0) }
  }
}

extension JSONValue {
  /// The keys of an object, in order.
  var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  /// The elements of an array.
  var elements: [JSONValue] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  /// The text of a string.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A number as a double.
  var double: Double? {
    guard case .number(let text) = self else { return nil }
    return Double(text)
  }
}

/// A folder of files that exists while a body runs.
func withFile(named name: String, _ content: String, _ body: (String) throws -> Void) throws {
  try withFile(named: name, Data(content.utf8), body)
}

/// A folder of files of any bytes that exists while a body runs.
func withFile(named name: String, _ content: Data, _ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: name)
  try content.write(to: file)
  try body(file.path)
}
