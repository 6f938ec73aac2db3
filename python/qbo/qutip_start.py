"""A state of QuTiP as the start of a model file."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, List

from .dyadic_text import Complex, dyadic, row_text
from .errors import BadInput
from .qutip_operators import ROUNDINGS, hermitian


def start_lines(given: Any, dims: Any, said: List[str]) -> List[str]:
    """The lines of the key ``start``; what was corrected is added to what is said."""
    import numpy
    import qutip

    if not isinstance(given, qutip.Qobj):
        raise BadInput(f"rho0 is of {type(given).__name__}; accepted: a Qobj, a ket or a density matrix")
    if given.dims != dims and not (given.isket and given.dims[0] == dims[0]):
        raise BadInput(f"rho0 has the dims {given.dims}; accepted: a ket or a density matrix with those of H, {dims}")
    numbers = given.full()
    if not numpy.isfinite(numbers).all():
        raise BadInput("rho0 has an element that is not finite; accepted: finite numbers")
    if given.isket:
        column = [dyadic(x) for x in numbers[:, 0]]
        whole = sum((re * re + im * im for re, im in column), Fraction(0))
        return ["start:", f"  vector: {row_text(column)}", *_normalised("norm", "the squared norm", whole, said)]
    matrix = hermitian("rho0", given, said)
    rows = [[dyadic(x) for x in row] for row in matrix]
    if not _is_surely_positive(matrix):
        rows = _nearest_state(matrix, rows, said)
    trace = sum((row[k][0] for k, row in enumerate(rows)), Fraction(0))
    return [
        "start:",
        "  density:",
        *("  - " + row_text(row) for row in rows),
        *_normalised("trace", "the trace", trace, said),
    ]


def _normalised(what: str, measured: str, whole: Fraction, said: List[str]) -> List[str]:
    if abs(whole - 1) > ROUNDINGS:
        raise BadInput(f"{measured} of rho0 is {float(whole)!r}; accepted: a state with the {what} 1")
    if whole == 1:
        return []
    said.append(f"rho0 is divided by its {what}: {measured} misses 1 by {abs(float(whole - 1)):.1e}")
    return ["  normalised: true"]


def _is_surely_positive(matrix: Any) -> bool:
    """Whether a Hermitian matrix is diagonal with no negative element, or has eigenvalues that leave room for errors of
    double arithmetic."""
    import numpy

    diagonal = numpy.diag(matrix).real
    if (matrix == numpy.diag(numpy.diag(matrix))).all():
        return bool((diagonal >= 0).all())
    return bool(numpy.linalg.eigvalsh(matrix).min() > 1e-12 * len(diagonal) * float(abs(matrix).max()))


def _nearest_state(matrix: Any, rows: Any, said: List[str]) -> List[List[Complex]]:
    """The exact sum of |v><v| over vectors v of doubles, eigenvectors times roots of their eigenvalues."""
    import numpy

    levels, columns = numpy.linalg.eigh(matrix)
    if levels.min() < -ROUNDINGS:
        raise BadInput(f"rho0 has the eigenvalue {float(levels.min()):.3g}; accepted: a state")
    vectors = [
        [dyadic(x) for x in numpy.sqrt(level) * columns[:, k]] for k, level in enumerate(levels) if level > 1e-15
    ]
    size = len(rows)
    made = [[(Fraction(0), Fraction(0))] * size for _ in range(size)]
    for vector in vectors:
        for j, (a, b) in enumerate(vector):
            for k, (c, d) in enumerate(vector):
                re, im = made[j][k]
                made[j][k] = (re + a * c + b * d, im + b * c - a * d)
    off = max(abs(float(x - y)) for new, old in zip(made, rows) for pair in zip(new, old) for x, y in zip(*pair))
    said.append(f"rho0 is made positive: a part of an element moves by at most {off:.1e}")
    return made
