import JSON
import TestSupport
import Testing

@Suite struct QuantitiesTests {
  @Test func `JSON lists the quantities with their parameters`() throws {
    let run = try Program.run(["quantities", "--format", "json"])
    #expect(run.status == 0)
    #expect(run.error == "")
    let answer = try run.json()
    #expect(answer.keys == ["quantities"])
    let quantities = try #require(answer["quantities"]).elements
    for quantity in quantities {
      #expect(quantity.keys == ["name", "parameters", "unit", "meaning", "source", "methods", "limits", "kernel"])
      #expect(quantity["methods"]?.elements.isEmpty == false)
      for parameter in quantity["parameters"]?.elements ?? [] {
        #expect(parameter.keys == ["name", "kind", "domain", "default"])
        #expect(["integer", "rational", "real", "choice", "matrix", "integers"].contains(parameter["kind"]?.text))
      }
    }
    let names = quantities.compactMap { $0["name"]?.text }
    #expect(Set(names).count == quantities.count)
    for name in ["stored-energy", "max-power", "optimal-time", "advantage", "power-constant"] {
      #expect(names.contains("harmonic.\(name)"))
    }
  }

  @Test func `domains and defaults of the stored energy are those of the contract`() throws {
    let answer = try Program.run(["quantities", "--format", "json"]).json()
    let quantity = try #require(answer["quantities"]?.elements.first { $0["name"]?.text == "harmonic.stored-energy" })
    let expected: [(String, String, String, JSONValue)] = [
      ("N", "integer", "N >= 1", .null), ("w0", "real", "w0 > 0", .string("1")), ("g", "real", "g > 0", .string("1")),
      ("tau", "real", "tau >= 0", .null),
    ]
    #expect(
      quantity["parameters"]
        == .array(
          expected.map {
            .members(["name": .string($0.0), "kind": .string($0.1), "domain": .string($0.2), "default": $0.3])
          }))
    #expect(quantity["unit"] == .string("w0"))
    #expect(quantity["source"]?.text?.contains("Phys. Rev. B 99, 205437") == true)
    #expect(quantity["kernel"]?.text?.contains("2^44") == true)
  }

  @Test func `text has a row for each quantity`() throws {
    let run = try Program.run(["quantities"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.wholeMatch(of: /quantity +parameters +unit +meaning/) != nil)
    let answer = try Program.run(["quantities", "--format", "json"]).json()
    for quantity in answer["quantities"]?.elements ?? [] {
      let name = try #require(quantity["name"]?.text)
      #expect(lines.count { $0.hasPrefix(name + " ") } == 1)
    }
    #expect(lines.contains { $0.wholeMatch(of: /harmonic\.max-power +N w0=1 g=1 +w0\^2 +greatest .*/) != nil })
    #expect(lines.allSatisfy { $0.last != " " })
  }

  @Test func `every quantity that is listed can be evaluated`() throws {
    let answer = try Program.run(["quantities", "--format", "json"]).json()
    let values = ["N": "2", "tau": "0.4", "start": "fock"]
    for quantity in answer["quantities"]?.elements ?? [] where quantity["name"]?.text?.hasPrefix("harmonic.") == true {
      let name = try #require(quantity["name"]?.text)
      let missing = (quantity["parameters"]?.elements ?? []).filter { $0["default"] == .null }
      let given = try missing.map { parameter in
        let key = try #require(parameter["name"]?.text)
        return "\(key)=\(try #require(values[key]))"
      }
      let run = try Program.run(["evaluate", name, "--digits", "3"] + given)
      #expect(run.status == 0)
      #expect(run.error == "")
    }
  }

  @Test func `prefixes choose quantities`() throws {
    let run = try Program.run(["quantities", "harmonic.ratio", "spin.adv", "--format", "json"])
    #expect(run.status == 0)
    let names = try run.json()["quantities"]?.elements.compactMap { $0["name"]?.text }
    #expect(names == ["harmonic.ratio", "spin.advantage"])
    let lines = try Program.run(["quantities", "spin.adv"]).output.split(separator: "\n")
    #expect(lines.filter { $0.first != " " }.map { $0.prefix { $0 != " " } } == ["quantity", "spin.advantage"])
  }
}
