import Catalogue
import Foundation

/// A panel of a figure as SVG.
public struct LinePlot: Sendable {
  private let panel: Figure.Panel
  private let width = 720.0
  private let height = 440.0
  private let left = 70.0
  private let right = 20.0
  private let top = 40.0
  private let bottom = 60.0
  private static let colors = ["#0b5394", "#990000", "#38761d", "#7f6000", "#674ea7", "#666666"]

  /// The plot of a panel.
  public init(_ panel: Figure.Panel) { self.panel = panel }

  /// The plot as the text of an SVG file.
  public var svg: String {
    let (xAxis, yAxis) = (panel.x, panel.y)
    let all = panel.curves.flatMap(\.points)
    let exponents = all.map { log2($0.x) }
    let (first, last) = ((exponents.min() ?? 0).rounded(.down), max((exponents.max() ?? 1).rounded(.up), 1))
    let ceiling = yAxis.end ?? niceCeiling(all.map(\.y).max() ?? 1)
    let end = xAxis.end ?? niceCeiling(all.map(\.x).max() ?? 1)
    let powers = all.map { log2($0.y) }
    let (low, high) = ((powers.min() ?? 0).rounded(.down), (powers.max() ?? 1).rounded(.up))
    func x(_ value: Double) -> Double {
      let share =
        xAxis.isLogarithmic ? (log2(value) - first) / (last - first) : (value - xAxis.start) / (end - xAxis.start)
      return left + share * (width - left - right)
    }
    func y(_ value: Double) -> Double {
      let share =
        yAxis.isLogarithmic
        ? (log2(value) - low) / max(high - low, 1) : (value - yAxis.start) / (ceiling - yAxis.start)
      return height - bottom - share * (height - top - bottom)
    }
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(Int(width)) \#(Int(height))" "#
        + #"font-family="sans-serif" font-size="13">"#,
      #"<rect width="100%" height="100%" fill="white"/>"#,
      text(width / 2, 22, panel.title, anchor: "middle"), text(width / 2, height - 12, xAxis.label, anchor: "middle"),
      #"<g transform="translate(18 \#(number(height / 2))) rotate(-90)">"#
        + text(0, 0, yAxis.label, anchor: "middle") + "</g>",
    ]
    let marks =
      xAxis.isLogarithmic
      ? stride(from: first, through: last, by: last - first > 8 ? 2 : 1).map { exp2($0) }
      : (0...5).map { xAxis.start + (end - xAxis.start) * Double($0) / 5 }
    for value in marks {
      let place = x(value)
      lines.append(line(place, top, place, height - bottom, "#dddddd"))
      lines.append(text(place, height - bottom + 18, LinePlot.label(value), anchor: "middle"))
    }
    let steps =
      yAxis.isLogarithmic
      ? Array(stride(from: low, through: high, by: 1)).map { exp2($0) }
      : (0...5).map { yAxis.start + (ceiling - yAxis.start) * Double($0) / 5 }
    for value in steps {
      lines.append(line(left, y(value), width - right, y(value), "#dddddd"))
      lines.append(text(left - 8, y(value) + 4, LinePlot.label(value), anchor: "end"))
    }
    for (index, curve) in panel.curves.enumerated() {
      let color = LinePlot.colors[index % LinePlot.colors.count]
      let path = curve.points.map { "\(number(x($0.x))),\(number(y($0.y)))" }.joined(separator: " ")
      lines.append(#"<polyline points="\#(path)" fill="none" stroke="\#(color)" stroke-width="1.5"/>"#)
      if curve.isMarked {
        for point in curve.points {
          lines.append(#"<circle cx="\#(number(x(point.x)))" cy="\#(number(y(point.y)))" r="3" fill="\#(color)"/>"#)
        }
      }
      let row = top + 18 + 18 * Double(index)
      lines.append(line(width - 260, row - 4, width - 236, row - 4, color))
      lines.append(text(width - 230, row, curve.name, anchor: "start"))
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// Whole numbers of up to six digits as they are, others to three digits.
  private static func label(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e6 ? "\(Int(value))" : String(format: "%.3g", value)
  }

  /// The least of 1, 2, 2.5, 5 times a power of ten that is at least a value.
  private func niceCeiling(_ value: Double) -> Double {
    let scale = pow(10, log10(max(value, 1e-300)).rounded(.down))
    return [1, 2, 2.5, 5, 10].map { $0 * scale }.first { $0 >= value * (1 - 1e-12) } ?? value
  }

  private func number(_ value: Double) -> String { String(format: "%.2f", value) }

  private func line(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ color: String) -> String {
    #"<line x1="\#(number(a))" y1="\#(number(b))" x2="\#(number(c))" y2="\#(number(d))" stroke="\#(color)"/>"#
  }

  private func text(_ x: Double, _ y: Double, _ content: String, anchor: String) -> String {
    let escaped = content.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    return #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)">\#(escaped)</text>"#
  }
}
