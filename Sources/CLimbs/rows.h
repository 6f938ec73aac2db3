#ifndef QBO_ROWS_H
#define QBO_ROWS_H
#include <stdint.h>

#include "limbs.h"

#if defined(__x86_64__)
#define HAS_VECTORS 1
#define VECTORS __attribute__((target("avx512f,avx512ifma")))
#else
#define HAS_VECTORS 0
#endif

#define INLINE static inline __attribute__((always_inline))

typedef unsigned __int128 wide;

enum { most_limbs = qbo_limb_greatest_width, lanes = 8 };

/// Sums of a column of products of 52 bits stay below 14 greatest_row 2^52 < 2^63; longer rows are added by limbs.
enum { greatest_row = 128 };

struct qbo_limb_rows {
  long dimension, width;
  int is_short, with_vectors;
  /// Entries of a row with minus come first, up to splits[row].
  long *starts, *splits;
  uint32_t *columns;
  uint64_t *fractions;
  /// With vectors: of the fractions `digits` digits of 52 bits, the sums of those of each row with their signs, and x
  /// in such digits, a register for each element, of which `first` ..< `end` are not zero.
  long digits;
  uint64_t *digits_of_fractions;
  int64_t *sums;
  uint64_t *elements;
  long first, end;
};

/// The digits of 52 bits of a fraction.
INLINE int fraction_digits(long limbs) { return (int)((64 * limbs + 51) / 52); }

/// The digits of x + B, where B = 2^(52 (digits - 1)) >= 2^(64 width - 1) makes it positive.
INLINE int element_digits(long width) { return (int)((64 * width - 1 + 51) / 52 + 1); }

/// product = a b, `own` limbs times `width`.
INLINE void multiply(const int own, const int width, const uint64_t *a, const uint64_t *b, uint64_t *product) {
  uint64_t carry = 0;
#pragma unroll
  for (int j = 0; j < width; j++) {
    const wide p = (wide)a[0] * b[j] + carry;
    product[j] = (uint64_t)p, carry = (uint64_t)(p >> 64);
  }
  product[width] = carry;
#pragma unroll
  for (int i = 1; i < own; i++) {
    carry = 0;
#pragma unroll
    for (int j = 0; j < width; j++) {
      const wide p = (wide)a[i] * b[j] + product[i + j] + carry;
      product[i + j] = (uint64_t)p, carry = (uint64_t)(p >> 64);
    }
    product[i + width] = carry;
  }
}

INLINE void add_limbs(const int count, uint64_t *sum, const uint64_t *other) {
  unsigned char carry = 0;
#pragma unroll
  for (int i = 0; i < count; i++) {
    const wide s = (wide)sum[i] + other[i] + carry;
    sum[i] = (uint64_t)s, carry = (unsigned char)(s >> 64);
  }
}

INLINE void subtract_limbs(const int count, uint64_t *sum, const uint64_t *other) {
  uint64_t borrow = 0;
#pragma unroll
  for (int i = 0; i < count; i++) {
    const wide s = (wide)sum[i] - other[i] - borrow;
    sum[i] = (uint64_t)s, borrow = (uint64_t)(s >> 64) & 1;
  }
}

/// A number that is negative is stored with 2^(64 width) added: its product has the factor too much above.
INLINE void signed_product(const int own, const int width, const uint64_t *fraction, const uint64_t *x,
                           uint64_t *product) {
  multiply(own, width, fraction, x, product);
  uint64_t excess[most_limbs];
  const uint64_t mask = (uint64_t)((int64_t)x[width - 1] >> 63);
#pragma unroll
  for (int i = 0; i < own; i++) excess[i] = fraction[i] & mask;
  subtract_limbs(own, product + width, excess);
}

/// The sum of a row, cut once, is added to an element.
INLINE void row_by_limbs(const int own, const int width, const qbo_limb_rows *rows, const uint64_t *x, uint64_t *y,
                         long row, long first, long end) {
  uint64_t sum[2 * most_limbs] = {0}, product[2 * most_limbs];
  for (long entry = rows->starts[row]; entry < rows->starts[row + 1]; entry++) {
    const long column = rows->columns[entry];
    if (column < first || column >= end) continue;
    signed_product(own, width, rows->fractions + entry * own, x + column * width, product);
    if (entry < rows->splits[row])
      subtract_limbs(own + width, sum, product);
    else
      add_limbs(own + width, sum, product);
  }
  add_limbs(width, y + row * width, sum + own);
}

/// A call with the number of limbs known to the compiler.
#define EACH_WIDTH(own, call) \
  switch (width) {            \
    case 1: call(own(1), 1); break; \
    case 2: call(own(2), 2); break; \
    case 3: call(own(3), 3); break; \
    case 4: call(own(4), 4); break; \
    case 5: call(own(5), 5); break; \
  }
#define SHORT(width) 1
#define LONG(width) width

#if HAS_VECTORS
void qbo_limb_rows_add_by_vectors(qbo_limb_rows *rows, const uint64_t *x, uint64_t *y, long first_row, long end_row,
                                  long first, long end);
#endif

#endif
