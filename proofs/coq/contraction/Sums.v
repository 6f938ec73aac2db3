(* Sums of real and of complex numbers over a list of indices, for all of docs/certificates.md.

   A basis is a finite list s of indices; a state is a function on it, and a sum over the basis is
   one over the list. That no index stands twice is never used. *)
Require Export Reals Lra Lia List Psatz.
From Coquelicot Require Export Coquelicot.
Import ListNotations.
Open Scope R_scope.

Fixpoint sum {I : Type} (s : list I) (f : I -> R) : R :=
  match s with [] => 0 | i :: r => f i + sum r f end.

Section Real.
Context {I : Type}.
Implicit Types (s : list I) (f g : I -> R).

Lemma sum_ext : forall s f g, (forall i, In i s -> f i = g i) -> sum s f = sum s g.
Proof.
  induction s as [ | i s IH ]; intros f g H; simpl; [ reflexivity | ].
  rewrite (H i) by (left; reflexivity). f_equal. apply IH. intros j Hj. apply H. right. exact Hj.
Qed.

Lemma sum_plus : forall s f g, sum s (fun i => f i + g i) = sum s f + sum s g.
Proof. induction s; intros; simpl; [ lra | rewrite IHs; lra ]. Qed.

Lemma sum_times : forall s c f, sum s (fun i => c * f i) = c * sum s f.
Proof. induction s; intros; simpl; [ lra | rewrite IHs; lra ]. Qed.

Lemma sum_times_right : forall s c f, sum s (fun i => f i * c) = sum s f * c.
Proof. induction s; intros; simpl; [ lra | rewrite IHs; lra ]. Qed.

Lemma sum_zero : forall s, sum s (fun _ => 0) = 0.
Proof. induction s; simpl; lra. Qed.

Lemma sum_le : forall s f g, (forall i, In i s -> f i <= g i) -> sum s f <= sum s g.
Proof.
  induction s as [ | i s IH ]; intros f g H; simpl; [ lra | ].
  apply Rplus_le_compat; [ apply H; left; reflexivity | ].
  apply IH. intros j Hj. apply H. right. exact Hj.
Qed.

Lemma sum_not_negative : forall s f, (forall i, In i s -> 0 <= f i) -> 0 <= sum s f.
Proof. intros s f H. rewrite <- (sum_zero s). apply sum_le. exact H. Qed.

Lemma term_at_most_sum : forall s f i, (forall j, In j s -> 0 <= f j) -> In i s -> f i <= sum s f.
Proof.
  induction s as [ | j s IH ]; intros f i Hf Hi; [ destruct Hi | ]. simpl.
  assert (0 <= f j) by (apply Hf; left; reflexivity).
  assert (0 <= sum s f) by (apply sum_not_negative; intros; apply Hf; right; assumption).
  destruct Hi as [ -> | Hi ]; [ lra | ].
  specialize (IH f i (fun j Hj => Hf j (or_intror Hj)) Hi). lra.
Qed.

Lemma sum_app : forall s r f, sum (s ++ r) f = sum s f + sum r f.
Proof. induction s; intros; simpl; [ lra | rewrite IHs; lra ]. Qed.

(* Finitely many things that become small have a sum that does. *)
Lemma sum_is_small : forall {T} (F : (T -> Prop) -> Prop) {FF : Filter F} s (f : I -> T -> R),
  (forall i eps, In i s -> 0 < eps -> F (fun h => f i h < eps)) ->
  forall eps, 0 < eps -> F (fun h => sum s (fun i => f i h) < eps).
Proof.
  intros T F FF s f. induction s as [ | i s IH ]; intros H eps Heps; simpl.
  { apply filter_forall. intros _. exact Heps. }
  apply (filter_imp (fun h => f i h < eps / 2 /\ sum s (fun i => f i h) < eps / 2));
    [ intros; lra | ].
  apply filter_and; [ apply H; [ left; reflexivity | lra ] | apply IH; [ | lra ] ].
  intros j e Hj. apply H. right. exact Hj.
Qed.
End Real.

Lemma sum_swap : forall {I J} (s : list I) (r : list J) (f : I -> J -> R),
  sum s (fun i => sum r (f i)) = sum r (fun j => sum s (fun i => f i j)).
Proof.
  induction s; intros; simpl; [ symmetry; apply sum_zero | ].
  rewrite IHs, <- sum_plus. reflexivity.
Qed.

Lemma sum_last : forall n f, sum (seq 0 (S n)) f = sum (seq 0 n) f + f n.
Proof. intros n f. rewrite seq_S, sum_app. simpl. lra. Qed.

Lemma sum_prod : forall {J K} (r : list J) (q : list K) f,
  sum (list_prod r q) f = sum r (fun i => sum q (fun j => f (i, j))).
Proof.
  intros J K r q f. induction r as [ | i r IH ]; simpl; [ reflexivity | ].
  rewrite sum_app, IH. f_equal. clear.
  induction q as [ | j q IH ]; simpl; [ | rewrite IH ]; reflexivity.
Qed.

Lemma derivative_of_sum : forall {I} (s : list I) (F : I -> R -> R) (F' : I -> R) t,
  (forall i, is_derive (F i) t (F' i)) -> is_derive (fun u => sum s (fun i => F i u)) t (sum s F').
Proof.
  intros I s F F' t H. induction s; simpl; [ apply (is_derive_const (K := R_AbsRing) 0) | ].
  apply (is_derive_plus (F a) (fun u => sum s (fun i => F i u))); [ apply H | exact IHs ].
Qed.

(* Complex numbers, by their parts. *)
Definition part (real : bool) (z : C) : R := if real then fst z else snd z.

Lemma by_parts : forall z w, (forall c, part c z = part c w) -> z = w.
Proof. intros z w H. apply injective_projections; [ apply (H true) | apply (H false) ]. Qed.

Ltac parts_ring := intros; cbv beta; try ring; apply by_parts; intros [ | ]; simpl; ring.
Ltac parts_field := intros; apply by_parts; intros [ | ]; simpl; field.

Lemma part_minus : forall c z w, part c (z - w)%C = part c z - part c w.
Proof. intros [ | ] z w; reflexivity. Qed.

Lemma part_times : forall c a z, part c (RtoC a * z)%C = a * part c z.
Proof. intros [ | ] a z; simpl; ring. Qed.

Definition csum {J : Type} (r : list J) (f : J -> C) : C :=
  (sum r (fun j => fst (f j)), sum r (fun j => snd (f j))).

Lemma part_csum : forall {J} c (r : list J) f, part c (csum r f) = sum r (fun j => part c (f j)).
Proof. intros J [ | ] r f; reflexivity. Qed.

Section Complex.
Context {J : Type}.
Implicit Types (r : list J) (f g : J -> C).

Lemma csum_first : forall j r f, csum (j :: r) f = (f j + csum r f)%C.
Proof. reflexivity. Qed.

Lemma csum_ext : forall r f g, (forall j, In j r -> f j = g j) -> csum r f = csum r g.
Proof.
  intros r f g H. unfold csum. f_equal; apply sum_ext; intros j Hj; rewrite (H j Hj); reflexivity.
Qed.

Lemma csum_plus : forall r f g, csum r (fun j => f j + g j)%C = (csum r f + csum r g)%C.
Proof. intros r f g. unfold csum, Cplus. simpl. rewrite !sum_plus. reflexivity. Qed.

Lemma csum_times : forall r c f, csum r (fun j => c * f j)%C = (c * csum r f)%C.
Proof.
  intros r c f. induction r as [ | j r IH ].
  { parts_ring. }
  rewrite !csum_first, IH. ring.
Qed.

Lemma csum_zero : forall r f, (forall j, In j r -> f j = RtoC 0) -> csum r f = RtoC 0.
Proof.
  intros r f H. rewrite (csum_ext r f (fun _ => RtoC 0) H).
  unfold csum. simpl. rewrite sum_zero. reflexivity.
Qed.

Lemma csum_conj : forall r f, Cconj (csum r f) = csum r (fun j => Cconj (f j)).
Proof.
  intros r f. unfold csum, Cconj. simpl. f_equal. induction r; simpl; [ | rewrite <- IHr ]; ring.
Qed.

Lemma csum_app : forall r q f, csum (r ++ q) f = (csum r f + csum q f)%C.
Proof. intros r q f. unfold csum, Cplus. simpl. rewrite !sum_app. reflexivity. Qed.

Lemma csum_magnitude : forall r f, Cmod (csum r f) <= sum r (fun j => Cmod (f j)).
Proof.
  intros r f. induction r as [ | j r IH ]; simpl.
  { change (csum [] f) with (RtoC 0). rewrite Cmod_0. lra. }
  rewrite csum_first. eapply Rle_trans; [ apply Cmod_triangle | lra ].
Qed.
End Complex.

Lemma csum_swap : forall {J K} (r : list J) (q : list K) (f : J -> K -> C),
  csum r (fun j => csum q (f j)) = csum q (fun k => csum r (fun j => f j k)).
Proof. intros J K r q f. unfold csum. simpl. rewrite !(sum_swap r q). reflexivity. Qed.

Lemma csum_last : forall n f, csum (seq 0 (S n)) f = (csum (seq 0 n) f + f n)%C.
Proof. intros n f. unfold csum, Cplus. simpl fst. rewrite !sum_last. reflexivity. Qed.

Lemma conj_plus : forall z w, Cconj (z + w)%C = (Cconj z + Cconj w)%C.
Proof. intros z w. unfold Cconj, Cplus. simpl. f_equal. ring. Qed.

Lemma conj_times : forall z w, Cconj (z * w)%C = (Cconj z * Cconj w)%C.
Proof. intros z w. unfold Cconj, Cmult. simpl. f_equal; ring. Qed.

Lemma conj_conj : forall z, Cconj (Cconj z) = z.
Proof. intros [z w]. unfold Cconj. simpl. f_equal. ring. Qed.

Lemma conj_magnitude : forall z, Cmod (Cconj z) = Cmod z.
Proof. intros z. unfold Cmod, Cconj. simpl. f_equal. ring. Qed.

Lemma Cmod_squared : forall z, Cmod z ^ 2 = fst z ^ 2 + snd z ^ 2.
Proof. intros z. unfold Cmod. rewrite pow2_sqrt; [ reflexivity | nra ]. Qed.

Lemma real_part_at_most : forall z, fst z <= Cmod z.
Proof.
  intros z. eapply Rle_trans; [ apply Rle_abs | ].
  eapply Rle_trans; [ apply Rmax_l | apply Rmax_Cmod ].
Qed.

Lemma magnitude_at_most_parts : forall z, Cmod z <= Rabs (fst z) + Rabs (snd z).
Proof.
  intros z. pose proof (Rabs_pos (fst z)). pose proof (Rabs_pos (snd z)).
  rewrite <- (sqrt_Rsqr (Rabs (fst z) + Rabs (snd z))) by lra. apply sqrt_le_1_alt.
  rewrite <- (pow2_abs (fst z)), <- (pow2_abs (snd z)). unfold Rsqr. nra.
Qed.
