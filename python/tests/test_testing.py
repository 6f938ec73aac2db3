"""Assertions on certified values."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy
import pytest

import qbo
from qbo.testing import assert_certified

ASKED = dict(N=50, g="0.5", tau="0.2")


def test_what_is_right_passes():
    truth = qbo.evaluate("dicke.stored-energy", digits=20, **ASKED)
    for value in (float(truth), numpy.float64(truth), truth.middle, float(truth) * (1 + 9e-10)):
        found = assert_certified(value, "dicke.stored-energy", rtol=1e-9, **ASKED)
        assert found.lower <= truth.upper and truth.lower <= found.upper
    assert_certified(30, "dicke.stored-energy", rtol="1e-2", **ASKED)


def test_what_is_wrong_fails_with_what_it_takes():
    with pytest.raises(AssertionError) as caught:
        assert_certified(29.9106212983, "dicke.stored-energy", rtol=1e-12, **ASKED)
    assert str(caught.value) == (
        "dicke.stored-energy N=50 w0=1 g=0.5 tau=0.2 is not 29.9106212983 to rtol = 1e-12\n"
        "  truth: 29.910621298231503131 in Enclosure[2.9910621298231503130882e1, 2.9910621298231503130883e1]\n"
        "  relative error: at most 2.30e-12\n"
        "  right digits: 11"
    )


def test_the_border_is_kept_exactly(draw):
    # sqrt(2) to both sides of the border, by less than any double tells.
    truth = qbo.evaluate("harmonic.advantage", N=2, digits=300)
    for _ in range(10):
        rtol = Fraction(draw.randint(1, 10**6), 10 ** draw.randint(6, 20))
        little = Fraction(1, 10 ** draw.randint(20, 200))
        for sign in (-1, 1):
            assert_certified(truth.middle * (1 + sign * (rtol - little)), "harmonic.advantage", N=2, rtol=rtol)
            with pytest.raises(AssertionError):
                assert_certified(truth.middle * (1 + sign * (rtol + little)), "harmonic.advantage", N=2, rtol=rtol)


def test_truths_that_are_zero():
    assert_certified(0.0, "harmonic.stored-energy", N=2, tau=0, rtol=0)
    with pytest.raises(AssertionError, match="error: 1.00e-30, and the truth is exactly 0"):
        assert_certified(Fraction(1, 10**30), "harmonic.stored-energy", N=2, tau=0, rtol=1e-3)


@pytest.mark.parametrize("value", [math.nan, math.inf, numpy.float32("nan"), Decimal("nan")])
def test_what_is_not_finite_fails(value):
    with pytest.raises(AssertionError, match="is not finite"):
        assert_certified(value, "harmonic.advantage", N=2, rtol=1e-3)


def test_what_no_digits_decide():
    # The truth is the square root of 1, which is not decided to be 1.
    with pytest.raises(qbo.NotDecided, match=r"^harmonic.advantage: 1 is at rtol = 0 of 1.000"):
        assert_certified(1, "harmonic.advantage", N=1, rtol=0)


def test_undecided_is_an_error_of_its_own():
    with pytest.raises(qbo.Undecided):
        assert_certified(1.4, "harmonic.advantage", N=2, rtol="1e-60", max_bits=64)


@pytest.mark.parametrize("rtol", [-1, 1, "a", math.nan, None, "1/0"])
def test_a_tolerance_that_is_none(rtol):
    with pytest.raises(qbo.BadInput) as caught:
        assert_certified(1, "harmonic.advantage", N=1, rtol=rtol)
    assert str(caught.value) == f"rtol = {rtol!r}; accepted: a number from 0 to below 1"


def test_a_value_that_is_none():
    for value, kind in ((1j, "complex"), (True, "bool"), ("1", "str")):
        with pytest.raises(qbo.BadInput, match=f"^the value: {kind} is no exact number; accepted: a number$"):
            assert_certified(value, "harmonic.advantage", N=1, rtol=1e-3)


def test_the_fixture_of_pytest(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(qbo.__file__).parents[1]))
    pytester.makepyfile(
        """
        def test_right(certified):
            certified(2**0.5, "harmonic.advantage", N=2, rtol=1e-15)

        def test_wrong(certified):
            certified(1.414, "harmonic.advantage", N=2, rtol=1e-15)
        """
    )
    ended = pytester.runpytest_subprocess("-p", "qbo.pytest_plugin")
    ended.assert_outcomes(passed=1, failed=1)
    ended.stdout.fnmatch_lines(["E*harmonic.advantage N=2 w0=1 g=1 is not 1.414 to rtol = 1e-15", "E*right digits: 3"])
