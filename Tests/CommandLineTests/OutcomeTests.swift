import JSON
import TestSupport
import Testing

/// How evaluations end: a limit of a route, a cap on time, an exact zero.
@Suite struct OutcomeTests {
  private static let far: [(request: [String], limit: String)] = [
    (["dicke.stored-energy", "N=1001", "tau=1"], "N <= 1000: the states are about N times the photons"),
    (
      ["dicke.stored-energy", "N=20", "tau=1", "--digits", "10000"],
      "20000 photons more in a step: the effect of the cut-off is bounded by a series of as many terms, and many digits or a strong coupling take more"
    ),
    (
      ["spin.advantage", "N=100000"], "N <= 65536: the evolution of N + 1 amplitudes takes about N^2 operations"
    ),
    (["freedom.tavis-cummings-energy", "N=257", "nbar=1"], "N <= 256: the state of the cells has N + 1 dimensions"),
    (["star.steady-energy", "N=1001", "F=1"], "N <= 1000: a matrix of N + 1 rows is diagonalised"),
    (["quasi.fermion-time", "N=13", "k=2", "seed=1"], "N <= 12: the modes have up to 2^N states"),
    (
      ["quasi.fermion-atom", "N=10", "k=2", "seed=1", "q=0", "w=0", "--digits", "10000"],
      "2 GiB of vectors: each term of the series has one, of the digits asked for"
    ),
    (
      ["spin.semiclassical-advantage", "N=2"],
      "N >= 3: for fewer cells the law's power falls from the start of its range of times"
    ),
  ]

  @Test(arguments: far)
  func `a limit of the route is told as one, whatever the caps are`(_ request: [String], _ limit: String) throws {
    let text = try Program.run(["evaluate"] + request + ["--max-bits", "16777216"])
    #expect(text.status == 3 && text.error == "")
    #expect(text.output == "beyond: this route is limited to \(limit)\n")
    let run = try Program.run(["evaluate"] + request + ["--format", "json"])
    #expect(run.status == 3)
    let answer = try run.json()
    #expect(answer["outcome"] == .string("beyond") && answer["lower"] == .null)
    #expect(answer["undecided"] == .string("this route is limited to \(limit)"))
  }

  /// The law is a formula in N: any number of cells is within reach. mpmath 1.3.0, mp.dps = 40: the greatest F(s)/ln(4 N s), F(s) = 1 - u e^u E1(u),
  /// u = 1/s, by mp.findroot on its derivative, is
  /// 0.0487379451268013, Y = 0.724611353776708, and 2 N/Y times the first 134521.615960823223.
  @Test func `the semiclassical law takes many cells`() throws {
    let run = try Program.run(["evaluate", "spin.semiclassical-advantage", "N=1000000", "--digits", "12"])
    #expect(run.status == 0 && run.output == "134521.615961\n")
  }

  @Test func `outcomes of values, zeros and caps`() throws {
    let cases: [(request: [String], outcome: String, status: Int32)] = [
      (["harmonic.stored-energy", "N=2", "tau=1"], "value", 0),
      (["harmonic.stored-energy", "N=2", "tau=0"], "zero", 0),
      (["harmonic.stored-energy", "N=2", "tau=pi/sqrt(2)"], "zero", 0),
      (["harmonic.stored-energy", "N=2", "tau=1", "--max-bits", "64"], "undecided", 3),
      (["capacity.peak-deficit", "wb=1", "wc=1", "J1=0"], "undefined", 2),
      (["quasi.gaussian-distance", "N=4", "q=0", "a=1", "b=0"], "undefined", 2),
    ]
    for (request, outcome, status) in cases {
      let run = try Program.run(["evaluate"] + request + ["--format", "json"])
      #expect(run.status == status)
      #expect(try run.json()["outcome"] == .string(outcome), "\(request)")
    }
    // As text it is one line on standard error, like all input without an answer.
    let text = try Program.run(["evaluate", "capacity.peak-deficit", "wb=1", "wc=1", "J1=0"])
    #expect(text.status == 2 && text.output.isEmpty)
    #expect(
      text.error == """
        qbo: parameter J1: without exchange and detuning there is no peak; accepted: J1 = 0 or wb = wc, not both

        """)
    let lines = #"""
      {"quantity": "dicke.advantage", "parameters": {"N": 5000}}
      {"quantity": "harmonic.advantage", "parameters": {"N": 5}}
      """#
    let batch = try Program.run(["evaluate", "--batch"], input: lines)
    #expect(batch.status == 3)
    #expect(try batch.jsonLines().map { $0["outcome"] } == [.string("beyond"), .string("value")])
  }

  /// Inside one call of a library, too: a value of the error function at 33000 bits takes longer than this cap. Generous to a busy machine.
  @Test(arguments: [
    ["quasi.gaussian-distance", "N=200", "q=0", "a=0.3", "b=0.5"],
    ["star.steady-energy", "N=300", "F=1"], ["harmonic.stored-energy", "N=10^30", "tau=1/3"],
  ])
  func `a cap on time holds`(_ request: [String]) throws {
    let run = try Program.run(
      ["evaluate"] + request + ["--digits", "10000", "--max-seconds", "0.5", "--format", "json"])
    #expect(run.status == 3)
    let answer = try run.json()
    #expect(answer["outcome"] == .string("undecided"))
    #expect(answer["undecided"] == .string("the cap of 0.5 seconds was reached"))
    // A tenth and 0.2 seconds are promised to a machine with nothing else to do.
    #expect(try #require(answer["seconds"]?.double) < 2)
  }

  @Test func `limits are listed`() throws {
    let quantities = try #require(try Program.run(["quantities", "--format", "json"]).json()["quantities"]).elements
    let dicke = try #require(quantities.first { $0["name"] == .string("dicke.stored-energy") })
    #expect(
      dicke["limits"]?.elements.first
        == .members([
          "route": .string("parity-sector"), "parameters": .array([.string("N")]), "limit": .string("N <= 1000"),
          "cause": .string("the states are about N times the photons"),
        ]))
    let text = try Program.run(["quantities"]).output
    #expect(text.contains("[limited to N <= 1000;"))
    for limit in quantities.flatMap({ $0["limits"]?.elements ?? [] }) {
      #expect(limit.keys == ["route", "parameters", "limit", "cause"])
    }
  }

  @Test func `digits are not asked of a double`() throws {
    let request = ["evaluate", "harmonic.stored-energy", "N=3", "tau=1", "--double"]
    for option in ["--digits", "--absolute"] {
      try expectRefused(
        request + [option, "20"],
        "\(option) is of certified values; accepted with --double: neither --digits nor --absolute")
    }
    let batch = try Program.run(
      ["evaluate", "--batch", "--double"],
      input: #"{"id": 1, "quantity": "harmonic.advantage", "parameters": {"N": 5}, "digits": 3}"#)
    #expect(batch.status == 2)
    #expect(
      try batch.jsonLines().first?["error"]
        == .string("'digits' is of certified values; accepted with --double: neither digits nor absolute"))
  }
}
