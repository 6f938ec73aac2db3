"""Operators of QuTiP as the text of a model file."""

from __future__ import annotations

import re
from typing import Any, List, Mapping, Sequence

from .dyadic_text import dyadic, row_text
from .errors import BadInput
from .qutip_operators import hermitian, operator
from .qutip_start import start_lines


def model_text(H: Any, rho0: Any, c_ops: Sequence[Any], e_ops: Mapping[str, Any], name: str) -> str:
    """The text of `Model.from_qutip`."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) is None:
        raise BadInput(f"the name {name!r} of the model; accepted: letters, digits and hyphens, a letter first")
    dims = operator("H", H, None).dims
    said: List[str] = []
    matrices = {"h": hermitian("H", H, said)}
    if not isinstance(c_ops, (list, tuple)):
        raise BadInput(f"c_ops is of {type(c_ops).__name__}; accepted: a list of Qobj")
    for k, each in enumerate(c_ops):
        matrices[f"c{k}"] = operator(f"c_ops[{k}]", each, dims).full()
    if not isinstance(e_ops, Mapping):
        raise BadInput(f"e_ops is of {type(e_ops).__name__}; accepted: a dict of names and Qobj")
    means = {}
    for k, (key, each) in enumerate(e_ops.items()):
        if not isinstance(key, str) or re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key) is None:
            raise BadInput(f"the name {key!r} in e_ops; accepted: letters, digits, _ and hyphens, a letter first")
        matrices[f"e{k}"] = hermitian(f"e_ops[{key!r}]", operator(f"e_ops[{key!r}]", each, dims), said)
        means[key] = f"mean(e{k})"
    start = start_lines(rho0, dims, said)
    size = matrices["h"].shape[0]
    places = [each for each in dims[0] if each > 1]
    shown = f", dims: {places}" if len(places) > 1 else ""
    lines = [f"# From QuTiP. {each}" for each in said]
    lines += [f"model: {name}", f"space: {{m: {{kind: matrix, size: {size}{shown}}}}}", "operators:"]
    for letter, matrix in matrices.items():
        lines += [f"  {letter}:", "    of: m", "    matrix:"]
        lines += ["    - " + row_text([dyadic(x) for x in row]) for row in matrix]
    lines.append("hamiltonian: h")
    if c_ops:
        lines.append("jumps:")
        lines += [f"  - {{operator: c{k}, rate: 1}}" for k in range(len(c_ops))]
    lines += start
    lines.append("quantities:")
    lines += [f"  {key}: {{value: {mean}}}" for key, mean in (means or {"energy": "mean(h)"}).items()]
    return "\n".join(lines) + "\n"
