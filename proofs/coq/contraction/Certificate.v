(* What a file proves: the lemma of docs/certificates.md for the equation of Schroedinger and for
   the master equation, and with S5 the sum over its segments and jumps for constant coefficients.

   That there is a truth X is not proved here, nor anything of modes without a last level (S6). *)
From Contraction Require Import Sums Calculus Norms Lemma Polynomials Vectors Matrices Trace Master.
Open Scope R_scope.

(* A path of matrices moves as one of functions of pairs of indices. *)
Definition matrix_moves {I} (s : list I) (Y Y' : R -> I -> I -> C) (a b : R) : Prop :=
  moves (list_prod s s) (fun t p => Y t (fst p) (snd p)) (fun t p => Y' t (fst p) (snd p)) a b.

Section Certificate.
Context {I : Type} (s : list I).
Notation matrix := (I -> I -> C).

Theorem lemma_for_complex_vectors : forall (H : R -> matrix) X Y Y' D G (rate : R -> R) a b,
  a <= b -> (forall t, a < t < b -> hermitian s (H t)) ->
  moves s X (fun t => schroedinger s (H t) (X t)) a b -> moves s Y Y' a b ->
  (forall t i, a < t < b -> In i s -> D t i = (schroedinger s (H t) (Y t) i - Y' t i)%C) ->
  continuous_from_to a b G -> (forall t, a < t < b -> is_derive G t (rate t)) ->
  (forall t, a < t < b -> cnorm2 s (D t) <= rate t) ->
  cnorm2 s (fun i => (Y b i - X b i)%C) <= cnorm2 s (fun i => (Y a i - X a i)%C) + (G b - G a).
Proof.
  intros H X Y Y' D G rate a b Hab HH HX HY HD HG Hrate Hsmall.
  apply (lemma_on_piece s _ (cnorm2_is_norm s) (fun t => schroedinger s (H t)) X Y Y' D G rate);
    try assumption.
  - intros. apply schroedinger_linear.
  - intros t Ht. apply schroedinger_does_not_enlarge, HH, Ht.
  - intros t Ht i Hi. apply HD; assumption.
Qed.

(* In the trace norm; H, the rates and the jumps may hold the time. *)
Theorem lemma_for_complex_densities : forall (H : R -> matrix) Ls X Y Y' D F (rate : R -> R) a b,
  a <= b ->
  (forall t, a < t < b -> hermitian s (H t) /\ forall l, In l (Ls t) -> 0 <= fst l) ->
  matrix_moves s X (fun t => master s (H t) (Ls t) (X t)) a b -> matrix_moves s Y Y' a b ->
  (forall t i j, a < t < b -> In i s -> In j s ->
    D t i j = (master s (H t) (Ls t) (Y t) i j - Y' t i j)%C) ->
  continuous_from_to a b F -> (forall t, a < t < b -> is_derive F t (rate t)) ->
  (forall t, a < t < b -> ctrace_norm s (D t) <= rate t) ->
  ctrace_norm s (fun i j => (Y b i j - X b i j)%C)
  <= ctrace_norm s (fun i j => (Y a i j - X a i j)%C) + (F b - F a).
Proof.
  intros H Ls X Y Y' D F rate a b Hab HH HX HY HD HF Hrate Hsmall.
  apply (lemma_on_piece (list_prod s s) _ (trace_norm_is_norm s)
    (fun t => master_on_pairs s (H t) (Ls t)) (fun t p => X t (fst p) (snd p))
    (fun t p => Y t (fst p) (snd p)) (fun t p => Y' t (fst p) (snd p))
    (fun t p => D t (fst p) (snd p)) F rate); try assumption.
  - intros. apply master_linear.
  - intros t Ht. apply master_does_not_enlarge; apply (HH t Ht).
  - intros t Ht [i j] Hp. apply in_prod_iff in Hp. apply HD; tauto.
Qed.

Definition cpolynomial_matrix (y : nat -> matrix) (n : nat) (t0 h t : R) : matrix := fun i j =>
  csum (seq 0 n) (fun k => RtoC (((t - t0) / h) ^ k) * y k i j)%C.

(* The path is y k 0 + y k 1 u + ... with u = (t - T k)/h k on the segment k from T k to
   T (k + 1) = T k + h k; the coefficients of its defect in u are D k 0, D k 1, ... *)
Theorem certificate_of_vector : forall (H : matrix) X (T h : nat -> R)
    (y : nat -> nat -> I -> C) (n : nat -> nat) m,
  let D k i j := (RtoC (h k) * schroedinger s H (y k i) j - RtoC (INR (S i)) * y k (S i) j)%C in
  let Y k := polynomial_path (y k) (n k) (T k) (h k) in
  hermitian s H ->
  (forall k, (k <= m)%nat -> 0 < h k /\ T (S k) = T k + h k /\
    (forall j, In j s -> y k (n k) j = RtoC 0) /\
    moves s X (fun t => schroedinger s H (X t)) (T k) (T (S k))) ->
  cnorm2 s (fun j => Y m (T (S m)) j - X (T (S m)) j)%C <=
    cnorm2 s (fun j => Y 0%nat (T 0%nat) j - X (T 0%nat) j)%C
    + sum (seq 0 (S m)) (fun k => sum (seq 0 (n k)) (fun i => cnorm2 s (D k i) / INR (S i)))
    + sum (seq 0 m) (fun k => cnorm2 s (fun j => Y (S k) (T (S k)) j - Y k (T (S k)) j)%C).
Proof.
  intros H X T h y n m D Y HH Hk.
  apply (loss_of_path s _ (cnorm2_is_norm s) (schroedinger s H));
    [ apply schroedinger_linear | apply schroedinger_does_not_enlarge; exact HH | exact Hk ].
Qed.

Theorem certificate_of_density : forall (H : matrix) Ls X (T h : nat -> R)
    (y : nat -> nat -> matrix) (n : nat -> nat) m,
  let D k l i j := (RtoC (h k) * master s H Ls (y k l) i j - RtoC (INR (S l)) * y k (S l) i j)%C in
  let Y k := cpolynomial_matrix (y k) (n k) (T k) (h k) in
  hermitian s H -> (forall l, In l Ls -> 0 <= fst l) ->
  (forall k, (k <= m)%nat -> 0 < h k /\ T (S k) = T k + h k /\
    (forall i j, In i s -> In j s -> y k (n k) i j = RtoC 0) /\
    matrix_moves s X (fun t => master s H Ls (X t)) (T k) (T (S k))) ->
  ctrace_norm s (fun i j => Y m (T (S m)) i j - X (T (S m)) i j)%C <=
    ctrace_norm s (fun i j => Y 0%nat (T 0%nat) i j - X (T 0%nat) i j)%C
    + sum (seq 0 (S m)) (fun k => sum (seq 0 (n k)) (fun l => ctrace_norm s (D k l) / INR (S l)))
    + sum (seq 0 m)
        (fun k => ctrace_norm s (fun i j => Y (S k) (T (S k)) i j - Y k (T (S k)) i j)%C).
Proof.
  intros H Ls X T h y n m D Y HH HL Hk.
  apply (loss_of_path (list_prod s s) _ (trace_norm_is_norm s) (master_on_pairs s H Ls)
    (fun t p => X t (fst p) (snd p)) T h (fun k i p => y k i (fst p) (snd p)) n m);
    [ apply master_linear | apply master_does_not_enlarge; assumption | ].
  intros k Hkm. destruct (Hk k Hkm) as [H1 [H2 [H3 H4]]].
  split; [ exact H1 | split; [ exact H2 | split; [ | exact H4 ] ] ].
  intros [i j] Hp. apply in_prod_iff in Hp. apply H3; tauto.
Qed.
End Certificate.
