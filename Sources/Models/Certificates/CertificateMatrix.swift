import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A place of a path: a basis state of a vector, or an element |row><column| of a density matrix, row not below column.
struct CertificatePlace: Hashable {
  let row: Int
  let column: Int
}

/// The generator of a question on the basis states that its path uses, in fixed point.
///
/// A density is kept as half of itself: X = T + T' with what stands on and below the diagonal, the diagonal halved, as
/// in docs/certificates.md (S5). Elements are midpoints: the checkers have their own.
struct CertificateMatrix {
  /// What a place adds to another one: to it, and to it conjugated.
  struct Entry {
    let target: Int
    let real: Integer
    let imaginary: Integer
    let isPlain: Bool
    let isTurned: Bool
  }

  /// A sum of entries times a function of the time; nil for the constant 1.
  struct Part {
    let function: ScalarPolynomial?
    var rows: [[Entry]]
  }

  /// Bits of the elements.
  let scale: Int
  private(set) var states: [BasisState] = []
  private(set) var places: [CertificatePlace] = []
  private(set) var parts: [Part] = []
  /// The sum of the magnitudes by which a place feeds places that are left out.
  private(set) var leaks: [Double] = []
  /// The greatest sum of the magnitudes of a column.
  private(set) var norm = 0.0

  /// The most places.
  static let greatestSize = 20_000
  /// Whether the generator leads out of no listed state: what is left out is nothing.
  var isClosed: Bool { leaks.allSatisfy { $0 == 0 } }

  /// - Parameter limit: the most places.
  /// - Throws: ``Unanswered`` beyond the limit.
  init(
    _ problem: CertificateProblem, scale: Int, reach: CertificateReach.Extent, limit: Int, within budget: Budget
  ) throws {
    self.scale = scale
    var found = try CertificateReach(problem, limit: limit)
    try found.grow(reach, within: budget)
    (states, places) = (found.states, found.places)
    leaks = Array(repeating: 0, count: places.count)
    for (term, function) in found.functions.enumerated() {
      var part = Part(function: function, rows: Array(repeating: [], count: places.count))
      for (number, place) in places.enumerated() {
        try budget.check()
        let isHalf = !problem.isVector && place.row == place.column
        var total = 0.0
        for (row, column, value) in try found.images(term, place) {
          let value = isHalf ? ComplexInterval(value.real / 2, value.imaginary / 2) : value
          let size = value.real.magnitudeBound + value.imaginary.magnitudeBound
          total += size
          guard let (target, isBelow) = found.target(row, column) else {
            leaks[number] += size
            continue
          }
          let isDiagonal = places[target].row == places[target].column
          part.rows[number].append(
            Entry(
              target: target, real: value.real.fixed(scale), imaginary: value.imaginary.fixed(scale),
              isPlain: isBelow || column == nil, isTurned: column != nil && (isDiagonal || !isBelow)))
        }
        norm = max(norm, total)
      }
      parts.append(part)
    }
  }
}

extension Interval {
  /// Near to it as a multiple of 2^-scale.
  func fixed(_ scale: Int) -> Integer {
    guard let middle = midpoint?.rational else { return 0 }
    return (middle * Rational(Integer.powerOfTwo(scale))).floor
  }

  /// About its greatest magnitude.
  var magnitudeBound: Double { max(abs(lower.double(rounding: .down)), abs(upper.double(rounding: .up))) }
}
