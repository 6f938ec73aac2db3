/// Exponential and square root of a rectangle.
extension ComplexInterval {
  /// The enclosure of all exponentials.
  ///
  /// The parts are e^x cos y and e^x sin y with x and y apart from each other: extreme at an end of x, and at an end of
  /// y or at an extremum of the wave between. Apart from trivial cases such a value is transcendental, so some number
  /// of bits decides its rounding: up to 65536, or 64 times the precision, are tried. A value that is nearer to a
  /// number of the precision, as of 2^-70000 (1 + i), is enclosed, and perhaps not tightly. Angles beyond 2 to
  /// ``Interval/greatestReducedExponent`` count as any angle. Ends of an unbounded rectangle are rounded twice.
  public var exponential: ComplexInterval {
    guard !isEmpty else { return .empty(precision: precision) }
    guard isBounded else {
      let radius = real.exponential
      return ComplexInterval(radius * imaginary.cosine, radius * imaginary.sine)
    }
    return ComplexInterval(
      exponentialPart(imaginary.extrema(maximumAt: 0, minimumAt: 2)) { $0.cosine },
      exponentialPart(imaginary.extrema(maximumAt: 1, minimumAt: 3)) { $0.sine })
  }

  private func exponentialPart(
    _ extrema: (maximum: Bool, minimum: Bool), _ wave: (Interval) -> Interval
  ) -> Interval {
    let angles = extrema.maximum && extrema.minimum ? [] : [imaginary.lower, imaginary.upper]
    return .tightHull(precision: precision) { bits in
      var waves = angles.map { wave(Interval($0).rounded(to: bits)) }
      if extrema.maximum { waves.append(Interval(1, precision: bits)) }
      if extrema.minimum { waves.append(Interval(-1, precision: bits)) }
      return [real.lower, real.upper].flatMap { x in
        let radius = Interval(x).rounded(to: bits).exponential
        return waves.map { radius * $0 }
      }
    }
  }

  /// The enclosure of all principal square roots, those with a real part that is not negative.
  ///
  /// For y >= 0 the real part grows with x and y, and the imaginary part falls with x and grows with y; below the axis
  /// the imaginary part changes its sign. So the extremes stand at corners, with zero as a corner where y changes its
  /// sign. A number on the cut, the negative axis, has its root on the positive imaginary axis. Ends of an unbounded
  /// rectangle are rounded several times.
  public var squareRoot: ComplexInterval {
    let p = precision
    guard !isEmpty else { return .empty(precision: p) }
    guard isBounded else { return unboundedSquareRoot }
    let (left, right) = (real.lower, real.upper)
    let (bottom, top) = (imaginary.lower, imaginary.upper)
    return ComplexInterval(
      .tightHull(precision: p) { bits in
        [
          ComplexInterval.root(left, imaginary.mignitude, bits).real,
          ComplexInterval.root(right, imaginary.magnitude, bits).real,
        ]
      },
      .tightHull(precision: p) { bits in
        let below = ComplexInterval.root(bottom.signum < 0 ? left : right, bottom.magnitude, bits).imaginary
        let above = ComplexInterval.root(top.signum < 0 ? right : left, top.magnitude, bits).imaginary
        return [bottom.signum < 0 ? -below : below, top.signum < 0 ? -above : above]
      })
  }

  /// The root of x + i y for y >= 0. With m the magnitude its parts are sqrt((m + x)/2) and sqrt((m - x)/2); the
  /// greater one is computed so, and the other as y over twice that, without cancellation.
  private static func root(_ x: BigFloat, _ y: BigFloat, _ bits: Int) -> ComplexInterval {
    let (re, im) = (Interval(x).rounded(to: bits), Interval(y).rounded(to: bits))
    let greater = (re.hypotenuse(im) + re.absoluteValue).scaled(byPowerOfTwo: -1).squareRoot
    let lesser = im.isPoint && im.containsZero ? im : (im / greater).scaled(byPowerOfTwo: -1)
    return x.signum < 0 ? ComplexInterval(lesser, greater) : ComplexInterval(greater, lesser)
  }

  private var unboundedSquareRoot: ComplexInterval {
    let m = magnitude
    let re = (m + real).scaled(byPowerOfTwo: -1).squareRoot
    let im = (m - real).scaled(byPowerOfTwo: -1).squareRoot
    switch (imaginary.lower.signum, imaginary.upper.signum) {
    case (0..., _): return ComplexInterval(re, im)
    case (_, ..<0): return ComplexInterval(re, -im)
    default: return ComplexInterval(re, im.hull(-im))
    }
  }

  /// Whether both parts have finite ends.
  public var isBounded: Bool { real.isBounded && imaginary.isBounded }
}
