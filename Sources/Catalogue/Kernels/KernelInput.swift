/// The parameters of a double-precision kernel by their keys: doubles, and words.
public struct KernelInput: Sendable {
  enum Value: Sendable {
    case number(Double)
    case word(String)

    /// The text that names this value exactly.
    var text: String {
      switch self {
      case .number(let value): "\(value)"
      case .word(let word): word
      }
    }
  }

  let entries: [(name: String, value: Value)]

  init(entries: [(name: String, value: Value)]) { self.entries = entries }

  /// Inputs as an audit gives them, `KernelInput(.set(.cells, to: 5), ...)`.
  public init(_ settings: Entry...) { entries = settings.map { ($0.name, $0.value) } }

  /// One of them.
  public struct Entry: Sendable {
    let name: String
    let value: Value

    /// An integer, as a double.
    public static func set(_ key: IntegerKey, to value: Double) -> Entry {
      Entry(name: key.name, value: .number(value))
    }

    /// A rational number, as a double.
    public static func set(_ key: RationalKey, to value: Double) -> Entry {
      Entry(name: key.name, value: .number(value))
    }

    /// A real number, as a double.
    public static func set(_ key: RealKey, to value: Double) -> Entry { Entry(name: key.name, value: .number(value)) }

    /// A word.
    public static func set<Word: ParameterWord>(_ key: ParameterKey<Word>, to word: Word) -> Entry {
      Entry(name: key.name, value: .word(word.rawValue))
    }
  }

  /// These inputs and one more.
  public func adding(_ entry: Entry) -> KernelInput { KernelInput(entries: entries + [(entry.name, entry.value)]) }

  /// These inputs with another double of one of them.
  public func replacing(_ key: RealKey, by value: Double) -> KernelInput {
    KernelInput(entries: entries.map { $0.name == key.name ? ($0.name, .number(value)) : $0 })
  }

  /// Names and texts.
  var texts: [(name: String, text: String)] { entries.map { ($0.name, $0.value.text) } }

  // MARK: - Values by their keys

  private func number(_ name: String) -> Double {
    for entry in entries where entry.name == name {
      if case .number(let value) = entry.value { return value }
    }
    fatalError("KernelInput: there is no number \(name)")
  }

  /// The double of an integer parameter.
  public subscript(key: IntegerKey) -> Double { number(key.name) }

  /// The double of a rational parameter.
  public subscript(key: RationalKey) -> Double { number(key.name) }

  /// The double of a real parameter.
  public subscript(key: RealKey) -> Double { number(key.name) }

  /// The word of a choice.
  public subscript<Word: ParameterWord>(key: ParameterKey<Word>) -> Word {
    for entry in entries where entry.name == key.name {
      if case .word(let text) = entry.value, let word = Word(rawValue: text) { return word }
    }
    fatalError("KernelInput: there is no word \(key.name)")
  }
}
