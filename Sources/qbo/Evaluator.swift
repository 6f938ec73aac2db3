import ArgumentParser
import Catalogue
import RigorousNumerics

/// What is asked of every quantity of a command, the same for the command line and for a batch.
struct Evaluator {
  /// What can be asked for.
  let catalogue: Catalogue
  var question: Evaluation.Question
  let bits: Int
  let seconds: Double

  /// Evaluates a quantity at given parameters.
  ///
  /// - Throws: `BadInput`.
  func evaluation(of quantity: Quantity, at given: [(name: String, text: String)]) throws -> Evaluation {
    if question == .kernel, quantity.kernel == nil {
      let having = catalogue.quantities.filter { $0.kernel != nil }.map(\.name).joined(separator: ", ")
      throw BadInput("\(quantity.name) has no double-precision kernel; accepted with --double: \(having)")
    }
    return try Evaluation(of: quantity, at: given, question, bits: bits, seconds: seconds)
  }

  // MARK: - Options

  /// - Parameter prefix: what stands before the names in messages, `--` on the command line.
  static func goal(digits: String?, absolute: String?, prefix: String = "--") throws(BadInput) -> Goal {
    if digits != nil, absolute != nil {
      throw BadInput("\(prefix)digits and \(prefix)absolute are both given; accepted: one of them")
    }
    if let absolute { return .absolute(digits: try count(absolute, "\(prefix)absolute", 1...10_000)) }
    return .relative(digits: try count(digits ?? "30", "\(prefix)digits", 1...10_000))
  }

  /// The name and the text of a parameter that is given as name=value.
  static func setting(_ word: String) throws(BadInput) -> (name: String, text: String) {
    guard let split = word.firstIndex(of: "=") else {
      throw BadInput("'\(word)' is no parameter; accepted: name=value")
    }
    return (String(word[..<split]), String(word[word.index(after: split)...]))
  }

  static func bits(_ text: String?) throws(BadInput) -> Int {
    guard let text else { return Budget.standardBits }
    return try count(text, "--max-bits", 64...(1 << 24))
  }

  static func seconds(_ text: String?) throws(BadInput) -> Double {
    guard let text else { return Budget.standardSeconds }
    guard let value = Double(text), value > 0, value.isFinite, !text.lowercased().contains("x") else {
      throw BadInput("--max-seconds: '\(text.abridged)' is refused; accepted: positive numbers")
    }
    return value
  }

  static func count(_ text: String, _ name: String, _ range: ClosedRange<Int>) throws(BadInput) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw BadInput(
        "\(name): '\(text.abridged)' is refused; accepted: integers from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}

extension CertifiedValue.Outcome {
  /// The exit status of the command that found it.
  var status: ExitCode {
    switch self {
    case .value, .zero: .success
    case .undefined: Status.badInput
    case .never, .beyond, .undecided: Status.undecided
    }
  }
}
