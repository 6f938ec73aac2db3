// Chains of fixed-point numbers in planes of digits: one register holds a digit of several neighbours.
#include "planes.h"

#include <stdlib.h>
#include <string.h>

void qbo_chain_free(qbo_chain *chain) {
  if (!chain) return;
  free(chain->fractions);
  for (int v = 0; v < qbo_chain_vectors; v++) free(chain->vectors[v]);
  free(chain);
}

static uint64_t *zeros(long count) {
  uint64_t *place = aligned_alloc(64, (size_t)((count * 8 + 127) / 64 * 64));
  if (place) memset(place, 0, (size_t)count * 8);
  return place;
}

qbo_chain *qbo_chain_make(long dimension, long width, long bits, const uint64_t *fractions, qbo_limb_form form) {
  const long digits = (bits + digit_bits - 1) / digit_bits;
  if (bits > 64 * width || digits < 2) return NULL;
  if (form == qbo_form_limbs || form > qbo_limb_best_form() || width < 1 || digits > most_digits) return NULL;
  qbo_chain *chain = calloc(1, sizeof(qbo_chain));
  if (!chain) return NULL;
  chain->dimension = dimension, chain->width = width, chain->digits = digits, chain->form = form;
  // An odd number of cache lines: planes that lie a power of two apart would share their places in the cache.
  chain->stride = ((dimension + lanes - 1) / lanes | 1) * lanes + 2 * pad;
  chain->fractions = zeros(2 * chain->stride);
  int complete = chain->fractions != NULL;
  for (int v = 0; v < qbo_chain_vectors; v++) {
    chain->vectors[v] = zeros(digits * chain->stride);
    complete = complete && chain->vectors[v];
  }
  if (!complete) {
    qbo_chain_free(chain);
    return NULL;
  }
  // A fraction a 2^-64 is (a 2^40) 2^-104, or (a 2^-12) 2^-52: a product is cut by two whole digits, or by one.
  chain->own = 1;
  for (long k = 1; k < dimension; k++)
    if (fractions[k - 1] << digit_bits) chain->own = 2;
  for (long k = 1; k < dimension; k++) {
    uint64_t *place = chain->fractions + pad + k;
    if (chain->own == 2) *place = fractions[k - 1] << 40 & DIGIT_MASK, place += chain->stride;
    *place = fractions[k - 1] >> 12;
  }
  return chain;
}

static uint64_t *element(const qbo_chain *chain, int vector, long k) { return chain->vectors[vector] + pad + k; }

/// The digits of a number of `width` limbs in two's complement, moved up by some bits.
static void digits_of(const qbo_chain *chain, const uint64_t *limbs, long up, uint64_t *digits) {
  const long width = chain->width;
  const uint64_t sign = (uint64_t)((int64_t)limbs[width - 1] >> 63);
  for (long d = 0; d < chain->digits; d++) {
    uint64_t value = 0;
    for (long i = 0; i <= width; i++) {
      const uint64_t limb = i < width ? limbs[i] : sign;
      const long place = 64 * i + up - digit_bits * d;
      if (place > -64 && place < digit_bits) value |= place >= 0 ? limb << place : limb >> -place;
    }
    digits[d] = value & DIGIT_MASK;
  }
}

void qbo_chain_load(qbo_chain *chain, int vector, const uint64_t *limbs) {
  uint64_t digits[most_digits];
  for (long k = 0; k < chain->dimension; k++) {
    digits_of(chain, limbs + k * chain->width, 0, digits);
    for (long d = 0; d < chain->digits; d++) element(chain, vector, k)[d * chain->stride] = digits[d];
  }
}

void qbo_chain_store(const qbo_chain *chain, int vector, uint64_t *limbs) {
  for (long k = 0; k < chain->dimension; k++) {
    uint64_t *place = limbs + k * chain->width;
    memset(place, 0, (size_t)chain->width * 8);
    const uint64_t *digits = element(chain, vector, k);
    const int is_negative = digits[(chain->digits - 1) * chain->stride] >> (digit_bits - 1) != 0;
    // Digits above the highest one have the sign.
    for (long d = 0; digit_bits * d < 64 * chain->width; d++) {
      const uint64_t digit = d < chain->digits ? digits[d * chain->stride] : is_negative ? DIGIT_MASK : 0;
      const long bit = digit_bits * d, limb = bit / 64, shift = bit % 64;
      place[limb] |= digit << shift;
      if (shift > 64 - digit_bits && limb + 1 < chain->width) place[limb + 1] |= digit >> (64 - shift);
    }
  }
}

void qbo_chain_add_element(qbo_chain *chain, int vector, long k, const uint64_t *limbs) {
  uint64_t digits[most_digits], carry = 0;
  digits_of(chain, limbs, 0, digits);
  for (long d = 0; d < chain->digits; d++) {
    uint64_t *place = element(chain, vector, k) + d * chain->stride;
    const uint64_t sum = *place + digits[d] + carry;
    *place = sum & DIGIT_MASK, carry = sum >> digit_bits;
  }
}

void qbo_chain_step(qbo_chain *chain, int current, int older, long first, long end) {
  if (first >= end) return;
  const uint64_t *x = chain->vectors[current];
  uint64_t *y = chain->vectors[older];
#if HAS_VECTORS
  const long begin = first / lanes * lanes, stop = (end + lanes - 1) / lanes * lanes;
  if (chain->form == qbo_form_ifma) qbo_chain_step_by_ifma(chain, x, y, begin, stop);
  if (chain->form == qbo_form_fma) qbo_chain_step_by_fma(chain, x, y, begin, stop);
#endif
}

void qbo_chain_add_multiple(qbo_chain *chain, const uint64_t *fraction, int source, int target) {
  uint64_t digits[most_digits];
  const long up = digit_bits * chain->digits - 64 * chain->width;
  if (up < 0) __builtin_trap();
  digits_of(chain, fraction, up, digits);
#if HAS_VECTORS
  if (chain->form == qbo_form_ifma)
    qbo_chain_add_by_ifma(chain, digits, chain->vectors[source], chain->vectors[target]);
  if (chain->form == qbo_form_fma)
    qbo_chain_add_by_fma(chain, digits, chain->vectors[source], chain->vectors[target]);
#endif
}

int qbo_chain_has_free_bits(const qbo_chain *chain, int vector, long bits) {
  // An element fits so many bits when all that stands above is the sign.
  const long held = digit_bits * chain->digits, all = 64 * chain->width;
  const long kept = (held < all ? held : all) - bits;
  for (long k = 0; k < chain->dimension; k++) {
    const uint64_t *place = element(chain, vector, k);
    const uint64_t sign = place[(chain->digits - 1) * chain->stride] >> (digit_bits - 1) ? DIGIT_MASK : 0;
    for (long d = (kept - 1) / digit_bits; d < chain->digits; d++) {
      const long below = kept - 1 - digit_bits * d;
      const uint64_t above = below <= 0 ? DIGIT_MASK : DIGIT_MASK << below & DIGIT_MASK;
      if ((place[d * chain->stride] ^ sign) & above) return 0;
    }
  }
  return 1;
}
