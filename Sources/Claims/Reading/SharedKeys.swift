import Catalogue
import YAMLText

/// Keys that stand around claims, at the file or at a list of statements: each claim takes what it does not state
/// itself, where its kind has such a key.
///
/// `let`, `quantities`, and `for` of claims about formulas, are taken name by name; every other key as a whole.
struct SharedKeys {
  /// Tells these keys from others around the same claim.
  let id: Int
  let entries: [YAMLEntry.Key]
  /// The keys of which names alone are taken, never the whole.
  let namesAlone: Set<String>

  private let file: String
  private var uses: Set<Use> = []

  /// A key, or a name of its mapping, that a claim took.
  struct Use: Hashable {
    let id: Int
    let key: String
    var name: String?
  }

  /// The keys whose entries are taken name by name.
  static let byName: Set<String> = ["let", "for", "quantities"]

  init(id: Int, _ entries: [YAMLEntry.Key], file: String, namesAlone: Set<String> = []) {
    (self.id, self.entries, self.file, self.namesAlone) = (id, entries, file, namesAlone)
  }

  /// A key that may be taken as a whole.
  func entry(_ key: String) -> YAMLEntry.Key? {
    namesAlone.contains(key) ? nil : entries.first { $0.name == key }
  }

  mutating func note(_ more: Set<Use>) { uses.formUnion(more.filter { $0.id == id }) }

  /// Refuses what no claim took: keys, and names of mappings that are taken name by name.
  func requireUse(by claims: String) throws(BadInput) {
    for entry in entries where !uses.contains(Use(id: id, key: entry.name)) {
      guard SharedKeys.byName.contains(entry.name), case .mapping = entry.value.content else {
        throw BadInput(
          "\(file) line \(entry.line): \(entry.name): no claim of \(claims) takes it; accepted: keys that one takes")
      }
      let names = try YAMLMapping(entry.value, file: file, what: "'\(entry.name)'")
      for name in names.own where !uses.contains(Use(id: id, key: entry.name, name: name.name)) {
        throw BadInput(
          """
          \(file) line \(name.line): \(entry.name): '\(name.name)' is asked for by no claim of \(claims); accepted: \
          names that a formula asks for, where neither the claim nor a parameter has them
          """)
      }
    }
  }
}
