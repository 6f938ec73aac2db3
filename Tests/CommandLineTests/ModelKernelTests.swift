import Foundation
import JSON
import TestSupport
import Testing

/// Kernels of models on the command line: `--double`, `audit --model`, and what has none.
@Suite struct ModelKernelTests {
  private static func file(_ name: String) -> String {
    Repository.top.appending(path: "docs/models/\(name).yaml").path
  }

  /// The values of the files' table, by NumPy's `eigh` in doubles of their own: off by less than 10^-12.
  @Test(arguments: [
    ("tavis-cummings", ["energy", "N=3", "delta=0.2", "t=0.7"], 2.182568692835659),
    ("tavis-cummings", ["noise", "N=3", "delta=0.2", "t=0.7"], 0.5536752101789735),
    ("tavis-cummings", ["full", "N=3", "delta=0.2", "t=0.7"], 0.2563564854698331),
    ("xxz-chain", ["energy", "N=4", "Delta=1/3", "t=2.5"], 0.7050808252313329),
    ("three-level", ["energy", "phi=pi/3", "t=2.5"], 1.1248116655967175),
  ])
  func `a model is evaluated in doubles`(_ name: String, _ words: [String], _ expected: Double) throws {
    let arguments = ["evaluate", "\(name).\(words[0])"] + words.dropFirst() + ["--model", Self.file(name), "--double"]
    let run = try Program.run(arguments + ["--format", "json"])
    #expect(run.error == "" && run.status == 0)
    let answer = try run.json()
    #expect(
      answer.keys == [
        "quantity", "parameters", "value", "errorBound", "kernelErrorBound", "seconds", "method", "outcome",
      ])
    let value = try #require(answer["value"]?.double)
    let (bound, own) = (try #require(answer["errorBound"]?.double), try #require(answer["kernelErrorBound"]?.double))
    #expect(0 < own && own <= bound && bound < 1e-12)
    #expect(abs(value - expected) <= bound + 1e-12)
    let method = answer["method"]?.text ?? ""
    #expect(method.hasPrefix("double-precision kernel; promised bound: found beside the value"))
    let lines = try Program.run(arguments).output.split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0] == "\(value)")
    #expect(lines[1] == "within \(bound) of the value at the parameters as written")
    #expect(lines[2] == "within \(own) of the value at the parameters rounded to doubles")
  }

  @Test func `an audit of a file is one of its kernels alone`() throws {
    let run = try Program.run(["audit", "--model", Self.file("tavis-cummings"), "--format", "json"])
    #expect(run.error == "" && run.status == 0)
    let answer = try run.json()
    #expect(answer.keys == ["kernels"])
    let kernels = try #require(answer["kernels"]).elements
    #expect(kernels.map { $0["name"]?.text } == ["energy", "power", "noise", "full"].map { "tavis-cummings.\($0)" })
    for kernel in kernels {
      #expect(kernel["held"] == .bool(true))
      #expect(try #require(kernel["points"]?.double) >= 20)
      #expect(try #require(kernel["worstUlps"]?.double) <= (try #require(kernel["promisedBound"]?.double)))
      #expect(kernel["worstInput"]?.keys.last == "t")
    }
    let text = try Program.run(["audit", "tavis-cummings.en", "--model", Self.file("tavis-cummings")])
    #expect(text.status == 0)
    let names = text.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(names == ["kernel", "tavis-cummings.energy"])
  }

  private static let mixed = """
    model: mixed
    space: {q: qubit}
    hamiltonian: q_x
    start: {q: down}
    quantities:
      up: {value: weight(q = up)}
      most: {value: "greatest(weight(q = up), 3)"}
      start: {value: initial(mean(q_z))}
    """

  @Test func `quantities without a kernel are named`() throws {
    try withFile(named: "mixed.yaml", Self.mixed) { path in
      let run = try Program.run(["audit", "--model", path])
      #expect(run.error == "" && run.status == 0)
      #expect(run.output.contains("\nmixed.up "))
      #expect(run.output.hasSuffix("\nno double-precision kernel: mixed.most, mixed.start\n"))
      let json = try Program.run(["audit", "--model", path, "--format", "json"]).json()
      #expect(json["without"]?.elements.map(\.text) == ["mixed.most", "mixed.start"])
      let named = try Program.run(["audit", "mixed.most", "--model", path])
      #expect(named.status == 2 && named.output == "")
      #expect(named.error.hasPrefix("qbo: mixed.most has no double-precision kernel; accepted: prefixes of harmonic."))
      #expect(named.error.hasSuffix(", mixed.up\n"))
      let evaluated = try Program.run(["evaluate", "mixed.most", "--model", path, "--double"])
      #expect(evaluated.status == 2 && evaluated.output == "")
      #expect(evaluated.error.hasPrefix("qbo: mixed.most has no double-precision kernel; accepted with --double: "))
    }
    let none = Self.mixed.replacing("  up: {value: weight(q = up)}\n", with: "")
    try withFile(named: "mixed.yaml", none) { path in
      try expectRefused(
        ["audit", "--model", path],
        "--model: none of mixed.most, mixed.start has a double-precision kernel; accepted: models with figures of the "
          + "state at one time")
    }
  }

  @Test func `what a kernel refuses is told`() throws {
    let arguments = ["evaluate", "tavis-cummings.energy", "--model", Self.file("tavis-cummings"), "--double"]
    for (given, reason) in [
      ("t=10^9", "the time times the norm of the Hamiltonian is outside the kernel's domain; accepted: to 2^20"),
      ("t=10^-200", "the time is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    ] {
      let run = try Program.run(arguments + ["N=2", given])
      #expect(run.status == 3 && run.error == "")
      #expect(run.output == "beyond: \(reason)\n")
    }
    let large = try Program.run(arguments + ["N=10^8", "t=1"])
    #expect(large.status == 3)
    #expect(large.output.hasPrefix("beyond: "))
    // What the file refuses stays refused, and what has no value has none.
    let undefined = try Program.run(["evaluate", "tavis-cummings.power", "N=2", "t=0"] + arguments.dropFirst(2))
    #expect(undefined.status == 2 && undefined.output == "")
    #expect(undefined.error.contains("division by 't', which is zero here"))
  }
}
