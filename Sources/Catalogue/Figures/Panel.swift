extension Figure {
  /// Curves over two axes.
  public struct Panel: Sendable {
    /// An axis.
    public struct Axis: Sendable {
      /// What is on it.
      public let label: String
      /// Whether it is logarithmic: all values are positive then.
      public let isLogarithmic: Bool
      /// The lower end of a linear axis.
      public let start: Double
      /// The upper end of a linear axis; nil for a round number above all values.
      public let end: Double?

      /// A linear axis.
      public static func linear(_ label: String, from start: Double = 0, to end: Double? = nil) -> Axis {
        Axis(label: label, isLogarithmic: false, start: start, end: end)
      }

      /// A logarithmic axis.
      public static func logarithmic(_ label: String) -> Axis {
        Axis(label: label, isLogarithmic: true, start: 0, end: nil)
      }
    }

    /// Points joined by lines, with or without a mark on each.
    public struct Curve: Sendable {
      /// The name in the legend.
      public let name: String
      /// The points, by rising x.
      public let points: [(x: Double, y: Double)]
      /// Whether points are marked: values that were computed, as against curves that are drawn.
      public let isMarked: Bool

      /// A curve.
      public init(_ name: String, _ points: [(x: Double, y: Double)], isMarked: Bool) {
        (self.name, self.points, self.isMarked) = (name, points, isMarked)
      }
    }

    /// What it shows.
    public let title: String
    /// The horizontal axis.
    public let x: Axis
    /// The vertical axis.
    public let y: Axis
    /// The curves in the order of the legend.
    public let curves: [Curve]

    /// A panel.
    public init(_ title: String, x: Axis, y: Axis, _ curves: [Curve]) {
      (self.title, self.x, self.y, self.curves) = (title, x, y, curves)
    }
  }
}
