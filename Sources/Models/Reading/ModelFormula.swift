import Catalogue
import Expressions
import YAMLText

/// A formula of a model file with the place where it stands, abbreviations written out.
struct ModelFormula: Sendable {
  let expression: Expression
  let place: YAMLEntry

  /// The refusal of what a formula says, with its column.
  func fault(_ error: ExpressionError) -> BadInput { place.fault("\(error)") }

  func fault(_ message: String) -> BadInput { place.fault(message) }
}

extension YAMLEntry {
  /// What a parser makes of a text; its faults are those of the place.
  func parsed<T>(_ text: String, _ parse: (String) throws(ExpressionError) -> T) throws(BadInput) -> T {
    do { return try parse(text) } catch { throw fault("\(error)") }
  }

  /// A text that is not empty.
  func filledText() throws(BadInput) -> String {
    let text = try text()
    guard !text.allSatisfy(\.isWhitespace) else { throw fault("the value is missing; accepted: a text") }
    return text
  }

  /// Refuses texts and keys with brackets that do not match: mostly a formula with a comma inside `{...}`.
  func requireMatchingBrackets() throws(BadInput) {
    switch content {
    case .text(let text): if !YAMLText.bracketsMatch(text) { throw unmatched(text) }
    case .list(let list): for entry in list { try entry.requireMatchingBrackets() }
    case .mapping(let keys):
      for key in keys where !["title", "source", "meaning", "unit"].contains(key.name) {
        if !YAMLText.bracketsMatch(key.name) { throw key.value.unmatched(key.name) }
        try key.value.requireMatchingBrackets()
      }
    }
  }

  private func unmatched(_ text: String) -> BadInput {
    fault("'\(text.abridged)' has brackets that do not match; accepted: \(YAMLText.bracketAdvice)")
  }
}
