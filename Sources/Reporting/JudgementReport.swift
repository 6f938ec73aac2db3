import Catalogue
import Foundation
import JSON
import Models

/// How far a trajectory is from the truth, as it is printed.
public struct JudgementReport: Report {
  private let model: String
  private let judgement: PathJudgement
  private let seconds: Double

  /// A report of a judgement.
  public init(model: String, _ judgement: PathJudgement, seconds: Double) {
    (self.model, self.judgement, self.seconds) = (model, judgement, seconds)
  }

  /// One object; bounds are doubles rounded outward.
  public var json: JSONValue {
    func list(_ bounds: [PathJudgement.Bounds?], _ side: KeyPath<PathJudgement.Bounds, Double>) -> JSONValue {
      .array(bounds.map { $0.map { .double($0[keyPath: side]) } ?? .null })
    }
    return .members([
      "model": .string(model),
      "times": .array(judgement.times.map { .double($0) }),
      "upper": list(judgement.distances, \.upper),
      "lower": list(judgement.distances, \.lower),
      "norm": .string(judgement.norm),
      "quantities": .object(
        judgement.figures.map { figure in
          .init(
            figure.name,
            .members([
              "value": .array(figure.values.map { $0.map { .double($0) } ?? .null }),
              "upper": list(figure.bounds, \.upper), "lower": list(figure.bounds, \.lower),
            ]))
        }),
      "lost": .object(
        judgement.lost.map { .init(Self.name($0.size), $0.time.map { .double($0) } ?? .null) }),
      "cause": .string(judgement.cause),
      "method": .string(judgement.method),
      "seconds": .seconds(seconds),
    ])
  }

  private static func name(_ size: Double) -> String { size == 1 ? "1" : String(format: "%.0e", size) }

  private static let greatestRows = 32

  /// A row for each time, or for some of many.
  public var text: String {
    let count = judgement.times.count
    let rows =
      count <= Self.greatestRows
      ? Array(0..<count) : (0..<Self.greatestRows).map { $0 * (count - 1) / (Self.greatestRows - 1) }
    let figures = judgement.figures
    let table = Table(
      ["t", "at least", "at most"] + figures.map { "\($0.name) off by at most" },
      rows.map { row in
        ["\(judgement.times[row])", shown(judgement.distances[row].lower, up: false)]
          + ([judgement.distances[row]] + figures.map { $0.bounds[row] }).map { bounds in
            bounds.map { shown($0.upper, up: true) } ?? "-"
          }
      })
    let some = rows.count < count ? "\(rows.count) of \(count) times; --format json has all.\n" : ""
    let lost = judgement.lost.map { size, time in
      "\(Self.name(size)) is lost \(time.map { "by t = \($0)" } ?? "nowhere")"
    }
    return "Distance from the truth of \(model), \(judgement.norm); \(judgement.method).\n" + table.text + some
      + lost.joined(separator: ", ") + ".\n" + "Cause: \(judgement.cause).\n"
  }

  /// Three digits, rounded to a side.
  private func shown(_ value: Double, up: Bool) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let text = String(format: "%.2e", value)
    guard let near = Double(text), up ? near < value : near > value else { return text }
    let unit = pow(10, floor(log10(value)) - 2)
    // Next to the greatest double three digits are above all of them.
    let side = near.isFinite ? near : value
    return String(format: "%.2e", up ? side + unit : side - unit)
  }
}
