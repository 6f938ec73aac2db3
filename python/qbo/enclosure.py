"""Two exact bounds with the true value between them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any, Mapping, Optional, Tuple, Union

from .digits import rounded_text
from .errors import BadInput, NotDecided
from .exact import Number, exact

_Bound = Union[Fraction, float]


@dataclass(frozen=True, eq=False, repr=False)
class Enclosure:
    """A true value between two bounds, both of them included.

    Comparisons with numbers and enclosures answer where the bounds decide them, and raise `NotDecided` where not; an
    enclosure equals itself. Those whose bounds are one number hash as it, others as the object that they are.

    Parameters
    ----------
    lower, upper : Fraction
        The bounds, exactly as printed.
    lower_text, upper_text : str
        The decimals that were printed.
    digits : int
        The digits asked for.
    goal : str
        ``relative``: upper - lower <= 10**-digits * min(abs(lower), abs(upper)), or both are 0;
        ``absolute``: upper - lower <= 10**-digits.
    seconds : float
        How long the evaluation took.
    method : str
        The route.
    outcome : str
        ``value``, or ``zero`` where zero was decided.
    quantity : str
        What was asked for.
    parameters : Mapping of str to str
        The parameters as the program read them, defaults included.
    """

    lower: Fraction
    upper: Fraction
    lower_text: str
    upper_text: str
    digits: int
    goal: str = "relative"
    seconds: float = 0.0
    method: str = ""
    outcome: str = "value"
    quantity: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> Enclosure:
        """The enclosure of an answer.

        Parameters
        ----------
        answer : Mapping
            An object that ``qbo evaluate --format json`` prints, with both bounds.
        """
        return cls(
            lower=Fraction(Decimal(answer["lower"])),
            upper=Fraction(Decimal(answer["upper"])),
            lower_text=answer["lower"],
            upper_text=answer["upper"],
            digits=answer["digits"],
            goal=answer.get("goal", "relative"),
            seconds=answer["seconds"],
            method=answer["method"],
            outcome=answer["outcome"],
            quantity=answer["quantity"],
            parameters=dict(answer["parameters"]),
        )

    @property
    def width(self) -> Fraction:
        """upper - lower, exactly."""
        return self.upper - self.lower

    @property
    def middle(self) -> Fraction:
        """(lower + upper)/2, exactly."""
        return (self.lower + self.upper) / 2

    def contains(self, number: Number) -> bool:
        """Whether a number lies between the bounds, decided exactly.

        Parameters
        ----------
        number : number
            A float is the dyadic rational that it is.
        """
        return self.lower <= exact(number) <= self.upper

    def __float__(self) -> float:
        """The double nearest to the middle of the bounds.

        It lies between the bounds where any double does, for that one is at most half the width away from the
        middle, and the nearest is no farther. Values beyond the doubles raise `OverflowError`.
        """
        try:
            return float(self.middle)
        except OverflowError:
            greatest = sys.float_info.max if self.middle > 0 else -sys.float_info.max
            if self.contains(greatest):
                return greatest
            raise

    def __str__(self) -> str:
        """A decimal within one unit of its last digit of the truth."""
        return rounded_text(self.lower, self.upper, self.digits, self.goal == "relative")

    def __repr__(self) -> str:
        return f"Enclosure[{self.lower_text}, {self.upper_text}]"

    def _repr_html_(self) -> str:
        bounds = f"{self.lower_text} \u2264 truth \u2264 {self.upper_text}"
        return f'<span title="{escape(self.method)}">{self}</span><br><small>{bounds}</small>'

    def mpf(self, bits: Optional[int] = None) -> Any:
        """An interval of mpmath (``mpi``) that holds the enclosure.

        Parameters
        ----------
        bits : int, optional
            The precision of its ends, which are rounded outward; as many as tell the bounds apart when not given.
        """
        from mpmath import iv, libmp

        precision = self._bits(bits)
        ends = ((self.lower, libmp.round_floor), (self.upper, libmp.round_ceiling))
        return iv.make_mpf(
            tuple(libmp.from_rational(end.numerator, end.denominator, precision, way) for end, way in ends)
        )

    def arb(self, bits: Optional[int] = None) -> Any:
        """A ball of python-flint (``arb``) that holds the enclosure.

        Parameters
        ----------
        bits : int, optional
            The precision of its middle; as many as tell the bounds apart when not given.
        """
        import flint

        kept = flint.ctx.prec
        try:
            flint.ctx.prec = self._bits(bits)
            low, high = (flint.arb(flint.fmpq(end.numerator, end.denominator)) for end in (self.lower, self.upper))
            return low.union(high)
        finally:
            flint.ctx.prec = kept

    def _bits(self, given: Optional[int]) -> int:
        if given is not None:
            if given < 2:
                raise BadInput(f"bits = {given}; accepted: 2 or more")
            return given
        greatest = max(abs(self.lower), abs(self.upper))
        if self.width == 0:
            return max(64, greatest.numerator.bit_length() + greatest.denominator.bit_length())
        return max(64, int(greatest / self.width).bit_length() + 16)

    def __lt__(self, other: Any) -> bool:
        low, high = _bounds(other)
        return self._decided(self.upper < low, self.lower >= high, "<", other)

    def __le__(self, other: Any) -> bool:
        low, high = _bounds(other)
        return self._decided(self.upper <= low, self.lower > high, "<=", other)

    def __gt__(self, other: Any) -> bool:
        low, high = _bounds(other)
        return self._decided(self.lower > high, self.upper <= low, ">", other)

    def __ge__(self, other: Any) -> bool:
        low, high = _bounds(other)
        return self._decided(self.lower >= high, self.upper < low, ">=", other)

    def __eq__(self, other: Any) -> bool:
        if self is other:
            return True
        try:
            low, high = _bounds(other)
        except BadInput:
            return NotImplemented
        return self._decided(
            self.lower == self.upper == low == high, self.upper < low or self.lower > high, "==", other
        )

    def __hash__(self) -> int:
        return hash(self.lower) if self.lower == self.upper else object.__hash__(self)

    def _decided(self, holds: bool, fails: bool, sign: str, other: Any) -> bool:
        if holds or fails:
            return holds
        raise NotDecided(f"{self!r} {sign} {other!r} is not decided by {self.digits} digits; ask for more")


def _bounds(other: Any) -> Tuple[_Bound, _Bound]:
    if isinstance(other, Enclosure):
        return other.lower, other.upper
    if isinstance(other, float) and other in (float("inf"), -float("inf")):
        return other, other
    number = exact(other)
    return number, number
