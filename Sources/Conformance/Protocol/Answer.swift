import ArbitraryPrecision
import Catalogue
import JSON

/// What an implementation says to one question.
package enum Answer: Sendable {
  /// A number, with the absolute error that it claims, and both as written.
  case value(ClaimedNumber, tolerance: Rational?, text: String, toleranceText: String?)
  /// The input is no valid one, with the reason.
  case refused(String)
  /// The implementation has not this quantity, or not for this input; or no digit of the value, of which it knows how
  /// far from zero it is at most, with that bound as written.
  case skipped(String, below: Rational?, text: String?)
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
      switch kind {
      case "refused": self = .refused(text)
      case "skipped":
        let claim = try Answer.tolerance(json)
        self = .skipped(text, below: claim?.bound, text: claim?.text)
      default: self = .errored(text)
      }
      return
    }
    let (value, text) = try Answer.number(content, "value")
    let claim = try Answer.tolerance(json)
    self = .value(value, tolerance: claim?.bound, text: text, toleranceText: claim?.text)
  }

  /// The tolerance of an answer; nil where none is claimed.
  private static func tolerance(_ json: JSONValue) throws(BadInput) -> (bound: Rational, text: String)? {
    guard let claim = json["tolerance"], claim != .null else { return nil }
    let (tolerance, text) = try Answer.number(claim, "tolerance")
    guard case .finite(let bound) = tolerance, bound.signum >= 0 else {
      throw BadInput("'tolerance' is \(text.abridged); accepted: finite numbers, zero or above")
    }
    return (bound, text)
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
