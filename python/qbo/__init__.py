"""Certified values for quantum batteries, from the program ``qbo``."""

from .enclosure import Enclosure
from .errors import (
    BadInput,
    Beyond,
    Never,
    NotDecided,
    NoValue,
    ProgramFailed,
    ProgramMissing,
    QboError,
    Undecided,
    Undefined,
)
from .evaluation import evaluate
from .judgement import Judgement, judge
from .models import Model
from .tables import table

__all__ = [
    "BadInput",
    "Beyond",
    "Enclosure",
    "Judgement",
    "Model",
    "Never",
    "NoValue",
    "NotDecided",
    "ProgramFailed",
    "ProgramMissing",
    "QboError",
    "Undecided",
    "Undefined",
    "evaluate",
    "judge",
    "table",
]
