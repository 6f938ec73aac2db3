"""Numbers enter exactly."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest

from qbo import BadInput
from qbo.exact import exact, parameter_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (-2, "-2"),
        ("sqrt(2)/3", "sqrt(2)/3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-4, 2), "-2"),
        (0.5, "1/2"),
        (0.1, "3602879701896397/36028797018963968"),
        (-0.0, "0"),
        (1e300, str(int(1e300))),
        (2.0**-1074, f"1/{2**1074}"),
        (Decimal("0.1"), "1/10"),
        (numpy.int64(7), "7"),
        (numpy.uint8(255), "255"),
        (numpy.float32(0.1), "13421773/134217728"),
        (numpy.float64(0.1), "3602879701896397/36028797018963968"),
        (numpy.float16(0.5), "1/2"),
        (numpy.str_("0.1"), "0.1"),
    ],
)
def test_texts_are_exact(value, text):
    assert parameter_text("x", value) == text


def test_integers_may_have_any_number_of_digits():
    assert parameter_text("N", 10**5000) == "1" + "0" * 5000


def test_random_doubles_are_the_rationals_that_they_are(draw):
    for _ in range(1000):
        number = math.ldexp(draw.random() - 0.5, draw.randint(-1000, 1000))
        assert Fraction(parameter_text("x", number)) == Fraction(number)


@pytest.mark.parametrize("value", [True, numpy.bool_(True), None, 1j, [1], b"1", numpy.array([1.0]), object()])
def test_other_kinds_are_refused(value):
    with pytest.raises(BadInput) as caught:
        parameter_text("g", value)
    kind = type(value).__name__
    assert str(caught.value) == (
        f"parameter g: {kind} is no exact number; accepted: int, float, Fraction, Decimal or a scalar of NumPy, "
        "or a text such as 'sqrt(2)/3'"
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, numpy.float32("nan"), Decimal("inf"), Decimal("nan")])
def test_what_is_not_finite_is_refused(value):
    with pytest.raises(BadInput, match="is not finite; accepted: finite numbers"):
        exact(value)
