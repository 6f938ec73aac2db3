(* Growth of a continuous function of the time, for the proof of the lemma of docs/certificates.md.

   A function that is continuous from a to b, and grows to the right of each time inside at a rate
   of at most G', grows by at most G b - G a. No derivative of it is needed: a norm has none. *)
From Contraction Require Import Sums.
Open Scope R_scope.

Definition continuous_from_to (a b : R) (f : R -> R) : Prop :=
  continuous_on (fun t => a <= t <= b) f.

Lemma continuity_near : forall a b f x eps, continuous_from_to a b f -> a <= x <= b -> 0 < eps ->
  within (fun t => a <= t <= b) (locally x) (fun y => Rabs (f y - f x) < eps).
Proof.
  intros a b f x eps Hf Hx Heps.
  exact (proj1 (filterlim_locally f (f x)) (Hf x Hx) (mkposreal eps Heps)).
Qed.

Lemma continuous_difference : forall a b f g, continuous_from_to a b f ->
  continuous_from_to a b g -> continuous_from_to a b (fun t => f t - g t).
Proof.
  intros a b f g Hf Hg x Hx. apply (filterlim_comp_2 _ (fun t => - g t) Rplus (Hf x Hx)
    (filterlim_comp _ _ _ _ _ _ _ _ (Hg x Hx) (filterlim_opp (g x)))).
  apply (filterlim_plus (f x) (- g x)).
Qed.

Lemma continuous_everywhere : forall a b f, (forall t, continuous f t) -> continuous_from_to a b f.
Proof. intros a b f H. apply continuous_on_forall. intros x _. apply H. Qed.

Lemma continuous_inside : forall a b c d f, a <= c -> d <= b -> continuous_from_to a b f ->
  continuous_from_to c d f.
Proof.
  intros a b c d f Hac Hdb. apply continuous_on_subset. intros x Hx. lra.
Qed.

Lemma at_right_positive : at_right 0 (fun h => 0 < h).
Proof. exists (mkposreal 1 Rlt_0_1). intros h _ Hh. exact Hh. Qed.

Lemma derivative_near : forall f t l eps, is_derive f t l -> 0 < eps ->
  at_right 0 (fun h => Rabs ((f (t + h) - f t) / h - l) < eps).
Proof.
  intros f t l eps Hf Heps. destruct (proj1 (is_derive_Reals f t l) Hf eps Heps) as [d H].
  exists d. intros h Hh H0. apply H; [ lra | ].
  rewrite <- (Rminus_0_r h). exact Hh.
Qed.

Lemma not_above : forall x y, (forall eps, 0 < eps -> x <= y + eps) -> x <= y.
Proof.
  intros x y H. destruct (Rle_or_lt x y) as [ | Hxy ]; [ assumption | ].
  specialize (H ((x - y) / 2)). lra.
Qed.

(* A continuous function that does not rise to the right of any time does not rise: the times at
   which it is at most p a + eps have a supremum, which is one of them and can only be b. *)
Lemma does_not_rise : forall p a b, continuous_from_to a b p -> a <= b ->
  (forall t, a < t < b -> at_right 0 (fun h => p (t + h) <= p t)) -> p b <= p a.
Proof.
  intros p a b Hp Hab Hloc. apply not_above. intros eps Heps.
  pose (low := fun t => a <= t <= b /\ p t <= p a + eps).
  destruct (completeness low) as [s [Hup Hleast]];
    [ exists b; intros t [Ht _]; lra | exists a; split; lra | ].
  assert (Has : a <= s) by (apply Hup; split; lra).
  assert (Hsb : s <= b) by (apply Hleast; intros t [Ht _]; lra).
  assert (Hps : p s <= p a + eps).
  { apply Rnot_lt_le. intros Habove.
    destruct (continuity_near a b p s (p s - (p a + eps)) Hp (conj Has Hsb)) as [d Hd]; [ lra | ].
    pose proof (cond_pos d). assert (s <= s - d); [ | lra ]. apply Hleast. intros t [Ht Hpt].
    apply Rnot_lt_le. intros Hlate. assert (t <= s) by (apply Hup; split; assumption).
    assert (H1 : Rabs (t - s) < d) by (apply Rabs_def1; lra).
    pose proof (Hd t H1 Ht) as H2. apply Rabs_def2 in H2. lra. }
  destruct (Rle_lt_or_eq_dec s b Hsb) as [ Hlt | -> ]; [ exfalso | assumption ].
  assert (Hnext : exists d : posreal, forall h, 0 < h < d -> s + h <= b -> p (s + h) <= p a + eps).
  { destruct (Rle_lt_or_eq_dec a s Has) as [ Hlate | -> ].
    - destruct (Hloc s (conj Hlate Hlt)) as [d Hd]. exists d. intros h Hh _.
      eapply Rle_trans; [ apply Hd; [ | lra ] | exact Hps ].
      change (Rabs (h - 0) < d). rewrite Rabs_pos_eq; lra.
    - destruct (continuity_near s b p s eps Hp (conj Has Hsb) Heps) as [d Hd]. exists d.
      intros h Hh Hb. assert (H1 : Rabs (s + h - s) < d) by (apply Rabs_def1; lra).
      pose proof (Hd (s + h) H1 ltac:(lra)) as H2. apply Rabs_def2 in H2. lra. }
  destruct Hnext as [d Hd]. pose proof (cond_pos d).
  pose proof (Rmin_l (d / 2) (b - s)). pose proof (Rmin_r (d / 2) (b - s)).
  assert (Hh : 0 < Rmin (d / 2) (b - s)) by (apply Rmin_glb_lt; lra).
  set (h := Rmin (d / 2) (b - s)) in *.
  assert (s + h <= s); [ | lra ]. apply Hup. split; [ lra | apply Hd; lra ].
Qed.

Lemma grows_at_most : forall e G (rate : R -> R) a b, a <= b ->
  continuous_from_to a b e -> continuous_from_to a b G ->
  (forall t, a < t < b -> is_derive G t (rate t)) ->
  (forall t eps, a < t < b -> 0 < eps ->
    at_right 0 (fun h => e (t + h) <= e t + h * (rate t + eps))) ->
  e b <= e a + (G b - G a).
Proof.
  intros e G rate a b Hab He HG Hrate Hgrow. apply not_above. intros eps Heps.
  pose (c := eps / (1 + (b - a))).
  assert (Hc : 0 < c) by (apply Rdiv_lt_0_compat; lra).
  assert (Hceps : c * (b - a) <= eps).
  { replace eps with (c * (1 + (b - a))); [ nra | unfold c; field; lra ]. }
  cut (e b - G b - c * b <= e a - G a - c * a); [ intros; lra | ].
  apply (does_not_rise (fun t => e t - G t - c * t)); [ | assumption | ].
  - apply continuous_difference; [ apply continuous_difference; assumption | ].
    apply continuous_everywhere. intros t. apply (continuous_scal_r c (fun u : R => u)).
    apply continuous_id.
  - intros t Ht. generalize (filter_and _ _ at_right_positive (filter_and (F := at_right 0) _ _
      (Hgrow t (c / 2) Ht ltac:(lra)) (derivative_near G t _ (c / 2) (Hrate t Ht) ltac:(lra)))).
    apply filter_imp. intros h [Hh [H1 H2]]. apply Rabs_def2 in H2.
    assert (h * rate t - h * (c / 2) <= G (t + h) - G t); [ | lra ].
    replace (G (t + h) - G t) with (h * ((G (t + h) - G t) / h)) by (field; lra). nra.
Qed.
