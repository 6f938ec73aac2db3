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

// z_k in eight places of a row: the rows beside it, weighted.
#define NEIGHBOURS(i) (up * load(x + stride + (i)) + down * load(x - stride + (i)))

// What both kinds of rows do with z and with z of the other place: h = 2 (H - shift w0)/R x.
#define ELEMENTS(body)                                                                                               \
  const lanes d = lattice->diagonal * (evens + (base + 2 * (double)i));                                              \
  const lanes h = d * load(x + i) + (load(same + i) * z + load(other + i) * beside);                                 \
  body                                                                                                               \
  *(lanes *)(t + i) = value;                                                                                         \
  squares += value * value;

// The other place is one to the left in rows of even k, one to the right in the others. Places beyond a row have factors of zero.
#define ROWS(shift, body)                                                                                            \
  const long stride = lattice->stride, size = lattice->size;                                                         \
  const lanes evens = {0, 2, 4, 6, 8, 10, 12, 14};                                                                   \
  lanes squares = {0};                                                                                               \
  for (long m = 0; m <= lattice->photons; m++) {                                                                     \
    const long parity = (m + lattice->cells) & 1, place = 8 + (m + 1) * stride;                                      \
    const double *same = lattice->same + parity * stride, *other = lattice->other + parity * stride;                 \
    const double up = lattice->roots[m + 1], down = lattice->roots[m];                                               \
    const double base = (double)(m + parity - lattice->cells) - (shift);                                             \
    /* x' = H y, y' = -H x. */                                                                                       \
    for (long block = 0; block < 2; block++) {                                                                       \
      const double *x = current + (1 - block) * size + place;                                                        \
      double *t = target + block * size + place;                                                                     \
      const double sign = block == 0 ? 1 : -1;                                                                       \
      if (parity == 0) {                                                                                             \
        lanes before = {0};                                                                                          \
        for (long i = 0; i < stride; i += 8) {                                                                       \
          const lanes z = NEIGHBOURS(i);                                                                             \
          const lanes beside = __builtin_shufflevector(before, z, 7, 8, 9, 10, 11, 12, 13, 14);                      \
          before = z;                                                                                                \
          ELEMENTS(body)                                                                                             \
        }                                                                                                            \
      } else {                                                                                                       \
        lanes z = NEIGHBOURS(0);                                                                                     \
        for (long i = 0; i < stride; i += 8) {                                                                       \
          const lanes after = NEIGHBOURS(i + 8);                                                                     \
          const lanes beside = __builtin_shufflevector(z, after, 1, 2, 3, 4, 5, 6, 7, 8);                            \
          ELEMENTS(body)                                                                                             \
          z = after;                                                                                                 \
        }                                                                                                            \
      }                                                                                                              \
    }                                                                                                                \
  }                                                                                                                  \
  double sum = 0;                                                                                                    \
  for (int i = 0; i < 8; i++) sum += squares[i];                                                                     \
  return sum;

VERSIONS
double qbo_lattice_step(
    const qbo_lattice *lattice, double shift, const double *current, double a, const double *v, double *target) {
  ROWS(shift, const lanes value = (load(t + i) + sign * h) + a * load(v + block * size + place + i);)
}

VERSIONS
double qbo_lattice_product(const qbo_lattice *lattice, const double *current, double b, double *target) {
  ROWS(0, const lanes value = (sign * b) * h;)
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
