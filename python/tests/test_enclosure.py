"""Enclosures hold what they say, and decide what they can."""

from __future__ import annotations

import math
import pickle
import sys
from decimal import Decimal
from fractions import Fraction

import flint
import numpy
import pytest
from mpmath import iv

from qbo import BadInput, Enclosure, NotDecided


def enclosure(lower: str, upper: str, digits: int = 10, goal: str = "relative") -> Enclosure:
    return Enclosure(Fraction(Decimal(lower)), Fraction(Decimal(upper)), lower, upper, digits, goal)


def random_enclosures(draw, count):
    for _ in range(count):
        scale = draw.choice([-320, -40, -3, 0, 2, 40, 270])
        middle = draw.choice([draw.randint(-(10**25), 10**25), draw.randint(-9, 9), 0])
        width = draw.choice([0, 1, draw.randint(0, 10**3), draw.randint(0, 10**20)])
        yield enclosure(f"{middle - width}e{scale}", f"{middle + width}e{scale}", draw.randint(1, 30))


def test_bounds_are_the_printed_decimals():
    x = enclosure("-1.25e-3", "2.5e1")
    assert (x.lower, x.upper) == (Fraction(-1, 800), Fraction(25))
    assert x.width == 25 + Fraction(1, 800)
    assert x.middle == (25 - Fraction(1, 800)) / 2


def test_ten_thousand_digits_are_read_and_shown():
    text = "1." + "3" * 10000
    x = enclosure(text, text[:-1] + "4", 10000)
    assert x.width == Fraction(1, 10**10000)
    assert str(x) == text[:-1]


def test_the_double_is_between_the_bounds_where_one_is(draw):
    for x in random_enclosures(draw, 2000):
        number = float(x)
        neighbours = [math.nextafter(number, to) for to in (-math.inf, math.inf)]
        between = [each for each in [number, *neighbours] if math.isfinite(each) and x.contains(each)]
        assert x.contains(number) or not between
        assert all(abs(Fraction(number) - x.middle) <= abs(Fraction(each) - x.middle) for each in neighbours)


def test_a_value_beyond_doubles_overflows():
    with pytest.raises(OverflowError):
        float(enclosure("1e400", "1e400"))
    assert float(enclosure("-1e400", "-1e300")) == -sys.float_info.max


def dyadic(point):
    mantissa, exponent = point.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def test_intervals_of_other_libraries_hold_it(draw):
    for x in random_enclosures(draw, 500):
        for bits in (None, 8, 53, 200):
            low, high = ((-1) ** s * Fraction(m) * Fraction(2) ** e for s, m, e, _ in x.mpf(bits)._mpi_)
            assert low <= x.lower <= x.upper <= high
            ball = x.arb(bits)
            low, high = (dyadic(end) for end in (ball.lower(), ball.upper()))
            assert low <= x.lower <= x.upper <= high
        if x.width > 0:
            low, high = ((-1) ** s * Fraction(m) * Fraction(2) ** e for s, m, e, _ in x.mpf()._mpi_)
            assert high - low <= x.width * Fraction(1001, 1000)


def test_the_precision_of_flint_is_left_as_it_was():
    kept = flint.ctx.prec
    enclosure("1", "1.0000000000000000000000000000000000001").arb()
    assert flint.ctx.prec == kept
    assert isinstance(enclosure("1", "2").mpf(), type(iv.mpf(1)))


def test_a_precision_that_is_none_is_refused():
    with pytest.raises(BadInput, match=r"^bits = 1; accepted: 2 or more$"):
        enclosure("1", "2").arb(1)


def test_the_text_is_within_one_unit_of_its_last_digit(draw):
    for x in random_enclosures(draw, 2000):
        shown = Decimal(str(x))
        unit = Fraction(10) ** shown.as_tuple().exponent
        assert all(abs(Fraction(shown) - end) <= unit for end in (x.lower, x.upper))
        assert len(shown.as_tuple().digits) <= x.digits + 1


@pytest.mark.parametrize(
    ("lower", "upper", "digits", "goal", "text"),
    [
        ("0", "0", 30, "relative", "0"),
        ("2.99106212982e1", "2.99106212983e1", 10, "relative", "29.91062130"),
        ("0.123456", "0.123457", 4, "absolute", "0.1235"),
        ("-0.00001", "0.00001", 4, "absolute", "0.0000"),
        ("1", "2", 30, "relative", "2"),
        ("0.125", "0.125", 3, "relative", "0.125"),
        ("1e-20", "1e-20", 3, "relative", "1.00e-20"),
    ],
)
def test_texts(lower, upper, digits, goal, text):
    assert str(enclosure(lower, upper, digits, goal)) == text


def test_comparisons_that_are_decided():
    x = enclosure("1.1", "1.2")
    for above in (2, 1.3, Fraction(6, 5) + Fraction(1, 10**50), Decimal("1.3"), numpy.float32(1.5), math.inf):
        assert x < above and x <= above and above > x and above >= x and x != above
        assert not (x > above or x >= above or above < x or above <= x or x == above)
    for below in (1, 1.0, -math.inf, numpy.int8(1)):
        assert x > below and x >= below and below < x and below <= x and not x == below
    assert x <= Fraction(6, 5) and x >= Fraction(11, 10)
    assert not x > Fraction(6, 5) and not x < Fraction(11, 10)
    assert x < enclosure("1.3", "1.4") and x != enclosure("1.3", "1.4")
    assert x == x and x is not None and x != "1.1"
    assert sorted([enclosure("3", "4"), x, enclosure("2", "2")])[0] is x


def test_comparisons_that_are_not_decided():
    x = enclosure("1.1", "1.2")
    for compare in (
        lambda: x < 1.15,
        lambda: x >= 1.15,
        lambda: x == Fraction(11, 10),
        lambda: x != enclosure("1.1", "1.2"),
        lambda: x < Fraction(6, 5),
        lambda: x > Fraction(11, 10),
        lambda: 1.15 > x,
    ):
        with pytest.raises(NotDecided, match="is not decided by 10 digits; ask for more"):
            compare()


def test_no_order_with_what_is_no_number():
    with pytest.raises(BadInput, match="nan is not finite"):
        enclosure("1", "2") < math.nan
    with pytest.raises(BadInput, match="str is no exact number"):
        enclosure("1", "2") < "3"


def test_hashes_agree_with_equality():
    exactly = enclosure("0.5", "0.5")
    assert exactly == 0.5 and hash(exactly) == hash(0.5) and exactly in {Fraction(1, 2)}
    wide = [enclosure("1", "2") for _ in range(100)]
    assert len(set(wide)) == 100 and wide[0] in set(wide)


def test_it_is_pickled_and_shown():
    x = enclosure("1.1", "1.2")
    assert repr(pickle.loads(pickle.dumps(x))) == repr(x) == "Enclosure[1.1, 1.2]"
    assert x._repr_html_() == '<span title="">1.2</span><br><small>1.1 \u2264 truth \u2264 1.2</small>'
    with pytest.raises(AttributeError):
        x.lower = 0
