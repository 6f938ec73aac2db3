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
    let known = (quantity.parameters + quantity.alsoAccepted).map(\.name)
    let accepted = known.isEmpty ? "no parameters" : known.joined(separator: ", ")
    for (index, (name, _)) in given.enumerated() {
      guard known.contains(name) else {
        throw BadInput("unknown parameter '\(name.abridged)' of \(quantity.name); accepted: \(accepted)")
      }
      guard !given[..<index].contains(where: { $0.name == name }) else {
        throw BadInput("parameter \(name) is given twice; accepted: each of \(accepted) once")
      }
    }
    let others = quantity.alsoAccepted.filter { other in given.contains { $0.name == other.name } }
    values = try (quantity.parameters + others).map { parameter in
      guard let text = given.first(where: { $0.name == parameter.name })?.text ?? parameter.defaultText else {
        throw BadInput("parameter \(parameter.name) of \(quantity.name) is missing; \(parameter.accepted)")
      }
      return (parameter.name, try parameter.value(text))
    }
    try quantity.constraint?(self)
  }

  /// Checks the parameters that Swift code gives, defaults filled in.
  ///
  /// - Throws: as ``init(_:for:)``.
  public init(settings: [Setting], for quantity: Quantity) throws {
    try self.init(settings.map { (name: $0.name, text: $0.text) }, for: quantity)
  }

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

  // MARK: - Values by their keys
  // A key that the quantity does not declare, or declares with another type, is a fault of the program and traps.

  /// Whether the quantity has a parameter of this key.
  public func has<Value>(_ key: ParameterKey<Value>) -> Bool { values.contains { $0.name == key.name } }

  private func argument<Value>(_ key: ParameterKey<Value>) -> Argument {
    guard let value = values.first(where: { $0.name == key.name }) else {
      fatalError("Arguments: the quantity has no parameter \(key.name)")
    }
    return value.argument
  }

  /// The text of a parameter as given.
  public func text<Value>(_ key: ParameterKey<Value>) -> String { argument(key).text }

  /// The value of an integer parameter.
  public subscript(key: IntegerKey) -> Integer {
    guard case .integer(let value) = argument(key).content else { fatalError("Arguments: \(key.name) is no integer") }
    return value
  }

  /// The value of a rational parameter.
  public subscript(key: RationalKey) -> Rational {
    guard let value = argument(key).constant?.rational else { fatalError("Arguments: \(key.name) is not rational") }
    return value
  }

  /// The value of a real parameter.
  public subscript(key: RealKey) -> Constant {
    guard let value = argument(key).constant else { fatalError("Arguments: \(key.name) is no number") }
    return value
  }

  /// The word of a choice, as the case that it names: there is none for a word that no case has.
  public subscript<Word: ParameterWord>(key: ParameterKey<Word>) -> Word {
    guard case .choice(let text) = argument(key).content, let word = Word(rawValue: text) else {
      fatalError("Arguments: \(key.name) is no choice of \(Word.self)")
    }
    return word
  }

  /// The value of a matrix parameter.
  public subscript(key: MatrixKey) -> ExactMatrix {
    guard case .matrix(let value) = argument(key).content else { fatalError("Arguments: \(key.name) is no matrix") }
    return value
  }

  /// The value of a list of integers.
  public subscript(key: IntegersKey) -> [Int] {
    guard case .integers(let value) = argument(key).content else { fatalError("Arguments: \(key.name) is no list") }
    return value
  }

  /// The enclosure of a real parameter.
  public func enclosure(_ key: RealKey, _ precision: Int) -> Interval { self[key].enclosure(precision: precision) }

  /// The enclosure of an integer parameter.
  public func enclosure(_ key: IntegerKey, _ precision: Int) -> Interval { Interval(self[key], precision: precision) }

  /// The number of a name that is known only when it is read; nil where there is none.
  public func number(named name: String) -> Constant? { values.first { $0.name == name }?.argument.constant }

  /// Names and values of all parameters that are numbers, in the quantity's order.
  public var numbers: [(name: String, value: Constant)] {
    values.compactMap { value in value.argument.constant.map { (value.name, $0) } }
  }

  /// Some parameters alone: a key for what depends on nothing else, since reading any other one traps.
  public func restricted(to reals: [RealKey], integers: [IntegerKey] = []) -> Arguments {
    for key in reals { _ = argument(key) }
    for key in integers { _ = argument(key) }
    let names = Set(reals.map(\.name) + integers.map(\.name))
    return Arguments(values: values.filter { names.contains($0.name) })
  }

  private init(values: [(name: String, argument: Argument)]) { self.values = values }

  // MARK: - Doubles

  /// The doubles nearest to the parameters, and these doubles as exact parameters. Words stay words.
  ///
  /// - Throws: ``Undecided`` when a parameter lies too near the middle between two doubles.
  func roundedToDoubles(of quantity: Quantity) throws -> (doubles: KernelInput, arguments: Arguments) {
    var doubles = KernelInput(
      entries: try values.map { value in
        switch value.argument.content {
        case .choice(let word): (value.name, .word(word))
        case .matrix, .integers: throw Undecided("parameter \(value.name) is no number that a double could be")
        case .integer(let integer): (value.name, .number(try nearestDouble(Constant(Rational(integer)), value.name)))
        case .real(let constant): (value.name, .number(try nearestDouble(constant, value.name)))
        }
      })
    do {
      if let fit = quantity.kernel?.fit { doubles = try fit(self, doubles) }
      return (doubles, try Arguments(exactly: doubles, for: quantity))
    } catch let outside as BadInput {
      throw Undecided("rounded to doubles, the parameters are refused: \(outside.message)")
    }
  }

  /// The parameters that doubles and words are, exactly.
  ///
  /// - Throws: ``BadInput`` for those that the quantity refuses, ``Undecided`` for infinities.
  public init(exactly input: KernelInput, for quantity: Quantity) throws {
    let texts = try input.entries.map { name, value in
      switch value {
      case .word(let word): return (name, word)
      case .number(let double):
        guard let exact = Rational(exactly: double) else {
          throw Undecided("parameter \(name) is beyond the range of doubles")
        }
        return (name, "\(exact)")
      }
    }
    try self.init(texts, for: quantity)
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

/// The same names with the same values, in the same order.
extension Arguments: Hashable {
  /// Whether names and values are the same, in the same order.
  public static func == (a: Arguments, b: Arguments) -> Bool {
    a.values.elementsEqual(b.values) { $0.name == $1.name && $0.argument == $1.argument }
  }

  /// Names and values.
  public func hash(into hasher: inout Hasher) {
    for (name, argument) in values {
      hasher.combine(name)
      hasher.combine(argument)
    }
  }
}
