import ArbitraryPrecision

/// A squarefree positive integer under a root: a word where it is one.
public struct Radicand: Sendable, Hashable, Comparable {
  /// 0 where the integer is greater.
  private let word: Int
  private let large: Integer?

  /// 1.
  static let one = Radicand(1)

  init(_ value: Int) { (word, large) = (value, nil) }

  init(_ value: Integer) {
    let word = Int(exactly: value)
    (self.word, large) = (word ?? 0, word == nil ? value : nil)
  }

  /// The integer.
  public var integer: Integer { large ?? Integer(word) }

  /// Whether it is 1.
  public var isOne: Bool { word == 1 }

  /// The order of the integers.
  public static func < (a: Radicand, b: Radicand) -> Bool {
    if a.large == nil, b.large == nil { return a.word < b.word }
    return a.integer < b.integer
  }

  /// What is under the root of the product, and what leaves it: the common divisor.
  static func product(_ a: Radicand, _ b: Radicand) -> (radicand: Radicand, common: Radicand) {
    if a.isOne { return (b, .one) }
    if b.isOne { return (a, .one) }
    if a.large == nil, b.large == nil {
      let common = Radicand.commonDivisor(a.word, b.word)
      let (product, overflow) = (a.word / common).multipliedReportingOverflow(by: b.word / common)
      if !overflow { return (Radicand(product), Radicand(common)) }
    }
    let (x, y) = (a.integer, b.integer)
    let common = x.greatestCommonDivisor(y)
    return (Radicand(x.dividedDown(by: common) * y.dividedDown(by: common)), Radicand(common))
  }

  /// The integer where it is a word.
  var small: Int? { large == nil ? word : nil }

  /// The common divisor of words that are not negative, not both zero.
  static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }
}
