"""Trajectories of QuTiP are judged."""

from __future__ import annotations

import numpy
import pytest
import qutip

import qbo

H = 0.5 * qutip.sigmax()
UP = qutip.basis(2, 0)
MODEL = qbo.Model.from_qutip(H, UP, e_ops={"z": qutip.sigmaz()})

#: The same in letters, whose basis begins with down.
LETTERS = """\
model: turning
parameters: {w_x: {kind: real, default: 1}}
space: {q: qubit}
hamiltonian: w_x*q_x/2
start: {q: up}
quantities: {z: {value: mean(q_z)}}
"""


def states(times, w=1.0):
    return [numpy.array([numpy.cos(w * t / 2), -1j * numpy.sin(w * t / 2)]) for t in times]


def test_a_loose_solver_is_held():
    times = numpy.linspace(0, 20, 21)
    result = qutip.sesolve(H, UP, times, options={"rtol": 1e-4, "atol": 1e-6})
    found = qbo.judge(result, MODEL)
    truth = states(times)
    for state, exact, low, high in zip(result.states, truth, found.lower, found.upper):
        off = numpy.linalg.norm(state.full()[:, 0] - exact)
        assert low - 1e-14 <= off <= high + 1e-14
    assert found.times == list(times) and found.upper[-1] > 1e-7
    assert found.lost["1"] is None and found.method and found.seconds >= 0
    assert max(found.quantities["system.z"]["upper"]) > 1e-8


def test_another_coupling_is_called_the_model():
    times = numpy.linspace(0, 3, 31)
    found = qbo.judge((times, states(times, 1.3)), MODEL)
    assert found.cause.startswith("model") and found.lost["1e-03"] is not None


def test_letters_have_another_order():
    model = qbo.Model(LETTERS)
    times = [0.0, 0.5, 1.0]
    kets = [qutip.Qobj(state) for state in states(times)]
    assert max(qbo.judge((times, kets), model).upper) < 1e-14
    assert max(qbo.judge((times, states(times)), model, order="qutip").upper) < 1e-14
    assert max(qbo.judge((times, states(times)), model).upper) > 1
    assert max(qbo.judge((times, states(times, 2)), model, order="q-", w_x=2).upper) < 1e-14
    matrices = [numpy.outer(state, state.conj()) for state in states(times)]
    assert qbo.judge((times, matrices), model, order="qutip").norm == "trace norm"


def test_two_modes_take_dims():
    text = (
        "model: modes\nspace: {a: boson, b: boson}\nhamiltonian: a'*b + b'*a\nstart: {a: fock(1), b: fock(0)}\n"
        "quantities: {n: {value: mean(b'*b)}}\n"
    )
    a, b = qutip.tensor(qutip.destroy(3), qutip.qeye(2)), qutip.tensor(qutip.qeye(3), qutip.destroy(2))
    result = qutip.sesolve(
        a.dag() * b + b.dag() * a, qutip.basis([3, 2], [1, 0]), [0, 0.5, 1], options={"rtol": 1e-12, "atol": 1e-14}
    )
    assert max(qbo.judge(result, qbo.Model(text), dims=[3, 2]).upper) < 1e-9
    with pytest.raises(qbo.BadInput, match="where each of 2 modes is cut off is not told"):
        qbo.judge(result, qbo.Model(text))


def test_a_file_is_judged_by(tmp_path):
    saved = MODEL.save(tmp_path / "system.yaml")
    found = qbo.judge(([0.0, 1.0], states([0.0, 1.0])), tmp_path / "system.yaml", max_seconds=30)
    assert found.upper == saved.judge(([0.0, 1.0], states([0.0, 1.0]))).upper


def test_undecided_is_an_error_of_its_own():
    model = qbo.Model(
        "model: driven\nspace: {a: boson, q: qubit}\nhamiltonian: a + a' + a*q_p + a'*q_m\n"
        "jumps:\n  - {operator: a, rate: 1/100}\nstart: {a: fock(0), q: down}\nquantities: {n: {value: mean(a'*a)}}\n"
    )
    with pytest.raises(qbo.Undecided, match=r"^driven is undecided: "):
        qbo.judge(([3000.0], [numpy.array([1, 0, 0, 0])]), model, max_seconds=0.05)


@pytest.mark.parametrize(
    ("result", "options", "message"),
    [
        (7, {}, "int is no trajectory; accepted: a Result of QuTiP, or (times, states)"),
        (
            qutip.sesolve(H, UP, [0, 1], e_ops=[H]),
            {},
            "the result has no states; accepted: one solved with options={'store_states': True}",
        ),
        (([0.0], states([0.0, 1.0])), {}, "1 times and 2 states; accepted: one state for each time"),
        (
            ([0.0], [numpy.eye(2)[None]]),
            {},
            "a state has the shape (1, 2, 2); accepted: vectors (d), or matrices (d, d)",
        ),
        (([0.0, 1.0], [numpy.eye(2), numpy.ones(2)]), {}, "the states have different shapes; accepted: vectors, or "),
        (
            ([1.0, 0.0], states([1.0, 0.0])),
            {},
            "the trajectory: time 1 is not after the one before; accepted: rising times from 0 on",
        ),
        (([0.0], states([0.0])), {"w": 2}, "unknown parameter 'w' of system; accepted: no parameters"),
        (([0.0], states([0.0])), {"w": 2, "parameters": {"w": 2}}, "parameter w: given twice; accepted: once"),
        (([0.0], states([0.0])), {"order": "x"}, "--order: 'x' is no factor; accepted: model, qutip, or a list of m"),
        (([0.0], states([0.0])), {"max_seconds": -1}, "max_seconds = -1; accepted: a number above 0"),
        (([0.0], states([0.0])), {"dims": [1.5]}, "dims = 1.5; accepted: an integer"),
        (([0.0], [numpy.ones(3)]), {}, "the path has 3 basis states; accepted: 2"),
    ],
)
def test_bad_input_is_one_clear_error(result, options, message):
    with pytest.raises(qbo.BadInput) as caught:
        qbo.judge(result, MODEL, **options)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_one_model_is_judged_by():
    with pytest.raises(qbo.BadInput, match="^2 models; accepted: one$"):
        qbo.judge(([0.0], states([0.0])), [MODEL, MODEL])
