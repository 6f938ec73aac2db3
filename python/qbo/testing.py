"""Certified values for tests of other code."""

from __future__ import annotations

import numbers
from decimal import Decimal
from fractions import Fraction
from typing import Any, Mapping, Optional, Union

from .digits import magnitude, rounded_up
from .enclosure import Enclosure
from .errors import BadInput, NotDecided
from .evaluation import evaluate
from .exact import Parameter, exact
from .models import Models

_MOST_DIGITS = 10_000


def assert_certified(
    value: Any,
    quantity: str,
    *,
    rtol: Union[float, str, Fraction],
    model: Models = None,
    max_seconds: Optional[float] = None,
    max_bits: Optional[int] = None,
    parameters: Optional[Mapping[str, Parameter]] = None,
    **named: Parameter,
) -> Enclosure:
    """Passes where abs(value - truth) <= rtol * abs(truth) is proved.

    Parameters
    ----------
    value : number
        What was computed, taken exactly: a float is the dyadic rational that it is.
    quantity : str
        What it should be.
    rtol : number or text such as ``"1e-9"``
        The relative error that is allowed.
    model, max_seconds, max_bits, parameters, **named
        As of `evaluate`.

    Returns
    -------
    Enclosure
        What the value was compared with.

    Raises
    ------
    AssertionError
        Where the contrary is proved, or the value is not finite.
    NotDecided
        Where 10000 digits, which it takes in the end, decide it neither way.
    Undefined, Never, Beyond, Undecided
        Where the truth is not known to the digits that it takes.

    Notes
    -----
    Where T keeps its sign, and rtol < 1, rtol abs(T) - abs(value - T) rises in T up to the value and falls from there.
    So between two bounds it is at least the lesser of both ends, and at most the greater one where the value lies
    outside.
    """
    __tracebackhide__ = True
    allowed = _tolerance(rtol)
    try:
        number = exact(value)
    except BadInput:
        if isinstance(value, (numbers.Real, Decimal)) and not isinstance(value, bool):
            raise AssertionError(f"{quantity}: {value} is not finite") from None
        raise BadInput(f"the value: {type(value).__name__} is no exact number; accepted: a number") from None
    digits = max(20, 5 - magnitude(allowed)) if allowed else 30
    while True:
        truth = evaluate(
            quantity,
            digits=min(digits, _MOST_DIGITS),
            model=model,
            max_seconds=max_seconds,
            max_bits=max_bits,
            parameters=parameters,
            **named,  # type: ignore[arg-type]
        )
        slack = [allowed * abs(end) - abs(number - end) for end in (truth.lower, truth.upper)]
        if min(slack) >= 0:
            return truth
        if max(slack) < 0 and not truth.contains(number):
            raise AssertionError(_message(value, number, truth, rtol))
        if digits >= _MOST_DIGITS:
            raise NotDecided(f"{quantity}: {value!r} is at rtol = {rtol} of {truth} to {truth.digits} digits")
        digits *= 4


def _tolerance(rtol: Any) -> Fraction:
    try:
        allowed = Fraction(rtol) if isinstance(rtol, str) else exact(rtol)
    except (ValueError, ZeroDivisionError):
        allowed = Fraction(-1)
    if not 0 <= allowed < 1:
        raise BadInput(f"rtol = {rtol!r}; accepted: a number from 0 to below 1")
    return allowed


def _message(value: Any, number: Fraction, truth: Enclosure, rtol: Any) -> str:
    asked = " ".join([truth.quantity, *(f"{name}={text}" for name, text in truth.parameters.items())])
    lines = [f"{asked} is not {value!r} to rtol = {rtol}", f"  truth: {truth} in {truth!r}"]
    if truth.lower == truth.upper == 0:
        return "\n".join([*lines, f"  error: {rounded_up(abs(number))}, and the truth is exactly 0"])
    error = max(abs(number - end) / abs(end) for end in (truth.lower, truth.upper))
    right = max(0, -magnitude(error) - 1)
    return "\n".join([*lines, f"  relative error: at most {rounded_up(error)}", f"  right digits: {right}"])
