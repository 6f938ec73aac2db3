import ArbitraryPrecision
import Expressions
import Symbolic

extension IdentityClaim {
  /// The lemma of an identity; nil for claims that are none in real numbers.
  func coqProof(of claim: Claim) -> CoqProof? {
    guard setting.algebra == nil, setting.sizes == nil, !setting.isOpen, claim.expected == .proved else { return nil }
    let (left, right) = (equality.left, equality.right)
    guard let a = CoqTerm.text(left), let b = CoqTerm.text(right) else { return nil }
    let both = Expression(.difference(left, right))
    // In Coq x/0 is a number: only formulas whose divisors are visibly positive say the same there.
    guard CoqTerm.divisors(both).allSatisfy({ $0.visibleSign(setting.domains) == .positive }) else { return nil }
    // `ring` ties hyperbolic functions to each other, and not to exponentials.
    guard CoqTerm.hyperbolic(both).isEmpty || !CoqTerm.hasExponentials(both) else { return nil }
    let names = both.variables.sorted()
    guard names.allSatisfy(CoqTerm.isFree) else { return nil }
    var premises: [String] = []
    for name in names {
      switch setting.domains[name] ?? .all {
      case .all: continue
      case .positive: premises.append("0 < \(name)")
      case .nonNegative: premises.append("0 <= \(name)")
      case .integers: premises.append("1 <= \(name)")
      case .integersFrom(let least): if let least { premises.append("\(least) <= \(name)") }
      case .between(let low, let high): premises.append("\(number(low)) <= \(name) <= \(number(high))")
      }
    }
    var lines = [
      "(* \(claim.title.replacing("*)", with: "* )").replacing("(*", with: "( *")). *)",
      "Lemma \(claim.coqName) :",
      "  forall \(names.joined(separator: " ")) : R, \((premises + [""]).joined(separator: " -> "))",
      "  \(a) = \(b).", "Proof.", "  intros; turns.",
    ]
    var rules: [String] = []
    for (index, angle) in CoqTerm.angles(both).enumerated() {
      guard let x = CoqTerm.text(angle) else { return nil }
      rules.append("circle_\(index)")
      lines.append(
        """
          assert (circle_\(index) : sin \(x) ^ 2 = 1 - cos \(x) ^ 2) by (pose proof (sin2_cos2 \(x)) as turn; unfold \
        Rsqr in turn; lra).
        """
      )
    }
    for (index, argument) in CoqTerm.hyperbolic(both).enumerated() {
      guard let x = CoqTerm.text(argument) else { return nil }
      rules.append("hyperbola_\(index)")
      lines.append("  assert (hyperbola_\(index) : cosh \(x) ^ 2 = 1 + sinh \(x) ^ 2) by apply hyperbola.")
    }
    var open: [(index: Int, term: String)] = []
    for (index, radicand) in CoqTerm.radicands(both).enumerated() {
      guard let x = CoqTerm.text(radicand) else { return nil }
      if let root = root(of: radicand, names) {
        lines.append(
          """
            assert (root_\(index) : sqrt \(x) = \(root)) by (replace \(x) with (\(root) ^ 2) by field; apply \
          sqrt_pow2; lra).
          """
        )
        lines.append("  rewrite root_\(index).")
        continue
      }
      rules.append("root_\(index)")
      open.append((index, x))
      lines.append(
        "  assert (root_\(index) : sqrt \(x) ^ 2 = \(x)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ])."
      )
    }
    for (index, x) in open { lines.append("  set (radical_\(index) := sqrt \(x)) in *.") }
    let with = rules.isEmpty ? "" : " [\(rules.joined(separator: " "))]"
    lines += ["  first [ ring\(with) | field\(with); not_zero ].", "Qed.", ""]
    return CoqProof(in: .identities, lines.joined(separator: "\n"))
  }

  /// The name whose square a radicand is, where there is one.
  private func root(of radicand: Expression, _ names: [String]) -> String? {
    names.first { name in
      guard setting.domains[name] == .positive else { return false }
      let identity = Identity(radicand.squareRoot, Expression(.variable(name)), domains: setting.domains)
      if case .equal = identity.decide() { return true }
      return false
    }
  }

  private func number(_ value: Rational) -> String {
    value.integer.map { "\($0)" } ?? "\(value.numerator) / \(value.denominator)"
  }
}

extension Claim {
  /// The id as a name of Coq.
  var coqName: String { id.map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined() }
}
