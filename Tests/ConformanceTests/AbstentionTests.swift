import ArbitraryPrecision
import Catalogue
import Foundation
import JSON
import Systems
import TestSupport
import Testing

@testable import Conformance

/// Runs that a verdict on single answers does not tell apart: wrong zeros, abstentions, refusals, and runs in which nothing is judged. Answers are made from the certified bounds.
@Suite struct AbstentionTests {
  private static let stored = Result { try VectorStore(folder: Places.fixtures) }
  private static let subjects = Catalogue.builtIn.subjects
  private static let tooMany =
    "truths that are not small; accepted: one in ten, or those that --known-failures lists as skipped"

  /// What stands in place of a right answer, with the truth at hand; nil for the right one.
  private typealias Change = (_ truth: VectorCase, _ index: Int) -> String?

  /// Validates right answers to the valid questions of some quantities and refusals of the others, some of them changed.
  private static func run(
    _ quantities: [String], known: String? = nil, _ change: Change
  ) throws -> (status: Int32, json: JSONValue) {
    var index = -1
    let lines = try stored.get().selected(quantities).map { question in
      guard case .valid(let valid) = question else { return #"{"id": "\#(question.id)", "refused": "invalid"}"# }
      index += 1
      return #"{"id": "\#(valid.id)", \#(change(valid, index) ?? #""value": "\#(valid.bounds.lower)""#)}"#
    }
    return try withFolder { folder in
      let (file, list) = (folder.appending(path: "answers.jsonl"), folder.appending(path: "known.json"))
      try Data(lines.joined(separator: "\n").utf8).write(to: file)
      try Data((known ?? #"{"failures": []}"#).utf8).write(to: list)
      let run = try Program.run(
        [
          "validate", file.path, "--vectors", Places.fixtures, "--format", "json", "--known-failures", list.path,
          "--quantity",
        ] + quantities)
      return (run.status, try JSONValue(parsing: run.output))
    }
  }

  private static func count(_ key: String, _ json: JSONValue) -> Int? {
    guard case .number(let text) = json["summary"]?[key] else { return nil }
    return Int(text)
  }

  private static func surprises(_ json: JSONValue) -> [String] {
    json["summary"]?["surprises"]?.elements?.compactMap(\.text) ?? []
  }

  @Test func `right answers are as expected`() throws {
    let (status, json) = try Self.run(["capacity.concurrence", "state"]) { _, _ in nil }
    #expect(status == 0, "\(Self.surprises(json))")
    #expect(Self.count("abstentions", json) == 0)
  }

  /// A concurrence whose roots were not sorted, a full transpose for a partial one, ergotropies whose digits are gone: zero, without a claim, with one that is broken, with one that holds.
  @Test(arguments: [
    #""value": 0"#, #""value": 0, "tolerance": 1e-14"#, #""value": "0x0p+0", "tolerance": 10"#,
    #""value": "1e-17", "tolerance": "1e300""#, #""skipped": "no digit is certain", "tolerance": 1e-60"#,
  ])
  func `a wrong zero disagrees, whatever is claimed`(_ zero: String) throws {
    for (quantity, isChosen) in [
      ("capacity.concurrence", { $0.lower.signum != 0 }), ("state.negativity", { $0.lower.signum != 0 }),
      ("state.ergotropy", { $0.lower.signum > 0 && $0.upper < Rational(2).power(-33) }),
    ] as [(String, (VectorCase) -> Bool)] {
      var planted = 0
      let (status, json) = try Self.run([quantity]) { truth, _ in
        guard isChosen(truth), !(zero.contains("1e-60") && truth.upper < Rational(2).power(-190)) else { return nil }
        planted += 1
        return zero
      }
      #expect(planted >= 3, "\(quantity)")
      #expect(status == 1, "\(quantity)")
      #expect(Self.count("disagrees", json) == planted, "\(quantity)")
    }
  }

  /// One in ten of the truths that are not small may be left open, two may not; small ones all.
  @Test func `abstentions count where the truth is not small`() throws {
    let quantities = ["capacity", "state"]
    let truths = try Self.stored.get().selected(quantities).compactMap { question in
      if case .valid(let valid) = question, !Self.subjects.isSmall(valid) { valid.id } else { nil }
    }
    let tenth = truths.count / 10
    for (missing, expected) in [(tenth, Int32(0)), (tenth + 1, 1)] {
      let open = Set(truths.enumerated().filter { $0.offset % 9 == 0 }.prefix(missing).map(\.element))
      #expect(open.count == missing)
      let (status, json) = try Self.run(quantities) { truth, _ in
        open.contains(truth.id) || Self.subjects.isSmall(truth) ? #""skipped": "no digit""# : nil
      }
      #expect(status == expected)
      #expect(Self.count("abstentions", json) == missing)
      #expect(Self.count("answerable", json) == truths.count)
      #expect(
        Self.surprises(json) == (expected == 0 ? [] : ["no digit of \(missing) of \(truths.count) \(Self.tooMany)"]))
      let shown = json["cases"]?.elements?.filter { $0["abstains"] == .bool(true) }.compactMap { $0["id"]?.text }
      #expect(Set(shown ?? []) == open)
    }
  }

  /// One quantity whose every value but zeros is left open is no tenth of a run, and does not pass for all that.
  @Test func `more than half of a quantity is too much`() throws {
    let ids = try Self.stored.get().selected(["capacity.concurrence"]).compactMap { question in
      if case .valid(let valid) = question, !Self.subjects.isSmall(valid) { valid.id } else { nil }
    }
    for count in [ids.count / 2, ids.count / 2 + 1] {
      let open = Set(ids.prefix(count))
      let (status, json) = try Self.run(["capacity", "harmonic", "spin", "quasi", "state"]) { truth, _ in
        open.contains(truth.id) ? #""skipped": "no digit is certain""# : nil
      }
      let line =
        "no digit of \(count) of \(ids.count) truths of capacity.concurrence that are not small; accepted: half of them, or those that --known-failures lists as skipped"
      #expect(Self.surprises(json) == (2 * count > ids.count ? [line] : []))
      #expect(status == (2 * count > ids.count ? 1 : 0))
    }
  }

  @Test func `claims that leave no digit are abstentions`() throws {
    let (vacuous, other) = try Self.run(["capacity.bell"]) { _, _ in #""value": "2.5", "tolerance": 1"# }
    #expect(vacuous == 1)
    #expect(Self.count("agrees-within-claim", other) == 0)
    #expect(Self.count("abstentions", other) == Self.count("answerable", other))
    #expect(Self.surprises(other).contains { $0.hasPrefix("nothing was judged") })
  }

  @Test func `abstentions that are listed are as expected, and must be there`() throws {
    let list = #"{"failures": [ITEMS]}"#
    func items(_ numbers: [Int]) -> String {
      list.replacing(
        "ITEMS",
        with: numbers.map {
          #"{"id": "capacity.bell.000\#($0)", "verdict": "skipped", "reason": "too long"}"#
        }.joined(separator: ", "))
    }
    let change: Change = { truth, index in (0..<3).contains(index) ? #""skipped": "too long""# : nil }
    #expect(try Self.run(["capacity.bell"], change).status == 1)
    #expect(try Self.run(["capacity.bell"], known: items([1, 2, 3]), change).status == 0)
    let (status, json) = try Self.run(["capacity.bell"], known: items([1, 2, 3, 4]), change)
    #expect(status == 1)
    #expect(Self.surprises(json) == ["capacity.bell.0004 is listed as skipped and is agrees"])
  }

  @Test func `a valid input that is refused fails`() throws {
    let (status, json) = try Self.run(["capacity.bell"]) { _, index in index == 0 ? #""refused": "no""# : nil }
    #expect(status == 1)
    #expect(Self.surprises(json) == ["capacity.bell.0001 refused-valid"])
    let list = #"{"failures": [{"id": "capacity.bell.0001", "verdict": "refused-valid", "reason": "known"}]}"#
    #expect(
      try Self.run(["capacity.bell"], known: list) { _, index in index == 0 ? #""refused": "no""# : nil }.status == 0)
  }

  @Test(arguments: [#""skipped": "no""#, #""skipped": "no", "tolerance": 1e9"#])
  func `a run that judged nothing is not as expected`(_ answer: String) throws {
    let (status, json) = try Self.run(["capacity.bell", "harmonic.ratio"]) { _, _ in answer }
    #expect(status == 1)
    #expect(Self.surprises(json) == ["nothing was judged: no answer to a valid question says anything of its truth"])
  }

  /// A quantity that is not implemented is no abstention, and does not make up for one.
  @Test func `quantities without an answer are left out`() throws {
    let (status, json) = try Self.run(["capacity.bell", "harmonic"]) { truth, _ in
      truth.subject.hasPrefix("harmonic") ? #""skipped": "another quantity""# : nil
    }
    #expect(status == 0)
    #expect(Self.count("abstentions", json) == 0)
    #expect(
      try Self.run(["capacity.bell", "harmonic"]) { truth, index in
        truth.subject.hasPrefix("harmonic") || index % 4 == 0 ? #""skipped": "no""# : nil
      }.status == 1)
  }

  /// The text shows them with their truth and says how many there are.
  @Test func `abstentions are shown`() throws {
    let body =
      #"if [ $n = 1 ]; then echo "{\"seq\": $n, \"skipped\": \"too hard\"}"; else echo "{\"seq\": $n, \"value\": 1}"; fi"#
    try withFolder { folder in
      let file = folder.appending(path: "harness.sh")
      try Data(ShellHarness.script(body).utf8).write(to: file)
      let run = try Program.run([
        "validate", "--harness", "exec sh '\(file.path)'", "--vectors", Places.fixtures, "--quantity", "harmonic.ratio",
      ])
      #expect(run.status == 1)
      #expect(run.output.contains("harmonic.ratio.0001 "))
      #expect(run.output.contains("too hard; N=1 w0=1.0 g=1.0"))
      #expect(run.output.contains("\nno digit of 1 of 3 \(Self.tooMany)\n"))
      #expect(run.output.contains("; no digit of 1 of 3 truths that are not small; "))
    }
  }

  /// Small is what four ulps of the natural size swallow: the size of the greatest energy for an energy, one for a probability.
  @Test func `small is relative to the natural size`() throws {
    let truths = Dictionary(
      uniqueKeysWithValues: try Self.stored.get().questions.compactMap { question -> (String, VectorCase)? in
        if case .valid(let valid) = question { (valid.id, valid) } else { nil }
      })
    for (id, isSmall) in [
      // Zero; 1.5e-32 of 1; 1.2e-16 of 1; 1.1e-16 of three levels; 1.7e-18; a product of couplings, 1e-400; 0.99.
      ("harmonic.stored-energy.0005", true), ("harmonic.stored-energy.0006", true), ("capacity.concurrence.0007", true),
      ("state.ergotropy.0012", true), ("state.ergotropy.0013", true), ("star.smallest-coupling.0007", true),
      ("harmonic.stored-energy.0001", false), ("capacity.concurrence.1002", false), ("star.energy.0013", false),
    ] {
      #expect(Self.subjects.isSmall(try #require(truths[id])) == isSmall, "\(id)")
    }
    for subject in Self.subjects.all {
      guard let truth = truths[VectorCase.id(subject.name, 1)] else { continue }
      #expect(try subject.scale(truth.parameters) > 0, "\(subject.name): \(subject.scaleText)")
    }
  }

  /// Where the truth is zero any claim holds that is large enough: one above a tenth of the natural size, here 1, abstains.
  @Test(arguments: [(#""value": 12345, "tolerance": 1e9"#, 1), (#""value": 1e-13, "tolerance": 1e-12"#, 0)])
  func `a claim that says nothing of a zero is counted`(_ answer: String, _ perZero: Int) throws {
    var zeros = 0
    let (_, json) = try Self.run(["capacity.concurrence"]) { truth, _ in
      guard truth.lower.signum == 0, truth.upper.signum == 0 else { return nil }
      zeros += 1
      return answer
    }
    #expect(zeros > 0)
    #expect(Self.count("abstentions", json) == zeros * perZero)
  }
}
