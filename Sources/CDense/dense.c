// Products of matrices of doubles. They stand in C because there the compiler can be asked for versions with wider registers, one of which is
// chosen when the program starts.
#include "dense.h"

#if defined(__x86_64__) && defined(__linux__)
#define VERSIONS __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define VERSIONS
#endif

typedef double lanes __attribute__((vector_size(64), aligned(8)));

#define load(p) (*(const lanes *)(p))
#define add(p, x) (*(lanes *)(p) += (x))

enum { depth_at_once = 128, columns_at_once = 16 };

VERSIONS void qbo_dense_add_product(long rows, long depth, long columns, const double *p, long p_stride, const double *w, long w_stride,
                                    double *c, long c_stride) {
  // Some columns of w, one row after the other.
  double tile[depth_at_once * columns_at_once];
  for (long first = 0; first < depth; first += depth_at_once) {
    const long count = depth - first < depth_at_once ? depth - first : depth_at_once;
    for (long j = 0; j < columns; j += columns_at_once) {
      const long width = columns - j < columns_at_once ? columns - j : columns_at_once;
      for (long k = 0; k < count; k++)
        for (long m = 0; m < columns_at_once; m++)
          tile[columns_at_once * k + m] = m < width ? w[(first + k) * w_stride + j + m] : 0;
      for (long i = 0; i < rows; i += 4) {
        const long height = rows - i < 4 ? rows - i : 4;
        const double *a0 = p + i * p_stride + first;
        const double *a1 = height > 1 ? a0 + p_stride : a0, *a2 = height > 2 ? a1 + p_stride : a0;
        const double *a3 = height > 3 ? a2 + p_stride : a0;
        lanes s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, t0 = {0}, t1 = {0}, t2 = {0}, t3 = {0};
        for (long k = 0; k < count; k++) {
          const lanes u = load(tile + columns_at_once * k), v = load(tile + columns_at_once * k + 8);
          s0 += a0[k] * u;
          t0 += a0[k] * v;
          s1 += a1[k] * u;
          t1 += a1[k] * v;
          s2 += a2[k] * u;
          t2 += a2[k] * v;
          s3 += a3[k] * u;
          t3 += a3[k] * v;
        }
        const lanes sums[8] = {s0, t0, s1, t1, s2, t2, s3, t3};
        for (long r = 0; r < height; r++) {
          double *target = c + (i + r) * c_stride + j;
          if (width == columns_at_once) {
            add(target, sums[2 * r]);
            add(target + 8, sums[2 * r + 1]);
          } else {
            const double *values = (const double *)(sums + 2 * r);
            for (long m = 0; m < width; m++) target[m] += values[m];
          }
        }
      }
    }
  }
}
