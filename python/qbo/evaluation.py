"""One certified value."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any, Dict, List, Mapping, Optional, Sequence

from .enclosure import Enclosure
from .errors import BadInput, Beyond, Never, NoValue, ProgramFailed, Undecided, Undefined
from .exact import Parameter, parameter_texts
from .models import Model, Models, listed
from .options import integer, seconds_text
from .program import run

_WITHOUT_VALUE = {"undefined": Undefined, "never": Never, "beyond": Beyond, "undecided": Undecided}


def evaluate(
    quantity: str,
    *,
    digits: Optional[int] = None,
    absolute: Optional[int] = None,
    model: Models = None,
    max_seconds: Optional[float] = None,
    max_bits: Optional[int] = None,
    parameters: Optional[Mapping[str, Parameter]] = None,
    **named: Parameter,
) -> Enclosure:
    """A value with bounds that are proved.

    Parameters
    ----------
    quantity : str
        A name of ``qbo quantities``, or of a model.
    digits : int, optional
        Relative accuracy, 1 to 10000; 30 when neither this nor `absolute` is given.
    absolute : int, optional
        Absolute accuracy, upper - lower <= 10**-absolute.
    model : path, Model or a list of these, optional
        Model files whose quantities can be asked for as well.
    max_seconds : float, optional
        The cap on time.
    max_bits : int, optional
        The cap on precision.
    parameters : Mapping, optional
        Parameters by their names as they are, such as one that is called ``digits``.
    **named
        Parameters by name: texts (``"0.1"`` is one tenth, ``"pi/3"`` that number), integers, fractions, decimals, and
        floats as the dyadic rationals that they are. Of a built-in quantity ``theta_a`` stands for ``theta-a``.

    Returns
    -------
    Enclosure

    Raises
    ------
    BadInput
        Where the question is none.
    Undefined, Never, Beyond, Undecided
        Where there is no value to the digits asked for.
    """
    models = listed(model)
    request = question(quantity, models, digits, absolute, parameters, named)
    return enclosure_of(ask([request], models, max_seconds, max_bits)[0])


def question(
    quantity: str,
    models: Sequence[Model],
    digits: Optional[int],
    absolute: Optional[int],
    parameters: Optional[Mapping[str, Parameter]],
    named: Mapping[str, Parameter],
) -> Dict[str, Any]:
    """A request of ``qbo evaluate --batch``."""
    if not isinstance(quantity, str):
        raise BadInput(f"the quantity is of {type(quantity).__name__}; accepted: its name as a text")
    if digits is not None and absolute is not None:
        raise BadInput("digits and absolute are both given; accepted: one of them")
    is_own = quantity.split(".")[0] in {each.name for each in models}
    own = {keyword if is_own else keyword.replace("_", "-"): value for keyword, value in named.items()}
    request: Dict[str, Any] = {"quantity": quantity, "parameters": parameter_texts(parameters, own)}
    if absolute is not None:
        request["absolute"] = integer("absolute", absolute)
    elif digits is not None:
        request["digits"] = integer("digits", digits)
    return request


def ask(
    requests: Sequence[Mapping[str, Any]],
    models: Sequence[Model],
    max_seconds: Optional[float] = None,
    max_bits: Optional[int] = None,
    jobs: Optional[int] = None,
) -> List[Dict[str, Any]]:
    """The answers to requests, in their order, from one process."""
    words = ["evaluate", "--batch"]
    if max_seconds is not None:
        words += ["--max-seconds", seconds_text(max_seconds)]
    if max_bits is not None:
        words += ["--max-bits", str(integer("max_bits", max_bits))]
    if jobs is not None:
        words += ["--jobs", str(jobs)]
    printed = run(words, "".join(json.dumps(request) + "\n" for request in requests), models)
    answers = [json.loads(line) for line in printed.splitlines()]
    if len(answers) != len(requests):
        raise ProgramFailed(f"qbo gave {len(answers)} answers to {len(requests)} questions")
    return answers


def enclosure_of(answer: Mapping[str, Any]) -> Enclosure:
    """The enclosure of an answer; where it has none, the exception of its outcome."""
    failure = failure_of(answer)
    if failure is not None:
        raise failure
    return Enclosure.from_answer(answer)


def failure_of(answer: Mapping[str, Any]) -> Optional[NoValue]:
    """The exception of an answer without a value to the digits asked for; None where it has one."""
    if "error" in answer:
        raise BadInput(answer["error"])
    kind = _WITHOUT_VALUE.get(answer["outcome"])
    if kind is None:
        return None
    lower, upper = (None if answer[key] is None else Fraction(Decimal(answer[key])) for key in ("lower", "upper"))
    return kind(answer["quantity"], answer["parameters"], answer["undecided"], lower, upper)
