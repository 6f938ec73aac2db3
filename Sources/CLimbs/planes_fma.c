// Planes of digits with products of doubles, four elements in a register.
//
// With the rounding toward zero, p = fma(a, b, 2^104) has the high digit h of the product a b < 2^104 in its last 52
// bits, and fma(a, b, 2^104 + 2^52 - p) = 2^52 + a b - 2^52 h has the low one there: every step but the first is exact.
// The rounding is set here and given back, so nothing rests on what the caller has set.
#include "planes.h"

#if HAS_VECTORS
#include <immintrin.h>

#define DOUBLES __attribute__((target("avx2,fma")))

enum { quarter = 4 };

/// The bits of 2^104 and of 2^52, which stand above the digits.
#define BITS_104 (0x467ull << 52)
#define BITS_52 (0x433ull << 52)

DOUBLES INLINE __m256d number(__m256i digit) {
  const __m256i bits = _mm256_set1_epi64x((long long)BITS_52);
  return _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(digit, bits)), _mm256_castsi256_pd(bits));
}

typedef struct {
  __m256i low, high;
} product;

/// The digits with the bits of 2^52 and 2^104 above.
DOUBLES INLINE product times(__m256d a, __m256d b) {
  const __m256d large = _mm256_set1_pd(0x1p104), both = _mm256_set1_pd(0x1p104 + 0x1p52);
  const __m256d p = _mm256_fmadd_pd(a, b, large);
  const __m256d q = _mm256_fmadd_pd(a, b, _mm256_sub_pd(both, p));
  return (product){_mm256_castpd_si256(q), _mm256_castpd_si256(p)};
}

DOUBLES INLINE __m256i load(const uint64_t *place) { return _mm256_loadu_si256((const __m256i *)place); }

/// What is above a digit is a carry c of either sign. It goes on as c + 2^10, which is positive, by 2^62 in the sum;
/// the next sum takes the 2^10 away.
enum { raised_carry = 1 << (62 - digit_bits) };

DOUBLES INLINE __m256i raised(__m256i sum) {
  return _mm256_add_epi64(sum, _mm256_set1_epi64x((1ll << 62) - raised_carry));
}

/// A mask of the elements whose highest digit has the sign.
DOUBLES INLINE __m256i negative(__m256i top) {
  return _mm256_cmpgt_epi64(top, _mm256_set1_epi64x((1ll << (digit_bits - 1)) - 1));
}

DOUBLES INLINE void step(const int own, const int digits, const qbo_chain *chain, const uint64_t *x, uint64_t *y,
                         long first, long end) {
  const __m256i mask = _mm256_set1_epi64x(DIGIT_MASK), zero = _mm256_setzero_si256();
  const long stride = chain->stride;
  for (long k = first; k < end; k += quarter) {
    // Row k has a_k x_(k-1) - a_(k+1) x_(k+1): the two sides of each digit.
    const uint64_t *f = chain->fractions + pad + k;
    __m256d fraction[2][2];
#pragma unroll
    for (int i = 0; i < own; i++)
      fraction[0][i] = number(load(f + i * stride)), fraction[1][i] = number(load(f + i * stride + 1));
    __m256i sign[2], carry = _mm256_set1_epi64x(raised_carry), pending[2][3] = {{zero, zero, zero}, {zero, zero, zero}};
#pragma unroll
    for (int c = 0; c < digits + own; c++) {
      // Each digit of x adds to the columns from its own on; the bits above the digits are as many on both sides.
#pragma unroll
      for (int side = 0; side < 2; side++) {
        __m256i *column = pending[side];
        if (c < digits) {
          const __m256i digit = load(x + c * stride + pad + k - 1 + 2 * side);
          const __m256d value = number(digit);
#pragma unroll
          for (int i = 0; i < own; i++) {
            const product p = times(fraction[side][i], value);
            column[i] = _mm256_add_epi64(column[i], p.low), column[i + 1] = _mm256_add_epi64(column[i + 1], p.high);
          }
          if (c == digits - 1) sign[side] = negative(digit);
        } else {
          const __m256i too_much = _mm256_and_si256(sign[side], load(f + (c - digits) * stride + side));
          column[0] = _mm256_sub_epi64(column[0], too_much);
        }
      }
      __m256i sum = raised(_mm256_add_epi64(_mm256_sub_epi64(pending[0][0], pending[1][0]), carry));
      if (c >= own) {
        uint64_t *place = y + (c - own) * stride + pad + k;
        sum = _mm256_add_epi64(sum, load(place));
        _mm256_storeu_si256((__m256i *)place, _mm256_and_si256(sum, mask));
      }
      carry = _mm256_srli_epi64(sum, digit_bits);
#pragma unroll
      for (int side = 0; side < 2; side++)
        pending[side][0] = pending[side][1], pending[side][1] = pending[side][2], pending[side][2] = zero;
    }
  }
}

__attribute__((noinline)) static void DOUBLES steps(const qbo_chain *chain, const uint64_t *x, uint64_t *y, long first,
                                                    long end) {
#define CALL(own, digits) step(own, digits, chain, x, y, first, end)
  EACH_CHAIN(CALL)
#undef CALL
}

__attribute__((noinline)) static void DOUBLES multiples(const qbo_chain *chain, const uint64_t *fraction,
                                                        const uint64_t *source, uint64_t *target) {
  const __m256i mask = _mm256_set1_epi64x(DIGIT_MASK);
  const __m256i above_low = _mm256_set1_epi64x((long long)BITS_52);
  const __m256i above_high = _mm256_set1_epi64x((long long)BITS_104);
  const long stride = chain->stride, digits = chain->digits;
  const int is_negative = fraction[digits - 1] >> (digit_bits - 1) != 0;
  for (long k = pad; k < stride - pad; k += quarter) {
    __m256i sums[2 * most_digits + 1];
    for (long c = 0; c <= 2 * digits; c++) sums[c] = _mm256_setzero_si256();
    const __m256i sign = negative(load(source + (digits - 1) * stride + k));
    for (long j = 0; j < digits; j++) {
      const __m256i digit = load(source + j * stride + k);
      const __m256d value = number(digit);
      for (long i = 0; i < digits; i++) {
        const product p = times(number(_mm256_set1_epi64x((long long)fraction[i])), value);
        sums[i + j] = _mm256_add_epi64(sums[i + j], _mm256_sub_epi64(p.low, above_low));
        sums[i + j + 1] = _mm256_add_epi64(sums[i + j + 1], _mm256_sub_epi64(p.high, above_high));
      }
      const __m256i too_much = _mm256_and_si256(sign, _mm256_set1_epi64x((long long)fraction[j]));
      sums[digits + j] = _mm256_sub_epi64(sums[digits + j], too_much);
      if (is_negative) sums[digits + j] = _mm256_sub_epi64(sums[digits + j], digit);
    }
    __m256i carry = _mm256_set1_epi64x(raised_carry);
    for (long c = 0; c < 2 * digits; c++) {
      __m256i sum = raised(_mm256_add_epi64(sums[c], carry));
      if (c >= digits) {
        uint64_t *place = target + (c - digits) * stride + k;
        sum = _mm256_add_epi64(sum, load(place));
        _mm256_storeu_si256((__m256i *)place, _mm256_and_si256(sum, mask));
      }
      carry = _mm256_srli_epi64(sum, digit_bits);
    }
  }
}

/// Toward zero, all exceptions masked.
enum { toward_zero = 0x7f80 };

void qbo_chain_step_by_fma(const qbo_chain *chain, const uint64_t *x, uint64_t *y, long first, long end) {
  const unsigned given = _mm_getcsr();
  _mm_setcsr(toward_zero);
  steps(chain, x, y, first, end);
  _mm_setcsr(given);
}

void qbo_chain_add_by_fma(const qbo_chain *chain, const uint64_t *fraction, const uint64_t *source, uint64_t *target) {
  const unsigned given = _mm_getcsr();
  _mm_setcsr(toward_zero);
  multiples(chain, fraction, source, target);
  _mm_setcsr(given);
}
#endif
