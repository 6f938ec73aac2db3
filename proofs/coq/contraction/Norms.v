(* Paths of states, norms and generators: what "The lemma" of docs/certificates.md speaks of.

   A state is a function from a list of indices to complex numbers. A norm and a generator need to
   respect sums and real multiples only, so that real states are covered (of a real norm N, take the
   norm N of the real part). does_not_enlarge is what the lemma asks of a generator instead of its
   flow: flow_does_not_enlarge shows that it holds where a flow enlarges no norm. *)
From Contraction Require Import Sums Calculus.
Open Scope R_scope.

(* A (semi)norm of functions on the indices of a list. *)
Record norm_on {J : Type} (s : list J) (N : (J -> C) -> R) : Prop := {
  norm_sum : forall u v w, (forall j, In j s -> w j = u j + v j)%C -> N w <= N u + N v;
  norm_times : forall c v w, (forall j, In j s -> w j = RtoC c * v j)%C -> N w <= Rabs c * N v;
  norm_bound : exists K, 0 <= K /\ forall v, N v <= K * sum s (fun j => Cmod (v j)) }.

Definition linear_on {J : Type} (s : list J) (L : (J -> C) -> J -> C) : Prop :=
  forall c u v w, (forall j, In j s -> w j = u j + RtoC c * v j)%C ->
  forall j, In j s -> (L w j = L u j + RtoC c * L v j)%C.

(* To first order in a short time h, 1 + h L does not enlarge the norm. *)
Definition does_not_enlarge {J : Type} (N : (J -> C) -> R) (L : (J -> C) -> J -> C) : Prop :=
  forall v eps, 0 < eps -> exists delta, 0 < delta /\
  forall h, 0 < h < delta -> N (fun j => v j + RtoC h * L v j)%C <= N v + h * eps.

(* A path that is continuous from a to b, and differentiable inside. *)
Definition moves {J : Type} (s : list J) (Y Y' : R -> J -> C) (a b : R) : Prop :=
  forall j real, In j s -> continuous_from_to a b (fun t => part real (Y t j)) /\
  forall t, a < t < b -> is_derive (fun u => part real (Y u j)) t (part real (Y' t j)).

Lemma moves_inside : forall {J} (s : list J) Y Y' a b c d, a <= c -> d <= b ->
  moves s Y Y' a b -> moves s Y Y' c d.
Proof.
  intros J s Y Y' a b c d Hac Hdb H j real Hj. destruct (H j real Hj) as [Hc Hd].
  split; [ exact (continuous_inside a b c d _ Hac Hdb Hc) | intros; apply Hd; lra ].
Qed.

Section Norms.
Context {J : Type} (s : list J) (N : (J -> C) -> R) (HN : norm_on s N).

Lemma norm_zero : forall v, (forall j, In j s -> v j = RtoC 0) -> N v <= 0.
Proof.
  intros v H. rewrite <- (Rmult_0_l (N v)), <- Rabs_R0. apply (norm_times s N HN).
  intros j Hj. rewrite (H j Hj). ring.
Qed.

Lemma norm_minus : forall v w, (forall j, In j s -> w j = - v j)%C -> N w <= N v.
Proof.
  intros v w H. rewrite <- (Rmult_1_l (N v)), <- (Rabs_m1). apply (norm_times s N HN).
  intros j Hj. rewrite (H j Hj). parts_ring.
Qed.

Lemma norm_not_negative : forall v, 0 <= N v.
Proof.
  intros v. pose proof (norm_sum s N HN v (fun j => - v j)%C (fun _ => 0)) as H2.
  pose proof (norm_sum s N HN (fun _ => 0) (fun _ => 0) (fun _ => 0)) as H1.
  pose proof (norm_minus v (fun j => - v j)%C (fun j _ => eq_refl)) as H3.
  specialize (H1 ltac:(parts_ring)). specialize (H2 ltac:(parts_ring)). lra.
Qed.

Lemma norm_of_combination : forall {I} (r : list I) (c : I -> R) (v : I -> J -> C) w,
  (forall j, In j s -> w j = csum r (fun k => RtoC (c k) * v k j)%C) ->
  N w <= sum r (fun k => Rabs (c k) * N (v k)).
Proof.
  intros I r c v. induction r as [ | k r IH ]; intros w H; simpl.
  { apply norm_zero. exact H. }
  specialize (IH (fun j => csum r (fun k => RtoC (c k) * v k j)%C) (fun j _ => eq_refl)).
  pose proof (norm_times s N HN (c k) (v k) (fun j => RtoC (c k) * v k j)%C (fun j _ => eq_refl)).
  pose proof (norm_sum s N HN (fun j => RtoC (c k) * v k j)%C
    (fun j => csum r (fun k => RtoC (c k) * v k j)%C) w H). lra.
Qed.

(* Where each of finitely many parts becomes small, the norm does. *)
Lemma norm_is_small : forall {T} (F : (T -> Prop) -> Prop) {FF : Filter F} (v : T -> J -> C),
  (forall j real eps, In j s -> 0 < eps -> F (fun h => Rabs (part real (v h j)) < eps)) ->
  forall eps, 0 < eps -> F (fun h => N (v h) < eps).
Proof.
  intros T F FF v H eps Heps. destruct (norm_bound s N HN) as [K [HK Hbound]].
  assert (Hq : 0 < eps / (1 + K)) by (apply Rdiv_lt_0_compat; lra).
  apply (filter_imp (fun h => sum s (fun j => Cmod (v h j)) < eps / (1 + K))).
  - intros h Hh. specialize (Hbound (v h)).
    assert (0 <= sum s (fun j => Cmod (v h j)))
      by (apply sum_not_negative; intros; apply Cmod_ge_0).
    replace eps with (eps / (1 + K) * (1 + K)) by (field; lra). nra.
  - apply (sum_is_small F s (fun j h => Cmod (v h j))); [ | exact Hq ]. intros j e Hj He.
    generalize (filter_and (F := F) _ _
      (H j true (e / 2) Hj ltac:(lra)) (H j false (e / 2) Hj ltac:(lra))). apply filter_imp.
    intros h [H1 H2]. simpl in H1, H2.
    pose proof (magnitude_at_most_parts (v h j)). lra.
Qed.

Lemma norm_is_continuous : forall E E' a b, moves s E E' a b ->
  continuous_from_to a b (fun t => N (E t)).
Proof.
  intros E E' a b HE x Hx. apply filterlim_locally. intros eps.
  generalize (norm_is_small (within (fun t => a <= t <= b) (locally x))
    (fun y j => E y j - E x j)%C). intros H.
  generalize (fun H1 => H H1 eps (cond_pos eps)). clear H. intros H.
  eapply filter_imp; [ | apply H ].
  2: { intros j real e Hj He. generalize (continuity_near a b _ x e (proj1 (HE j real Hj)) Hx He).
    apply filter_imp. intros y Hy. rewrite part_minus. exact Hy. }
  cbv beta. intros y Hy. change (Rabs (N (E y) - N (E x)) < eps).
  pose proof (norm_sum s N HN (E x) (fun j => E y j - E x j)%C (E y) ltac:(parts_ring)).
  pose proof (norm_sum s N HN (E y) (fun j => E x j - E y j)%C (E x) ltac:(parts_ring)).
  pose proof (norm_minus (fun j => E y j - E x j)%C (fun j => E x j - E y j)%C
    ltac:(parts_ring)). apply Rabs_def1; lra.
Qed.

Lemma velocity_near : forall E v t eps, 0 < eps ->
  (forall j real, In j s -> is_derive (fun u => part real (E u j)) t (part real (v j))) ->
  at_right 0 (fun h => N (fun j => RtoC (/ h) * (E (t + h)%R j - E t j) - v j)%C < eps).
Proof.
  intros E v t eps Heps H.
  apply (norm_is_small (at_right 0) (fun h j => RtoC (/ h) * (E (t + h)%R j - E t j) - v j)%C);
    [ | exact Heps ].
  intros j real e Hj He. generalize (derivative_near _ _ _ e (H j real Hj) He).
  apply filter_imp. intros h Hh. rewrite part_minus, part_times, part_minus, Rmult_comm. exact Hh.
Qed.

(* Any family of maps that enlarge no norm and move a state along L to first order will do. *)
Theorem flow_does_not_enlarge : forall (L : (J -> C) -> J -> C) (U : R -> (J -> C) -> J -> C),
  (forall h v, 0 < h -> N (U h v) <= N v) ->
  (forall v j real, In j s -> U 0 v j = v j /\
    is_derive (fun h => part real (U h v j)) 0 (part real (L v j))) ->
  does_not_enlarge N L.
Proof.
  intros L U HU Hd v eps Heps.
  destruct (velocity_near (fun h => U h v) (L v) 0 eps Heps) as [d H].
  { intros j real Hj. apply (Hd v j real Hj). }
  exists d. split; [ apply cond_pos | ]. intros h [Hh Hhd].
  assert (Hr := H h ltac:(change (Rabs (h - 0) < d); rewrite Rabs_pos_eq; lra) Hh).
  simpl in Hr. rewrite Rplus_0_l in Hr. set (r := fun j => _) in Hr.
  pose proof (HU h v Hh) as H0.
  pose proof (norm_sum s N HN (U h v) (fun j => RtoC (- h) * r j)%C
    (fun j => v j + RtoC h * L v j)%C) as H1.
  pose proof (norm_times s N HN (- h) r (fun j => RtoC (- h) * r j)%C (fun j _ => eq_refl)) as H2.
  rewrite Rabs_Ropp, Rabs_pos_eq in H2 by lra.
  enough (N (fun j => v j + RtoC h * L v j)%C <= N (U h v) + N (fun j => RtoC (- h) * r j)%C)
    by nra.
  apply H1. intros j Hj. unfold r. rewrite (proj1 (Hd v j true Hj)).
  parts_field; lra.
Qed.
End Norms.

(* A bound to second order in the time is enough. *)
Lemma second_order_is_enough : forall {J} (N : (J -> C) -> R) L c, 0 <= c -> (forall v, 0 <= N v) ->
  (forall v h, 0 < h -> N (fun j => v j + RtoC h * L v j)%C <= (1 + c * h ^ 2) * N v) ->
  does_not_enlarge N L.
Proof.
  intros J N L c Hc HN H v eps Heps. specialize (HN v).
  assert (Hp : 0 < 1 + c * N v) by nra.
  exists (eps / (1 + c * N v)). split; [ apply Rdiv_lt_0_compat; lra | ].
  intros h [Hh Hs]. specialize (H v h Hh).
  assert (h * (1 + c * N v) < eps).
  { replace eps with (eps / (1 + c * N v) * (1 + c * N v)) by (field; lra).
    apply Rmult_lt_compat_r; assumption. }
  assert (h * (h * (c * N v)) <= h * eps) by (apply Rmult_le_compat_l; nra).
  nra.
Qed.
