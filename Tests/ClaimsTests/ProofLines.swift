import Foundation
import TestSupport

/// The claim files as they are written: keys with their values in one line each.
enum ProofLines {
  /// The claim files, by name.
  static func files() throws -> [(name: String, text: String)] {
    var files: [URL] = []
    for folder in ["proofs", "proofs/papers"] {
      files += try FileManager.default.contentsOfDirectory(
        at: Repository.top.appending(path: folder), includingPropertiesForKeys: nil)
    }
    return try files.filter { $0.pathExtension == "yaml" && $0.lastPathComponent != "coverage.yaml" }
      .sorted { $0.path < $1.path }
      .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// The keys of some names, each with its value: lines that are further in belong to it.
  static func entries(of keys: Set<String>, in text: String) -> [String] {
    var found: [(depth: Int, text: String)] = []
    for line in text.split(separator: "\n") {
      let bare = line.drop { $0 == " " }
      let isItem = bare.hasPrefix("- ")
      let depth = line.count - bare.count + (isItem ? 2 : 0)
      let content = isItem ? bare.dropFirst(2) : bare
      if let last = found.last, !isItem, depth > last.depth {
        found[found.count - 1].text += " \(content)"
      } else if let key = content.split(separator: ":").first, keys.contains(String(key)) {
        found.append((depth, String(content)))
      } else {
        found.append((Int.max, ""))
      }
    }
    return found.filter { $0.depth < Int.max }.map(\.text)
  }
}
