"""Many values."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction

import numpy
import pytest

import qbo
from qbo.program import run

GRID = dict(N=range(1, 5), g=["0.1", "0.5"], tau="0.2", digits=12)


def test_rows_are_in_order_and_as_the_program_prints_them():
    frame = qbo.table("dicke.stored-energy", **GRID)
    assert list(frame.columns) == ["N", "g", "tau", "value", "lower", "upper", "undecided"]
    assert list(zip(frame["N"], frame["g"])) == [(N, g) for N in range(1, 5) for g in ("0.1", "0.5")]
    for _, row in frame.iterrows():
        words = [f"N={row['N']}", f"g={row['g']}", "tau=0.2", "--digits", "12", "--format", "json"]
        answer = json.loads(run(["evaluate", "dicke.stored-energy", *words]))
        assert (row["lower"], row["upper"]) == (answer["lower"], answer["upper"])
        assert (row["value"].lower_text, row["value"].upper_text) == (answer["lower"], answer["upper"])
        assert row["undecided"] is None
    assert frame["value"].astype(float).is_monotonic_increasing is False
    assert frame["value"][1].contains(qbo.evaluate("dicke.stored-energy", N=1, g="0.5", tau="0.2", digits=20).middle)


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
@pytest.mark.parametrize("shares", [1, 3, 8, 100, None])
def test_shares_of_an_executor_give_the_same(kind, shares):
    alone = qbo.table("dicke.stored-energy", **GRID)
    with kind(2) as executor:
        shared = qbo.table("dicke.stored-energy", executor=executor, shares=shares, **GRID)
    assert shared.drop(columns="value").equals(alone.drop(columns="value"))
    assert list(map(repr, shared["value"])) == list(map(repr, alone["value"]))


def test_shares_are_as_many_as_asked_for():
    class Counting(ThreadPoolExecutor):
        sizes: list[int] = []

        def submit(self, function, requests, *options):
            self.sizes.append(len(requests))
            return super().submit(function, requests, *options)

    with Counting(2) as executor:
        qbo.table("harmonic.advantage", N=range(1, 9), digits=5, executor=executor, shares=3)
    assert Counting.sizes == [3, 3, 2]


def test_an_executor_of_dask():
    distributed = pytest.importorskip("distributed")
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None) as client:
        shared = qbo.table("dicke.stored-energy", executor=client.get_executor(), shares=3, **GRID)
    assert list(shared["lower"]) == list(qbo.table("dicke.stored-energy", **GRID)["lower"])


def test_parameters_stay_as_they_were_given():
    values = [1, Fraction(1, 3), "0.1", 0.1]
    frame = qbo.table("harmonic.stored-energy", N=2, tau=values, digits=8)
    assert [type(each) for each in frame["tau"]] == [int, Fraction, str, float]
    assert list(frame["tau"]) == values
    frame = qbo.table("harmonic.stored-energy", N=2, tau=[1, 0.5], digits=8)
    assert [type(each) for each in frame["tau"]] == [int, float]
    frame = qbo.table("harmonic.stored-energy", N=2, tau=numpy.linspace(0, 1, 3), digits=8)
    assert frame["tau"].dtype == float and list(frame["tau"]) == [0, 0.5, 1]
    assert frame["value"][0] == 0


def test_models_and_names_as_they_are(charger):
    frame = qbo.table("charger.energy", model=charger, N=1, my_g=["1/3", 1], parameters={"t": [0, 1]}, digits=10)
    assert list(zip(frame["t"], frame["my_g"])) == [(0, "1/3"), (0, 1), (1, "1/3"), (1, 1)]
    with ProcessPoolExecutor(1) as executor:
        made = qbo.Model.load(charger)
        shared = qbo.table(
            "charger.energy", model=made, executor=executor, N=1, my_g=["1/3", 1], parameters={"t": [0, 1]}, digits=10
        )
    assert list(shared["lower"]) == list(frame["lower"])


def test_rows_without_a_value_say_why(charger):
    frame = qbo.table("charger.share", model=charger, N=1, t=[0, 1], digits=10)
    assert frame["undecided"][0].startswith("undefined: ") and frame["value"][0] is None
    assert frame["undecided"][1] is None
    frame = qbo.table("harmonic.advantage", N=[1, 2], digits=60, max_bits=64)
    assert frame["undecided"][1].startswith("undecided: ")
    assert frame["value"][1].lower ** 2 <= 2 <= frame["value"][1].upper ** 2
    assert qbo.table("charger.passage", model=charger, N=1)["undecided"][0].startswith("never: ")
    assert qbo.table("dicke.stored-energy", N=1001, tau=1)["undecided"][0].startswith("beyond: ")


def test_no_rows_are_an_empty_table():
    frame = qbo.table("harmonic.advantage", N=[])
    assert len(frame) == 0 and list(frame.columns) == ["N", "value", "lower", "upper", "undecided"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"N": [1, 0]}, "row 1: parameter N: 0 is outside the domain; accepted: integers N >= 1"),
        ({"N": {1, 2}}, "parameter N: a set has no order; accepted: a list, a range, an array"),
        ({"N": [[1]]}, "parameter N: list is no exact number; accepted: "),
        (
            {"N": 1, "value": 2},
            "the parameter value has the name of a column; accepted: other names than value, lower, upper, undecided",
        ),
        ({"N": 1, "executor": ThreadPoolExecutor(1), "shares": 0}, "shares = 0; accepted: 1 or more"),
        ({"N": 1, "parameters": {"N": 2}}, "parameter N: given twice; accepted: once"),
    ],
)
def test_bad_input_is_one_clear_error(asked, message):
    with pytest.raises(qbo.BadInput) as caught:
        qbo.table("harmonic.advantage", **asked)
    assert message in str(caught.value)


def test_bad_input_in_a_share_is_told():
    with ProcessPoolExecutor(1) as executor, pytest.raises(qbo.BadInput, match="^row 1: parameter N: "):
        qbo.table("harmonic.advantage", N=[1, 0, 2], executor=executor, shares=2)
