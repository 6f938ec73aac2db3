import RandomInputs

/// A source of true claims; slips make the false ones of them.
protocol ClaimSource: Sendable {
  /// What reports call it.
  var name: String { get }

  /// A claim that is true, by a derivation that stands beside the table it comes from, or bad by construction.
  func claim(_ random: inout SplitMix64) -> GeneratedClaim
}

extension SplitMix64 {
  /// A number from 0 below a count.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  /// Whether an event of one chance in so many happens.
  mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

  /// One of a few.
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}

extension Formula {
  /// The formula written otherwise in places, by rules that hold for numbers and operators alike, or for numbers alone.
  func rewritten(_ random: inout SplitMix64, commuting: Bool) -> Formula {
    // Exponents and arguments of operators' powers stay numbers.
    if case .binary("^", let a, let n) = self {
      let base = a.rewritten(&random, commuting: commuting)
      return n == .number(2) && random.oneIn(3) ? base * base : .binary("^", base, n)
    }
    let same = with(parts.map { $0.rewritten(&random, commuting: commuting) })
    guard random.oneIn(3) else { return same }
    switch same {
    case .binary("+", let a, let b): return random.oneIn(2) ? b + a : a - .negation(b)
    case .binary("-", let a, let b): return random.oneIn(2) ? .negation(b - a) : .negation(b) + a
    case .binary("*", let a, .binary("+", let b, let c)): return a * b + a * c
    case .binary("*", .binary("+", let a, let b), let c): return a * c + b * c
    case .binary("*", let a, let b): return commuting ? b * a : same
    case .binary("/", let a, let b): return a * (.number(1) / b)
    case .number(let n): return random.oneIn(2) ? .number(n + 1) - .number(1) : same
    case .negation(let a): return random.oneIn(2) ? .number(-1 + 2) * same : a * (.number(1) - .number(2))
    case .call: return .number(2) * same - same
    default: return same
    }
  }
}

extension Equality {
  /// The equality with both sides written otherwise, and exchanged at times.
  func rewritten(_ random: inout SplitMix64, commuting: Bool) -> Equality {
    let sides = (left.rewritten(&random, commuting: commuting), right.rewritten(&random, commuting: commuting))
    return random.oneIn(2) ? Equality(left: sides.0, right: sides.1) : Equality(left: sides.1, right: sides.0)
  }
}

extension GeneratedClaim {
  /// An identity, with the meanings of a vocabulary for the names that stand in it.
  init(identity: Equality, rule: String, meanings: [String: Meaning]) {
    self.init(
      kind: "identity", rule: rule, meanings: meanings, parts: ["left": identity.left, "right": identity.right])
    keepUsedMeanings()
  }

  /// Leaves out the meanings of names that stand in no formula.
  mutating func keepUsedMeanings() { meanings = meanings.filter { isUsed($0.key, $0.value) } }
}
