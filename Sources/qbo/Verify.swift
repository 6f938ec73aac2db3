import ArgumentParser
import Catalogue
import Claims
import Reporting
import RigorousNumerics

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the claims and compares the verdicts with the expected ones.",
    usage: """
      qbo verify [ID-PREFIX ...] [--claims FILE] [--model FILE ...] [--full] [--format text|json] [--jobs J] \
      [--certificates DIR]
      """)

  @Argument(help: "Only claims whose ids start with one of these.")
  var prefixes: [String] = []

  @Option(parsing: .unconditional, help: "The claims of this YAML file instead of the built-in ones.")
  var claims: String?

  @OptionGroup var models: ModelOptions

  @Flag(help: "The full grids.")
  var full = false

  @Option(
    parsing: .unconditional,
    help: "Write proofs that other programs check, one a claim where there can be one, to this folder.")
  var certificates: String?

  @OptionGroup var output: FormatOptions

  @OptionGroup var jobs: JobsOptions

  func run() throws {
    let format = try output.format()
    let jobs = try jobs.count()
    guard claims != nil || models.files.isEmpty else {
      throw BadInput("--model: the built-in claims speak of no model given here; accepted: beside --claims FILE")
    }
    let all =
      try claims.map { path throws(BadInput) in
        try ClaimFile(path: path, catalogue: try models.catalogue()).claims
      } ?? Ledger.builtIn(.builtIn)
    let selected = try Ledger.select(all, prefixes: prefixes)
    let clock = ContinuousClock()
    let start = clock.now
    let outcomes = SoFar<Outcome>()
    @Sendable func report() -> VerifyReport {
      VerifyReport(outcomes: outcomes.all, seconds: (clock.now - start).inSeconds, asked: selected.count)
    }
    Interruption.watch { report().printed(as: format) }
    let isFull = full
    do {
      try Jobs.run(
        selected, jobs: jobs, started: { Output.progress("[\($0 + 1)/\(selected.count)] \(selected[$0].id)") },
        { try $0.check(in: CheckContext(full: isFull)) }, each: outcomes.add)
    } catch {
      // A claim that cannot be checked loses nothing of what was found before it.
      Output.progress("")
      Interruption.end()
      if !outcomes.all.isEmpty { Output.write(report().printed(as: format)) }
      throw error
    }
    Output.progress("")
    let found = report()
    Interruption.end()
    Output.write(found.printed(as: format))
    if let certificates { try CertificateFolder(certificates).write(outcomes.all.map(\.claim), jobs: jobs) }
    if !found.surprises.isEmpty { throw Status.unexpected }
  }
}
