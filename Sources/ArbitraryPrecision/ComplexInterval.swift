/// An enclosure of a complex number: a rectangle, the pair of enclosures of its real and imaginary parts.
///
/// An operation encloses the exact result for every choice of numbers in the operands, where it is defined. Results are
/// the tightest rectangles: each end is the least or greatest value of the part over the operands, rounded once.
/// Exceptions are named at the operations; they concern unbounded operands, divisors that hold zero, parts whose
/// exponents are far apart, and steps on the way, such as e^x, that leave the exponent range.
public struct ComplexInterval: Sendable {
  /// The enclosure of the real part.
  public let real: Interval
  /// The enclosure of the imaginary part.
  public let imaginary: Interval

  /// The rectangle of two enclosures.
  public init(_ real: Interval, _ imaginary: Interval) {
    self.real = real
    self.imaginary = imaginary
  }

  /// Zero alone.
  public static func zero(precision: Int) -> ComplexInterval {
    ComplexInterval(Interval(0, precision: precision), Interval(0, precision: precision))
  }

  /// No number at all.
  public static func empty(precision: Int) -> ComplexInterval {
    ComplexInterval(.empty(precision: precision), .empty(precision: precision))
  }

  /// Whether no number is a member.
  public var isEmpty: Bool { real.isEmpty || imaginary.isEmpty }

  /// Whether zero is a member.
  public var containsZero: Bool { real.containsZero && imaginary.containsZero }

  /// The bits of the ends.
  public var precision: Int { max(real.precision, imaginary.precision) }

  /// The enclosure of all complex conjugates, exact.
  public var conjugate: ComplexInterval { ComplexInterval(real, -imaginary) }

  /// The enclosure of all sums.
  public static func + (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    if a.isEmpty || b.isEmpty { return .empty(precision: max(a.precision, b.precision)) }
    return ComplexInterval(a.real + b.real, a.imaginary + b.imaginary)
  }

  /// The enclosure of all differences.
  public static func - (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    if a.isEmpty || b.isEmpty { return .empty(precision: max(a.precision, b.precision)) }
    return ComplexInterval(a.real - b.real, a.imaginary - b.imaginary)
  }

  /// The opposite, exact.
  public static prefix func - (a: ComplexInterval) -> ComplexInterval { ComplexInterval(-a.real, -a.imaginary) }

  /// The enclosure of all products.
  public static func * (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    let p = max(a.precision, b.precision)
    if a.isEmpty || b.isEmpty { return .empty(precision: p) }
    return ComplexInterval(
      .sumOfProducts(a.real, b.real, -a.imaginary, b.imaginary, precision: p),
      .sumOfProducts(a.real, b.imaginary, a.imaginary, b.real, precision: p))
  }

  /// The enclosure of all squared magnitudes: the squares of the two parts range apart from each other.
  public var squaredMagnitude: Interval {
    let p = precision
    if isEmpty { return .empty(precision: p) }
    let (least, greatest) = ((real.mignitude, imaginary.mignitude), (real.magnitude, imaginary.magnitude))
    return Interval(
      unchecked: .sumOfProducts(least.0, least.0, least.1, least.1, precision: p, rounding: .down),
      .sumOfProducts(greatest.0, greatest.0, greatest.1, greatest.1, precision: p, rounding: .up))
  }

  /// The enclosure of all magnitudes.
  public var magnitude: Interval { real.hypotenuse(imaginary) }
}
