// Sparse rows of fixed-point numbers, limb by limb. They stand in C because there the compiler can be asked for loops
// of a known length, and for registers that not every processor has.
#include "rows.h"

#include <stdlib.h>
#include <string.h>

qbo_limb_form qbo_limb_best_form(void) {
#if HAS_VECTORS
  const char *allowed = getenv("QBO_LIMB_FORM");
  if (allowed && !strcmp(allowed, "limbs")) return qbo_form_limbs;
  if (!allowed || strcmp(allowed, "doubles"))
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma")) return qbo_form_ifma;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return qbo_form_fma;
#endif
  return qbo_form_limbs;
}

int qbo_limb_has_vectors(void) { return qbo_limb_best_form() == qbo_form_ifma; }

/// 52 bits from a place on.
INLINE uint64_t digit(const uint64_t *limbs, long width, long place) {
  const long bit = 52 * place, limb = bit / 64, shift = bit % 64;
  if (limb >= width) return 0;
  uint64_t value = limbs[limb] >> shift;
  if (shift > 12 && limb + 1 < width) value |= limbs[limb + 1] << (64 - shift);
  return value & ((1ull << 52) - 1);
}

void qbo_limb_rows_free(qbo_limb_rows *rows) {
  if (!rows) return;
  free(rows->starts), free(rows->splits), free(rows->columns), free(rows->fractions);
  free(rows->digits_of_fractions), free(rows->sums), free(rows->elements);
  free(rows);
}

static void *aligned(long bytes) { return aligned_alloc(64, (bytes + 127) / 64 * 64); }

qbo_limb_rows *qbo_limb_rows_make(long dimension, long width, int is_short, const long *starts, const long *columns,
                                  const _Bool *is_negative, const uint64_t *fractions, int with_vectors) {
  qbo_limb_rows *rows = calloc(1, sizeof(qbo_limb_rows));
  if (!rows) return NULL;
  const long count = starts[dimension], own = is_short ? 1 : width;
  rows->dimension = dimension, rows->width = width, rows->is_short = is_short;
  rows->with_vectors = with_vectors && qbo_limb_has_vectors() && width > 1;
  rows->starts = malloc((dimension + 1) * sizeof(long));
  rows->splits = malloc((dimension + 1) * sizeof(long));
  rows->columns = malloc((count + 1) * sizeof(uint32_t));
  rows->fractions = malloc((count * own + 1) * sizeof(uint64_t));
  rows->digits = fraction_digits(own);
  if (rows->with_vectors) {
    rows->digits_of_fractions = malloc((count * rows->digits + 1) * sizeof(uint64_t));
    rows->sums = calloc(dimension * rows->digits + 1, sizeof(int64_t));
    rows->elements = aligned(dimension * lanes * sizeof(uint64_t));
  }
  if (!rows->starts || !rows->splits || !rows->columns || !rows->fractions ||
      (rows->with_vectors && (!rows->digits_of_fractions || !rows->sums || !rows->elements))) {
    qbo_limb_rows_free(rows);
    return NULL;
  }
  long place = 0;
  for (long row = 0; row < dimension; row++) {
    rows->starts[row] = place;
    for (int sign = 1; sign >= 0; sign--) {
      for (long entry = starts[row]; entry < starts[row + 1]; entry++) {
        if (!is_negative[entry] == !!sign) continue;
        rows->columns[place] = (uint32_t)columns[entry];
        memcpy(rows->fractions + place * own, fractions + entry * own, own * sizeof(uint64_t));
        if (rows->with_vectors) {
          for (long i = 0; i < rows->digits; i++) {
            const uint64_t value = digit(fractions + entry * own, own, i);
            rows->digits_of_fractions[place * rows->digits + i] = value;
            rows->sums[row * rows->digits + i] += sign ? -(int64_t)value : (int64_t)value;
          }
        }
        place++;
      }
      if (sign) rows->splits[row] = place;
    }
  }
  rows->starts[dimension] = place;
  rows->end = dimension;
  return rows;
}

void qbo_limb_rows_add(qbo_limb_rows *rows, const uint64_t *x, uint64_t *y, long first_row, long end_row, long first,
                       long end) {
#if HAS_VECTORS
  if (rows->with_vectors) {
    qbo_limb_rows_add_by_vectors(rows, x, y, first_row, end_row, first, end);
    return;
  }
#endif
  const long width = rows->width;
#define CALL(own, width) \
  for (long row = first_row; row < end_row; row++) row_by_limbs(own, width, rows, x, y, row, first, end)
  if (rows->is_short) EACH_WIDTH(SHORT, CALL) else EACH_WIDTH(LONG, CALL)
#undef CALL
}
