import Testing

@testable import Catalogue

/// What a wrong name may have been meant for.
@Suite struct SuggestionTests {
  /// Expected: edits counted by hand.
  @Test(arguments: [
    ("", "", 0), ("a", "a", 0), ("ab", "ba", 1), ("spin", "spn", 1), ("spin", "spinn", 1), ("spin", "spun", 1),
    ("abc", "cba", 2), ("ratio", "raito", 1), ("abcd", "badc", 2), ("kitten", "sitting", 3),
  ])
  func `edits are counted`(_ a: String, _ b: String, _ distance: Int) {
    #expect(Suggestion.distance(a, b) == distance)
    #expect(Suggestion.distance(b, a) == distance)
  }

  @Test func `the nearest name is meant, unless none is near or two are`() {
    let names = ["spin.max-power", "spin.advantage", "star.ratio", "star.radio"]
    #expect(Suggestion.name(for: "spin.max_power", among: names) == "spin.max-power")
    #expect(Suggestion.name(for: "spni.advantage", among: names) == "spin.advantage")
    #expect(Suggestion.name(for: "star.raio", among: names) == nil)
    #expect(Suggestion.name(for: "spin.power", among: names) == nil)
    #expect(Suggestion.name(for: "x", among: []) == nil)
  }
}
