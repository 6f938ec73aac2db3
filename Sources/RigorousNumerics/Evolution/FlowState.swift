import ArbitraryPrecision

/// A real vector in fixed point, and how far it can be from the true one.
///
/// Element k is the integer of `width` limbs in two's complement, least limb first, times 2^-fractionBits; all elements
/// lie in one buffer. The true vector is within ``error`` in the 2-norm.
public struct FlowState: Sendable {
  /// The number of elements.
  public let dimension: Int
  let width: Int
  let fractionBits: Int
  var limbs: [UInt]
  /// An upper bound of the 2-norm of the difference from the true vector.
  public internal(set) var error: BigFloat

  /// The vector with a one at an index and zeros elsewhere, exactly.
  public static func unit(_ index: Int, dimension: Int) -> FlowState {
    demand(0 <= index && index < dimension, "FlowState: no such element")
    var state = FlowState(zero: dimension, width: 1, fractionBits: 32)
    state.limbs[index] = 1 << 32
    return state
  }

  init(zero dimension: Int, width: Int, fractionBits: Int) {
    self.dimension = dimension
    self.width = width
    self.fractionBits = fractionBits
    limbs = Array(repeating: 0, count: dimension * width)
    error = .zero(precision: 64)
  }

  /// A vector of enclosures, rounded to a number of bits after the point.
  public init(_ elements: [Interval], fractionBits: Int) {
    let bound = elements.reduce(BigFloat.zero(precision: 64)) { max($0, $1.magnitude) }
    demand(bound.isFinite, "FlowState: elements are bounded")
    let width = (fractionBits + max(bound.binaryExponent ?? 0, 0) + 3 + 63) / 64
    self.init(zero: elements.count, width: width, fractionBits: fractionBits)
    var squares = Interval(0, precision: 64)
    for (k, element) in elements.enumerated() {
      let value = element.anchor?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
      checkInvariant(value.fits(limbs: width), "FlowState: an element fits its limbs")
      value.write(to: &limbs, at: k * width, count: width)
      let point = Interval(value, precision: element.precision + 64 * width).scaled(byPowerOfTwo: -fractionBits)
      squares = squares + (element - point).rounded(to: 64).absoluteValue.squared
    }
    error = squares.squareRoot.upper
  }

  /// The integer of an element.
  func integer(_ k: Int) -> Integer {
    limbs.withUnsafeBufferPointer { Integer(limbs: UnsafeBufferPointer(rebasing: $0[k * width..<(k + 1) * width])) }
  }

  /// The elements as integers, in units of the last place.
  public var integers: [Integer] { (0..<dimension).map(integer) }

  /// The enclosure of a stored element, without the error.
  func stored(_ k: Int, precision: Int) -> Interval {
    isNonzero(k)
      ? Interval(integer(k), precision: precision).scaled(byPowerOfTwo: -fractionBits)
      : Interval(0, precision: precision)
  }

  /// The enclosure of an element, with the error of the whole vector.
  public func element(_ k: Int) -> Interval {
    stored(k, precision: 64 * width) + .ball(error)
  }

  /// The stored element, without the error.
  public func storedElement(_ k: Int, precision: Int) -> Interval { stored(k, precision: precision) }

  /// A double near a stored element.
  public func storedDouble(_ k: Int) -> Double {
    let isNegative = limbs[(k + 1) * width - 1] >> 63 != 0
    var result = 0.0
    for limb in limbs[k * width..<(k + 1) * width].reversed() {
      result = result * 0x1p64 + Double(isNegative ? ~limb : limb)
    }
    // Elements are below 2^(64 width), which fractionBits are nearly all of.
    let scaled = Double(sign: .plus, exponent: -fractionBits / 2, significand: result)
    let value = Double(sign: .plus, exponent: -fractionBits - -fractionBits / 2, significand: scaled)
    return isNegative ? -value : value
  }

  /// The same numbers with another format; bits that are cut off are counted in the error.
  func converted(width newWidth: Int, fractionBits newBits: Int) -> FlowState {
    if width == newWidth && fractionBits == newBits { return self }
    var result = FlowState(zero: dimension, width: newWidth, fractionBits: newBits)
    let shift = newBits - fractionBits
    for k in 0..<dimension where isNonzero(k) {
      let value = integer(k)
      let shifted = shift >= 0 ? value.shifted(left: shift) : value.shifted(right: -shift)
      checkInvariant(shifted.fits(limbs: newWidth), "FlowState: a converted element fits its limbs")
      shifted.write(to: &result.limbs, at: k * newWidth, count: newWidth)
    }
    result.error = error
    if shift < 0 {
      // Each element is less by less than one unit.
      let units = Interval(dimension, precision: 64).squareRoot.scaled(byPowerOfTwo: -newBits)
      result.error = (Interval(error) + units).upper
    }
    return result
  }

  /// The same vector in a space with more elements, zero at the end.
  public func extended(to newDimension: Int) -> FlowState {
    demand(newDimension >= dimension, "FlowState: a vector loses no elements")
    var result = FlowState(zero: newDimension, width: width, fractionBits: fractionBits)
    result.limbs.replaceSubrange(0..<limbs.count, with: limbs)
    result.error = error
    return result
  }

  /// Some elements in their order. The error is that of the true vector's elements there.
  public func restricted(to elements: [Int]) -> FlowState {
    var result = FlowState(zero: elements.count, width: width, fractionBits: fractionBits)
    for (place, k) in elements.enumerated() {
      result.limbs.replaceSubrange(place * width..<(place + 1) * width, with: limbs[k * width..<(k + 1) * width])
    }
    result.error = error
    return result
  }

  /// At least the magnitude of a stored element.
  public func storedBound(_ k: Int) -> UpperBound {
    limbs.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { FlowState.magnitude($0 + k * width, width: width, fractionBits: fractionBits) } ?? .zero
    }
  }

  /// Vectors one after the other in one.
  public init(joining states: [FlowState]) {
    let (width, bits) = (states.map(\.width).max() ?? 1, states.map(\.fractionBits).max() ?? 32)
    // As many bits before the point as any of them has.
    let wide = width + (states.map { bits - $0.fractionBits }.max() ?? 0) / 64 + 1
    let all = states.map { $0.converted(width: wide, fractionBits: bits) }
    self.init(zero: all.reduce(0) { $0 + $1.dimension }, width: wide, fractionBits: bits)
    limbs = all.flatMap(\.limbs)
    error = all.reduce(Interval(0, precision: 64)) { $0 + Interval($1.error).squared }.squareRoot.upper
  }

  /// The same vector for a true one that is farther away.
  public func withError(enlargedBy distance: BigFloat) -> FlowState {
    var result = self
    result.error = .sum(error, distance, precision: 64, rounding: .up)
    return result
  }

  /// Whether an element is not zero.
  func isNonzero(_ k: Int) -> Bool { limbs[k * width..<(k + 1) * width].contains { $0 != 0 } }

  /// An upper bound of the 2-norm of the stored vector.
  var normBound: BigFloat { storedNorm.upper }

  /// The 2-norm of the stored vector.
  public var storedNorm: Interval {
    var sum = Integer(0)
    for k in 0..<dimension where isNonzero(k) {
      let value = integer(k)
      sum.add(productOf: value, value)
    }
    return Interval(sum, precision: 64).squareRoot.scaled(byPowerOfTwo: -fractionBits)
  }
}
