import ArbitraryPrecision
import Expressions

/// Arithmetic of operators over a ring: sums, products, adjoints, in normal order.
public struct OperatorArithmetic<Ring: CoefficientRing> {
  /// A sum of words.
  public typealias Polynomial = OperatorPolynomial<Ring.Element>

  /// The factors that letters act on.
  public let factors: Factors
  /// The ring of coefficients.
  public var ring: Ring

  /// A number of cells as an element, for sums over a family whose size is a symbol.
  private let element: (_ size: String, inout Ring) throws -> Ring.Element

  /// Arithmetic over a ring that has the numbers of cells among its elements.
  public init(factors: Factors, ring: Ring) where Ring: ScalarReading {
    (self.factors, self.ring) = (factors, ring)
    element = { size, ring in try ring.scalar(Expression(.variable(size))) }
  }

  /// The sum.
  public func sum(_ a: Polynomial, _ b: Polynomial) throws -> Polynomial {
    var result = a
    for (word, coefficient) in b.terms { try result.add(coefficient, word, in: ring) }
    return result
  }

  /// The product with an element.
  public func scaled(_ a: Polynomial, by factor: Ring.Element) throws -> Polynomial {
    var result = Polynomial()
    for (word, coefficient) in a.terms { try result.add(try ring.product(coefficient, factor), word, in: ring) }
    return result
  }

  /// The difference.
  public func difference(_ a: Polynomial, _ b: Polynomial) throws -> Polynomial {
    try sum(a, try scaled(b, by: ring.number(-1)))
  }

  /// The product.
  public mutating func product(_ a: Polynomial, _ b: Polynomial) throws -> Polynomial {
    var result = Polynomial()
    for (left, x) in a.terms {
      let shift = left.labelCount
      for (right, y) in b.terms {
        try add(left + right.shiftingLabels(by: shift), try ring.product(x, y), to: &result)
      }
    }
    return result
  }

  /// The commutator.
  public mutating func commutator(_ a: Polynomial, _ b: Polynomial) throws -> Polynomial {
    try difference(try product(a, b), try product(b, a))
  }

  /// The adjoint.
  public mutating func adjoint(_ a: Polynomial) throws -> Polynomial {
    var result = Polynomial()
    for (word, coefficient) in a.terms {
      try add(word.reversed().map(\.adjoint), try ring.conjugate(coefficient), to: &result)
    }
    return result
  }

  /// The most exchanges that one word is brought to normal order with.
  private static var greatestSteps: Int { 100_000 }

  /// Adds a word in any order.
  ///
  /// Without sums letter by letter, equal words being added up before the next letter: a power of n letters costs a
  /// polynomial in n. Labels of sums tie letters to those that follow, so that words with sums are taken whole.
  public mutating func add(_ word: [Letter], _ coefficient: Ring.Element, to result: inout Polynomial) throws {
    guard word.labelCount == 0 else { return try exchangeAll(word, coefficient, to: &result) }
    var form = Polynomial()
    try form.add(coefficient, [], in: ring)
    for letter in word {
      var next = Polynomial()
      for (start, factor) in form.terms.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        try exchangeAll(start + [letter], factor, to: &next)
      }
      form = next
    }
    for (word, coefficient) in form.terms { try result.add(coefficient, word, in: ring) }
  }

  /// Adds a word in any order, by exchanging neighbours until it is in normal order.
  private mutating func exchangeAll(
    _ word: [Letter], _ coefficient: Ring.Element, to result: inout Polynomial
  ) throws {
    var work = [(word: word, coefficient: coefficient)]
    func push(
      _ place: Int, _ count: Int, of word: [Letter], _ new: ExchangeRules.Replacement, _ coefficient: Ring.Element
    ) throws {
      var next = word
      next.replaceSubrange(place..<place + count, with: new.letters)
      if let (old, other) = new.merged { next = next.renaming(old, other) }
      var value = try ring.product(coefficient, ring.number(new.factor))
      // A label that no letter bears any more is a sum over all cells of the same thing, unless it was made equal to
      // another.
      let left = next.boundLabels
      for (label, factor) in word.boundLabels where left[label] == nil && label != new.merged?.0 {
        guard case .symbol(let size)? = factors[factor].cells else {
          throw OutsideFragment("a sum over the cells of '\(factors[factor].name)', whose number is no symbol")
        }
        let count = try element(size, &ring)
        value = try ring.product(value, count)
      }
      work.append((next, value))
    }
    var steps = 0
    while let (word, coefficient) = work.popLast() {
      steps += 1
      guard work.count <= Polynomial.greatestSize, steps <= Self.greatestSteps else {
        throw OutsideFragment("more than \(Polynomial.greatestSize) products of operators, or too many steps")
      }
      if ring.isZero(coefficient) { continue }
      if let place = word.indices.dropLast().first(where: { ExchangeRules.isOutOfOrder(word[$0], word[$0 + 1]) }) {
        for new in ExchangeRules.exchange(word[place], word[place + 1]) {
          try push(place, 2, of: word, new, coefficient)
        }
      } else if let pair = ExchangeRules.pairToReduce(word) {
        // Bring the second letter beside the first.
        var next = word
        for position in stride(from: pair.second, to: pair.first + 1, by: -1) {
          for new in ExchangeRules.exchange(next[position - 1], next[position]).dropFirst() {
            try push(position - 1, 2, of: next, new, coefficient)
          }
          next.swapAt(position - 1, position)
        }
        for new in try ExchangeRules.product(next[pair.first], next[pair.first + 1]) {
          try push(pair.first, 2, of: next, new, coefficient)
        }
      } else if let (place, count) = lastLevel(in: word) {
        for new in ExchangeRules.lastLevel(word[place], of: count) { try push(place, 1, of: word, new, coefficient) }
      } else {
        guard let (least, isOpposite) = try word.leastByLabels() else { continue }
        try result.add(isOpposite ? ring.negation(coefficient) : coefficient, least, in: ring)
      }
    }
  }

  /// A letter |D-1><D-1| of a word, with D.
  private func lastLevel(in word: [Letter]) -> (place: Int, count: Int)? {
    for (place, letter) in word.enumerated() {
      guard case .level(let k, let l) = letter.kind, k == l, case .levels(let count) = factors[letter.factor].kind,
        k == count - 1
      else { continue }
      return (place, count)
    }
    return nil
  }
}
