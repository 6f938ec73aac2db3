// GMP's own names are macros (mpz_add is __gmpz_add), which Swift does not import. The functions below give
// back the few names this package uses, one to one.
#ifndef QBO_CGMP_SHIM_H
#define QBO_CGMP_SHIM_H

#include <gmp.h>

static inline void qbo_mpz_init(mpz_ptr x) { mpz_init(x); }
static inline void qbo_mpq_init(mpq_ptr x) { mpq_init(x); }
static inline int qbo_mpz_sgn(mpz_srcptr x) { return mpz_sgn(x); }
static inline int qbo_mpq_sgn(mpq_srcptr x) { return mpq_sgn(x); }

static inline mpz_ptr qbo_mpq_numref(mpq_ptr x) { return mpq_numref(x); }
static inline mpz_ptr qbo_mpq_denref(mpq_ptr x) { return mpq_denref(x); }

#endif
