#ifndef QBO_LATTICE_H
#define QBO_LATTICE_H

/// The scaled Hamiltonian of the Dicke battery on rows of equal photon number; the fields are those of `DickeLattice`.
typedef struct {
  long photons;
  long cells;
  long stride;
  /// Doubles of a block.
  long size;
  /// 2 w0/R.
  double diagonal;
  /// sqrt(m) for m = 0 ... M + 1.
  const double *roots;
  /// For even and odd least k, a row each: the factor of the same place in a neighbouring row, then that of the other place.
  const double *same;
  const double *other;
} qbo_lattice;

/// target += a v + 2 S current with shift w0 taken off H, and the sum of the squares of the result. Eight doubles are read beyond a row, which
/// have to be finite.
double qbo_lattice_step(const qbo_lattice *lattice, double shift, const double *current, double a, const double *v, double *target);

/// target = b 2 S current, written over whatever stood there, and the sum of the squares of the result.
double qbo_lattice_product(const qbo_lattice *lattice, const double *current, double b, double *target);

/// The sum of k a_mk b_mk over both blocks.
double qbo_lattice_excitation(const qbo_lattice *lattice, const double *a, const double *b);

#endif
