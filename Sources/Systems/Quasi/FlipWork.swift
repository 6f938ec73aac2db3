import ArbitraryPrecision
import RigorousNumerics

/// The work law of the flip of two levels 0 and W at the angles a = b of both slices (`docs/fermions.md`, "Two
/// levels"): with A = (sin 2a)^2/4
///
///     W: cos^2 a sin^2 a,   0: cos^2 a,   -W: sin^4 a,   q W and (1-q) W: A,   -q W and -(1-q) W: -A.
enum FlipWork {
  /// The weights before equal works are added up, for c = cos^2 a.
  private static func weights<Number>(
    work w: Rational, q: Rational, _ cosine: Number, _ sine: Number, product: (Number, Number) -> Number,
    minus: (Number) -> Number
  ) -> [(work: Rational, weight: Number)] {
    // sin^2 2a / 4 = sin^2 a cos^2 a.
    let cross = product(cosine, sine)
    return [
      (w, cross), (0, cosine), (-w, product(sine, sine)),
      (q * w, cross), ((1 - q) * w, cross), (-(q * w), minus(cross)), (-((1 - q) * w), minus(cross)),
    ]
  }

  /// The atoms at the angle pi/4, exactly: the first half of a full flip and the second one.
  static func halves(work: Rational, q: Rational) -> [Rational: Rational] {
    let half = Rational(1, 2)
    var sums: [Rational: Rational] = [:]
    for (w, p) in weights(work: work, q: q, half, half, product: { $0 * $1 }, minus: { -$0 }) {
      sums[w, default: 0] = sums[w, default: 0] + p
    }
    return sums
  }

  /// The atoms at an angle.
  static func atoms(work: Rational, q: Rational, angle: Interval) -> [Rational: Interval] {
    var sums: [Rational: Interval] = [:]
    let (cosine, sine) = (angle.cosine.squared, angle.sine.squared)
    for (w, p) in weights(work: work, q: q, cosine, sine, product: { $0 * $1 }, minus: { -$0 }) {
      sums[w] = sums[w].map { $0 + p } ?? p
    }
    return sums
  }
}

extension FermionCouplings {
  /// Whether the vacuum has one partner, so that the charge is a flip with W = k: for odd k, and where two couplings do
  /// not fit into N modes (`docs/fermions.md`, "Odd k").
  static func isFlip(modes: Integer, order: Integer) -> Bool {
    order.modulo(2) == 1 || (modes - order - order).signum < 0
  }

  /// g^2 = sum of |J|^2, exactly.
  var squaredLength: Rational {
    couplings.reduce(Rational(0)) { sum, coupling in
      let parts = [coupling.x, coupling.y].compactMap { Rational(exactly: $0) }
      return parts.reduce(sum) { $0 + $1 * $1 / 2 }
    }
  }
}
