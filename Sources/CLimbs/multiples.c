// Vectors of fixed-point numbers times a fraction.
#include <string.h>

#include "rows.h"

/// fraction x, cut toward minus infinity, both in two's complement.
INLINE void scaled(const int width, const uint64_t *fraction, const uint64_t *x, uint64_t *result) {
  uint64_t product[2 * most_limbs], excess[most_limbs];
  signed_product(width, width, fraction, x, product);
  const uint64_t mask = (uint64_t)((int64_t)fraction[width - 1] >> 63);
#pragma unroll
  for (int i = 0; i < width; i++) excess[i] = x[i] & mask;
  subtract_limbs(width, product + width, excess);
#pragma unroll
  for (int i = 0; i < width; i++) result[i] = product[width + i];
}

INLINE void raised(const int width, uint64_t *x, unsigned places) {
  if (places == 0) return;
#pragma unroll
  for (int i = width - 1; i > 0; i--) x[i] = x[i] << places | x[i - 1] >> (64 - places);
  x[0] <<= places;
}

void qbo_limb_scale(long count, long width, const uint64_t *fraction, unsigned places, const uint64_t *x,
                    uint64_t *term, uint64_t *sum) {
#define CALL(own, width)                                   \
  for (long k = 0; k < count; k++) {                       \
    uint64_t value[most_limbs];                                     \
    scaled(width, fraction, x + k * width, value);         \
    raised(width, value, places);                           \
    memcpy(term + k * width, value, width * sizeof(uint64_t)); \
    add_limbs(width, sum + k * width, value);              \
  }
  EACH_WIDTH(LONG, CALL)
#undef CALL
}

void qbo_limb_add_multiple(long count, long width, const uint64_t *fraction, const uint64_t *x, uint64_t *sum) {
#define CALL(own, width)                           \
  for (long k = 0; k < count; k++) {               \
    uint64_t value[most_limbs];                             \
    scaled(width, fraction, x + k * width, value); \
    add_limbs(width, sum + k * width, value);      \
  }
  EACH_WIDTH(LONG, CALL)
#undef CALL
}
