"""Numbers of Python as the exact numbers that they are."""

from __future__ import annotations

import numbers
from decimal import Decimal
from fractions import Fraction
from typing import Any, Dict, Mapping, Optional, Union

from .errors import BadInput

#: What is taken for a number: each stands for exactly one rational.
Number = Union[int, float, Fraction, Decimal]
#: What is taken for a parameter: a number, or a text that the program reads.
Parameter = Union[Number, str]

_ACCEPTED = "int, float, Fraction, Decimal or a scalar of NumPy"


def exact(number: Any) -> Fraction:
    """The rational that a number is.

    Parameters
    ----------
    number : int, float, Fraction, Decimal or scalar of NumPy
        A float, of any width, is the dyadic rational that it is: 0.1 is
        3602879701896397/36028797018963968 and not 1/10.

    Returns
    -------
    Fraction

    Raises
    ------
    BadInput
        Of anything else, booleans among it, and of what is not finite.
    """
    if isinstance(number, bool) or not isinstance(number, (numbers.Real, Decimal)):
        raise BadInput(f"{type(number).__name__} is no exact number; accepted: {_ACCEPTED}")
    if isinstance(number, numbers.Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    try:
        numerator, denominator = number.as_integer_ratio()  # type: ignore[union-attr]
    except (ValueError, OverflowError):
        raise BadInput(f"{number} is not finite; accepted: finite numbers") from None
    except AttributeError:
        raise BadInput(f"{type(number).__name__} is no exact number; accepted: {_ACCEPTED}") from None
    return Fraction(int(numerator), int(denominator))


def integer_text(number: int) -> str:
    """All digits of an integer, however many (``str`` refuses more than some thousand)."""
    return format(Decimal(number), "f")


def rational_text(number: Fraction) -> str:
    """A rational as ``a`` or ``a/b``."""
    numerator = integer_text(number.numerator)
    return numerator if number.denominator == 1 else f"{numerator}/{integer_text(number.denominator)}"


def parameter_text(name: str, value: Any) -> str:
    """A parameter as the program reads it, without a rounding.

    Parameters
    ----------
    name : str
        The name of the parameter, for the message.
    value : str or number
        A text goes as it is, a number as an integer or a fraction: see `exact`.
    """
    if isinstance(value, str):
        return str(value)
    try:
        return rational_text(exact(value))
    except BadInput as error:
        raise BadInput(f"parameter {name}: {error}, or a text such as 'sqrt(2)/3'") from None


def parameter_texts(given: Optional[Mapping[str, Any]], named: Mapping[str, Any]) -> Dict[str, str]:
    """All parameters as the program reads them, each of them given once.

    Parameters
    ----------
    given : Mapping or None
        The option ``parameters``.
    named : Mapping
        Those given as keywords.
    """
    for name in given or {}:
        if name in named:
            raise BadInput(f"parameter {name}: given twice; accepted: once")
    return {name: parameter_text(name, value) for name, value in {**(given or {}), **named}.items()}
