import Testing

/// A decimal that is not negative, as digits and a power of ten: exact at any length, and independent of the library.
struct PlainDecimal: CustomStringConvertible {
  /// The digits, most significant first, without leading zeros; empty for zero.
  let digits: [Int]
  /// The power of ten of the last digit.
  let exponent: Int

  var description: String { "\(digits.map(String.init).joined())e\(exponent)" }

  init(digits: [Int], exponent: Int) {
    self.digits = Array(digits.drop { $0 == 0 })
    self.exponent = exponent
  }

  /// Reads `d.ddd` with an optional exponent.
  init(_ text: String) throws {
    let parts = text.split(separator: "e", omittingEmptySubsequences: false)
    let places = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = places.count > 1 ? places[1] : ""
    let digits = try (places[0] + fraction).map { try #require($0.wholeNumberValue) }
    let power = try #require(parts.count > 1 ? Int(parts[1]) : 0)
    self.init(digits: digits, exponent: power - fraction.count)
  }

  /// One in the last digit.
  var unit: PlainDecimal { PlainDecimal(digits: [1], exponent: exponent) }

  /// The number over a power of ten.
  func scaled(by power: Int) -> PlainDecimal { PlainDecimal(digits: digits, exponent: exponent + power) }

  private func aligned(to lowest: Int) -> [Int] {
    digits.isEmpty ? [] : digits + Array(repeating: 0, count: exponent - lowest)
  }

  /// Whether the first is at most the second.
  static func <= (a: PlainDecimal, b: PlainDecimal) -> Bool {
    let lowest = min(a.exponent, b.exponent)
    let (x, y) = (a.aligned(to: lowest), b.aligned(to: lowest))
    if a.digits.isEmpty { return true }
    if b.digits.isEmpty { return false }
    return x.count != y.count ? x.count < y.count : !y.lexicographicallyPrecedes(x)
  }

  /// The distance of two numbers.
  static func distance(_ a: PlainDecimal, _ b: PlainDecimal) -> PlainDecimal {
    let (large, small) = a <= b ? (b, a) : (a, b)
    let lowest = min(a.exponent, b.exponent)
    var x = large.aligned(to: lowest)
    let y = small.aligned(to: lowest)
    for index in y.indices { x[x.count - y.count + index] -= y[index] }
    for index in x.indices.reversed() where x[index] < 0 {
      x[index] += 10
      x[index - 1] -= 1
    }
    return PlainDecimal(digits: x, exponent: lowest)
  }
}

@Suite struct PlainDecimalTests {
  @Test(arguments: [
    ("1", "0.999", "1e-3"), ("2.5e-3", "0", "2.5e-3"), ("1e3", "1", "999"), ("0.1", "0.1", "0"), ("0", "7", "7"),
    ("0", "2.5e-40", "2.5e-40"),
  ])
  func `distances are exact`(_ a: String, _ b: String, _ expected: String) throws {
    let distance = PlainDecimal.distance(try PlainDecimal(a), try PlainDecimal(b))
    let reference = try PlainDecimal(expected)
    #expect(distance <= reference)
    #expect(reference <= distance)
  }

  @Test func `order is exact`() throws {
    #expect(try PlainDecimal("0.99") <= PlainDecimal("1"))
    #expect(try !(PlainDecimal("1.0000000000000000000000001") <= PlainDecimal("1")))
    #expect(try !(PlainDecimal("1e-5") <= PlainDecimal("0")))
    #expect(try PlainDecimal("3") <= PlainDecimal("3.0"))
  }
}
