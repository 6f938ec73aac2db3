import ArbitraryPrecision
import Expressions

/// A parameter of a quantity: its name, what numbers it takes, and its default.
public struct Parameter: Sendable, Hashable {
  /// What sort of value is accepted.
  public enum Kind: Sendable, Hashable {
    /// Exactly an integer.
    case integer
    /// A rational number, given exactly.
    case rational
    /// A real number, given exactly.
    case real
    /// One of a few words.
    case choice([String])
    /// A square matrix of exact complex numbers, typed in or of a file.
    case matrix
    /// Integers, one after the other.
    case integers

    /// The word for the kind in listings.
    public var name: String {
      switch self {
      case .integer: "integer"
      case .rational: "rational"
      case .real: "real"
      case .choice: "choice"
      case .matrix: "matrix"
      case .integers: "integers"
      }
    }
  }

  /// Which numbers are accepted.
  public enum Domain: Sendable, Hashable {
    /// At least one.
    case atLeastOne
    /// Above zero.
    case positive
    /// Zero or above.
    case nonNegative
    /// Any.
    case all
    /// What the quantity itself checks, since it depends on other parameters: in words.
    case stated(String)

    fileprivate func holds(sign: Int) -> Bool {
      switch self {
      case .atLeastOne, .positive: sign > 0
      case .nonNegative: sign >= 0
      case .all, .stated: true
      }
    }
  }

  /// The name, as in `name=value`.
  public let name: String
  /// What sort of value is accepted.
  public let kind: Kind
  /// Which numbers are accepted.
  public let domain: Domain
  /// The text used when the parameter is not given; nil when it must be.
  public let defaultText: String?
  /// Whether the quantity that has this parameter is known to be a continuous function of it, all others fixed,
  /// wherever parameters are accepted (`docs/claims.md`, "Continuity"). False where nothing is known.
  public private(set) var isContinuous = false
  /// What it means, where that is not told by its name in the quantity's meaning; empty else.
  public private(set) var meaning = ""

  private init(_ name: String, _ kind: Kind, _ domain: Domain, default defaultText: String?) {
    (self.name, self.kind, self.domain, self.defaultText) = (name, kind, domain, defaultText)
  }

  /// An integer.
  public init(_ key: IntegerKey, _ domain: Domain = .all, default defaultText: String? = nil) {
    self.init(key.name, .integer, domain, default: defaultText)
  }

  /// A rational number.
  public init(_ key: RationalKey, _ domain: Domain = .all, default defaultText: String? = nil) {
    self.init(key.name, .rational, domain, default: defaultText)
  }

  /// A real number.
  public init(_ key: RealKey, _ domain: Domain = .all, default defaultText: String? = nil) {
    self.init(key.name, .real, domain, default: defaultText)
  }

  /// One of the words that name the cases of a type.
  public init<Word: ParameterWord>(_ key: ParameterKey<Word>, default word: Word? = nil) {
    self.init(key.name, .choice(Word.allCases.map(\.rawValue)), .all, default: word?.rawValue)
  }

  /// A matrix.
  ///
  /// - Parameter accepted: which ones, in words.
  public init(_ key: ParameterKey<ExactMatrix>, _ accepted: String, default defaultText: String? = nil) {
    self.init(key.name, .matrix, .stated(accepted), default: defaultText)
  }

  /// A list of integers.
  ///
  /// - Parameter accepted: which ones, in words.
  public init(_ key: ParameterKey<[Int]>, _ accepted: String, default defaultText: String? = nil) {
    self.init(key.name, .integers, .stated(accepted), default: defaultText)
  }

  /// The same parameter with what it means.
  public func meaning(_ text: String) -> Parameter {
    var parameter = self
    parameter.meaning = text
    return parameter
  }

  /// The same parameter of a quantity that is continuous in it.
  var continuous: Parameter {
    demand(kind == .real || kind == .rational, "Parameter: only functions of numbers are continuous")
    var parameter = self
    parameter.isContinuous = true
    return parameter
  }

  /// Whether the value is one number, for which a formula may stand.
  public var isNumber: Bool {
    switch kind {
    case .integer, .rational, .real: true
    case .choice, .matrix, .integers: false
    }
  }

  /// The accepted values in words.
  public var domainText: String {
    if case .choice(let words) = kind { return words.joined(separator: ", ") }
    return switch domain {
    case .atLeastOne: "\(name) >= 1"
    case .positive: "\(name) > 0"
    case .nonNegative: "\(name) >= 0"
    case .all: kind == .rational ? "\(name) rational" : "any \(name)"
    case .stated(let words): words
    }
  }

  /// What is accepted, for messages.
  var accepted: String {
    switch kind {
    case .choice: "accepted: \(domainText)"
    case .integer: "accepted: integers \(domainText)"
    case .rational: "accepted: rational numbers"
    case .real: "accepted: real numbers, \(domainText)"
    case .matrix: "accepted: \(domainText), as [[1/2, i/4], [-i/4, 1/2]] or @FILE"
    case .integers: "accepted: \(domainText), as 2,3"
    }
  }

  /// Checks a value given as text.
  ///
  /// - Throws: ``BadInput``, or ``Undecided`` when it cannot be told whether the value is accepted.
  public func check(_ text: String) throws { _ = try value(text) }

  /// Reads and checks a value.
  ///
  /// - Throws: ``BadInput``, or ``Undecided`` when it cannot be told whether the value is accepted.
  func value(_ text: String) throws -> Argument {
    if case .choice(let words) = kind {
      guard words.contains(text) else {
        throw BadInput("parameter \(name): unknown choice '\(text.abridged)'; \(accepted)")
      }
      return Argument(text: text, content: .choice(text))
    }
    if kind == .matrix { return Argument(text: text, content: .matrix(try matrix(text))) }
    if kind == .integers { return Argument(text: text, content: .integers(try integers(text))) }
    let constant: Constant
    do {
      constant = try Constant(parsing: text)
    } catch {
      if error.kind == .undecided { throw Undecided("parameter \(name): '\(text.abridged)': \(error)") }
      // Most messages about a formula say what the formula could have had there.
      let rest = error.message.contains("accepted") ? "" : "; \(accepted)"
      throw BadInput("parameter \(name): '\(text.abridged)': \(error)\(rest)")
    }
    if kind == .integer {
      switch constant.integrality {
      case .integer(let integer):
        guard domain.holds(sign: integer.signum) else { throw outside(text) }
        return Argument(text: text, content: .integer(integer))
      case .none: throw BadInput("parameter \(name): \(text.abridged) is not an integer; \(accepted)")
      case .undecided: throw Undecided("parameter \(name): undecided whether \(text.abridged) is an integer")
      }
    }
    if kind == .rational, constant.rational == nil {
      throw BadInput("parameter \(name): \(text.abridged) is not rational; \(accepted)")
    }
    if domain != .all {
      guard let sign = constant.sign else {
        throw Undecided("parameter \(name): the sign of \(text.abridged) is undecided")
      }
      guard domain.holds(sign: sign) else { throw outside(text) }
    }
    return Argument(text: text, content: .real(constant))
  }

  private func matrix(_ text: String) throws -> ExactMatrix {
    do {
      return try text.hasPrefix("@") ? MatrixFile.matrix(String(text.dropFirst())) : ExactMatrix(parsing: text)
    } catch let refusal as BadInput {
      throw BadInput("parameter \(name): \(refusal.message)")
    } catch let open as Undecided {
      throw Undecided("parameter \(name): \(open.reason)")
    }
  }

  private func integers(_ text: String) throws(BadInput) -> [Int] {
    var result: [Int] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Int(item.filter { !$0.isWhitespace }) else {
        throw BadInput("parameter \(name): '\(text.abridged)' is no list of integers; \(accepted)")
      }
      result.append(value)
    }
    return result
  }

  /// The refusal of a value outside the domain.
  public func outside(_ text: String) -> BadInput {
    BadInput("parameter \(name): \(text.abridged) is outside the domain; \(accepted)")
  }
}

/// Parameters that many systems share.
extension Parameter {
  /// The number of cells N.
  public static let cells = Parameter(.cells, .atLeastOne)
  /// The frequency w0 of charger and cells.
  public static let frequency = Parameter(.frequency, .positive, default: "1")
  /// The coupling g.
  public static let coupling = Parameter(.coupling, .positive, default: "1")
  /// The charging time tau.
  public static let chargingTime = Parameter(.chargingTime, .nonNegative)
}
