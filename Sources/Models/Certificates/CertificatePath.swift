import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import Operators
import RigorousNumerics

/// The path of a certificate: a Taylor polynomial of a state on each piece of time, with coefficients that are
/// multiples of 2^-bits.
///
/// Nothing is proved here: whoever reads the certificate computes the defect of the path. Steps are as long as the
/// last coefficient, and the remainder of the functions of time on the whole step, allow.
struct CertificatePath {
  /// A polynomial in u = (t - begin)/length from 0 to 1.
  struct Piece {
    let begin: Rational
    let length: Rational
    /// The real and the imaginary part of each place, one list a power.
    let coefficients: [[Integer]]
  }

  let bits: Int
  let states: [BasisState]
  let places: [CertificatePlace]
  private(set) var pieces: [Piece] = []
  /// About what the places that are left out take.
  private(set) var leak = 0.0

  private let matrix: CertificateMatrix
  private let point: ModelPoint
  private let order: Int

  /// The most bits of a path.
  static let greatestSize = 1 << 30

  /// - Parameters:
  ///   - end: up to where.
  ///   - allowed: what the places that are left out may take; a path that loses more ends early.
  init(
    _ problem: CertificateProblem, _ matrix: CertificateMatrix, bits: Int, until end: Rational, leak allowed: Double,
    within budget: Budget
  ) throws {
    (self.bits, self.matrix, point) = (bits, matrix, problem.point)
    (states, places) = (matrix.states, matrix.places)
    order = bits / 2 + 4
    var x = try Self.start(problem, matrix, bits: bits)
    var (time, guess, size) = (Rational(0), 4 / max(matrix.norm, 1e-9), 0)
    repeat {
      try budget.check()
      let piece = try step(x, from: time, to: end, guess: &guess, within: budget)
      pieces.append(piece)
      x = piece.coefficients[0].indices.map { place in
        piece.coefficients.reduce(Integer(0)) { $0 + $1[place] }
      }
      time = piece.begin + piece.length
      size += piece.coefficients.reduce(0) { $0 + $1.reduce(0) { $0 + $1.bitWidth } }
      guard size < Self.greatestSize else { throw CertificateText.uncovered("a path of more than 128 MB") }
      let unit = Double(sign: .plus, exponent: -bits, significand: 1)
      let length = piece.length.double
      for (place, weight) in matrix.leaks.enumerated() where weight > 0 {
        leak += weight * length * unit * (x[2 * place].double.magnitude + x[2 * place + 1].double.magnitude)
      }
      if leak > allowed { return }
    } while time < end
  }

  /// The start in fixed point, normalised.
  private static func start(_ problem: CertificateProblem, _ matrix: CertificateMatrix, bits: Int) throws -> [Integer] {
    let scalars = problem.point.scalars
    var numbers: [CertificatePlace: Int] = [:]
    for (number, place) in matrix.places.enumerated() { numbers[place] = number }
    var names: [BasisState: Int] = [:]
    for (number, state) in matrix.states.enumerated() { names[state] = number }
    let precision = bits + 64
    var sums = Array(
      repeating: ComplexInterval.zero(precision: precision), count: matrix.places.count)
    let shares = try problem.kets.map { try scalars.enclosure($0.probability).real }
    let total = shares.reduce(Interval(0, precision: precision)) { $0 + $1 }
    for (share, ket) in zip(shares, problem.kets) {
      let amplitudes = try ket.vector.map { (names[$0.key] ?? 0, try scalars.enclosure($0.value)) }
      let square = amplitudes.reduce(Interval(0, precision: precision)) { $0 + $1.1.squaredMagnitude }
      for (a, x) in amplitudes {
        guard !problem.isVector else {
          if let place = numbers[.init(row: a, column: 0)] {
            let root = square.squareRoot
            sums[place] = ComplexInterval(x.real / root, x.imaginary / root)
          }
          continue
        }
        let weight = share / (total * square)
        for (b, y) in amplitudes where a >= b {
          guard let place = numbers[.init(row: a, column: b)] else { continue }
          let product = x * y.conjugate
          sums[place] = sums[place] + ComplexInterval(product.real * weight, product.imaginary * weight)
        }
      }
    }
    return zip(sums, matrix.places).flatMap { value, place -> [Integer] in
      let isReal = !problem.isVector && place.row == place.column
      return [value.real.fixed(bits), isReal ? 0 : value.imaginary.fixed(bits)]
    }
  }

  /// A step, as long as it may be.
  private func step(
    _ x: [Integer], from time: Rational, to end: Rational, guess: inout Double, within budget: Budget
  ) throws -> Piece {
    let left = (end - time).double
    while true {
      try budget.check()
      let isLast = guess * 1.02 >= left
      let length = isLast ? end - time : Rational.dyadic(guess)
      guard length > 0 else { throw CertificateText.uncovered("a path that does not move on") }
      let functions = try functions(time, length)
      let excess = functions.excess
      let coefficients = excess > 1 ? [] : try self.coefficients(x, length, functions.values, within: budget)
      let last = coefficients.suffix(2).joined().reduce(0.0) { max($0, $1.double.magnitude) }
      if excess <= 1, last <= Self.tail {
        let growth = last > 0 ? min(1.5, 0.95 * exp2(log2(Self.tail / last) / Double(order))) : 1.5
        if !isLast { guess *= max(growth, 1) }
        return Piece(begin: time, length: length, coefficients: coefficients)
      }
      let factor = exp2(-(excess > 1 ? max(1, log2(excess)) : log2(last / Self.tail)) / Double(order))
      guess = min(guess, left) * min(0.9, max(0.5, 0.95 * factor))
    }
  }

  /// What the last coefficient may be, in units of 2^-bits.
  private static let tail = 4.0

  /// The coefficients of functions of time in u, and how far what they leave out on the step is above 2^-bits.
  private func functions(
    _ time: Rational, _ length: Rational
  ) throws -> (values: [[ComplexInterval]?], excess: Double) {
    var (values, excess) = ([[ComplexInterval]?](), 0.0)
    let precision = bits + 64
    let own = Interval(length, precision: precision)
    for part in matrix.parts {
      guard let function = part.function else {
        values.append(nil)
        continue
      }
      let formula = function.formula.substituting(point.scalars.values)
      let near = try series(of: formula, at: Interval(time, precision: precision))
      let whole = Interval(time, precision: precision).hull(Interval(time + length, precision: precision))
      let wide = try series(of: formula, at: whole)
      for argument in formula.timedArguments {
        // An error of a unit in exp(a) grows in the coefficients by exp of the sum of |a_j| length^j.
        let parts = try series(of: argument, at: whole)
        let sum = zip(1...order, parts.dropFirst()).reduce(0.0) { $0 + $1.1.size * pow(length.double, Double($1.0)) }
        if sum > Self.greatestGrowth { excess = max(excess, pow(sum / Self.greatestGrowth, Double(order))) }
      }
      var power = Interval(1, precision: precision)
      var scaled: [ComplexInterval] = []
      for number in near {
        scaled.append(ComplexInterval(number.real * power, number.imaginary * power))
        power = power * own
      }
      power = power / own
      let rest = [wide[order].real * power, wide[order].imaginary * power]
      // The checkers' numbers are discs, a little wider.
      excess = max(excess, rest.reduce(0) { $0 + $1.magnitudeBound } * exp2(Double(bits) + 4))
      values.append(scaled)
    }
    return (values, excess.isNaN ? .infinity : excess)
  }

  /// The checkers have 64 bits below those of the path, of which 54 are for this growth.
  private static let greatestGrowth = 54 * 0.693

  private func series(of formula: Expressions.Expression, at time: Interval) throws -> [ComplexInterval] {
    let reals = TaylorSeriesContext(order: order, precision: bits + 64)
    let complex = ComplexSeriesContext(reals)
    let variables = ["t": ComplexSeries(reals.variable(time)), "i": complex.imaginaryUnit]
    let zero = Interval(0, precision: bits + 64)
    do throws(ExpressionError) {
      let value = try formula.evaluate(in: complex, variables: variables)
      return (0...order).map {
        ComplexInterval(value.real.coefficients[$0], value.imaginary?.coefficients[$0] ?? zero)
      }
    } catch {
      throw CertificateText.uncovered("a function of t: \(error.message)")
    }
  }

  /// X_(k+1) = length/(k+1) times the sum over parts and j of f_j (A X_(k-j)).
  private func coefficients(
    _ start: [Integer], _ length: Rational, _ functions: [[ComplexInterval]?], within budget: Budget
  ) throws -> [[Integer]] {
    let scale = matrix.scale
    let fixed = functions.map {
      $0.map { $0.map { (real: $0.real.fixed(scale), imaginary: $0.imaginary.fixed(scale)) } }
    }
    var (result, images) = ([start], [[CertificateImage]](repeating: [], count: matrix.parts.count))
    let (numerator, exponent) = (length.numerator, length.denominator.bitWidth - 1)
    for k in 0..<order - 1 {
      try budget.check()
      var sum = [Integer](repeating: 0, count: start.count)
      for (number, part) in matrix.parts.enumerated() {
        let image = CertificateImage(part, result[k])
        guard let factors = fixed[number] else {
          image.add(to: &sum, shift: scale)
          continue
        }
        images[number].append(image)
        for j in 0...k where !(factors[j].real == 0 && factors[j].imaginary == 0) {
          images[number][k - j].add(times: factors[j], to: &sum, shift: 2 * scale)
        }
      }
      let divisor = Integer(k + 1)
      let next = sum.map { ($0 * numerator).shifted(right: exponent).dividedDown(by: divisor) }
      result.append(next)
    }
    return result
  }
}

extension Rational {
  /// About this number.
  var double: Double { Interval(self, precision: 64).midpoint?.double(rounding: .nearest) ?? .nan }

  /// A multiple of a power of two with few bits, just below a positive double.
  static func dyadic(_ value: Double) -> Rational {
    guard value > 0, value.isFinite else { return 0 }
    let exponent = Int(value.exponent) - 16
    let mantissa = Rational(Integer(Int((value / exp2(Double(exponent))).rounded(.down))))
    let power = Rational(Integer.powerOfTwo(abs(exponent)))
    return exponent < 0 ? mantissa / power : mantissa * power
  }
}

extension Integer {
  /// About this number.
  var double: Double {
    let excess = bitWidth - 60
    guard excess > 0 else { return Double(Int(exactly: self) ?? 0) }
    return Double(Int(exactly: shifted(right: excess)) ?? 0) * exp2(Double(excess))
  }
}

/// What a part of a generator makes of numbers: what is added as it is, and what is added conjugated.
private struct CertificateImage {
  private var plain: [Integer]
  private var turned: [Integer]
  private let hasTurned: Bool

  init(_ part: CertificateMatrix.Part, _ x: [Integer]) {
    var plain = [Integer](repeating: 0, count: x.count)
    var turned = plain
    var hasTurned = false
    for (place, row) in part.rows.enumerated() {
      let (re, im) = (x[2 * place], x[2 * place + 1])
      if re == 0, im == 0 { continue }
      for entry in row {
        let target = 2 * entry.target
        if entry.isPlain {
          plain[target].add(productOf: entry.real, re)
          plain[target].subtract(productOf: entry.imaginary, im)
          plain[target + 1].add(productOf: entry.real, im)
          plain[target + 1].add(productOf: entry.imaginary, re)
        }
        if entry.isTurned {
          hasTurned = true
          turned[target].add(productOf: entry.real, re)
          turned[target].subtract(productOf: entry.imaginary, im)
          turned[target + 1].add(productOf: entry.real, im)
          turned[target + 1].add(productOf: entry.imaginary, re)
        }
      }
    }
    (self.plain, self.turned, self.hasTurned) = (plain, turned, hasTurned)
  }

  func add(to sum: inout [Integer], shift: Int) {
    for place in sum.indices {
      if plain[place] != 0 { sum[place] += plain[place].shifted(right: shift) }
      if hasTurned, turned[place] != 0 {
        let value = turned[place].shifted(right: shift)
        if place % 2 == 0 { sum[place] += value } else { sum[place] -= value }
      }
    }
  }

  func add(times factor: (real: Integer, imaginary: Integer), to sum: inout [Integer], shift: Int) {
    for place in stride(from: 0, to: sum.count, by: 2) {
      for (values, sign) in [(plain, 1), (turned, -1)] where values[place] != 0 || values[place + 1] != 0 {
        let re = values[place] * factor.real - values[place + 1] * factor.imaginary
        let im = values[place] * factor.imaginary + values[place + 1] * factor.real
        sum[place] += re.shifted(right: shift)
        if sign > 0 { sum[place + 1] += im.shifted(right: shift) } else { sum[place + 1] -= im.shifted(right: shift) }
      }
    }
  }
}
