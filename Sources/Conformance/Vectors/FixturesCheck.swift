import Catalogue
import Foundation
import JSON

/// Whether the files of a folder are those that would be made now.
public struct FixturesCheck: Sendable {
  /// What is not as it should be, a line each; empty when all is.
  public let findings: [String]
  /// The files that were compared.
  public let files: Int
  /// The values that were certified anew.
  public let evaluated: Int
  /// The values whose digits are held by the hashes alone.
  public let held: Int
  /// The generator of the files, when it is not this one.
  public let otherGenerator: String?

  /// Without `full`, the first and every fifth value of a file after it are certified anew.
  static let part = 5

  /// Checks a folder: every hash, missing and further files, everything but the values, and the values or a part of
  /// them.
  ///
  /// - Parameters:
  ///   - list: the subjects with their cases.
  ///   - full: certifies every value anew.
  ///   - subjects: names of subjects, nil for all; of other ones the hashes are checked alone.
  ///   - jobs: how many values are certified at a time.
  /// - Throws: `BadInput` when there is no list of files.
  public init(
    folder: String, of list: SubjectList, full: Bool, only subjects: Set<String>? = nil, jobs: Int = 1,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    let manifest = try Manifest(folder: folder)
    var findings: [String] = []
    var texts: [String: String] = [:]
    for entry in manifest.files {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(entry.path)") else {
        findings.append("\(entry.path): the file is missing")
        continue
      }
      texts[entry.path] = String(decoding: data, as: UTF8.self)
      if SHA256.hexadecimal(Array(data)) != entry.sha256 {
        findings.append("\(entry.path): the SHA-256 is not the one of \(Fixtures.manifest)")
      }
    }
    let listed = Set(manifest.files.map(\.path))
    for path in FixturesCheck.present(folder) where !listed.contains(path) {
      findings.append("\(path): the file is not in \(Fixtures.manifest)")
    }
    let stored = FixturesCheck.cases(texts)
    var counts = (evaluated: 0, held: 0)
    let made = try Fixtures(
      of: list, only: subjects, jobs: jobs,
      known: { id, index in
        if !full, !index.isMultiple(of: FixturesCheck.part), let known = stored[id] {
          counts.held += 1
          return known
        }
        counts.evaluated += 1
        return nil
      }, progress: progress)
    for file in made.files where file.path != Fixtures.manifest {
      guard listed.contains(file.path) else {
        findings.append("\(file.path): the file is not in \(Fixtures.manifest), and should be")
        continue
      }
      if let text = texts[file.path], let line = FixturesCheck.difference(text, file.text) {
        findings.append("\(file.path): \(line)")
      }
    }
    if subjects == nil {
      let expected = Set(made.files.map(\.path))
      for path in listed.subtracting(expected).sorted() { findings.append("\(path): no such file is made") }
      let counts = Dictionary(uniqueKeysWithValues: made.files.map { ($0.path, $0.cases) })
      for entry in manifest.files {
        guard let count = counts[entry.path], count != entry.cases else { continue }
        findings.append("\(entry.path): \(Fixtures.manifest) says \(entry.cases) cases, there are \(count)")
      }
      if findings.isEmpty, manifest.files.map(\.path) + [Fixtures.manifest] != made.files.map(\.path) {
        findings.append("\(Fixtures.manifest): the files are in another order")
      }
    }
    self.findings = findings
    files = made.files.count
    (evaluated, held) = counts
    otherGenerator = manifest.generator == Manifest.generator ? nil : "\(manifest.generator)"
  }

  /// The files in the folders that the list covers.
  private static func present(_ folder: String) -> [String] {
    ["invalid", "schema", "vectors"].flatMap { part in
      (FileManager.default.enumerator(atPath: "\(folder)/\(part)")?.compactMap { $0 as? String } ?? [])
        .map { "\(part)/\($0)" }
    }.sorted()
  }

  /// The cases of files by their ids; what cannot be read is left out and certified anew.
  private static func cases(_ texts: [String: String]) -> [String: VectorCase] {
    var result: [String: VectorCase] = [:]
    for (path, text) in texts where path.hasPrefix("vectors/") {
      guard let json = try? JSONValue(parsing: text), let subject = json["quantity"]?.text else { continue }
      for item in json["cases"]?.elements ?? [] {
        if let known = try? VectorCase(item, of: subject) { result[known.id] = known }
      }
    }
    return result
  }

  /// The first line in which a text is not the expected one.
  private static func difference(_ text: String, _ expected: String) -> String? {
    if text == expected { return nil }
    let (lines, made) = (
      text.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let place =
      zip(lines, made).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(lines.count, made.count)
    guard place < made.count else { return "line \(place + 1) is one too many" }
    let name = made[place].split(separator: "\"").dropFirst(3).first.map(String.init) ?? ""
    let what = made[place].contains("\"id\": \"") ? "case \(name)" : "'\(String(made[place]).abridged)'"
    return "line \(place + 1) is not as generated, \(what)"
  }
}
