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

#endif
