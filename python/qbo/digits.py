"""Decimals of which each digit is shown to be right but for one unit of the last."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def magnitude(number: Fraction) -> int:
    """The integer e with 10**e <= abs(number) < 10**(e + 1), of a number that is not zero."""
    e = Decimal(abs(number.numerator)).adjusted() - Decimal(number.denominator).adjusted()
    return e if abs(number) >= power_of_ten(e) else e - 1


def power_of_ten(e: int) -> Fraction:
    """10**e, exactly, for any integer e."""
    return Fraction(10**e) if e >= 0 else Fraction(1, 10**-e)


def rounded_text(lower: Fraction, upper: Fraction, digits: int, is_relative: bool) -> str:
    """The decimal nearest to the middle of two bounds that is within one unit of its last digit of both.

    Parameters
    ----------
    lower, upper : Fraction
        The bounds.
    digits : int
        How many digits are shown at most: from the first that is not zero, or after the point.
    is_relative : bool
        Which of the two.

    Notes
    -----
    With the unit u >= upper - lower the rounding moves the middle by u/2 at most, and a bound is
    (upper - lower)/2 <= u/2 from the middle.
    """
    middle = (lower + upper) / 2
    if lower == upper == 0:
        return "0"
    places = digits
    if is_relative and middle != 0:
        places = digits - 1 - magnitude(middle)
    if upper > lower:
        width = upper - lower
        e = magnitude(width)
        places = min(places, -e if width == power_of_ten(e) else -e - 1)
    units = round(middle * power_of_ten(places))
    shown = Decimal(units).as_tuple()
    return str(Decimal((shown.sign, shown.digits, -places))).lower()


def rounded_up(number: Fraction, digits: int = 3) -> str:
    """A positive number in short, not below it."""
    if number == 0:
        return "0"
    places = digits - 1 - magnitude(number)
    scaled = number * power_of_ten(places)
    units = -(-scaled.numerator // scaled.denominator)
    return f"{Decimal(units).scaleb(-places):.{digits - 1}e}"
