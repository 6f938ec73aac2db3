(* The lemma of docs/certificates.md ("The lemma"), for any norm and any linear generator that does
   not enlarge it, on a basis of finitely many states. *)
From Contraction Require Import Sums Calculus Norms.
Open Scope R_scope.

Section Lemma_for_norms.
Context {J : Type} (s : list J) (N : (J -> C) -> R) (HN : norm_on s N).

(* The error E = Y - X: its motion is that of L less the defect. *)
Lemma error_grows_at_most : forall L E D G (rate : R -> R) a b, a <= b ->
  (forall t, a < t < b -> does_not_enlarge N (L t)) ->
  moves s E (fun t j => L t (E t) j - D t j)%C a b ->
  continuous_from_to a b G -> (forall t, a < t < b -> is_derive G t (rate t)) ->
  (forall t, a < t < b -> N (D t) <= rate t) ->
  N (E b) <= N (E a) + (G b - G a).
Proof.
  intros L E D G rate a b Hab HL HE HG Hrate HD.
  apply (grows_at_most (fun t => N (E t)) G rate a b Hab); try assumption.
  { exact (norm_is_continuous s N HN _ _ _ _ HE). }
  intros t eps Ht Heps. destruct (HL t Ht (E t) (eps / 2) ltac:(lra)) as [d [Hd Hd1]].
  generalize (filter_and _ _ at_right_positive (filter_and (F := at_right 0) _ _
    (velocity_near s N HN E _ t (eps / 2) ltac:(lra) (fun j c Hj => proj2 (HE j c Hj) t Ht))
    (ex_intro _ (mkposreal d Hd) (fun h Hh _ => Hh)))).
  apply filter_imp. intros h [Hh [Hr Hhd]]. change (Rabs (h - 0) < d) in Hhd.
  apply Rabs_def2 in Hhd. specialize (Hd1 h ltac:(lra)).
  set (v := fun j => (E t j + RtoC h * L t (E t) j)%C) in *.
  set (r := fun j => (RtoC (/ h) * (E (t + h)%R j - E t j) - (L t (E t) j - D t j))%C) in *.
  assert (H3 : N (E (t + h)) <= N v + N (fun j => RtoC h * (r j - D t j))%C).
  { apply (norm_sum s N HN). intros j Hj. unfold v, r.
    parts_field; lra. }
  pose proof (norm_times s N HN h (fun j => r j - D t j)%C (fun j => RtoC h * (r j - D t j))%C
    (fun j _ => eq_refl)) as H4. rewrite (Rabs_pos_eq h) in H4 by lra.
  pose proof (norm_sum s N HN r (fun j => - D t j)%C (fun j => r j - D t j)%C
    (fun j _ => eq_refl)) as H5.
  pose proof (norm_minus s N HN (D t) (fun j => - D t j)%C (fun j _ => eq_refl)) as H6.
  specialize (HD t Ht). nra.
Qed.

(* The lemma on a piece. *)
Theorem lemma_on_piece : forall L X Y Y' D G (rate : R -> R) a b, a <= b ->
  (forall t, a < t < b -> linear_on s (L t)) ->
  (forall t, a < t < b -> does_not_enlarge N (L t)) ->
  moves s X (fun t => L t (X t)) a b -> moves s Y Y' a b ->
  (forall t, a < t < b -> forall j, In j s -> D t j = L t (Y t) j - Y' t j)%C ->
  continuous_from_to a b G -> (forall t, a < t < b -> is_derive G t (rate t)) ->
  (forall t, a < t < b -> N (D t) <= rate t) ->
  N (fun j => Y b j - X b j)%C <= N (fun j => Y a j - X a j)%C + (G b - G a).
Proof.
  intros L X Y Y' D G rate a b Hab Hlin HL HX HY HD HG Hrate Hsmall.
  apply (error_grows_at_most L (fun t j => Y t j - X t j)%C D G rate a b); try assumption.
  intros j c Hj. destruct (HX j c Hj) as [HXc HXd]. destruct (HY j c Hj) as [HYc HYd]. split.
  - apply (continuous_on_ext _ (fun t => part c (Y t j) - part c (X t j)));
      [ intros; apply eq_sym, part_minus | apply continuous_difference; assumption ].
  - intros t Ht.
    rewrite (Hlin t Ht (-1) (Y t) (X t) (fun j => Y t j - X t j)%C) by
      (assumption || parts_ring).
    rewrite (HD t Ht j Hj).
    apply (is_derive_ext (fun u => part c (Y u j) - part c (X u j)));
      [ intros; apply eq_sym, part_minus | ].
    replace (part c _) with (part c (Y' t j) - part c (L t (X t) j)).
    + apply (is_derive_minus (fun u => part c (Y u j)) (fun u => part c (X u j)));
        [ apply HYd | apply HXd ]; exact Ht.
    + destruct c; simpl; ring.
Qed.

(* The distance at the beginning of a piece: that at the end of the one before it plus the jump. *)
Theorem lemma_over_pieces : forall (T : nat -> R) (X : R -> J -> C) (Y : nat -> R -> J -> C)
    (loss : nat -> R) m,
  (forall k, (k <= m)%nat ->
    N (fun j => Y k (T (S k)) j - X (T (S k)) j)%C
    <= N (fun j => Y k (T k) j - X (T k) j)%C + loss k) ->
  N (fun j => Y m (T (S m)) j - X (T (S m)) j)%C <=
    N (fun j => Y 0%nat (T 0%nat) j - X (T 0%nat) j)%C + sum (seq 0 (S m)) loss
    + sum (seq 0 m) (fun k => N (fun j => Y (S k) (T (S k)) j - Y k (T (S k)) j)%C).
Proof.
  intros T X Y loss m. induction m as [ | m IH ]; intros H.
  { specialize (H 0%nat (le_n _)). simpl. lra. }
  specialize (IH (fun k Hk => H k (le_S _ _ Hk))). specialize (H (S m) (le_n _)).
  rewrite (sum_last (S m) loss), (sum_last m (fun k => N _)).
  pose proof (norm_sum s N HN (fun j => Y (S m) (T (S m)) j - Y m (T (S m)) j)%C
    (fun j => Y m (T (S m)) j - X (T (S m)) j)%C (fun j => Y (S m) (T (S m)) j - X (T (S m)) j)%C
    ltac:(parts_ring)). lra.
Qed.

(* The lemma, for a path of pieces with jumps between them. *)
Theorem lemma_with_jumps : forall L X (T : nat -> R) (Y Y' D : nat -> R -> J -> C)
    (G rate : nat -> R -> R) m,
  (forall k, (k <= m)%nat ->
    T k <= T (S k) /\
    (forall t, T k < t < T (S k) -> linear_on s (L t) /\ does_not_enlarge N (L t)) /\
    moves s X (fun t => L t (X t)) (T k) (T (S k)) /\ moves s (Y k) (Y' k) (T k) (T (S k)) /\
    continuous_from_to (T k) (T (S k)) (G k) /\
    forall t, T k < t < T (S k) -> is_derive (G k) t (rate k t) /\ N (D k t) <= rate k t /\
      forall j, In j s -> D k t j = L t (Y k t) j - Y' k t j)%C ->
  N (fun j => Y m (T (S m)) j - X (T (S m)) j)%C <=
    N (fun j => Y 0%nat (T 0%nat) j - X (T 0%nat) j)%C
    + sum (seq 0 (S m)) (fun k => G k (T (S k)) - G k (T k))
    + sum (seq 0 m) (fun k => N (fun j => Y (S k) (T (S k)) j - Y k (T (S k)) j)%C).
Proof.
  intros L X T Y Y' D G rate m H. apply lemma_over_pieces. intros k Hk.
  destruct (H k Hk) as [H1 [H2 [H3 [H4 [H5 H6]]]]].
  apply (lemma_on_piece L X (Y k) (Y' k) (D k) (G k) (rate k)); try assumption;
    intros t Ht; try apply (H2 t Ht); apply (H6 t Ht).
Qed.
End Lemma_for_norms.
