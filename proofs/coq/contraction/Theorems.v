(* The main theorems, and what they assume: the axioms of the real numbers of the standard library
   and the extensionality of functions, and no others. *)
From Contraction Require Import Norms Lemma Segment Polynomials Vectors Trace Means Certificate.

Definition theorems := (@lemma_on_piece, @lemma_over_pieces, @lemma_with_jumps,
  @flow_does_not_enlarge, @loss_on_segment, @loss_at_most_speed, @loss_of_polynomial,
  @loss_of_timed_polynomial, @loss_of_path, @lemma_for_complex_vectors,
  @lemma_for_complex_densities, @certificate_of_vector, @certificate_of_density,
  @means_of_complex_vectors, @means_of_complex_densities, @columns_bound, @bounded_form,
  @ctrace_norm_at_most_squares, @ctrace_norm_at_most_sum, @cnorm2_at_most_sum, @projectors_near).
Print Assumptions theorems.
