(* The trace norm of complex matrices: its definition, that it is a norm, and the bounds of S5 of
   docs/certificates.md.

   It is the greatest Re Tr(K' M) over the K that enlarge no vector. The sum of the singular values
   of M is never spoken of; that both are equal is the duality of trace and operator norm,
   which is not proved here. *)
From Contraction Require Import Sums Calculus Norms Vectors Matrices.
Open Scope R_scope.

Section Trace.
Context {I : Type} (s : list I).
Notation matrix := (I -> I -> C).
Implicit Types (K M O : matrix) (x y : I -> C).

(* Re Tr(K' M) *)
Definition cpairing K M : R :=
  sum s (fun i => sum s (fun j => fst (Cconj (K i j) * M i j)%C)).

(* |<x, K y>| <= B |x| |y|: taking -x for x shows that the real part is enough. *)
Definition cform_bounded (B : R) K : Prop := forall x y,
  cpairing K (outer x y) <= B * (cnorm2 s x * cnorm2 s y).

Definition ctrace_norm M : R :=
  real (Lub_Rbar (fun r => exists K, cform_bounded 1 K /\ r = cpairing K M)).

Lemma cpairing_ext : forall K K' M M', (forall i j, In i s -> In j s -> K i j = K' i j) ->
  (forall i j, In i s -> In j s -> M i j = M' i j) -> cpairing K M = cpairing K' M'.
Proof.
  intros K K' M M' H1 H2. apply sum_ext. intros i Hi. apply sum_ext. intros j Hj.
  rewrite H1, H2 by assumption. reflexivity.
Qed.

Lemma cpairing_sum : forall c K M M',
  cpairing K (fun i j => M i j + RtoC c * M' i j)%C = cpairing K M + c * cpairing K M'.
Proof.
  intros c K M M'. unfold cpairing. rewrite <- sum_times, <- sum_plus. apply sum_ext. intros i _.
  rewrite <- sum_times, <- sum_plus. apply sum_ext. intros j _. simpl. ring.
Qed.

Lemma cpairing_swap : forall K M, cpairing K M = cpairing M K.
Proof.
  intros K M. apply sum_ext. intros i _. apply sum_ext. intros j _. simpl. ring.
Qed.

Lemma cpairing_times : forall c K M, cpairing (fun i j => RtoC c * K i j)%C M = c * cpairing K M.
Proof.
  intros c K M. unfold cpairing. rewrite <- sum_times. apply sum_ext. intros i _.
  rewrite <- sum_times. apply sum_ext. intros j _. simpl. ring.
Qed.

Lemma cpairing_times_right : forall c K M,
  cpairing K (fun i j => RtoC c * M i j)%C = c * cpairing K M.
Proof. intros c K M. rewrite cpairing_swap, cpairing_times, cpairing_swap. reflexivity. Qed.

Lemma cpairing_outer : forall K x y, cpairing K (outer x y) = re_dot s x (cact s K y).
Proof.
  intros K x y. rewrite re_dot_swap. unfold re_dot, cpairing. simpl fst. apply sum_ext. intros i _.
  transitivity (fst (Cconj (cact s K y i) * x i)%C); [ | reflexivity ].
  unfold cact. rewrite csum_conj, (Cmult_comm _ (x i)), <- csum_times. apply sum_ext.
  intros j _. unfold outer. simpl. ring.
Qed.

Lemma bounded_times : forall B c K, cform_bounded B K ->
  cform_bounded (Rabs c * B) (fun i j => RtoC c * K i j)%C.
Proof.
  intros B c K HK x y. rewrite cpairing_times, <- cpairing_times_right.
  rewrite (cpairing_ext K K _ (outer (fun i => RtoC c * x i)%C y)) by parts_ring.
  eapply Rle_trans; [ apply HK | ]. rewrite cnorm2_times, Cmod_R. right. ring.
Qed.

(* A contraction shortens vectors, so that Re Tr(K' M) is at most the sum of norms of the rows. *)
Lemma contraction_shortens : forall K y, cform_bounded 1 K ->
  cnorm2 s (cact s K y) <= cnorm2 s y.
Proof.
  intros K y HK. specialize (HK (cact s K y) y). rewrite cpairing_outer, re_dot_self in HK.
  pose proof (cnorm2_not_negative s (cact s K y)). pose proof (cnorm2_not_negative s y).
  destruct (Rle_or_lt (cnorm2 s (cact s K y)) (cnorm2 s y)); [ assumption | nra ].
Qed.

Lemma cpairing_at_most_rows : forall K M, cform_bounded 1 K ->
  cpairing K M <= sum s (fun i => cnorm2 s (M i)).
Proof.
  intros K M HK. apply sum_le. intros i Hi. set (v := fun j => Cconj (M i j)).
  replace (cnorm2 s (M i)) with (cnorm2 s v) by (apply norm2_ext; intros; apply conj_magnitude).
  eapply Rle_trans; [ | apply (contraction_shortens K v HK) ].
  eapply Rle_trans; [ | apply (entry_at_most_cnorm2 s (cact s K v) i Hi) ].
  eapply Rle_trans; [ | apply real_part_at_most ]. right. apply sum_ext. intros j _.
  unfold v. simpl. ring.
Qed.

Lemma nothing_is_contraction : cform_bounded 1 (fun _ _ => RtoC 0).
Proof.
  intros x y. rewrite (cpairing_ext _ (fun i j => RtoC 0 * RtoC 0)%C _ (outer x y)) by parts_ring.
  rewrite cpairing_times, Rmult_0_l, Rmult_1_l. apply Rmult_le_pos; apply cnorm2_not_negative.
Qed.

Lemma trace_norm_is_least : forall M,
  (forall K, cform_bounded 1 K -> cpairing K M <= ctrace_norm M) /\
  (forall c, (forall K, cform_bounded 1 K -> cpairing K M <= c) -> ctrace_norm M <= c).
Proof.
  intros M. unfold ctrace_norm.
  destruct (Lub_Rbar_correct (fun r => exists K, cform_bounded 1 K /\ r = cpairing K M))
    as [Hup Hleast].
  set (l := Lub_Rbar _) in *.
  assert (H1 : Rbar_le l (sum s (fun i => cnorm2 s (M i)))).
  { apply Hleast. intros r [K [HK ->]]. apply cpairing_at_most_rows. exact HK. }
  assert (H2 : Rbar_le (cpairing (fun _ _ => RtoC 0) M) l).
  { apply Hup. eexists. split; [ apply nothing_is_contraction | reflexivity ]. }
  destruct l as [ l | | ]; simpl in H1, H2 |- *; try contradiction.
  split.
  - intros K HK. apply (Hup (cpairing K M)). exists K. split; [ exact HK | reflexivity ].
  - intros c Hc. apply (Hleast c). intros r [K [HK ->]]. apply Hc. exact HK.
Qed.

Lemma cpairing_at_most_trace_norm : forall K M, cform_bounded 1 K -> cpairing K M <= ctrace_norm M.
Proof. intros K M. apply trace_norm_is_least. Qed.

Lemma trace_norm_at_most : forall M c,
  (forall K, cform_bounded 1 K -> cpairing K M <= c) -> ctrace_norm M <= c.
Proof. intros M c. apply trace_norm_is_least. Qed.

Lemma trace_norm_not_negative : forall M, 0 <= ctrace_norm M.
Proof.
  intros M. eapply Rle_trans; [ | apply (cpairing_at_most_trace_norm _ _ nothing_is_contraction) ].
  rewrite (cpairing_ext _ (fun i j => RtoC 0 * RtoC 0)%C _ M) by parts_ring.
  rewrite cpairing_times. lra.
Qed.

(* |Tr(O M)| <= B |M|, where B bounds the norm of O. *)
Lemma bounded_pairing : forall B K M, 0 <= B -> cform_bounded B K ->
  cpairing K M <= B * ctrace_norm M.
Proof.
  intros B K M HB HK. apply not_above. intros eps Heps.
  pose proof (trace_norm_not_negative M) as HN. set (d := eps / (1 + ctrace_norm M)).
  assert (Hd : 0 < d) by (apply Rdiv_lt_0_compat; lra).
  assert (Heq : eps = d * (1 + ctrace_norm M)) by (unfold d; field; lra).
  assert (Hi : 0 < / (B + d)) by (apply Rinv_0_lt_compat; lra).
  assert (Hinv : (B + d) * / (B + d) = 1) by (apply Rinv_r; lra).
  assert (H : cform_bounded 1 (fun i j => RtoC (/ (B + d)) * K i j)%C).
  { intros x y. eapply Rle_trans; [ apply (bounded_times B (/ (B + d)) K HK) | ].
    rewrite Rabs_pos_eq by lra.
    apply Rmult_le_compat_r; [ apply Rmult_le_pos; apply cnorm2_not_negative | nra ]. }
  pose proof (cpairing_at_most_trace_norm _ M H) as H1. rewrite cpairing_times in H1.
  apply (Rmult_le_compat_l (B + d)) in H1; [ | lra ].
  rewrite <- Rmult_assoc, Hinv, Rmult_1_l in H1. nra.
Qed.

(* As a norm of functions of pairs of indices, which is what the lemma speaks of. *)
Lemma trace_norm_is_norm :
  norm_on (list_prod s s) (fun m : I * I -> C => ctrace_norm (fun i j => m (i, j))).
Proof.
  split.
  - intros u v w H. apply trace_norm_at_most. intros K HK.
    rewrite (cpairing_ext K K _ (fun i j => u (i, j) + RtoC 1 * v (i, j))%C), cpairing_sum;
      [ | reflexivity | intros i j Hi Hj; rewrite (H (i, j)) by (apply in_prod; assumption); ring ].
    pose proof (cpairing_at_most_trace_norm K (fun i j => u (i, j)) HK).
    pose proof (cpairing_at_most_trace_norm K (fun i j => v (i, j)) HK). lra.
  - intros c v w H. apply trace_norm_at_most. intros K HK.
    rewrite (cpairing_ext K K _ (fun i j => RtoC c * v (i, j))%C), cpairing_times_right,
      <- cpairing_times;
      [ | reflexivity | intros i j Hi Hj; apply (H (i, j)), in_prod; assumption ].
    apply bounded_pairing; [ apply Rabs_pos | ].
    rewrite <- (Rmult_1_r (Rabs c)). apply bounded_times. exact HK.
  - exists 1. split; [ lra | ]. intros v. rewrite Rmult_1_l, sum_prod. apply trace_norm_at_most.
    intros K HK. eapply Rle_trans; [ apply cpairing_at_most_rows; exact HK | ].
    apply sum_le. intros i _. apply cnorm2_at_most_sum.
Qed.

(* Sums of magnitudes bound the trace norm. *)
Theorem ctrace_norm_at_most_sum : forall M,
  ctrace_norm M <= sum s (fun i => sum s (fun j => Cmod (M i j))).
Proof.
  intros M. apply trace_norm_at_most. intros K HK.
  eapply Rle_trans; [ apply cpairing_at_most_rows; exact HK | ].
  apply sum_le. intros i _. apply cnorm2_at_most_sum.
Qed.

(* The root of the dimension times the root of the sum of squares; only the states that the matrix
   touches count. *)
Theorem ctrace_norm_at_most_squares : forall (touched : I -> bool) M,
  (forall i j, In i s -> In j s -> touched i = false -> M i j = RtoC 0) -> ctrace_norm M
  <= sqrt (INR (length (filter touched s)))
    * sqrt (sum s (fun i => sum s (fun j => Cmod (M i j) ^ 2))).
Proof.
  intros touched M HM. apply trace_norm_at_most. intros K HK.
  eapply Rle_trans; [ apply cpairing_at_most_rows; exact HK | ].
  set (one := fun i => if touched i then 1 else 0).
  replace (INR (length (filter touched s))) with (sum s (fun i => one i ^ 2)).
  2: { clear. induction s as [ | i r IH ]; [ reflexivity | ].
    change (one i ^ 2 + sum r (fun i => one i ^ 2) = INR (length (filter touched (i :: r)))).
    rewrite IH. unfold one. simpl filter. destruct (touched i); [ | ring ].
    cbn [length]. rewrite S_INR. ring. }
  rewrite (sum_ext s (fun i => sum s _) (fun i => cnorm2 s (M i) ^ 2))
    by (intros; symmetry; apply norm2_squared).
  eapply Rle_trans; [ | apply (cauchy_schwarz s one (fun i => cnorm2 s (M i))) ].
  right. apply sum_ext. intros i Hi. unfold one. destruct (touched i) eqn:E; [ ring | ].
  pose proof (cnorm2_not_negative s (M i)).
  pose proof (norm_zero s _ (cnorm2_is_norm s) (M i) (fun j Hj => HM i j Hi Hj E)). lra.
Qed.
End Trace.
