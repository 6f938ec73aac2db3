/// A text of a formula in which names stand for the texts of numbers.
///
/// The names are replaced in the text, before it is read: so they may stand in exponents too, which must be integers by then.
public struct NamedText: Sendable, Hashable {
  /// The text as given.
  public let text: String
  /// The names in it that are neither `pi` nor functions.
  public let names: Set<String>

  /// - Returns: nil for a text that is no row of numbers, names and symbols.
  public init?(_ text: String) {
    guard let tokens = try? Tokenizer.tokens(text) else { return nil }
    self.text = text
    names = Set(tokens.compactMap(NamedText.name))
  }

  private static func name(_ token: Token) -> String? {
    guard case .name(let name) = token.kind, name != "pi", ElementaryFunction(rawValue: name) == nil else { return nil }
    return name
  }

  /// The text with the values of names in their places, in the form in which formulas are printed where it is one.
  public func filled(_ values: [String: String]) -> String {
    guard !names.isEmpty, let tokens = try? Tokenizer.tokens(text) else { return text }
    let bytes = Array(text.utf8)
    var (result, position) = ([UInt8](), 0)
    for token in tokens {
      guard let name = NamedText.name(token), let value = values[name] else { continue }
      let isPlain = value.utf8.allSatisfy { (0x30...0x39).contains($0) }
      result += bytes[position..<(token.column - 1)] + Array((isPlain ? value : "(\(value))").utf8)
      position = token.column - 1 + name.utf8.count
    }
    let filled = String(decoding: result + bytes[position...], as: UTF8.self)
    return (try? Expression(parsing: filled)).map { "\($0)" } ?? filled
  }
}
