import ArbitraryPrecision
import Expressions

extension Rational {
  /// A decimal as programs write it, with sign and exponent; nil for anything else, and out of the range of constants.
  public init?(decimal text: some StringProtocol) {
    var rest = Substring(text)
    func digits() -> Bool {
      let count = rest.prefix { $0.isASCII && $0.isNumber }.count
      rest = rest.dropFirst(count)
      return count > 0
    }
    if let sign = rest.first, sign == "+" || sign == "-" { rest = rest.dropFirst() }
    var hasDigits = digits()
    if rest.first == "." {
      rest = rest.dropFirst()
      hasDigits = digits() || hasDigits
    }
    guard hasDigits else { return nil }
    if let mark = rest.first, mark == "e" || mark == "E" {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == "+" || sign == "-" { rest = rest.dropFirst() }
      guard digits() else { return nil }
    }
    guard rest.isEmpty, let value = (try? Constant(parsing: String(text)))?.rational else { return nil }
    self = value
  }
}
