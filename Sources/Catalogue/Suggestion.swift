/// The names that a wrong one may have been meant for.
public enum Suggestion {
  /// The most edits that a slip makes.
  private static let greatestDistance = 2

  /// The name that is nearest to a wrong one: at most two letters left out, put in, changed or exchanged with their
  /// neighbour, and one letter kept; nil when there is none, or when two are equally near.
  public static func name(for wrong: String, among names: [String]) -> String? {
    let near = names.map { (name: $0, distance: distance(wrong, $0)) }.filter {
      // A name of which no letter is left is no slip.
      $0.distance <= greatestDistance && $0.distance < wrong.count
    }
    guard let least = near.map(\.distance).min() else { return nil }
    let nearest = near.filter { $0.distance == least }
    return nearest.count == 1 ? nearest[0].name : nil
  }

  /// The edits that lead from one text to another, each place edited once.
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    // No fewer edits than the lengths differ by.
    guard abs(a.count - b.count) <= greatestDistance else { return abs(a.count - b.count) }
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
