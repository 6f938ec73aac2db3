(* A qubit that decays, to show that what certificate_of_density asks can be met: its truth is
   written down, and a certificate of one segment bounds the distance from it.

   H = 0, the rate 1, L = |0><1|; X(t) has the weights 1 - exp(-t) and exp(-t), and half of
   exp(-t/2) off the diagonal. The path is Y = X(0) + u h (master X(0)), of the length h.
   (auto_derive adds the law of the excluded middle here, which no theorem needs.) *)
From Contraction Require Import Sums Calculus Norms Matrices Trace Certificate.
Import ListNotations.
Open Scope R_scope.

Definition levels := [false; true].
Definition lower (i j : bool) : C := if i then RtoC 0 else if j then RtoC 1 else RtoC 0.
Definition nothing (i j : bool) : C := RtoC 0.
Definition decaying (t : R) (i j : bool) : C :=
  RtoC (if i then if j then exp (- t) else exp (- t / 2) / 2
        else if j then exp (- t / 2) / 2 else 1 - exp (- t)).

Lemma decay_moves : forall a b, matrix_moves levels decaying
  (fun t => master levels nothing [(1, lower)] (decaying t)) a b.
Proof.
  intros a b p c _.
  assert (H : forall t, is_derive (fun u => part c (decaying u (fst p) (snd p))) t
    (part c (master levels nothing [(1, lower)] (decaying t) (fst p) (snd p)))).
  { intros t. destruct p as [[ | ] [ | ]], c; unfold decaying; simpl;
      auto_derive; trivial; unfold Rdiv; field. }
  split; [ | intros t _; apply H ]. apply continuous_everywhere. intros t.
  apply (ex_derive_continuous (fun u => part c (decaying u (fst p) (snd p)))). eexists. apply H.
Qed.

Definition path (h : R) (k : nat) (i j : bool) : C :=
  match k with
  | 0 => RtoC (if i then if j then 1 else / 2 else if j then / 2 else 0)
  | 1 => RtoC (h * if i then if j then -1 else - / 4 else if j then - / 4 else 1)
  | _ => RtoC 0
  end.

Lemma path_starts_well : forall h i j, path h 0 i j = decaying 0 i j.
Proof.
  intros h [ | ] [ | ]; simpl; unfold decaying; f_equal; rewrite ?Ropp_0;
    try (replace (0 / 2) with 0 by field); rewrite exp_0; field.
Qed.

Lemma norm_by_entries : forall M c, (forall i j, M i j = RtoC (c i j)) -> ctrace_norm levels M
  <= sum levels (fun i => sum levels (fun j => Rabs (c i j))).
Proof.
  intros M c H. eapply Rle_trans; [ apply ctrace_norm_at_most_sum | ]. right.
  apply sum_ext. intros i _. apply sum_ext. intros j _. rewrite H. apply Cmod_R.
Qed.

Example decay_is_near : forall h, 0 < h ->
  ctrace_norm levels (fun i j => cpolynomial_matrix (path h) 2 0 h h i j - decaying h i j)%C
  <= 9 / 8 * h ^ 2.
Proof.
  intros h Hh. eapply Rle_trans; [ apply (certificate_of_density levels nothing [(1, lower)]
    decaying (fun k => match k with 0%nat => 0 | S _ => h end) (fun _ => h) (fun _ => path h)
    (fun _ => 2%nat) 0) | ].
  - intros i j _ _. parts_ring.
  - intros l [<- | []]. simpl. lra.
  - intros k Hk. apply Nat.le_0_r in Hk. subst k.
    split; [ exact Hh | split; [ lra | split; [ reflexivity | apply decay_moves ] ] ].
  - assert (H0 : ctrace_norm levels (fun i j => cpolynomial_matrix (path h) 2 0 h 0 i j
      - decaying 0 i j)%C <= 0).
    { eapply Rle_trans; [ apply (norm_by_entries _ (fun _ _ => 0)) | simpl; rewrite Rabs_R0; lra ].
      intros i j. rewrite <- (path_starts_well h). parts_field; lra. }
    assert (H1 : ctrace_norm levels (fun i j => RtoC h
      * master levels nothing [(1, lower)] (path h 0) i j - RtoC (INR 1) * path h 1 i j)%C <= 0).
    { eapply Rle_trans; [ apply (norm_by_entries _ (fun _ _ => 0)) | simpl; rewrite Rabs_R0; lra ].
      intros [ | ] [ | ]; parts_field. }
    assert (H2 : ctrace_norm levels (fun i j => RtoC h
      * master levels nothing [(1, lower)] (path h 1) i j - RtoC (INR 2) * path h 2 i j)%C
      <= 9 / 4 * h ^ 2).
    { eapply Rle_trans; [ apply (norm_by_entries _ (fun i j => h ^ 2 * if i
        then if j then 1 else / 8 else if j then / 8 else -1));
        intros [ | ] [ | ]; parts_field | ].
      cbn [sum levels]. rewrite !Rabs_mult, (Rabs_pos_eq (h ^ 2)) by apply pow2_ge_0.
      rewrite Rabs_R1, Rabs_m1, (Rabs_pos_eq (/ 8)); lra. }
    cbn [sum seq]. simpl INR in *. lra.
Qed.
