"""What can go wrong, by name."""

from __future__ import annotations

from fractions import Fraction
from typing import Mapping, Optional


class QboError(Exception):
    """Everything that this package raises on its own account."""


class BadInput(QboError, ValueError):
    """A question that cannot be asked: the message says what is wrong and what is accepted."""


class ProgramMissing(QboError, FileNotFoundError):
    """The program ``qbo`` is nowhere to be found."""


class ProgramFailed(QboError, RuntimeError):
    """The program ended without the answers that were asked for.

    Parameters
    ----------
    message : str
        What happened.
    status : int or None
        The exit status, where it ended.
    said : str
        What it wrote on standard error.
    """

    def __init__(self, message: str, status: Optional[int] = None, said: str = "") -> None:
        super().__init__(message, status, said)
        self.status = status
        self.said = said

    def __str__(self) -> str:
        return str(self.args[0])


class NotDecided(QboError, ArithmeticError):
    """The bounds at hand decide a comparison neither way. More digits may."""


class NoValue(QboError, ArithmeticError):
    """A question without a value to the digits asked for.

    Parameters
    ----------
    quantity : str
        The name of the quantity.
    parameters : Mapping of str to str
        Its parameters, as the program read them.
    reason : str
        Why there is none.
    lower, upper : Fraction or None
        The best bounds, where there are any.
    """

    def __init__(
        self,
        quantity: str,
        parameters: Mapping[str, str],
        reason: str,
        lower: Optional[Fraction] = None,
        upper: Optional[Fraction] = None,
    ) -> None:
        super().__init__(quantity, parameters, reason, lower, upper)
        self.quantity = quantity
        self.parameters = dict(parameters)
        self.reason = reason
        self.lower = lower
        self.upper = upper

    def __str__(self) -> str:
        asked = " ".join([self.quantity, *(f"{name}={text}" for name, text in self.parameters.items())])
        return f"{asked} is {type(self).__name__.lower()}: {self.reason}"


class Undefined(NoValue):
    """The figure has no meaning there, such as a quotient by zero."""


class Never(NoValue):
    """Proved to have no value: what is asked for never happens."""

    def __str__(self) -> str:
        return super().__str__().replace(" is never: ", " has no value, which is proved: ", 1)


class Beyond(NoValue):
    """Beyond what the route works with, which no cap changes."""

    def __str__(self) -> str:
        return super().__str__().replace(" is beyond: ", " is beyond the route: ", 1)


class Undecided(NoValue):
    """Not found within the caps on time and precision; ``lower`` and ``upper`` are the best bounds."""
