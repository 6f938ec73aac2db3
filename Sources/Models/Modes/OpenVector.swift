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
  /// The mean of an operator in the product of this state and one of other sites, where the parts of the operator that
  /// act on those sites vanish: nil where one may not.
  ///
  /// A word is a product of letters of those sites and of others, and its mean that of their means. The former is zero
  /// where the word changes the quanta of a mode in which the state of those sites is diagonal, the latter is that in
  /// this state.
  func mean(
    ofProduct polynomial: ModelPoint.Operator, besides frame: ClosedFrame, _ point: ModelPoint
  ) throws -> Interval? {
    var factors: [[Letter]: ModelPoint.Operator] = [:]
    for (word, coefficient) in polynomial.terms {
      func site(_ letter: Letter) -> Int? {
        // A letter that joins sites has none of its own.
        let met = point.basis.met(by: letter)
        return met.count == 1 ? met[0] : nil
      }
      let own = word.filter { !frame.sites.isDisjoint(with: point.basis.met(by: $0)) }
      // The signs of fermions tie letters on both sides to each other.
      if own.contains(where: { $0.isFermion || site($0) == nil }) { return nil }
      let isTurning = frame.diagonal.contains { mode in
        own.reduce(0) { site($1) == mode ? $0 + $1.kind.raisedQuanta : $0 } != 0
      }
      if isTurning { continue }
      try factors[own, default: .init()].add(
        coefficient, word.filter { frame.sites.isDisjoint(with: point.basis.met(by: $0)) }, in: point.scalars)
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

extension Letter.Kind {
  /// By how many quanta a letter of a mode raises its state.
  fileprivate var raisedQuanta: Int {
    guard case .boson(let ladder) = self else { return 0 }
    return ladder == .creation ? 1 : -1
  }
}

extension ModeStart.Site {
  /// The state of a site, cut off where a mode has no last number.
  init(_ site: SiteState, _ point: ModelPoint, bits: Int, within budget: Budget) throws {
    if let turned = site.turned {
      self = try turned.levels.cut(turned.number, bits: bits, within: budget)
      return
    }
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
