/// An enclosure of a complex number: a rectangle, the pair of enclosures of its real and imaginary parts.
///
/// An operation encloses the exact result for every choice of numbers in the operands. Sums are tight; products and
/// quotients are the hull by real arithmetic, which rectangles cannot better but by rounding.
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

  /// Whether no number is a member.
  public var isEmpty: Bool { real.isEmpty || imaginary.isEmpty }

  /// Whether zero is a member.
  public var containsZero: Bool { real.containsZero && imaginary.containsZero }

  /// The bits of the ends.
  public var precision: Int { max(real.precision, imaginary.precision) }

  /// The enclosure of all complex conjugates.
  public var conjugate: ComplexInterval { ComplexInterval(real, -imaginary) }

  /// The enclosure of all sums.
  public static func + (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    ComplexInterval(a.real + b.real, a.imaginary + b.imaginary)
  }

  /// The enclosure of all differences.
  public static func - (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    ComplexInterval(a.real - b.real, a.imaginary - b.imaginary)
  }

  /// The opposite, exact.
  public static prefix func - (a: ComplexInterval) -> ComplexInterval { ComplexInterval(-a.real, -a.imaginary) }

  /// The enclosure of all products.
  public static func * (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    ComplexInterval(
      a.real.multipliedThenAdded(b.real, -(a.imaginary * b.imaginary)),
      a.real.multipliedThenAdded(b.imaginary, a.imaginary * b.real))
  }

  /// The enclosure of all quotients by a number that is not zero: the product with the conjugate over the squared magnitude.
  public static func / (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    let norm = b.squaredMagnitude
    let product = a * b.conjugate
    return ComplexInterval(product.real / norm, product.imaginary / norm)
  }

  /// The enclosure of all squared magnitudes.
  public var squaredMagnitude: Interval { real.squared + imaginary.squared }

  /// The enclosure of all magnitudes, tight.
  public var magnitude: Interval { real.hypotenuse(imaginary) }

  /// The enclosure of all exponentials.
  public var exponential: ComplexInterval {
    let radius = real.exponential
    return ComplexInterval(radius * imaginary.cosine, radius * imaginary.sine)
  }

  /// The enclosure of all principal square roots, those with a real part that is not negative.
  ///
  /// With m the magnitude, the parts are sqrt((m + x)/2) and sqrt((m - x)/2), the second with the sign of y; a rectangle that
  /// meets the cut (negative reals with y below zero beside them) has imaginary parts of both signs. The larger of the two
  /// is computed so, and where it is away from zero the other is |y| over twice it, which keeps small ones tight.
  public var squareRoot: ComplexInterval {
    let p = precision
    guard !isEmpty else { return ComplexInterval(.empty(precision: p), .empty(precision: p)) }
    let m = magnitude
    let half = (m + real).scaled(byPowerOfTwo: -1).squareRoot
    let other = (m - real).scaled(byPowerOfTwo: -1).squareRoot
    let y = imaginary.absoluteValue
    let re = other.containsZero ? half : half.intersection((y / other).scaled(byPowerOfTwo: -1))
    let im = half.containsZero ? other : other.intersection((y / half).scaled(byPowerOfTwo: -1))
    switch (imaginary.lower.signum, imaginary.upper.signum) {
    case (0..., _): return ComplexInterval(re, im)
    case (_, ..<0): return ComplexInterval(re, -im)
    default: return ComplexInterval(re, im.hull(-im))
    }
  }
}
