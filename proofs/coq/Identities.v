(* Written by `qbo coq`; do not edit. Each lemma is the claim of that name, for all real values of its parameters. *)
Require Import Reals Lra Psatz.
Open Scope R_scope.

Ltac above_zero :=
  first [ lra | apply Rplus_lt_le_0_compat; [ above_zero | at_least_zero ] | apply Rplus_lt_0_compat; above_zero
        | apply Rplus_le_lt_0_compat; [ at_least_zero | above_zero ]
        | apply Rmult_lt_0_compat; above_zero | apply pow_lt; above_zero | nra ]
with at_least_zero :=
  first [ lra | apply pow2_ge_0 | apply sqrt_pos
        | match goal with |- 0 <= ?x ^ 4 => replace (x ^ 4) with ((x ^ 2) ^ 2) by ring; apply pow2_ge_0 end
        | apply Rplus_le_le_0_compat; at_least_zero | apply Rmult_le_pos; at_least_zero
        | apply Rlt_le; above_zero | nra ].
Ltac not_zero := repeat split; first [ apply not_eq_sym, Rlt_not_eq; above_zero | intro; nra | nra ].
Ltac turns := repeat progress (rewrite ?sin_2a, ?cos_2a, ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus, ?sin_PI2, ?cos_PI2).
Lemma hyperbola : forall r : R, cosh r ^ 2 = 1 + sinh r ^ 2.
Proof.
  intros; unfold cosh, sinh.
  assert (exp r * exp (- r) = 1) by (rewrite <- exp_plus; replace (r + - r) with 0 by ring; apply exp_0).
  nra.
Qed.

(* With x = g sqrt(N) tau the power of (10) is N sqrt(N) g w0 sin(x)^2/x, for all N, g, w0 and tau. *)
Lemma harmonic_scaling :
  forall N g tau w0 : R, 0 < N -> 0 < g -> 0 < tau -> 0 < w0 -> 
  (((N * w0) * ((sin ((g * (sqrt N)) * tau)) ^ 2)) / tau) = ((((N * (sqrt N)) * g) * w0) * (((sin ((g * (sqrt N)) * tau)) ^ 2) / ((g * (sqrt N)) * tau))).
Proof.
  intros; turns.
  assert (circle_0 : sin ((g * (sqrt N)) * tau) ^ 2 = 1 - cos ((g * (sqrt N)) * tau) ^ 2) by (pose proof (sin2_cos2 ((g * (sqrt N)) * tau)) as turn; unfold Rsqr in turn; lra).
  assert (root_0 : sqrt N ^ 2 = N) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt N) in *.
  first [ ring [circle_0 root_0] | field [circle_0 root_0]; not_zero ].
Qed.

(* With j = N/2 and m = k - N/2 it is (k + 1)(N - k), the coupling b_k of the sector. *)
Lemma spin_sector_coupling :
  forall N k : R, 0 < N -> 
  ((((N / (2)) * ((N / (2)) + (1))) - ((k - (N / (2))) ^ 2)) - (k - (N / (2)))) = ((k + (1)) * (N - k)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The difference of neighbouring squared couplings, of which the second derivative of <k> is made. *)
Lemma spin_coupling_squares :
  forall N k : R, 0 < N -> 
  ((2) * ((((k + (1)) * (N - k)) ^ 2) - ((k * ((N - k) + (1))) ^ 2))) = (((2) * (N - ((2) * k))) * (N + (((2) * k) * (N - k)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The classical coupling is that of (16) with J = (N/2)(sin theta cos phi, sin theta sin phi, cos theta). *)
Lemma spin_classical_coupling :
  forall N g pa pb ta tb : R, 0 < N -> 0 < g -> 
  ((((4) * g) * ((N / (2)) ^ 2)) * (((((sin ta) * (cos pa)) * (sin tb)) * (cos pb)) + ((((sin ta) * (sin pa)) * (sin tb)) * (sin pb)))) = ((((g * (N ^ 2)) * (sin ta)) * (sin tb)) * (cos (pa - pb))).
Proof.
  intros; turns.
  assert (circle_0 : sin ta ^ 2 = 1 - cos ta ^ 2) by (pose proof (sin2_cos2 ta) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin pa ^ 2 = 1 - cos pa ^ 2) by (pose proof (sin2_cos2 pa) as turn; unfold Rsqr in turn; lra).
  assert (circle_2 : sin tb ^ 2 = 1 - cos tb ^ 2) by (pose proof (sin2_cos2 tb) as turn; unfold Rsqr in turn; lra).
  assert (circle_3 : sin pb ^ 2 = 1 - cos pb ^ 2) by (pose proof (sin2_cos2 pb) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1 circle_2 circle_3] | field [circle_0 circle_1 circle_2 circle_3]; not_zero ].
Qed.

(* The energy of (18) over N, in z = cos theta, holds w0 and gN alone. *)
Lemma spin_scaling_form :
  forall N g ma mb pa pb sa sb w0 : R, 0 < N -> 0 < g -> 0 < w0 -> 
  ((((w0 * (ma + (N / (2)))) + (w0 * (mb + (N / (2))))) + ((((g * (N ^ 2)) * sa) * sb) * (cos (pa - pb)))) / N) = ((((w0 * ((1) + (((2) * ma) / N))) / (2)) + ((w0 * ((1) + (((2) * mb) / N))) / (2))) + ((((g * N) * sa) * sb) * (cos (pa - pb)))).
Proof.
  intros; turns.
  assert (circle_0 : sin pa ^ 2 = 1 - cos pa ^ 2) by (pose proof (sin2_cos2 pa) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin pb ^ 2 = 1 - cos pb ^ 2) by (pose proof (sin2_cos2 pb) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* The energy over N, in P = p/sqrt N, Q = q/sqrt N, z = cos theta and s = sin theta, holds w0 and g_N = g sqrt N alone. *)
Lemma dicke_scaling_form :
  forall N g m p phi q s w0 : R, 0 < N -> 0 < g -> 0 < w0 -> 
  (((((w0 / (2)) * ((p ^ 2) + (q ^ 2))) + (w0 * (m + (N / (2))))) + (((((g * (sqrt (2))) * N) * q) * s) * (cos phi))) / N) = ((((w0 / (2)) * (((p / (sqrt N)) ^ 2) + ((q / (sqrt N)) ^ 2))) + ((w0 * ((1) + (((2) * m) / N))) / (2))) + (((((g * (sqrt N)) * (sqrt (2))) * (q / (sqrt N))) * s) * (cos phi))).
Proof.
  intros; turns.
  assert (circle_0 : sin phi ^ 2 = 1 - cos phi ^ 2) by (pose proof (sin2_cos2 phi) as turn; unfold Rsqr in turn; lra).
  assert (root_0 : sqrt (2) ^ 2 = (2)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt N ^ 2 = N) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt (2)) in *.
  set (radical_1 := sqrt N) in *.
  first [ ring [circle_0 root_0 root_1] | field [circle_0 root_0 root_1]; not_zero ].
Qed.

(* c^2 + E^2 = 1 for every pure state, with Schmidt weights 1 - p and p. *)
Lemma capacity_concurrence_pure :
  forall p : R, 0 <= p <= 1 -> 
  ((((1) - ((2) * p)) ^ 2) + ((2) * (((1) - (((1) - p) ^ 2)) - (p ^ 2)))) = (1).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* c^2 + (F3^2 - 1)/2 = 1, with F3^2 = Tr K'K from the amplitudes u = a + i b of |01> and v = x + i y of |10>. *)
Lemma capacity_steering_dynamics :
  forall a b x y : R, 
  (((((((a ^ 2) + (b ^ 2)) + (x ^ 2)) + (y ^ 2)) - ((2) * ((x ^ 2) + (y ^ 2)))) ^ 2) + (((((((((2) * ((a * x) + (b * y))) ^ 2) + (((2) * ((b * x) - (a * y))) ^ 2)) + (((- (2)) * ((b * x) - (a * y))) ^ 2)) + (((2) * ((a * x) + (b * y))) ^ 2)) + ((- ((((a ^ 2) + (b ^ 2)) + (x ^ 2)) + (y ^ 2))) ^ 2)) - (((((a ^ 2) + (b ^ 2)) + (x ^ 2)) + (y ^ 2)) ^ 2)) / (2))) = (((((a ^ 2) + (b ^ 2)) + (x ^ 2)) + (y ^ 2)) ^ 2).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* c^2 + Bmax^2/4 = 2, with the eigenvalues 1 and 4 p (1 - p) of K'K. *)
Lemma capacity_bell_dynamics :
  forall p : R, 0 <= p <= 1 -> 
  ((((1) - ((2) * p)) ^ 2) + ((1) + (((4) * p) * ((1) - p)))) = (2).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* c^2 + C1^2 = 1. *)
Lemma capacity_coherence_dynamics :
  forall p : R, 0 <= p <= 1 -> 
  ((((1) - ((2) * p)) ^ 2) + ((((2) * (sqrt p)) * (sqrt ((1) - p))) ^ 2)) = (1).
Proof.
  intros; turns.
  assert (root_0 : sqrt p ^ 2 = p) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt ((1) - p) ^ 2 = ((1) - p)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt p) in *.
  set (radical_1 := sqrt ((1) - p)) in *.
  first [ ring [root_0 root_1] | field [root_0 root_1]; not_zero ].
Qed.

(* c^2 + I^2 = 1 - 4 delta^2 J1^2 sin^4(Om t)/Om^4. *)
Lemma capacity_imaginarity_dynamics :
  forall J1 delta t : R, 0 < J1 -> 
  ((((1) - ((2) * (((J1 ^ 2) / ((delta ^ 2) + (J1 ^ 2))) * ((sin ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t)) ^ 2)))) ^ 2) + ((((((2) * J1) / (sqrt ((delta ^ 2) + (J1 ^ 2)))) * (sin ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t))) * (cos ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t))) ^ 2)) = ((1) - (((((4) * (delta ^ 2)) * (J1 ^ 2)) * ((sin ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t)) ^ 4)) / ((sqrt ((delta ^ 2) + (J1 ^ 2))) ^ 4))).
Proof.
  intros; turns.
  assert (circle_0 : sin ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t) ^ 2 = 1 - cos ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t) ^ 2) by (pose proof (sin2_cos2 ((sqrt ((delta ^ 2) + (J1 ^ 2))) * t)) as turn; unfold Rsqr in turn; lra).
  assert (root_0 : sqrt ((delta ^ 2) + (J1 ^ 2)) ^ 2 = ((delta ^ 2) + (J1 ^ 2))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt ((delta ^ 2) + (J1 ^ 2))) in *.
  first [ ring [circle_0 root_0] | field [circle_0 root_0]; not_zero ].
Qed.

(* 4 T^2 - c^2 = 1 for the battery's state. *)
Lemma capacity_texture_battery :
  forall p : R, 0 <= p <= 1 -> 
  (((4) * (((((1) / (2)) - p) ^ 2) + (((1) / (2)) ^ 2))) - (((1) - ((2) * p)) ^ 2)) = (1).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* Total capacity minus its parts is 2 (wb + wc)(1 - sqrt(1 - E^2)). *)
Lemma capacity_residual_dynamics :
  forall c wb wc : R, 0 < c -> 0 < wb -> 0 < wc -> 
  ((((2) * (wb + wc)) - (((2) * wb) * c)) - (((2) * wc) * c)) = (((2) * (wb + wc)) * ((1) - (sqrt ((1) - ((2) * (((1) - (((1) - (((1) - c) / (2))) ^ 2)) - ((((1) - c) / (2)) ^ 2))))))).
Proof.
  intros; turns.
  assert (root_0 : sqrt ((1) - ((2) * (((1) - (((1) - (((1) - c) / (2))) ^ 2)) - ((((1) - c) / (2)) ^ 2)))) = c) by (replace ((1) - ((2) * (((1) - (((1) - (((1) - c) / (2))) ^ 2)) - ((((1) - c) / (2)) ^ 2)))) with (c ^ 2) by field; apply sqrt_pow2; lra).
  rewrite root_0.
  first [ ring | field; not_zero ].
Qed.

(* Two populations in the wrong order: their exchange changes the energy by the product of both differences. *)
Lemma capacity_formula_exchange :
  forall e1 e2 l1 l2 : R, 
  (((e2 * l2) + (e1 * l1)) - ((e2 * l1) + (e1 * l2))) = ((e2 - e1) * (l2 - l1)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* What is missing to one, of states of the dynamics with noise n, is a sum of terms that are not negative. *)
Lemma capacity_concurrence_noise :
  forall n p : R, 0 < n -> 0 <= p <= 1 -> 
  (((((1) + n) ^ 2) - (((1) - ((2) * p)) ^ 2)) - (((((2) * (sqrt p)) * (sqrt ((1) - p))) - (n / (2))) ^ 2)) = ((((2) * n) + (((3) * (n ^ 2)) / (4))) + ((((2) * n) * (sqrt p)) * (sqrt ((1) - p)))).
Proof.
  intros; turns.
  assert (root_0 : sqrt p ^ 2 = p) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt ((1) - p) ^ 2 = ((1) - p)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt p) in *.
  set (radical_1 := sqrt ((1) - p)) in *.
  first [ ring [root_0 root_1] | field [root_0 root_1]; not_zero ].
Qed.

(* C falls with E and C1: of two states with p and q, the squares differ by a fixed multiple of those of c. *)
Lemma capacity_monotone :
  forall p q : R, 0 <= p <= 1 -> 0 <= q <= 1 -> 
  ((((4) * p) * ((1) - p)) - (((4) * q) * ((1) - q))) = (- ((((1) - ((2) * p)) ^ 2) - (((1) - ((2) * q)) ^ 2))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* C falls with F3: of two states with p and q, the squares differ by a fixed multiple of those of c. *)
Lemma capacity_monotone_steering :
  forall p q : R, 0 <= p <= 1 -> 0 <= q <= 1 -> 
  (((1) + (((8) * p) * ((1) - p))) - ((1) + (((8) * q) * ((1) - q)))) = ((- (2)) * ((((1) - ((2) * p)) ^ 2) - (((1) - ((2) * q)) ^ 2))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* C falls with Bmax: of two states with p and q, the squares differ by a fixed multiple of those of c. *)
Lemma capacity_monotone_bell :
  forall p q : R, 0 <= p <= 1 -> 0 <= q <= 1 -> 
  (((4) * ((1) + (((4) * p) * ((1) - p)))) - ((4) * ((1) + (((4) * q) * ((1) - q))))) = ((- (4)) * ((((1) - ((2) * p)) ^ 2) - (((1) - ((2) * q)) ^ 2))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* C rises with the battery's T: of two states with p and q, the squares differ by a fixed multiple of those of c. *)
Lemma capacity_monotone_texture :
  forall p q : R, 0 <= p <= 1 -> 0 <= q <= 1 -> 
  ((((((1) / (2)) - p) ^ 2) + ((1) / (4))) - (((((1) / (2)) - q) ^ 2) + ((1) / (4)))) = (((((1) - ((2) * p)) ^ 2) - (((1) - ((2) * q)) ^ 2)) / (4)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* I^2 = 4 p (1 - p/pmax) is the same at p and pmax - p, that is at the phases x and pi/2 - x. *)
Lemma capacity_imaginarity_mirror :
  forall p pm : R, 0 < p -> 0 < pm -> 
  (((4) * p) * ((1) - (p / pm))) = (((4) * (pm - p)) * ((1) - ((pm - p) / pm))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* I^2 = 4 p (1 - p/pmax): it falls from p = pmax/2 on, where c = 1 - 2p falls, too, up to p = 1/2. *)
Lemma capacity_imaginarity_curve :
  forall J1 delta x : R, 0 < J1 -> 
  (((J1 / (sqrt ((delta ^ 2) + (J1 ^ 2)))) * (sin ((2) * x))) ^ 2) = ((((4) * ((J1 ^ 2) / ((delta ^ 2) + (J1 ^ 2)))) * ((sin x) ^ 2)) * ((1) - ((((J1 ^ 2) / ((delta ^ 2) + (J1 ^ 2))) * ((sin x) ^ 2)) / ((J1 ^ 2) / ((delta ^ 2) + (J1 ^ 2)))))).
Proof.
  intros; turns.
  assert (circle_0 : sin x ^ 2 = 1 - cos x ^ 2) by (pose proof (sin2_cos2 x) as turn; unfold Rsqr in turn; lra).
  assert (root_0 : sqrt ((delta ^ 2) + (J1 ^ 2)) ^ 2 = ((delta ^ 2) + (J1 ^ 2))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt ((delta ^ 2) + (J1 ^ 2))) in *.
  first [ ring [circle_0 root_0] | field [circle_0 root_0]; not_zero ].
Qed.

(* Two states of one detuning: I^2 differs by 4 (p - q)(1 - (p + q)/pmax), c by -2 (p - q); both fall for pmax/2 <= q < p <= 1/2. *)
Lemma capacity_imaginarity_together :
  forall p pm q : R, 0 < p -> 0 < pm -> 0 < q -> 
  ((((4) * p) * ((1) - (p / pm))) - (((4) * q) * ((1) - (q / pm)))) = (((- (2)) * (((1) - ((2) * p)) - ((1) - ((2) * q)))) * ((1) - ((p + q) / pm))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* c^2 = ((r^2 - 1)/(r^2 + 1))^2, r = delta/J1, and so the deficit, is the same at r and 1/r: what is lost below r = 1 is won back above. *)
Lemma capacity_detuning_shape :
  forall r : R, 0 < r -> 
  ((((r ^ 2) - (1)) / ((r ^ 2) + (1))) ^ 2) = ((((((1) / r) ^ 2) - (1)) / ((((1) / r) ^ 2) + (1))) ^ 2).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* Beyond delta = J1 the deficit is 2/(1 + r^2), which falls: of two ratios it differs by a negative multiple of r^2 - s^2. *)
Lemma capacity_detuning_falls :
  forall r s : R, 0 < r -> 0 < s -> 
  (((1) - (((r ^ 2) - (1)) / ((r ^ 2) + (1)))) - ((1) - (((s ^ 2) - (1)) / ((s ^ 2) + (1))))) = (((- (2)) * ((r ^ 2) - (s ^ 2))) / (((1) + (r ^ 2)) * ((1) + (s ^ 2)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* Below delta = J1 the deficit is 2 r^2/(1 + r^2), which rises. *)
Lemma capacity_detuning_rises :
  forall r s : R, 0 < r -> 0 < s -> 
  (((1) - (((1) - (r ^ 2)) / ((r ^ 2) + (1)))) - ((1) - (((1) - (s ^ 2)) / ((s ^ 2) + (1))))) = (((2) * ((r ^ 2) - (s ^ 2))) / (((1) + (r ^ 2)) * ((1) + (s ^ 2)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* 2p is below 2 J1^2/(delta^2 + J1^2) by a multiple of a square at every time. *)
Lemma capacity_detuning_vanishes :
  forall J1 delta x : R, 0 < J1 -> 
  ((((2) * (J1 ^ 2)) / ((delta ^ 2) + (J1 ^ 2))) - ((((2) * (J1 ^ 2)) / ((delta ^ 2) + (J1 ^ 2))) * ((sin x) ^ 2))) = ((((2) * (J1 ^ 2)) / ((delta ^ 2) + (J1 ^ 2))) * ((cos x) ^ 2)).
Proof.
  intros; turns.
  assert (circle_0 : sin x ^ 2 = 1 - cos x ^ 2) by (pose proof (sin2_cos2 x) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0] | field [circle_0]; not_zero ].
Qed.

(* What c^2 misses of one is C1^2 = E^2 = 4 p (1 - p): C is 2 wb, the greatest that a qubit can have, exactly where entanglement and coherence are absent. *)
Lemma capacity_greatest :
  forall p : R, 0 <= p <= 1 -> 
  ((1) - (((1) - ((2) * p)) ^ 2)) = ((((2) * (sqrt p)) * (sqrt ((1) - p))) ^ 2).
Proof.
  intros; turns.
  assert (root_0 : sqrt p ^ 2 = p) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt ((1) - p) ^ 2 = ((1) - p)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt p) in *.
  set (radical_1 := sqrt ((1) - p)) in *.
  first [ ring [root_0 root_1] | field [root_0 root_1]; not_zero ].
Qed.

(* It is half of what F3^2 is above one, its value without steering. *)
Lemma capacity_greatest_steering :
  forall p : R, 0 <= p <= 1 -> 
  ((1) - (((1) - ((2) * p)) ^ 2)) = ((((1) + (((8) * p) * ((1) - p))) - (1)) / (2)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* It is a quarter of what Bmax^2 is above four, its value without Bell nonlocality. *)
Lemma capacity_greatest_bell :
  forall p : R, 0 <= p <= 1 -> 
  ((1) - (((1) - ((2) * p)) ^ 2)) = ((((4) * ((1) + (((4) * p) * ((1) - p)))) - (4)) / (4)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The residual capacity rises with E: of two states, the difference times a positive sum is a positive multiple of that of E^2. *)
Lemma capacity_residual_rises :
  forall e f w : R, 0 <= e <= 1 -> 0 <= f <= 1 -> 0 < w -> 
  (((((2) * w) * ((1) - (sqrt ((1) - (e ^ 2))))) - (((2) * w) * ((1) - (sqrt ((1) - (f ^ 2)))))) * ((sqrt ((1) - (e ^ 2))) + (sqrt ((1) - (f ^ 2))))) = (((2) * w) * ((e ^ 2) - (f ^ 2))).
Proof.
  intros; turns.
  assert (root_0 : sqrt ((1) - (e ^ 2)) ^ 2 = ((1) - (e ^ 2))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt ((1) - (f ^ 2)) ^ 2 = ((1) - (f ^ 2))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt ((1) - (e ^ 2))) in *.
  set (radical_1 := sqrt ((1) - (f ^ 2))) in *.
  first [ ring [root_0 root_1] | field [root_0 root_1]; not_zero ].
Qed.

(* F3^2 - 1 = 2 E^2: in the dynamics steering is shown exactly when the state is entangled. *)
Lemma capacity_steering_threshold :
  forall p : R, 0 <= p <= 1 -> 
  (((1) + (((8) * p) * ((1) - p))) - (1)) = ((2) * ((((2) * (sqrt p)) * (sqrt ((1) - p))) ^ 2)).
Proof.
  intros; turns.
  assert (root_0 : sqrt p ^ 2 = p) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt ((1) - p) ^ 2 = ((1) - p)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt p) in *.
  set (radical_1 := sqrt ((1) - p)) in *.
  first [ ring [root_0 root_1] | field [root_0 root_1]; not_zero ].
Qed.

(* Bmax^2 - 4 = 4 E^2: in the dynamics the bound of two is passed exactly when the state is entangled. *)
Lemma capacity_bell_threshold :
  forall p : R, 0 <= p <= 1 -> 
  (((4) * ((1) + (((4) * p) * ((1) - p)))) - (4)) = ((4) * ((((2) * (sqrt p)) * (sqrt ((1) - p))) ^ 2)).
Proof.
  intros; turns.
  assert (root_0 : sqrt p ^ 2 = p) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  assert (root_1 : sqrt ((1) - p) ^ 2 = ((1) - p)) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt p) in *.
  set (radical_1 := sqrt ((1) - p)) in *.
  first [ ring [root_0 root_1] | field [root_0 root_1]; not_zero ].
Qed.

(* With white noise n: (1 + n)^2 (F3^2 - 1) is above (1 + n)^2 (Bmax^2/4 - 1) by 4 p (1 - p): where Bmax > 2 also F3 > 1. *)
Lemma capacity_hierarchy_bell :
  forall n p : R, 0 < n -> 0 <= p <= 1 -> 
  (((((1) + n) ^ 2) * ((((1) + (((8) * p) * ((1) - p))) / (((1) + n) ^ 2)) - (1))) - ((((1) + n) ^ 2) * ((((1) + (((4) * p) * ((1) - p))) / (((1) + n) ^ 2)) - (1)))) = (((4) * p) * ((1) - p)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* With x = 4 p (1 - p), 4x - n^2, positive exactly for entangled states, is above (1 + n)^2 (F3^2 - 1) by terms that are not negative: where F3 > 1 the state is entangled. *)
Lemma capacity_hierarchy_steering :
  forall n p : R, 0 < n -> 0 <= p <= 1 -> 
  (((4) * (((4) * p) * ((1) - p))) - (n ^ 2)) = ((((((1) + n) ^ 2) * ((((1) + ((2) * (((4) * p) * ((1) - p)))) / (((1) + n) ^ 2)) - (1))) + ((2) * (((4) * p) * ((1) - p)))) + ((2) * n)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* Of the pair, T^2 of two states with p and q differs by delta/(2 J1) (p - q). *)
Lemma capacity_texture_pair_sign :
  forall J1 delta p q : R, 0 < J1 -> 0 <= p <= 1 -> 0 <= q <= 1 -> 
  ((((3) / (4)) + (((delta * J1) * p) / ((2) * (J1 ^ 2)))) - (((3) / (4)) + (((delta * J1) * q) / ((2) * (J1 ^ 2))))) = (((- delta) / ((4) * J1)) * (((1) - ((2) * p)) - ((1) - ((2) * q)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* Beyond p = 1/2, where c = 2p - 1, the sign turns: T^2 of two states with p and q differs by delta/(4 J1) of the difference of c. *)
Lemma capacity_texture_pair_beyond :
  forall J1 delta p q : R, 0 < J1 -> 0 <= p <= 1 -> 0 <= q <= 1 -> 
  ((((3) / (4)) + (((delta * J1) * p) / ((2) * (J1 ^ 2)))) - (((3) / (4)) + (((delta * J1) * q) / ((2) * (J1 ^ 2))))) = ((delta / ((4) * J1)) * ((((2) * p) - (1)) - (((2) * q) - (1)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* At abs delta >= abs J1 the entanglement is greatest where the rate is zero, at p = pmax; there E^2 is above that at any p by a product of factors that are not negative. *)
Lemma capacity_transfer_still :
  forall p pm : R, 0 < p -> 0 < pm -> 
  ((((4) * pm) * ((1) - pm)) - (((4) * p) * ((1) - p))) = (((4) * (pm - p)) * (((1) - pm) - p)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* An eigenvalue on a higher level than a smaller one is put below it at a gain. *)
Lemma freedom_law_exchange :
  forall e1 e2 l1 l2 : R, 
  (((l1 * e1) + (l2 * e2)) - ((l2 * e1) + (l1 * e2))) = ((e1 - e2) * (l1 - l2)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* What P is below L is a sum of terms that are not negative, for three eigenvalues. *)
Lemma freedom_purity_mean :
  forall b c : R, 
  ((((1) - b) - c) - ((((((1) - b) - c) ^ 2) + (b ^ 2)) + (c ^ 2))) = ((b * ((((1) - b) - c) - b)) + (c * ((((1) - b) - c) - c))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* One eigenvalue U = (1 + s)/n and N equal ones have the purity with s^2 = N (n P - 1), n = N + 1. *)
Lemma freedom_purity_greatest :
  forall N s : R, 0 < N -> 
  (((((1) + s) / (N + (1))) ^ 2) + ((((1) - (((1) + s) / (N + (1)))) ^ 2) / N)) = (((1) + ((s ^ 2) / N)) / (N + (1))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* k eigenvalues V = (1 + r)/(k + 1) and one 1 - k V have the purity with r^2 = (P (k + 1) - 1)/k. *)
Lemma freedom_purity_least :
  forall k r : R, 0 < k -> 
  ((k * ((((1) + r) / (k + (1))) ^ 2)) + (((1) - (k * (((1) + r) / (k + (1))))) ^ 2)) = (((1) + (k * (r ^ 2))) / (k + (1))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* What the bound from the energy is better than it. *)
Lemma freedom_none_margin :
  forall N m : R, 0 < N -> 0 < m -> 
  ((N / (N + (1))) - (((2) * m) / (((2) * m) + (1)))) = ((N - ((2) * m)) / ((N + (1)) * (((2) * m) + (1)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* What the least greatest eigenvalue is above 1/(2m + 1): zero exactly when k = 2m + 1, for 2m < k <= 2m + 1. *)
Lemma freedom_energy_margin :
  forall k m : R, 0 < k -> 0 < m -> 
  ((((2) * (k - m)) / (k * (k + (1)))) - ((1) / (((2) * m) + (1)))) = (((k - ((2) * m)) * ((((2) * m) + (1)) - k)) / ((k * (k + (1))) * (((2) * m) + (1)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* k eigenvalues L and one 1 - k L on the levels 0 ... k have the energy m when L = 2 (k - m)/(k (k + 1)). *)
Lemma freedom_energy_plateau :
  forall k m : R, 0 < k -> 
  (((((((2) * (k - m)) / (k * (k + (1)))) * k) * (k - (1))) / (2)) + (((1) - (k * (((2) * (k - m)) / (k * (k + (1)))))) * k)) = m.
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* With e >= eps N the deficit N/((N + 1) e) is at most 1/(eps (N + 1)). *)
Lemma freedom_universal :
  forall N eps : R, 0 < N -> 0 < eps -> 
  (N / ((N + (1)) * (eps * N))) = ((1) / (eps * (N + (1)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* 1 - sqrt P and 1 - P are of one order. *)
Lemma freedom_pure_iff :
  forall s : R, 0 <= s <= 1 -> 
  ((1) - s) = ((((1) - (s ^ 2)) + (((1) - s) ^ 2)) / (2)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The locked energy e (1 - R) of the maximally mixed symmetric state is N/(N + 1) quanta, which rises with N, though the share of the energy N/2 that it is, 2/(N + 1), falls. *)
Lemma freedom_locked :
  forall M N : R, 0 < M -> 0 < N -> 
  (((M / (2)) * ((2) / (M + (1)))) - ((N / (2)) * ((2) / (N + (1))))) = ((M - N) / ((M + (1)) * (N + (1)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* N equal cells that were charged one by one, each with the energy e and the greater eigenvalue l, have the deficit (1 - l)/e, whatever N is. *)
Lemma freedom_apart :
  forall N e l : R, 0 < N -> 0 < e -> 1 / 2 <= l <= 1 -> 
  ((1) - (((N * e) - (N * ((1) - l))) / (N * e))) = (((1) - l) / e).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The ergotropy ratio of one cell in the steady state, from the eigenvalues of R A. *)
Lemma star_n1_closed :
  forall F g : R, 0 < F -> 0 < g -> 
  (((- (2)) * (F ^ 3)) * ((((g + (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2)) / (((F ^ 2) + (((g + (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2)) ^ 2)) ^ 2)) + (((g - (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2)) / (((F ^ 2) + (((g - (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2)) ^ 2)) ^ 2)))) = ((((2) * F) * g) / ((g ^ 2) + ((4) * (F ^ 2)))).
Proof.
  intros; turns.
  assert (root_0 : sqrt ((g ^ 2) + ((4) * (F ^ 2))) ^ 2 = ((g ^ 2) + ((4) * (F ^ 2)))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt ((g ^ 2) + ((4) * (F ^ 2)))) in *.
  first [ ring [root_0] | field [root_0]; not_zero ].
Qed.

(* Its distance from 1/2 is a square, zero at F = g/2. *)
Lemma star_n1_maximum :
  forall F g : R, 0 < F -> 0 < g -> 
  (((1) / (2)) - ((((2) * F) * g) / ((g ^ 2) + ((4) * (F ^ 2))))) = (((g - ((2) * F)) ^ 2) / ((2) * ((g ^ 2) + ((4) * (F ^ 2))))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* For N = 1, A v = mu R v for the eigenvector v = (F, mu) of R A; the first of its two lines. *)
Lemma star_block_one :
  forall F g : R, 0 < F -> 0 < g -> 
  ((F * F) + (g * ((g + (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2)))) = (((g + (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2)) * ((g + (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) / (2))).
Proof.
  intros; turns.
  assert (root_0 : sqrt ((g ^ 2) + ((4) * (F ^ 2))) ^ 2 = ((g ^ 2) + ((4) * (F ^ 2)))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt ((g ^ 2) + ((4) * (F ^ 2)))) in *.
  first [ ring [root_0] | field [root_0]; not_zero ].
Qed.

(* Two cells. D = a0 + b0 B + c0 B^2, B = R A, has the traces of D, B D and B^2 D that the weights of the start give, in one combination for all x, y, z. *)
Lemma star_two_cells_moments :
  forall F g x y z : R, 0 < F -> 0 < g -> 
  ((((((x * (3)) + (y * F)) + (z * (((3) * (F ^ 2)) + ((4) * (g ^ 2))))) * (((((15) * (F ^ 4)) + (((18) * (F ^ 2)) * (g ^ 2))) + ((16) * (g ^ 4))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4)))))) + ((((x * F) + (y * (((3) * (F ^ 2)) + ((4) * (g ^ 2))))) + (z * ((F ^ 3) + (((6) * F) * (g ^ 2))))) * ((((- (2)) * F) * ((F ^ 2) - ((2) * (g ^ 2)))) / ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4)))))) + ((((x * (((3) * (F ^ 2)) + ((4) * (g ^ 2)))) + (y * ((F ^ 3) + (((6) * F) * (g ^ 2))))) + (z * ((((F ^ 4) + (((F ^ 2) + ((2) * (g ^ 2))) ^ 2)) + (((F ^ 2) + ((2) * (g ^ 2))) ^ 2)) + (((8) * (F ^ 2)) * (g ^ 2))))) * ((- (((3) * (F ^ 2)) + ((8) * (g ^ 2)))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))))) = (x + (z * (F ^ 2))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The greater eigenvalue of the steady state of two cells on the states that are even under the reversal. *)
Lemma star_two_cells_even :
  forall F g : R, 0 < F -> 0 < g -> 
  ((((((((16) * (F ^ 4)) + (((27) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))) + (g * (sqrt (((((400) * (F ^ 6)) + (((649) * (F ^ 4)) * (g ^ 2))) + (((304) * (F ^ 2)) * (g ^ 4))) + ((64) * (g ^ 6)))))) / ((4) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) - (((((((15) * (F ^ 4)) + (((18) * (F ^ 2)) * (g ^ 2))) + ((16) * (g ^ 4))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) + (F * ((((- (2)) * F) * ((F ^ 2) - ((2) * (g ^ 2)))) / ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4)))))) + (((- (((3) * (F ^ 2)) + ((8) * (g ^ 2)))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) * ((F ^ 2) + (g ^ 2))))) * (((((((16) * (F ^ 4)) + (((27) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))) + (g * (sqrt (((((400) * (F ^ 6)) + (((649) * (F ^ 4)) * (g ^ 2))) + (((304) * (F ^ 2)) * (g ^ 4))) + ((64) * (g ^ 6)))))) / ((4) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) - (((((((15) * (F ^ 4)) + (((18) * (F ^ 2)) * (g ^ 2))) + ((16) * (g ^ 4))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) + (F * ((((- (2)) * F) * ((F ^ 2) - ((2) * (g ^ 2)))) / ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4)))))) + (((- (((3) * (F ^ 2)) + ((8) * (g ^ 2)))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) * ((F ^ 2) + ((2) * (g ^ 2))))))) = ((g ^ 2) * ((((((- (2)) * F) * ((F ^ 2) - ((2) * (g ^ 2)))) / ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4)))) + (((2) * F) * ((- (((3) * (F ^ 2)) + ((8) * (g ^ 2)))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))))) ^ 2)).
Proof.
  intros; turns.
  assert (root_0 : sqrt (((((400) * (F ^ 6)) + (((649) * (F ^ 4)) * (g ^ 2))) + (((304) * (F ^ 2)) * (g ^ 4))) + ((64) * (g ^ 6))) ^ 2 = (((((400) * (F ^ 6)) + (((649) * (F ^ 4)) * (g ^ 2))) + (((304) * (F ^ 2)) * (g ^ 4))) + ((64) * (g ^ 6)))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt (((((400) * (F ^ 6)) + (((649) * (F ^ 4)) * (g ^ 2))) + (((304) * (F ^ 2)) * (g ^ 4))) + ((64) * (g ^ 6)))) in *.
  first [ ring [root_0] | field [root_0]; not_zero ].
Qed.

(* The eigenvalue on the odd state (|0> - |2>)/sqrt 2 is 1/2 - 7 F^2 g^2/K. *)
Lemma star_two_cells_odd :
  forall F g : R, 0 < F -> 0 < g -> 
  (((((((15) * (F ^ 4)) + (((18) * (F ^ 2)) * (g ^ 2))) + ((16) * (g ^ 4))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) + (((- (((3) * (F ^ 2)) + ((8) * (g ^ 2)))) / ((2) * ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))) * ((F ^ 2) + (g ^ 2)))) - (F * ((((- (2)) * F) * ((F ^ 2) - ((2) * (g ^ 2)))) / ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4)))))) = (((1) / (2)) - ((((7) * (F ^ 2)) * (g ^ 2)) / ((((16) * (F ^ 4)) + (((13) * (F ^ 2)) * (g ^ 2))) + ((8) * (g ^ 4))))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* R < 0.6244 for two cells and every drive, y = F^2/g^2. Twice the even eigenvalue is (T + sqrt(S))/(2 K), and (2.4976 K - T)^2 - S is a sum of terms that are positive. *)
Lemma star_two_cells_bound :
  forall y : R, 0 < y -> 
  ((((((7488) * (y ^ 2)) + ((1709) * y)) + (3744)) ^ 2) - (((390625) * (((((400) * (y ^ 3)) + ((649) * (y ^ 2))) + ((304) * y)) + (64))) / (4))) = (((((((((7488) * (y ^ 2)) - (((1799) * y) / (2))) - (1600)) ^ 2) + ((2396) * (y ^ 3))) + (((37528837) / (2)) * ((y - (1317 / 2500)) ^ 2))) + ((3208329 / 2500) * y)) + (845040707 / 12500000)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* For two cells R > 1/2 exactly for F < sqrt(5/2) g, with y = F^2/g^2. The even eigenvalue is above 1/2 where sqrt(S) > 16 y^2 - y + 8, and S less the square of this is. *)
Lemma star_two_cells_half :
  forall y : R, 0 < y -> 
  ((((((400) * (y ^ 3)) + ((649) * (y ^ 2))) + ((304) * y)) + (64)) - (((((16) * (y ^ 2)) - y) + (8)) ^ 2)) = ((((8) * y) * (((5) / (2)) - y)) * ((((32) * (y ^ 2)) + ((26) * y)) + (16))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* R >= 3/8 for two cells and F up to sqrt(3) g. With sqrt(S) >= 19 y + 8 the even eigenvalue is at least (16 y^2 + 46 y + 16)/(4 K); this less 3/8 has the numerator. *)
Lemma star_two_cells_least_weak :
  forall y : R, 0 < y -> 
  (((((16) * (y ^ 2)) + ((46) * y)) + (16)) - (((3) / (2)) * ((((16) * (y ^ 2)) + ((13) * y)) + (8)))) = (((4) + (((5) * y) / (2))) + (((8) * y) * ((3) - y))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* And beyond. The odd eigenvalue less 3/8 has the numerator. *)
Lemma star_two_cells_least_strong :
  forall y : R, 0 < y -> 
  ((((((16) * (y ^ 2)) + ((13) * y)) + (8)) / (8)) - ((7) * y)) = ((((y - (3)) * (((16) * y) + (5))) / (8)) + ((23) / (8))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* Its ratio, from the law with l = 1/(N + 1) and e = N/2. *)
Lemma star_detuned_ratio :
  forall N : R, 0 < N -> 
  ((1) - (((1) - ((1) / (N + (1)))) / (N / (2)))) = ((N - (1)) / (N + (1))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The atom at 0. *)
Lemma quasi_flip_zero_work :
  forall a b : R, 
  ((((cos a) ^ 2) * ((cos b) ^ 2)) + (((sin a) ^ 2) * ((cos b) ^ 2))) = ((cos b) ^ 2).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* The atoms add up to one. *)
Lemma quasi_flip_total :
  forall a b : R, 
  (((((((((cos a) ^ 2) * ((sin b) ^ 2)) + ((cos b) ^ 2)) + (((sin a) ^ 2) * ((sin b) ^ 2))) + (((sin ((2) * a)) * (sin ((2) * b))) / (4))) + (((sin ((2) * a)) * (sin ((2) * b))) / (4))) - (((sin ((2) * a)) * (sin ((2) * b))) / (4))) - (((sin ((2) * a)) * (sin ((2) * b))) / (4))) = (1).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* At q = 1/2 the atom at -W/2 is -sin(2a) sin(2b)/2. *)
Lemma quasi_flip_half_negative :
  forall a b : R, 
  ((- (((sin ((2) * a)) * (sin ((2) * b))) / (4))) - (((sin ((2) * a)) * (sin ((2) * b))) / (4))) = (((- (sin ((2) * a))) * (sin ((2) * b))) / (2)).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* At q = 0 and 1 the atom at -W is -sin a sin b cos(a + b). *)
Lemma quasi_flip_end :
  forall a b : R, 
  ((((sin a) ^ 2) * ((sin b) ^ 2)) - (((sin ((2) * a)) * (sin ((2) * b))) / (4))) = (((- (sin a)) * (sin b)) * (cos (a + b))).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* The third moment of one cell depends on q as -3 q (1 - q) <[H0, [H0, Ht]]> with the mean sin(2a) sin(2b)/2 of the double commutator. *)
Lemma quasi_third_of_q :
  forall a b q : R, 
  (((((cos a) ^ 2) * ((sin b) ^ 2)) - (((sin a) ^ 2) * ((sin b) ^ 2))) + ((((sin ((2) * a)) * (sin ((2) * b))) / (4)) * ((((q ^ 3) + (((1) - q) ^ 3)) - ((- q) ^ 3)) - ((- ((1) - q)) ^ 3)))) = ((((((cos a) ^ 2) * ((sin b) ^ 2)) - (((sin a) ^ 2) * ((sin b) ^ 2))) + ((((sin ((2) * a)) * (sin ((2) * b))) / (4)) * (2))) - ((((((3) * q) * ((1) - q)) * (sin ((2) * a))) * (sin ((2) * b))) / (2))).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* The variance of one cell is sin^2 b cos^2(2a + b) for every q. *)
Lemma quasi_variance_identity :
  forall a b q : R, 
  ((((((cos a) ^ 2) * ((sin b) ^ 2)) + (((sin a) ^ 2) * ((sin b) ^ 2))) + ((((sin ((2) * a)) * (sin ((2) * b))) / (4)) * ((((q ^ 2) + (((1) - q) ^ 2)) - (q ^ 2)) - (((1) - q) ^ 2)))) - ((((((cos a) ^ 2) * ((sin b) ^ 2)) - (((sin a) ^ 2) * ((sin b) ^ 2))) + ((((sin ((2) * a)) * (sin ((2) * b))) / (4)) * (((q + ((1) - q)) - (- q)) - (- ((1) - q))))) ^ 2)) = (((sin b) ^ 2) * ((cos (((2) * a) + b)) ^ 2)).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* Where 2a + b = pi/2 the third cumulant of a cell at q = 1/2 is cos^2 b sin b/4. *)
Lemma quasi_airy_cumulant :
  forall a : R, 
  (((((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + (((((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4)) * ((((1) / (2)) ^ 3) + (((1) - ((1) / (2))) ^ 3))) * (2))) - (((3) * (((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + ((2) * (((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4))))) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + ((2) * ((((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + ((2) * (((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4)))) ^ 3))) = ((((cos ((PI / (2)) - ((2) * a))) ^ 2) * (sin ((PI / (2)) - ((2) * a)))) / (4)).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin (PI / (2)) ^ 2 = 1 - cos (PI / (2)) ^ 2) by (pose proof (sin2_cos2 (PI / (2))) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* There the fourth cumulant vanishes at q = 1/2. *)
Lemma quasi_airy_fourth :
  forall a : R, 
  ((((((sin ((PI / (2)) - ((2) * a))) ^ 2) - (((4) * (((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + ((2) * (((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4))))) * (((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + (((((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4)) * ((((1) / (2)) ^ 3) + (((1) - ((1) / (2))) ^ 3))) * (2))))) - ((3) * (((sin ((PI / (2)) - ((2) * a))) ^ 2) ^ 2))) + (((12) * ((((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + ((2) * (((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4)))) ^ 2)) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) - ((6) * ((((((cos a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2)) - (((sin a) ^ 2) * ((sin ((PI / (2)) - ((2) * a))) ^ 2))) + ((2) * (((sin ((2) * a)) * (sin ((2) * ((PI / (2)) - ((2) * a))))) / (4)))) ^ 4))) = (0).
Proof.
  intros; turns.
  assert (circle_0 : sin (PI / (2)) ^ 2 = 1 - cos (PI / (2)) ^ 2) by (pose proof (sin2_cos2 (PI / (2))) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* The real part of x for one cell at q = 1/2, s = u eps/2. *)
Lemma quasi_parallel_real :
  forall a b s : R, 
  ((((((((cos a) ^ 2) * ((sin b) ^ 2)) * (cos ((2) * s))) + ((cos b) ^ 2)) + ((((sin a) ^ 2) * ((sin b) ^ 2)) * (cos ((2) * s)))) + (((2) * (((sin ((2) * a)) * (sin ((2) * b))) / (4))) * (cos s))) - (((2) * (((sin ((2) * a)) * (sin ((2) * b))) / (4))) * (cos s))) = ((1) - (((2) * ((sin b) ^ 2)) * ((sin s) ^ 2))).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  assert (circle_2 : sin s ^ 2 = 1 - cos s ^ 2) by (pose proof (sin2_cos2 s) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1 circle_2] | field [circle_0 circle_1 circle_2]; not_zero ].
Qed.

(* The imaginary part. *)
Lemma quasi_parallel_imaginary :
  forall a b s : R, 
  (((((((cos a) ^ 2) * ((sin b) ^ 2)) * (sin ((2) * s))) - ((((sin a) ^ 2) * ((sin b) ^ 2)) * (sin ((2) * s)))) + (((2) * (((sin ((2) * a)) * (sin ((2) * b))) / (4))) * (sin s))) + (((2) * (((sin ((2) * a)) * (sin ((2) * b))) / (4))) * (sin s))) = (((((sin b) ^ 2) * (cos ((2) * a))) * (sin ((2) * s))) + (((sin ((2) * a)) * (sin ((2) * b))) * (sin s))).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  assert (circle_2 : sin s ^ 2 = 1 - cos s ^ 2) by (pose proof (sin2_cos2 s) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1 circle_2] | field [circle_0 circle_1 circle_2]; not_zero ].
Qed.

(* The minimum of p(-W) is -1/8, with c = cos(a + b). *)
Lemma quasi_flip_zero_least :
  forall a b : R, 
  ((((- (sin a)) * (sin b)) * (cos (a + b))) + ((1) / (8))) = (((((1) - ((2) * (cos (a + b)))) ^ 2) / (8)) + (((cos (a + b)) * ((1) - (cos (a - b)))) / (2))).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* The magnitudes of the seven terms of the flip add up to 1 + sin(2a) sin(2b) at every order, for angles between 0 and pi/2. *)
Lemma quasi_flip_most :
  forall a b : R, 
  ((((((cos a) ^ 2) * ((sin b) ^ 2)) + ((cos b) ^ 2)) + (((sin a) ^ 2) * ((sin b) ^ 2))) + ((4) * (((sin ((2) * a)) * (sin ((2) * b))) / (4)))) = ((1) + ((sin ((2) * a)) * (sin ((2) * b)))).
Proof.
  intros; turns.
  assert (circle_0 : sin a ^ 2 = 1 - cos a ^ 2) by (pose proof (sin2_cos2 a) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin b ^ 2 = 1 - cos b ^ 2) by (pose proof (sin2_cos2 b) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* For an energy between m and M with the mean x and the mean square y, (M - m)^2/4 exceeds the variance by a square and the mean of (M - H)(H - m). *)
Lemma quasi_speed_spread :
  forall M m x y : R, 
  ((((M - m) / (2)) ^ 2) - (y - (x ^ 2))) = (((x - ((M + m) / (2))) ^ 2) + ((((M + m) * x) - y) - (M * m))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The qubit is never inverted, for what is missing to a half is positive. *)
Lemma farina_qubit_half :
  forall F g gamma : R, 0 < g -> 0 < gamma -> 
  ((1) - ((((2) * (F ^ 2)) * (((8) * (F ^ 2)) + (gamma ^ 2))) / ((((16) * (F ^ 4)) + (((2) * (F ^ 2)) * (gamma ^ 2))) + ((gamma ^ 2) * (g ^ 2))))) = (((gamma ^ 2) * (g ^ 2)) / ((((16) * (F ^ 4)) + (((2) * (F ^ 2)) * (gamma ^ 2))) + ((gamma ^ 2) * (g ^ 2)))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The length of that vector, squared. *)
Lemma farina_qubit_vector :
  forall F g gamma : R, 0 < g -> 0 < gamma -> 
  ((((((2) * F) * (gamma ^ 2)) * g) ^ 2) + (((gamma ^ 2) * (g ^ 2)) ^ 2)) = ((((gamma ^ 2) * g) * (sqrt ((g ^ 2) + ((4) * (F ^ 2))))) ^ 2).
Proof.
  intros; turns.
  assert (root_0 : sqrt ((g ^ 2) + ((4) * (F ^ 2))) ^ 2 = ((g ^ 2) + ((4) * (F ^ 2)))) by (apply pow2_sqrt; first [ lra | at_least_zero | nra ]).
  set (radical_0 := sqrt ((g ^ 2) + ((4) * (F ^ 2)))) in *.
  first [ ring [root_0] | field [root_0]; not_zero ].
Qed.

(* At g = gamma = 1 no drive leaves more ergotropy than .0838531174 w, with s = sqrt(1 + 4 F^2). *)
Lemma farina_qubit_best :
  forall s : R, 
  ((((s ^ 4) - (((3) / (2)) * (s ^ 2))) + ((3) / (2))) - ((((2) * (1359011 / 1000000)) * (548451 / 250000)) * (s - (1)))) = (((((s ^ 2) - (923451 / 500000)) ^ 2) + ((548451 / 250000) * ((s - (1359011 / 1000000)) ^ 2))) + (5535639429 / 250000000000000000)).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* At x = 1 the energy with a weight s of the singlet is w, whatever s. *)
Lemma cakmak_energy_high :
  forall s : R, 
  ((((((0) * ((1) - s)) / (3)) + (((1) - s) / (3))) + s) + (((2) * ((1) - s)) / (3))) = (1).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The same limit for any start, squared. Sorting the weights (1 - s)/3 (three) and s onto 0, w, w, 2w takes out w times their distance, and the coherence is the same. *)
Lemma cakmak_high_t :
  forall s : R, 
  ((s - (((1) - s) / (3))) ^ 2) = ((((1) - ((4) * s)) / (3)) ^ 2).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The smaller of the two means of quadratures, nu^2 = (n + 1/2)^2 - |M|^2, for any transmission. *)
Lemma pulse_closed :
  forall k r : R, 
  ((((k * ((sinh r) ^ 2)) + ((1) / (2))) ^ 2) - (((k * (sinh r)) * (cosh r)) ^ 2)) = (((1) + ((((4) * k) * ((1) - k)) * ((sinh r) ^ 2))) / (4)).
Proof.
  intros; turns.
  assert (hyperbola_0 : cosh r ^ 2 = 1 + sinh r ^ 2) by apply hyperbola.
  first [ ring [hyperbola_0] | field [hyperbola_0]; not_zero ].
Qed.

(* What is locked, nu - 1/2, with nu^2 - 1/4 = k (1 - k) sinh(r)^2. *)
Lemma pulse_locked :
  forall nu : R, 
  ((nu - ((1) / (2))) * (nu + ((1) / (2)))) = ((nu ^ 2) - ((1) / (4))).
Proof.
  intros; turns.
  first [ ring | field; not_zero ].
Qed.

(* The velocity of the front p (1 - 2 q) + 2 c sqrt(p (1 - p)), with 1 - 2 q = cos(u), 2 c = sin(u). *)
Lemma seah_front :
  forall u x : R, 
  ((((sin x) ^ 2) * (cos u)) + (((sin u) * (sin x)) * (cos x))) = ((sin x) * (sin (x + u))).
Proof.
  intros; turns.
  assert (circle_0 : sin x ^ 2 = 1 - cos x ^ 2) by (pose proof (sin2_cos2 x) as turn; unfold Rsqr in turn; lra).
  assert (circle_1 : sin u ^ 2 = 1 - cos u ^ 2) by (pose proof (sin2_cos2 u) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0 circle_1] | field [circle_0 circle_1]; not_zero ].
Qed.

(* What a collision with a diagonal qubit adds, from a ladder with the weight p0 on its lowest level, falls short of p by this. *)
Lemma seah_incoherent_bound :
  forall p0 q x : R, 
  (((sin x) ^ 2) - (((sin x) ^ 2) * (((1) - q) - (q * ((1) - p0))))) = ((((sin x) ^ 2) * q) * ((2) - p0)).
Proof.
  intros; turns.
  assert (circle_0 : sin x ^ 2 = 1 - cos x ^ 2) by (pose proof (sin2_cos2 x) as turn; unfold Rsqr in turn; lra).
  first [ ring [circle_0] | field [circle_0]; not_zero ].
Qed.
