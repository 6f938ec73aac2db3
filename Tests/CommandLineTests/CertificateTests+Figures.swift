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
    quantities: {mixed: {value: "fidelity(l, diagonal(1/2, 1/2))"}}
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
}
