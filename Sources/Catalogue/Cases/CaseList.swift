/// The cases of one subject for the certified vectors, in an order that fixes their numbers: what is written by hand
/// from 1, what is drawn from 1001; and inputs that must be refused.
///
/// Ids are permanent. A list only grows at its end; a case that is withdrawn leaves `withdrawn` in its place.
public struct CaseList: Sendable {
  /// What is asked of one case.
  public struct Input: Sendable {
    /// The number in the id.
    public let number: Int
    /// The parameters in the subject's order.
    public let values: [TaggedValue]
    /// What makes it hard.
    public let flags: [CaseFlag]
  }

  /// One fault in an otherwise good case.
  public struct Fault: Sendable {
    /// The end of the id.
    public let slug: String
    /// What is wrong, in words.
    public let fault: String
    /// The parameters that are not those of the good case.
    public let changes: [String: TaggedValue]

    /// A fault.
    public init(_ slug: String, _ fault: String, _ changes: [String: TaggedValue]) {
      (self.slug, self.fault, self.changes) = (slug, fault, changes)
    }

    /// The same fault with other parameters beside it.
    public func beside(_ more: [String: TaggedValue]) -> Fault { Fault(slug, fault, changes.merging(more) { $1 }) }
  }

  /// The name of the subject.
  public let subject: String
  /// Why the subject has no cases; nil where it has some.
  public let reasonForNone: String?
  /// Whether cases whose value is not told to the digits of vectors are left out, and are no fault of the list.
  public private(set) var leavesOutUntold = false
  /// Faults that the kinds of the parameters do not tell.
  public private(set) var faults: [Fault] = []
  /// What stands beside a number of cells that is zero, so that this is the only fault.
  public private(set) var besideZero: [String: TaggedValue] = [:]

  private let content: Content
  private let generated: Int
  private let drawnFlags: [CaseFlag]
  private let draw: @Sendable (CaseGenerator) -> [TaggedValue]

  private enum Content: Sendable {
    case rows([String])
    case inputs([(values: [TaggedValue], flags: [CaseFlag])])
  }

  /// Where the numbers of drawn cases begin.
  public static let firstGenerated = 1001

  /// Cases as rows: the parameters in order, then flags; a number is the double nearest to it.
  ///
  /// - Parameters:
  ///   - generated: how many cases are drawn.
  ///   - drawnFlags: the flags of these.
  public init(
    _ subject: String, _ rows: [String], generated: Int = 0, flagged drawnFlags: [CaseFlag] = [],
    draw: @escaping @Sendable (CaseGenerator) -> [TaggedValue] = { _ in [] }
  ) {
    (self.subject, content, self.generated, self.drawnFlags, self.draw) = (
      subject, .rows(rows), generated, drawnFlags, draw
    )
    reasonForNone = nil
  }

  /// Cases with their values.
  public init(_ subject: String, inputs: [(values: [TaggedValue], flags: [CaseFlag])]) {
    self.init(subject, .inputs(inputs), reasonForNone: nil)
  }

  private init(_ subject: String, _ content: Content, reasonForNone: String?) {
    (self.subject, self.content, self.reasonForNone) = (subject, content, reasonForNone)
    (generated, drawnFlags, draw) = (0, [], { _ in [] })
  }

  /// A subject without cases, and why.
  public static func none(_ subject: String, because reason: String) -> CaseList {
    CaseList(subject, .inputs([]), reasonForNone: reason)
  }

  /// The reason of what tells a side alone.
  public static let side = "an enclosure that tells on which side of one it is, no number with 50 digits"

  /// The same cases, with faults that must be refused.
  ///
  /// - Parameter besideZero: parameters that go with a number of cells that is zero.
  public func refusing(_ faults: [Fault], besideZero: [String: TaggedValue] = [:]) -> CaseList {
    var list = self
    (list.faults, list.besideZero) = (faults, besideZero)
    return list
  }

  /// The same cases of what a file states, of which some have no value, or a zero that nothing shows.
  public var leavingOutUntold: CaseList {
    var list = self
    list.leavesOutUntold = true
    return list
  }

  /// The inputs in order.
  ///
  /// - Parameter parameters: those of the subject.
  public func inputs(_ parameters: [TaggedParameter]) -> [Input] {
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

  private static func value(_ word: String, _ parameter: TaggedParameter) -> TaggedValue {
    switch parameter.kind {
    case .integer: return .integer(word)
    case .rational: return .rational(word)
    case .choice: return .choice(word)
    case .binary64, .vector, .matrix:
      guard let value = Double(word) else { preconditionFailure("'\(word)' is no double") }
      return .double(value)
    }
  }

  private static func flag(_ word: String) -> CaseFlag {
    guard let flag = CaseFlag(rawValue: word) else { preconditionFailure("'\(word)' is no flag") }
    return flag
  }
}
