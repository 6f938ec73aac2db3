(* Written by `qbo coq`; do not edit. *)
Require Import Reals Lra Psatz.
From Interval Require Import Tactic.
Open Scope R_scope.

(* The constant Y is the global maximum of sin(x)^2/x over x > 0, attained where tan x = 2x: an upper bound for all x > 0, and a point that comes within 1e-11 of it. *)
Lemma harmonic_power_constant_above : forall x, 0 < x -> sin x ^ 2 / x <= 72461135378 / 100000000000.
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
Lemma harmonic_power_constant_attained : exists x, 0 < x /\ 72461135377 / 100000000000 <= sin x ^ 2 / x.
Proof. exists (11655611852 / 10000000000). split; [ lra | ]. interval with (i_prec 60). Qed.

(* docs/spin.md, step 3: the second derivative of the mean excitation is bounded by its start and its slope. *)
Lemma spin_theorem_step : forall N k, 1 <= N -> 0 <= k -> k <= N -> (N - 2 * k) * (N + 2 * k * (N - k)) <= N ^ 2 * (1 + 2 * k).
Proof.
  intros. assert (0 <= k * (N - k)) by nra. assert (0 <= k * k * (N - k)) by nra. assert (0 <= k * N) by nra. nra.
Qed.
