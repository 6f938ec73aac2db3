"""One value from the program."""

from __future__ import annotations

import math
import os
import pickle
import stat
from fractions import Fraction

import numpy
import pytest

import qbo
from qbo.program import program


def test_a_value():
    x = qbo.evaluate("harmonic.advantage", N=2, digits=40)
    assert x.lower**2 <= 2 <= x.upper**2
    assert 0 < x.width <= Fraction(1, 10**40) * x.lower
    assert (x.digits, x.goal, x.outcome, x.quantity) == (40, "relative", "value", "harmonic.advantage")
    assert x.parameters == {"N": "2", "w0": "1", "g": "1"}
    assert x.seconds >= 0 and x.method
    assert float(x) == math.sqrt(2)


def test_ten_thousand_digits():
    x = qbo.evaluate("harmonic.advantage", N=2, digits=10_000)
    assert x.lower**2 <= 2 <= x.upper**2
    assert x.width <= Fraction(2, 10**10_000)


def test_an_exact_zero():
    x = qbo.evaluate("harmonic.stored-energy", N=2, tau="pi/sqrt(2)")
    assert x == 0 and x.outcome == "zero" and str(x) == "0" and float(x) == 0


def test_an_absolute_accuracy():
    x = qbo.evaluate("harmonic.stored-energy", N=numpy.int64(200), tau=Fraction(1, 10), absolute=5)
    assert x.width <= Fraction(1, 10**5) and x.goal == "absolute" and str(x) == "195.13631"


def test_hyphens_of_names_are_underscores():
    x = qbo.evaluate("spin.classical-stored-energy", N=3, tau=0.5, theta_a="pi/3", theta_b=1, phi=0, digits=5)
    assert x.parameters["theta-a"] == "pi/3" and x.parameters["tau"] == "1/2"
    named = {"theta-a": "pi/3", "theta-b": 1}
    assert str(qbo.evaluate("spin.classical-stored-energy", N=3, tau=0.5, phi=0, digits=5, parameters=named)) == str(x)


def test_no_built_in_quantity_has_a_name_with_an_underscore():
    from json import loads

    from qbo.program import run

    for quantity in loads(run(["quantities", "--format", "json"]))["quantities"]:
        assert not any("_" in each["name"] for each in quantity["parameters"])


def test_models(charger):
    x = qbo.evaluate("charger.energy", model=charger, N=1, my_g="1/3", t=2, digits=12)
    assert abs(float(x) - math.sin(2 / 3) ** 2) < 1e-12
    models = [charger, qbo.Model.load(charger)]
    assert str(qbo.evaluate("charger.energy", model=models[1:], N=1, my_g="1/3", t=2, digits=12)) == str(x)


def test_undefined(charger):
    with pytest.raises(qbo.Undefined) as caught:
        qbo.evaluate("charger.share", model=str(charger), N=1, t=0)
    assert "charger.share N=1 my_g=1 t=0 is undefined: " in str(caught.value)
    assert str(caught.value).endswith("division by 't', which is zero here")
    assert caught.value.lower is caught.value.upper is None


def test_never(charger):
    with pytest.raises(qbo.Never, match=r"^charger.passage N=1 my_g=1 has no value, which is proved: "):
        qbo.evaluate("charger.passage", model=charger, N=1)


def test_beyond():
    with pytest.raises(qbo.Beyond, match=r"is beyond the route: this route is limited to N <= 1000"):
        qbo.evaluate("dicke.stored-energy", N=1001, tau=1)


def test_undecided_with_the_best_bounds():
    with pytest.raises(qbo.Undecided, match=r"^harmonic.advantage N=2 w0=1 g=1 is undecided: ") as caught:
        qbo.evaluate("harmonic.advantage", N=2, digits=60, max_bits=64)
    assert caught.value.lower**2 <= 2 <= caught.value.upper**2
    assert caught.value.quantity == "harmonic.advantage"


def test_outcomes_go_through_processes():
    with pytest.raises(qbo.Undecided) as caught:
        qbo.evaluate("harmonic.advantage", N=2, digits=60, max_bits=64)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value) and copy.upper == caught.value.upper
    failed = pickle.loads(pickle.dumps(qbo.ProgramFailed("ended", 3, "said")))
    assert (str(failed), failed.status, failed.said) == ("ended", 3, "said")


def test_undecided_without_bounds():
    with pytest.raises(qbo.Undecided) as caught:
        qbo.evaluate("dicke.stored-energy", N=100, tau=5, digits=20, max_seconds=0.05)
    assert caught.value.lower is caught.value.upper is None


@pytest.mark.parametrize(
    ("quantity", "asked", "message"),
    [
        ("dicke.stored", {}, "unknown quantity 'dicke.stored'; accepted: dicke.stored-energy, "),
        ("harmonic.advantage", {}, "parameter N of harmonic.advantage is missing; accepted: integers N >= 1"),
        ("harmonic.advantage", {"N": 0.5}, "parameter N: "),
        ("harmonic.advantage", {"N": 2, "digits": 0}, "accepted: "),
        ("harmonic.advantage", {"N": 2, "digits": 1.5}, "digits = 1.5; accepted: an integer"),
        ("harmonic.advantage", {"N": 2, "absolute": True}, "absolute = True; accepted: an integer"),
        ("harmonic.advantage", {"N": 2, "max_bits": "64"}, "max_bits = '64'; accepted: an integer"),
        ("harmonic.advantage", {"N": 2, "max_bits": 1}, "--max-bits: '1' is refused; accepted: "),
        ("harmonic.advantage", {"N": 2, "max_seconds": 0}, "max_seconds = 0; accepted: a number above 0"),
        ("harmonic.advantage", {"N": 2, "max_seconds": "1"}, "max_seconds = '1'; accepted: a number above 0"),
        ("harmonic.advantage", {"N": 2, "max_seconds": []}, "max_seconds = []; accepted: a number above 0"),
        ("harmonic.advantage", {"N": None}, "parameter N: NoneType is no exact number; accepted: "),
        (
            "harmonic.advantage",
            {"N": 2, "digits": 5, "absolute": 5},
            "digits and absolute are both given; accepted: one of them",
        ),
        ("harmonic.advantage", {"N": 2, "parameters": {"N": 2}}, "parameter N: given twice; accepted: once"),
        (7, {}, "the quantity is of int; accepted: its name as a text"),
        ("a.b", {"model": "none.yaml"}, "none.yaml: No such file or directory; accepted: a model file"),
        ("a.b", {"model": 7}, "a model of type int; accepted: a path or a Model"),
    ],
)
def test_bad_input_is_one_clear_error(quantity, asked, message):
    with pytest.raises(qbo.BadInput) as caught:
        qbo.evaluate(quantity, **asked)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def stand_in(folder, script):
    path = folder / "qbo"
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_where_the_program_is(tmp_path, monkeypatch):
    path = stand_in(tmp_path, "exit 7")
    monkeypatch.setenv("QBO_PROGRAM", str(path))
    assert program() == str(path)
    monkeypatch.delenv("QBO_PROGRAM")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("qbo.program._HERE", tmp_path / "elsewhere" / "qbo")
    assert program() == str(path)
    beside = tmp_path / "elsewhere" / "qbo" / "bin"
    beside.mkdir(parents=True)
    assert program() == str(path)
    own = stand_in(beside, "exit 7")
    assert program() == str(own)


def test_the_program_of_a_repository(tmp_path, monkeypatch):
    built = tmp_path / ".build" / "release"
    built.mkdir(parents=True)
    path = stand_in(built, "exit 7")
    monkeypatch.delenv("QBO_PROGRAM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("qbo.program._HERE", tmp_path / "python" / "qbo")
    with pytest.raises(qbo.ProgramMissing):
        program()
    (tmp_path / "Package.swift").touch()
    assert program() == str(path)


def test_a_program_that_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("QBO_PROGRAM", str(tmp_path / "none"))
    with pytest.raises(qbo.ProgramMissing, match="which is no program; accepted: the path of qbo"):
        qbo.evaluate("harmonic.power-constant")
    monkeypatch.delenv("QBO_PROGRAM")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("qbo.program._HERE", tmp_path)
    with pytest.raises(qbo.ProgramMissing, match="the program qbo is not found: set QBO_PROGRAM to its path"):
        qbo.evaluate("harmonic.power-constant")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("cat > /dev/null; exit 9", "qbo ended with status 9 and no answer: it said nothing"),
        ("cat > /dev/null; echo 'qbo: oh' >&2; exit 1", "qbo ended with status 1 and no answer: oh"),
        ("cat > /dev/null; echo '{}'; echo '{}'", "qbo gave 2 answers to 1 questions"),
    ],
)
def test_a_program_that_fails(tmp_path, monkeypatch, script, message):
    monkeypatch.setenv("QBO_PROGRAM", str(stand_in(tmp_path, script)))
    with pytest.raises(qbo.ProgramFailed) as caught:
        qbo.evaluate("harmonic.power-constant")
    assert str(caught.value) == message


def test_a_program_that_cannot_be_started(tmp_path, monkeypatch):
    path = tmp_path / "qbo"
    path.write_bytes(b"\x7fELF nothing")
    os.chmod(path, 0o755)
    monkeypatch.setenv("QBO_PROGRAM", str(path))
    with pytest.raises(qbo.ProgramFailed, match="cannot be started: Exec format error"):
        qbo.evaluate("harmonic.power-constant")
