import Catalogue
import JSON

/// Failures and abstentions that are known and must stay exactly as they are.
public struct KnownFailures: Sendable {
  struct Entry: Sendable {
    let id: String
    let verdict: AnswerVerdict
    let reason: String
  }

  let entries: [Entry]

  /// No known failures.
  public static let none = KnownFailures(entries: [])

  init(entries: [Entry]) { self.entries = entries }

  /// Reads `{"failures": [{"id": "...", "verdict": "disagrees", "reason": "..."}]}`.
  ///
  /// - Throws: `BadInput` that names the entry and what is wrong with it.
  public init(file: String) throws(BadInput) {
    let json = try VectorStore.read(file, option: "--known-failures", accepted: "a JSON file of known failures")
    guard let members = json.objectMembers, members.map(\.key) == ["failures"], let items = json["failures"]?.elements
    else {
      throw BadInput("--known-failures: '\(file.abridged)' is no list; accepted: an object with the array 'failures'")
    }
    let listable = AnswerVerdict.allCases.filter { $0.isFailure || $0 == .skipped }
    let accepted = listable.map(\.rawValue).joined(separator: ", ")
    var entries: [Entry] = []
    for (index, item) in items.enumerated() {
      let place = "--known-failures: failure \(index + 1)"
      guard let id = item["id"]?.text, let name = item["verdict"]?.text, let reason = item["reason"]?.text else {
        throw BadInput("\(place) has no 'id', 'verdict' or 'reason'; accepted: all three, as strings")
      }
      guard let verdict = AnswerVerdict(rawValue: name), listable.contains(verdict) else {
        throw BadInput("\(place): unknown verdict '\(name.abridged)'; accepted: \(accepted)")
      }
      guard !entries.contains(where: { $0.id == id }) else {
        throw BadInput("\(place): \(id.abridged) is listed twice; accepted: each id once")
      }
      entries.append(Entry(id: id, verdict: verdict, reason: reason))
    }
    self.entries = entries
  }

  /// The cases that are listed as abstentions.
  var abstentions: Set<String> { Set(entries.filter { $0.verdict == .skipped }.map(\.id)) }

  /// What is not as listed, a line each.
  ///
  /// - Parameters:
  ///   - verdicts: of all cases that were asked.
  ///   - known: the ids that there are, asked or not.
  func surprises(_ verdicts: [(id: String, verdict: AnswerVerdict)], known: Set<String>) -> [String] {
    let listed = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0.verdict) })
    var lines = entries.filter { !known.contains($0.id) }.map {
      "\($0.id) is listed as a known failure and does not exist"
    }
    for (id, verdict) in verdicts {
      switch listed[id] {
      case nil where verdict.isFailure: lines.append("\(id) \(verdict.rawValue)")
      case .some(let expected) where expected != verdict:
        lines.append("\(id) is listed as \(expected.rawValue) and is \(verdict.rawValue)")
      default: break
      }
    }
    return lines
  }
}
