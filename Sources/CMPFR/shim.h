// MPFR marks zero, infinity and NaN in the exponent field. The macros that name the marks hold casts,
// which Swift does not import; the functions below give their values. mpfr_set is a macro over mpfr_set4.
#ifndef QBO_CMPFR_SHIM_H
#define QBO_CMPFR_SHIM_H

#include <mpfr.h>

static inline mpfr_exp_t qbo_mpfr_exponent_of_zero(void) { return __MPFR_EXP_ZERO; }
static inline mpfr_exp_t qbo_mpfr_exponent_of_nan(void) { return __MPFR_EXP_NAN; }
static inline mpfr_exp_t qbo_mpfr_exponent_of_infinity(void) { return __MPFR_EXP_INF; }
static inline int qbo_mpfr_set(mpfr_ptr x, mpfr_srcptr y, mpfr_rnd_t r) { return mpfr_set(x, y, r); }

#endif
