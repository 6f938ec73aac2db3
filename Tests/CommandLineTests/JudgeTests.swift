import Foundation
import JSON
import TestSupport
import Testing

/// `qbo judge`: what it prints, its exit statuses, and its refusals.
@Suite struct JudgeTests {
  private static let model = """
    model: flip
    parameters: {g: positive}
    space: {q: qubit}
    hamiltonian: g*q_x
    start: {q: down}
    quantities:
      z: {value: mean(q_z)}
    """

  /// The state after t = 0 and 1/2 with g = 1, in QuTiP's order, off by 0.01 in the second one.
  private static let path = """
    {"t": "0", "re": [0, 1], "im": [0, 0]}
    {"t": "1/2", "re": [0, 0.8775825618903728], "im": [-0.489425538604203, 0]}
    """

  private static func run(
    _ words: [String], path: String = path, model: String = model
  ) throws -> Program.Run {
    let folder = FileManager.default.temporaryDirectory.appending(path: "judge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(model.utf8).write(to: folder.appending(path: "flip.yaml"))
    try Data(path.utf8).write(to: folder.appending(path: "path.jsonl"))
    return try Program.run(
      ["judge", "--model", folder.appending(path: "flip.yaml").path, folder.appending(path: "path.jsonl").path] + words)
  }

  @Test func `the answer has the keys of the contract`() throws {
    let run = try Self.run(["g=1", "--order", "qutip", "--format", "json"])
    #expect(run.status == 0)
    let answer = try run.json()
    #expect(
      answer.keys == [
        "model", "times", "upper", "lower", "norm", "quantities", "lost", "cause", "method", "seconds",
      ])
    guard case .array(let upper)? = answer["upper"], case .array(let lower)? = answer["lower"] else {
      Issue.record("no bounds")
      return
    }
    #expect(upper.count == 2 && lower.count == 2)
    let (least, most) = (try #require(lower[1].double), try #require(upper[1].double))
    // sin(1/2) = 0.4794255386042030, so that the path is off by 0.01 there, but for half an ulp (2^-54 below one) of both
    // of its numbers and half a unit of their last decimals. The truth has 64 bits, and each bound is rounded by 2^-59.
    #expect(least <= 0.01 + 0x1p-52 && 0.01 - 0x1p-52 <= most && most - least < 0x1p-56)
    #expect(answer["times"] == .array([.number("0.0"), .number("0.5")]))
    #expect(answer["norm"] == .string("2-norm"))
    #expect(answer["quantities"]?.keys == ["flip.z"])
  }

  @Test func `a bound may be asked for`() throws {
    #expect(try Self.run(["g=1", "--order", "qutip", "--within", "0.02"]).status == 0)
    let run = try Self.run(["g=1", "--order", "qutip", "--within", "0.005"])
    #expect(run.status == 1)
    #expect(run.output.contains("Distance from the truth of flip, 2-norm"))
  }

  private static let refusals: [([String], String)] = [
    ([], "parameter g of flip is missing"),
    (["g=1", "h=2"], "unknown parameter 'h' of flip; accepted: g"),
    (["g=1", "other.npz"], "2 paths are given; accepted: one, and parameters as name=value"),
    (["g=1", "--within", "x"], "--within: 'x' is no distance; accepted: numbers of 0 or more"),
    (["g=1", "--order", "q,q"], "--order: 'q' stands twice; accepted: each factor once"),
  ]

  @Test(arguments: refusals)
  func `what is wrong is told in one line`(_ words: [String], _ message: String) throws {
    let run = try Self.run(words)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.error.split(separator: "\n").count == 1)
  }

  /// A vector with |1, 1> in another order of its fermions has the other sign there.
  @Test func `fermions stand in the order of the model`() throws {
    let model = """
      model: pair
      space: {a: fermion, b: fermion}
      hamiltonian: a*b + b'*a'
      start: {a: level(0), b: level(0)}
      quantities: {n: {value: mean(a'*a)}}
      """
    let path = #"{"t": "0", "re": [1, 0, 0, 0]}"# + "\n"
    #expect(try Self.run(["--order", "a,b"], path: path, model: model).status == 0)
    let run = try Self.run(["--order", "b,a"], path: path, model: model)
    #expect(run.status == 2)
    #expect(
      run.error.contains("--order b,a: another order of fermions changes signs; accepted: a, b in this order"),
      "\(run.error)")
  }

  /// The truth at a million times the time, of which a clock would tell, is out of reach.
  @Test func `bounds stand where the cause is not found`() throws {
    let model = """
      model: slow
      parameters: {w: {kind: positive, default: 1000000}}
      space: {b: {kind: qubit, cells: 4}}
      hamiltonian: sum(j, b_x[j]) + b_z[0]/2 + w/1000000*b_z[0]*b_z[1]
      start: {b: up}
      quantities: {z: {value: "mean(b_z[0])"}}
      """
    let zeros = Array(repeating: "0", count: 15).joined(separator: ", ")
    let path = ["0", "1/2", "1", "3/2"].map { #"{"t": "\#($0)", "re": [1, \#(zeros)]}"# + "\n" }.joined()
    let run = try Self.run(["--max-seconds", "6"], path: path, model: model)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Cause: "))
  }

  /// The truth is near at hand at t = 1, and takes far more than two seconds at t = 800000: from there on the norm of
  /// the path, which is one, says that the distance is at most two.
  @Test func `what is proved when the time is over stands`() throws {
    let model = """
      model: long
      space: {b: {kind: qubit, cells: 4}}
      hamiltonian: sum(j, b_x[j]) + b_z[0]/2 + b_z[0]*b_z[1]
      start: {b: up}
      quantities: {z: {value: "mean(b_z[0])"}}
      """
    let zeros = Array(repeating: "0", count: 15).joined(separator: ", ")
    let path = ["0", "1", "800000"].map { #"{"t": "\#($0)", "re": [\#(zeros), 1]}"# + "\n" }.joined()
    let run = try Self.run(["--max-seconds", "2", "--format", "json"], path: path, model: model)
    #expect(run.status == 0, "\(run.error)")
    let answer = try run.json()
    guard case .array(let upper)? = answer["upper"], case .array(let lower)? = answer["lower"],
      case .string(let cause)? = answer["cause"], case .string(let method)? = answer["method"]
    else {
      Issue.record("no bounds: \(answer)")
      return
    }
    #expect(upper.count == 3 && lower.count == 3)
    #expect(lower.last?.double == 0 && upper.last?.double == 2)
    let (least, most) = (try #require(lower[1].double), try #require(upper[1].double))
    #expect(0.1 < least && least <= most && most <= 2 * least)
    #expect(
      cause == "not told: the truth is known up to t = 1.0 alone (the cap of 2.0 seconds was reached)",
      "\(cause)")
    #expect(method.hasSuffix("up to t = 1.0; from there on by norms alone"), "\(method)")
    guard case .array(let figure)? = answer["quantities"]?["long.z"]?["upper"] else {
      Issue.record("no quantity: \(answer)")
      return
    }
    #expect(figure.count == 3 && figure.last == .null)
  }

  /// Three digits next to the greatest double, and two digits of a bound: each to its side.
  @Test func `bounds are rounded to their sides`() throws {
    let great = try Self.run(["g=1"], path: #"{"t": "0", "re": [1.797e308, 0]}"# + "\n")
    #expect(great.status == 0 && great.output.contains(/0\.0 +1\.79e\+308 +1\.80e\+308/), "\(great.output)")
    let near = try Self.run(["g=1", "--order", "qutip"], path: #"{"t": "0", "re": [1.3486e-7, 1]}"# + "\n")
    #expect(near.output.contains("none: the path is within 1.4e-07 of the truth"), "\(near.output)")
  }

  @Test func `a model and a path are needed`() throws {
    let none = try Program.run(["judge", "path.npz"])
    #expect(none.status == 2)
    #expect(none.error.contains("--model: 0 models are given; accepted: the one whose path is judged"))
    let run = try Program.run(["judge", "--model", Repository.top.appending(path: "docs/models/pulse.yaml").path])
    #expect(run.status == 2)
    #expect(run.error.contains("the path is missing; accepted: a file of states at times"), "\(run.error)")
  }
}
