(* What a distance proves of means: S7 of docs/certificates.md, and of the matrix of a part: S9. *)
From Contraction Require Import Sums Norms Vectors Matrices Trace.
Open Scope R_scope.

Section Means.
Context {I : Type} (s : list I).
Notation matrix := (I -> I -> C).

(* Re <u, O v>; the mean of a Hermitian O is real. *)
Definition cform (O : matrix) (u v : I -> C) : R :=
  fst (csum s (fun i => (Cconj (u i) * cact s O v i)%C)).

Theorem means_of_complex_vectors : forall O X Y B d, 0 <= B -> hermitian s O ->
  (forall u v, Rabs (cform O u v) <= B * (cnorm2 s u * cnorm2 s v)) ->
  cnorm2 s X = 1 -> cnorm2 s (fun i => (Y i - X i)%C) <= d ->
  Rabs (cform O X X - cform O Y Y) <= B * (2 + d) * d.
Proof.
  intros O X Y B d HB HO Hbound HX Hd. set (E := fun i => (Y i - X i)%C) in *.
  assert (Hplus : forall u, cform O u Y = cform O u X + cform O u E).
  { intros u. unfold cform. rewrite (csum_ext s _ (fun i => Cconj (u i) * cact s O X i
      + Cconj (u i) * cact s O E i)%C), csum_plus; [ reflexivity | ].
    intros i _. rewrite <- Cmult_plus_distr_l. f_equal. unfold cact. rewrite <- csum_plus.
    apply csum_ext. intros j _. unfold E. ring. }
  assert (Hsym : forall u v, cform O u v = cform O v u).
  { intros u v. unfold cform. rewrite (csum_ext s _ (fun i => Cconj (u i)
      * cact s (adjoint O) v i)%C), dot_adjoint; [ apply re_dot_swap | ].
    intros i Hi. f_equal. apply csum_ext. intros j Hj. rewrite (HO i j Hi Hj). reflexivity. }
  replace (cform O X X - cform O Y Y) with (- (2 * cform O X E + cform O E E))
    by (rewrite (Hplus Y), !(Hsym Y), !Hplus, (Hsym E X); ring).
  pose proof (Hbound X E) as H1. pose proof (Hbound E E) as H2. rewrite HX in H1.
  pose proof (cnorm2_not_negative s E) as H3.
  assert (B * (cnorm2 s E * cnorm2 s E) <= B * (d * d))
    by (apply Rmult_le_compat_l; [ | apply Rmult_le_compat ]; assumption).
  assert (B * (1 * cnorm2 s E) <= B * d) by (apply Rmult_le_compat_l; lra).
  rewrite Rabs_Ropp. eapply Rle_trans; [ apply Rabs_triang | ].
  rewrite Rabs_mult, (Rabs_pos_eq 2) by lra. lra.
Qed.

(* |Tr O X - Tr O Y| <= B d. *)
Theorem means_of_complex_densities : forall (O X Y : matrix) B d, 0 <= B ->
  cform_bounded s B O -> ctrace_norm s (fun i j => (Y i j - X i j)%C) <= d ->
  Rabs (cpairing s O X - cpairing s O Y) <= B * d.
Proof.
  intros O X Y B d HB HO Hd. rewrite Rabs_minus_sym.
  assert (H : forall K, cform_bounded s B K -> cpairing s K Y - cpairing s K X <= B * d).
  { intros K HK. pose proof (bounded_pairing s B K (fun i j => Y i j - X i j)%C HB HK) as H.
    rewrite (cpairing_ext s K K _ (fun i j => Y i j + RtoC (-1) * X i j)%C), cpairing_sum in H
      by parts_ring.
    apply (Rmult_le_compat_l B) in Hd; [ lra | exact HB ]. }
  pose proof (bounded_times s B (-1) O HO) as HO'. rewrite Rabs_m1, Rmult_1_l in HO'.
  pose proof (H O HO). apply H in HO'. rewrite !cpairing_times in HO'. apply Rabs_le. lra.
Qed.

(* One bound of the operator's norm serves vectors and densities. *)
Theorem bounded_form : forall O B, cform_bounded s B O ->
  forall u v, Rabs (cform O u v) <= B * (cnorm2 s u * cnorm2 s v).
Proof.
  intros O B HO u v. change (cform O u v) with (re_dot s u (cact s O v)).
  rewrite <- cpairing_outer. pose proof (HO u v) as H1.
  pose proof (bounded_times s B (-1) O HO u v) as H. rewrite cpairing_times, Rabs_m1 in H.
  apply Rabs_le. lra.
Qed.

(* The greatest sum of magnitudes of a column bounds the norm of a Hermitian matrix, by
   Cauchy and Schwarz over the pairs of indices. *)
Theorem columns_bound : forall O B, 0 <= B -> hermitian s O ->
  (forall j, In j s -> sum s (fun i => Cmod (O i j)) <= B) -> cform_bounded s B O.
Proof.
  intros O B HB HO Hcol x y.
  set (f := fun p : I * I => sqrt (Cmod (O (fst p) (snd p))) * Cmod (x (fst p))).
  set (g := fun p : I * I => sqrt (Cmod (O (fst p) (snd p))) * Cmod (y (snd p))).
  assert (Hroot : forall i j, sqrt (Cmod (O i j)) ^ 2 = Cmod (O i j))
    by (intros; apply pow2_sqrt, Cmod_ge_0).
  assert (Hbound : forall v w, 0 <= w -> v ^ 2 <= B * w ^ 2 -> v <= sqrt B * w).
  { intros v w Hw H. apply at_most_by_squares; [ apply Rmult_le_pos; [ apply sqrt_pos | lra ] | ].
    rewrite Rpow_mult_distr, pow2_sqrt; assumption. }
  apply Rle_trans with (sum (list_prod s s) (fun p => f p * g p)).
  - rewrite sum_prod. apply sum_le. intros i _. apply sum_le. intros j _.
    eapply Rle_trans; [ apply real_part_at_most | ]. unfold outer, f, g.
    rewrite !Cmod_mult, !conj_magnitude, <- (Hroot i j) at 1. right. simpl. ring.
  - eapply Rle_trans; [ apply cauchy_schwarz | ].
    assert (Hf : norm2 (list_prod s s) f <= sqrt B * cnorm2 s x).
    { apply Hbound; [ apply cnorm2_not_negative | ]. unfold cnorm2.
      rewrite !norm2_squared, sum_prod, <- sum_times. apply sum_le. intros i Hi.
      rewrite (sum_ext s _ (fun j => Cmod (O j i) * Cmod (x i) ^ 2)).
      - rewrite sum_times_right. apply Rmult_le_compat_r; [ nra | apply Hcol; exact Hi ].
      - intros j Hj. rewrite <- (conj_magnitude (O j i)), <- (HO i j Hi Hj), <- Hroot.
        apply Rpow_mult_distr. }
    assert (Hg : norm2 (list_prod s s) g <= sqrt B * cnorm2 s y).
    { apply Hbound; [ apply cnorm2_not_negative | ]. unfold cnorm2.
      rewrite !norm2_squared, sum_prod, sum_swap, <- sum_times. apply sum_le. intros j Hj.
      rewrite (sum_ext s _ (fun i => Cmod (O i j) * Cmod (y j) ^ 2)).
      - rewrite sum_times_right. apply Rmult_le_compat_r; [ nra | apply Hcol; exact Hj ].
      - intros i Hi. rewrite <- Hroot. apply Rpow_mult_distr. }
    replace (B * (cnorm2 s x * cnorm2 s y)) with (sqrt B * cnorm2 s x * (sqrt B * cnorm2 s y)).
    + apply Rmult_le_compat; try apply norm2_not_negative; assumption.
    + rewrite <- (sqrt_sqrt B) at 3 by lra. ring.
Qed.

(* A vector within d of one of the norm 1 has its |Y><Y| within (2 + d) d in the trace norm. *)
Theorem projectors_near : forall X Y d, cnorm2 s X = 1 -> cnorm2 s (fun i => Y i - X i)%C <= d ->
  ctrace_norm s (fun i j => Y i * Cconj (Y j) - X i * Cconj (X j))%C <= (2 + d) * d.
Proof.
  intros X Y d HX Hd. set (E := fun i => (Y i - X i)%C) in *.
  assert (HE : 0 <= cnorm2 s E) by apply sqrt_pos.
  apply trace_norm_at_most. intros K HK.
  pose proof (HK X E) as H1. pose proof (HK E X) as H2. pose proof (HK E E) as H3.
  rewrite HX in H1, H2.
  rewrite (cpairing_ext s K K _ (fun i j => (outer X E i j + RtoC 1 * outer E X i j)
    + RtoC 1 * outer E E i j)%C), !cpairing_sum
    by (reflexivity || (intros; unfold outer, E; parts_ring)).
  assert (cnorm2 s E * cnorm2 s E <= d * d) by (apply Rmult_le_compat; lra). lra.
Qed.
End Means.
