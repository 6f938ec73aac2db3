import Catalogue
import Symbolic
import YAMLText

/// Names that are given around a claim about formulas: those of its file and of the lists that it stands in, the
/// nearest first. They are taken when a formula asks for them, and hidden by those that the claim gives itself.
struct SharedNames {
  /// A mapping of names, and the keys around that it is one of.
  typealias Mapping = (id: Int, mapping: YAMLMapping)

  /// Abbreviations.
  let abbreviations: [Mapping]
  /// Parameters with their values.
  let domains: [Mapping]
  /// Whether every other name is taken for a real number, as `for: all` says.
  let isOpen: Bool
  /// Whether the values of parameters are said here or around.
  let hasDomains: Bool
  /// What was taken.
  private(set) var uses: Set<SharedKeys.Use> = []
  /// The abbreviations that are being written out.
  var open: Set<String> = []

  /// Nothing.
  init() { (abbreviations, domains, isOpen, hasDomains) = ([], [], false, false) }

  init(_ keys: inout YAMLMapping) throws(BadInput) {
    abbreviations = try keys.mappingsAround("let")
    if keys.keys.contains("for"), case .text(let text)? = keys.entry("for")?.content {
      guard text == "all" else {
        throw keys.fault("for", "'\(text)' is refused; accepted: all, or each name with its values")
      }
      // What is said of all names leaves none to look up.
      (domains, isOpen, hasDomains) = ([], true, true)
      return
    }
    let isClosed = keys.keys.contains("for")
    var (found, isOpen): ([Int], Bool) = ([], false)
    for layer in keys.around {
      guard let entry = layer.entries.first(where: { $0.name == "for" }) else { continue }
      guard case .text(let text) = entry.value.content else {
        found.append(layer.id)
        continue
      }
      guard text == "all" else {
        throw BadInput(
          """
          \(keys.file) line \(entry.line): for: '\(text)' is refused; accepted: all, or each name with its \
          values
          """)
      }
      // Names that the claim lists itself are all that it has; so `all` around it is for others.
      guard !isClosed else { break }
      isOpen = true
      uses.insert(.init(id: layer.id, key: "for"))
      break
    }
    domains = try keys.mappingsAround("for").filter { found.contains($0.id) }
    self.isOpen = isOpen
    hasDomains = isClosed || isOpen || !found.isEmpty
  }

  /// The nearest of some mappings that gives a name; the identities of nearer ones are greater.
  func mapping(of name: String, _ mappings: KeyPath<SharedNames, [Mapping]>) -> Mapping? {
    self[keyPath: mappings].first { $0.mapping.keys.contains(name) }
  }

  /// Whether a name is given around.
  func contains(_ name: String) -> Bool { (abbreviations + domains).contains { $0.mapping.keys.contains(name) } }

  /// The names that are given around.
  var names: [String] { (abbreviations + domains).flatMap(\.mapping.keys) }

  /// Takes the values that are given around for the number of cells, where they are what it has: integers. Others are
  /// hidden.
  mutating func noteCells(_ name: String) throws(BadInput) {
    guard case (let id, var mapping)? = mapping(of: name, \.domains), try mapping.domain(name) == .integers else {
      return
    }
    note(id, "for", name)
  }

  mutating func note(_ id: Int, _ key: String, _ name: String) {
    uses.insert(.init(id: id, key: key, name: name))
  }
}

extension Vocabulary {
  /// Whether a name is given around the claim, and stands for nothing in it so far.
  func isShared(_ name: String) -> Bool { !isDeclared(name) && shared.contains(name) }

  /// The names around the claim that may stand in a formula, beside those that stand for something already.
  var sharedNames: [String] { shared.names.filter { isShared($0) && !shared.open.contains($0) } }

  /// Declares a name as what it is around the claim; leaves others alone.
  mutating func declareShared(_ name: String, _ reading: Reading) throws(BadInput) {
    guard isShared(name) else { return }
    guard indices[name] == nil else {
      throw reading.fault("\(Vocabulary.isIndex(name)); accepted: another name, or the index within its sum")
    }
    guard name != "t" || !isTimeHidden else {
      throw reading.fault(
        """
        't' is the time here, and stands around the claim; accepted: the claim's own 'variable', or its own 't' in \
        'for' or 'let'
        """)
    }
    let (abbreviation, domain) = (shared.mapping(of: name, \.abbreviations), shared.mapping(of: name, \.domains))
    if let (id, mapping) = abbreviation, id > domain?.id ?? -1 {
      guard shared.open.insert(name).inserted else {
        throw mapping.fault(name, "stands for itself; accepted: abbreviations that stand above")
      }
      let written = try self.abbreviation(name, in: mapping, mapping, name)
      shared.open.remove(name)
      try declare([name], as: .abbreviation(written), mapping, name)
      shared.note(id, "let", name)
    } else if case (let id, var mapping)? = domain {
      try declare([name], as: .parameter(try mapping.domain(name)), mapping, name)
      shared.note(id, "for", name)
    }
  }
}
