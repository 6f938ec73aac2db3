import JSON
import TestSupport
import Testing

@Suite struct AuditTests {
  @Test func `JSON gives errors in ulps and whether the promise held`() throws {
    let run = try Program.run(["audit", "harmonic.stored", "--format", "json"])
    #expect(run.status == 0)
    #expect(run.error == "")
    let answer = try run.json()
    #expect(answer.keys == ["kernels"])
    let kernels = try #require(answer["kernels"]).elements
    try #require(kernels.count == 1)
    let kernel = kernels[0]
    #expect(
      kernel.keys.starts(with: [
        "name", "points", "worstUlps", "meanUlps", "correctBits", "worstInput", "promisedBound", "held",
      ]))
    #expect(kernel["name"] == .string("harmonic.stored-energy"))
    #expect(kernel["held"] == .bool(true))
    let worst = try #require(kernel["worstUlps"]?.double)
    let mean = try #require(kernel["meanUlps"]?.double)
    #expect(try #require(kernel["points"]?.double) >= 100)
    #expect(mean > 0)
    #expect(mean <= worst)
    #expect(worst <= (try #require(kernel["promisedBound"]?.double)))
    #expect((1...64).contains(try #require(kernel["correctBits"]?.double)))
  }

  @Test func `the worst input can be evaluated again`() throws {
    let answer = try Program.run(["audit", "harmonic.stored-energy", "--format", "json"]).json()
    let kernel = try #require(answer["kernels"]?.elements.first)
    let input = try #require(kernel["worstInput"])
    #expect(input.keys == ["N", "w0", "g", "tau"])
    let parameters = try input.keys.map { "\($0)=\(try #require(input[$0]?.text))" }
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "--double", "--format", "json"] + parameters)
    #expect(run.status == 0)
    let value = try #require(try run.json()["value"]?.double)
    let kernelBound = try #require(try run.json()["kernelErrorBound"]?.double)
    #expect(kernelBound <= 1.01 * value.ulp * (try #require(kernel["promisedBound"]?.double)))
  }

  @Test func `a choice is a word in the worst input`() throws {
    let answer = try Program.run(["audit", "quasi.negativity", "--format", "json"]).json()
    let kernel = try #require(answer["kernels"]?.elements.first)
    let input = try #require(kernel["worstInput"])
    #expect(["flip", "parallel", "blocks"].contains(try #require(input["family"]?.text)))
    let parameters = try input.keys.map { "\($0)=\(try #require(input[$0]?.text))" }
    #expect(try Program.run(["evaluate", "quasi.negativity", "--double"] + parameters).status == 0)
  }

  @Test func `text has a row for each kernel`() throws {
    let run = try Program.run(["audit", "harmonic", "spin.stored"])
    #expect(run.status == 0)
    #expect(run.error == "")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("kernel ") == true)
    #expect(lines.count { $0.hasPrefix("harmonic.stored-energy ") } == 1)
    #expect(lines.dropFirst().allSatisfy { $0.contains(" yes ") })
  }

  @Test(arguments: ["nothing", "harmonic.power-constant"])
  func `a prefix without a kernel is refused`(_ prefix: String) throws {
    let run = try Program.run(["audit", prefix])
    #expect(run.status == 2)
    #expect(run.output == "")
    let reason =
      prefix == "nothing"
      ? "no kernel has a name that starts with 'nothing'" : "harmonic.power-constant has no double-precision kernel"
    #expect(run.error.hasPrefix("qbo: \(reason); accepted: prefixes of harmonic.stored-energy"))
    #expect(run.error.count { $0 == "\n" } == 1)
  }
}
