"""Certified values from `qbo evaluate --batch`, at exact doubles."""

import json
import subprocess
from decimal import Decimal
from fractions import Fraction


class Oracle:
    def __init__(self, program):
        self.program = program

    def ask(self, quantity, **parameters):
        """The middle of an enclosure of 25 digits, as a fraction."""
        texts = {name: str(Fraction(value)) for name, value in parameters.items()}
        request = json.dumps({"id": 1, "quantity": quantity, "parameters": texts, "digits": 25})
        run = subprocess.run([self.program, "evaluate", "--batch"], input=request + "\n", capture_output=True, text=True)
        answer = json.loads(run.stdout)
        if run.returncode != 0:
            raise RuntimeError(f"{request}: {run.stdout}")
        return (Fraction(answer["lower"]) + Fraction(answer["upper"])) / 2


def relative(value, truth):
    """|value - truth|/|truth|, worked out exactly and rounded; a decimal, since it may be above the greatest double."""
    truth = Fraction(truth)
    error = decimal(abs(Fraction(float(value)) - truth) / abs(truth))
    # A decimal zero keeps an exponent.
    return error or Decimal("0.0")


def shown(value):
    """Nine digits; a fraction may be below the least double."""
    return f"{decimal(Fraction(value)):.9g}" if value == value else "-"


def decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)
