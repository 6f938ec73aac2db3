#ifndef QBO_LIMBS_H
#define QBO_LIMBS_H
#include <stdint.h>

/// Sums of products of fixed-point numbers, y += F x with a sparse matrix F of fractions. Numbers x and y are integers
/// of `width` limbs of 64 bits in two's complement, least limb first; the magnitudes of the entries of F are fractions
/// of `width` limbs after the point, or of one where `is_short`. Each row adds its products exactly and cuts the sum
/// once, toward minus infinity: all versions make the same limbs.
typedef struct qbo_limb_rows qbo_limb_rows;

/// Widths up to this one are served.
enum { qbo_limb_greatest_width = 5 };

/// Whether this processor has products of 52 bits in registers of 512 bits.
int qbo_limb_has_vectors(void);

/// How numbers are held: as limbs, or in planes of digits of 52 bits with products of doubles (AVX2 and fused
/// multiply-add) or of integers (AVX-512 IFMA).
typedef enum { qbo_form_limbs, qbo_form_fma, qbo_form_ifma } qbo_limb_form;

/// The last of these forms that this processor has; the environment's QBO_LIMB_FORM, `limbs` or `doubles`, forbids
/// those after it.
qbo_limb_form qbo_limb_best_form(void);

/// A copy of the matrix with the entries starts[r] ..< starts[r + 1] in row r; NULL without memory.
qbo_limb_rows *qbo_limb_rows_make(long dimension, long width, int is_short, const long *starts, const long *columns,
                                  const _Bool *is_negative, const uint64_t *fractions, int with_vectors);

void qbo_limb_rows_free(qbo_limb_rows *rows);

/// Adds F x to the rows first_row ..< end_row of y. Elements of x outside of first ..< end count as zero.
void qbo_limb_rows_add(qbo_limb_rows *rows, const uint64_t *x, uint64_t *y, long first_row, long end_row, long first,
                       long end);

/// term = (fraction x, cut toward minus infinity) 2^places and sum += term, for each of `count` elements. The fraction
/// is in two's complement, `width` limbs after the point.
void qbo_limb_scale(long count, long width, const uint64_t *fraction, unsigned places, const uint64_t *x,
                    uint64_t *term, uint64_t *sum);

/// sum += fraction x, cut toward minus infinity, for each of `count` elements.
void qbo_limb_add_multiple(long count, long width, const uint64_t *fraction, const uint64_t *x, uint64_t *sum);

/// Vectors for a chain S: (S x)_k = a_k x_(k-1) - a_(k+1) x_(k+1), held in planes of digits.
typedef struct qbo_chain qbo_chain;

/// The vectors of a chain have the numbers 0 ..< this.
enum { qbo_chain_vectors = 3 };

/// A chain of `dimension` elements with all vectors zero: elements of `width` limbs that stay within so many `bits`,
/// the sign included; a_k is fractions[k - 1] 2^-64. NULL without memory, for the form of limbs or one that this
/// processor does not have, and beyond 8 limbs.
qbo_chain *qbo_chain_make(long dimension, long width, long bits, const uint64_t *fractions, qbo_limb_form form);

void qbo_chain_free(qbo_chain *chain);

/// A vector from limbs and to them.
void qbo_chain_load(qbo_chain *chain, int vector, const uint64_t *limbs);
void qbo_chain_store(const qbo_chain *chain, int vector, uint64_t *limbs);

/// Adds a number of `width` limbs to an element.
void qbo_chain_add_element(qbo_chain *chain, int vector, long k, const uint64_t *limbs);

/// older += S current in the rows first ..< end, cut once toward minus infinity; S current is zero in all others.
void qbo_chain_step(qbo_chain *chain, int current, int older, long first, long end);

/// target += fraction source, cut toward minus infinity, with a fraction of `width` limbs in two's complement; for
/// elements of all bits of their limbs.
void qbo_chain_add_multiple(qbo_chain *chain, const uint64_t *fraction, int source, int target);

/// Whether all elements of a vector stay as they are with so many of the highest bits of their digits and limbs left
/// out.
int qbo_chain_has_free_bits(const qbo_chain *chain, int vector, long bits);

#endif
