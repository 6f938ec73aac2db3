/// A formula of a generated claim: a tree, and the text that a user would write.
///
/// It shares no code with the engine, whose reader of formulas is tested by it as well.
indirect enum Formula: Hashable, Sendable {
  case number(Int)
  /// A name of a number or an operator, and `pi` and `i`.
  case name(String)
  /// `b[j]`: a family and an index, a name or a number.
  case member(String, index: String)
  case negation(Formula)
  /// One of + - * / ^.
  case binary(Character, Formula, Formula)
  /// A function of one or two arguments.
  case call(String, [Formula])
  case adjoint(Formula)
  case commutator(Formula, Formula)
  case poisson(Formula, Formula)
  case sum(index: String, Formula)
  case derivative(in: String, Formula)

  static func + (a: Formula, b: Formula) -> Formula { .binary("+", a, b) }
  static func - (a: Formula, b: Formula) -> Formula { .binary("-", a, b) }
  static func * (a: Formula, b: Formula) -> Formula { .binary("*", a, b) }
  static func / (a: Formula, b: Formula) -> Formula { .binary("/", a, b) }
  static func ^ (a: Formula, n: Int) -> Formula { .binary("^", a, .number(n)) }
}

extension Formula {
  /// The parts, in the order in which they are written.
  var parts: [Formula] {
    switch self {
    case .number, .name, .member: []
    case .negation(let a), .adjoint(let a), .sum(_, let a), .derivative(_, let a): [a]
    case .binary(_, let a, let b), .commutator(let a, let b), .poisson(let a, let b): [a, b]
    case .call(_, let arguments): arguments
    }
  }

  /// The same formula with other parts.
  func with(_ parts: [Formula]) -> Formula {
    switch self {
    case .number, .name, .member: self
    case .negation: .negation(parts[0])
    case .adjoint: .adjoint(parts[0])
    case .sum(let index, _): .sum(index: index, parts[0])
    case .derivative(let name, _): .derivative(in: name, parts[0])
    case .binary(let sign, _, _): .binary(sign, parts[0], parts[1])
    case .commutator: .commutator(parts[0], parts[1])
    case .poisson: .poisson(parts[0], parts[1])
    case .call(let function, _): .call(function, parts)
    }
  }

  /// Every name that stands in the formula, families and names of derivatives among them; not indices.
  var names: Set<String> {
    var all = parts.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    switch self {
    case .name(let name), .member(let name, _), .derivative(let name, _): all.insert(name)
    default: break
    }
    return all
  }

  /// The names that have a value in the formula; a derivative in a name gives it none.
  var valuedNames: Set<String> {
    let inner = parts.reduce(into: Set<String>()) { $0.formUnion($1.valuedNames) }
    if case .name(let name) = self { return inner.union([name]) }
    return inner
  }

  /// The formula with others in the place of names.
  func replacing(_ values: [String: Formula]) -> Formula {
    if case .name(let name) = self { return values[name] ?? self }
    return with(parts.map { $0.replacing(values) })
  }

  /// The formula with names changed, indices and families among them.
  func renaming(_ names: [String: String]) -> Formula {
    func new(_ name: String) -> String { names[name] ?? name }
    let renamed = with(parts.map { $0.renaming(names) })
    switch renamed {
    case .name(let name): return .name(new(name))
    case .member(let family, let index): return .member(new(family), index: new(index))
    case .sum(let index, let a): return .sum(index: new(index), a)
    case .derivative(let name, let a): return .derivative(in: new(name), a)
    default: return renamed
    }
  }
}

extension Formula: CustomStringConvertible {
  /// The text, with the fewest parentheses.
  var description: String { text(0) }

  /// How tightly a formula holds together: sums 1, products 2, signs 3, powers 4, the rest 5.
  private var tightness: Int {
    switch self {
    case .binary("+", _, _), .binary("-", _, _): 1
    case .binary("*", _, _), .binary("/", _, _): 2
    case .negation: 3
    case .binary: 4
    default: 5
    }
  }

  private func text(_ least: Int) -> String {
    let text =
      switch self {
      case .number(let value): "\(value)"
      case .name(let name): name
      case .member(let family, let index): "\(family)[\(index)]"
      case .negation(let a): "-\(a.text(4))"
      case .binary("^", let a, let b): "\(a.text(5))^\(b.text(5))"
      case .binary(let sign, let a, let b) where "+-".contains(sign): "\(a.text(1)) \(sign) \(b.text(2))"
      case .binary(let sign, let a, let b): "\(a.text(2))\(sign)\(b.text(4))"
      case .call(let function, let arguments): "\(function)(\(arguments.map(\.description).joined(separator: ", ")))"
      case .adjoint(let a): "\(a.text(5))'"
      case .commutator(let a, let b): "[\(a), \(b)]"
      case .poisson(let a, let b): "{\(a), \(b)}"
      case .sum(let index, let a): "sum(\(index), \(a))"
      case .derivative(let name, let a): "diff(\(name), \(a))"
      }
    return tightness < least ? "(\(text))" : text
  }
}
