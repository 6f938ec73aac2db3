// The product with the Hamiltonian is nearly all of the time of the Dicke kernels. It stands in C because there the compiler can be asked
// for versions with wider registers, one of which is chosen when the program starts. Fused operations round once in place of twice, so the
// bounds of the callers hold for all versions.
#include "lattice.h"

#if defined(__x86_64__) && defined(__linux__)
#define VERSIONS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VERSIONS
#endif

typedef double lanes __attribute__((vector_size(64), aligned(8)));

#define load(p) (*(const lanes *)(p))

// h = 2 H/R x in the eight elements from i on of row m.
#define ROWS(body)                                                                                                   \
  const long stride = lattice->stride, size = lattice->size;                                                         \
  const lanes evens = {0, 2, 4, 6, 8, 10, 12, 14};                                                                   \
  lanes squares = {0};                                                                                               \
  for (long m = 0; m <= lattice->photons; m++) {                                                                     \
    const long parity = (m + lattice->cells) & 1, shift = parity == 0 ? -1 : 1, place = 8 + (m + 1) * stride;        \
    const double *same = lattice->same + parity * stride, *other = lattice->other + parity * stride;                 \
    const double up = lattice->roots[m + 1], down = lattice->roots[m];                                               \
    const double base = (double)(m + parity - lattice->cells);                                                       \
    /* x' = H y, y' = -H x. */                                                                                       \
    for (long block = 0; block < 2; block++) {                                                                       \
      const double *x = current + (1 - block) * size + place;                                                        \
      double *t = target + block * size + place;                                                                     \
      const double sign = block == 0 ? 1 : -1;                                                                       \
      for (long i = 0; i < stride; i += 8)                                                                           \
        *(lanes *)(z + i) = up * load(x + stride + i) + down * load(x - stride + i);                                 \
      for (long i = 0; i < stride; i += 8) {                                                                         \
        const lanes d = lattice->diagonal * (evens + (base + 2 * (double)i));                                        \
        const lanes h = d * load(x + i) + (load(same + i) * load(z + i) + load(other + i) * load(z + i + shift));    \
        body                                                                                                         \
        *(lanes *)(t + i) = value;                                                                                   \
        squares += value * value;                                                                                    \
      }                                                                                                              \
    }                                                                                                                \
  }                                                                                                                  \
  double sum = 0;                                                                                                    \
  for (int i = 0; i < 8; i++) sum += squares[i];                                                                     \
  return sum;

VERSIONS
double qbo_lattice_step(
    const qbo_lattice *lattice, const double *current, double a, const double *v, double *target, double *z) {
  ROWS(const lanes value = (load(t + i) + sign * h) + a * load(v + block * size + place + i);)
}

VERSIONS
double qbo_lattice_product(const qbo_lattice *lattice, const double *current, double b, double *target, double *z) {
  ROWS(const lanes value = (sign * b) * h;)
}

VERSIONS
double qbo_lattice_excitation(const qbo_lattice *lattice, const double *a, const double *b) {
  const lanes evens = {0, 2, 4, 6, 8, 10, 12, 14};
  lanes total = {0};
  for (long m = 0; m <= lattice->photons; m++) {
    const long place = 8 + (m + 1) * lattice->stride, size = lattice->size;
    const double parity = (double)((m + lattice->cells) & 1);
    for (long i = 0; i < lattice->stride; i += 8) {
      const double *p = a + place + i, *q = b + place + i;
      total += (evens + (parity + 2 * (double)i)) * (load(p) * load(q) + load(p + size) * load(q + size));
    }
  }
  double sum = 0;
  for (int i = 0; i < 8; i++) sum += total[i];
  return sum;
}
