"""Operators of QuTiP that a model file can hold."""

from __future__ import annotations

from typing import Any, List

from .errors import BadInput

#: How far doubles may miss what they stand for (Hermitian, positive, of norm 1), against the greatest element.
ROUNDINGS = 1e-9


def operator(name: str, given: Any, dims: Any) -> Any:
    """A square operator with finite elements, of the dims where these are given."""
    import numpy
    import qutip

    if not isinstance(given, qutip.Qobj):
        kind = type(given).__name__
        why = (
            "operators that depend on the time are not taken" if isinstance(given, (list, qutip.QobjEvo)) else "no Qobj"
        )
        raise BadInput(f"{name} is of {kind}: {why}; accepted: a Qobj")
    if not given.isoper or given.dims[0] != given.dims[1]:
        raise BadInput(f"{name} has the dims {given.dims}; accepted: a square operator")
    if dims is not None and given.dims != dims:
        raise BadInput(f"{name} has the dims {given.dims}; accepted: those of H, {dims}")
    if not numpy.isfinite(given.full()).all():
        raise BadInput(f"{name} has an element that is not finite; accepted: finite numbers")
    return given


def hermitian(name: str, given: Any, said: List[str]) -> Any:
    """The Hermitian part of an operator that is Hermitian but for roundings."""
    import numpy

    matrix = given.full()
    part = (matrix + matrix.conj().T) / 2
    off = float(abs(matrix - part).max())
    if off > ROUNDINGS * float(abs(matrix).max()):
        row, column = numpy.unravel_index(abs(matrix - part).argmax(), matrix.shape)
        raise BadInput(
            f"{name} is not Hermitian: the elements ({row}, {column}) and ({column}, {row}) are "
            f"{complex(matrix[row, column])} and {complex(matrix[column, row])}; accepted: Hermitian operators"
        )
    if off > 0:
        said.append(f"{name} is made Hermitian: an element moves by at most {off:.1e}")
    return part
