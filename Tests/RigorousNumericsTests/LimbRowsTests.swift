import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

/// Sums of products in C, with wide registers and without, against exact integers: floor(sum of +-f x / 2^(64 own)) of
/// each row, mod 2^(64 width).
@Suite struct LimbRowsTests {
  /// Words with corners: zeros, ones, the sign alone.
  private static func word(_ random: inout SplitMix64) -> UInt {
    [0, .max, 1 << 63, 1, UInt(random.next()), UInt(random.next())][Int(random.next() % 6)]
  }

  private static func words(_ count: Int, _ random: inout SplitMix64) -> [UInt] {
    (0..<count).map { _ in word(&random) }
  }

  private static func signed(_ limbs: some Collection<UInt>) -> Integer {
    Array(limbs).withUnsafeBufferPointer { Integer(limbs: $0) }
  }

  /// A magnitude: never negative.
  private static func magnitude(_ limbs: some Collection<UInt>) -> Integer { signed(Array(limbs) + [0]) }

  private static func limbs(_ value: Integer, _ width: Int) -> [UInt] {
    let modulus = Integer(1).shifted(left: 64 * width)
    let rest = value - modulus * value.shifted(right: 64 * width)
    let half = Integer(1).shifted(left: 64 * width - 1)
    var result = [UInt](repeating: 0, count: width)
    (rest < half ? rest : rest - modulus).write(to: &result, at: 0, count: width)
    return result
  }

  @Test func `rows make the same limbs by vectors, by limbs and by exact integers`() {
    RandomCases.run(400) { random, label in
      let (d, width, isShort) = (Int(random.next() % 12) + 1, Int(random.next() % 5) + 1, random.next() % 2 == 0)
      let own = isShort ? 1 : width
      var starts = [0]
      // Some rows have more entries than a register's columns hold.
      let most = random.next() % 40 == 0 ? 300 : 9
      for _ in 0..<d { starts.append((starts.last ?? 0) + Int(random.next() % UInt64(most))) }
      let count = starts[d]
      let columns = (0..<count).map { _ in Int(random.next() % UInt64(d)) }
      let signs = (0..<count).map { _ in random.next() % 2 == 0 }
      let fractions = Self.words(count * own, &random)
      let matrix = SparseRows(
        dimension: d, rowStarts: starts, columns: columns, isNegative: signs, isChain: false)
      let vectors = LimbRows(matrix, width: width, fractions: fractions, isShort: isShort)
      let scalars = LimbRows(matrix, width: width, fractions: fractions, isShort: isShort, allowsVectors: false)
      for pass in 0..<3 {
        let (x, y) = (Self.words(d * width, &random), Self.words(d * width, &random))
        let first = Int(random.next() % UInt64(d))
        let rows = pass == 0 ? 0..<d : first..<d
        let inside = pass == 0 ? 0..<d : 0..<Int(random.next() % UInt64(d + 1))
        var (byVectors, byLimbs) = (y, y)
        let isServed = x.withUnsafeBufferPointer { x -> Bool in
          guard let source = x.baseAddress else { return false }
          let first = byVectors.withUnsafeMutableBufferPointer { target in
            target.baseAddress.map { vectors.add(source, to: $0, rows: rows, columns: inside) } ?? false
          }
          let second = byLimbs.withUnsafeMutableBufferPointer { target in
            target.baseAddress.map { scalars.add(source, to: $0, rows: rows, columns: inside) } ?? false
          }
          return first && second
        }
        #expect(isServed)
        var exact = y
        for row in rows {
          var sum = Integer(0)
          for entry in starts[row]..<starts[row + 1] where inside.contains(columns[entry]) {
            let place = columns[entry] * width
            let product =
              Self.magnitude(fractions[entry * own..<(entry + 1) * own]) * Self.signed(x[place..<place + width])
            sum += signs[entry] ? -product : product
          }
          let old = Self.signed(y[row * width..<(row + 1) * width])
          exact.replaceSubrange(
            row * width..<(row + 1) * width, with: Self.limbs(old + sum.shifted(right: 64 * own), width))
        }
        #expect(byLimbs == exact, "\(label), width \(width)")
        #expect(byVectors == exact, "\(label), width \(width), vectors: \(LimbRows.hasVectors)")
      }
    }
  }

  @Test func `multiples by a fraction of either sign are cut toward minus infinity`() {
    RandomCases.run(400) { random, label in
      let (count, width) = (Int(random.next() % 5) + 1, Int(random.next() % 5) + 1)
      let places = UInt32(random.next() % 10)
      let (fraction, x) = (Self.words(width, &random), Self.words(count * width, &random))
      let start = Self.words(count * width, &random)
      var (term, sum, other) = (start, start, start)
      LimbRows.scale(x, by: fraction, places: places, into: &term, adding: &sum, count: count, width: width)
      LimbRows.add(fraction, times: x, to: &other, count: count, width: width)
      for k in 0..<count {
        let own = k * width..<(k + 1) * width
        let product = (Self.signed(fraction) * Self.signed(x[own])).shifted(right: 64 * width)
        let expected = product.shifted(left: Int(places))
        #expect(Array(term[own]) == Self.limbs(expected, width), "\(label)")
        #expect(Array(sum[own]) == Self.limbs(Self.signed(start[own]) + expected, width), "\(label)")
        #expect(Array(other[own]) == Self.limbs(Self.signed(start[own]) + product, width), "\(label)")
      }
    }
  }

  @Test func `more limbs are not served`() {
    let matrix = SparseRows(dimension: 1, rowStarts: [0, 0], columns: [], isNegative: [], isChain: false)
    let rows = LimbRows(matrix, width: LimbRows.greatestWidth + 1, fractions: [], isShort: false)
    var target = [UInt](repeating: 0, count: 6)
    #expect(!rows.add([UInt](repeating: 0, count: 6), to: &target, rows: 0..<1, columns: 0..<1))
  }
}
