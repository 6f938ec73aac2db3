import Catalogue

/// A proof of a claim for Coq, with the file that holds it.
public struct CoqProof: Sendable {
  /// The files that `qbo coq` writes.
  public enum File: String, Sendable, CaseIterable {
    /// Identities in real numbers.
    case identities = "Identities.v"
    /// Bounds, by interval arithmetic.
    case bounds = "Bounds.v"
  }

  let file: File
  let text: String

  /// A proof, for one of the files.
  public init(in file: File, _ text: String) { (self.file, self.text) = (file, text) }
}

/// Coq proofs of claims about real numbers, which another program re-checks from its own axioms.
///
/// Identities are proved by `ring` and `field` with the squares of sines and roots as rewriting rules; the power
/// constant by `interval`.
public enum CoqFile {
  /// The names of the files and their texts, for claims that have a real statement.
  public static func all(_ claims: [Claim]) -> [(name: String, text: String)] {
    let proofs = claims.compactMap { $0.content.coqProof(of: $0) }
    return CoqProof.File.allCases.map { file in
      let own = proofs.filter { $0.file == file }.map(\.text)
      return (
        file.rawValue, ([preamble(of: file)] + own + (file == .bounds ? [theoremStep] : [])).joined(separator: "\n")
      )
    }
  }

  /// The same of claims of a user's file, where there are any, and the ids of those that have no form in Coq.
  ///
  /// - Throws: ``BadInput`` where none has one, or two have one name.
  public static func own(
    _ claims: [Claim]
  ) throws(BadInput) -> (files: [(name: String, text: String)], left: [String]) {
    let proofs = claims.compactMap { claim in claim.content.coqProof(of: claim).map { (claim: claim, proof: $0) } }
    guard !proofs.isEmpty else {
      throw BadInput(
        "--claims: no claim has a form in Coq; accepted: identities in real numbers that are expected proved")
    }
    var owners: [String: String] = [:]
    for (claim, _) in proofs {
      if let first = owners.updateValue(claim.id, forKey: claim.coqName) {
        throw BadInput(
          "--claims: '\(first)' and '\(claim.id)' have one name in Coq, \(claim.coqName); accepted: ids that differ in "
            + "more than dots and hyphens")
      }
    }
    let files = CoqProof.File.allCases.compactMap { file -> (name: String, text: String)? in
      let own = proofs.filter { $0.proof.file == file }.map(\.proof.text)
      return own.isEmpty ? nil : (file.rawValue, ([preamble(of: file)] + own).joined(separator: "\n"))
    }
    return (files, claims.map(\.id).filter { id in !proofs.contains { $0.claim.id == id } })
  }

  private static func preamble(of file: CoqProof.File) -> String {
    switch file {
    case .identities: identitiesPreamble
    case .bounds: boundsPreamble
    }
  }

  private static let identitiesPreamble = """
    (* Written by `qbo coq`; do not edit. Each lemma is the claim of that name, for all real values of its parameters. *)
    Require Import Reals Lra Psatz.
    Open Scope R_scope.

    Ltac above_zero :=
      first [ lra | apply Rplus_lt_le_0_compat; [ above_zero | at_least_zero ] | apply Rplus_lt_0_compat; above_zero
            | apply Rplus_le_lt_0_compat; [ at_least_zero | above_zero ]
            | apply Rmult_lt_0_compat; above_zero | apply pow_lt; above_zero | nra ]
    with at_least_zero :=
      first [ lra | apply pow2_ge_0 | apply sqrt_pos
            | match goal with |- 0 <= ?x ^ 4 => replace (x ^ 4) with ((x ^ 2) ^ 2) by ring; apply pow2_ge_0 end
            | apply Rplus_le_le_0_compat; at_least_zero | apply Rmult_le_pos; at_least_zero
            | apply Rlt_le; above_zero | nra ].
    Ltac not_zero := repeat split; first [ apply not_eq_sym, Rlt_not_eq; above_zero | intro; nra | nra ].
    Ltac turns := repeat progress (rewrite ?sin_2a, ?cos_2a, ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus, ?sin_PI2, ?cos_PI2).
    Lemma hyperbola : forall r : R, cosh r ^ 2 = 1 + sinh r ^ 2.
    Proof.
      intros; unfold cosh, sinh.
      assert (exp r * exp (- r) = 1) by (rewrite <- exp_plus; replace (r + - r) with 0 by ring; apply exp_0).
      nra.
    Qed.

    """

  private static let boundsPreamble = """
    (* Written by `qbo coq`; do not edit. *)
    Require Import Reals Lra Psatz.
    From Interval Require Import Tactic.
    Open Scope R_scope.

    """

  /// Step 3 of the theorem in docs/spin.md.
  private static let theoremStep = """
    (* docs/spin.md, step 3: the second derivative of the mean excitation is bounded by its start and its slope. *)
    Lemma spin_theorem_step : forall N k, 1 <= N -> 0 <= k -> k <= N -> (N - 2 * k) * (N + 2 * k * (N - k)) <= N ^ 2 * (1 + 2 * k).
    Proof.
      intros. assert (0 <= k * (N - k)) by nra. assert (0 <= k * k * (N - k)) by nra. assert (0 <= k * N) by nra. nra.
    Qed.

    """
}
