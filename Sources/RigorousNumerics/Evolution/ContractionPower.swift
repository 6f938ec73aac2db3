import ArbitraryPrecision

/// Powers of a linear map A of real vectors that enlarges no vector in a norm |.|, by squaring its matrix.
///
/// The norm is tied to the 2-norm by |x|_2 <= |x| <= spread |x|_2. A matrix B that is computed for a power P of A has a
/// bound e of |(B - P) x| <= e |x|:
///
/// - of A, each column is off by e_k in |.|: |(B - A) x| <= sum of |x_k| e_k <= (sum of e_k^2)^(1/2) |x|;
/// - of a square, B^2 - P^2 = B (B - P) + (B - P) P has 2e + e^2, since |P| <= 1;
/// - cutting the d^2 elements of a square by less than u each adds spread d u.
///
/// So e grows no faster than the power. A vector y for x with |y - x| <= f has |B y - P x| <= e (|x| + f) + f, and
/// spread sqrt(d) u for its cut elements.
public struct ContractionPower: Sendable {
  private let dimension: Int
  private let spread: Interval
  private let fractionBits: Int
  /// The matrix, row by row, in units of 2^-fractionBits.
  private let matrix: [Integer]
  /// e.
  private let error: Interval

  /// A map by its columns, each with an error in |.|.
  ///
  /// - Parameter bits: elements are held to so many bits after the point.
  public init(columns: [FlowState], spread: Interval, bits: Int) {
    let d = columns.count
    demand(columns.allSatisfy { $0.dimension == d }, "ContractionPower: a square matrix")
    (dimension, self.spread, fractionBits) = (d, spread, bits)
    let width = (bits + 128) / 64
    let none = Interval(0, precision: 64)
    var (matrix, squares) = (Array(repeating: Integer(0), count: d * d), none)
    for (column, state) in columns.enumerated() {
      let own = state.converted(width: width, fractionBits: bits)
      for row in 0..<d { matrix[row * d + column] = own.integer(row) }
      // What a conversion cuts off is measured in the 2-norm.
      let cut = Interval(own.error) - Interval(state.error)
      squares += (Interval(state.error) + spread * cut.absoluteValue).squared
    }
    (self.matrix, error) = (matrix, squares.squareRoot)
  }

  private init(_ other: ContractionPower, _ matrix: [Integer], _ error: Interval) {
    (dimension, spread, fractionBits) = (other.dimension, other.spread, other.fractionBits)
    (self.matrix, self.error) = (matrix, error)
  }

  private var unit: Interval { Interval(1, precision: 64).scaled(byPowerOfTwo: -fractionBits) }

  private func squared(within budget: Budget) throws -> ContractionPower {
    let d = dimension
    var product: [Integer] = []
    product.reserveCapacity(d * d)
    for row in 0..<d {
      try budget.check()
      for column in 0..<d {
        var sum = Integer(0)
        for k in 0..<d { sum.add(productOf: matrix[row * d + k], matrix[k * d + column]) }
        product.append(sum.shifted(right: fractionBits))
      }
    }
    let cut = Interval(d, precision: 64) * spread * unit
    return ContractionPower(self, product, error + error + error.squared + cut)
  }

  /// A^n x.
  ///
  /// - Parameters:
  ///   - state: x with an error in |.|, as the result has one.
  ///   - size: at least |x|.
  public func applied(_ n: Int, to state: FlowState, size: BigFloat, within budget: Budget) throws -> FlowState {
    demand(n >= 0 && state.dimension == dimension, "ContractionPower: a power of 0 or more, and a vector that fits")
    let d = dimension
    let width = (fractionBits + max(size.binaryExponent ?? 0, 0) + 128) / 64
    var own = state.converted(width: width, fractionBits: fractionBits)
    let cut = Interval(own.error) - Interval(state.error)
    var distance = Interval(state.error) + spread * cut.absoluteValue
    var vector = (0..<d).map(own.integer)
    var (power, left) = (self, n)
    let units = spread * Interval(d, precision: 64).squareRoot * unit
    while left > 0 {
      if left % 2 == 1 {
        let source = vector
        for row in 0..<d {
          var sum = Integer(0)
          for k in 0..<d { sum.add(productOf: power.matrix[row * d + k], source[k]) }
          vector[row] = sum.shifted(right: fractionBits)
        }
        distance = power.error * (Interval(size) + distance) + distance + units
      }
      left /= 2
      if left > 0 { power = try power.squared(within: budget) }
    }
    guard distance.isBounded, vector.allSatisfy({ $0.fits(limbs: width) }) else {
      throw Unanswered(undecided: "errors of a power added up")
    }
    own = FlowState(zero: d, width: width, fractionBits: fractionBits)
    for (k, value) in vector.enumerated() { value.write(to: &own.limbs, at: k * width, count: width) }
    own.error = distance.upper
    return own
  }
}
