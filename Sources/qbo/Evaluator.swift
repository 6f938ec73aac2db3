import JSON
import ArgumentParser
import Catalogue
import Systems
import FastKernels
import Reporting
import RigorousNumerics

/// The evaluation of one request, the same for the command line and for a batch.
struct Evaluator {
  var goal: Goal
  let double: Bool
  let bits: Int
  let seconds: Double

  /// An answer: its JSON, its text and the exit status.
  struct Answer {
    let members: [JSONValue.Member]
    let text: String
    let status: ExitCode
  }

  /// Evaluates a quantity at given parameters.
  ///
  /// - Throws: `BadInput`.
  func answer(_ quantity: Quantity, _ given: [(name: String, text: String)]) throws -> Answer {
    if double, quantity.kernel == nil {
      let having = Catalogue.builtIn.quantities.filter { $0.kernel != nil }.map(\.name).joined(separator: ", ")
      throw BadInput("\(quantity.name) has no double-precision kernel; accepted with --double: \(having)")
    }
    let clock = ContinuousClock()
    let received = clock.now
    func undecided(_ reason: String, _ outcome: CertifiedValue.Outcome) -> Answer {
      let report = UndecidedReport(
        quantity: quantity, given: given, reason: reason, outcome: outcome, isKernel: double,
        seconds: (clock.now - received).inSeconds)
      return Answer(members: report.members, text: report.text, status: Status.undecided)
    }
    do {
      let arguments = try Arguments(given, for: quantity)
      let budget = Budget(bits: bits, seconds: seconds)
      let start = clock.now
      if double {
        guard let answer = try budget.result(of: { try quantity.kernelAnswer(arguments, within: budget) }) else {
          return undecided(budget.timeIsOver.reason, .undecided)
        }
        let report = KernelReport(
          quantity: quantity, arguments: arguments, answer: answer, seconds: (clock.now - start).inSeconds)
        return Answer(members: report.members, text: report.text, status: .success)
      }
      let (goal, bounds) = (goal, BoundsSoFar())
      let found = try budget.result {
        try quantity.certified(arguments, to: goal, within: budget, bounds: bounds)
      }
      let value = found ?? bounds.value(to: goal, endedBy: budget.timeIsOver)
      let report = ValueReport(
        quantity: quantity, arguments: arguments, goal: goal, value: value, seconds: (clock.now - start).inSeconds)
      return Answer(
        members: report.members, text: report.text,
        status: value.undecided == nil ? .success : Status.undecided)
    } catch let question as Undecided {
      return undecided(question.reason, .undecided)
    } catch let refused as KernelRefusal {
      return undecided(refused.reason, .beyond)
    }
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
