import Foundation
import TestSupport
import Testing

/// Settings of claims stand once in a file: at the file, at a list of statements, or at the one claim that has them.
@Suite struct RepeatedSettingTests {
  /// Keys that say what names stand for, which model is meant, and where it is looked at; `all` has the others too that a
  /// claim does not state for itself.
  private static let settings: Set<String> = [
    "operators", "families", "cells", "sizes", "canonical", "canonical-families", "let", "for", "hamiltonian",
    "observable", "sector", "unknowns", "variable", "quick", "full", "ladder", "full-ladder", "between",
  ]
  private static let others: Set<String> = [
    "quantity", "quantities", "routes", "digits", "absolute", "kernel", "ulps", "parameter", "tolerance", "jumps",
    "maximise", "stationary", "cost",
  ]

  /// A key with its value in one line, as often as it stands in a file beyond the first time.
  ///
  /// A key begins a line, after two spaces for each level; lines that are further in belong to it.
  private static func repeated(in text: String, _ counted: Set<String>) -> [String: Int] {
    var found: [(depth: Int, text: String)] = []
    for line in text.split(separator: "\n") {
      let bare = line.drop { $0 == " " }
      let isItem = bare.hasPrefix("- ")
      let depth = line.count - bare.count + (isItem ? 2 : 0)
      let content = isItem ? bare.dropFirst(2) : bare
      if let last = found.last, !isItem, depth > last.depth {
        found[found.count - 1].text += " \(content)"
      } else if let key = content.split(separator: ":").first, counted.contains(String(key)) {
        found.append((depth, String(content)))
      } else {
        found.append((Int.max, ""))
      }
    }
    let texts = found.filter { $0.depth < Int.max }.map(\.text)
    return texts.reduce(into: [:]) { $0[$1, default: 0] += 1 }.compactMapValues { $0 > 1 ? $0 - 1 : nil }
  }

  private static func files() throws -> [(name: String, text: String)] {
    let folder = Repository.top.appending(path: "proofs")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" && $0.lastPathComponent != "coverage.yaml" }
      .sorted { $0.path < $1.path }
      .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// Claim by claim they were 266, and with the other keys 904.
  @Test func `settings are hardly repeated`() throws {
    var counts = (settings: 0, all: 0)
    for file in try Self.files() {
      let settings = Self.repeated(in: file.text, Self.settings)
      counts.settings += settings.values.reduce(0, +)
      counts.all += Self.repeated(in: file.text, Self.settings.union(Self.others)).values.reduce(0, +)
      // Three claims with one grid or one model are a list of statements.
      for (text, count) in settings { #expect(count < 3, "\(file.name): \(text)") }
    }
    print("repeated settings in proofs: \(counts.settings), with all other keys \(counts.all)")
    #expect(counts.settings <= 30 && counts.all <= 145, "\(counts)")
  }

  /// The count sees what it counts.
  @Test func `a repeated setting is counted`() {
    let text = """
      claims:
        - id: a
          let: {x: 1}
          quick:
            N: [1]
            g: [2]
        - let: {x: 1}
          statements:
            - id: b
              quick:
                N: [1]
                g: [2]
            - id: c
              let: {x: 2}
      """
    #expect(Self.repeated(in: text, Self.settings) == ["let: {x: 1}": 1, "quick: N: [1] g: [2]": 1])
  }
}
