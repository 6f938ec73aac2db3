import ArbitraryPrecision
import Catalogue
import Systems
import Expressions
import Symbolic

/// Coq proofs of claims about real numbers, which another program re-checks from its own axioms.
///
/// Identities are proved by `ring` and `field` with the squares of sines and roots as rewriting rules; the power
/// constant by `interval`.
public enum CoqFile {
  /// The names of the files and their texts, for claims that have a real statement.
  public static func all(_ claims: [Claim]) -> [(name: String, text: String)] {
    let lemmas = claims.compactMap(lemma)
    return [
      ("Identities.v", ([preamble] + lemmas).joined(separator: "\n")),
      ("Bounds.v", ([boundsPreamble] + claims.compactMap(bounds) + [theoremStep]).joined(separator: "\n")),
    ]
  }

  private static let preamble = """
    (* Written by `qbo coq`; do not edit. Each lemma is the claim of that name, for all real values of its parameters. *)
    Require Import Reals Lra Psatz.
    Open Scope R_scope.

    Ltac above_zero :=
      first [ lra | apply Rplus_lt_le_0_compat; [ above_zero | at_least_zero ] | apply Rplus_lt_0_compat; above_zero
            | apply Rmult_lt_0_compat; above_zero | apply pow_lt; above_zero | nra ]
    with at_least_zero :=
      first [ lra | apply pow2_ge_0 | apply sqrt_pos | apply Rlt_le; above_zero | nra ].
    Ltac not_zero := repeat split; first [ apply not_eq_sym, Rlt_not_eq; above_zero | intro; nra | nra ].
    Ltac turns := repeat progress (rewrite ?sin_2a, ?cos_2a, ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus, ?sin_PI2, ?cos_PI2).

    """

  /// The lemma of an identity; nil for claims that are none in real numbers.
  static func lemma(_ claim: Claim) -> String? {
    guard case .identity(let setting, let equality) = claim.kind, setting.algebra == nil, setting.sizes == nil,
      !setting.isOpen,
      claim.expected == .proved
    else { return nil }
    let (left, right) = (equality.left, equality.right)
    guard let a = CoqTerm.text(left), let b = CoqTerm.text(right) else { return nil }
    let both = Expression(.difference(left, right))
    // In Coq x/0 is a number: only formulas whose divisors are visibly positive say the same there.
    guard CoqTerm.divisors(both).allSatisfy({ $0.visibleSign(setting.domains) == .positive }) else { return nil }
    let names = both.variables.sorted()
    var premises: [String] = []
    for name in names {
      switch setting.domains[name] ?? .all {
      case .all: continue
      case .positive: premises.append("0 < \(name)")
      case .integers: premises.append("1 <= \(name)")
      case .between(let low, let high): premises.append("\(number(low)) <= \(name) <= \(number(high))")
      }
    }
    var lines = [
      "(* \(claim.title.replacing("*)", with: "* )").replacing("(*", with: "( *")). *)",
      "Lemma \(claim.id.map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()) :",
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
    var open: [(index: Int, term: String)] = []
    for (index, radicand) in CoqTerm.radicands(both).enumerated() {
      guard let x = CoqTerm.text(radicand) else { return nil }
      if let root = root(of: radicand, names, setting) {
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
    return lines.joined(separator: "\n")
  }

  /// The name whose square a radicand is, where there is one.
  private static func root(of radicand: Expression, _ names: [String], _ setting: SymbolicSetting) -> String? {
    names.first { name in
      guard setting.domains[name] == .positive else { return false }
      let identity = Identity(radicand.squareRoot, Expression(.variable(name)), domains: setting.domains)
      if case .equal = identity.decide() { return true }
      return false
    }
  }

  private static func number(_ value: Rational) -> String {
    value.integer.map { "\($0)" } ?? "\(value.numerator) / \(value.denominator)"
  }

  private static let boundsPreamble = """
    (* Written by `qbo coq`; do not edit. *)
    Require Import Reals Lra Psatz.
    From Interval Require Import Tactic.
    Open Scope R_scope.

    """

  /// The maximum of sin(x)^2/x between two decimals that differ by one unit of the eleventh place.
  private static func bounds(_ claim: Claim) -> String? {
    guard case .constant(let constant) = claim.kind, "\(constant.numerator)" == "sin(\(constant.variable))^2" else {
      return nil
    }
    return """
      (* \(claim.title): an upper bound for all x > 0, and a point that comes within 1e-11 of it. *)
      Lemma \(claim.id.map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined())_above : forall x, 0 < x -> sin x ^ 2 / x <= 72461135378 / 100000000000.
      Proof.
        intros x Hx. destruct (Rle_or_lt x (7 / 10)) as [H | H].
        - (* sin x < x. *)
          assert (0 <= sin x) by (apply sin_ge_0; pose proof PI2_3_2; unfold PI2 in *; lra).
          assert (sin x < x) by (apply sin_lt_x; lra).
          apply Rle_trans with x; [ | lra ].
          apply Rmult_le_reg_r with x; [ lra | ]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. nra.
        - destruct (Rle_or_lt x (7 / 5)) as [H2 | H2].
          + interval with (i_bisect x, i_autodiff x, i_prec 60, i_depth 40).
          + (* sin x ^ 2 <= 1. *)
            assert (sin x ^ 2 <= 1) by (pose proof (SIN_bound x); nra).
            apply Rmult_le_reg_r with x; [ lra | ]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. nra.
      Qed.
      Lemma \(claim.id.map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined())_attained : exists x, 0 < x /\\ 72461135377 / 100000000000 <= sin x ^ 2 / x.
      Proof. exists (11655611852 / 10000000000). split; [ lra | ]. interval with (i_prec 60). Qed.

      """
  }

  /// Step 3 of the theorem in docs/spin.md.
  private static let theoremStep = """
    (* docs/spin.md, step 3: the second derivative of the mean excitation is bounded by its start and its slope. *)
    Lemma spin_theorem_step : forall N k, 1 <= N -> 0 <= k -> k <= N -> (N - 2 * k) * (N + 2 * k * (N - k)) <= N ^ 2 * (1 + 2 * k).
    Proof.
      intros. assert (0 <= k * (N - k)) by nra. assert (0 <= k * k * (N - k)) by nra. assert (0 <= k * N) by nra. nra.
    Qed.

    """
}
