"""The program ``qbo``: where it is, and how it is asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Sequence, Union

from .errors import BadInput, ProgramFailed, ProgramMissing

if TYPE_CHECKING:
    from .models import Model

#: The exit status of bad input.
BAD_INPUT = 2
#: The exit status of what is not decided within the caps.
UNDECIDED = 3

_HERE = Path(__file__).resolve().parent


def program() -> str:
    """The path of the program.

    It is what the variable ``QBO_PROGRAM`` names; else ``bin/qbo`` in the folder of this package, or what stands
    built in the repository that holds it; else ``qbo`` on the PATH.

    Raises
    ------
    ProgramMissing
        Where none of these is a program, or ``QBO_PROGRAM`` names none.
    """
    named = os.environ.get("QBO_PROGRAM")
    if named:
        if not _runs(named):
            raise ProgramMissing(f"QBO_PROGRAM is {named!r}, which is no program; accepted: the path of qbo")
        return named
    beside = [_HERE / "bin" / "qbo"]
    repository = _HERE.parent.parent
    if (repository / "Package.swift").exists():
        beside.append(repository / ".build" / "release" / "qbo")
    for path in beside:
        if _runs(path):
            return str(path)
    found = shutil.which("qbo")
    if found is None:
        raise ProgramMissing(
            "the program qbo is not found: set QBO_PROGRAM to its path, or put it on the PATH "
            "('swift build -c release' makes it in .build/release)"
        )
    return found


def _runs(path: Union[str, Path]) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)


def run(words: Sequence[str], text: str = "", models: Sequence[Model] = ()) -> str:
    """What the program prints, without the folders in which models stand for it alone.

    Parameters
    ----------
    words : sequence of str
        Command and options.
    text : str
        What it reads.
    models : sequence of Model
        What it is given as model files.

    Raises
    ------
    BadInput
        With the program's own message, where it exits with 2 and prints nothing.
    ProgramFailed
        Where it cannot be started, or ends otherwise with nothing printed.
    """
    path = program()
    with ExitStack() as files:
        places = [files.enter_context(model.file()) for model in models]
        options = [word for place in places for word in ("--model", place)]
        try:
            ended = subprocess.run(
                [path, *words, *options], input=text, capture_output=True, encoding="utf-8", check=False
            )
        except OSError as error:
            raise ProgramFailed(f"{path} cannot be started: {error.strerror}") from error
    printed, said = ended.stdout, ended.stderr.strip()
    for model, place in zip(models, places):
        if model.path is None:
            folder = os.path.dirname(place) + os.sep
            printed, said = printed.replace(folder, ""), said.replace(folder, "")
    if printed:
        return printed
    said = said[len("qbo: ") :] if said.startswith("qbo: ") else said
    if ended.returncode == BAD_INPUT:
        raise BadInput(said)
    status = ended.returncode
    raise ProgramFailed(f"qbo ended with status {status} and no answer: {said or 'it said nothing'}", status, said)
