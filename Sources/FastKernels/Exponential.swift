/// The exponential of a double of magnitude below 800 as 2^k f, f within 2.6u of itself and of 0.7 to 1.5, u = 2^-53.
///
/// 1. k = round(x/ln 2), below 2^11.
/// 2. ln 2 = A + B + d, A of 37 bits, |d| < 2^-92. x - k A is exact: both are multiples of the unit of x, or of 2^-37,
///    and the difference is below 1/2. Then r = x - k ln 2 is within 0.4u, with |r| < 0.35: k B and k d are off by less
///    than 2^-81 each.
/// 3. f = e^r = 1 + r + r^2 Q(r) cut after r^13/13!: the rest is below 0.05u. r^2 Q < 0.07 is within 5u of itself, r +
///    r^2 Q rounds by 0.5u, the error of r counts 0.6u, and the last sum rounds by u: within 2.6u.
struct Exponential {
  /// k.
  let exponent: Int
  /// f.
  let factor: Double

  init(_ x: Double) {
    let k = (x * 0x1.71547652b82fep0).rounded()  // 1
    let r = x - k * 0x1.62e42fefap-1 - k * 0x1.cf79abc9e3b39p-40  // 2
    var q = 1 / 6_227_020_800.0  // 3
    for factorial in [479_001_600.0, 39_916_800, 3_628_800, 362_880, 40_320, 5_040, 720, 120, 24, 6, 2] {
      q = (1 / factorial).addingProduct(r, q)
    }
    exponent = Int(k)
    factor = 1 + r.addingProduct(r * r, q)
  }

  /// 2^k f, rounded by 2^-1075 more below the normal doubles.
  var value: Double { Double(sign: .plus, exponent: exponent, significand: factor) }
}
