internal import CMPFR

/// An enclosure of a real number: a closed, possibly empty or unbounded interval with floating-point ends.
///
/// An interval stands for the set of all real numbers x with lower <= x <= upper (set-based flavour of IEEE 1788-2015).
/// An operation returns an interval that contains the exact result for every choice of real numbers in its operands at
/// which the operation is defined. Ends are rounded outward, once; the precision of a result is the greatest of its
/// operands' precisions, where machine integers count for 64 bits at least.
///
/// Three exceptional sets: the empty interval (the result where nothing is defined, such as the square root of [-2,
/// -1]), the entire line, and half lines. Infinities are never members.
public struct Interval: Sendable {
  var low: BigFloat.Head
  var high: BigFloat.Head
  private var heap: Limbs?

  /// The mantissas of ends above 256 bits; empty for an end that is inline.
  private final class Limbs: Sendable {
    let lower: [UInt]
    let upper: [UInt]

    init(lower: [UInt]?, upper: [UInt]?) {
      self.lower = lower ?? []
      self.upper = upper ?? []
    }
  }

  /// The lower end, possibly minus infinity; NaN when empty, so that no comparison with it holds (``infimum`` is the
  /// standard's).
  public var lower: BigFloat { BigFloat(head: low, heap: low.isInline ? nil : heap?.lower) }

  /// The upper end, possibly plus infinity; NaN when empty, so that no comparison with it holds (``supremum`` is the
  /// standard's).
  public var upper: BigFloat { BigFloat(head: high, heap: high.isInline ? nil : heap?.upper) }

  /// The interval of two ends that are known to be in order, or both NaN.
  @inline(__always)
  init(unchecked lower: BigFloat, _ upper: BigFloat) {
    low = lower.head
    high = upper.head
    heap = lower.heap == nil && upper.heap == nil ? nil : Limbs(lower: lower.heap, upper: upper.heap)
    checkInvariant(isWellFormed, "Interval: ends in order, or both NaN, and no infinity is a member")
  }

  /// The interval of two inline ends that are known to be in order.
  @inline(__always)
  init(low: BigFloat.Head, high: BigFloat.Head) {
    self.low = low
    self.high = high
    heap = nil
    checkInvariant(isWellFormed, "Interval: ends in order, or both NaN, and no infinity is a member")
  }

  /// Memory for a result whose ends are inline; to be filled at once.
  @inline(__always)
  init(blank precision: Int) {
    low = BigFloat.Head(precision: precision)
    high = BigFloat.Head(precision: precision)
    heap = nil
  }

  /// Fills this memory with a function at two pairs of inline ends, rounded outward.
  @inline(__always)
  mutating func fill(
    _ function: BinaryFunction, _ x: BigFloat.Head, _ y: BigFloat.Head, _ z: BigFloat.Head, _ w: BigFloat.Head
  ) {
    low.set(function, x, y, MPFR_RNDD)
    high.set(function, z, w, MPFR_RNDU)
    checkInvariant(isWellFormed, "Interval: ends in order, or both NaN, and no infinity is a member")
  }

  /// What every operation may rely on: the ends are in order, or both NaN; the lower one is not plus infinity and the
  /// upper one not minus infinity; mantissas of up to 256 bits are inline.
  private var isWellFormed: Bool {
    let (a, b) = (lower, upper)
    guard (a.heap == nil) == low.isInline, (b.heap == nil) == high.isInline else { return false }
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    return a <= b && !(a.isInfinite && a.signum > 0) && !(b.isInfinite && b.signum < 0)
  }

  /// Whether both ends are stored inline and are finite numbers other than zero.
  var isRegular: Bool { @inline(__always) get { heap == nil && low.isRegular && high.isRegular } }

  /// The bits of the ends.
  public var precision: Int { max(low.precision, high.precision) }

  // MARK: - Constructors

  /// The interval between two ends; nil when they are out of order, NaN, or both the same infinity.
  public init?(_ lower: BigFloat, _ upper: BigFloat) {
    guard lower <= upper, !(lower.isInfinite && lower.signum > 0), !(upper.isInfinite && upper.signum < 0) else {
      return nil
    }
    self.init(unchecked: lower, upper)
  }

  /// The tightest enclosure of all numbers between two doubles, infinities meaning no bound; nil when they are out of
  /// order, NaN, or both the same infinity.
  public init?(exactlyFrom lower: Double, to upper: Double, precision: Int) {
    self.init(
      BigFloat(lower, precision: precision, rounding: .down), BigFloat(upper, precision: precision, rounding: .up))
  }

  /// The tightest enclosure of an integer.
  public init(_ value: Integer, precision: Int) {
    self.init(
      unchecked: BigFloat(value, precision: precision, rounding: .down),
      BigFloat(value, precision: precision, rounding: .up))
  }

  /// The tightest enclosure of a machine word.
  public init(_ value: Int, precision: Int) {
    self.init(
      unchecked: BigFloat(value, precision: precision, rounding: .down),
      BigFloat(value, precision: precision, rounding: .up))
  }

  /// The tightest enclosure of a rational.
  public init(_ value: Rational, precision: Int) {
    self.init(
      unchecked: BigFloat(value, precision: precision, rounding: .down),
      BigFloat(value, precision: precision, rounding: .up))
  }

  /// The tightest enclosure of the dyadic rational that a double is; nil for infinities and NaN.
  public init?(exactly value: Double, precision: Int) {
    guard value.isFinite else { return nil }
    self.init(
      unchecked: BigFloat(value, precision: precision, rounding: .down),
      BigFloat(value, precision: precision, rounding: .up))
  }

  /// The interval of one floating-point number, which must be finite.
  public init(_ point: BigFloat) {
    demand(point.isFinite, "Interval: an interval of one point needs a finite point")
    self.init(unchecked: point, point)
  }

  /// The tightest enclosure of all numbers between two rationals, given in order.
  public init(from lower: Rational, to upper: Rational, precision: Int) {
    demand(lower <= upper, "Interval: ends out of order")
    self.init(
      unchecked: BigFloat(lower, precision: precision, rounding: .down),
      BigFloat(upper, precision: precision, rounding: .up))
  }

  /// The numbers of at most a magnitude: what is added for an error that is bounded by it.
  ///
  /// A radius that is negative or NaN bounds nothing, and gives the entire line like an infinite one.
  public static func ball(_ radius: BigFloat) -> Interval {
    Interval(-radius, radius) ?? .entire(precision: radius.precision)
  }

  /// The numbers of at most a magnitude that is itself enclosed.
  public static func ball(_ radius: Interval) -> Interval { ball(radius.upper) }

  /// No number at all.
  public static func empty(precision: Int) -> Interval {
    Interval(unchecked: .nan(precision: precision), .nan(precision: precision))
  }

  /// All real numbers.
  public static func entire(precision: Int) -> Interval {
    Interval(
      unchecked: .infinity(negative: true, precision: precision), .infinity(precision: precision))
  }

  /// The tightest enclosure of pi.
  public static func pi(precision: Int) -> Interval {
    Interval(
      unchecked: .pi(precision: precision, rounding: .down), .pi(precision: precision, rounding: .up))
  }

  // MARK: - Classification

  /// Whether no number is a member.
  public var isEmpty: Bool { low.isNaN }

  /// Whether both ends are finite, or the interval is empty.
  public var isBounded: Bool { isEmpty || (lower.isFinite && upper.isFinite) }

  /// Whether exactly one number is a member.
  public var isPoint: Bool { !isEmpty && lower == upper }

  /// Whether zero is a member.
  public var containsZero: Bool { !isEmpty && lower.signum <= 0 && upper.signum >= 0 }

  /// Whether a rational is a member.
  public func contains(_ value: Rational) -> Bool {
    guard !isEmpty else { return false }
    let lowerHolds = lower.rational.map { $0 <= value } ?? true
    let upperHolds = upper.rational.map { value <= $0 } ?? true
    return lowerHolds && upperHolds
  }

  /// This set with its ends rounded outward to another precision.
  public func rounded(to precision: Int) -> Interval {
    if low.precision == precision && high.precision == precision { return self }
    return Interval(
      unchecked: BigFloat(lower, precision: precision, rounding: .down),
      BigFloat(upper, precision: precision, rounding: .up))
  }
}
