import Expressions
import Symbolic

/// A step of a proof: two formulas that must be equal.
struct ProofStep {
  let title: String
  let left: Expression
  let right: Expression
  /// The unknown whose equation is another one than the one that is given.
  var replaced: String?
  /// The random points of a step that is decided already, as equal.
  var points: Int?
}

extension SymbolicSetting {
  /// Proved when every step is, refuted when one has a witness.
  ///
  /// - Parameter derived: right-hand sides that were worked out, for the evidence.
  func finding(_ steps: [ProofStep], derived: [String] = []) -> Finding {
    var points = 0
    let shown = derived.isEmpty ? "" : "derived: \(derived.joined(separator: ", "))"
    let open = openNames.isEmpty ? "" : "names taken for real numbers: \(openNames.joined(separator: ", "))"
    let values = fixed.isEmpty ? "" : "at \(fixed.joined(separator: ", "))"
    let end = [values, shown, open].filter { !$0.isEmpty }.map { "; \($0)" }.joined()
    for step in steps {
      if let known = step.points {
        points += known
        continue
      }
      let name = steps.count == 1 ? "" : "\(step.title): "
      switch decide(step.left, step.right) {
      case .equal(let count): points += count
      case .undecided(let reason): return .undecided("\(name)\(reason)\(end)", by: [.normalForm])
      case .different(let witness):
        return Finding(
          verdict: .refuted, by: [.enclosure],
          evidence: Evidence(
            """
            \(name)counterexample\(witness.text.isEmpty ? "" : " \(witness.text)"): left \(witness.left), right \
            \(witness.right)\(end)
            """,
            [
              "step": .text(step.title), "point": .text(witness.text), "left": .text(witness.left),
              "right": .text(witness.right), "derived": .text(shown),
            ])
        )
      }
    }
    let range = sizes.map { " for \(cells) = \($0.lowerBound) ... \($0.upperBound)" } ?? ""
    let count = (steps.count == 1 ? "equal normal forms" : "\(steps.count) steps of equal normal forms") + range
    return Finding(
      verdict: .proved, by: [.normalForm],
      evidence: Evidence(
        "\(count); agrees at \(points) random points by another route\(end)",
        [
          "steps": .steps(steps.map { ($0.title, "\($0.left)", "\($0.right)") }), "points": .count(points),
          "derived": .text(shown),
        ]))
  }

  /// The statement as an equality of two formulas.
  func check(_ equality: Equality) -> Finding {
    finding([ProofStep(title: "identity", left: equality.left, right: equality.right)])
  }

  /// The normal form of a formula, with sums written out for two cells where sizes are given; nil where it has none.
  func normalForm(of formula: Expression) -> Expression? {
    guard let sizes else { return derivedFormula(pairs).normalForm(of: formula) }
    let size = max(sizes.lowerBound, min(2, sizes.upperBound))
    let members = families.flatMap { pair in
      (0..<size).map { CanonicalPair("\(pair.coordinate)[\($0)]", "\(pair.momentum)[\($0)]") }
    }
    return derivedFormula(pairs + members).normalForm(of: formula.writingOutSums(cells: size))
  }

  func derivedFormula(_ pairs: [CanonicalPair]) -> DerivedFormula {
    DerivedFormula(algebra: algebra, domains: domains, canonicalPairs: pairs)
  }
}
