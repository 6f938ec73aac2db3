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

extension ModelState {
  /// The mean of an operator in the product of this state and one of other modes, where the parts of the operator that
  /// act on those modes vanish by their factors on this state: nil where one may not.
  ///
  /// A word is a product of letters of those modes and of others, and its mean that of their means.
  func mean(
    ofProduct polynomial: ModelPoint.Operator, besides sites: Set<Int>, _ point: ModelPoint
  ) throws -> Interval? {
    var factors: [[Letter]: ModelPoint.Operator] = [:]
    for (word, coefficient) in polynomial.terms {
      func isOpen(_ letter: Letter) -> Bool {
        point.basis.site(of: letter.factor, letter.cell).map(sites.contains) ?? false
      }
      let own = word.filter(isOpen)
      // The signs of fermions tie letters on both sides to each other.
      if own.contains(where: \.isFermion) { return nil }
      try factors[own, default: .init()].add(coefficient, word.filter { !isOpen($0) }, in: point.scalars)
    }
    // A factor need not be Hermitian, and the mean of an operator is told by its real part.
    let unit = point.scalars.imaginaryUnit()
    for (word, factor) in factors where !word.isEmpty {
      var turned = ModelPoint.Operator()
      for (rest, coefficient) in factor.terms {
        try turned.add(point.scalars.product(unit, coefficient), rest, in: point.scalars)
      }
      guard try mean(factor, point).isExactZero, try mean(turned, point).isExactZero else { return nil }
    }
    guard let rest = factors[[]] else { return Interval(0, precision: point.precision) }
    return try mean(rest, point)
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
