import ArbitraryPrecision
import Expressions
import RandomInputs
import TestSupport
import Testing

@Suite struct ConstantLawTests {
  /// An identity: a difference that is zero, in three formulas of which the last is not zero.
  struct Identity: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let difference: @Sendable (_ a: String, _ b: String, _ c: String) -> String

    init(_ name: String, _ difference: @escaping @Sendable (String, String, String) -> String) {
      testDescription = name
      self.difference = difference
    }
  }

  static let polynomial: [Identity] = [
    Identity("reordered sum") { "(\($0)+\($1)+\($2))-(\($2)+\($0)+\($1))" },
    Identity("reordered product") { "\($0)*\($1)*\($2)-\($2)*(\($1)*\($0))" },
    Identity("expanded product") { "(\($0)+\($1))*\($2)-\($0)*\($2)-\($1)*\($2)" },
    Identity("square of a sum") { a, b, _ in "(\(a)+\(b))^2-\(a)^2-2*\(a)*\(b)-\(b)^2" },
    Identity("cube of a difference") { a, b, _ in "(\(a)-\(b))^3-\(a)^3+3*\(a)^2*\(b)-3*\(a)*\(b)^2+\(b)^3" },
    Identity("difference of squares") { a, b, _ in "\(a)^2-\(b)^2-(\(a)-\(b))*(\(a)+\(b))" },
    Identity("double negation") { a, b, _ in "--\(a)-(-(-\(a)-\(b))-\(b))" },
    Identity("sum of fractions") { "\($0)/\($2)+\($1)/\($2)-(\($0)+\($1))/\($2)" },
    Identity("fraction of a fraction") { "(\($0)/\($2))*\($2)-\($0)+0*\($1)" },
    Identity("negative power") { a, _, c in "\(a)*\(c)^-2-\(a)/\(c)/\(c)" },
    Identity("reciprocal of a reciprocal") { _, b, c in "1/(1/\(c))-\(c)+\(b)*0" },
    Identity("power of a power") { a, _, _ in "(\(a)^2)^2-\(a)^3*\(a)" },
  ]

  static let radical: [Identity] = [
    Identity("product of roots") { a, b, _ in "sqrt(\(a)^2+1)*sqrt(\(b)^2+2)-sqrt((\(a)^2+1)*(\(b)^2+2))" },
    Identity("square of a root") { a, _, _ in "sqrt(\(a)^2+3)^2-3-\(a)^2" },
    Identity("root of a square") { a, _, _ in "sqrt((\(a)^2+1/2)^2)-\(a)^2-1/2" },
    Identity("magnitude") { a, _, _ in "sqrt(\(a)^2)^2-\(a)*\(a)" },
    Identity("rationalised divisor") { a, _, _ in "1/(sqrt(\(a)^2+2)+1)-(sqrt(\(a)^2+2)-1)/(\(a)^2+1)" },
  ]

  private func check(_ identity: Identity, _ random: inout SplitMix64, _ label: String, pi: Bool) throws {
    let levels = pi ? 1 : Int(random.next() % 3)
    let (a, b) = (random.algebraicText(levels, pi: pi), random.algebraicText(1, pi: pi))
    // A divisor that is not zero: a sum of squares and a positive number.
    let c = "(\(random.algebraicText(1, pi: pi && random.next() % 2 == 0))^2+\(random.positiveRational()))"
    let text = identity.difference(a, b, c)
    let difference = try Constant(parsing: text)
    #expect(difference.isZero == .certainlyTrue, "\(label): \(text)")
    #expect(difference.sign == 0, "\(label): \(text)")
    let tiny = "1e-\(random.pick([20, 60, 300]))"
    for (symbol, sign) in [("+", 1), ("-", -1)] {
      let missed = try Constant(parsing: "\(text)\(symbol)\(tiny)")
      #expect(missed.isZero == .certainlyFalse, "\(label): \(text)\(symbol)\(tiny)")
      #expect(missed.sign == sign, "\(label): \(text)\(symbol)\(tiny)")
      #expect(missed.integrality == .none, "\(label): \(text)\(symbol)\(tiny)")
    }
  }

  @Test(arguments: polynomial + radical)
  func `a formula of radicals minus a copy rewritten is zero`(identity: Identity) throws {
    try RandomCases.run(12) { random, label in try check(identity, &random, label, pi: false) }
  }

  @Test(arguments: polynomial)
  func `a formula with pi minus a copy rewritten is zero`(identity: Identity) throws {
    try RandomCases.run(12) { random, label in try check(identity, &random, label, pi: true) }
  }

  @Test func `roots of rationals multiply`() throws {
    try RandomCases.run(60) { random, label in
      let (p, q) = (random.positiveRational(), random.positiveRational())
      for text in ["sqrt(\(p))*sqrt(\(q))-sqrt((\(p))*(\(q)))", "sqrt(\(p))/sqrt(\(q))-sqrt((\(p))/(\(q)))"] {
        let (zero, missed) = (try Constant(parsing: text), try Constant(parsing: "\(text)+1e-40"))
        #expect(zero.sign == 0, "\(label): \(text)")
        #expect(missed.sign == 1, "\(label): \(text)")
      }
    }
  }

  @Test func `formulas of rationals have their exact values`() throws {
    try RandomCases.run(300) { random, label in
      let (text, value) = random.rationalFormula(Int(random.next() % 5))
      guard let value else {
        let error = constantError(text)
        #expect(error?.kind == .undefined, "\(label): \(text)")
        return
      }
      let constant = try Constant(parsing: text)
      #expect(constant.rational == value, "\(label): \(text)")
      #expect(constant.sign == value.signum, "\(label): \(text)")
      #expect(constant.integrality == value.integer.map { .integer($0) } ?? .none, "\(label): \(text)")
      #expect(constant.enclosure(precision: 53).contains(value), "\(label): \(text)")
      #expect(Constant(value).sign == constant.sign, "\(label): \(text)")
    }
  }
}
