import Foundation
import Testing

/// A claim file that holds, and copies of it with one change.
enum ClaimFileFixture {
  static let valid = """
    source: A paper
    claims:
      - id: test.gamma
        equation: (11)
        title: Collective advantage
        statement: Gamma = sqrt(N)
        kind: value
        quantity: harmonic.advantage
        for: {N: all, w0: all, g: all}
        quick:
          N: [1, 2, 3]
          w0: [1]
          g: [1]
        digits: 20
        expect: certified
        reason: Scaling.

    """

  /// The file with one text in the place of another.
  static func replacing(_ old: String, with new: String) throws -> String {
    try #require(valid.contains(old))
    return valid.replacing(old, with: new, maxReplacements: 1)
  }
}
