import ArbitraryPrecision
import Catalogue
import Systems
import Foundation
import Reporting
import RigorousNumerics

/// The vectors of random fermions and the table of their negativities.
extension GuideFigures {
  static func fermions(to folder: URL) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: "fixtures"), withIntermediateDirectories: true)
    let budget = Budget(seconds: 3600)
    try FermionVectors.document(FermionVectors.cases, within: budget).write(
      to: URL(fileURLWithPath: "fixtures/quasi-fermions.json"), atomically: true, encoding: .utf8)
    var rows = [
      "| k | N | seed | tau | negativity at q = 0 | at q = 1/2 | ratio | least atom at q = 1/2 |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    let exceptions = [(8, 368), (8, 623), (9, 213), (10, 433), (10, 781), (10, 931)].map {
      FermionVectors.Case(modes: $0.0, order: 2, seed: UInt64($0.1))
    }
    for instance in FermionVectors.cases + exceptions {
      let given = [("N", "\(instance.modes)"), ("k", "\(instance.order)"), ("seed", "\(instance.seed)")]
        .map { (name: $0.0, text: $0.1) }
      func value(_ name: String, _ q: String?) throws -> String {
        let quantity = try Catalogue.builtIn.quantity(named: "quasi.fermion-\(name)")
        let all = given + (q.map { [(name: "q", text: $0)] } ?? [])
        let found = try quantity.certified(Arguments(all, for: quantity), to: .relative(digits: 20), within: budget)
        guard found.undecided == nil, let interval = found.interval(precision: 128) else {
          throw Undecided("\(quantity.name): \(found.undecided ?? "no bounds")")
        }
        return interval.isPoint && interval.containsZero ? "0" : try shown(interval, digits: 6)
      }
      let cells = try [
        value("time", nil), value("negativity", "0"), value("negativity", "1/2"), value("negativity-ratio", "0"),
        value("least-atom", "1/2"),
      ]
      rows.append(
        "| \(instance.order) | \(instance.modes) | \(instance.seed) | " + cells.joined(separator: " | ") + " |")
    }
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "fermions.md"), atomically: true, encoding: .utf8)
  }
}
