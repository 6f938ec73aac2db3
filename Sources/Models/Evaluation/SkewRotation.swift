import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A rotation of real vectors from exact couplings: with integers where all of them are rational multiples of one real
/// number, whose steps take a fraction of the time, else with enclosures.
struct SkewRotation {
  let flow: SkewFlow
  /// The flow's time by that of the model: 1, or the real number over the common denominator.
  let clock: Interval
  /// The middle that the centred parts are without.
  let shift: Interval

  /// A coupling A[row, column] = value and A[column, row] = -value.
  struct Coupling {
    let row: Int
    let column: Int
    let element: RadicalSum<ScalarPolynomial>
    let part: Part

    init(row: Int, column: Int, _ element: RadicalSum<ScalarPolynomial>, _ part: Part) {
      (self.row, self.column, self.element, self.part) = (row, column, element, part)
    }
  }

  /// The part of an element that a coupling is.
  enum Part {
    case real, minusReal, imaginary
    /// The real part relative to the middle of all such ones.
    case centred
  }

  init(dimension: Int, _ couplings: [Coupling], _ scalars: ModelScalars) throws {
    if let (integers, clock, shift) = try SkewRotation.integers(couplings, scalars) {
      (self.clock, self.shift) = (clock, shift)
      flow = SkewFlow(dimension: dimension, integer: integers)
      return
    }
    clock = Interval(1, precision: 64)
    let elements = try couplings.map { coupling in
      let value = try scalars.enclosure(coupling.element)
      guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coupling") }
      return value
    }
    let diagonal = zip(couplings, elements).filter { $0.0.part == .centred }.map(\.1.real)
    var middle = Interval(0, precision: 64)
    if let first = diagonal.first {
      guard let point = diagonal.dropFirst().reduce(first, { $0.hull($1) }).midpoint, point.isFinite else {
        throw NotToldYet(what: "a coupling")
      }
      middle = Interval(point)
    }
    shift = middle
    flow = SkewFlow(
      dimension: dimension,
      real: zip(couplings, elements).map { coupling, value in
        let part: Interval =
          switch coupling.part {
          case .real: value.real
          case .minusReal: -value.real
          case .imaginary: value.imaginary
          case .centred: value.real - middle
          }
        return .init(row: coupling.row, column: coupling.column, part)
      })
  }

  /// The greatest sum of magnitudes in a row of integer couplings.
  private static let greatestSum = Integer.powerOfTwo(59)

  /// The couplings as integers times a number; nil where they are none of sizes that the engine takes.
  private static func integers(
    _ couplings: [Coupling], _ scalars: ModelScalars
  ) throws -> (couplings: [SkewFlow.Coupling<Int>], clock: Interval, shift: Interval)? {
    guard let base = couplings.lazy.compactMap({ $0.element.terms.first }).first else { return nil }
    let turned = try scalars.product(scalars.imaginaryUnit(), base.value)
    guard let unit = [base.value, turned].first(where: \.isVisiblyReal) else { return nil }
    var values: [Rational] = []
    values.reserveCapacity(couplings.count)
    for coupling in couplings {
      guard let term = coupling.element.terms.first else {
        values.append(0)
        continue
      }
      guard coupling.element.terms.count == 1, term.radicand == base.radicand, let ratio = term.value.ratio(to: unit) else {
        return nil
      }
      values.append(
        coupling.part == .imaginary ? ratio.imaginary : coupling.part == .minusReal ? -ratio.real : ratio.real)
    }
    let diagonal = zip(couplings, values).filter { $0.0.part == .centred }.map(\.1)
    var middle = Rational(0)
    if let least = diagonal.min(), let greatest = diagonal.max() {
      middle = (least + greatest) / 2
      for (index, coupling) in couplings.enumerated() where coupling.part == .centred {
        values[index] = values[index] - middle
      }
    }
    var denominator = Integer(1)
    for value in values {
      let own = value.denominator
      denominator = denominator.dividedDown(by: denominator.greatestCommonDivisor(own)) * own
      guard denominator < greatestSum else { return nil }
    }
    var sums: [Int: Integer] = [:]
    var result: [SkewFlow.Coupling<Int>] = []
    result.reserveCapacity(values.count)
    for (coupling, value) in zip(couplings, values) {
      guard let exact = (value * Rational(denominator)).integer, let word = Int(exactly: exact) else { return nil }
      for row in [coupling.row, coupling.column] {
        let sum = (sums[row] ?? 0) + Integer(Int(word.magnitude))
        guard sum < greatestSum else { return nil }
        sums[row] = sum
      }
      if word != 0 { result.append(.init(row: coupling.row, column: coupling.column, word)) }
    }
    guard !result.isEmpty else { return nil }
    let root = Interval(base.radicand.integer, precision: scalars.precision).squareRoot
    let one = try scalars.enclosure(unit).real * root
    let size = one / Interval(denominator, precision: scalars.precision)
    let shift = one * Interval(middle, precision: scalars.precision)
    // The flow's time runs forward with that of the model.
    guard size.isBounded, let sign = size.certainSign, sign != 0 else { throw NotToldYet(what: "a coupling") }
    return sign > 0 ? (result, size, shift) : (result.map(\.opposite), -size, shift)
  }
}
