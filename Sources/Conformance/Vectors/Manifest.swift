import ArbitraryPrecision
import Catalogue
import Foundation
import JSON

/// What the suite says of itself to others.
public enum Suite {
  /// The version of the suite.
  public static let version = "0.1.0"
}

/// The list of all files of a folder of vectors, with their hashes.
struct Manifest: Sendable {
  /// A file.
  struct Entry: Sendable, Hashable {
    let path: String
    let sha256: String
    let cases: Int
  }

  let files: [Entry]
  /// The programs that made the files, as they are written.
  let generator: JSONValue

  /// The programs that make files here.
  static let generator = JSONValue.members([
    "qbo": .string(Suite.version), "gmp": .string(LibraryVersions.gmp), "mpfr": .string(LibraryVersions.mpfr),
  ])

  /// Reads the list of a folder.
  ///
  /// - Throws: `BadInput` when there is none, or it is not one.
  init(folder: String) throws(BadInput) {
    let name = "\(folder)/\(Fixtures.manifest)"
    let json = try VectorStore.json(name)
    guard json["format"] == .integer(1), let entries = json["files"]?.elements, let generator = json["generator"] else {
      throw BadInput("\(name.abridged) is no list of vectors; accepted: format 1, with 'generator' and 'files'")
    }
    self.generator = generator
    var files: [Entry] = []
    for entry in entries {
      guard let path = entry["path"]?.text, let hash = entry["sha256"]?.text, case .number(let cases) = entry["cases"],
        let count = Int(cases), Manifest.isInside(path)
      else {
        throw BadInput(
          """
          \(name.abridged): \("\(entry)".abridged) is no file; accepted: a path below the folder, sha256 and the \
          number of cases
          """
        )
      }
      files.append(Entry(path: path, sha256: hash, cases: count))
    }
    self.files = files
    guard Set(files.map(\.path)).count == files.count else {
      throw BadInput("\(name.abridged): a file is listed twice; accepted: each file once")
    }
  }

  private static func isInside(_ path: String) -> Bool {
    ["invalid/", "schema/", "vectors/"].contains { path.hasPrefix($0) } && !path.split(separator: "/").contains("..")
  }
}
