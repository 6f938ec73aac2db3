import ArbitraryPrecision
import Expressions
import RandomInputs
import TestSupport
import Testing

@Suite struct EnclosureLawTests {
  /// Directed rounding at a finer precision is tighter, and every operation is inclusion isotonic.
  @Test func `a finer enclosure lies inside a coarser one`() throws {
    try RandomCases.run(150) { random, label in
      let levels = Int(random.next() % 5)
      let text = random.next() % 2 == 0 ? random.positiveText(levels) : random.algebraicText(levels, pi: true)
      let constant = try Constant(parsing: text)
      let precisions = [24, 53, 64, 113, 128, 256, 257, 1000]
      for (coarse, fine) in zip(precisions, precisions.dropFirst()) {
        let (outer, inner) = (constant.enclosure(precision: coarse), constant.enclosure(precision: fine))
        #expect(!inner.isEmpty && inner.isBounded, "\(label): \(text) at \(fine)")
        #expect(!outer.isDisjoint(from: inner), "\(label): \(text) at \(coarse) and \(fine)")
        #expect(inner.isSubset(of: outer), "\(label): \(text) at \(coarse) and \(fine)")
      }
    }
  }

  @Test func `an enclosure narrows with its precision`() throws {
    try RandomCases.run(80) { random, label in
      let text = random.positiveText(Int(random.next() % 4))
      let value = try Constant(parsing: text).enclosure(precision: 400)
      let exponent = try #require(value.magnitude.binaryExponent)
      // Positive operations lose few bits: far below 100 of 400.
      #expect((value.width.binaryExponent ?? -1000) < exponent - 300, "\(label): \(text)")
      #expect(value.certainSign == 1, "\(label): \(text)")
    }
  }

  /// Without cancellation every operation adds a few units in the last place.
  @Test func `the double value lies near the enclosure`() throws {
    try RandomCases.run(200) { random, label in
      let text = random.positiveText(Int(random.next() % 4))
      let constant = try Constant(parsing: text)
      let double = try constant.expression.evaluate(in: DoubleContext())
      let exact = try #require(Rational(exactly: double), "\(label): \(text) is \(double)")
      let slack = Rational(1, .powerOfTwo(42))
      let widened = Interval(from: exact * (1 - slack), to: exact * (1 + slack), precision: 128)
      #expect(constant.enclosure(precision: 128).isSubset(of: widened), "\(label): \(text) is \(double)")
    }
  }

  @Test func `the functions of both contexts agree`() throws {
    for function in ElementaryFunction.allCases {
      let formula = Expression(.call(function, .number(Rational(5, 4))))
      let double = try formula.evaluate(in: DoubleContext())
      let enclosure = try formula.evaluate(in: IntervalContext(precision: 128))
      let exact = try #require(Rational(exactly: double))
      let slack = exact.magnitude * Rational(1, .powerOfTwo(50))
      #expect(
        enclosure.isSubset(of: Interval(from: exact - slack, to: exact + slack, precision: 128)), "\(function)")
    }
  }

  @Test func `the sign is the sign of a fine enclosure`() throws {
    try RandomCases.run(150) { random, label in
      let text = random.algebraicText(Int(random.next() % 4), pi: true)
      let constant = try Constant(parsing: text)
      if let sign = constant.enclosure(precision: 512).certainSign {
        #expect(constant.sign == sign, "\(label): \(text)")
      } else {
        // Numbers of these sizes are nowhere near 2^-400 unless they are zero.
        #expect(constant.isZero == .certainlyTrue, "\(label): \(text)")
      }
    }
  }
}
