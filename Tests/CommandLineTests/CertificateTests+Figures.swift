import Foundation
import Testing

/// Figures of two qubits, and of states beside theirs.
extension CertificateTests {
  /// The pair, with other quantities.
  static let beside: String = {
    let head = pair.replacingOccurrences(of: "model: pair", with: "model: beside")
    let quantities = """
        coherence: {value: "coherence(b) + coherence(all)/2"}
        concurrence: {value: "concurrence(q[1], q[0])"}
        far: {value: "trace_distance(b, plus) - trace_distance(all, start)"}
        near: {value: "fidelity(b, bloch(3/5, 0, 4/5)) - fidelity(all, start)"}
        mixed: {value: "fidelity(all, q = diagonal(1/3, 2/3)) + fidelity(b, start)"}
        warm: {value: "fidelity(b, gibbs(2))"}
        cold: {value: "fidelity(b, gibbs(infinity))"}
        inside: {value: "trace_distance(b, bloch(1/2, 0, 0))"}
      """
    return head.components(separatedBy: "quantities:")[0] + "quantities:\n" + quantities
  }()

  /// Two levels of many.
  static let wide = """
    model: wide
    space: {l: levels 17}
    hamiltonian: l(0,1) + l(1,0)
    start: {l: level(0)}
    parts: {part: {of: [l], hamiltonian: "l(1,1)"}}
    quantities: {mixed: {value: "fidelity(part, gibbs(1))"}}
    """

  /// A claim on a figure that is changed, with what check.py says.
  static let broken: [(words: [String], from: String, to: String, reason: String)] = [
    (["beside.concurrence"], #""concurrence""#, #""coherence""#, "other keys than are read"),
    (["beside.concurrence"], #""sites": [0, 1]"#, #""sites": [1]"#, "other than two qubits"),
    (
      ["beside.concurrence"], #""roots": [[-"#, #""roots": [[-1"#,
      "the claim is narrower than what is proved"
    ),
    (["beside.concurrence"], #""roots": [["#, #""roots": [[0], ["#, "a list that is none"),
    (["beside.mixed"], #""other": [["1/9""#, #""other": [["-1/9""#, "a weight below 0"),
    (["beside.mixed"], #""other": [["1/9""#, #""other": [["1/8""#, "the claim is narrower than what is proved"),
    (["beside.mixed"], #"[[[0, 0], "1"]]"#, #"[[[0, 0], "1"], [[0, 0], "1"]]"#, "a state that stands twice"),
    (["beside.mixed"], #"[[[0, 0], "1"]]"#, #"[[[0, 2], "1"]]"#, "an index out of range"),
    (
      ["beside.mixed"], #""other-roots": [["#, #""other-roots": [[99999999999999999999999999"#,
      "the claim is narrower than what is proved"
    ),
    (["beside.far"], #""trace-distance""#, #""fidelity""#, "other keys than are read"),
  ]

  @Test(.enabled(if: other != nil, "there is no C compiler with GMP"), arguments: broken)
  func `a changed figure is refused`(_ words: [String], _ from: String, _ to: String, _ reason: String) throws {
    let question = Question("beside", words[0], "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value")
    let (_, lines, path) = try Self.certificate(question, digits: 8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Self.checkedInC(path).hasPrefix("proved: ["))
    let last = try #require(lines.last)
    let place = try #require(last.range(of: from), "\(last)")
    let changed = lines.dropLast() + [last.replacingCharacters(in: place, with: to)]
    try Data(changed.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
    let checked = try Self.python(["check.py", path])
    #expect(checked.status == 1 && checked.output == "refused: \(reason)\n", "\(checked.output)")
    #expect(try Self.checkedInC(path).hasPrefix("refused: "))
  }

  /// Writes other roots with the bounds that would follow if they were roots, and nothing stood beside the diagonal.
  private static let forgery = """
    import json, sys
    path, kind = sys.argv[1:]
    lines = open(path).read().splitlines()
    bits, last = json.loads(lines[0])["bits"], json.loads(lines[-1])
    part, unit = last["claim"]["parts"][0], 1 << bits
    def vector(*numbers): return [round(x * unit) for a in numbers for x in (a, 0)]
    value = 1.0
    if kind == "entangled":
        part["roots"] = [vector(0.5 ** 0.5, 0, 0, 0.5 ** 0.5)] + 3 * [vector(0, 0, 0, 0)]
    elif kind == "alike":
        part["roots"] = part["other-roots"] = [vector(1, 0), vector(0, 0)]
    else:
        a, b, *rest = part["roots"]
        turned = [[(3 * x + 4 * y) // 5 for x, y in zip(a, b)], [(4 * x - 3 * y) // 5 for x, y in zip(a, b)]]
        part["roots"] = turned + rest
        columns = [[complex(x / unit, y / unit) for x, y in zip(v[::2], v[1::2])] for v in part["roots"]]
        sizes = [2 * abs(x[1] * x[2] - x[0] * x[3]) for x in columns]
        value = 2 * max(sizes) - sum(sizes)
    # Any width far below what roots that are none are off by, and far above roundings.
    last["claim"].update(lower=str(value - 1e-6), upper=str(value + 1e-6))
    open(path, "w").write("\\n".join(lines[:-1] + [json.dumps(last)]) + "\\n")
    """

  @Test(
    .enabled(if: other != nil, "there is no C compiler with GMP"),
    arguments: [("beside.concurrence", "entangled"), ("beside.concurrence", "turned"), ("beside.warm", "alike")])
  func `roots of another state, or that are not apart, prove nothing`(_ name: String, _ kind: String) throws {
    let question = Question("beside", name, "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value")
    let (_, _, path) = try Self.certificate(question, digits: 8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Self.python(["-c", Self.forgery, path, kind]).status == 0)
    let checked = try Self.python(["check.py", path])
    #expect(checked.output == "refused: the claim is narrower than what is proved\n", "\(checked.output)")
    #expect(try Self.checkedInC(path).hasPrefix("refused: the value is not in the bounds"))
  }
}
