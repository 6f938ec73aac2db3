import Catalogue
import Foundation
import Reporting
import Testing

@Suite struct LinePlotTests {
  private let plot = LinePlot(
    Figure.Panel(
      "a < b & c", x: .logarithmic("N"), y: .linear("value"),
      [
        .init("first", [(x: 1, y: 0.5), (x: 16, y: 1)], isMarked: true),
        .init("second", [(x: 4, y: 0)], isMarked: false),
      ]))

  @Test func `points stand at their places`() {
    // The axes span 70 to 700 for 2^0 to 2^4, and 380 to 40 for 0 to 1.
    #expect(plot.svg.contains(#"<polyline points="70.00,210.00 700.00,40.00""#))
    #expect(plot.svg.contains(#"<circle cx="700.00" cy="40.00""#))
    #expect(plot.svg.contains(#"<polyline points="385.00,380.00""#))
    #expect(plot.svg.components(separatedBy: "<circle").count == 3)
  }

  @Test func `a linear axis starts at zero and the top can be given`() {
    let linear = LinePlot(
      Figure.Panel(
        "", x: .linear("t"), y: .linear("c", to: 2),
        [.init("c", [(x: 0, y: 1), (x: 3, y: 0.5), (x: 4, y: 2)], isMarked: false)]))
    // 70 to 700 for 0 to 5, and 380 to 40 for 0 to 2.
    #expect(linear.svg.contains(#"<polyline points="70.00,210.00 448.00,295.00 574.00,40.00""#))
  }

  @Test func `labels are whole numbers, or have three digits`() {
    let long = LinePlot(
      Figure.Panel(
        "", x: .logarithmic("N"), y: .linear("y"),
        [.init("c", [(x: 1, y: 0.001), (x: 65536, y: 0.0023)], isMarked: true)]))
    for label in ["1", "1024", "65536", "0", "0.0005", "0.0025"] {
      #expect(long.svg.contains(">\(label)</text>"), "\(label)")
    }
  }

  @Test func `the file is well-formed and text is escaped`() {
    #expect(plot.svg.contains("a &lt; b &amp; c"))
    #expect(plot.svg.hasPrefix("<svg ") && plot.svg.hasSuffix("</svg>\n"))
    #expect(plot.svg.components(separatedBy: "<text").count == plot.svg.components(separatedBy: "</text>").count)
  }
}
