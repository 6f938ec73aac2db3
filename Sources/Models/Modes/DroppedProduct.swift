import ArbitraryPrecision
import Operators
import RigorousNumerics

/// What is left out of a product of states in which modes have populations without end: the positive operator D of all
/// products of their levels whose population P is below h = 2^-bits.
///
/// P < h gives P = P^s P^(1-s) <= h^s P^(1-s) for 0 < s < 1, and with B <= product of b_k, b_k = 1 + w_k n_k^(p_k),
///
///     Tr D B^m <= h^s product over the modes of (sum over all n of p_n^(1-s) b_n^m),
///
/// where a mode whose populations end has s = 0, and of Gaussian states and others with a last number the whole mean of
/// b^m stands. Sums without end are bounded by ``OpenPopulations``. The exponent s is what serves best where
/// populations fall geometrically: with L = log(1/h), r modes and a power d of the quanta, 1 - s = (r + d)/L.
struct DroppedProduct {
  private let frames: [SiteFrame]
  private let bits: Int
  /// The frame of which D is what its blocks leave out, times the whole of the others.
  private let tail: Int?
  private var factor = Interval(1, precision: 64)

  /// - Parameter bits: products with a population of 2^-bits or more are kept.
  init(_ frames: [SiteFrame], bits: Int) { (self.frames, self.bits, tail) = (frames, bits, nil) }

  /// What the blocks of one frame leave out (``GibbsBlocks``), times the states of the others.
  init(_ frames: [SiteFrame], tailOf place: Int) { (self.frames, bits, tail) = (frames, 0, place) }

  /// The same of a state with a weight.
  func scaled(by weight: Interval) -> DroppedProduct {
    var result = self
    result.factor = factor * weight.rounded(to: 64)
    return result
  }

  /// At least Tr D B^m.
  func bound(_ weight: ModeWeight, power m: Rational, _ point: ModelPoint, within budget: Budget) throws -> Interval {
    if let tail { return try bound(ofTail: tail, weight, power: m, point, within: budget) }
    let open = frames.compactMap(\.populations)
    var degree = Rational(Integer(open.count))
    for populations in open {
      let place = weight.modes.firstIndex(of: populations.sites[populations.mode])
      degree = degree + m * Rational(place.map { weight.powers[$0] } ?? 1)
    }
    let length = Rational(Integer(max(2 * bits / 3, 1)))
    let a = min(degree / length, Rational(1, 2))
    let s = Rational(1) - a
    let threshold = Interval(1, precision: 64).scaled(byPowerOfTwo: -bits)
    var result = factor * (Interval(s, precision: 64) * threshold.logarithm).exponential
    for frame in frames {
      try budget.check()
      guard let populations = frame.populations else {
        result = result * (try frame.moment(weight, power: m, point, within: budget))
        continue
      }
      guard let place = weight.modes.firstIndex(of: populations.sites[populations.mode]) else {
        throw NotToldYet(what: "the tail of a mode without a weight")
      }
      result =
        result
        * (try populations.sum(power: a, weight: weight.weights[place], power: weight.powers[place], exponent: m))
    }
    return result.greatest
  }

  private func bound(
    ofTail tail: Int, _ weight: ModeWeight, power m: Rational, _ point: ModelPoint, within budget: Budget
  ) throws -> Interval {
    var result = factor
    for (place, frame) in frames.enumerated() {
      try budget.check()
      if place == tail, let blocks = frame.blocks {
        result = result * (try blocks.dropped(weight, power: m))
      } else if let populations = frame.populations {
        guard let mode = weight.modes.firstIndex(of: populations.sites[populations.mode]) else { continue }
        result =
          result
          * (try populations.sum(power: 1, weight: weight.weights[mode], power: weight.powers[mode], exponent: m))
      } else {
        result = result * (try frame.moment(weight, power: m, point, within: budget))
      }
    }
    return result.greatest
  }
}

extension SiteFrame {
  /// At least the mean of the product of (1 + w_k n_k^(p_k))^m over the modes among the sites, whose vectors are
  /// products of levels or stand alone.
  func moment(_ weight: ModeWeight, power m: Rational, _ point: ModelPoint, within budget: Budget) throws -> Interval {
    let one = Interval(1, precision: 64)
    let modes = sites.indices.compactMap { place in
      weight.modes.firstIndex(of: sites[place]).map { (place: place, mode: $0) }
    }
    guard m.signum > 0, !modes.isEmpty else { return one }
    let rest = try blocks?.dropped(weight, power: m) ?? Interval(0, precision: 64)
    return try coefficients.reduce(rest) { sum, coefficient in
      guard coefficient.row == coefficient.column else { return sum }
      let size = coefficient.number.value.magnitude.rounded(to: 64)
      return try modes.reduce(size) { product, place in
        let (w, p) = (weight.weights[place.mode], weight.powers[place.mode])
        let site = try ModeStart.Site(
          vectors[coefficient.row][place.place], point, bits: point.startBits, within: budget)
        return product * (try site.mean(weight: w, power: p, exponent: m))
      }
    }
  }
}

extension ModeStart.Site {
  /// At least the sum of |psi_n|^2 (1 + w n^p)^m over all n.
  func mean(weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
    try levels.reduce(tail(weight: w, power: p, exponent: m)) { sum, item in
      let b = 1 + w * Interval(Integer(item.level).power(p), precision: 64)
      return sum + item.amplitude.squaredMagnitude.rounded(to: 64) * b.power(m)
    }
  }
}

extension ModelPoint {
  /// What starts without an end leave out is about 2^-bits, with some bits less than those of the arithmetic.
  var startBits: Int { max(precision - spareBits, 16) }
}
