#ifndef QBO_PLANES_H
#define QBO_PLANES_H
#include "rows.h"

enum { digit_bits = 52, most_digits = 10, pad = 8 };

#define DIGIT_MASK ((1ull << digit_bits) - 1)

/// A chain in planes: plane d of a vector has the digit d, of 52 bits, of all elements one after the other, with `pad`
/// zeros before and behind them. Numbers are in two's complement of 52 `digits` bits.
struct qbo_chain {
  long dimension, width, digits, stride;
  qbo_limb_form form;
  /// Of the fraction between an element and the one before `own` digits: 2^(52 own) times it is an integer.
  long own;
  uint64_t *fractions;
  uint64_t *vectors[qbo_chain_vectors];
};

/// A call with the number of digits known to the compiler, 2 to most_digits.
#define EACH_COUNT(own, call)     \
  switch (chain->digits) {        \
    case 2: call(own, 2); break;   \
    case 3: call(own, 3); break;   \
    case 4: call(own, 4); break;   \
    case 5: call(own, 5); break;   \
    case 6: call(own, 6); break;   \
    case 7: call(own, 7); break;   \
    case 8: call(own, 8); break;   \
    case 9: call(own, 9); break;   \
    case 10: call(own, 10); break; \
  }
#define EACH_CHAIN(call) \
  if (chain->own == 1) EACH_COUNT(1, call) else EACH_COUNT(2, call)

/// older += the rows first ..< end, whole registers, of S current.
void qbo_chain_step_by_ifma(const qbo_chain *chain, const uint64_t *current, uint64_t *older, long first, long end);
void qbo_chain_step_by_fma(const qbo_chain *chain, const uint64_t *current, uint64_t *older, long first, long end);

/// target += fraction source, with the digits of the fraction times 2^(52 digits).
void qbo_chain_add_by_ifma(const qbo_chain *chain, const uint64_t *fraction, const uint64_t *source, uint64_t *target);
void qbo_chain_add_by_fma(const qbo_chain *chain, const uint64_t *fraction, const uint64_t *source, uint64_t *target);

#endif
