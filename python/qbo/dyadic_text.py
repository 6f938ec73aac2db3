"""Doubles as the texts of the numbers that they are."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Sequence, Tuple

#: Real and imaginary part.
Complex = Tuple[Fraction, Fraction]


def dyadic(number: Any) -> Complex:
    """The parts of a complex double, exactly."""
    return Fraction(float(number.real)), Fraction(float(number.imag))


def row_text(numbers: Sequence[Complex]) -> str:
    """Numbers of a row as YAML."""
    return "[" + ", ".join(_text(re, im) for re, im in numbers) + "]"


def _text(re: Fraction, im: Fraction) -> str:
    """A complex number with dyadic parts."""
    if im == 0:
        text = _real_text(re)
    else:
        real = "" if re == 0 else _real_text(re)
        sign = "" if im < 0 or not real else "+"
        text = f"{real}{sign}{_real_text(im)}*i"
    return text if re.denominator == 1 and im == 0 else f'"{text}"'


def _real_text(number: Fraction) -> str:
    exponent = number.denominator.bit_length() - 1
    return str(number.numerator) if exponent == 0 else f"{number.numerator}/2^{exponent}"
