/// The cases of one subject, in an order that fixes their numbers: what is written by hand from 1, what is drawn
/// from 1001.
///
/// Ids are permanent. A list only grows at its end; a case that is withdrawn leaves `withdrawn` in its place.
struct CaseList: Sendable {
  /// What is asked of one case.
  struct Input: Sendable {
    let number: Int
    let values: [TaggedValue]
    let flags: [Flag]
  }

  /// The name of the subject.
  let subject: String
  private let content: Content
  private let generated: Int
  private let drawnFlags: [Flag]
  private let draw: @Sendable (CaseGenerator) -> [TaggedValue]

  private enum Content: Sendable {
    case rows([String])
    case inputs([(values: [TaggedValue], flags: [Flag])])
  }

  /// Where the numbers of drawn cases begin.
  static let firstGenerated = 1001

  /// All lists.
  static let all = harmonic + spin + dicke + capacity + star + freedom + quasi + states

  private static let limit = "a limit, or a distance from it, which no simulator computes"

  private static let bound = "an enclosure that tells on which side of one it is, no number with 50 digits"

  /// Quantities without cases, with the reason.
  static let without: [String: String] = [
    "dicke.strong-fraction": limit,
    "dicke.strong-constant": limit,
    "dicke.strong-many-constant": limit,
    "dicke.strong-ratio": limit,
    "dicke.strong-many-ratio": limit,
    "dicke.strong-deviation": limit,
    "dicke.classical-strong-deviation": limit,
    "dicke.phase-zero-constant": limit,
    "dicke.phase-zero-time": limit,
    "dicke.phase-zero-deviation": limit,
    "dicke.advantage-limit": limit,
    "dicke.classical-advantage-limit": limit,
    "dicke.ratio-limit": limit,
    "dicke.phase-zero-advantage-limit": limit,
    "dicke.phase-zero-ratio-limit": limit,
    "dicke.scaling-constant": limit,
    "dicke.scaling-deviation": limit,
    "dicke.greatest-ratio": bound,
    "star.least-product": bound,
  ]

  /// Cases as rows: the parameters in order, then flags; a number is the double nearest to it.
  init(
    _ subject: String, _ rows: [String], generated: Int = 0, flagged drawnFlags: [Flag] = [],
    draw: @escaping @Sendable (CaseGenerator) -> [TaggedValue] = { _ in [] }
  ) {
    (self.subject, content, self.generated, self.drawnFlags, self.draw) = (
      subject, .rows(rows), generated, drawnFlags, draw
    )
  }

  /// Cases with their values.
  init(_ subject: String, inputs: [(values: [TaggedValue], flags: [Flag])]) {
    (self.subject, content, generated, drawnFlags, draw) = (subject, .inputs(inputs), 0, [], { _ in [] })
  }

  /// The inputs in order.
  func inputs(_ parameters: [Subject.Parameter]) -> [Input] {
    var result: [Input] = []
    switch content {
    case .rows(let rows):
      for (index, row) in rows.enumerated() where row != "withdrawn" {
        let words = row.split(separator: " ").map(String.init)
        precondition(words.count >= parameters.count, "\(subject): too few parameters in '\(row)'")
        let values = zip(parameters, words).map { CaseList.value($1, $0) }
        let flags = words.dropFirst(parameters.count).map(CaseList.flag)
        result.append(Input(number: index + 1, values: values, flags: flags))
      }
    case .inputs(let inputs):
      for (index, input) in inputs.enumerated() {
        result.append(Input(number: index + 1, values: input.values, flags: input.flags))
      }
    }
    for index in 0..<generated {
      let number = CaseList.firstGenerated + index
      let values = draw(CaseGenerator(subject: subject, number: number))
      precondition(values.count == parameters.count, "\(subject): \(values.count) drawn parameters")
      result.append(Input(number: number, values: values, flags: drawnFlags))
    }
    return result
  }

  private static func value(_ word: String, _ parameter: Subject.Parameter) -> TaggedValue {
    switch parameter.kind {
    case "integer": return .integer(word)
    case "rational": return .rational(word)
    case "choice": return .choice(word)
    default:
      guard let value = Double(word) else { preconditionFailure("'\(word)' is no double") }
      return .double(value)
    }
  }

  private static func flag(_ word: String) -> Flag {
    guard let flag = Flag(rawValue: word) else { preconditionFailure("'\(word)' is no flag") }
    return flag
  }
}
