(* The loss on a segment of a path: S5 of docs/certificates.md, for a defect that is a polynomial of
   u = (t - t0)/h with a remainder. *)
From Contraction Require Import Sums Calculus Norms Lemma.
Open Scope R_scope.

Lemma derivative_of_line : forall t0 h t, is_derive (fun v => (v - t0) / h) t (/ h).
Proof.
  intros t0 h t. apply is_derive_Reals. intros eps Heps. exists (mkposreal 1 Rlt_0_1).
  intros e He _. replace (((t + e - t0) / h - (t - t0) / h) / e - / h) with 0.
  - rewrite Rabs_R0. exact Heps.
  - unfold Rdiv. replace ((t + e - t0) * / h - (t - t0) * / h) with (e * / h) by ring.
    rewrite Rmult_comm, <- Rmult_assoc, Rinv_l by exact He. ring.
Qed.

Section Segment.
Context {J : Type} (s : list J) (N : (J -> C) -> R) (HN : norm_on s N).

Lemma linear_zero : forall L v, linear_on s L -> (forall j, In j s -> v j = RtoC 0) ->
  forall j, In j s -> L v j = RtoC 0.
Proof.
  intros L v HL Hv j Hj.
  pose proof (HL (-1) v v v) as H. rewrite (H ltac:(intros i Hi; rewrite (Hv i Hi); ring) j Hj).
  parts_ring.
Qed.

Lemma linear_combination : forall L {I} (r : list I) (c : I -> R) (v : I -> J -> C) w,
  linear_on s L -> (forall j, In j s -> w j = csum r (fun k => RtoC (c k) * v k j)%C) ->
  forall j, In j s -> L w j = csum r (fun k => RtoC (c k) * L (v k) j)%C.
Proof.
  intros L I r c v w HL. revert w. induction r as [ | k r IH ]; intros w H j Hj.
  { exact (linear_zero L w HL H j Hj). }
  change (L w j = RtoC (c k) * L (v k) j + csum r (fun k => RtoC (c k) * L (v k) j))%C.
  rewrite <- (IH (fun j => csum r (fun k => RtoC (c k) * v k j)%C) (fun j _ => eq_refl) j Hj).
  rewrite Cplus_comm. apply HL; [ | exact Hj ].
  intros i Hi. rewrite (H i Hi), Cplus_comm. reflexivity.
Qed.

(* The loss on a segment from t0 of the length h, at the time t0 + h u. The defect in u is a
   polynomial with the coefficients D k, k < n, and a remainder of the norm R at most. *)
Theorem loss_on_segment : forall L X Y Y' (D : nat -> J -> C) rest n t0 h R u,
  0 < h -> 0 <= u <= 1 ->
  (forall t, t0 < t < t0 + h -> linear_on s (L t) /\ does_not_enlarge N (L t)) ->
  moves s X (fun t => L t (X t)) t0 (t0 + h) -> moves s Y Y' t0 (t0 + h) ->
  (forall t, t0 < t < t0 + h -> N (rest t) <= R /\ forall j, In j s ->
    RtoC h * (L t (Y t) j - Y' t j)
    = csum (seq 0 n) (fun k => RtoC (((t - t0) / h) ^ k) * D k j) + rest t j)%C ->
  N (fun j => Y (t0 + h * u)%R j - X (t0 + h * u)%R j)%C <=
    N (fun j => Y t0 j - X t0 j)%C
    + sum (seq 0 n) (fun k => N (D k) * u ^ S k / INR (S k)) + R * u.
Proof.
  intros L X Y Y' D rest n t0 h R u Hh Hu HL HX HY HD.
  set (p := fun t => (t - t0) / h).
  set (G := fun t => sum (seq 0 n) (fun k => N (D k) / INR (S k) * p t ^ S k) + R * p t).
  set (rate := fun t => sum (seq 0 n) (fun k => N (D k) / h * p t ^ k) + R / h).
  assert (Hp : forall t, is_derive p t (/ h)) by (intros; apply derivative_of_line).
  assert (Hrate : forall t, is_derive G t (rate t)).
  { intros t. apply (is_derive_plus (fun v => sum (seq 0 n)
      (fun k => N (D k) / INR (S k) * p v ^ S k)) (fun v => R * p v)).
    - apply derivative_of_sum. intros k.
      assert (INR (S k) <> 0) by (apply not_0_INR; discriminate).
      evar_last; [ apply (is_derive_scal (fun v => p v ^ S k)), is_derive_pow, Hp | ].
      simpl Nat.pred. field. split; [ lra | assumption ].
    - apply (is_derive_scal p). apply Hp. }
  assert (Hend : t0 <= t0 + h * u <= t0 + h) by nra.
  apply Rle_trans with (N (fun j => Y t0 j - X t0 j)%C + (G (t0 + h * u) - G t0)).
  2: { right. unfold G. replace (p (t0 + h * u)) with u by (unfold p; field; lra).
    replace (p t0) with 0 by (unfold p; field; lra).
    rewrite (sum_ext (seq 0 n) (fun k => N (D k) / INR (S k) * 0 ^ S k) (fun _ => 0)), sum_zero.
    2: { intros; rewrite pow_i by apply Nat.lt_0_succ; ring. }
    rewrite (sum_ext (seq 0 n) (fun k => N (D k) / INR (S k) * u ^ S k)
      (fun k => N (D k) * u ^ S k / INR (S k))) by (intros; unfold Rdiv; ring).
    lra. }
  apply (lemma_on_piece s N HN L X Y Y' (fun t j => L t (Y t) j - Y' t j)%C G rate).
  - lra.
  - intros t Ht. apply HL. lra.
  - intros t Ht. apply HL. lra.
  - apply (moves_inside s _ _ t0 (t0 + h)); [ lra | lra | exact HX ].
  - apply (moves_inside s _ _ t0 (t0 + h)); [ lra | lra | exact HY ].
  - reflexivity.
  - apply continuous_everywhere. intros t. apply (ex_derive_continuous G). eexists. apply Hrate.
  - intros t Ht. apply Hrate.
  - intros t Ht. destruct (HD t ltac:(lra)) as [HR Hpoly]. fold (p t) in Hpoly.
    assert (Hp0 : 0 <= p t) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
    pose proof (norm_of_combination s N HN (seq 0 n) (fun k => p t ^ k) D
      (fun j => csum (seq 0 n) (fun k => RtoC (p t ^ k) * D k j)%C) (fun j _ => eq_refl)) as H1.
    pose proof (norm_sum s N HN (fun j => csum (seq 0 n) (fun k => RtoC (p t ^ k) * D k j)%C)
      (rest t) (fun j => RtoC h * (L t (Y t) j - Y' t j))%C Hpoly) as H2.
    assert (Hi : 0 < / h) by (apply Rinv_0_lt_compat; lra).
    eapply Rle_trans; [ apply (norm_times s N HN (/ h)
      (fun j => RtoC h * (L t (Y t) j - Y' t j))%C); parts_field; lra | ].
    rewrite Rabs_pos_eq by lra. apply Rle_trans with
      (/ h * (sum (seq 0 n) (fun k => Rabs (p t ^ k) * N (D k)) + R)).
    { apply Rmult_le_compat_l; lra. }
    right. unfold rate. rewrite Rmult_plus_distr_l, <- sum_times. unfold Rdiv.
    f_equal; [ | ring ].
    apply sum_ext. intros k _. rewrite Rabs_pos_eq by (apply pow_le; assumption). ring.
Qed.

(* "At u the loss so far is at most u times the speed." *)
Theorem loss_at_most_speed : forall (D : nat -> J -> C) n u, 0 <= u <= 1 ->
  sum (seq 0 n) (fun k => N (D k) * u ^ S k / INR (S k)) <= u * sum (seq 0 n) (fun k => N (D k)).
Proof.
  intros D n u Hu. rewrite <- sum_times. apply sum_le. intros k _.
  pose proof (norm_not_negative s N HN (D k)).
  assert (Hk : 1 <= INR (S k)) by (rewrite S_INR; pose proof (pos_INR k); lra).
  assert (0 < / INR (S k) <= 1).
  { split; [ apply Rinv_0_lt_compat; lra | ].
    rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  assert (0 <= u ^ k <= 1).
  { split; [ apply pow_le; lra | ]. rewrite <- (pow1 k). apply pow_incr. lra. }
  simpl pow. unfold Rdiv.
  replace (N (D k) * (u * u ^ k) * / INR (S k)) with (u * N (D k) * (u ^ k * / INR (S k))) by ring.
  assert (u ^ k * / INR (S k) <= 1) by nra. assert (0 <= u * N (D k)) by nra. nra.
Qed.
End Segment.
