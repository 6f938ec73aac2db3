import ArbitraryPrecision

/// Parameters as doubles, with bounds of how far from these the exact ones lie.
///
/// Bounds that are made of these by sums, products and quotients of a few dozen non-negative doubles are off by less
/// than 2^-40 of them, in any rounding: ``raised(_:)`` makes up for it.
public struct MovedInput: Sendable {
  /// The parameters.
  public let exact: Arguments
  /// Doubles near them.
  public let doubles: KernelInput
  private let distances: [String: Double]

  /// Nil where a parameter that is an integer or a rational number is no double, or is not near one.
  init?(_ exact: Arguments, near doubles: KernelInput, of quantity: Quantity) {
    var distances: [String: Double] = [:]
    for (name, value) in doubles.entries {
      guard case .number(let double) = value, let constant = exact.number(named: name) else { continue }
      if let rational = constant.rational, Rational(exactly: double) == rational {
        distances[name] = 0
        continue
      }
      let near = BigFloat(double, precision: 64, rounding: .nearest)
      let distance = (constant.enclosure(precision: 128) - Interval(near)).magnitude.double(rounding: .up)
      guard quantity.parameters.contains(where: { $0.name == name && $0.kind == .real }),
        distance <= abs(double) * 0x1p-40
      else { return nil }
      distances[name] = distance
    }
    (self.exact, self.doubles) = (exact, doubles)
    self.distances = distances
  }

  /// An upper bound of how far the exact parameter is from the double.
  public func distance(_ key: RealKey) -> Double { distances[key.name] ?? 0 }

  /// An upper bound of that over the double; infinite for a double of zero that is not exact.
  public func share(_ key: RealKey) -> Double {
    let distance = distance(key)
    return distance == 0 ? 0 : MovedInput.raised(distance / abs(doubles[key]))
  }

  /// At least a bound that was computed in doubles; numbers below their range count as 2^-1000.
  public static func raised(_ bound: Double) -> Double { bound == 0 ? 0 : bound * (1 + 0x1p-40) + 0x1p-1000 }
}
