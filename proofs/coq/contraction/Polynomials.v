(* The loss of paths that are polynomials on their segments: S4 and S5 of docs/certificates.md.

   On a segment from t0 of the length h the path is the sum of y_k u^k with u = (t - t0)/h, k < n;
   the coefficients of its defect are those that a checker computes. *)
From Contraction Require Import Sums Calculus Norms Lemma Segment.
Open Scope R_scope.

Definition polynomial_path {J} (y : nat -> J -> C) (n : nat) (t0 h t : R) (j : J) : C :=
  csum (seq 0 n) (fun k => RtoC (((t - t0) / h) ^ k) * y k j)%C.

Definition polynomial_speed {J} (y : nat -> J -> C) (n : nat) (t0 h t : R) (j : J) : C :=
  csum (seq 0 n) (fun k => RtoC (INR k / h * ((t - t0) / h) ^ Nat.pred k) * y k j)%C.

Section Polynomials.
Context {J : Type} (s : list J) (N : (J -> C) -> R) (HN : norm_on s N).

Lemma polynomial_path_moves : forall y n t0 h a b,
  moves s (polynomial_path y n t0 h) (polynomial_speed y n t0 h) a b.
Proof.
  intros y n t0 h a b j c _.
  assert (H : forall t, is_derive (fun u => part c (polynomial_path y n t0 h u j)) t
    (part c (polynomial_speed y n t0 h t j))).
  { intros t. unfold polynomial_path, polynomial_speed. rewrite part_csum.
    apply (is_derive_ext (fun u => sum (seq 0 n) (fun k => ((u - t0) / h) ^ k * part c (y k j)))).
    { intros u. rewrite part_csum. apply sum_ext. intros k _. rewrite part_times. reflexivity. }
    apply derivative_of_sum. intros k. rewrite part_times.
    apply (is_derive_ext (fun u => part c (y k j) * ((u - t0) / h) ^ k));
      [ intros; apply Rmult_comm | ]. evar_last.
    - apply (is_derive_scal (fun u => ((u - t0) / h) ^ k)), (is_derive_pow (fun v => (v - t0) / h)).
      apply derivative_of_line.
    - unfold Rdiv. ring. }
  split; [ | intros t _; apply H ].
  apply continuous_everywhere. intros t.
  apply (ex_derive_continuous (fun u => part c (polynomial_path y n t0 h u j))). eexists. apply H.
Qed.

Lemma h_speed : forall (y : nat -> J -> C) n t0 h t j, h <> 0 -> y n j = RtoC 0 ->
  (RtoC h * polynomial_speed y n t0 h t j
   = csum (seq 0 n) (fun k => RtoC (((t - t0) / h) ^ k) * (RtoC (INR (S k)) * y (S k) j)))%C.
Proof.
  intros y n t0 h t j Hh Hn. unfold polynomial_speed. set (p := (t - t0) / h).
  rewrite <- csum_times.
  rewrite (csum_ext (seq 0 n) _ (fun k => RtoC (INR k * p ^ Nat.pred k) * y k j)%C)
    by (parts_field; exact Hh).
  assert (H : forall m, (csum (seq 0 m) (fun k => RtoC (p ^ k) * (RtoC (INR (S k)) * y (S k) j))
    = csum (seq 0 m) (fun k => RtoC (INR k * p ^ Nat.pred k) * y k j)
      + RtoC (INR m * p ^ Nat.pred m) * y m j)%C).
  { induction m as [ | m IH ]; [ parts_ring | ]. rewrite !csum_last, IH. simpl Nat.pred.
    rewrite !RtoC_mult. ring. }
  rewrite H, Hn. ring.
Qed.

(* With a constant L. *)
Theorem loss_of_polynomial : forall L X (y : nat -> J -> C) n t0 h u,
  let D k j := (RtoC h * L (y k) j - RtoC (INR (S k)) * y (S k) j)%C in
  0 < h -> 0 <= u <= 1 -> linear_on s L -> does_not_enlarge N L ->
  (forall j, In j s -> y n j = RtoC 0) ->
  moves s X (fun t => L (X t)) t0 (t0 + h) ->
  N (fun j => polynomial_path y n t0 h (t0 + h * u) j - X (t0 + h * u)%R j)%C <=
    N (fun j => polynomial_path y n t0 h t0 j - X t0 j)%C
    + sum (seq 0 n) (fun k => N (D k) * u ^ S k / INR (S k)).
Proof.
  intros L X y n t0 h u D Hh Hu Hlin HL Hn HX.
  rewrite <- (Rplus_0_r (sum _ _)), <- (Rmult_0_l u), <- Rplus_assoc.
  apply (loss_on_segment s N HN (fun _ => L) X _ (polynomial_speed y n t0 h) D
    (fun _ _ => RtoC 0)); try assumption;
    [ intros; split; assumption | apply polynomial_path_moves | ].
  intros t Ht. split; [ apply (norm_zero s N HN); reflexivity | ]. intros j Hj.
  rewrite (linear_combination s L (seq 0 n) (fun k => ((t - t0) / h) ^ k) y
    (polynomial_path y n t0 h t) Hlin (fun j _ => eq_refl) j Hj).
  transitivity (RtoC h * csum (seq 0 n) (fun k => RtoC (((t - t0) / h) ^ k) * L (y k) j)
    + RtoC (-1) * (RtoC h * polynomial_speed y n t0 h t j))%C; [ parts_ring | ].
  rewrite h_speed, <- !csum_times, <- csum_plus, Cplus_0_r;
    [ | lra | apply Hn; exact Hj ].
  apply csum_ext. intros k _. unfold D. parts_ring.
Qed.

(* L holds the time, with the coefficients L_i of (t - t0)^i, i < K, and a remainder. *)
Lemma shifted_by : forall (f : nat -> C) p i n M, (i + n <= M)%nat ->
  (forall k, (n <= k)%nat -> f k = RtoC 0) ->
  csum (seq 0 n) (fun k => RtoC (p ^ (i + k)) * f k)%C
  = csum (seq 0 M) (fun k => RtoC (p ^ k) * if Nat.leb i k then f (k - i)%nat else RtoC 0)%C.
Proof.
  intros f p i n M HM Hf.
  assert (Hshift : forall a l (g : nat -> C),
    csum (seq (i + a) l) g = csum (seq a l) (fun k => g (i + k)%nat)).
  { intros a l. revert a. induction l as [ | l IH ]; intros a g; [ reflexivity | ]. cbn [seq].
    change (g (i + a)%nat + csum (seq (S (i + a)) l) g
      = g (i + a)%nat + csum (seq (S a) l) (fun k => g (i + k)%nat))%C.
    rewrite <- IH, Nat.add_succ_r. reflexivity. }
  replace M with (i + (n + (M - i - n)))%nat by lia. rewrite seq_app, csum_app.
  rewrite (csum_zero (seq 0 i)), Cplus_0_l.
  2: { intros k Hk. apply in_seq in Hk. destruct (Nat.leb_spec i k); [ lia | ring ]. }
  replace (0 + i)%nat with (i + 0)%nat by lia. rewrite Hshift, seq_app, csum_app.
  rewrite (csum_zero (seq (0 + n) _)), Cplus_0_r.
  - apply csum_ext. intros k _. destruct (Nat.leb_spec i (i + k)); [ | lia ].
    replace (i + k - i)%nat with k by lia. reflexivity.
  - intros k Hk. apply in_seq in Hk. destruct (Nat.leb_spec i (i + k)); [ | lia ].
    replace (i + k - i)%nat with k by lia. rewrite (Hf k) by lia. ring.
Qed.

Theorem loss_of_timed_polynomial : forall L Li K X (y : nat -> J -> C) n t0 h R u,
  let D k j := (csum (seq 0 K)
    (fun i => if Nat.leb i k then RtoC (h ^ S i) * Li i (y (k - i)%nat) j else RtoC 0)
    - RtoC (INR (S k)) * y (S k) j)%C in
  let Y := polynomial_path y n t0 h in
  0 < h -> 0 <= u <= 1 ->
  (forall t, t0 < t < t0 + h -> linear_on s (L t) /\ does_not_enlarge N (L t)) ->
  (forall i, linear_on s (Li i)) ->
  (forall t, t0 < t < t0 + h -> N (fun j => RtoC h * (L t (Y t) j
    - csum (seq 0 K) (fun i => RtoC ((t - t0) ^ i) * Li i (Y t) j)))%C <= R) ->
  (forall k j, (n <= k)%nat -> In j s -> y k j = RtoC 0) ->
  moves s X (fun t => L t (X t)) t0 (t0 + h) ->
  N (fun j => Y (t0 + h * u)%R j - X (t0 + h * u)%R j)%C <= N (fun j => Y t0 j - X t0 j)%C
    + sum (seq 0 (K + n)) (fun k => N (D k) * u ^ S k / INR (S k)) + R * u.
Proof.
  intros L Li K X y n t0 h R u D Y Hh Hu HL HLi HR Hy HX.
  apply (loss_on_segment s N HN L X Y (polynomial_speed y n t0 h) D (fun t j =>
    RtoC h * (L t (Y t) j - csum (seq 0 K) (fun i => RtoC ((t - t0) ^ i) * Li i (Y t) j)))%C);
    try assumption; [ apply polynomial_path_moves | ].
  intros t Ht. split; [ apply HR; exact Ht | ]. intros j Hj.
  set (p := (t - t0) / h). set (c i k := (if Nat.leb i k
    then RtoC (h ^ S i) * Li i (y (k - i)%nat) j else RtoC 0)%C).
  assert (Htp : t - t0 = h * p) by (unfold p; field; lra).
  assert (H1 : (RtoC h * csum (seq 0 K) (fun i => RtoC ((t - t0) ^ i) * Li i (Y t) j)
    = csum (seq 0 (K + n)) (fun k => RtoC (p ^ k) * csum (seq 0 K) (fun i => c i k)))%C).
  { rewrite (csum_ext (seq 0 (K + n)) _ _ (fun k _ => eq_sym (csum_times _ _ _))).
    rewrite csum_swap, <- csum_times. apply csum_ext. intros i Hi. apply in_seq in Hi.
    unfold c. rewrite <- (shifted_by (fun k => RtoC (h ^ S i) * Li i (y k) j)%C p i n); [ | lia | ].
    - rewrite (linear_combination s (Li i) (seq 0 n) (fun k => p ^ k) y (Y t) (HLi i)
        (fun j _ => eq_refl) j Hj), Htp, <- !csum_times.
      apply csum_ext. intros k _. rewrite Rpow_mult_distr, pow_add. simpl pow.
      rewrite !RtoC_mult. ring.
    - intros k Hk. rewrite (linear_zero s (Li i) (y k) (HLi i)); [ ring | | exact Hj ].
      intros; apply Hy; assumption. }
  assert (H2 : (RtoC h * polynomial_speed y n t0 h t j
    = csum (seq 0 (K + n)) (fun k => RtoC (p ^ k) * (RtoC (INR (S k)) * y (S k) j)))%C).
  { rewrite h_speed; [ | lra | apply Hy; [ apply le_n | exact Hj ] ].
    rewrite Nat.add_comm, seq_app, csum_app, (csum_zero (seq (0 + n) K)), Cplus_0_r;
      [ reflexivity | ].
    intros k Hk. apply in_seq in Hk. rewrite (Hy (S k) j) by (try lia; exact Hj). ring. }
  rewrite (csum_ext _ (fun k => RtoC (p ^ k) * D k j)%C (fun k => RtoC (p ^ k) * csum (seq 0 K)
    (fun i => c i k) + RtoC (-1) * (RtoC (p ^ k) * (RtoC (INR (S k)) * y (S k) j)))%C).
  - rewrite csum_plus, csum_times, <- H1, <- H2. parts_ring.
  - intros k _. change (D k j) with (csum (seq 0 K) (fun i => c i k)
      - RtoC (INR (S k)) * y (S k) j)%C. generalize (csum (seq 0 K) (fun i => c i k)). parts_ring.
Qed.

(* The distance at the end of a path of polynomials. *)
Theorem loss_of_path : forall L X (T h : nat -> R) (y : nat -> nat -> J -> C) (n : nat -> nat) m,
  let D k i j := (RtoC (h k) * L (y k i) j - RtoC (INR (S i)) * y k (S i) j)%C in
  let Y k := polynomial_path (y k) (n k) (T k) (h k) in
  linear_on s L -> does_not_enlarge N L ->
  (forall k, (k <= m)%nat -> 0 < h k /\ T (S k) = T k + h k /\
    (forall j, In j s -> y k (n k) j = RtoC 0) /\
    moves s X (fun t => L (X t)) (T k) (T (S k))) ->
  N (fun j => Y m (T (S m)) j - X (T (S m)) j)%C <=
    N (fun j => Y 0%nat (T 0%nat) j - X (T 0%nat) j)%C
    + sum (seq 0 (S m)) (fun k => sum (seq 0 (n k)) (fun i => N (D k i) / INR (S i)))
    + sum (seq 0 m) (fun k => N (fun j => Y (S k) (T (S k)) j - Y k (T (S k)) j)%C).
Proof.
  intros L X T h y n m D Y Hlin HL H.
  apply (lemma_over_pieces s N HN T X Y
    (fun k => sum (seq 0 (n k)) (fun i => N (D k i) / INR (S i)))).
  intros k Hk. destruct (H k Hk) as [Hh [HT [Hn HX]]]. rewrite HT in HX.
  pose proof (loss_of_polynomial L X (y k) (n k) (T k) (h k) 1 Hh ltac:(lra) Hlin HL Hn HX) as H1.
  rewrite Rmult_1_r, <- HT in H1. eapply Rle_trans; [ exact H1 | ].
  apply Rplus_le_compat_l. right. apply sum_ext. intros i _. rewrite pow1, Rmult_1_r. reflexivity.
Qed.
End Polynomials.
