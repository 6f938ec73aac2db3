import ArbitraryPrecision
import Catalogue
import Systems
import Claims
import Conformance
import Foundation
import Reporting
import RigorousNumerics

/// Writes the figures and tables of the guide pages from certified values: `swift run -c release guide-figures`, from
/// the top folder.
///
/// With names, `spin`, `dicke`, `capacity`, `star`, `freedom`, `quasi`, `fermions`, `validation`, `errata` or
/// `coverage`, these parts alone.
@main
enum GuideFigures {
  static func main() throws {
    let folder = URL(fileURLWithPath: "docs/figures")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let parts = CommandLine.arguments.dropFirst()
    func isAsked(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
    if isAsked("spin") { try spinAdvantage(to: folder) }
    if isAsked("dicke") { try dicke(to: folder) }
    if isAsked("capacity") { try capacity(to: folder) }
    if isAsked("star") { try star(to: folder) }
    if isAsked("freedom") { try freedom(to: folder) }
    if isAsked("quasi") { try quasi(to: folder) }
    if isAsked("fermions") { try fermions(to: folder) }
    if isAsked("validation") {
      let page = try RecordedRuns(vectors: "fixtures").markdown
      try page.write(to: folder.appending(path: "validation.md"), atomically: true, encoding: .utf8)
    }
    if isAsked("errata") { try errata(to: URL(fileURLWithPath: "docs")) }
    if isAsked("coverage") {
      let page = try CoverageReport(Coverage.builtIn(.builtIn), Ledger.builtIn(.builtIn)).markdown
      try page.write(to: URL(fileURLWithPath: "docs/coverage.md"), atomically: true, encoding: .utf8)
    }
  }

  /// What the papers print and what holds, from the claims on their quick grids.
  static func errata(to folder: URL) throws {
    let outcomes = try Ledger.builtIn(.builtIn).map { try $0.check(in: CheckContext(full: false)) }
    let report = ErrataReport(outcomes, try Ledger.remarks(.builtIn))
    try report.markdown.write(to: folder.appending(path: "errata.md"), atomically: true, encoding: .utf8)
  }

  /// Gamma/N of the spin battery over N, with the bound of the theorem in docs/spin.md.
  static func spinAdvantage(to folder: URL) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "spin.advantage")
    let y = try certified(try Catalogue.builtIn.quantity(named: "harmonic.power-constant"), [])
    var (values, bounds): ([(x: Double, y: Double)], [(x: Double, y: Double)]) = ([], [])
    var rows = ["| N | Gamma | Gamma/N | N/Gamma | bound of the theorem |", "| --- | --- | --- | --- | --- |"]
    let ladder = [1, 2, 4, 8, 16, 32, 64, 128, 197, 198, 256, 512, 1024, 2048, 4096]
    for n in ladder {
      let gamma = try certified(quantity, [(name: "N", text: "\(n)")])
      let count = Interval(n, precision: 128)
      let bound = y * count.squareRoot.inverseHyperbolicSine
      values.append((Double(n), (gamma / count).lower.double(rounding: .nearest)))
      bounds.append((Double(n), (1 / bound).lower.double(rounding: .nearest)))
      let cells = try [gamma, gamma / count, count / gamma, bound].map { try shown($0) }
      rows.append("| \(n) | " + cells.joined(separator: " | ") + " |")
    }
    // Beyond, the double kernel with its proved bound.
    let further = [8192, 16384, 32768, 65536]
    var doubles: [(x: Double, y: Double)] = []
    for n in further {
      let answer = try quantity.kernelAnswer(
        Arguments([(name: "N", text: "\(n)")], for: quantity), within: Budget(seconds: 600))
      let gamma = try enclosure(answer)
      let count = Interval(n, precision: 128)
      doubles.append((Double(n), answer.value / Double(n)))
      bounds.append((Double(n), (1 / (y * count.squareRoot.inverseHyperbolicSine)).lower.double(rounding: .nearest)))
      let cells = try [gamma, gamma / count, count / gamma, y * count.squareRoot.inverseHyperbolicSine].map {
        try shown($0)
      }
      rows.append("| \(n) | " + cells.joined(separator: " | ") + " |")
    }
    let ends = [ladder[0], further[further.count - 1]].map { (x: Double($0), y: 0.25) }
    let plot = LinePlot(
      "Collective advantage of the spin battery", x: "N", y: "Gamma/N",
      [
        .init("certified values", values, isMarked: true),
        .init("doubles with a proved bound", doubles, isMarked: true),
        .init("1/(Y asinh(sqrt N)), theorem", bounds, isMarked: false),
        .init("0.25, printed for large N", ends, isMarked: false),
      ])
    try plot.svg.write(to: folder.appending(path: "spin-advantage.svg"), atomically: true, encoding: .utf8)
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "spin-advantage.md"), atomically: true, encoding: .utf8)
  }

  static func certified(
    _ quantity: Quantity, _ given: [(name: String, text: String)], digits: Int = 12
  ) throws -> Interval {
    try quantity.interval(given, to: .relative(digits: digits), within: Budget(seconds: 600))
  }

  /// The numbers within the bound of a kernel's answer.
  private static func enclosure(_ answer: KernelAnswer) throws -> Interval {
    guard let value = Rational(exactly: answer.value), let bound = Rational(exactly: answer.errorBound) else {
      throw Undecided("the kernel's answer is not finite")
    }
    return Interval(from: value - bound, to: value + bound, precision: 128)
  }

  /// The decimal of some digits nearest to all members; both ends must round to it.
  static func shown(_ value: Interval, digits: Int = 7) throws -> String {
    let ends = [value.lower, value.upper].compactMap(\.rational).map {
      ExactDecimal(nearest: $0, significantDigits: digits).text(plainExponents: -5...6, significantDigits: digits)
    }
    guard ends.count == 2, ends[0] == ends[1] else { throw Undecided("\(digits) digits are not decided") }
    return ends[0]
  }
}
