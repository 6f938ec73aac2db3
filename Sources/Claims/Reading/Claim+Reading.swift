import Catalogue
import YAMLText

extension Claim {
  /// The keys that claims of a kind have, or of any of some kinds.
  static func keys(of kinds: [any ClaimKind.Type]) -> [String] {
    let own = kinds.flatMap { $0.keys }
    let all =
      ["id", "equation", "title"] + own.filter { $0 == "statement" } + ["kind"] + own + ["cost", "expect", "reason"]
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Reads a claim.
  ///
  /// - Parameters:
  ///   - keys: its own keys, with those that stand around.
  ///   - source: the paper.
  init(
    _ keys: inout YAMLMapping, source: String, _ surroundings: ClaimFile.Surroundings
  ) throws(BadInput) {
    let kinds = surroundings.kinds
    let kindText = try? keys.text("kind")
    let kind = kindText.flatMap { kinds.kind(named: $0) }
    try keys.requireKeys(among: Claim.keys(of: kind.map { [$0] } ?? kinds.all)) { key in
      guard key == "quantities" else { return nil }
      let others = kinds.all.filter { $0.keys.contains(key) }.map { $0.name }.joined(separator: ", ")
      return "a quantity's value is known at points alone, for claims of the kinds \(others)"
    }
    id = try keys.requiredText("id")
    guard !id.isEmpty, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }) else {
      throw keys.fault("id", "'\(id)' is no id; accepted: letters, digits and . - _")
    }
    let kindName = try keys.requiredText("kind")
    guard let kind else {
      throw keys.fault("kind", "unknown kind '\(kindName)'; accepted: \(kinds.names.joined(separator: ", "))")
    }
    keys.sharable = Set(Claim.keys(of: [kind]))
    self.source = source
    equation = try keys.text("equation") ?? ""
    title = try keys.text("title") ?? ""
    reason = try keys.requiredText("reason")
    let cost = try keys.text("cost")
    guard cost == nil || cost == "long" else {
      throw keys.fault("cost", "'\(cost ?? "")' is refused; accepted: long")
    }
    isLong = cost == "long"
    let expectedText = try keys.requiredText("expect")
    guard let expected = Verdict(rawValue: expectedText) else {
      let accepted = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
      throw keys.fault("expect", "unknown verdict '\(expectedText)'; accepted: \(accepted)")
    }
    guard kind.verdicts.contains(expected) else {
      let accepted = kind.verdicts.map(\.rawValue).joined(separator: ", ")
      throw keys.fault("expect", "a claim of the kind '\(kindName)' cannot be \(expected); accepted: \(accepted)")
    }
    self.expected = expected
    var reader = ClaimReader(keys: keys, models: surroundings.models)
    content = try kind.init(reading: &reader)
    try reader.keys.requireNoOther()
    keys = reader.keys
  }
}
