"""Options of the program, as it reads them."""

from __future__ import annotations

import math
import operator
from decimal import Decimal
from typing import Any

from .errors import BadInput


def integer(name: str, value: Any) -> int:
    """An integer, of Python or NumPy."""
    if not isinstance(value, bool):
        try:
            return operator.index(value)
        except TypeError:
            pass
    raise BadInput(f"{name} = {value!r}; accepted: an integer")


def seconds_text(value: Any) -> str:
    """A cap on time as a decimal without an exponent."""
    try:
        seconds = math.nan if isinstance(value, str) else float(value)
    except TypeError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise BadInput(f"max_seconds = {value!r}; accepted: a number above 0")
    return format(Decimal(repr(seconds)), "f")
