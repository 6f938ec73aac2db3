import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A vector without a last basis state: a sum of products in which modes stand in Gaussian states.
struct OpenVector {
  let terms: [(coefficient: ScalarPolynomial, sites: [SiteState])]

  /// The amplitudes up to a tail of about 2^-bits for each mode.
  func cut(_ point: ModelPoint, bits: Int, within budget: Budget) throws -> ModeStart {
    try ModeStart(
      try terms.map { coefficient, sites in
        ModeStart.Term(
          coefficient: try point.scalars.enclosure(coefficient),
          sites: try sites.map { try ModeStart.Site($0, point, bits: bits, within: budget) })
      }, point, within: budget)
  }
}

extension ModeStart.Site {
  /// The state of a site, cut off where a mode has no last number.
  init(_ site: SiteState, _ point: ModelPoint, bits: Int, within budget: Budget) throws {
    guard let word = site.gaussian else {
      self = .finite(try site.amplitudes.map { ($0.key, try point.scalars.enclosure($0.value)) })
      return
    }
    self = try .cut(word, point, bits: bits, within: budget)
  }
}

/// The projector on a Gaussian state of a mode, cut off.
struct OpenProjection {
  let amplitudes: [ComplexInterval]
  /// At least the length of what is left out.
  let tail: Interval

  init(_ word: GaussianWord, _ point: ModelPoint) throws {
    let site = try ModeStart.Site.cut(word, point, bits: point.precision, within: Budget())
    amplitudes = site.levels.map(\.amplitude)
    tail = try site.tail(weight: 1, power: 1, exponent: 0).squareRoot
  }
}
