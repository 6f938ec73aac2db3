(* The 2-norm of vectors, real and complex, and the inequality of Cauchy and Schwarz: the norm of
   vectors in "The lemma" and S5 of docs/certificates.md. *)
From Contraction Require Import Sums Norms.
Import ListNotations.
Open Scope R_scope.

Definition norm2 {I} (s : list I) (v : I -> R) : R := sqrt (sum s (fun i => v i ^ 2)).

(* Of complex vectors: the root of the sum of squared magnitudes. *)
Definition cnorm2 {I} (s : list I) (v : I -> C) : R := norm2 s (fun i => Cmod (v i)).

(* Re <u, v>. *)
Definition re_dot {I} (s : list I) (u v : I -> C) : R :=
  fst (csum s (fun i => Cconj (u i) * v i)%C).

Lemma at_most_by_squares : forall x y, 0 <= y -> x ^ 2 <= y ^ 2 -> x <= y.
Proof. intros x y Hy H. destruct (Rle_or_lt x y); [ assumption | nra ]. Qed.

Section Real.
Context {I : Type}.
Implicit Types (s : list I) (u v : I -> R).

Lemma norm2_not_negative : forall s v, 0 <= norm2 s v.
Proof. intros s v. apply sqrt_pos. Qed.

Lemma norm2_squared : forall s v, norm2 s v ^ 2 = sum s (fun i => v i ^ 2).
Proof. intros s v. apply pow2_sqrt, sum_not_negative. intros i _. apply pow2_ge_0. Qed.

Lemma norm2_first : forall i s v, norm2 (i :: s) v = sqrt (v i ^ 2 + norm2 s v ^ 2).
Proof. intros i s v. rewrite norm2_squared. reflexivity. Qed.

Lemma norm2_ext : forall s u v, (forall i, In i s -> u i = v i) -> norm2 s u = norm2 s v.
Proof.
  intros s u v H. unfold norm2. f_equal. apply sum_ext. intros i Hi. rewrite (H i Hi). reflexivity.
Qed.

Lemma cauchy_schwarz : forall s u v, sum s (fun i => u i * v i) <= norm2 s u * norm2 s v.
Proof.
  intros s u v. induction s as [ | i s IH ]; simpl.
  { apply Rmult_le_pos; apply norm2_not_negative. }
  pose proof (sqrt_cauchy (u i) (norm2 s u) (v i) (norm2 s v)) as H.
  rewrite !norm2_first. rewrite !Rsqr_pow2 in H. lra.
Qed.

Lemma norm2_times : forall s c v, norm2 s (fun i => c * v i) = Rabs c * norm2 s v.
Proof.
  intros s c v. unfold norm2. rewrite <- sqrt_Rsqr_abs, <- sqrt_mult_alt by apply Rle_0_sqr.
  f_equal. unfold Rsqr. rewrite <- sum_times. apply sum_ext. intros i _. ring.
Qed.

Lemma norm2_monotone : forall s u v, (forall i, In i s -> 0 <= u i <= v i) ->
  norm2 s u <= norm2 s v.
Proof.
  intros s u v H. apply sqrt_le_1_alt, sum_le. intros i Hi. apply pow_incr. exact (H i Hi).
Qed.

Lemma norm2_triangle : forall s u v, norm2 s (fun i => u i + v i) <= norm2 s u + norm2 s v.
Proof.
  intros s u v. pose proof (norm2_not_negative s u). pose proof (norm2_not_negative s v).
  apply at_most_by_squares; [ lra | ]. pose proof (cauchy_schwarz s u v) as H1.
  pose proof (norm2_squared s u). pose proof (norm2_squared s v).
  rewrite norm2_squared, (sum_ext s _ (fun i => u i ^ 2 + 2 * (u i * v i) + v i ^ 2))
    by (intros; ring).
  rewrite !sum_plus, sum_times. nra.
Qed.

Lemma norm2_at_most_sum : forall s v, norm2 s v <= sum s (fun i => Rabs (v i)).
Proof.
  intros s v. induction s as [ | i s IH ].
  { unfold norm2. simpl. rewrite sqrt_0. lra. }
  assert (0 <= sum s (fun i => Rabs (v i))) by (apply sum_not_negative; intros; apply Rabs_pos).
  pose proof (Rabs_pos (v i)). pose proof (norm2_not_negative s v).
  simpl sum. apply at_most_by_squares; [ lra | ].
  rewrite norm2_squared. change (v i ^ 2 + sum s (fun i => v i ^ 2) <=
    (Rabs (v i) + sum s (fun i => Rabs (v i))) ^ 2).
  rewrite <- norm2_squared, <- (pow2_abs (v i)). nra.
Qed.
End Real.

Section Complex.
Context {I : Type} (s : list I).
Implicit Types (u v w x y : I -> C).

Lemma cnorm2_not_negative : forall v, 0 <= cnorm2 s v.
Proof. intros v. apply norm2_not_negative. Qed.

Lemma cnorm2_ext : forall u v, (forall i, In i s -> u i = v i) -> cnorm2 s u = cnorm2 s v.
Proof. intros u v H. apply norm2_ext. intros i Hi. rewrite (H i Hi). reflexivity. Qed.

Lemma cnorm2_at_most_sum : forall v, cnorm2 s v <= sum s (fun i => Cmod (v i)).
Proof.
  intros v. eapply Rle_trans; [ apply norm2_at_most_sum | ]. right. apply sum_ext. intros j _.
  apply Rabs_pos_eq, Cmod_ge_0.
Qed.

Lemma cnorm2_times : forall c v, cnorm2 s (fun i => c * v i)%C = Cmod c * cnorm2 s v.
Proof.
  intros c v. unfold cnorm2. rewrite <- (Rabs_pos_eq (Cmod c)), <- norm2_times by apply Cmod_ge_0.
  apply norm2_ext. intros i _. apply Cmod_mult.
Qed.

Lemma cnorm2_is_norm : norm_on s (cnorm2 s).
Proof.
  split.
  - intros u v w H. rewrite (cnorm2_ext w _ H).
    eapply Rle_trans; [ apply norm2_monotone | apply norm2_triangle ].
    intros i _. split; [ apply Cmod_ge_0 | apply Cmod_triangle ].
  - intros c v w H. rewrite (cnorm2_ext w _ H), cnorm2_times, Cmod_R. lra.
  - exists 1. split; [ lra | ]. intros v. rewrite Rmult_1_l. apply cnorm2_at_most_sum.
Qed.

Lemma entry_at_most_cnorm2 : forall v i, In i s -> Cmod (v i) <= cnorm2 s v.
Proof.
  intros v i Hi. apply at_most_by_squares; [ apply cnorm2_not_negative | ].
  unfold cnorm2. rewrite norm2_squared.
  apply (term_at_most_sum s (fun i => Cmod (v i) ^ 2)); [ | exact Hi ].
  intros j _. apply pow2_ge_0.
Qed.

Lemma csum_cauchy_schwarz : forall u v, Cmod (csum s (fun i => u i * v i)%C)
  <= cnorm2 s u * cnorm2 s v.
Proof.
  intros u v. eapply Rle_trans; [ apply csum_magnitude | ].
  eapply Rle_trans; [ | apply cauchy_schwarz ]. right. apply sum_ext. intros. apply Cmod_mult.
Qed.

Lemma re_dot_self : forall v, re_dot s v v = cnorm2 s v ^ 2.
Proof.
  intros v. unfold cnorm2. rewrite norm2_squared. apply sum_ext. intros i _.
  rewrite Cmod_squared. simpl. ring.
Qed.

Lemma re_dot_swap : forall u v, re_dot s u v = re_dot s v u.
Proof. intros u v. apply sum_ext. intros i _. simpl. ring. Qed.

(* |x + c z|^2 for a real c. *)
Lemma cnorm2_of_sum : forall c x z, cnorm2 s (fun i => x i + RtoC c * z i)%C ^ 2
  = cnorm2 s x ^ 2 + 2 * c * re_dot s x z + c ^ 2 * cnorm2 s z ^ 2.
Proof.
  intros c x z. unfold cnorm2, re_dot. rewrite !norm2_squared. simpl fst.
  rewrite <- !sum_times, <- !sum_plus. apply sum_ext. intros i _.
  rewrite !Cmod_squared. simpl. ring.
Qed.
End Complex.
