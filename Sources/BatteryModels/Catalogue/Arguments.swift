import ArbitraryPrecision
import Expressions

/// The checked parameters of one evaluation.
public struct Arguments: Sendable {
  private let values: [(name: String, argument: Argument)]

  /// Reads and checks the parameters of a quantity, defaults filled in.
  ///
  /// - Parameter given: names and texts, in any order.
  /// - Throws: ``BadInput`` for an unknown, repeated, missing or unacceptable parameter; ``Undecided``.
  public init(_ given: [(name: String, text: String)], for quantity: Quantity) throws {
    let known = quantity.parameters.map(\.name)
    let accepted = known.isEmpty ? "no parameters" : known.joined(separator: ", ")
    for (index, (name, _)) in given.enumerated() {
      guard known.contains(name) else {
        throw BadInput("unknown parameter '\(name.abridged)' of \(quantity.name); accepted: \(accepted)")
      }
      guard !given[..<index].contains(where: { $0.name == name }) else {
        throw BadInput("parameter \(name) is given twice; accepted: each of \(accepted) once")
      }
    }
    values = try quantity.parameters.map { parameter in
      guard let text = given.first(where: { $0.name == parameter.name })?.text ?? parameter.defaultText else {
        throw BadInput("parameter \(parameter.name) of \(quantity.name) is missing; \(parameter.accepted)")
      }
      return (parameter.name, try parameter.value(text))
    }
    try quantity.constraint?(self)
  }

  /// The text of a parameter as given.
  func text(_ name: String) -> String { argument(name).text }

  /// What would be echoed of parameters that are refused or undecided: texts as given, defaults filled in.
  public static func echo(
    _ given: [(name: String, text: String)], for quantity: Quantity
  ) -> [(name: String, text: String)] {
    quantity.parameters.compactMap { parameter in
      (given.first { $0.name == parameter.name }?.text ?? parameter.defaultText).map { (parameter.name, $0) }
    }
  }

  /// Names and texts as given, defaults filled in, in the quantity's order.
  public var texts: [(name: String, text: String)] { values.map { ($0.name, $0.argument.text) } }

  /// The names of the parameters that are numbers.
  public var numericNames: [String] {
    values.compactMap { value in
      if case .choice = value.argument.content { return nil }
      return value.name
    }
  }

  /// Whether the quantity has a parameter of this name.
  func has(_ name: String) -> Bool { values.contains { $0.name == name } }

  private func argument(_ name: String) -> Argument {
    guard let value = values.first(where: { $0.name == name }) else {
      fatalError("Arguments: the quantity has no parameter \(name)")
    }
    return value.argument
  }

  private func content(_ name: String) -> Argument.Content { argument(name).content }

  /// The value of an integer parameter.
  func integer(_ name: String) -> Integer {
    guard case .integer(let value) = content(name) else { fatalError("Arguments: \(name) is no integer") }
    return value
  }

  /// The value of an integer or real parameter.
  public func constant(_ name: String) -> Constant {
    switch content(name) {
    case .integer(let value): return Constant(Rational(value))
    case .real(let value): return value
    case .choice: fatalError("Arguments: \(name) is a choice")
    }
  }

  /// The enclosure of an integer or real parameter.
  func enclosure(_ name: String, _ precision: Int) -> Interval { constant(name).enclosure(precision: precision) }

  /// The word of a choice parameter, as the case that it names: there is none for a word that no case has.
  func choice<Word: RawRepresentable<String>>(_ name: String, of words: Word.Type = Word.self) -> Word {
    guard case .choice(let text) = content(name), let word = Word(rawValue: text) else {
      fatalError("Arguments: \(name) is no choice of \(words)")
    }
    return word
  }

  /// The parameters of some names alone: a key for what depends on nothing else, since reading any other one traps.
  func restricted(to names: [String]) -> Arguments {
    for name in names { _ = argument(name) }
    return Arguments(values: values.filter { names.contains($0.name) })
  }

  private init(values: [(name: String, argument: Argument)]) { self.values = values }

  /// The doubles nearest to the parameters, and these doubles as exact parameters.
  ///
  /// A choice goes in as the index of its word, and stays that word among the parameters.
  ///
  /// - Throws: ``Undecided`` when a parameter lies too near the middle between two doubles.
  func roundedToDoubles(of quantity: Quantity) throws -> (doubles: [Double], arguments: Arguments) {
    let doubles = try zip(quantity.parameters, values).map { parameter, value in
      try parameter.index(of: value.argument).map(Double.init) ?? nearestDouble(constant(value.name), value.name)
    }
    let texts = try zip(values, doubles).map { value, double in
      if case .choice(let word) = value.argument.content { return (value.name, word) }
      guard let exact = Rational(exactly: double) else {
        throw Undecided("parameter \(value.name) is beyond the range of doubles")
      }
      return (value.name, "\(exact)")
    }
    do {
      return (doubles, try Arguments(texts, for: quantity))
    } catch let outside as BadInput {
      throw Undecided("rounded to doubles, the parameters are refused: \(outside.message)")
    }
  }

  private func nearestDouble(_ constant: Constant, _ name: String) throws -> Double {
    if let rational = constant.rational {
      // One rounding to 53 bits; below the normal range a second one, which the kernels' domains exclude.
      return BigFloat(rational, precision: 53, rounding: .nearest).double(rounding: .nearest)
    }
    for precision in [128, 1024, 8192] {
      let value = constant.enclosure(precision: precision)
      let (low, high) = (value.lower.double(rounding: .nearest), value.upper.double(rounding: .nearest))
      if low == high { return low }
    }
    throw Undecided("parameter \(name) is too near the middle between two doubles")
  }
}

/// Equal names with equal texts are equal values, each read from its text.
extension Arguments: Hashable {
  /// Whether names and texts are the same, in the same order.
  public static func == (a: Arguments, b: Arguments) -> Bool {
    a.texts.map { [$0.name, $0.text] } == b.texts.map { [$0.name, $0.text] }
  }

  /// Names and texts.
  public func hash(into hasher: inout Hasher) {
    for (name, text) in texts {
      hasher.combine(name)
      hasher.combine(text)
    }
  }
}
