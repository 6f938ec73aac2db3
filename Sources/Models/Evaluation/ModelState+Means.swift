import ArbitraryPrecision
import Operators

extension ModelState {
  /// The images of the vectors under an operator, minus a multiple of them.
  ///
  /// - Parameter isWhole: whether the part outside of the given states is wanted.
  func images(
    of polynomial: ModelPoint.Operator, minus mean: Interval?, _ point: ModelPoint, isWhole: Bool
  ) throws -> [Image] {
    let columns = try point.columns(of: polynomial, at: states).map { column in
      isWhole ? column : column.filter { places[$0.image] != nil }
    }
    return vectors.map { vector in
      var result: Image = [:]
      func add(_ value: ComplexInterval, at state: BasisState) {
        result[state] = result[state].map { $0 + value } ?? value
      }
      for own in vector {
        let (place, amplitude) = (own.place, own.number.value)
        for (image, element) in columns[place] { add(element * amplitude, at: image) }
        if let mean {
          add(ComplexInterval(-(mean * amplitude.real), -(mean * amplitude.imaginary)), at: states[place])
        }
      }
      return result
    }
  }

  /// The vectors themselves.
  private var ownImages: [Image] {
    vectors.map { vector in
      vector.reduce(into: [:]) { result, own in result[states[own.place]] = own.number.value }
    }
  }

  /// The mean of a Hermitian operator.
  func mean(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    if let inDoubles {
      if let own = try point.rough(polynomial, in: inDoubles.frame) {
        guard !distance.vectors.isEmpty else { return inDoubles.mean(own) }
        return inDoubles.mean(own) + .ball(try distance.error(polynomial, images: [], coefficients, point))
      }
      guard !vectors.isEmpty else { throw NotToldYet(what: "the mean of an operator in doubles") }
    }
    if let exact = try exactMean(polynomial, point) { return exact }
    if let exact = try distance.exactMean?(polynomial) { return exact }
    guard !distance.vectors.isEmpty else { return try enclosedMean(polynomial, point) }
    let images = try images(of: polynomial, minus: nil, point, isWhole: true)
    return form(images, ownImages, precision: point.precision)
      + .ball(try distance.error(polynomial, images: images, coefficients, point))
  }

  /// The real part of the sum over j, k of C_jk <v_k|X|v_j>, element by element.
  private func enclosedMean(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    var sum = Interval(0, precision: point.precision)
    let columns = try point.columns(of: polynomial, at: states).map { column in
      column.compactMap { own in places[own.image].map { (other: $0, element: own.element) } }
    }
    let numbers = vectors.map { vector in
      vector.reduce(into: [Int: ComplexInterval]()) { $0[$1.place] = $1.number.value }
    }
    for coefficient in coefficients {
      let (c, right) = (coefficient.number.value, numbers[coefficient.column])
      var (real, imaginary) = (Interval(0, precision: point.precision), Interval(0, precision: point.precision))
      // The diagonal of C is real, and only the real part of its product is wanted.
      let isDiagonal = coefficient.row == coefficient.column
      for amplitude in vectors[coefficient.row] {
        let u = amplitude.number.value
        for (other, element) in columns[amplitude.place] {
          guard let w = right[other] else { continue }
          if isDiagonal {
            // Diagonal elements of X are real, and of two that mirror one another the real parts are the same.
            if amplitude.place == other {
              real += element.real * (u.real.squareByProduct + u.imaginary.squareByProduct)
            } else if amplitude.place < other {
              let product = element.real * (w.real * u.real + w.imaginary * u.imaginary)
              real += product + product
              if element.imaginary.isExactZero { continue }
              let rest = element.imaginary * (w.real * u.imaginary - w.imaginary * u.real)
              real -= rest + rest
            }
            continue
          }
          // The parts of conj(w) u, and of the product with an element that is real most often.
          let (x, y) = (
            w.real * u.real + w.imaginary * u.imaginary, w.real * u.imaginary - w.imaginary * u.real
          )
          let isReal = element.imaginary.isExactZero
          real += isReal ? element.real * x : element.real * x - element.imaginary * y
          imaginary += isReal ? element.real * y : element.real * y + element.imaginary * x
        }
      }
      sum += isDiagonal ? c.real * real : c.real * real - c.imaginary * imaginary
    }
    return sum
  }

  /// The most products of amplitudes of which a mean is formed exactly.
  private static let greatestExactSize = 256

  /// The mean of few exact amplitudes where it is seen to be zero or rational; nil else.
  private func exactMean(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval? {
    guard coefficients.count * states.count <= Self.greatestExactSize,
      coefficients.allSatisfy({ $0.number.exact != nil }),
      vectors.allSatisfy({ $0.allSatisfy { $0.number.exact != nil } })
    else { return nil }
    let ring = point.scalars
    let amplitudes = vectors.map { vector in
      vector.reduce(into: [Int: ScalarPolynomial]()) { $0[$1.place] = $1.number.exact }
    }
    var sum = ring.number(0)
    for (place, state) in states.enumerated() {
      for (image, element) in try point.basis.column(of: polynomial, at: state, in: ring) {
        guard let other = places[image] else { continue }
        let value = try ring.value(of: element)
        for coefficient in coefficients {
          guard let c = coefficient.number.exact, let a = amplitudes[coefficient.row][place],
            let b = amplitudes[coefficient.column][other], !ring.isZero(a), !ring.isZero(b)
          else { continue }
          let product = try ring.product(ring.conjugate(b), value)
          sum = ring.sum(sum, try ring.product(c, try ring.product(product, a)))
        }
      }
    }
    if let number = sum.number { return Interval(number.real, precision: point.precision) }
    return try ring.decision(isZero: sum) == .certainlyTrue ? Interval(0, precision: point.precision) : nil
  }

  /// The mean of (X - <X>)^2, from the squares of the lengths of (X - <X>) v.
  func variance(_ x: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    guard distance.vectors.isEmpty, inDoubles == nil else {
      return try covariance(x, x, point).intersection(Self.notNegative)
    }
    return square(
      try images(of: x, minus: try mean(x, point), point, isWhole: true), precision: point.precision
    ).intersection(Self.notNegative)
  }

  private static let notNegative =
    Interval(.zero(precision: 64), .infinity(precision: 64)) ?? .entire(precision: 64)

  /// <XY + YX>/2 - <X><Y>, from the products of (X - <X>) v and (Y - <Y>) v.
  func covariance(_ x: ModelPoint.Operator, _ y: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    if let inDoubles, !inDoubles.isMatrix, let a = try point.rough(x, in: inDoubles.frame),
      let b = try point.rough(y, in: inDoubles.frame), let found = inDoubles.covariance(a, b)
    {
      return found
    }
    guard distance.vectors.isEmpty, inDoubles == nil else {
      // The products are observables of their own, of the sum of the orders.
      var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
      let product = try arithmetic.sum(try arithmetic.product(x, y), try arithmetic.product(y, x))
      return try mean(product, point) / 2 - (try mean(x, point)) * (try mean(y, point))
    }
    let left = try images(of: x, minus: try mean(x, point), point, isWhole: true)
    let right = try images(of: y, minus: try mean(y, point), point, isWhole: true)
    return form(left, right, precision: point.precision)
  }

  /// The probability of a product state of some sites: the form of the vectors' projections on what the other sites
  /// are.
  func weight(_ sites: [(site: Int, state: SiteState)], _ point: ModelPoint) throws -> Interval {
    let product = try ProductProjection(sites, on: states, point)
    let factors = product.factors.reduce(into: [Int: (rest: BasisState, factor: ComplexInterval)]()) {
      $0[$1.place] = ($1.rest, $1.amplitude)
    }
    let projections: [Image] = vectors.map { vector in
      var sums: Image = [:]
      for amplitude in vector {
        guard let (rest, factor) = factors[amplitude.place] else { continue }
        let value = factor * amplitude.number.value
        sums[rest] = sums[rest].map { $0 + value } ?? value
      }
      return sums
    }
    // A probability changes by at most the trace norm.
    return (square(projections, precision: point.precision) + .ball(Interval(distance.traceNorm) + product.error))
      .intersection(Interval(from: 0, to: 1, precision: point.precision))
  }
}

extension ComplexInterval {
  /// Whether the number is known to be zero.
  fileprivate var isExactZero: Bool { real.isExactZero && imaginary.isExactZero }
}

extension Interval {
  /// The square: of numbers of one sign the product with itself, which takes less time.
  fileprivate var squareByProduct: Interval { certainSign.map { $0 != 0 } ?? false ? self * self : squared }
}
