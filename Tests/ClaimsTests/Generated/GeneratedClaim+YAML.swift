/// Claims as texts.
extension GeneratedClaim {
  /// Names that stand in a formula.
  private var used: Set<String> {
    (Array(parts.values) + abbreviations.map(\.formula) + sector.flatMap { [$0, $1] }).reduce(into: []) {
      $0.formUnion($1.names)
    }
  }

  /// The lines of the claim in a file.
  var yaml: String {
    func flow(_ pairs: [(String, String)]) -> String {
      "{\(pairs.map { "\($0): \($1)" }.joined(separator: ", "))}"
    }
    func quoted(_ place: String) -> String { parts[place].map { "\"\($0)\"" } ?? "\"\"" }
    var lines = ["kind: \(kind)"]
    if kind == "misprint" {
      lines += [
        "printed: \"\(part("left")) = \(part("right"))\"",
        "derived: \"\(part("derived.left")) = \(part("derived.right"))\"",
      ]
      lines += ["as-printed: one", "as-derived: two", "depends: nothing"]
    } else {
      lines.append("statement: \"\(part("left")) = \(part("right"))\"")
    }
    var declared: [String: [(String, String)]] = [:]
    for (name, meaning) in meanings.sorted(by: { $0.key < $1.key })
    where isUsed(name, meaning) && !undeclared.contains(name) {
      switch meaning {
      case .parameter(let values): declared["for", default: []].append((name, values))
      case .operators(let kind): declared["operators", default: []].append((name, kind.rawValue))
      case .family(let kind): declared["families", default: []].append((name, kind.rawValue))
      case .coordinate(let momentum): declared["canonical", default: []].append((name, momentum))
      case .coordinates(let momentum): declared["canonical-families", default: []].append((name, momentum))
      case .cells:
        lines.append("cells: \(name)")
        if sizes == nil { declared["for", default: []].append((name, "integers")) }
      }
    }
    for key in ["operators", "families", "canonical", "canonical-families"] {
      if let pairs = declared[key] { lines.append("\(key): \(flow(pairs))") }
    }
    if let sizes { lines.append("sizes: \(sizes.lowerBound) ... \(sizes.upperBound)") }
    if !abbreviations.isEmpty { lines.append("let: \(flow(abbreviations.map { ($0.name, "\"\($0.formula)\"") }))") }
    for key in ["hamiltonian", "observable"] where parts[key] != nil { lines.append("\(key): \(quoted(key))") }
    if let variable { lines.append("variable: \(variable)") }
    if !unknowns.isEmpty { lines.append("unknowns:") }
    for unknown in unknowns {
      let keys = ["observable", "equation", "initial", "solution"].filter { parts["\(unknown).\($0)"] != nil }
      lines.append("  \(unknown): \(flow(keys.map { ($0, quoted("\(unknown).\($0)")) }))")
    }
    if !sector.isEmpty { lines.append("sector: \(flow(sector.map { ("\"\($0)\"", "\"\($1)\"") }))") }
    lines.append("for: \(isOpen ? "all" : flow(declared["for"] ?? []))")
    return (lines + more).joined(separator: "\n")
  }

  /// A file that holds the claim alone.
  var file: String {
    let lines = "id: test\n\(yaml)\nexpect: undecided\nreason: test".split(
      separator: "\n", omittingEmptySubsequences: false)
    return "source: test\nclaims:\n  - " + lines.joined(separator: "\n    ") + "\n"
  }

  /// The same claim with its names at the file and its other settings at a list of statements.
  var sharingFile: String {
    var (file, list, own) = (["source: test"], [String](), ["- id: test", "  expect: undecided", "  reason: test"])
    for line in yaml.split(separator: "\n") {
      switch line.prefix(while: { $0 != ":" }) {
      case "let", "for": file.append(String(line))
      case "statement": own.append("  \(line)")
      default: list.append(String(line))
      }
    }
    let members = list + ["statements:"] + own.map { "  \($0)" }
    return (file + ["claims:", "  - " + members.joined(separator: "\n    ")]).joined(separator: "\n") + "\n"
  }

  /// Whether a formula of the claim has a name that a meaning is for.
  func isUsed(_ name: String, _ meaning: Meaning) -> Bool {
    switch meaning {
    case .parameter, .operators, .family, .coordinate, .coordinates: !used.isDisjoint(with: meaning.names(name))
    case .cells:
      meanings.contains { other, meaning in
        switch meaning {
        case .family, .coordinates: isUsed(other, meaning)
        default: false
        }
      }
    }
  }
}
