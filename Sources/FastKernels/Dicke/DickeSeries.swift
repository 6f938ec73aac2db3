/// The Taylor polynomial in time of <k> along the flow through the stored vector of a ``DickeLatticePath``, in doubles.
///
/// As ``FormSeries`` of the certified route has it: with f_i = (2 S)^i v/i!, S = ((0, H), (-H, 0))/R without the shift,
/// and s = (R/2)(t - c), <k> = sum of e_n s^n with e_n = sum over i + j = n of <f_i|K|f_j>, and the rest after degree q
/// is at most r |s|^(q+1), r = N/2 sum over i + j = q + 1 of |f_i||f_j|, since these lengths do not change in time.
///
/// Errors, u = 2^-53: with r a bound of the rows of S, one product with 2 S makes at most 30u r |f_i|, so the errors
/// obey d_(i+1) = r (2 d_i + 30u |f_i|)/(i + 1), and e_n is off by the sum of N (d_i |f_j| + |f_i| d_j), and by the
/// roundings of its dot products, (size/4 + 20) u N |f_i||f_j|.
struct DickeSeries {
  /// q.
  static let degree = 9

  /// e_n.
  private(set) var terms: [Double] = []
  /// At least the sum of the errors of e_n |s|^n, for |s| <= reach.
  private(set) var error: Double
  /// r.
  let rest: Double

  /// The series, good within a reach in s.
  init(_ path: borrowing DickeLatticePath, reach: Double) {
    let (lattice, q) = (path.lattice, DickeSeries.degree)
    let size = 2 * lattice.size
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: (q + 2) * size)
    defer { memory.deallocate() }
    memory.update(from: path.state, count: size)
    var lengths = [(lattice.squares(memory)).squareRoot()]
    var errors = [0.0]
    for i in 0...q {
      let target = memory + (i + 1) * size
      let factor = 1 / Double(i + 1)
      lattice.clearMargins(target)
      lengths.append(lattice.product(memory + i * size, factor, target).squareRoot())
      errors.append(lattice.unshiftedNorm * (2 * errors[i] + 0x1p-53 * 30 * lengths[i]) * factor)
    }
    for i in lengths.indices { lengths[i] = (lengths[i] + errors[i]) * (1 + 0x1p-30) }
    let n = Double(lattice.cells)
    let rounding = 0x1p-53 * Double(lattice.size / 4 + 20)
    error = 0
    var power = 1.0
    for order in 0...q {
      var (sum, made) = (0.0, 0.0)
      for i in 0...order / 2 {
        let j = order - i
        let factor = i == j ? 1.0 : 2.0
        sum += factor * lattice.excitation(memory + i * size, memory + j * size)
        made += factor * n * (errors[i] * lengths[j] + lengths[i] * errors[j] + rounding * lengths[i] * lengths[j])
      }
      terms.append(sum)
      error += made * power * (1 + 0x1p-30)
      power *= reach
    }
    var total = 0.0
    for i in 0...q + 1 { total += lengths[i] * lengths[q + 1 - i] }
    rest = n / 2 * total * (1 + 0x1p-30)
  }
}
