import ArgumentParser
import Catalogue
import Foundation
import Reporting
import RigorousNumerics
import Systems

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One certified value, or one for each line of a batch.",
    usage: """
      qbo evaluate QUANTITY name=value ... [--model FILE ...] [--digits D | --absolute D] [--double] \
      [--format text|json] [--max-bits B] [--max-seconds S] [--certificate FILE]
      qbo evaluate --batch [FILE] [--model FILE ...] [--digits D | --absolute D] [--double] [--max-bits B] \
      [--max-seconds S] [--jobs J]
      """,
    discussion: """
      Parameters are exact: integers, decimals, rationals, pi, sqrt(...) and + - * / ^ of these. \
      'qbo quantities' lists quantities and their parameters.

      A line of a batch is {"id": ..., "quantity": "...", "parameters": {"N": "2", ...}, "digits": 30}, \
      or with "absolute" in place of "digits"; values of parameters are strings, or integers as numbers. \
      The answer is one JSON line with the id.
      """)

  @Argument(help: "The quantity and its parameters as name=value; with --batch, the file (standard input without one).")
  var words: [String] = []

  @Option(
    parsing: .unconditional,
    help: "Relative accuracy: upper - lower <= 10^-D min(|lower|, |upper|). 1 to 10000; 30 by default.")
  var digits: String?

  @Option(parsing: .unconditional, help: "Absolute accuracy: upper - lower <= 10^-D. 1 to 10000.")
  var absolute: String?

  @Flag(help: "The double-precision kernel, with proved error bounds.")
  var double = false

  @Flag(help: "Requests from JSON lines, answered line by line.")
  var batch = false

  @Option(
    parsing: .unconditional,
    help: "Write a proof of the value that other programs check: of a quantity of a model file.")
  var certificate: String?

  @OptionGroup var models: ModelOptions

  @OptionGroup var output: FormatOptions

  @OptionGroup var jobs: JobsOptions

  @Option(parsing: .unconditional, help: "The cap on precision in bits: 64 to 16777216; 65536 by default.")
  var maxBits: String?

  @Option(parsing: .unconditional, help: "The cap on time in seconds, for each value; 60 by default.")
  var maxSeconds: String?

  func run() throws {
    let format = try output.format()
    if double, let goal = digits.map({ _ in "--digits" }) ?? absolute.map({ _ in "--absolute" }) {
      throw BadInput("\(goal) is of certified values; accepted with --double: neither --digits nor --absolute")
    }
    if let certificate, double || batch {
      throw BadInput(
        "--certificate '\(certificate.abridged)' is of one certified value; accepted: neither --double nor --batch "
          + "beside it")
    }
    let evaluator = Evaluator(
      catalogue: try models.catalogue(),
      question: double ? .kernel : .certified(try Evaluator.goal(digits: digits, absolute: absolute)),
      bits: try Evaluator.bits(maxBits), seconds: try Evaluator.seconds(maxSeconds))
    if batch {
      guard words.count <= 1 else { throw BadInput("--batch: \(words.count) files are given; accepted: one, or none") }
      try Batch(evaluator: evaluator).run(file: words.first, jobs: try jobs.count())
      return
    }
    if let given = jobs.given {
      throw BadInput("--jobs '\(given.abridged)' is of --batch; accepted: one value without it")
    }
    if let certificate, certificate.hasSuffix(".gz") {
      throw BadInput(
        "--certificate '\(certificate.abridged)': accepted: a name without '.gz'; gzip packs the file afterwards")
    }
    guard let name = words.first else {
      throw BadInput("the quantity is missing; accepted: a name that 'qbo quantities' lists")
    }
    let quantity = try evaluator.catalogue.quantity(named: name)
    let given = try words.dropFirst().map { word throws(BadInput) in try Evaluator.setting(word) }
    let evaluation = try evaluator.evaluation(of: quantity, at: given)
    // One line on standard error, as all input that has no answer.
    if format == .text, evaluation.outcome == .undefined, let reason = evaluation.reason { throw BadInput(reason) }
    Output.write(EvaluationReport(evaluation).printed(as: format))
    if let certificate { try write(evaluation, within: evaluator, to: certificate) }
    try evaluation.outcome.status.exit()
  }

  /// Writes the certificate of a value that was found.
  private func write(_ evaluation: Evaluation, within evaluator: Evaluator, to path: String) throws {
    do {
      let budget = Budget(bits: evaluator.bits, seconds: evaluator.seconds)
      let lines = try budget.result { try evaluation.certificate(within: budget) }
      guard let lines else { throw budget.timeIsOver }
      try CertificateFile(lines).write(to: path, option: "--certificate")
    } catch let refusal as Unanswered {
      let isStale = FileManager.default.fileExists(atPath: path)
      Output.complain(refusal.reason + (isStale ? "; \(path) is left as it was" : ""))
      throw Status.undecided
    }
  }
}
