"""Models of QuTiP against QuTiP."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy
import pytest
import qutip

import qbo

TIGHT = {"atol": 1e-14, "rtol": 1e-12, "nsteps": 100_000, "store_states": True}
TIMES = [0, 0.25, 0.5, 1.5]
SYSTEMS = [[2], [3], [4], [2, 2], [2, 3], [3, 2]]


def drawn(seed, dims):
    numpy.random.seed(seed % 2**32)
    generator = numpy.random.default_rng(seed)

    def operator():
        return qutip.rand_herm(dims, density=0.7, seed=generator)

    return generator, operator


@pytest.mark.parametrize("dims", SYSTEMS)
def test_closed_systems_agree_with_qutip(seed, dims):
    generator, operator = drawn(seed, dims)
    for _ in range(3):
        H, psi = operator(), qutip.rand_ket(dims, seed=generator)
        e_ops = {"a": operator(), "b": operator()}
        model = qbo.Model.from_qutip(H, psi, e_ops=e_ops)
        result = qutip.sesolve(H, psi, TIMES, e_ops=e_ops, options=TIGHT)
        for place, t in enumerate(TIMES):
            for name in e_ops:
                x = model.expect(name, t=t, absolute=14)
                assert abs(result.e_data[name][place] - float(x)) < 1e-9
        judgement = model.judge(result)
        assert judgement.norm == "2-norm" and max(judgement.upper) < 1e-9
        assert set(judgement.quantities) == {"system.a", "system.b"}


@pytest.mark.parametrize("dims", SYSTEMS)
@pytest.mark.parametrize("kind", ["vector", "mixed", "pure", "two"])
def test_open_systems_agree_with_qutip(seed, dims, kind):
    generator, operator = drawn(seed, dims)
    H, e_ops = operator(), {"a": operator()}
    one, other = (qutip.ket2dm(qutip.rand_ket(dims, seed=generator)) for _ in range(2))
    start = {
        "vector": lambda: qutip.rand_ket(dims, seed=generator),
        "mixed": lambda: qutip.rand_dm(dims, seed=generator),
        "pure": lambda: one,
        "two": lambda: 0.3 * one + 0.7 * other,
    }[kind]()
    c_ops = [0.4 * qutip.rand_unitary(dims, seed=generator) * operator(), 0.3 * operator()]
    model = qbo.Model.from_qutip(H, start, c_ops, e_ops)
    result = qutip.mesolve(H, start, TIMES, c_ops, e_ops=e_ops, options=TIGHT)
    for place, t in enumerate(TIMES):
        assert abs(result.e_data["a"][place] - float(model.expect("a", t=t, absolute=14))) < 1e-9
    judgement = model.judge(result)
    assert judgement.norm == "trace norm" and max(judgement.upper) < 1e-9
    assert judgement.cause.startswith("none")


def test_factors_stand_in_the_order_of_qutip():
    H = qutip.tensor(qutip.sigmax(), qutip.qeye(3)) + qutip.tensor(qutip.qeye(2), qutip.num(3))
    start = qutip.tensor(qutip.basis(2, 0), qutip.basis(3, 2))
    model = qbo.Model.from_qutip(H, start, e_ops={"z": qutip.tensor(qutip.sigmaz(), qutip.qeye(3))})
    assert "space: {m: {kind: matrix, size: 6, dims: [2, 3]}}" in model.text
    text = model.text.replace("z: {value", 'p: {value: "weight(m[0] = level(0), m[1] = level(2))"}\n  z: {value')
    own = qbo.Model(text)
    assert abs(float(own.expect("p", t="1/3", digits=14)) - numpy.cos(1 / 3) ** 2) < 1e-13
    assert abs(float(own.expect("z", t="1/3", digits=14)) - numpy.cos(2 / 3)) < 1e-13


def test_every_double_is_the_rational_that_it_is(seed):
    _, operator = drawn(seed, [3])
    H = operator() * 1e-3 + 1e10 * qutip.qeye(3)
    text = qbo.Model.from_qutip(H, qutip.basis(3, 0)).text
    rows = re.findall(r"^    - \[(.*)\]$", text, re.MULTILINE)[:3]
    for row, shown in zip(H.full(), rows):
        for number, cell in zip(row, shown.split(", ")):
            assert parts(cell.strip('"')) == (Fraction(number.real), Fraction(number.imag))


def parts(cell):
    """Real and imaginary part of a text such as -3/2^4+1/2*i."""
    found = {"": Fraction(0), "*i": Fraction(0)}
    for sign, numerator, exponent, unit in re.findall(r"([+-]?)(\d+)(?:/2\^(\d+))?(\*i)?", cell):
        found[unit] += Fraction(int(sign + numerator), 2 ** int(exponent or 0))
    return found[""], found["*i"]


def test_what_needs_no_correction_has_none():
    H = qutip.sigmax() * 0.3 + 0.1 * qutip.sigmaz()
    for start in (qutip.basis(2, 0), qutip.ket2dm(qutip.basis(2, 1)), qutip.Qobj([[0.25, 0], [0, 0.75]])):
        text = qbo.Model.from_qutip(H, start, [qutip.sigmam()]).text
        assert "#" not in text and "normalised" not in text


def test_a_norm_is_measured_exactly():
    tiny = qutip.Qobj([[1], [1e-200]])
    assert "  normalised: true\n" in qbo.Model.from_qutip(qutip.sigmax(), tiny).text


def test_corrections_are_said():
    H = qutip.Qobj([[1, 0.1], [0.1 + 1e-16, 1]])
    plus = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()
    assert re.match(
        r"# From QuTiP. H is made Hermitian: an element moves by at most \d.\de-17\n"
        r"# From QuTiP. rho0 is divided by its norm: the squared norm misses 1 by \d.\de-16\n"
        r"model: system\n",
        qbo.Model.from_qutip(H, plus).text,
    )
    text = qbo.Model.from_qutip(H, qutip.ket2dm((qutip.basis(2, 0) + 0.3j * qutip.basis(2, 1)).unit())).text
    assert "\n# From QuTiP. rho0 is made positive: a part of an element moves by at most " in text


def test_the_energy_is_there_without_other_operators():
    model = qbo.Model.from_qutip(0 * qutip.qeye(2), qutip.basis(2, 0))
    assert model.expect("energy", t=1, absolute=10) == 0
    assert qbo.Model.from_qutip(qutip.sigmaz() / 4, qutip.basis(2, 0), name="spin-half").expect("energy", t=1) == 0.25


def test_small_and_empty_operators():
    one = qutip.qeye(1)
    assert qbo.Model.from_qutip(3 * one, qutip.basis(1, 0)).expect("energy", t=1) == 3
    thin = qutip.tensor(one, qutip.sigmaz())
    model = qbo.Model.from_qutip(thin, qutip.basis([1, 2], [0, 0]), [0 * thin], {"z": thin})
    assert model.expect("z", t=1).contains(1)


def test_files(tmp_path, charger):
    made = qbo.Model.from_qutip(qutip.sigmaz(), qutip.basis(2, 0), name="made")
    saved = made.save(tmp_path / "made.yaml")
    assert saved.text == made.text == (tmp_path / "made.yaml").read_text()
    assert saved.name == "made" and made.path is None and saved.path == str(tmp_path / "made.yaml")
    assert repr(saved.expect("energy", t=2)) == repr(made.expect("energy", t=2))
    loaded = qbo.Model.load(charger)
    assert loaded.name == "charger"
    assert str(loaded.expect("energy", N=1, my_g=1, t="0.7", digits=10)) == f"{numpy.sin(0.7) ** 2:.10f}"
    charger.write_text(loaded.text + "# more\n")
    with pytest.raises(qbo.BadInput, match="has changed since it was loaded; accepted: load it again$"):
        loaded.expect("energy", N=1, t=1)


def test_paths_in_a_file_begin_at_its_folder(tmp_path):
    (tmp_path / "h.mtx").write_text("%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n2 1 1.0\n")
    path = tmp_path / "own.yaml"
    path.write_text(
        "model: own\nspace: {m: {kind: matrix, size: 2}}\noperators: {h: {matrix: h.mtx}}\nhamiltonian: h\n"
        "start: {m: level(0)}\nquantities: {p: {value: weight(m = level(1))}}\n"
    )
    assert abs(float(qbo.Model.load(path).expect("p", t=1)) - numpy.sin(1) ** 2) < 1e-15


Z, X, UP = qutip.sigmaz(), qutip.sigmax(), qutip.basis(2, 0)
MODEL = qbo.Model.from_qutip(X, UP)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"H": [Z, [X, "t"]]}, "H is of list: operators that depend on the time are not taken; accepted: a Qobj"),
        ({"H": qutip.QobjEvo([Z, [X, "t"]])}, "H is of QobjEvo: operators that depend on the time are not taken; "),
        ({"H": numpy.eye(2)}, "H is of ndarray: no Qobj; accepted: a Qobj"),
        ({"H": UP}, "H has the dims [[2], [1]]; accepted: a square operator"),
        (
            {"H": qutip.sigmam()},
            "H is not Hermitian: the elements (0, 1) and (1, 0) are 0j and (1-0j); accepted: Hermitian operators",
        ),
        ({"H": qutip.Qobj([[numpy.nan, 0], [0, 1]])}, "H has an element that is not finite; accepted: finite numbers"),
        ({"c_ops": Z}, "c_ops is of Qobj; accepted: a list of Qobj"),
        ({"c_ops": [qutip.qeye(3)]}, "c_ops[0] has the dims [[3], [3]]; accepted: those of H, [[2], [2]]"),
        ({"e_ops": [Z]}, "e_ops is of list; accepted: a dict of names and Qobj"),
        ({"e_ops": {"a b": Z}}, "the name 'a b' in e_ops; accepted: letters, digits, _ and hyphens, a letter first"),
        ({"e_ops": {"m": qutip.sigmam()}}, "e_ops['m'] is not Hermitian: "),
        ({"name": "a_b"}, "the name 'a_b' of the model; accepted: letters, digits and hyphens, a letter first"),
        ({"rho0": [1, 0]}, "rho0 is of list; accepted: a Qobj, a ket or a density matrix"),
        ({"rho0": UP.dag()}, "rho0 has the dims [[1], [2]]; accepted: a ket or a density matrix with those of H, "),
        ({"rho0": qutip.basis(3, 0)}, "rho0 has the dims [[3], [1]]; accepted: a ket or a density matrix with those"),
        (
            {"rho0": UP * qutip.basis(3, 0).dag()},
            "rho0 has the dims [[2], [3]]; accepted: a ket or a density matrix with",
        ),
        ({"rho0": 2 * UP}, "the squared norm of rho0 is 4.0; accepted: a state with the norm 1"),
        ({"rho0": qutip.qeye(2)}, "the trace of rho0 is 2.0; accepted: a state with the trace 1"),
        ({"rho0": qutip.Qobj([[1.5, 0], [0, -0.5]])}, "rho0 has the eigenvalue -0.5; accepted: a state"),
        ({"rho0": qutip.sigmam()}, "rho0 is not Hermitian: "),
        ({"rho0": UP * numpy.inf}, "rho0 has an element that is not finite; accepted: finite numbers"),
    ],
)
def test_bad_input_is_one_clear_error(asked, message):
    with pytest.raises(qbo.BadInput) as caught:
        qbo.Model.from_qutip(**{"H": Z, "rho0": UP, **asked})
    assert message in str(caught.value)


def test_files_that_are_none(tmp_path):
    with pytest.raises(qbo.BadInput, match="No such file or directory; accepted: a model file$"):
        qbo.Model.load(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff")
    with pytest.raises(qbo.BadInput, match="is no text in UTF-8; accepted: a model file$"):
        qbo.Model.load(tmp_path / "bytes.yaml")
    with pytest.raises(qbo.BadInput, match="^the model has no line 'model: NAME'; accepted: a model file$"):
        qbo.Model("a: b").name  # noqa: B018
    with pytest.raises(qbo.BadInput, match="^none.yaml line 2: unknown key 'spce'; "):
        qbo.Model("model: none\nspce: 1\n").expect("energy")
    divided = MODEL.text.replace("mean(h)", "mean(h)/t")
    with pytest.raises(qbo.Undefined, match=r"^system.energy t=0 is undefined: system.yaml line \d+: "):
        qbo.Model(divided).expect("energy", t=0)
    with pytest.raises(FileNotFoundError):
        qbo.Model("model: a\n").save(tmp_path / "no" / "a.yaml")
