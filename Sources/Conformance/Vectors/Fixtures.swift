import Catalogue
import Foundation
import JSON
import RigorousNumerics

/// The files of certified vectors, as they are made.
public struct Fixtures: Sendable {
  /// A file: where it goes, its text and the number of its cases.
  struct File: Sendable {
    let path: String
    let text: String
    let cases: Int
  }

  /// The name of the list of all files.
  static let manifest = "MANIFEST.json"
  /// The most seconds of one value.
  static let secondsOfValue = 120.0
  /// The most bits of values that may be left out: those of a zero that is not seen.
  private static let bitsOfUntold = 2048

  let files: [File]
  /// The cases that were left out, each with the reason.
  public let leftOut: [String]

  /// All files, every value certified now.
  ///
  /// - Parameters:
  ///   - list: the subjects with their cases.
  ///   - subjects: names of subjects, nil for all.
  ///   - jobs: how many values are certified at a time.
  ///   - progress: called with the name of a subject before each of its cases, on some thread.
  /// - Throws: `Undecided` for a case without its digits; `BadInput` for an invalid one that is not refused.
  public init(
    of list: SubjectList, only subjects: Set<String>? = nil, jobs: Int = 1,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    try self.init(of: list, only: subjects, jobs: jobs, known: { _, _ in nil }, progress: progress)
  }

  /// A case, with the value that it is known to have.
  private struct Task: Sendable {
    let subject: Subject
    let input: CaseList.Input
    let leavesOutUntold: Bool
    let known: VectorCase?

    func made() throws -> Made {
      if let known { return .made(VectorCase(input, of: subject, valueOf: known)) }
      if leavesOutUntold { return try Fixtures.told(input, subject) }
      return .made(try VectorCase(input, of: subject, within: Budget(seconds: Fixtures.secondsOfValue)))
    }
  }

  private enum Made: Sendable {
    case made(VectorCase)
    case leftOut(String)

    var value: VectorCase? { if case .made(let value) = self { value } else { nil } }
  }

  /// The same, with values that are taken as they are, for checks of a part: `known` gives them by id and place in the
  /// list.
  init(
    of list: SubjectList, only subjects: Set<String>?, jobs: Int,
    known: (_ id: String, _ index: Int) -> VectorCase?, progress: @escaping @Sendable (String) -> Void
  ) throws {
    var tasks: [Task] = []
    var lists: [(subject: Subject, cases: CaseList, tasks: Range<Int>)] = []
    for subject in list.all where subjects?.contains(subject.name) ?? true {
      guard let cases = list.cases(of: subject), cases.reasonForNone == nil else { continue }
      let first = tasks.count
      for (index, input) in cases.inputs(subject.parameters).enumerated() {
        let known = known(VectorCase.id(subject.name, input.number), index)
        tasks.append(Task(subject: subject, input: input, leavesOutUntold: cases.leavesOutUntold, known: known))
      }
      lists.append((subject, cases, first..<tasks.count))
    }
    let all = tasks
    let made = try Jobs.map(all, jobs: jobs, started: { progress(all[$0].subject.name) }, { try $0.made() })
    var vectors: [File] = []
    var invalid: [File] = []
    for (subject, cases, range) in lists {
      vectors.append(Fixtures.vectors(of: subject, made[range].compactMap(\.value)))
      let faults = InvalidCase.all(of: subject, cases, from: range.isEmpty ? [] : all[range.lowerBound].input.values)
      for fault in faults { try Fixtures.requireRefusal(fault, subject) }
      if !faults.isEmpty { invalid.append(Fixtures.invalid(of: subject, faults)) }
    }
    let content = Schemas.files + vectors + invalid
    files = content + [Fixtures.manifest(of: content)]
    leftOut = made.compactMap { if case .leftOut(let reason) = $0 { reason } else { nil } }
  }

  /// The case of an input that has a value with the digits of vectors, or why it is left out.
  private static func told(_ input: CaseList.Input, _ subject: Subject) throws -> Made {
    func leftOut(_ reason: String) -> Made { .leftOut("\(VectorCase.id(subject.name, input.number)): \(reason)") }
    do {
      return .made(
        try VectorCase(input, of: subject, within: Budget(bits: bitsOfUntold, seconds: secondsOfValue)))
    } catch let fault as BadInput where fault.isUndefined {
      return leftOut(fault.message)
    } catch let question as Undecided {
      return leftOut(question.reason)
    } catch let refusal as Unanswered {
      return leftOut(refusal.reason)
    }
  }

  // MARK: - Files

  static func vectors(of subject: Subject, _ cases: [VectorCase]) -> File {
    let used = CaseFlag.allCases.filter { flag in cases.contains { $0.flags.contains(flag) } }
    return File(
      path: "vectors/\(subject.name).json",
      text: text(
        head(subject) + [.init("flags", .object(used.map { .init($0.rawValue, .string($0.note)) }))],
        items: "cases", cases.map(\.json)), cases: cases.count)
  }

  static func invalid(of subject: Subject, _ cases: [InvalidCase]) -> File {
    File(
      path: "invalid/\(subject.name).json",
      text: text(
        head(subject), items: "cases",
        cases.map {
          .members([
            "id": .string($0.id), "parameters": VectorCase.json($0.parameters), "fault": .string($0.fault),
          ])
        }), cases: cases.count)
  }

  private static func head(_ subject: Subject) -> [JSONValue.Member] {
    let parameters = subject.parameters.map {
      JSONValue.members(["name": .string($0.name), "kind": .string($0.kind.rawValue), "accepted": .string($0.accepted)])
    }
    return [
      .init("format", .integer(1)), .init("quantity", .string(subject.name)), .init("unit", .string(subject.unit)),
      .init("scale", .string(subject.scaleText)), .init("meaning", .string(subject.meaning)),
      .init("source", .string(subject.source.text)), .init("origin", origin(subject.source)),
      .init("parameters", .array(parameters)),
    ]
  }

  /// The source as data.
  private static func origin(_ source: Source) -> JSONValue {
    func texts(_ items: [String]) -> JSONValue { .array(items.map { .string($0) }) }
    return .members([
      "references": .array(
        source.references.map {
          .members([
            "paper": .string($0.paper), "sections": texts($0.sections), "equations": texts($0.equations),
            "text": $0.text.map { .string($0) } ?? .null,
          ])
        }),
      "derivation": source.derivation.map {
        .members(["file": .string($0.file), "heading": .string($0.heading)])
      } ?? .null,
    ])
  }

  static func manifest(of files: [File]) -> File {
    let entries = files.map {
      JSONValue.members([
        "path": .string($0.path), "sha256": .string(SHA256.hexadecimal(Array($0.text.utf8))),
        "cases": .integer($0.cases),
      ])
    }
    return File(
      path: manifest,
      text: text([.init("format", .integer(1)), .init("generator", Manifest.generator)], items: "files", entries),
      cases: 0)
  }

  /// An object with a line for each key and a line for each of its items: changes of cases are changes of lines.
  private static func text(_ members: [JSONValue.Member], items: String, _ values: [JSONValue]) -> String {
    var text = "{\n"
    for member in members { text += "  \(JSONValue.string(member.key)): \(member.value),\n" }
    text += "  \(JSONValue.string(items)): [\n"
    text += values.map { "    \($0)" }.joined(separator: ",\n")
    return text + "\n  ]\n}\n"
  }

  /// The suite itself must refuse what others must refuse.
  private static func requireRefusal(_ fault: InvalidCase, _ subject: Subject) throws {
    do {
      _ = try subject.certified(fault.parameters, .relative(digits: 10), Budget(seconds: 10))
    } catch is BadInput {
      return
    }
    throw BadInput("\(fault.id): the suite does not refuse it; accepted: inputs that must be refused")
  }
}

extension Fixtures {
  /// Writes the files, each beside its place and renamed; files of an older list that are no longer made are removed.
  ///
  /// - Throws: `BadInput` when a file cannot be written.
  public func write(to folder: String) throws(BadInput) {
    let top = URL(fileURLWithPath: folder)
    let made = Set(files.map(\.path))
    let old = (try? Manifest(folder: folder))?.files.map(\.path) ?? []
    do {
      for file in files {
        let url = top.appending(path: file.path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url, options: .atomic)
      }
      for path in old where !made.contains(path) { try? FileManager.default.removeItem(at: top.appending(path: path)) }
    } catch {
      throw BadInput("--vectors: '\(folder.abridged)' cannot be written; accepted: a folder")
    }
  }

  /// The numbers of valid and invalid cases.
  public var counts: (valid: Int, invalid: Int) {
    func count(_ prefix: String) -> Int { files.filter { $0.path.hasPrefix(prefix) }.reduce(0) { $0 + $1.cases } }
    return (count("vectors/"), count("invalid/"))
  }
}
