(* Matrices of complex numbers, and the equations of motion of docs/certificates.md ("The lemma" and
   S2): that of Schroedinger and the master equation, Hermitian H and rates of 0 or more.

   The generator of both acts on a product |x><y| by `push`, which is -iH - sum of r L'L/2. *)
From Contraction Require Import Sums Norms Vectors.
Open Scope R_scope.

Section Matrices.
Context {I : Type} (s : list I).
Notation matrix := (I -> I -> C).
Implicit Types (A B H M : matrix) (Ls : list (R * matrix)) (u v x y : I -> C).

Definition hermitian H : Prop := forall i j, In i s -> In j s -> H i j = Cconj (H j i).
Definition adjoint A : matrix := fun i j => Cconj (A j i).
Definition product A B : matrix := fun i j => csum s (fun k => A i k * B k j)%C.
Definition cact A v : I -> C := fun i => csum s (fun j => A i j * v j)%C.

(* |x><y| *)
Definition outer x y : matrix := fun i j => (x i * Cconj (y j))%C.

(* -i H v *)
Definition schroedinger H v : I -> C := fun i => (- (Ci * cact H v i))%C.

(* -i (H M - M H) + sum of r (L M L' - (L'L M + M L'L)/2), of pairs (r, L). *)
Definition master H Ls M : matrix := fun i j =>
  (- Ci * (product H M i j - product M H i j)
   + csum Ls (fun l => RtoC (fst l) * (product (snd l) (product M (adjoint (snd l))) i j
       - RtoC (/ 2) * (product (product (adjoint (snd l)) (snd l)) M i j
                + product M (product (adjoint (snd l)) (snd l)) i j))))%C.

Definition push H Ls x : I -> C := fun i => (- Ci * cact H x i + RtoC (- / 2)
  * csum Ls (fun l => RtoC (fst l) * cact (adjoint (snd l)) (cact (snd l) x) i))%C.

Lemma schroedinger_push : forall H v i, schroedinger H v i = push H nil v i.
Proof. parts_ring. Qed.

Lemma schroedinger_linear : forall H, linear_on s (schroedinger H).
Proof.
  intros H c u v w E j _. unfold schroedinger.
  replace (cact H w j) with (cact H u j + RtoC c * cact H v j)%C; [ ring | ].
  unfold cact. rewrite <- csum_times, <- csum_plus. apply csum_ext.
  intros i Hi. rewrite (E i Hi). ring.
Qed.

Lemma cact_product : forall A B x i, cact (product A B) x i = cact A (cact B x) i.
Proof.
  intros A B x i. unfold cact, product.
  rewrite (csum_ext s _ (fun j => csum s (fun k => A i k * (B k j * x j)))%C).
  - rewrite csum_swap. apply csum_ext. intros k _. apply csum_times.
  - intros j _. rewrite Cmult_comm, <- csum_times. apply csum_ext. intros; ring.
Qed.

Lemma product_outer : forall A x y i j, product A (outer x y) i j = outer (cact A x) y i j.
Proof.
  intros A x y i j. unfold product, outer, cact. rewrite Cmult_comm, <- csum_times.
  apply csum_ext. intros; ring.
Qed.

Lemma outer_product : forall A x y i j,
  product (outer x y) (adjoint A) i j = outer x (cact A y) i j.
Proof.
  intros A x y i j. unfold product, outer, cact, adjoint. rewrite csum_conj, <- csum_times.
  apply csum_ext. intros k _. rewrite conj_times. ring.
Qed.

Lemma product_ext : forall A A' B B' i j, (forall k, In k s -> A i k = A' i k) ->
  (forall k, In k s -> B k j = B' k j) -> product A B i j = product A' B' i j.
Proof.
  intros A A' B B' i j HA HB. apply csum_ext. intros k Hk.
  rewrite (HA k Hk), (HB k Hk). reflexivity.
Qed.

(* L'L is Hermitian, so that it acts from the right like an adjoint. *)
Lemma square_is_adjoint : forall A i j,
  product (adjoint A) A i j = adjoint (product (adjoint A) A) i j.
Proof.
  intros A i j. unfold adjoint at 2, product. rewrite csum_conj. apply csum_ext. intros k _.
  unfold adjoint. rewrite conj_times, conj_conj. ring.
Qed.

Lemma square_outer : forall A x y i j, product (product (adjoint A) A) (outer x y) i j
  = outer (cact (adjoint A) (cact A x)) y i j.
Proof. intros. rewrite product_outer. unfold outer. rewrite cact_product. reflexivity. Qed.

Lemma outer_square : forall A x y i j, product (outer x y) (product (adjoint A) A) i j
  = outer x (cact (adjoint A) (cact A y)) i j.
Proof.
  intros A x y i j. rewrite (product_ext (outer x y) (outer x y) _
    (adjoint (product (adjoint A) A)) i j (fun _ _ => eq_refl)
    (fun k _ => square_is_adjoint A k j)).
  rewrite outer_product. unfold outer. rewrite cact_product. reflexivity.
Qed.

Lemma master_outer : forall H Ls x y i j, hermitian H -> In i s -> In j s ->
  master H Ls (outer x y) i j = (outer (push H Ls x) y i j + outer x (push H Ls y) i j
    + csum Ls (fun l => RtoC (fst l) * outer (cact (snd l) x) (cact (snd l) y) i j))%C.
Proof.
  intros H Ls x y i j HH Hi Hj. unfold master.
  rewrite product_outer, (product_ext (outer x y) (outer x y) H (adjoint H)), outer_product;
    [ | reflexivity | intros k Hk; apply HH; assumption ].
  rewrite (csum_ext Ls _ (fun l => RtoC (fst l) * outer (cact (snd l) x) (cact (snd l) y) i j
    + (RtoC (- / 2) * (RtoC (fst l) * cact (adjoint (snd l)) (cact (snd l) x) i) * Cconj (y j)
    + x i * (RtoC (- / 2) * (RtoC (fst l)
      * Cconj (cact (adjoint (snd l)) (cact (snd l) y) j)))))%C).
  - rewrite !csum_plus. unfold outer, push.
    rewrite (csum_ext Ls (fun l => _ * _ * Cconj (y j))%C
      (fun l => Cconj (y j) * (RtoC (- / 2) * (RtoC (fst l)
        * cact (adjoint (snd l)) (cact (snd l) x) i)))%C) by (intros; ring).
    cbv beta. rewrite !csum_times, conj_plus, !conj_times, csum_conj.
    rewrite (csum_ext Ls (fun l => Cconj _) (fun l => RtoC (fst l)
      * Cconj (cact (adjoint (snd l)) (cact (snd l) y) j))%C)
      by (intros; rewrite conj_times; f_equal; parts_ring).
    set (a := csum Ls _). set (b := csum Ls _). set (c := csum Ls _). clearbody a b c.
    parts_ring.
  - intros l _. rewrite square_outer, outer_square.
    rewrite (product_ext (snd l) (snd l) _ (outer x (cact (snd l) y))), product_outer;
      [ | reflexivity | intros; apply outer_product ].
    unfold outer. parts_ring.
Qed.

(* <u, A' v> = <A u, v>. *)
Lemma dot_adjoint : forall A u v, csum s (fun i => Cconj (u i) * cact (adjoint A) v i)%C
  = csum s (fun i => Cconj (cact A u i) * v i)%C.
Proof.
  intros A u v. unfold cact, adjoint.
  rewrite (csum_ext s _ (fun i => csum s (fun j => Cconj (u i) * (Cconj (A j i) * v j)))%C)
    by (intros; symmetry; apply csum_times).
  rewrite csum_swap. apply csum_ext. intros j _. rewrite csum_conj, Cmult_comm, <- csum_times.
  apply csum_ext. intros i _. rewrite conj_times. ring.
Qed.

(* The mean of -iH has no real part, and that of -r L'L/2 is -r |L x|^2/2. *)
Lemma jumps_balance : forall H Ls x, hermitian H ->
  2 * re_dot s x (push H Ls x) + sum Ls (fun l => fst l * cnorm2 s (cact (snd l) x) ^ 2) = 0.
Proof.
  intros H Ls x HH.
  set (q := csum s (fun i => Cconj (x i) * cact H x i)%C).
  assert (Hq : snd q = 0).
  { assert (E : q = Cconj q); [ | apply (f_equal snd) in E; simpl in E; simpl; lra ].
    unfold q at 1. rewrite (csum_ext s _ (fun i => Cconj (x i) * cact (adjoint H) x i)%C).
    - rewrite dot_adjoint. unfold q. rewrite csum_conj. apply csum_ext. intros i _.
      rewrite conj_times, conj_conj. ring.
    - intros i Hi. f_equal. apply csum_ext. intros j Hj. rewrite (HH i j Hi Hj). reflexivity. }
  assert (E : csum s (fun i => Cconj (x i) * push H Ls x i)%C = (- Ci * q + RtoC (- / 2)
    * csum Ls (fun l => RtoC (fst l)
      * csum s (fun i => Cconj (cact (snd l) x i) * cact (snd l) x i)))%C).
  { unfold push. rewrite (csum_ext s _ (fun i => - Ci * (Cconj (x i) * cact H x i)
      + RtoC (- / 2) * csum Ls (fun l => RtoC (fst l)
        * (Cconj (x i) * cact (adjoint (snd l)) (cact (snd l) x) i)))%C).
    - rewrite csum_plus, !csum_times, csum_swap. fold q. f_equal. f_equal. apply csum_ext.
      intros l _. rewrite csum_times, dot_adjoint. reflexivity.
    - intros i _. rewrite Cmult_plus_distr_l. f_equal; [ ring | ].
      rewrite (csum_ext Ls (fun l => _ * (_ * _))%C (fun l => Cconj (x i) * (RtoC (fst l)
        * cact (adjoint (snd l)) (cact (snd l) x) i))%C) by (intros; ring).
      rewrite csum_times. ring. }
  unfold re_dot. rewrite E. clear E. set (z := csum Ls _).
  replace (sum Ls _) with (fst z)
    by (apply sum_ext; intros; rewrite <- re_dot_self; unfold re_dot; simpl; ring).
  clearbody q z. destruct q as [a b]. simpl in Hq. subst b. simpl. field.
Qed.

Lemma cact_bounded : forall A, exists g, 0 <= g /\ forall x, cnorm2 s (cact A x) <= g * cnorm2 s x.
Proof.
  intros A. exists (norm2 s (fun i => cnorm2 s (A i))). split; [ apply norm2_not_negative | ].
  intros x. rewrite Rmult_comm, <- (Rabs_pos_eq (cnorm2 s x)) by apply cnorm2_not_negative.
  rewrite <- norm2_times. apply norm2_monotone. intros i _. split; [ apply Cmod_ge_0 | ].
  rewrite Rmult_comm. apply csum_cauchy_schwarz.
Qed.

Lemma push_bounded : forall H Ls, exists g, 0 <= g /\
  forall x, cnorm2 s (push H Ls x) <= g * cnorm2 s x.
Proof.
  intros H Ls. pose proof (cnorm2_is_norm s) as HN. induction Ls as [ | [r L] Ls [g [Hg IH]] ].
  - destruct (cact_bounded H) as [g [Hg HH]]. exists g. split; [ exact Hg | ]. intros x.
    rewrite (cnorm2_ext s _ (fun i => - Ci * cact H x i)%C) by parts_ring.
    rewrite cnorm2_times, Cmod_opp. replace (Cmod Ci) with 1; [ rewrite Rmult_1_l; apply HH | ].
    unfold Cmod, Ci. simpl. rewrite <- sqrt_1 at 1. f_equal. ring.
  - destruct (cact_bounded L) as [a [Ha HL]]. destruct (cact_bounded (adjoint L)) as [b [Hb HL']].
    exists (g + Rabs (- / 2 * r) * (b * a)). split.
    { pose proof (Rabs_pos (- / 2 * r)). assert (0 <= b * a) by nra. nra. }
    intros x. set (z := cact (adjoint L) (cact L x)).
    pose proof (norm_times s _ HN (- / 2 * r) z _ (fun j _ => eq_refl)) as H1.
    assert (H2 : cnorm2 s (push H ((r, L) :: Ls) x)
      <= cnorm2 s (push H Ls x) + cnorm2 s (fun i => RtoC (- / 2 * r) * z i)%C).
    { apply (norm_sum s _ HN). intros i _. unfold push. rewrite csum_first, RtoC_mult.
      cbn [fst snd]. fold z. ring. }
    specialize (HL x). specialize (HL' (cact L x)). specialize (IH x). fold z in HL'.
    assert (cnorm2 s z <= b * (a * cnorm2 s x)) by nra.
    assert (Rabs (- / 2 * r) * cnorm2 s z <= Rabs (- / 2 * r) * (b * (a * cnorm2 s x)))
      by (apply Rmult_le_compat_l; [ apply Rabs_pos | assumption ]).
    lra.
Qed.

(* |x + h push x|^2 + h sum of r |L x|^2 is |x|^2 to first order. *)
Lemma step_of_vector : forall H Ls g h x, hermitian H -> 0 <= g ->
  cnorm2 s (push H Ls x) <= g * cnorm2 s x ->
  cnorm2 s (fun i => x i + RtoC h * push H Ls x i)%C ^ 2
    + h * sum Ls (fun l => fst l * cnorm2 s (cact (snd l) x) ^ 2)
  <= (1 + g ^ 2 * h ^ 2) * cnorm2 s x ^ 2.
Proof.
  intros H Ls g h x HH Hg Hx. rewrite cnorm2_of_sum.
  assert (h * (2 * re_dot s x (push H Ls x)
    + sum Ls (fun l => fst l * cnorm2 s (cact (snd l) x) ^ 2)) = 0)
    by (rewrite jumps_balance by exact HH; ring).
  assert (H1 : cnorm2 s (push H Ls x) ^ 2 <= (g * cnorm2 s x) ^ 2)
    by (apply pow_incr; split; [ apply cnorm2_not_negative | exact Hx ]).
  assert (h ^ 2 * cnorm2 s (push H Ls x) ^ 2 <= h ^ 2 * (g * cnorm2 s x) ^ 2)
    by (apply Rmult_le_compat_l; [ apply pow2_ge_0 | exact H1 ]).
  rewrite Rpow_mult_distr in *. lra.
Qed.

Theorem schroedinger_does_not_enlarge : forall H, hermitian H ->
  does_not_enlarge (cnorm2 s) (schroedinger H).
Proof.
  intros H HH. destruct (push_bounded H nil) as [g [Hg Hx]].
  apply (second_order_is_enough _ _ (g ^ 2)); [ nra | apply cnorm2_not_negative | ].
  intros x h Hh. pose proof (step_of_vector H nil g h x HH Hg (Hx x)) as H1.
  rewrite (cnorm2_ext s _ (fun i => x i + RtoC h * push H nil x i)%C)
    by (intros; rewrite schroedinger_push; reflexivity).
  simpl sum in H1. rewrite Rmult_0_r, Rplus_0_r in H1.
  assert (H2 : 1 <= 1 + g ^ 2 * h ^ 2) by nra.
  pose proof (cnorm2_not_negative s x). apply at_most_by_squares; [ nra | ].
  eapply Rle_trans; [ exact H1 | ]. rewrite Rpow_mult_distr.
  apply Rmult_le_compat_r; [ apply pow2_ge_0 | nra ].
Qed.
End Matrices.
