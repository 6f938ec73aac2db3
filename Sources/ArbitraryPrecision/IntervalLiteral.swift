/// A reader of interval literals, from left to right.
struct IntervalLiteral {
  private let characters: [Character]
  private var place = 0

  init(_ text: some StringProtocol) {
    characters = Array(text.lowercased())
  }

  /// The whole text as one literal.
  mutating func interval(precision: Int) throws(IntervalTextError) -> Interval {
    skipSpaces()
    let result = take("[") ? try bracketed(precision) : try uncertain(precision)
    skipSpaces()
    if place < characters.count { throw fault("'\(characters[place])' after the end of the literal") }
    return result
  }

  // MARK: - Brackets

  private mutating func bracketed(_ precision: Int) throws(IntervalTextError) -> Interval {
    skipSpaces()
    if take("]") { return .empty(precision: precision) }
    for (word, set) in [("empty", Interval.empty(precision: precision)), ("entire", .entire(precision: precision))]
    where take(word) {
      try close()
      return set
    }
    let start = place
    let low: LiteralNumber = peek(",") ? .infinity(negative: true) : try number()
    skipSpaces()
    guard take(",") else {
      try close()
      guard case .finite = low else { throw fault("an interval of one infinity", at: start) }
      return Interval(unchecked: low.rounded(precision, .down), low.rounded(precision, .up))
    }
    skipSpaces()
    let high: LiteralNumber = peek("]") ? .infinity(negative: false) : try number()
    try close()
    guard try low.isAtMost(high, else: fault("ends of such size cannot be compared", at: start)) else {
      throw fault("the ends are out of order", at: start)
    }
    guard let result = Interval(low.rounded(precision, .down), high.rounded(precision, .up)) else {
      throw fault("both ends are the same infinity", at: start)
    }
    return result
  }

  private mutating func close() throws(IntervalTextError) {
    skipSpaces()
    guard take("]") else { throw fault("']' is expected here") }
  }

  // MARK: - Numbers

  private mutating func number() throws(IntervalTextError) -> LiteralNumber {
    let negative = sign()
    if take("infinity") || take("inf") { return .infinity(negative: negative) }
    if take("0x") { return try hexadecimal(negative) }
    let start = place
    let (digits, scale) = try mantissa(radix: 10)
    if take("/") {
      guard scale == nil else { throw fault("a numerator is an integer", at: start) }
      let from = place
      let (denominator, after) = try mantissa(radix: 10)
      guard after == nil, let n = Integer(decimal: digits), let d = Integer(decimal: denominator), d.signum != 0 else {
        throw fault("a denominator is an integer other than zero", at: from)
      }
      return .finite(.rational(Rational(negative ? -n : n, d)))
    }
    let exponent = take("e") ? try self.exponent() : 0
    return .finite(.decimal(signed(digits, negative), exponent - (scale ?? 0)))
  }

  /// Digits with at most one point: the digits without the point, and how many stood after it; nil when there was none.
  private mutating func mantissa(radix: Int) throws(IntervalTextError) -> (digits: String, scale: Int?) {
    var digits = ""
    var scale: Int?
    while place < characters.count {
      let character = characters[place]
      if character == ".", scale == nil {
        scale = 0
      } else if character.isASCII, character.hexDigitValue.map({ $0 < radix }) ?? false {
        digits.append(character)
        scale = scale.map { $0 + 1 }
      } else {
        break
      }
      place += 1
    }
    guard !digits.isEmpty else { throw fault("a number is expected here") }
    return (digits, scale)
  }

  private mutating func hexadecimal(_ negative: Bool) throws(IntervalTextError) -> LiteralNumber {
    let (digits, scale) = try mantissa(radix: 16)
    guard take("p") else { throw fault("'p' and an exponent of two are expected here") }
    let exponent = try self.exponent()
    guard let m = Integer(hexadecimal: digits) else { throw fault("a number is expected here") }
    return .finite(.binary(negative ? -m : m, exponent - 4 * (scale ?? 0)))
  }

  private mutating func exponent() throws(IntervalTextError) -> Int {
    let start = place
    let negative = sign()
    let (digits, scale) = try mantissa(radix: 10)
    guard scale == nil, let value = Int(digits), digits.count <= 10, value < 10_000_000_000 else {
      throw fault("the exponent is not an integer of at most 10 digits", at: start)
    }
    return negative ? -value : value
  }

  private mutating func sign() -> Bool {
    if take("-") { return true }
    _ = take("+")
    return false
  }

  private func signed(_ digits: String, _ negative: Bool) -> Integer {
    let value = Integer(decimal: digits) ?? 0
    return negative ? -value : value
  }

  // MARK: - About

  /// The form `m?r`: a decimal, a question mark, and an uncertainty in units of the last place of the decimal.
  private mutating func uncertain(_ precision: Int) throws(IntervalTextError) -> Interval {
    let negative = sign()
    let (digits, scale) = try mantissa(radix: 10)
    let middle = signed(digits, negative)
    guard take("?") else { throw fault("'[' before an interval, or '?' after a number, is expected") }
    // In tenths of the last place, for the half that stands when no digits do.
    var radius: Integer? = 5
    if take("?") {
      radius = nil
    } else if place < characters.count, characters[place].isASCII, characters[place].isNumber {
      let (units, after) = try mantissa(radix: 10)
      guard after == nil else { throw fault("the uncertainty is an integer") }
      radius = signed(units, false) * 10
    }
    let (up, down) = (take("u"), take("d"))
    if up && down { throw fault("'u' and 'd' exclude each other") }
    let exponent = (take("e") ? try self.exponent() : 0) - (scale ?? 0) - 1
    func end(_ shift: Integer?, _ rounding: Rounding) -> BigFloat {
      guard let shift else { return .infinity(negative: rounding == .down, precision: precision) }
      return LiteralNumber.finite(.decimal(middle * 10 + shift, exponent)).rounded(precision, rounding)
    }
    return Interval(
      unchecked: end(up ? 0 : radius.map { -$0 }, .down), end(down ? 0 : radius, .up))
  }

  // MARK: - Characters

  private mutating func take(_ word: String) -> Bool {
    guard characters[place...].starts(with: word) else { return false }
    place += word.count
    return true
  }

  private func peek(_ character: Character) -> Bool { place < characters.count && characters[place] == character }

  private mutating func skipSpaces() {
    while place < characters.count, characters[place].isWhitespace { place += 1 }
  }

  private func fault(_ message: String, at place: Int? = nil) -> IntervalTextError {
    let text = "\(message); accepted: [1.5, 7/3], [0x1.8p-3, inf], [empty], [entire], 3.56?1e2 and the like"
    return IntervalTextError(column: (place ?? self.place) + 1, message: text)
  }
}
