extension ConstantClaim {
  /// The maximum of sin(x)^2/x between two decimals that differ by one unit of the eleventh place.
  func coqProof(of claim: Claim) -> CoqProof? {
    guard "\(numerator)" == "sin(\(variable))^2" else { return nil }
    let text = """
      (* \(claim.title): an upper bound for all x > 0, and a point that comes within 1e-11 of it. *)
      Lemma \(claim.coqName)_above : forall x, 0 < x -> sin x ^ 2 / x <= 72461135378 / 100000000000.
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
      Lemma \(claim.coqName)_attained : exists x, 0 < x /\\ 72461135377 / 100000000000 <= sin x ^ 2 / x.
      Proof. exists (11655611852 / 10000000000). split; [ lra | ]. interval with (i_prec 60). Qed.

      """
    return CoqProof(in: .bounds, text)
  }
}
