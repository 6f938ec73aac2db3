import Catalogue
import Expressions
import YAMLText

/// A quantity of a model: a formula of figures of merit.
struct FigureDeclaration: Sendable {
  let name: String
  let value: ModelFormula
  /// The probabilities of product states, by the names that stand for them in the formula.
  let weights: [String: [Assignment]]
  let unit: String
  let meaning: String
  /// The names in the formula as it is written.
  private let mentioned: Set<String>

  /// A factor or a cell with its state.
  struct Assignment: Sendable {
    let place: PartDeclaration.Place
    let word: StateWord
  }

  init(
    _ key: YAMLEntry.Key, _ factors: [FactorDeclaration], _ names: inout ModelNames
  ) throws(BadInput) {
    name = key.name
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      throw key.value.fault("'\(name.abridged)' is no name of a quantity; accepted: letters, digits, hyphens")
    }
    let keys = try key.value.keys(among: ["value", "unit", "meaning"])
    guard let entry = keys.first(where: { $0.name == "value" })?.value else {
      throw key.value.fault("the key 'value' is missing; accepted: a formula such as mean(battery)")
    }
    let formulaText = try entry.filledText()
    let (formula, found) = try Self.extractingWeights(formulaText, entry)
    var weights: [String: [Assignment]] = [:]
    for (placeholder, inside) in found {
      weights[placeholder] = try Self.assignments(inside, entry, factors, &names)
    }
    self.weights = weights
    value = try names.formula(formula, entry, .value, Set(weights.keys))
    mentioned = (try? Expression(parsingModel: formula))?.variables ?? []
    func text(_ name: String) throws(BadInput) -> String? {
      try keys.first { $0.name == name }.map { key throws(BadInput) in try key.value.text() }
    }
    unit = try text("unit") ?? "1"
    meaning = try text("meaning") ?? formulaText
  }

  /// Whether the formula names a part.
  func mentions(_ part: PartDeclaration) -> Bool { mentioned.contains(part.name) }

  /// The formula with a name in the place of each `weight(...)`, of the same length so that columns stay, and what
  /// stands in the parentheses.
  private static func extractingWeights(
    _ text: String, _ entry: YAMLEntry
  ) throws(BadInput) -> (formula: String, found: [(name: String, inside: String)]) {
    var (formula, rest) = ("", text[...])
    var found: [(name: String, inside: String)] = []
    while let range = rest.range(of: "weight(") {
      let before = rest[..<range.lowerBound].last
      formula += rest[..<range.lowerBound]
      var (depth, end) = (1, range.upperBound)
      while end < rest.endIndex {
        if rest[end] == "(" { depth += 1 }
        if rest[end] == ")" { depth -= 1 }
        if depth == 0 { break }
        end = rest.index(after: end)
      }
      let inside = rest[range.upperBound..<end]
      guard before.map({ !$0.isLetter && !$0.isNumber && $0 != "_" }) ?? true, end < rest.endIndex,
        inside.contains("="), found.count < 100
      else { throw entry.fault("'weight' stands alone; accepted: weight(q = up, a = fock(0)), at most 100 of them") }
      let name = "\(ModelNames.weightPrefix)\(found.count)"
      found.append((name, String(inside)))
      let length = rest.distance(from: range.lowerBound, to: end) + 1
      formula += name + String(repeating: " ", count: max(length - name.count, 0))
      rest = rest[rest.index(after: end)...]
    }
    return (formula + rest, found)
  }

  private static func assignments(
    _ text: String, _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ names: inout ModelNames
  ) throws(BadInput) -> [Assignment] {
    var (pieces, depth) = ([""], 0)
    for character in text {
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      if character == ",", depth == 0 { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
    }
    var result: [Assignment] = []
    for piece in pieces {
      let sides = piece.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw entry.fault("'\(piece.abridged)' gives no state; accepted: weight(q = up, a = fock(0))")
      }
      let place = try PartDeclaration.Place(String(sides[0]), entry, &names)
      let word = try StateWord(String(sides[1]), entry, of: factors[place.factor], &names)
      result.append(Assignment(place: place, word: word))
    }
    return result
  }
}
