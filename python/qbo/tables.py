"""Many values at once."""

from __future__ import annotations

import itertools
import os
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

from .enclosure import Enclosure
from .errors import BadInput
from .evaluation import ask, failure_of, question
from .models import Model, Models, listed

if TYPE_CHECKING:
    import pandas

_COLUMNS = ("value", "lower", "upper", "undecided")


def table(
    quantity: str,
    *,
    digits: Optional[int] = None,
    absolute: Optional[int] = None,
    model: Models = None,
    max_seconds: Optional[float] = None,
    max_bits: Optional[int] = None,
    executor: Optional[Executor] = None,
    shares: Optional[int] = None,
    parameters: Optional[Mapping[str, Any]] = None,
    **named: Any,
) -> pandas.DataFrame:
    """Certified values over a grid.

    Parameters
    ----------
    quantity, digits, absolute, model, max_seconds, max_bits
        As of `evaluate`.
    executor : concurrent.futures.Executor, optional
        What the rows go through, in shares; without one they go through one process of the program, which takes all
        cores.
    shares : int, optional
        How many shares an executor gets; four times the cores of this machine when not given.
    parameters, **named
        As of `evaluate`, each one value or several of them (a list, a range, an array).

    Returns
    -------
    pandas.DataFrame
        Rows in order, the last-named parameter fastest. Columns: the parameters as given, ``value`` (Enclosure, or
        None where no value has two bounds), ``lower`` and ``upper`` as printed, ``undecided`` (None, or why a row has
        no value to the digits asked for: ``undecided: ...``, ``never: ...``, ``beyond: ...``, ``undefined: ...``).

    Raises
    ------
    BadInput
        Where a row is no question; the message is that of the first such row.
    """
    import pandas

    models = listed(model)
    taken = {**(parameters or {}), **named}
    for name in taken:
        if name in _COLUMNS:
            raise BadInput(
                f"the parameter {name} has the name of a column; accepted: other names than {', '.join(_COLUMNS)}"
            )
    grid = {name: _values(name, value) for name, value in taken.items()}
    rows = list(itertools.product(*grid.values()))
    requests = []
    for row in rows:
        cells = dict(zip(grid, row))
        own = {name: cells[name] for name in parameters or {}}
        requests.append(question(quantity, models, digits, absolute, own, {name: cells[name] for name in named}))
    answers = _answers(requests, models, max_seconds, max_bits, executor, shares)
    columns: Dict[str, Any] = {name: _column([row[place] for row in rows]) for place, name in enumerate(grid)}
    found = [_cells(row, answer) for row, answer in enumerate(answers)]
    for place, name in enumerate(_COLUMNS):
        columns[name] = pandas.Series([cells[place] for cells in found], dtype=object)
    return pandas.DataFrame(columns)


def answers_of_share(
    requests: Sequence[Mapping[str, Any]],
    models: Sequence[Model],
    max_seconds: Optional[float],
    max_bits: Optional[int],
) -> List[Dict[str, Any]]:
    """The answers to one share of the rows, on one core; what a worker runs."""
    return ask(requests, models, max_seconds, max_bits, jobs=1)


def _answers(
    requests: Sequence[Mapping[str, Any]],
    models: Sequence[Model],
    max_seconds: Optional[float],
    max_bits: Optional[int],
    executor: Optional[Executor],
    shares: Optional[int],
) -> List[Dict[str, Any]]:
    if not requests:
        return []
    if executor is None:
        return ask(requests, models, max_seconds, max_bits)
    count = 4 * (os.cpu_count() or 1) if shares is None else shares
    if count < 1:
        raise BadInput(f"shares = {count}; accepted: 1 or more")
    size = -(-len(requests) // count)
    futures = [
        executor.submit(answers_of_share, requests[begin : begin + size], models, max_seconds, max_bits)
        for begin in range(0, len(requests), size)
    ]
    try:
        return [answer for future in futures for answer in future.result()]
    except BaseException:
        for future in futures:
            future.cancel()
        raise


def _values(name: str, given: Any) -> List[Any]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        return [given]
    if isinstance(given, (set, frozenset, Mapping)):
        raise BadInput(f"parameter {name}: a {type(given).__name__} has no order; accepted: a list, a range, an array")
    return list(given)


def _column(values: Sequence[Any]) -> Any:
    """A column that keeps its numbers as given: of one kind, or of objects."""
    import pandas

    return pandas.Series(values, dtype=None if len({type(each) for each in values}) == 1 else object)


def _cells(row: int, answer: Mapping[str, Any]) -> Tuple[Any, ...]:
    if "error" in answer:
        raise BadInput(f"row {row}: {answer['error']}")
    failure = failure_of(answer)
    has_bounds = answer["lower"] is not None and answer["upper"] is not None
    value = Enclosure.from_answer(answer) if has_bounds else None
    return value, answer["lower"], answer["upper"], failure and f"{answer['outcome']}: {failure.reason}"
