(* The master equation does not enlarge the trace norm: what "The lemma" of docs/certificates.md
   asks of it. By short steps, without the theory of semigroups.

   1 + h master, taken over to K in Re Tr(K' M), makes of a K that enlarges no vector one that
   enlarges vectors by terms of the second order only. *)
From Contraction Require Import Sums Norms Vectors Matrices Trace.
Open Scope R_scope.

Section Master.
Context {I : Type} (s : list I).
Notation matrix := (I -> I -> C).
Implicit Types (A H K M : matrix) (Ls : list (R * matrix)) (x y : I -> C).

(* Linear, with a map of K that takes its place in Re Tr(K' M). *)
Definition tame (T : matrix -> matrix) : Prop :=
  (forall c u v w, (forall i j, In i s -> In j s -> w i j = u i j + RtoC c * v i j)%C ->
    forall i j, In i s -> In j s -> T w i j = T u i j + RtoC c * T v i j)%C /\
  exists D, forall K M, cpairing s K (T M) = cpairing s (D K) M.

Lemma left_tame : forall A, tame (product s A).
Proof.
  intros A. split.
  - intros c u v w E i j Hi Hj. unfold product. rewrite <- csum_times, <- csum_plus.
    apply csum_ext. intros k Hk. rewrite (E k j Hk Hj). ring.
  - exists (product s (adjoint A)). intros K M. unfold cpairing.
    rewrite (sum_ext s _ (fun i => sum s (fun k => sum s (fun j =>
      fst (Cconj (K i j) * (A i k * M k j))%C)))).
    + rewrite sum_swap. apply sum_ext. intros k _. rewrite sum_swap. apply sum_ext. intros j _.
      unfold product. rewrite csum_conj, Cmult_comm, <- csum_times. apply sum_ext. intros i _.
      unfold adjoint. simpl. ring.
    + intros i _. rewrite sum_swap. apply sum_ext. intros j _. unfold product.
      rewrite <- csum_times. reflexivity.
Qed.

Lemma right_tame : forall A, tame (fun M => product s M A).
Proof.
  intros A. split.
  - intros c u v w E i j Hi Hj. unfold product. rewrite <- csum_times, <- csum_plus.
    apply csum_ext. intros k Hk. rewrite (E i k Hi Hk). ring.
  - exists (fun K => product s K (adjoint A)). intros K M. apply sum_ext. intros i _.
    rewrite (sum_ext s _ (fun j => sum s (fun k => fst (Cconj (K i j) * (M i k * A k j))%C))).
    + rewrite sum_swap. apply sum_ext. intros k _.
      unfold product. rewrite csum_conj, Cmult_comm, <- csum_times. apply sum_ext. intros j _.
      unfold adjoint. simpl. ring.
    + intros j _. unfold product. rewrite <- csum_times. reflexivity.
Qed.

Lemma tame_after_tame : forall T T', tame T -> tame T' -> tame (fun M => T (T' M)).
Proof.
  intros T T' [H1 [D HD]] [H1' [D' HD']]. split.
  - intros c u v w E. apply H1. apply H1'. exact E.
  - exists (fun K => D' (D K)). intros K M. rewrite HD, HD'. reflexivity.
Qed.

Lemma tame_plus : forall c T T', tame T -> tame T' -> tame (fun M i j => T M i j + c * T' M i j)%C.
Proof.
  intros c T T' [H1 [D HD]] [H1' [D' HD']]. split.
  - intros a u v w E i j Hi Hj. rewrite (H1 a u v w E i j Hi Hj), (H1' a u v w E i j Hi Hj). ring.
  - exists (fun K i j => D K i j + RtoC 1 * D' (fun i j => Cconj c * K i j) i j)%C. intros K M.
    rewrite (cpairing_swap s (fun i j => _ + _)%C), cpairing_sum, !(cpairing_swap s M),
      <- HD, <- HD'.
    unfold cpairing. rewrite <- sum_times, <- sum_plus. apply sum_ext. intros i _.
    rewrite <- sum_times, <- sum_plus. apply sum_ext. intros j _. simpl. ring.
Qed.

Lemma zero_tame : tame (fun _ _ _ => RtoC 0).
Proof.
  split; [ intros; ring | ]. exists (fun _ _ _ => RtoC 0). intros K M.
  apply sum_ext. intros i _. apply sum_ext. intros j _. simpl. ring.
Qed.

Lemma tame_ext : forall T T', (forall M i j, T M i j = T' M i j) -> tame T -> tame T'.
Proof.
  intros T T' E [H1 [D HD]]. split.
  - intros c u v w Hw i j Hi Hj. rewrite <- !E. apply H1; assumption.
  - exists D. intros K M. rewrite <- HD. apply cpairing_ext; intros; rewrite ?E; reflexivity.
Qed.

Lemma master_tame : forall H Ls, tame (master s H Ls).
Proof.
  intros H Ls. induction Ls as [ | [r L] Ls IH ].
  - apply (tame_ext (fun M i j => (0 + - Ci * product s H M i j)%C + Ci * product s M H i j)%C);
      [ unfold master; parts_ring | ].
    repeat apply tame_plus; [ apply zero_tame | apply left_tame | apply right_tame ].
  - apply (tame_ext (fun M i j => ((master s H Ls M i j
      + RtoC r * product s L (product s M (adjoint L)) i j)
      + RtoC (- r / 2) * product s (product s (adjoint L) L) M i j)
      + RtoC (- r / 2) * product s M (product s (adjoint L) L) i j)%C).
    + intros M i j. unfold master. rewrite csum_first. set (z := csum Ls _). clearbody z.
      cbn [fst snd]. unfold Rdiv. rewrite RtoC_mult, RtoC_opp. ring.
    + repeat apply tame_plus; [ exact IH | | apply left_tame | apply right_tame ].
      apply (tame_after_tame (product s L) (fun M => product s M (adjoint L)));
        [ apply left_tame | apply right_tame ].
Qed.

Lemma cpairing_of_list : forall {T} (r : list T) (c : T -> R) (M : T -> matrix) K,
  cpairing s K (fun i j => csum r (fun l => RtoC (c l) * M l i j)%C)
  = sum r (fun l => c l * cpairing s K (M l)).
Proof.
  intros T r c M K. induction r as [ | l r IH ]; simpl.
  - rewrite (cpairing_ext s K K _ (fun i j => RtoC 0 * K i j)%C), cpairing_times_right;
      [ ring | reflexivity | parts_ring ].
  - rewrite <- IH, Rplus_comm, <- cpairing_sum. apply cpairing_ext; [ reflexivity | ].
    intros. rewrite csum_first. apply Cplus_comm.
Qed.

(* The step of |x><y| is |x + h push x><y + h push y| and what jumps, to first order. *)
Lemma step_of_outer : forall H Ls K x y h, hermitian s H ->
  cpairing s K (outer x y) + h * cpairing s K (master s H Ls (outer x y))
  = cpairing s K (outer (fun i => x i + RtoC h * push s H Ls x i)%C
      (fun i => y i + RtoC h * push s H Ls y i)%C)
    + h * sum Ls (fun l => fst l * cpairing s K (outer (cact s (snd l) x) (cact s (snd l) y)))
    - h ^ 2 * cpairing s K (outer (push s H Ls x) (push s H Ls y)).
Proof.
  intros H Ls K x y h HH.
  assert (E : cpairing s K (master s H Ls (outer x y)) =
    cpairing s K (outer (push s H Ls x) y) + 1 * cpairing s K (outer x (push s H Ls y))
    + 1 * sum Ls (fun l => fst l * cpairing s K (outer (cact s (snd l) x) (cact s (snd l) y)))).
  { rewrite <- cpairing_of_list, <- !cpairing_sum. apply cpairing_ext; [ reflexivity | ].
    intros i j Hi Hj. rewrite master_outer by assumption. ring. }
  assert (E' : cpairing s K (outer (fun i => x i + RtoC h * push s H Ls x i)%C
      (fun i => y i + RtoC h * push s H Ls y i)%C)
    = cpairing s K (outer x y) + h * cpairing s K (outer (push s H Ls x) y)
      + h * cpairing s K (outer x (push s H Ls y))
      + h ^ 2 * cpairing s K (outer (push s H Ls x) (push s H Ls y))).
  { rewrite <- !cpairing_sum. apply cpairing_ext; [ reflexivity | ].
    intros i j _ _. unfold outer. set (p := push s H Ls x i). set (q := push s H Ls y j).
    clearbody p q. parts_ring. }
  rewrite E, E'. ring.
Qed.

Lemma step_bounded : forall H Ls K g h x y, hermitian s H -> (forall l, In l Ls -> 0 <= fst l) ->
  0 <= g -> (forall x, cnorm2 s (push s H Ls x) <= g * cnorm2 s x) -> 0 < h ->
  cform_bounded s 1 K ->
  cpairing s K (outer x y) + h * cpairing s K (master s H Ls (outer x y))
  <= (1 + 2 * g ^ 2 * h ^ 2) * (cnorm2 s x * cnorm2 s y).
Proof.
  intros H Ls K g h x y HH HL Hg Hpush Hh HK. rewrite step_of_outer by exact HH.
  set (u := fun i => (x i + _)%C). set (w := fun i => (y i + _)%C).
  set (a := fun (z : I -> C) (l : R * matrix) => sqrt (fst l) * cnorm2 s (cact s (snd l) z)).
  assert (Ha : forall z, norm2 Ls (a z) ^ 2
    = sum Ls (fun l => fst l * cnorm2 s (cact s (snd l) z) ^ 2)).
  { intros z. rewrite norm2_squared. apply sum_ext. intros l Hl. unfold a.
    rewrite Rpow_mult_distr, pow2_sqrt by (apply HL; exact Hl). reflexivity. }
  assert (H1 : cpairing s K (outer u w) <= cnorm2 s u * cnorm2 s w)
    by (rewrite <- (Rmult_1_l (_ * _)); apply HK).
  assert (H2 : sum Ls (fun l => fst l * cpairing s K (outer (cact s (snd l) x) (cact s (snd l) y)))
    <= norm2 Ls (a x) * norm2 Ls (a y)).
  { eapply Rle_trans; [ | apply cauchy_schwarz ]. apply sum_le. intros l Hl. unfold a.
    replace (sqrt (fst l) * cnorm2 s (cact s (snd l) x)
      * (sqrt (fst l) * cnorm2 s (cact s (snd l) y))) with (sqrt (fst l) * sqrt (fst l)
      * (1 * (cnorm2 s (cact s (snd l) x) * cnorm2 s (cact s (snd l) y)))) by ring.
    rewrite sqrt_sqrt by (apply HL; exact Hl).
    apply Rmult_le_compat_l; [ apply HL; exact Hl | apply HK ]. }
  assert (H3 : - cpairing s K (outer (push s H Ls x) (push s H Ls y))
    <= g ^ 2 * (cnorm2 s x * cnorm2 s y)).
  { pose proof (bounded_times s 1 (-1) K HK (push s H Ls x) (push s H Ls y)) as H3.
    rewrite cpairing_times, Rabs_m1 in H3.
    assert (cnorm2 s (push s H Ls x) * cnorm2 s (push s H Ls y)
      <= (g * cnorm2 s x) * (g * cnorm2 s y))
      by (apply Rmult_le_compat; try apply cnorm2_not_negative; apply Hpush). lra. }
  set (q := 1 + g ^ 2 * h ^ 2).
  assert (Hq : 0 <= q) by (unfold q; nra).
  assert (Hstep : forall z, cnorm2 s (fun i => z i + RtoC h * push s H Ls z i)%C ^ 2
    + (sqrt h * norm2 Ls (a z)) ^ 2 <= q * cnorm2 s z ^ 2).
  { intros z. rewrite Rpow_mult_distr, pow2_sqrt, Ha by lra.
    apply step_of_vector; [ exact HH | exact Hg | apply Hpush ]. }
  assert (H4 : cnorm2 s u * cnorm2 s w + sqrt h * norm2 Ls (a x) * (sqrt h * norm2 Ls (a y))
    <= q * (cnorm2 s x * cnorm2 s y)).
  { pose proof (cnorm2_not_negative s x). pose proof (cnorm2_not_negative s y).
    eapply Rle_trans; [ apply sqrt_cauchy | ]. rewrite !Rsqr_pow2, <- sqrt_mult_alt by nra.
    rewrite <- (sqrt_pow2 (q * _)) by (apply Rmult_le_pos; nra).
    apply sqrt_le_1_alt. replace ((q * (cnorm2 s x * cnorm2 s y)) ^ 2)
      with ((q * cnorm2 s x ^ 2) * (q * cnorm2 s y ^ 2)) by ring.
    apply Rmult_le_compat; try apply Hstep; apply Rplus_le_le_0_compat; apply pow2_ge_0. }
  replace (sqrt h * norm2 Ls (a x) * (sqrt h * norm2 Ls (a y)))
    with (sqrt h * sqrt h * (norm2 Ls (a x) * norm2 Ls (a y))) in H4 by ring.
  rewrite sqrt_sqrt in H4 by lra.
  apply (Rmult_le_compat_l h) in H2; [ | lra ].
  apply (Rmult_le_compat_l (h ^ 2)) in H3; [ | apply pow2_ge_0 ].
  unfold q in H4. lra.
Qed.

(* The master equation on functions of pairs of indices. *)
Definition master_on_pairs H Ls (m : I * I -> C) (p : I * I) : C :=
  master s H Ls (fun i j => m (i, j)) (fst p) (snd p).

Lemma master_linear : forall H Ls, linear_on (list_prod s s) (master_on_pairs H Ls).
Proof.
  intros H Ls c u v w E [i j] Hij. apply in_prod_iff in Hij.
  apply (master_tame H Ls); try apply Hij. intros k l Hk Hl. apply E, in_prod; assumption.
Qed.

Theorem master_does_not_enlarge : forall H Ls, hermitian s H -> (forall l, In l Ls -> 0 <= fst l) ->
  does_not_enlarge (fun m => ctrace_norm s (fun i j => m (i, j))) (master_on_pairs H Ls).
Proof.
  intros H Ls HH HL. destruct (push_bounded s H Ls) as [g [Hg Hpush]].
  destruct (proj2 (master_tame H Ls)) as [D HD].
  apply (second_order_is_enough _ _ (2 * g ^ 2));
    [ nra | intros; apply trace_norm_not_negative | ].
  intros m h Hh. apply trace_norm_at_most. intros K HK.
  assert (Hback : forall M, cpairing s K M + h * cpairing s K (master s H Ls M)
    = cpairing s (fun i j => K i j + RtoC h * D K i j)%C M).
  { intros M. rewrite (cpairing_swap s (fun i j => _ + _)%C), cpairing_sum, !(cpairing_swap s M).
    rewrite HD. reflexivity. }
  set (M := fun i j => m (i, j)).
  change (cpairing s K (fun i j => M i j + RtoC h * master s H Ls M i j)%C
    <= (1 + 2 * g ^ 2 * h ^ 2) * ctrace_norm s M).
  rewrite cpairing_sum, Hback.
  apply bounded_pairing; [ nra | ]. intros x y. rewrite <- Hback.
  apply step_bounded; assumption.
Qed.
End Master.
