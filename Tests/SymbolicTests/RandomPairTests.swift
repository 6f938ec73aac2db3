import ArbitraryPrecision
import Expressions
import RandomInputs
import Symbolic
import TestSupport
import Testing

/// Pairs of formulas of which it is known how they were made: all must be decided rightly.
///
/// 100 pairs of each sort here; 10,000 in all with `QBO_TEST_SCALE=25` in release. Seen to fail with a sign turned in the addition theorem, roots
/// split without a known sign, and the exchange of a boson's letters left without its rest.
@Suite struct RandomPairTests {
  private let positive = Dictionary(uniqueKeysWithValues: RandomFormulas.names.map { ($0, SymbolDomain.positive) })

  @Test func `formulas that were rewritten are equal`() {
    RandomCases.run(100) { random, label in
      var formulas = RandomFormulas(random: random)
      let a = formulas.formula(3)
      let b = formulas.rewritten(formulas.rewritten(a))
      let decision = Identity(a, b, domains: positive).decide()
      guard case .equal = decision else {
        Issue.record("\(label): \(a) = \(b): \(decision)")
        return
      }
    }
  }

  @Test func `formulas with something small added are not equal`() {
    RandomCases.run(100) { random, label in
      var formulas = RandomFormulas(random: random)
      let a = formulas.formula(3)
      let b = formulas.rewritten(a) + formulas.small()
      let decision = Identity(a, b, domains: positive).decide()
      guard case .different = decision else {
        Issue.record("\(label): \(a) = \(b): \(decision)")
        return
      }
    }
  }

  private static let algebra = OperatorAlgebra(
    single: ["a": .boson, "c": .boson, "J": .spin, "f": .fermion, "h": .fermion, "s": .qubit], indexed: ["b": .boson],
    cells: "N")

  private func letters(_ random: inout SplitMix64) -> [Expression] {
    let names = ["a", "c", "f", "h", "J_x", "J_y", "J_z", "J_p", "s_x", "s_y", "s_z", "s_m"]
    return (0..<2 + Int(random.next() % 4)).map { _ in
      let letter = Expression(.variable(names[Int(random.next() % UInt64(names.count))]))
      return random.next() % 3 == 0 ? Expression(.operation(.adjoint, [letter])) : letter
    }
  }

  private func product(_ letters: [Expression]) -> Expression {
    letters.dropFirst().reduce(letters[0]) { $0 * $1 }
  }

  /// A product with neighbours exchanged and their commutators or anticommutators added, as the definitions say: xy = yx + [x, y].
  private func reordered(_ letters: [Expression], _ random: inout SplitMix64) -> Expression {
    var letters = letters
    var rest = Expression.number(0)
    for _ in 0..<4 {
      let k = Int(random.next() % UInt64(letters.count - 1))
      let bracket = Expression(.operation(.commutator, [letters[k], letters[k + 1]]))
      let parts = Array(letters[..<k]) + [bracket] + Array(letters[(k + 2)...])
      rest = rest + product(parts)
      letters.swapAt(k, k + 1)
    }
    return product(letters) + rest
  }

  @Test func `products of operators that were reordered are equal`() {
    RandomCases.run(100) { random, label in
      let word = letters(&random)
      let (a, b) = (product(word), reordered(word, &random))
      let decision = OperatorIdentity(a, b, algebra: RandomPairTests.algebra).decide()
      guard case .equal = decision else {
        Issue.record("\(label): \(a) = \(b): \(decision)")
        return
      }
      // A word of the other letters is not the zero operator; tiny, it makes the difference.
      let tiny = Expression.number(Rational(1, Integer(10).power(30))) * Expression(.variable("a"))
      let other = OperatorIdentity(a, b + tiny, algebra: RandomPairTests.algebra).decide()
      guard case .different = other else {
        Issue.record("\(label): \(a) = \(b) + \(tiny): \(other)")
        return
      }
    }
  }
}
