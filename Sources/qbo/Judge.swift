import ArgumentParser
import Catalogue
import Foundation
import Models
import Reporting
import RigorousNumerics

struct Judge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How far a computed trajectory is from the truth of a model.",
    usage: """
      qbo judge --model FILE PATH [name=value ...] [--order ORDER] [--within E] [--format text|json] [--max-seconds S]
      """,
    discussion: """
      PATH is an .npz of NumPy with times (T), states (T, d) or (T, d, d) and, if wanted, dims; or JSON lines \
      {"t": "0.1", "re": [...], "im": [...]}; or Matrix Market with a column for each time and the times in PATH.times.

      ORDER is model (the default), qutip (qubits and spins up first), or a list of factors with commas, each with - \
      when its states run backwards.
      """)

  @Argument(help: "The path, and parameters of the model as name=value.")
  var words: [String] = []

  @OptionGroup var models: ModelOptions

  @Option(parsing: .unconditional, help: "Which basis state stands at which place: model, qutip, or a list of factors.")
  var order = "model"

  @Option(parsing: .unconditional, help: "Exit with 1 where the distance may exceed this at some time.")
  var within: String?

  @OptionGroup var output: FormatOptions

  @Option(parsing: .unconditional, help: "The cap on time in seconds; 60 by default.")
  var maxSeconds: String?

  func run() throws {
    let format = try output.format()
    let entered = try models.read()
    guard entered.count == 1, let model = entered.first else {
      throw BadInput("--model: \(entered.count) models are given; accepted: the one whose path is judged")
    }
    let paths = words.filter { !$0.contains("=") || FileManager.default.fileExists(atPath: $0) }
    guard paths.count == 1, let path = paths.first else {
      throw BadInput(
        paths.isEmpty
          ? "the path is missing; accepted: a file of states at times, .npz, JSON lines or Matrix Market"
          : "\(paths.count) paths are given; accepted: one, and parameters as name=value")
    }
    let given = try words.filter { $0 != path }.map { word throws(BadInput) in try Evaluator.setting(word) }
    let bound = try within.map { text throws(BadInput) in
      guard let value = Double(text), value.isFinite, value >= 0 else {
        throw BadInput("--within: '\(text.abridged)' is no distance; accepted: numbers of 0 or more")
      }
      return value
    }
    let trajectory = try Trajectory(path: path)
    let clock = ContinuousClock()
    let begin = clock.now
    let judgement = try PathJudgement(
      trajectory, of: model, given, order: order, within: Budget(seconds: try Evaluator.seconds(maxSeconds)))
    let seconds = (clock.now - begin) / .seconds(1)
    Output.write(JudgementReport(model: model.name, judgement, seconds: seconds).printed(as: format))
    if let bound, judgement.greatest > bound { throw Status.unexpected }
  }
}
