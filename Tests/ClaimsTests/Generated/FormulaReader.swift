/// Reads the formulas in the tables of this folder: the grammar of `docs/expressions.md`, read once more.
struct FormulaReader {
  private let text: String
  private var rest: Substring

  /// A formula of a table.
  static func formula(_ text: String) -> Formula {
    var reader = FormulaReader(text)
    let formula = reader.sum()
    precondition(reader.rest.isEmpty, "'\(text)' ends before '\(reader.rest)'")
    return formula
  }

  /// Both sides of an equality of a table.
  static func equality(_ text: String) -> Equality {
    let sides = text.split(separator: "=")
    precondition(sides.count == 2, "'\(text)' is no equality")
    return Equality(left: formula(String(sides[0])), right: formula(String(sides[1])))
  }

  private init(_ text: String) {
    self.text = text
    rest = text[...]
    skipSpaces()
  }

  private mutating func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\n" } }

  private mutating func accept(_ characters: String) -> Character? {
    guard let next = rest.first, characters.contains(next) else { return nil }
    rest.removeFirst()
    skipSpaces()
    return next
  }

  private mutating func require(_ character: String) {
    precondition(accept(character) != nil, "'\(text)': '\(character)' is missing before '\(rest)'")
  }

  private mutating func word() -> String {
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    precondition(!word.isEmpty, "'\(text)': unexpected '\(rest)'")
    rest.removeFirst(word.count)
    skipSpaces()
    return String(word)
  }

  private mutating func sum() -> Formula {
    var result = product()
    while let sign = accept("+-") { result = .binary(sign, result, product()) }
    return result
  }

  private mutating func product() -> Formula {
    var result = signed()
    while let sign = accept("*/") { result = .binary(sign, result, signed()) }
    return result
  }

  private mutating func signed() -> Formula {
    if accept("-") != nil { return .negation(signed()) }
    var base = primary()
    while accept("'") != nil { base = .adjoint(base) }
    return accept("^") == nil ? base : .binary("^", base, signed())
  }

  private mutating func primary() -> Formula {
    if accept("(") != nil {
      defer { require(")") }
      return sum()
    }
    if accept("[") != nil {
      let (a, b) = pair()
      require("]")
      return .commutator(a, b)
    }
    if accept("{") != nil {
      let (a, b) = pair()
      require("}")
      return .poisson(a, b)
    }
    let word = word()
    if let number = Int(word) { return .number(number) }
    if rest.first == "[" {
      require("[")
      defer { require("]") }
      return .member(word, index: self.word())
    }
    guard accept("(") != nil else { return .name(word) }
    defer { require(")") }
    if word == "sum" || word == "diff" {
      let name = self.word()
      require(",")
      return word == "sum" ? .sum(index: name, sum()) : .derivative(in: name, sum())
    }
    var arguments = [sum()]
    while accept(",") != nil { arguments.append(sum()) }
    return .call(word, arguments)
  }

  private mutating func pair() -> (Formula, Formula) {
    let first = sum()
    require(",")
    return (first, sum())
  }
}

/// Two formulas that are said to be equal.
struct Equality: Hashable, Sendable {
  var left: Formula
  var right: Formula

  /// The equality with both sides changed alike.
  func map(_ change: (Formula) -> Formula) -> Equality { Equality(left: change(left), right: change(right)) }
}

extension Equality: CustomStringConvertible {
  var description: String { "\(left) = \(right)" }
}
