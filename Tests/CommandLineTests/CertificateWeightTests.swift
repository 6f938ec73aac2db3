import Foundation
import Testing

/// What `fixtures/checkers/check.py` makes of certificates with a weighted norm (docs/certificates.md, S11) that other
/// programs may write.
@Suite struct CertificateWeightTests {
  /// Paths far from the truth: a mode with gains, of which <n> is e^t - 1, that is claimed to stay empty, and a coherent
  /// state that is cut at two quanta. Each claim but the wide ones is false, and nearer than the growth of a weighted
  /// norm, the size of the operator or the tail of the start allow.
  private static let coarse: [(start: String, segment: String, claim: String, isProved: Bool)] = {
    let gain = """
      "form": "density", "sites": [["boson"]], "hamiltonian": [], "jumps": [{"rate": "1", "operator": [["1", \
      [[0, "+"]]]]}], "start": [["1", [[[0], "1"]]]], "states": [[0]], "elements": [[0, 0]], "weight": 1
      """
    let tail = """
      "form": "vector", "sites": [["boson"]], "hamiltonian": [], "jumps": [], "start": {"terms": [["1", \
      [["coherent", "1"]]]]}, "states": [[0], [1], [2]], "weight": 1
      """
    func claim(_ time: String, _ half: String, _ lower: String, _ upper: String) -> String {
      """
      "time": "\(time)", "means": [[["\(half)", [[0, "n"]]]]], "lower": "\(lower)", "upper": "\(upper)"
      """
    }
    let (still, far, near) = (#""x": [[65536, 0]]"#, #""h": [4, 0]"#, #""h": [1, 3]"#)
    let kept = #""h": [1, 0], "x": [[41449, 0, 41449, 0, 29309, 0]]"#
    return [
      (gain, "\(far), \(still)", claim("4", "1/2", "-50000", "50000"), true),
      (gain, "\(far), \(still)", claim("4", "1/2", "-53", "53"), false),
      (gain, "\(near), \(still)", claim("1/8", "50", "-100", "100"), true),
      (gain, "\(near), \(still)", claim("1/8", "50", "-13", "13"), false),
      (tail, kept, claim("1", "1/2", "-9", "9"), true),
      (tail, kept, claim("1", "1/2", "7/10", "99/100"), false),
    ]
  }()

  @Test(arguments: coarse)
  func `a path far from the truth proves as little as it may`(
    _ start: String, _ segment: String, _ claim: String, _ isProved: Bool
  ) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "coarse-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = """
      {"format": "qbo-certificate", "version": 1, "bits": 16, \(start)}
      {\(segment)}
      {"claim": {"kind": "value", "value": ["figure", 0], \(claim)}}

      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let checked = try CertificateTests.python(["check.py", path])
    let refusal = "refused: the claim is narrower than what is proved\n"
    #expect(isProved ? checked.output.hasPrefix("proved: [") : checked.output == refusal, "\(checked.output)")
    guard CertificateTests.other != nil else { return }
    let second = try CertificateTests.checkedInC(path)
    #expect(second.hasPrefix(isProved ? "proved: [" : "refused: the value is not in the bounds"), "\(second)")
  }

  /// What no weight covers, in files of other writers.
  @Test(arguments: [
    (#""hamiltonian": [["1", [[0, 1, 0]]]]"#, "transitions of a boson in a weighted norm"),
    (#""hamiltonian": [["1", [[0, "+"], [0, "+"], [0, "+"]]]]"#, "a motion not shown to exist"),
    (#""hamiltonian": [["1", [[0, "n"], [0, "n"]]]]"#, "a mean without a bound"),
  ])
  func `what no weight covers is refused by the checker`(_ motion: String, _ message: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "weight-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = """
      {"format": "qbo-certificate", "version": 1, "bits": 16, "form": "vector", "sites": [["boson"]], \(motion), \
      "jumps": [], "start": {"terms": [["1", [["coherent", "1/4"]]]]}, "states": [[0], [1], [2]], "weight": 1}
      {"h": [1, 3], "x": [[65536, 0, 0, 0, 0, 0]]}
      {"claim": {"kind": "value", "value": ["figure", 0], "time": "1/8", "means": [[["1", [[0, "n"], [0, "n"]]]]], \
      "lower": "-1", "upper": "1"}}

      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let checked = try CertificateTests.python(["check.py", path])
    #expect(checked.status == 1 && checked.output == "refused: \(message)\n", "\(checked.output)")
    guard CertificateTests.other != nil else { return }
    let second = try CertificateTests.checkedInC(path)
    #expect(second.hasPrefix("refused: "), "\(second)")
  }
}
