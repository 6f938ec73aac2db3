import ArbitraryPrecision
import BatteryModels
import JSON

/// What an implementation says to one question.
enum Answer: Sendable {
  /// A number, with the absolute error that it claims, and both as written.
  case value(ClaimedNumber, tolerance: Rational?, text: String, toleranceText: String?)
  /// The input is no valid one, with the reason.
  case refused(String)
  /// The implementation has not this quantity, or not for this input.
  case skipped(String)
  /// The implementation failed.
  case errored(String)

  /// The most characters of a reason: more than any message of a run has, so that recorded runs keep theirs.
  private static let reasonCharacters = 4000

  /// Reads an answer; keys beside those of the protocol are left alone.
  ///
  /// - Throws: `BadInput` that says what is wrong with it.
  init(_ json: JSONValue) throws(BadInput) {
    let kinds = ["value", "refused", "skipped", "errored"]
    let given = kinds.filter { json[$0] != nil && json[$0] != .null }
    guard given.count == 1, let kind = given.first, let content = json[kind] else {
      let count = given.isEmpty ? "none" : given.joined(separator: " and ")
      throw BadInput("\(count) of the keys \(kinds.joined(separator: ", ")) is there; accepted: one of them")
    }
    if kind != "value" {
      guard let reason = content.text else {
        throw BadInput("'\(kind)' is no string; accepted: the reason as a string")
      }
      let text = reason.printable(atMost: Answer.reasonCharacters)
      self =
        switch kind {
        case "refused": .refused(text)
        case "skipped": .skipped(text)
        default: .errored(text)
        }
      return
    }
    let (value, text) = try Answer.number(content, "value")
    guard let claim = json["tolerance"], claim != .null else {
      self = .value(value, tolerance: nil, text: text, toleranceText: nil)
      return
    }
    let (tolerance, toleranceText) = try Answer.number(claim, "tolerance")
    guard case .finite(let bound) = tolerance, bound.signum >= 0 else {
      throw BadInput("'tolerance' is \(toleranceText.abridged); accepted: finite numbers, zero or above")
    }
    self = .value(value, tolerance: bound, text: text, toleranceText: toleranceText)
  }

  private static func number(_ json: JSONValue, _ key: String) throws(BadInput) -> (ClaimedNumber, String) {
    let text: String
    switch json {
    case .string(let content), .number(let content): text = content
    default: throw BadInput("'\(key)' is no number; accepted: \(ClaimedNumber.accepted)")
    }
    guard let number = ClaimedNumber(text) else {
      throw BadInput("'\(key)' is '\(text.abridged)'; accepted: \(ClaimedNumber.accepted)")
    }
    return (number, text)
  }
}

extension String {
  /// The text in one line, control characters replaced, cut where it is too long.
  func printable(atMost count: Int) -> String {
    let text = String(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : Character($0) })
    return text.count <= count ? text : text.prefix(count - 3) + "..."
  }
}
