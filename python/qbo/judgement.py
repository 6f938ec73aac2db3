"""How far a computed trajectory is from the truth of a model."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from .errors import BadInput, ProgramFailed, Undecided
from .exact import Parameter, parameter_texts
from .models import Models, listed
from .options import integer, seconds_text
from .program import UNDECIDED, run


@dataclass(frozen=True)
class Judgement:
    """Proved bounds of the distance of a trajectory from the truth; of what is not known, None.

    Parameters
    ----------
    times : list of float
        The times of the trajectory.
    upper, lower : list of float
        The distance at each of them is at most and at least this.
    norm : str
        The norm that it is in.
    quantities : dict
        Of each quantity of the model ``value`` in the trajectory, and ``upper`` and ``lower`` of its distance from
        the truth.
    lost : dict
        The first times at which 1e-6, 1e-3 and 1 are proved lost; None where they are not.
    cause : str
        What did it; told in doubles, to say where to look.
    method : str
        How the truth was computed, and up to where.
    seconds : float
        How long it took.
    """

    times: List[float]
    upper: List[Optional[float]]
    lower: List[Optional[float]]
    norm: str
    quantities: Mapping[str, Mapping[str, List[Optional[float]]]]
    lost: Mapping[str, Optional[float]]
    cause: str
    method: str
    seconds: float


def judge(
    result: Any,
    model: Models,
    *,
    order: Optional[str] = None,
    dims: Optional[Sequence[int]] = None,
    max_seconds: Optional[float] = None,
    parameters: Optional[Mapping[str, Parameter]] = None,
    **named: Parameter,
) -> Judgement:
    """The distance of a computed trajectory from the truth of a model.

    Parameters
    ----------
    result : Result of QuTiP, or a pair of times and states
        States are Qobj, or arrays: vectors (d) or density matrices (d, d). A Result needs its states, so the option
        ``store_states`` where ``e_ops`` are given.
    model : path or Model
        Whose truth it is.
    order : str, optional
        Which basis state stands at which place: ``qutip``, ``model``, or a list of factors. ``qutip`` when not given
        and the states are Qobj, else ``model``.
    dims : sequence of int, optional
        The numbers of states of the factors, where more than one mode is cut off: ``H.dims[0]``.
    max_seconds : float, optional
        The cap on time.
    parameters, **named
        Parameters of the model, as of `evaluate`.

    Returns
    -------
    Judgement

    Raises
    ------
    BadInput
        Of a path or a model that is none, or that do not fit one another.
    Undecided
        Where the truth is known at none of the times.
    """
    import numpy

    models = listed(model)
    if len(models) != 1:
        raise BadInput(f"{len(models)} models; accepted: one")
    times, states = _path(result)
    is_qutip = all(hasattr(state, "full") for state in states)
    arrays = [_array(state) for state in states]
    if len({each.shape for each in arrays}) != 1:
        raise BadInput("the states have different shapes; accepted: vectors, or matrices, of one dimension")
    content: Dict[str, Any] = {
        "times": numpy.asarray(times, dtype=float),
        "states": numpy.asarray(arrays, dtype=complex),
    }
    words = ["--format", "json", "--order", order or ("qutip" if is_qutip else "model")]
    if max_seconds is not None:
        words += ["--max-seconds", seconds_text(max_seconds)]
    if dims is not None:
        content["dims"] = numpy.asarray([integer("dims", each) for each in dims])
    texts = parameter_texts(parameters, named)
    words += [f"{name}={text}" for name, text in texts.items()]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "path.npz")
        numpy.savez(path, **content)
        try:
            answer = json.loads(run(["judge", path, *words], models=models))
        except BadInput as error:
            raise BadInput(str(error).replace(f"file '{path}'", "the trajectory")) from None
        except ProgramFailed as failure:
            if failure.status != UNDECIDED:
                raise
            raise Undecided(models[0].name, texts, failure.said.replace("undecided: ", "", 1)) from None
    return Judgement(**{name: answer[name] for name in Judgement.__dataclass_fields__})


def _path(result: Any) -> Tuple[Sequence[Any], Sequence[Any]]:
    if isinstance(result, tuple) and len(result) == 2:
        times, states = result
    else:
        try:
            times, states = result.times, result.states
        except AttributeError:
            raise BadInput(
                f"{type(result).__name__} is no trajectory; accepted: a Result of QuTiP, or (times, states)"
            ) from None
    states = list(states) if states is not None else []
    if not states:
        raise BadInput("the result has no states; accepted: one solved with options={'store_states': True}")
    if len(times) != len(states):
        raise BadInput(f"{len(times)} times and {len(states)} states; accepted: one state for each time")
    return times, states


def _array(state: Any) -> Any:
    import numpy

    array = state.full() if hasattr(state, "full") else numpy.asarray(state)
    if array.ndim == 2 and array.shape[1] == 1 and array.shape[0] > 1:
        return array[:, 0]
    if array.ndim not in (1, 2) or array.ndim == 2 and array.shape[0] != array.shape[1]:
        raise BadInput(f"a state has the shape {array.shape}; accepted: vectors (d), or matrices (d, d)")
    return array
