import ArbitraryPrecision
import Expressions

/// A checked value of a parameter, with the text that it was given as.
struct Argument: Sendable {
  enum Content: Sendable {
    case integer(Integer)
    case real(Constant)
    case choice(String)
    case matrix(ExactMatrix)
    case integers([Int])
  }

  let text: String
  let content: Content

  /// The number; nil for what is none.
  var constant: Constant? {
    switch content {
    case .integer(let value): Constant(Rational(value))
    case .real(let value): value
    case .choice, .matrix, .integers: nil
    }
  }
}

/// Numbers are the same when they are the same rational or the same formula; how they are written does not matter.
extension Argument: Hashable {
  private enum Identity: Hashable {
    case rational(Rational)
    case formula(Expression)
    case word(String)
    case matrix(ExactMatrix)
    case integers([Int])
  }

  private var identity: Identity {
    switch content {
    case .integer(let value): .rational(Rational(value))
    case .real(let value): value.rational.map { .rational($0) } ?? .formula(value.expression)
    case .choice(let word): .word(word)
    case .matrix(let matrix): .matrix(matrix)
    case .integers(let integers): .integers(integers)
    }
  }

  static func == (a: Argument, b: Argument) -> Bool { a.identity == b.identity }

  func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}
