// Sparse rows of fixed-point numbers in digits of 52 bits, eight in a register: of each entry the digits of the
// fraction one by one, times all digits of the element.
#include "rows.h"

#if HAS_VECTORS
#include <immintrin.h>
#include <string.h>

enum { most_columns = 16 };

/// The words of a register, moved up by some places; zeros come in.
VECTORS INLINE __m512i moved(__m512i x, const int places) {
  const __m512i order = _mm512_set_epi64(7 - places, 6 - places, 5 - places, 4 - places, 3 - places, 2 - places,
                                         1 - places, -places);
  const __mmask8 inside = (__mmask8)(places < 0 ? 0xff >> -places : 0xff << places);
  return _mm512_maskz_permutexvar_epi64(inside, order, x);
}

/// x + B in limbs of 52 bits, for elements in a range.
VECTORS INLINE void split(const int width, const uint64_t *x, uint64_t *elements, long first, long end) {
  const int digits = element_digits(width);
  // A digit lies in one limb or two; above the highest one stands the sign.
  uint64_t low[lanes], high[lanes], down[lanes], up[lanes], mask[lanes], one[lanes];
  for (int i = 0; i < lanes; i++) {
    const int bit = 52 * i, limb = bit / 64;
    low[i] = limb < width ? limb : width;
    high[i] = limb + 1 < width ? limb + 1 : width;
    down[i] = bit % 64, up[i] = 64 - bit % 64;
    mask[i] = i < digits ? (1ull << 52) - 1 : 0;
    one[i] = i == digits - 1;
  }
  const __m512i lows = _mm512_loadu_si512(low), highs = _mm512_loadu_si512(high);
  const __m512i downs = _mm512_loadu_si512(down), ups = _mm512_loadu_si512(up);
  const __m512i masks = _mm512_loadu_si512(mask), ones = _mm512_loadu_si512(one);
  const __mmask8 own = (__mmask8)((1 << width) - 1);
  const __m512i top = _mm512_set1_epi64(width - 1);
  for (long k = first; k < end; k++) {
    const __m512i limbs = _mm512_maskz_loadu_epi64(own, x + k * width);
    const __m512i sign = _mm512_srai_epi64(_mm512_permutexvar_epi64(top, limbs), 63);
    const __m512i value = _mm512_mask_blend_epi64(own, sign, limbs);
    const __m512i parts = _mm512_or_si512(_mm512_srlv_epi64(_mm512_permutexvar_epi64(lows, value), downs),
                                          _mm512_sllv_epi64(_mm512_permutexvar_epi64(highs, value), ups));
    // The highest digit is the sign's, 0 or -1: with B it is 1 or 0.
    _mm512_store_si512(elements + lanes * k, _mm512_and_si512(_mm512_add_epi64(parts, ones), masks));
  }
}

VECTORS INLINE void rows_by_vectors(const int own, const int width, qbo_limb_rows *rows, const uint64_t *x, uint64_t *y,
                                    long first_row, long end_row, long first, long end) {
  const int digits = fraction_digits(own), element = element_digits(width), columns = digits + element;
  const uint64_t mask = (1ull << 52) - 1;
  // Elements that were met and are outside now are zero.
  for (long k = rows->first; k < rows->end; k++)
    if (k < first || k >= end) {
      memset(rows->elements + lanes * k, 0, lanes * sizeof(uint64_t));
      rows->elements[lanes * k + element - 1] = 1;
    }
  rows->first = first, rows->end = end;
  split(width, x, rows->elements, first, end);
  const __m512i zero = _mm512_setzero_si512();
  for (long row = first_row; row < end_row; row++) {
    const long begin = rows->starts[row], turn = rows->splits[row], last = rows->starts[row + 1];
    if (last - begin > greatest_row) {
      row_by_limbs(own, width, rows, x, y, row, first, end);
      continue;
    }
    if (begin == last) continue;
    __m512i low[8], high[8];
#pragma unroll
    for (int i = 0; i < digits; i++) low[i] = high[i] = zero;
    const uint64_t *f = rows->digits_of_fractions + begin * digits;
    for (long entry = begin; entry < turn; entry++, f += digits) {
      const __m512i e = _mm512_load_si512(rows->elements + lanes * (long)rows->columns[entry]);
#pragma unroll
      for (int i = 0; i < digits; i++) {
        const __m512i factor = _mm512_set1_epi64((long long)f[i]);
        low[i] = _mm512_madd52lo_epu64(low[i], factor, e), high[i] = _mm512_madd52hi_epu64(high[i], factor, e);
      }
    }
    if (begin < turn) {
#pragma unroll
      for (int i = 0; i < digits; i++) {
        low[i] = _mm512_sub_epi64(zero, low[i]), high[i] = _mm512_sub_epi64(zero, high[i]);
      }
    }
    for (long entry = turn; entry < last; entry++, f += digits) {
      const __m512i e = _mm512_load_si512(rows->elements + lanes * (long)rows->columns[entry]);
#pragma unroll
      for (int i = 0; i < digits; i++) {
        const __m512i factor = _mm512_set1_epi64((long long)f[i]);
        low[i] = _mm512_madd52lo_epu64(low[i], factor, e), high[i] = _mm512_madd52hi_epu64(high[i], factor, e);
      }
    }
    int64_t sums[most_columns] __attribute__((aligned(64)));
    __m512i v = low[0], w = zero;
#pragma unroll
    for (int i = 1; i <= digits; i++) {
      const __m512i term = i < digits ? _mm512_add_epi64(low[i], high[i - 1]) : high[i - 1];
      v = _mm512_add_epi64(v, moved(term, i));
      if (columns > lanes) w = _mm512_add_epi64(w, moved(term, i - lanes));
    }
    _mm512_store_si512(sums, v);
    if (columns > lanes) _mm512_store_si512(sums + lanes, w);
    const int64_t *offset = rows->sums + row * digits;
#pragma unroll
    for (int i = 0; i < digits; i++) sums[element - 1 + i] -= offset[i];
    int64_t carry = 0;
#pragma unroll
    for (int c = 0; c < columns; c++) {
      const int64_t value = sums[c] + carry;
      sums[c] = (int64_t)((uint64_t)value & mask), carry = value >> 52;
    }
    uint64_t result[most_limbs];
#pragma unroll
    for (int i = 0; i < width; i++) {
      const int bit = 64 * (own + i), c = bit / 52, shift = bit % 52;
      uint64_t value = (uint64_t)sums[c] >> shift;
      if (c + 1 < columns) value |= (uint64_t)sums[c + 1] << (52 - shift);
      if (shift > 40 && c + 2 < columns) value |= (uint64_t)sums[c + 2] << (104 - shift);
      result[i] = value;
    }
    add_limbs(width, y + row * width, result);
  }
}

void VECTORS qbo_limb_rows_add_by_vectors(qbo_limb_rows *rows, const uint64_t *x, uint64_t *y, long first_row,
                                          long end_row, long first, long end) {
  const long width = rows->width;
#define CALL(own, width) rows_by_vectors(own, width, rows, x, y, first_row, end_row, first, end)
  if (rows->is_short) EACH_WIDTH(SHORT, CALL) else EACH_WIDTH(LONG, CALL)
#undef CALL
}
#endif
