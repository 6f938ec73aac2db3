import ArbitraryPrecision
import RandomInputs

/// Texts of random constants, with corners: zero, ones, squares, and one small set of radicals so that they cancel.
extension SplitMix64 {
  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }

  /// A positive rational as a text.
  mutating func positiveRational() -> String {
    switch next() % 6 {
    case 0: pick(["1", "2", "4", "1/4", "9", "8", "0.5", "100"])
    case 1: "\(next() % 40 + 1)/\(next() % 30 + 1)"
    case 2: "\(next() % 9).\(next() % 999 + 1)"
    case 3: "\(next() % 9 + 1)e\(Int(next() % 9) - 4)"
    default: "\(next() % 12 + 1)"
    }
  }

  /// A rational as a text in parentheses.
  mutating func rationalText() -> String {
    next() % 12 == 0 ? "0" : next() % 2 == 0 ? "(\(positiveRational()))" : "(-\(positiveRational()))"
  }

  /// A sum or a product of rationals and a few square roots, and of pi when asked.
  mutating func algebraicText(_ levels: Int, pi: Bool = false) -> String {
    guard levels > 0 else {
      switch next() % (pi ? 4 : 3) {
      case 0, 1: return rationalText()
      case 2: return "sqrt(\(pick([2, 3, 5, 6, 8, 12, 1, 4])))"
      default: return "pi"
      }
    }
    let (a, b) = (algebraicText(levels - 1, pi: pi), algebraicText(Int(next() % UInt64(levels)), pi: pi))
    return "(\(a)\(pick(["+", "-", "*"]))\(b))"
  }

  /// A constant that is surely positive, by construction.
  mutating func positiveText(_ levels: Int) -> String {
    guard levels > 0 else {
      switch next() % 4 {
      case 0: return "pi"
      case 1: return "sqrt(\(next() % 20 + 1))"
      default: return "(\(positiveRational()))"
      }
    }
    let (a, b) = (positiveText(levels - 1), positiveText(Int(next() % UInt64(levels))))
    switch next() % 6 {
    case 0: return "sqrt(\(a))"
    case 1: return "(\(a))^\(Int(next() % 9) - 4)"
    default: return "(\(a)\(pick(["+", "*", "/"]))\(b))"
    }
  }

  /// A formula of rationals as a text, with its exact value; nil where it has none.
  mutating func rationalFormula(_ levels: Int) -> (text: String, value: Rational?) {
    guard levels > 0 else {
      let (p, q) = (Int(next() % 25) - 12, Int(next() % 12) + 1)
      return ("(\(p)/\(q))", Rational(Integer(p), Integer(q)))
    }
    let (a, b) = (rationalFormula(levels - 1), rationalFormula(Int(next() % UInt64(levels))))
    func combined(_ body: (Rational, Rational) -> Rational?) -> Rational? {
      guard let x = a.value, let y = b.value else { return nil }
      return body(x, y)
    }
    switch next() % 6 {
    case 0: return ("(\(a.text)+\(b.text))", combined { $0 + $1 })
    case 1: return ("(\(a.text)-\(b.text))", combined { $0 - $1 })
    case 2: return ("(\(a.text)*\(b.text))", combined { $0 * $1 })
    case 3: return ("(-\(a.text))", a.value.map { -$0 })
    case 4:
      let n = Int(next() % 7) - 3
      return ("(\(a.text)^\(n))", a.value.flatMap { n >= 0 || $0.signum != 0 ? $0.power(n) : nil })
    default: return ("(\(a.text)/\(b.text))", combined { $1.signum != 0 ? $0 / $1 : nil })
    }
  }
}
