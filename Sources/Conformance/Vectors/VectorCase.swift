import ArbitraryPrecision
import Catalogue
import JSON
import RigorousNumerics

/// A question with its certified answer.
package struct VectorCase: Sendable {
  /// The permanent id.
  package let id: String
  /// The name of the subject.
  package let subject: String
  /// The parameters, in order, every one given.
  package let parameters: Subject.Given
  /// What makes it hard.
  package let flags: [CaseFlag]
  /// Where the quantity is defined.
  let equation: String
  /// At most the true value.
  package let lower: Rational
  /// At least the true value.
  let upper: Rational
  /// The bounds as the file writes them.
  package let bounds: (lower: String, upper: String)

  /// The digits that are promised of every value.
  static let digits = 50
  /// The digits that are written: two units of the last one are less than 10^-50 of the value.
  fileprivate static let writtenDigits = 53
  /// The digits that are certified. The bounds are then the truth rounded outward to fewer, so that they do not depend
  /// on how it was enclosed.
  private static let certifiedDigits = 60

  /// The object of a file.
  var json: JSONValue {
    .members([
      "id": .string(id), "parameters": VectorCase.json(parameters), "lower": .string(bounds.lower),
      "upper": .string(bounds.upper), "digits": .integer(VectorCase.digits),
      "flags": .array(flags.map { .string($0.rawValue) }), "equation": .string(equation),
    ])
  }

  package static func json(_ parameters: Subject.Given) -> JSONValue {
    .object(parameters.map { .init($0.name, $0.value.json) })
  }
}

extension VectorCase {
  /// The id of a case.
  static func id(_ subject: String, _ number: Int) -> String {
    let digits = "\(number)"
    return "\(subject)." + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The case of an input, its value certified now.
  ///
  /// - Throws: `Undecided` when the value has not the digits within the budget, with how its evaluation ended.
  init(_ input: CaseList.Input, of subject: Subject, within budget: Budget) throws {
    let parameters = VectorCase.parameters(of: input, subject)
    let value = try subject.certified(parameters, .relative(digits: VectorCase.certifiedDigits), budget)
    let id = VectorCase.id(subject.name, input.number)
    guard value.undecided == nil, let low = value.lower, let high = value.upper else {
      throw Undecided(
        "\(id): \(value.outcome.rawValue): \(value.undecided ?? "no bounds"); a vector has \(VectorCase.digits) digits")
    }
    let (lower, upper) = (low.roundedOutward(down: true), high.roundedOutward(down: false))
    guard Goal.relative(digits: VectorCase.digits).isMet(lower: lower, upper: upper) else {
      throw Undecided("\(id): the bounds are too far apart; a vector has \(VectorCase.digits) digits")
    }
    self.init(input, of: subject, lower.rational, upper.rational, ("\(lower)", "\(upper)"))
  }

  /// The case of an input, its value taken from another one with the same id.
  init(_ input: CaseList.Input, of subject: Subject, valueOf other: VectorCase) {
    self.init(input, of: subject, other.lower, other.upper, other.bounds)
  }

  private init(
    _ input: CaseList.Input, of subject: Subject, _ lower: Rational, _ upper: Rational,
    _ bounds: (lower: String, upper: String)
  ) {
    let parameters = VectorCase.parameters(of: input, subject)
    id = VectorCase.id(subject.name, input.number)
    self.subject = subject.name
    (self.parameters, equation) = (parameters, subject.source.place)
    (self.lower, self.upper, self.bounds) = (lower, upper, bounds)
    flags = CaseFlag.allCases.filter { flag in
      switch flag {
      case .largeN: parameters.contains { $0.name == "N" && VectorCase.isLarge($0.value) }
      case .belowDoubleRange:
        lower.signum != 0 && min(lower.magnitude, upper.magnitude) < Rational(2).power(-1022)
      default: input.flags.contains(flag)
      }
    }
  }

  private static func parameters(
    of input: CaseList.Input, _ subject: Subject
  ) -> Subject.Given {
    zip(subject.parameters, input.values).map { (name: $0.name, value: $1) }
  }

  private static func isLarge(_ value: TaggedValue) -> Bool {
    if case .integer(let text) = value, let n = Int(text) { return n >= 100 }
    return false
  }

  /// The value as it stands in a file: reads what ``json`` wrote.
  ///
  /// - Throws: `BadInput` that names what is missing or malformed.
  init(_ json: JSONValue, of subject: String) throws(BadInput) {
    guard let id = json["id"]?.text else { throw BadInput("a case has no 'id'; accepted: a string") }
    func text(_ key: String) throws(BadInput) -> String {
      guard let text = json[key]?.text else {
        throw BadInput("case \(id.abridged) has no '\(key)'; accepted: a string")
      }
      return text
    }
    func bound(_ key: String) throws(BadInput) -> Rational {
      guard case .finite(let value) = ClaimedNumber(try text(key)) else {
        throw BadInput("case \(id.abridged): '\(key)' is no decimal; accepted: a decimal as a string")
      }
      return value
    }
    self.id = id
    self.subject = subject
    parameters = try VectorCase.parameters(json, id)
    equation = try text("equation")
    (lower, upper) = (try bound("lower"), try bound("upper"))
    guard lower <= upper else { throw BadInput("case \(id.abridged): lower is above upper; accepted: lower <= upper") }
    bounds = (try text("lower"), try text("upper"))
    guard let names = json["flags"]?.elements else {
      throw BadInput("case \(id.abridged) has no 'flags'; accepted: an array of flags")
    }
    var flags: [CaseFlag] = []
    for name in names {
      guard let flag = name.text.flatMap(CaseFlag.init) else {
        let accepted = CaseFlag.allCases.map(\.rawValue).joined(separator: ", ")
        throw BadInput("case \(id.abridged): unknown flag \("\(name)".abridged); accepted: \(accepted)")
      }
      flags.append(flag)
    }
    self.flags = flags
  }

  /// The tagged parameters of a case.
  static func parameters(
    _ json: JSONValue, _ id: String
  ) throws(BadInput) -> Subject.Given {
    guard let members = json["parameters"]?.objectMembers else {
      throw BadInput("case \(id.abridged) has no 'parameters'; accepted: an object of tagged values")
    }
    var result: Subject.Given = []
    for member in members {
      guard let value = TaggedValue(member.value) else {
        throw BadInput(
          """
          case \(id.abridged): \(member.key) is \("\(member.value)".abridged); accepted: a value with the tag integer, \
          binary64, rational, choice, vector or matrix
          """
        )
      }
      result.append((member.key, value))
    }
    return result
  }
}

extension ExactDecimal {
  /// The nearest decimal of fewer digits that is not above, or not below.
  fileprivate func roundedOutward(down: Bool) -> ExactDecimal {
    let surplus = "\(mantissa.magnitude)".utf8.count - VectorCase.writtenDigits
    guard surplus > 0 else { return self }
    let unit = Integer(10).power(surplus)
    let quotient = down ? mantissa.dividedDown(by: unit) : -(-mantissa).dividedDown(by: unit)
    return ExactDecimal(mantissa: quotient, exponent: exponent + surplus)
  }
}
