/* The limit of the method: the recurrence of the spin battery's evolution in C on GMP's mpn functions, and nothing else.
   y_n = 2 S y_(n+1) + y_(n+2) in two's complement of a given number of limbs, the support growing by one element a step.
   Usage: limit N STEPS LIMBS. Prints the milliseconds of the best of some runs. */
#include <gmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  long n = atol(argv[1]), steps = atol(argv[2]), w = atol(argv[3]);
  mp_limb_t *d = calloc(n + 1, sizeof *d), *a = calloc((n + 2) * w, sizeof *a), *b = calloc((n + 2) * w, sizeof *b);
  mp_limb_t *acc = calloc(w + 1, sizeof *acc);
  double factor = 0x1p64 * 0.999 / ((double)n * n / 4);
  for (long k = 0; k < n; k++) d[k] = (mp_limb_t)((double)((k + 1) * (n - k)) * factor / 1.1);
  double best = 1e99;
  double spent = 0;
  while (spent < 1000) {
    memset(a, 0, (n + 2) * w * sizeof *a);
    memset(b, 0, (n + 2) * w * sizeof *b);
    struct timespec s, e;
    clock_gettime(CLOCK_MONOTONIC, &s);
    for (long m = 0; m <= steps; m++) {
      long top = m < n ? m : n;
      for (long k = 0; k <= top; k++) {
        mp_limb_t *t = b + k * w;
        if (k > 0) {
          mp_limb_t *x = a + (k - 1) * w;
          acc[w] = mpn_mul_1(acc, x, w, d[k - 1]) - ((x[w - 1] >> 63) ? d[k - 1] : 0);
        } else {
          memset(acc, 0, (w + 1) * sizeof *acc);
        }
        if (k < n) {
          mp_limb_t *y = a + (k + 1) * w;
          acc[w] -= mpn_submul_1(acc, y, w, d[k]) - ((y[w - 1] >> 63) ? d[k] : 0);
        }
        mpn_add_n(t, t, acc + 1, w);
      }
      b[w - 2] += 1 + m;
      mp_limb_t *swap = a; a = b; b = swap;
    }
    clock_gettime(CLOCK_MONOTONIC, &e);
    double ms = (e.tv_sec - s.tv_sec) * 1e3 + (e.tv_nsec - s.tv_nsec) / 1e6;
    if (ms < best) best = ms;
    spent += ms;
  }
  printf("%.4f\n", best);
  return 0;
}
