import Catalogue
import YAMLText

/// Reads the claims of a file, with the keys that stand around them.
struct ClaimListReader {
  private let file: String
  private let source: String
  private let surroundings: ClaimFile.Surroundings
  /// What stands around the claims that are read now, the nearest first.
  private var around: [SharedKeys] = []
  private var nextID = 0
  private var ids: Set<String> = []

  /// The claims that were read.
  private(set) var claims: [Claim] = []

  /// - Parameter keys: those of the file, of which `let`, `for` and `defaults` are taken.
  init(
    file: String, source: String, surroundings: ClaimFile.Surroundings, _ keys: inout YAMLMapping
  ) throws(BadInput) {
    (self.file, self.source, self.surroundings) = (file, source, surroundings)
    let names = ["let", "for"].compactMap { key in keys.own.first { $0.name == key } }
    for entry in names {
      if case .text("all") = entry.value.content, entry.name == "for" { continue }
      _ = try YAMLMapping(entry.value, file: file, what: "'\(entry.name)'")
    }
    if !names.isEmpty { try add(names, namesAlone: ["let", "for"]) }
    if let defaults = try keys.mapping("defaults") {
      for key in ["let", "for"] where defaults.keys.contains(key) {
        throw defaults.fault(key, "is no default; accepted: '\(key)' at the file or at a list of statements")
      }
      try requireKnown(defaults, but: ["id", "statement"])
      try add(defaults.own)
    }
  }

  /// Reads the members of a list: claims, and lists of statements with the keys that these share.
  mutating func read(_ items: [YAMLEntry]) throws(BadInput) {
    for item in items {
      var keys = try YAMLMapping(item, file: file, what: "a claim")
      if keys.keys.contains("statements") {
        try readStatements(keys)
      } else {
        keys.around = around
        let claim = try Claim(&keys, source: source, surroundings)
        guard ids.insert(claim.id).inserted else {
          throw BadInput("\(file) line \(item.line): the id '\(claim.id)' is used twice; accepted: once")
        }
        claims.append(claim)
        for index in around.indices { around[index].note(keys.uses) }
      }
    }
  }

  private mutating func readStatements(_ keys: YAMLMapping) throws(BadInput) {
    var keys = keys
    try requireKnown(keys, but: ["id"], and: ["statements"])
    guard case .list(let items)? = keys.entry("statements")?.content, !items.isEmpty else {
      throw keys.fault("statements", "must be a list of claims, with at least one")
    }
    try add(keys.own.filter { $0.name != "statements" })
    try read(items)
    try around.removeFirst().requireUse(by: "the list")
  }

  /// Refuses what no claim of the file took.
  func requireUse() throws(BadInput) {
    for keys in around.reversed() { try keys.requireUse(by: "the file") }
  }

  private mutating func add(
    _ entries: [YAMLEntry.Key], namesAlone: Set<String> = []
  ) throws(BadInput) {
    var seen: [String: String] = [:]
    for entry in entries where SharedKeys.byName.contains(entry.name) {
      guard case .mapping = entry.value.content else { continue }
      for name in try YAMLMapping(entry.value, file: file, what: "'\(entry.name)'").own {
        if let other = seen.updateValue(entry.name, forKey: name.name) {
          throw BadInput(
            "\(file) line \(name.line): \(entry.name): '\(name.name)' is given in '\(other)' already; accepted: once")
        }
      }
    }
    around.insert(SharedKeys(id: nextID, entries, file: file, namesAlone: namesAlone), at: 0)
    nextID += 1
  }

  /// Refuses keys that no kind has, and those that each claim states itself.
  private func requireKnown(
    _ keys: YAMLMapping, but own: Set<String>, and more: [String] = []
  ) throws(BadInput) {
    try keys.requireKeys(among: more + Claim.keys(of: surroundings.kinds.all).filter { !own.contains($0) })
  }
}
