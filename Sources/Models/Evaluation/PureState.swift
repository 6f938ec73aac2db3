import ArbitraryPrecision
import Operators

/// A state as amplitudes on basis states.
struct PureState {
  let states: [BasisState]
  let places: [BasisState: Int]
  let amplitudes: [ComplexInterval]
  /// The amplitudes themselves, where they are known as formulas.
  let exact: [ScalarPolynomial]?

  /// The image of the state under an operator, minus a multiple of the state.
  ///
  /// - Parameter isWhole: whether the part outside of the given states is wanted.
  func image(
    of polynomial: ModelPoint.Operator, minus mean: Interval?, _ point: ModelPoint, isWhole: Bool
  ) throws -> [BasisState: ComplexInterval] {
    var result: [BasisState: ComplexInterval] = [:]
    func add(_ value: ComplexInterval, at state: BasisState) {
      result[state] = result[state].map { $0 + value } ?? value
    }
    for (state, amplitude) in zip(states, amplitudes) {
      for (image, element) in try point.basis.column(of: polynomial, at: state, in: point.scalars)
      where isWhole || places[image] != nil {
        add(try point.scalars.enclosure(element) * amplitude, at: image)
      }
      if let mean { add(ComplexInterval(-(mean * amplitude.real), -(mean * amplitude.imaginary)), at: state) }
    }
    return result
  }

  /// The mean of a Hermitian operator: the real part of the sum of conj(psi_k) X_kl psi_l.
  func mean(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    if let exact = try exactMean(polynomial, point) { return exact }
    var sum = Interval(0, precision: point.precision)
    for (state, value) in try image(of: polynomial, minus: nil, point, isWhole: false) {
      guard let place = places[state] else { continue }
      let own = amplitudes[place]
      sum += own.real * value.real + own.imaginary * value.imaginary
    }
    return sum
  }

  /// The most basis states of which a mean is formed exactly.
  private static let greatestExactSize = 16

  /// The mean of few exact amplitudes where it is seen to be zero or rational; nil else.
  private func exactMean(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval? {
    guard let exact, exact.count <= Self.greatestExactSize else { return nil }
    let ring = point.scalars
    var sum = ring.number(0)
    for (state, amplitude) in zip(states, exact) {
      for (image, element) in try point.basis.column(of: polynomial, at: state, in: ring) {
        guard let place = places[image] else { continue }
        let product = try ring.product(ring.conjugate(exact[place]), try ring.value(of: element))
        sum = ring.sum(sum, try ring.product(product, amplitude))
      }
    }
    if let number = sum.number { return Interval(number.real, precision: point.precision) }
    return try ring.decision(isZero: sum) == .certainlyTrue ? Interval(0, precision: point.precision) : nil
  }

  /// The mean of (X - <X>)^2, as the square of the length of (X - <X>) psi.
  func variance(_ x: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    let image = try image(of: x, minus: try mean(x, point), point, isWhole: true)
    return image.values.reduce(Interval(0, precision: point.precision)) {
      $0 + $1.real.squared + $1.imaginary.squared
    }
  }

  /// <XY + YX>/2 - <X><Y>, the real part of the product of (X - <X>) psi and (Y - <Y>) psi.
  func covariance(_ x: ModelPoint.Operator, _ y: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    let left = try image(of: x, minus: try mean(x, point), point, isWhole: true)
    let right = try image(of: y, minus: try mean(y, point), point, isWhole: true)
    var sum = Interval(0, precision: point.precision)
    for (state, a) in left {
      guard let b = right[state] else { continue }
      sum += a.real * b.real + a.imaginary * b.imaginary
    }
    return sum
  }

  /// The probability of a product state of some sites: the sum, over what the other sites are, of the squared
  /// magnitude of the sum of conj(product) psi.
  func weight(_ sites: [(site: Int, state: SiteState)], _ point: ModelPoint) throws -> Interval {
    let ring = point.scalars
    var sums: [[Int]: ComplexInterval] = [:]
    for (state, amplitude) in zip(states, amplitudes) {
      var numbers = point.basis.numbers(of: state)
      var factor = ring.one
      var isMet = true
      for (site, wanted) in sites {
        guard let own = wanted.amplitudes[numbers[site]] else {
          isMet = false
          break
        }
        factor = try ring.product(factor, ring.conjugate(own))
        numbers[site] = 0
      }
      guard isMet else { continue }
      let value = try ring.enclosure(factor) * amplitude
      sums[numbers] = sums[numbers].map { $0 + value } ?? value
    }
    return sums.values.reduce(Interval(0, precision: point.precision)) {
      $0 + $1.real.squared + $1.imaginary.squared
    }
  }
}
