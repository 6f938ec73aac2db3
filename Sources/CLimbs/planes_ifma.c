// Planes of digits with products of 52 bits, eight elements in a register.
#include "planes.h"

#if HAS_VECTORS
#include <immintrin.h>

VECTORS INLINE void step(const int own, const int digits, const qbo_chain *chain, const uint64_t *x, uint64_t *y,
                         long first, long end) {
  const __m512i mask = _mm512_set1_epi64(DIGIT_MASK), zero = _mm512_setzero_si512();
  const __m512i half = _mm512_set1_epi64(1ll << (digit_bits - 1));
  const long stride = chain->stride;
  for (long k = first; k < end; k += lanes) {
    const uint64_t *f = chain->fractions + pad + k;
    // Row k has a_k x_(k-1) - a_(k+1) x_(k+1).
    __m512i before[2], after[2], left[3] = {zero, zero, zero}, right[3] = {zero, zero, zero}, carry = zero;
#pragma unroll
    for (int i = 0; i < own; i++) {
      before[i] = _mm512_loadu_si512(f + i * stride), after[i] = _mm512_loadu_si512(f + i * stride + 1);
    }
#pragma unroll
    for (int c = 0; c < digits + own; c++) {
      // left[i] is the digit c - i, zero where there is none.
      left[2] = left[1], left[1] = left[0], right[2] = right[1], right[1] = right[0];
      left[0] = c < digits ? _mm512_loadu_si512(x + c * stride + pad + k - 1) : zero;
      right[0] = c < digits ? _mm512_loadu_si512(x + c * stride + pad + k + 1) : zero;
      __m512i plus = carry, minus = zero;
#pragma unroll
      for (int i = 0; i < own; i++) {
        if (c - i >= 0 && c - i < digits) {
          plus = _mm512_madd52lo_epu64(plus, before[i], left[i]);
          minus = _mm512_madd52lo_epu64(minus, after[i], right[i]);
        }
        if (c - i >= 1 && c - i <= digits) {
          plus = _mm512_madd52hi_epu64(plus, before[i], left[i + 1]);
          minus = _mm512_madd52hi_epu64(minus, after[i], right[i + 1]);
        }
      }
      // A negative number is stored with 2^(52 digits) added: its product has the fraction too much above.
      if (c >= digits) {
        const int i = c - digits;
        plus = _mm512_mask_sub_epi64(plus, _mm512_test_epi64_mask(left[i + 1], half), plus, before[i]);
        minus = _mm512_mask_sub_epi64(minus, _mm512_test_epi64_mask(right[i + 1], half), minus, after[i]);
      }
      __m512i sum = _mm512_sub_epi64(plus, minus);
      if (c >= own) {
        uint64_t *place = y + (c - own) * stride + pad + k;
        sum = _mm512_add_epi64(sum, _mm512_load_si512(place));
        _mm512_store_si512(place, _mm512_and_si512(sum, mask));
      }
      carry = _mm512_srai_epi64(sum, digit_bits);
    }
  }
}

void VECTORS qbo_chain_step_by_ifma(const qbo_chain *chain, const uint64_t *x, uint64_t *y, long first, long end) {
#define CALL(own, digits) step(own, digits, chain, x, y, first, end)
  EACH_CHAIN(CALL)
#undef CALL
}

void VECTORS qbo_chain_add_by_ifma(const qbo_chain *chain, const uint64_t *fraction, const uint64_t *source,
                                   uint64_t *target) {
  const __m512i mask = _mm512_set1_epi64(DIGIT_MASK), half = _mm512_set1_epi64(1ll << (digit_bits - 1));
  const long stride = chain->stride, digits = chain->digits;
  const int is_negative = fraction[digits - 1] >> (digit_bits - 1) != 0;
  for (long k = pad; k < stride - pad; k += lanes) {
    __m512i carry = _mm512_setzero_si512();
    const __mmask8 negative = _mm512_test_epi64_mask(_mm512_load_si512(source + (digits - 1) * stride + k), half);
    for (long c = 0; c < 2 * digits; c++) {
      __m512i sum = carry;
      for (long i = c < digits ? 0 : c - digits + 1; i <= c && i < digits; i++)
        sum = _mm512_madd52lo_epu64(sum, _mm512_set1_epi64((long long)fraction[i]),
                                    _mm512_load_si512(source + (c - i) * stride + k));
      for (long i = c <= digits ? 0 : c - digits; i < c && i < digits; i++)
        sum = _mm512_madd52hi_epu64(sum, _mm512_set1_epi64((long long)fraction[i]),
                                    _mm512_load_si512(source + (c - 1 - i) * stride + k));
      if (c >= digits) {
        uint64_t *place = target + (c - digits) * stride + k;
        sum = _mm512_mask_sub_epi64(sum, negative, sum, _mm512_set1_epi64((long long)fraction[c - digits]));
        if (is_negative) sum = _mm512_sub_epi64(sum, _mm512_load_si512(source + (c - digits) * stride + k));
        sum = _mm512_add_epi64(sum, _mm512_load_si512(place));
        _mm512_store_si512(place, _mm512_and_si512(sum, mask));
      }
      carry = _mm512_srai_epi64(sum, digit_bits);
    }
  }
}
#endif
