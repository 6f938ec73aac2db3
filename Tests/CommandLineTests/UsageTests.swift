import TestSupport
import Testing

@Suite struct UsageTests {
  private static let evaluate = """
    qbo evaluate QUANTITY name=value ... [--model FILE ...] [--digits D | --absolute D] [--double] \
    [--format text|json] [--max-bits B] [--max-seconds S] [--certificate FILE] or \
    qbo evaluate --batch [FILE] [--model FILE ...] [--digits D | --absolute D] [--double] [--max-bits B] \
    [--max-seconds S] [--jobs J]
    """

  private static let coq = "qbo coq --output DIR [--claims FILE] [--model FILE ...]"

  private static let refusals = [
    RefusedInput(
      ["evaluate", "harmonic.advantage", "N=1", "--fast"], "Unknown option '--fast'; accepted: \(evaluate)"),
    RefusedInput(
      ["evaluate", "harmonic.advantage", "N=1", "--digits"],
      "Missing value for '--digits <digits>'; accepted: \(evaluate)"),
    RefusedInput(["evaluate", "--format"], "Missing value for '--format <format>'; accepted: \(evaluate)"),
    RefusedInput(
      ["quantities", "--quiet"],
      "Unknown option '--quiet'; accepted: qbo quantities [PREFIX ...] [--model FILE ...] [--format text|json]"),
    RefusedInput(
      ["quantities", "spin", "more"],
      "no quantity has a name that starts with 'more'; accepted: beginnings of names that 'qbo quantities' lists"),
    RefusedInput(["quantities", "--format", "xml"], "--format: unknown format 'xml'; accepted: text, json"),
    RefusedInput(["verify", "--format", "xml"], "--format: unknown format 'xml'; accepted: text, json"),
    RefusedInput(["audit", "--format", "JSON"], "--format: unknown format 'JSON'; accepted: text, json"),
    RefusedInput(
      ["verify", "--quiet"],
      """
      Unknown option '--quiet'; accepted: qbo verify [ID-PREFIX ...] [--claims FILE] [--model FILE ...] [--full] \
      [--format text|json] [--jobs J] [--certificates DIR]
      """),
    RefusedInput(["verify", "--jobs", "0"], "--jobs: '0'; accepted: integers from 1 to 1024"),
    RefusedInput(["audit", "--jobs", "many"], "--jobs: 'many'; accepted: integers from 1 to 1024"),
    RefusedInput(["evaluate", "--batch", "--jobs", "0"], "--jobs: '0'; accepted: integers from 1 to 1024"),
    RefusedInput(
      ["evaluate", "harmonic.advantage", "N=1", "--jobs", "2"],
      "--jobs '2' is of --batch; accepted: one value without it"),
    RefusedInput(
      ["fixtures", "questions", "--jobs", "2"],
      "--jobs is of 'generate' and 'check'; accepted with 'questions': --vectors, --quantity"),
    RefusedInput(["coq"], "Missing expected argument '--output <output>'; accepted: \(coq)"),
    RefusedInput(
      ["coq", "--output", "/tmp", "--model", "x.yaml"],
      "--model: the built-in claims speak of no model given here; accepted: beside --claims FILE"),
    RefusedInput(
      ["evaluate", "harmonic.energy", "--certificate", "x.gz"],
      "--certificate 'x.gz': accepted: a name without '.gz'; gzip packs the file afterwards"),
    RefusedInput(
      ["evaluate", "--batch", "--certificate", "x"],
      "--certificate 'x' is of one certified value; accepted: neither --double nor --batch beside it"),
    RefusedInput(
      ["evaluate", "harmonic.energy", "--double", "--certificate", "x"],
      "--certificate 'x' is of one certified value; accepted: neither --double nor --batch beside it"),
    RefusedInput(
      ["audit", "--quiet"],
      """
      Unknown option '--quiet'; accepted: qbo audit [KERNEL-PREFIX ...] [--model FILE ...] [--full] \
      [--format text|json] [--jobs J]
      """),
    RefusedInput(
      ["help", "frobnicate"],
      "no help on 'frobnicate'; accepted: evaluate, quantities, verify, audit, validate, fixtures, harness, coq, judge"),
  ]

  @Test(arguments: refusals)
  func `a usage error is one line with the usage`(_ input: RefusedInput) throws {
    try expectRefused(input.arguments, input.message)
  }

  private static let wrongSubcommands = [
    RefusedInput([], "the subcommand is missing"),
    RefusedInput(["frobnicate"], "unknown subcommand 'frobnicate'"),
    RefusedInput(["--fast"], "unknown subcommand '--fast'"),
  ]

  @Test(arguments: wrongSubcommands)
  func `a wrong subcommand is refused with the subcommands that there are`(_ input: RefusedInput) throws {
    try expectRefused(
      input.arguments,
      "\(input.message); accepted: evaluate, quantities, verify, audit, validate, fixtures, harness, coq, judge, "
        + "--help, --version")
  }

  @Test(arguments: [
    ["--digits", "3", "--digits", "4"], ["--digits=3", "--digits", "3"], ["--digits=3", "--digits=4"],
  ])
  func `a repeated option is refused`(_ options: [String]) throws {
    try expectRefused(
      ["evaluate", "harmonic.advantage", "N=2"] + options, "--digits is given twice; accepted: once")
  }

  private static let helps: [(command: [String], mentions: [String])] = [
    ([], ["evaluate", "quantities", "verify", "audit", "--version", "Exit statuses"]),
    (
      ["evaluate"],
      [
        "--digits", "--absolute", "--double", "--batch", "--format", "--max-bits", "--max-seconds", "name=value",
        "qbo quantities", "10000", "--model", "--certificate",
      ]
    ),
    (["quantities"], ["--format", "json", "--model"]),
    (["verify"], ["ID-PREFIX", "--claims", "--full", "--format"]),
    (["audit"], ["KERNEL-PREFIX", "--full", "--format"]),
  ]

  @Test(arguments: helps.indices, ["--help", "-h"])
  func `help names what a command accepts`(_ index: Int, _ flag: String) throws {
    let (command, mentions) = Self.helps[index]
    let run = try Program.run(command + [flag])
    #expect(run.status == 0)
    #expect(run.error == "")
    #expect(run.output.contains("USAGE: qbo"))
    for text in mentions { #expect(run.output.contains(text)) }
  }

  @Test func `the version is printed`() throws {
    let run = try Program.run(["--version"])
    #expect(run.status == 0)
    #expect(run.error == "")
    #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
