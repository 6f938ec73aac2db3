import ArbitraryPrecision

/// A piece of a formula's text.
struct Token: Hashable {
  enum Kind: Hashable {
    case number(Rational)
    case name(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  let column: Int

  /// The token as a message names it.
  var shown: String {
    switch kind {
    case .number: "number"
    case .name(let name): "'\(name)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "end"
    }
  }
}

/// Cuts a formula's text into numbers, names and symbols.
struct Tokenizer {
  /// The most bytes of a formula.
  static let greatestLength = 100_000

  private let bytes: [UInt8]
  private let symbols: [UInt8]
  private var position = 0

  /// - Parameters:
  ///   - isConstant: whether the comma between the arguments of a function is refused.
  ///   - allowsOperators: whether the symbols of adjoints, brackets and indices are read, too.
  ///   - allowsQuantities: whether the colon between a parameter and its value is read, too.
  init(
    _ text: String, isConstant: Bool = false, allowsOperators: Bool = false, allowsQuantities: Bool = false
  ) throws(ExpressionError) {
    bytes = Array(text.utf8)
    symbols =
      Array("+-*/^()=<>".utf8) + (isConstant ? [] : [0x2c]) + (allowsOperators ? Array("'[]{}".utf8) : [])
      + (allowsQuantities ? [0x3a] : [])
    guard bytes.count <= Tokenizer.greatestLength else {
      throw ExpressionError(
        .malformed, column: Tokenizer.greatestLength + 1,
        "the formula has \(bytes.count) bytes; accepted: at most \(Tokenizer.greatestLength)")
    }
  }

  static func tokens(
    _ text: String, isConstant: Bool = false, allowsOperators: Bool = false, allowsQuantities: Bool = false
  ) throws(ExpressionError) -> [Token] {
    var tokenizer = try Tokenizer(
      text, isConstant: isConstant, allowsOperators: allowsOperators, allowsQuantities: allowsQuantities)
    var tokens: [Token] = []
    repeat { tokens.append(try tokenizer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }

  private func isLetter(_ byte: UInt8?) -> Bool {
    byte.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || $0 == 0x5f } ?? false
  }

  private mutating func next() throws(ExpressionError) -> Token {
    while byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
    // Columns count characters; the text before may hold bytes of longer ones only if it was refused already.
    let column = position + 1
    guard let first = byte else { return Token(kind: .end, column: column) }
    let following = position + 1 < bytes.count ? bytes[position + 1] : nil
    if isDigit(first) || (first == 0x2e && isDigit(following)) {
      return Token(kind: .number(try number()), column: column)
    }
    if isLetter(first) {
      let start = position
      while isLetter(byte) || isDigit(byte) { position += 1 }
      return Token(kind: .name(text(start..<position)), column: column)
    }
    if (first == 0x3c || first == 0x3e) && following == 0x3d {
      position += 2
      return Token(kind: .symbol(first == 0x3c ? "<=" : ">="), column: column)
    }
    guard symbols.contains(first) else {
      let rest = String(decoding: bytes[position...], as: UTF8.self)
      let shown = rest.unicodeScalars.first.map(Tokenizer.shown) ?? ""
      throw ExpressionError(
        .malformed, column: column, "unexpected \(shown); accepted: numbers, names and + - * / ^ ( )")
    }
    position += 1
    return Token(kind: .symbol(text(position - 1..<position)), column: column)
  }

  /// A character as a message shows it: those that would not be seen, or would turn the line around, by their sort.
  private static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: "control character"
    default: "'\(scalar)'"
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func digits() -> Range<Int> {
    let start = position
    while isDigit(byte) { position += 1 }
    return start..<position
  }

  /// Reads `digits [. digits] [e [+-] digits]` exactly.
  private mutating func number() throws(ExpressionError) -> Rational {
    let column = position + 1
    let whole = digits()
    var fraction = position..<position
    if byte == 0x2e {
      position += 1
      fraction = digits()
      guard !fraction.isEmpty else {
        throw ExpressionError(.malformed, column: position + 1, "digits must follow the decimal point")
      }
    }
    var exponentText = ""
    if byte == 0x65 || byte == 0x45 {
      position += 1
      if byte == 0x2b || byte == 0x2d {
        if byte == 0x2d { exponentText = "-" }
        position += 1
      }
      let range = digits()
      guard !range.isEmpty else {
        throw ExpressionError(.malformed, column: position + 1, "digits must follow the exponent's e")
      }
      exponentText += text(range)
    }
    let all = text(whole) + text(fraction)
    let significant = all.drop { $0 == "0" }
    guard !significant.isEmpty else { return 0 }
    // 2^65536 < 10^19729: a leading digit at a place beyond 10^±19730 is refused by counting, before any power of ten
    // is formed. What passes is checked exactly where constants are checked.
    let limit = 19730
    let tooLarge = ExpressionError(
      .outOfRange, column: column, "the number is out of range; accepted: magnitudes from 2^-65536 to 2^65536, and 0")
    guard let exponent = exponentText.isEmpty ? 0 : Int(exponentText), abs(exponent) <= 4 * Tokenizer.greatestLength
    else { throw tooLarge }
    let leading = significant.utf8.count - 1 - fraction.count + exponent
    guard abs(leading) <= limit, let mantissa = Integer(decimal: significant) else { throw tooLarge }
    let power = exponent - fraction.count
    let scale = Integer(10).power(abs(power))
    return power >= 0 ? Rational(mantissa * scale) : Rational(mantissa, scale)
  }
}
