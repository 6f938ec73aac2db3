/// Double-precision kernels of battery and charger of one qubit each (arXiv:2605.11399), with proved error bounds.
///
/// Domain: wb and wc in 2^-200 ... 2^200; J1 = 0 or |J1| in that range; any finite J2, which drops out; t = 0 or in
/// that range; Om t <= 2^44, where Om = sqrt((wb - wc)^2 + J1^2). Units: capacities in that of wb and wc, t in its
/// inverse (hbar = 1), resources without.
///
/// ``TwoQubitExchange`` bounds sqrt p and sqrt(1 - p); here are the steps from these to the quantities. u = 2^-53.
public enum TwoQubitKernel {
  /// What is computed.
  public enum Output: Sendable, Hashable, CaseIterable {
    case battery, charger, total, residual, concurrence, negativity, steering, bell, coherence, imaginarity, texture

    /// The domain, in words.
    public static let domain = "phases Om t up to 2^44"

    /// The bound, in words; f = 41 u^2 Om t.
    public var bound: String {
      let bound =
        switch self {
        case .battery: "2 wb (48u m + 3u c + O(f)), m = min(p, 1 - p), c = 1 - 2m"
        case .charger: "2 wc (48u m + 3u c + O(f)), m = min(p, 1 - p), c = 1 - 2m"
        case .total: "1.01u of the value"
        case .residual: "4 (wb + wc) (27u m + O(f)), m = min(p, 1 - p)"
        case .concurrence, .negativity, .coherence: "21u of the value and O(f)"
        case .steering: "computed beside the value: at most 27u of it and O(f)"
        case .bell: "computed beside the value: at most 17u of it and O(f)"
        case .imaginarity: "14u of the value and O(f)"
        case .texture: "computed beside the value: at most 14u of it and O(f)"
        }
      return "\(bound), u = 2^-53, f = 41u^2 Om t"
    }
  }

  /// A quantity of the state at time t, from |01>.
  ///
  /// With the errors of ``TwoQubitExchange``, f its absolute one, and all second orders in the constants:
  ///
  /// 1. The total capacity 2 (wb + wc) is rounded once. What vanishes without exchange is exactly zero there.
  /// 2. c = |1 - 2p| = 1 - 2m with m = min(p, 1 - p): twice the error of m and the rounding of the difference. A
  ///    negative difference is put to zero, which is nearer. Near m = 1/2 few digits may be left, and the bound says
  ///    so. The product with 2 w rounds once more.
  /// 3. The residual is 2 (wb + wc)(1 - c) = 4 (wb + wc) m: the error of m, a sum and a product.
  /// 4. The negativity is sqrt(p (1 - p)), concurrence and coherence twice that: exact.
  /// 5. The imaginarity is 2 |J1/Om sin x cos x| = 2 sqrt p |cos x|: 8 + 4 + 1 = 13 u, and f of each factor.
  /// 6. F3 = sqrt(1 + 2 E^2), Bmax = 2 sqrt(1 + E^2), T = sqrt(1 + c^2)/2: what is under the root is wrong by a (2 E
  ///    e + e^2) with e the error of E or c and a their factor, and by 2 u a E^2 + u for the roundings of the square
  ///    and of the sum, whose value is below 3: by at most 3 u for that; a root of numbers of one or more is wrong by
  ///    at most half of that, and rounds by u.
  ///
  /// Underflow: a capacity below 2^-1022 is rounded by 2^-1074, which is added.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func value(
    of output: Output, battery: Double, charger: Double, exchange: Double, phases: Double, time: Double
  ) throws(KernelRefusal) -> KernelValue {
    let u = TwoQubitExchange.u
    let state = try TwoQubitExchange(
      battery: battery, charger: charger, exchange: exchange, phases: phases, time: time)
    let product: (value: Double, error: Double) = state?.product ?? (0, 0)
    let lesser: (value: Double, error: Double) = state?.lesser ?? (0, 0)

    func bounded(_ value: Double, _ error: Double) -> KernelValue {
      // The factor covers the roundings of the bound itself, fewer than 2^10 of them.
      KernelValue(value: value, errorBound: error * (1 + 0x1p-40) + (error > 0 ? Double.leastNonzeroMagnitude : 0))
    }
    // 2: c and its error.
    func ratio() -> (value: Double, error: Double) {
      let value = max(1 - 2 * lesser.value, 0)
      return (value, lesser.value == 0 && lesser.error == 0 ? 0 : 2 * lesser.error + 1.01 * u * value)
    }
    func capacity(_ frequency: Double) -> KernelValue {
      let (value, error) = ratio()
      let scaled = 2 * frequency * value
      return bounded(scaled, 2 * frequency * error + 1.01 * u * scaled)
    }
    func root(_ value: Double, _ error: Double, factor: Double, outer: Double) -> KernelValue {
      let inner = 1 + factor * value * value
      let result = inner.squareRoot()
      let wrong = factor * error * (2 * value + error) + u * (2 * factor * value * value + inner)
      // The root of one is exact.
      return bounded(outer * result, inner == 1 && error == 0 ? 0 : outer * (0.5 * wrong + 1.01 * u * result))
    }

    switch output {
    case .battery: return capacity(battery)
    case .charger: return capacity(charger)
    case .total:  // 1
      let value = 2 * (battery + charger)
      return bounded(value, 1.01 * u * value)
    case .residual:  // 3
      let scale = 4 * (battery + charger)
      let value = scale * lesser.value
      return bounded(value, state == nil ? 0 : scale * lesser.error + 2.1 * u * value + 0x1p-1060)
    case .negativity: return bounded(product.value, product.error)  // 4
    case .concurrence, .coherence: return bounded(2 * product.value, 2 * product.error)
    case .imaginarity:  // 5
      guard let state else { return KernelValue(value: 0, errorBound: 0) }
      let value = state.moved * state.cosine
      return bounded(
        2 * value, 2 * (13.1 * u * value + state.absolute * (1.01 * (state.moved + state.cosine) + state.absolute)))
    case .steering: return root(2 * product.value, 2 * product.error, factor: 2, outer: 1)  // 6
    case .bell: return root(2 * product.value, 2 * product.error, factor: 1, outer: 2)
    case .texture:
      let (value, error) = ratio()
      return root(value, error, factor: 1, outer: 0.5)
    }
  }
}
