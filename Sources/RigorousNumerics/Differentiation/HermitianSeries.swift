import ArbitraryPrecision

/// A Hermitian matrix A of functions of one variable, by Taylor coefficients of its elements, with those of its
/// eigenvalues.
///
/// - Of one row: the element. Of two: half the trace and the root of the rest.
/// - Of more rows, where an eigenvalue is told apart from all others on the whole interval: it is a simple root of the
///   characteristic polynomial q, whose coefficients are sums of products of traces of powers (Newton's identities).
///   With x_0 = l_i the coefficients x_k of the root follow one after the other: the k-th one of q(x) vanishes, and it
///   is linear in x_k with the factor q'(l_i), the product of all l_i - l_j.
/// - Of others the values are enclosed, and by Weyl's theorem no difference quotient is above the Frobenius norm of A'.
public struct HermitianSeries {
  /// The number of rows.
  public let dimension: Int
  private let context: TaylorSeriesContext
  /// Real and imaginary parts on and below the diagonal; nil for zero.
  private let elements: [[(real: TaylorSeries?, imaginary: TaylorSeries?)]]

  /// The matrix.
  ///
  /// - Parameter element: the element of a row and a column, column <= row; distances are not looked at.
  public init(
    _ dimension: Int, _ context: TaylorSeriesContext,
    element: (_ row: Int, _ column: Int) -> (real: TaylorSeries?, imaginary: TaylorSeries?)
  ) {
    (self.dimension, self.context) = (dimension, context)
    elements = (0..<dimension).map { row in
      (0...row).map { column in
        let (x, y) = element(row, column)
        return (x?.approximation, row == column ? nil : y?.approximation)
      }
    }
  }

  private var zero: TaylorSeries { context.number(0) }

  private func real(_ row: Int, _ column: Int) -> TaylorSeries? { elements[max(row, column)][min(row, column)].real }

  private func imaginary(_ row: Int, _ column: Int) -> TaylorSeries? {
    let value = elements[max(row, column)][min(row, column)].imaginary
    return row < column ? value.map(context.negation) : value
  }

  /// The sum of the squares of the magnitudes of all elements.
  public var squaredNorm: TaylorSeries {
    var sum = zero
    for (row, list) in elements.enumerated() {
      for (column, element) in list.enumerated() {
        for part in [element.real, element.imaginary] {
          guard let part else { continue }
          let square = context.power(part, 2)
          sum = context.sum(sum, row == column ? square : context.sum(square, square))
        }
      }
    }
    return sum
  }

  /// The trace.
  public var trace: TaylorSeries { (0..<dimension).reduce(zero) { context.sum($0, real($1, $1) ?? zero) } }

  /// At least all difference quotients of eigenvalues.
  private var speed: Interval {
    guard context.order >= 1 else { return .entire(precision: 64) }
    var sum = Interval(0, precision: 64)
    for (row, list) in elements.enumerated() {
      for (column, element) in list.enumerated() {
        for part in [element.real, element.imaginary] {
          guard let part else { continue }
          let square = part.coefficients[1].absoluteValue.rounded(to: 64).squared
          sum = sum + (row == column ? square : 2 * square)
        }
      }
    }
    return .ball(sum.squareRoot)
  }

  /// The eigenvalues, in no certain order where their enclosures meet.
  ///
  /// - Parameter rank: at least the number of eigenvalues that are not zero, of a matrix without negative ones.
  public func eigenvalues(rank: Int = .max, within budget: Budget) throws(Unanswered) -> [TaylorSeries] {
    if rank == 0 { return Array(repeating: zero, count: dimension) }
    if dimension == 1 { return [real(0, 0) ?? zero] }
    if rank == 1 { return [trace] + Array(repeating: zero, count: dimension - 1) }
    return dimension == 2 ? pair : try roots(rank, within: budget)
  }

  private var pair: [TaylorSeries] {
    let half = context.number(Rational(1, 2))
    let (a, d) = (real(0, 0) ?? zero, real(1, 1) ?? zero)
    var square = context.power(context.product(half, context.difference(a, d)), 2)
    for part in elements[1].prefix(1).flatMap({ [$0.real, $0.imaginary] }) {
      if let part { square = context.sum(square, context.power(part, 2)) }
    }
    let (middle, root) = (context.product(half, trace), context.call(.sqrt, square))
    return [context.sum(middle, root), context.difference(middle, root)].map { value in
      value.isSmooth ? value : value.limited(by: speed)
    }
  }

  private func roots(_ rank: Int, within budget: Budget) throws(Unanswered) -> [TaylorSeries] {
    let precision = context.precision
    let none = Interval(0, precision: precision)
    let matrix = HermitianMatrix(dimension, precision: precision) { row, column in
      ComplexInterval(real(row, column)?.value ?? none, imaginary(row, column)?.value ?? none)
    }
    let parts = elements.joined().flatMap { [$0.real, $0.imaginary] }.compactMap { $0 }
    let isDefined = parts.allSatisfy(\.isDefined)
    guard isDefined, parts.allSatisfy(\.value.isBounded) else {
      let unknown = Array(repeating: Interval.entire(precision: precision), count: context.order + 1)
      return Array(repeating: TaylorSeries(unknown, isSmooth: false, isDefined: isDefined), count: dimension)
    }
    var values = try HermitianSpectrum(matrix, bits: precision, within: budget).eigenvalues
    let free = max(dimension - rank, 0)
    if rank < dimension { values.removeFirst(free) }
    let zeros = Array(repeating: zero, count: free)
    let isSmooth = parts.allSatisfy(\.isSmooth) && context.order >= 1
    func isAlone(_ i: Int) -> Bool { values.indices.allSatisfy { $0 == i || values[$0].isDisjoint(from: values[i]) } }
    let speed = speed
    let unknown = Interval.entire(precision: precision)
    let polynomial = isSmooth && values.indices.contains(where: isAlone) ? characteristic(degree: values.count) : []
    var result: [TaylorSeries] = []
    for i in values.indices {
      if isSmooth, isAlone(i) {
        result.append(root(of: polynomial, i, values).limited(by: speed))
      } else {
        let rest = Array(repeating: unknown, count: context.order)
        result.append(TaylorSeries([values[i]] + rest, isSmooth: false).limited(by: speed))
      }
    }
    return result + zeros
  }

  /// The coefficients of q of the powers from the highest on, of the eigenvalues that are not zero by the rank.
  private func characteristic(degree: Int) -> [TaylorSeries] {
    // Tr A^k from A^i A^j with i + j = k.
    var powers = [self]
    while 2 * powers.count < degree { powers.append(powers[powers.count - 1].product(with: self)) }
    let sums = (1...degree).map { k in
      k <= powers.count ? powers[k - 1].trace : powers[(k + 1) / 2 - 1].traceOfProduct(with: powers[k / 2 - 1])
    }
    // k e_k = sum over j = 1 ... k of (-1)^(j - 1) e_(k - j) p_j.
    var symmetric = [context.number(1)]
    for k in 1...degree {
      var sum = zero
      for j in 1...k {
        let term = context.product(symmetric[k - j], sums[j - 1])
        sum = j % 2 == 1 ? context.sum(sum, term) : context.difference(sum, term)
      }
      symmetric.append(context.product(context.number(Rational(1, Integer(k))), sum))
    }
    return symmetric.enumerated().map { $0 % 2 == 0 ? $1 : context.negation($1) }
  }

  /// The product with a power of the same matrix, which is Hermitian.
  private func product(with other: HermitianSeries) -> HermitianSeries {
    HermitianSeries(dimension, context) { row, column in
      var (real, imaginary) = (zero, zero)
      for k in 0..<dimension {
        let (x, y, u, v) = (
          self.real(row, k), self.imaginary(row, k), other.real(k, column), other.imaginary(k, column)
        )
        if let x, let u { real = context.sum(real, context.product(x, u)) }
        if let y, let v { real = context.difference(real, context.product(y, v)) }
        guard row != column else { continue }
        if let x, let v { imaginary = context.sum(imaginary, context.product(x, v)) }
        if let y, let u { imaginary = context.sum(imaginary, context.product(y, u)) }
      }
      return (real, imaginary)
    }
  }

  /// Tr A B = sum of A_jk conj(B_jk).
  private func traceOfProduct(with other: HermitianSeries) -> TaylorSeries {
    var sum = zero
    for row in 0..<dimension {
      for column in 0...row {
        for (x, y) in [
          (real(row, column), other.real(row, column)), (imaginary(row, column), other.imaginary(row, column)),
        ] {
          guard let x, let y else { continue }
          let term = context.product(x, y)
          sum = context.sum(sum, row == column ? term : context.sum(term, term))
        }
      }
    }
    return sum
  }

  /// The root of q that is the i-th eigenvalue.
  private func root(of polynomial: [TaylorSeries], _ i: Int, _ values: [Interval]) -> TaylorSeries {
    let precision = context.precision
    var slope = Interval(1, precision: precision)
    for j in values.indices where j != i { slope = slope * (values[i] - values[j]) }
    var coefficients = [values[i]] + Array(repeating: Interval(0, precision: precision), count: context.order)
    for k in 1...context.order {
      let x = TaylorSeries(coefficients)
      let value = polynomial.dropFirst().reduce(polynomial[0]) { context.sum(context.product($0, x), $1) }
      coefficients[k] = -(value.coefficients[k] / slope)
    }
    return TaylorSeries(coefficients)
  }
}

extension TaylorSeries {
  /// The same with difference quotients that are known to be in an interval.
  public func limited(by slopes: Interval) -> TaylorSeries {
    guard order >= 1, slopes.isBounded else { return self }
    var own = coefficients
    own[1] = own[1].intersection(slopes)
    return TaylorSeries(own, distance: distance, isSmooth: isSmooth, isDefined: isDefined)
  }

  /// The same with a greater distance.
  public func widened(by error: BigFloat) -> TaylorSeries {
    TaylorSeries(
      coefficients, distance: .sum(distance, error, precision: 64, rounding: .up), isSmooth: isSmooth,
      isDefined: isDefined)
  }
}
