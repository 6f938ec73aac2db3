/// The weights p of |10> and 1 - p of |01> of two qubits that exchange an excitation, as their roots, with proved error
/// bounds:
///
///     sqrt p = |J1/Om sin x|,  sqrt(1 - p) = sqrt(cos^2 x + (delta/Om)^2 sin^2 x),  x = Om t,  Om = sqrt(delta^2
///       + J1^2),  delta = wb - wc.
///
/// No difference is taken but wb - wc, and that one without an error. With u = 2^-53 and the phase's error q = 26 u^2
/// x + 2^-520, for binary64 arithmetic that rounds to nearest (the step numbers stand in the code):
///
/// 1. delta = d + e exactly, |e| <= u |d|; delta is 0 or at least 2^-252.
/// 2. W = delta^2 + J1^2 as a pair: the square and the sum of positive pairs lose 2^-102 each, so W is off by less than
///    2.01 2^-102 of itself.
/// 3. Om = h + l with an error of at most 21 u^2 Om: with W = w + w', w - h^2 is exact and at most 2.01 u h^2, w' at
///    most 1.01 u h^2; their sum rounds by 3.1 u^2 h^2, the quotient l <= 1.6 u h by 1.6 u^2 h, and 2h in place of h +
///    sqrt W moves it by 1.6 u h (0.8 u): 1.6 + 1.6 + 1.3 = 4.5 u^2 h; step 2 adds half of its 16.1 u^2 2, that is 16.1
///    u^2. Also |h - Om| <= 1.6 u Om.
/// 4. x = T + c with an error of at most 25 u^2 x: T plus its error is t h exactly, t l plus that error is at most 2.7
///    u x and rounded by 2.7 u^2 x; step 3 adds 21 u^2 x.
/// 5. The remainder r of x by pi/2 as in step 4 of ``HarmonicKernel``, whose own part of the absolute error is below
///    0.1 u^2 x: the computed one is r (1 + 1.01 u) + q', |q'| <= 25.2 u^2 x < q, and below 0.8.
/// 6. Its sine within 1.64 u of itself (step 5 there); the relative error of r adds 1.01 u since r cot r <= 1: within
///    2.7 u and q. Its cosine within 1.75 u: z^2 R <= 0.0171 within 6.3 u, z/2 <= 0.32 within u, their difference
///    rounded by 0.32 u, the last line by u (``SineCosine``); the relative error of r adds 0.8 sin(0.8) 1.01 u = 0.58
///    u. As cos 0.8 > 0.69 that is within 3.4 u of itself, and q. So both are.
/// 7. J1/h within 2.7 u, d/h within 3.7 u (step 1, step 3, one rounding).
/// 8. sqrt p: 2.7 + 3.4 + 1 = 7.1 u of itself, and 1.01 q. The sides of sqrt(1 - p) are within 3.4 u and 3.7 + 3.4 +
///    1 = 8.1 u and q each, which moves the root of the sum of squares by 8.1 u of itself and 1.42 q; rounding the
///    squares, the sum and the root adds 2 u: 10.1 u. Squares below 2^-1022 move the root by less than 2^-530.
/// 9. In terms of what is computed, all second orders included: sqrt p is within 8 u of the computed one and f = 1.5 q,
///    sqrt(1 - p) within 11 u and f.
struct TwoQubitExchange {
  /// The computed sqrt p.
  let moved: Double
  /// The computed sqrt(1 - p).
  let stayed: Double
  /// The computed |cos x|, within 4 u of itself and f.
  let cosine: Double
  /// f.
  let absolute: Double

  /// The magnitudes accepted for wb, wc, J1 and t, where no intermediate result leaves binary64.
  static let magnitudes = 0x1p-200...0x1p200

  /// The greatest phase Om t that is accepted: 2^44.
  static let greatestPhase = 0x1p44

  static let u = 0x1p-53

  /// nil when nothing is exchanged: J1 = 0 or t = 0.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  init?(battery: Double, charger: Double, exchange: Double, phases: Double, time: Double) throws(KernelRefusal) {
    for (name, value) in [("wb", battery), ("wc", charger)] where !Self.magnitudes.contains(value) {
      throw KernelRefusal("\(name) is outside the kernel's domain; accepted: 2^-200 to 2^200")
    }
    guard exchange == 0 || Self.magnitudes.contains(abs(exchange)) else {
      throw KernelRefusal("J1 is outside the kernel's domain; accepted: 0 and magnitudes of 2^-200 to 2^200")
    }
    guard phases.isFinite else {
      throw KernelRefusal("J2 is outside the kernel's domain; accepted: finite numbers")
    }
    guard time == 0 || Self.magnitudes.contains(time) else {
      throw KernelRefusal("t is outside the kernel's domain; accepted: 0 and 2^-200 to 2^200")
    }
    if exchange == 0 || time == 0 { return nil }

    let (d, e) = ErrorFree.sum(battery, -charger)  // 1
    let detuning = DoublePair(d, e)
    let j = ErrorFree.product(exchange, exchange)
    let w = detuning * detuning + DoublePair(j.result, j.error)  // 2
    let h = w.high.squareRoot()  // 3
    let l = (w.high.addingProduct(-h, h) + w.low) / (2 * h)
    let (t, tError) = ErrorFree.product(time, h)  // 4
    let c = tError.addingProduct(time, l)
    guard t <= Self.greatestPhase else {
      throw KernelRefusal("Om t is outside the kernel's domain; accepted: up to 2^44")
    }
    let (k, r) = QuarterTurns.remainder(of: t, c)  // 5
    let (first, second) = (abs(QuarterTurns.sine(ofRest: r)), QuarterTurns.cosine(ofRest: r))  // 6
    let isOdd = k.truncatingRemainder(dividingBy: 2) != 0
    let (sine, cosine) = isOdd ? (second, first) : (first, second)
    moved = (abs(exchange) / h) * sine  // 7, 8
    let side = (abs(d) / h) * sine
    stayed = (cosine * cosine + side * side).squareRoot()
    self.cosine = cosine
    // t is x within 2 u, so 27 u^2 t exceeds 26 u^2 x.
    absolute = 1.5 * (27 * 0x1p-106 * t + 0x1p-520)  // 9
  }

  /// sqrt(p (1 - p)) and a bound of its error: (8 + 11 + 1) u of it and f of each factor, second orders included.
  var product: (value: Double, error: Double) {
    let value = moved * stayed
    return (value, 20.1 * Self.u * value + absolute * (1.01 * (moved + stayed) + absolute))
  }

  /// The lesser of p and 1 - p and a bound of its error.
  ///
  /// A square y^2 of what is within 11 u and f is within (22 + 1 + O(u)) u y^2 + 2.01 f y + f^2. The bound holds for
  /// the lesser of two such numbers with a sum of one: the greater is about 1/2 or more, and where it takes the place
  /// of the lesser, both are, and y^2 less its bound rises there.
  var lesser: (value: Double, error: Double) {
    let root = min(moved, stayed)
    let value = root * root
    return (value, 24 * Self.u * value + absolute * (2.01 * root + absolute))
  }
}
