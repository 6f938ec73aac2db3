import Foundation
import JSON
import TestSupport
import Testing

/// `scripts/sweep-edits`: what it draws from, and the page that it writes.
@Suite struct EditsTests {
  /// What the script prints.
  private static func sweep(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B", Repository.top.appending(path: "scripts/sweep-edits").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }

  @Test func `every place that is listed holds the text that is edited`() throws {
    var files: [String: [String]] = [:]
    var kinds: [String: Int] = [:]
    let edits = try Self.sweep("list").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    for edit in edits {
      let (place, kind, before, after) = (edit[0].split(separator: ":"), edit[2], edit[3], edit[4])
      let file = String(place[0])
      let lines =
        try files[file]
        ?? String(contentsOf: Repository.top.appending(path: file), encoding: .utf8).components(separatedBy: "\n")
      files[file] = lines
      let (line, column) = (try #require(Int(place[1])), try #require(Int(place[2])))
      let rest = lines[line - 1].unicodeScalars.dropFirst(column - 1)
      #expect(String(String.UnicodeScalarView(rest)).hasPrefix(before) && before != after, "\(edit)")
      kinds[kind, default: 0] += 1
    }
    let least = [
      "comparison": 1000, "constant": 1000, "operator": 5000, "sign": 300, "verdict": 200, "passage": 10, "printed": 5,
      "literal": 3000, "extremum": 200, "range": 300, "budget": 500, "slip": 10,
    ]
    #expect(Set(kinds.keys) == Set(least.keys))
    for (kind, count) in least { #expect(kinds[kind, default: 0] >= count, "\(kind)") }
    // Every claim file and every system has places, and among them is R > 1 in the window of the Dicke battery.
    for file in files.keys where file.hasPrefix("proofs/") {
      #expect(edits.count { $0[0].hasPrefix(file) } > 50, "\(file)")
    }
    #expect(Set(files.keys.filter { $0.hasPrefix("proofs/") }).count >= 9)
    let owners = Set(edits.map { $0[1] })
    #expect(owners.isSuperset(of: ["capacity", "dicke", "freedom", "harmonic", "quasi", "spin", "star"]))
    #expect(edits.contains { Array($0[1...]) == ["dicke.window", "constant", "1", "2"] })
    #expect(edits.contains { Array($0[1...]) == ["dicke.window", "comparison", ">", "<"] })
  }

  @Test func `the page is what the record says, and every survivor has a reason`() throws {
    let record = Repository.top.appending(path: "fixtures/edits.jsonl")
    let page = try String(contentsOf: Repository.top.appending(path: "docs/edits.md"), encoding: .utf8)
    #expect(try Self.sweep("page", record.path) == page)
    var (claims, code) = (0, 0)
    for record in try String(contentsOf: record, encoding: .utf8).split(separator: "\n") {
      let line = try JSONValue(parsing: String(record))
      guard line["place"] != nil else { continue }
      func text(_ key: String) -> String { if case .string(let text) = line[key] { text } else { "" } }
      let red = text("red")
      if ["reader", "compiler"].contains(red) { continue }
      if text("what") == "claim" { claims += 1 } else { code += 1 }
      if red == "nothing" { #expect(text("reason").count > 20, "\(line)") }
    }
    #expect(claims >= 30 && code >= 30, "\(claims) of claims, \(code) of code")
    #expect(
      page.contains("| `dicke.window` | `statement: R > 1` | `statement: R > 2` | verify: dicke.window refuted |"))
  }
}
