import ArbitraryPrecision
import Operators
import RigorousNumerics

/// What jumps make of vectors that no jump has met, J(sum of C_jk v_j v_k'), on the elements of a block: a sum over
/// jumps of outer products (c A v_j)(B v_k)', whose numbers are summed as integers.
struct JumpFeed {
  /// A term c f(t) A . B' of the jumps, A and B by their columns on the states of the vectors.
  struct Term {
    /// The place of f among the generator's functions; nil for f = 1.
    let function: Int?
    let factor: ComplexInterval
    let left: Side
    let right: Side
  }

  /// An operator from the states of vectors to other ones.
  struct Side {
    let images: [BasisState]
    /// The elements, by columns: the place of an image and the value.
    let columns: [[(image: Int, value: ComplexInterval)]]

    /// At least the 2-norm of the operator, by the sums of magnitudes in rows and columns.
    var norm: Interval {
      let none = Interval(0, precision: 64)
      var (rows, greatest) = (Array(repeating: none, count: images.count), none)
      for column in columns {
        let sizes = column.map { $0.value.magnitude.rounded(to: 64) }
        greatest = greatest.maximum(sizes.reduce(none, +))
        for (entry, size) in zip(column, sizes) { rows[entry.image] += size }
      }
      return (rows.reduce(none) { $0.maximum($1) } * greatest).squareRoot
    }

    /// What it makes of a vector.
    func applied(to vector: [ComplexInterval], precision: Int) -> [ComplexInterval] {
      var result = Array(repeating: ComplexInterval.zero(precision: precision), count: images.count)
      for (column, number) in zip(columns, vector) {
        for (image, value) in column { result[image] = result[image] + value * number }
      }
      return result
    }
  }

  private let terms: [Term]
  /// Where the product of two images stands in the block, by terms: -1 above the diagonal.
  private let targets: [[Int32]]

  init(_ terms: [Term], on block: DensityBlock) {
    self.terms = terms
    targets = terms.map { term in
      term.left.images.flatMap { row in
        term.right.images.map { column in
          guard row >= column else { return -1 }
          let place = block.coordinates[.init(row: row, column: column)]
          demand(place != nil, "JumpFeed: the block holds what the jumps make")
          return Int32(place ?? -1)
        }
      }
    }
  }

  /// At least |Y|_1 of what the terms make of a matrix of the trace norm 1, each without its function of time:
  /// |A Y B'|_1 <= |A| |Y|_1 |B|.
  var norms: [(function: Int?, norm: Interval)] {
    terms.map { ($0.function, $0.factor.magnitude.rounded(to: 64) * $0.left.norm * $0.right.norm) }
  }

  /// A sum of outer products in units of 2^(-2 bits), with its distance from the truth in the trace norm.
  struct Sum {
    fileprivate var numbers: [Integer]
    fileprivate var error = Interval(0, precision: 64)

    init(dimension: Int) { numbers = Array(repeating: Integer(0), count: dimension) }

    /// The sum times a number, as numbers of the block with an error in the trace norm.
    func kick(times weight: Interval, spread: Interval, bits: Int) -> FlowState {
      let state = FlowState(
        numbers.map { number in
          let exact = Interval(number, precision: max(number.bitWidth, 64)).rounded(to: 2 * bits + 64)
          return exact.scaled(byPowerOfTwo: -2 * bits) * weight
        }, fractionBits: bits)
      // The error of the rounding is one of the 2-norm.
      let own = spread * Interval(state.error) - Interval(state.error)
      return state.withError(enlargedBy: (own.absoluteValue + error * weight.absoluteValue).upper)
    }
  }

  /// Adds what the jumps make of c times the outer product of two vectors.
  ///
  /// The numbers u and w of both sides are rounded to integers over 2^bits; with errors d and e in the 2-norm the
  /// product is off by |u| e + d |w| + d e in the trace norm. Sums of integers are exact.
  ///
  /// - Parameters:
  ///   - values: of the functions of time.
  ///   - bits: those that are kept after the point.
  func add(
    _ c: ComplexInterval, _ first: [ComplexInterval], _ second: [ComplexInterval], _ values: [ComplexInterval],
    bits: Int, to sum: inout Sum
  ) {
    let precision = bits + 64
    let one = ComplexInterval(Interval(1, precision: precision), Interval(0, precision: precision))
    for (term, targets) in zip(terms, targets) {
      let factor = c * term.factor * (term.function.map { values[$0] } ?? one)
      let left = term.left.applied(to: first, precision: precision).map { factor * $0 }
      let right = term.right.applied(to: second, precision: precision)
      let u = FlowState(left.flatMap { [$0.real, $0.imaginary] }, fractionBits: bits)
      let w = FlowState(right.flatMap { [$0.real, $0.imaginary] }, fractionBits: bits)
      let (a, b) = (u.integers, w.integers)
      for i in term.left.images.indices {
        let (x, y) = (a[2 * i], a[2 * i + 1])
        if x.signum == 0, y.signum == 0 { continue }
        for k in term.right.images.indices {
          let target = Int(targets[i * term.right.images.count + k])
          guard target >= 0 else { continue }
          // (x + iy)(p - iq); an element on the diagonal has no imaginary part.
          let (p, q) = (b[2 * k], b[2 * k + 1])
          sum.numbers[target].add(productOf: x, p)
          sum.numbers[target].add(productOf: y, q)
          guard term.left.images[i] != term.right.images[k] else { continue }
          sum.numbers[target + 1].add(productOf: y, p)
          sum.numbers[target + 1].subtract(productOf: x, q)
        }
      }
      let (d, e) = (Interval(u.error), Interval(w.error))
      sum.error += u.storedNorm * e + d * w.storedNorm + d * e
    }
  }
}
