"""Open and driven models through `qbo evaluate --model`, beside QuTiP, dynamiqs and SciPy in one run.

Usage: peers.py PATH-OF-QBO TOP-OF-THE-PACKAGE. Each row: the value to 12 digits after the point with its proved bound and time, as the program reports them, then
of each peer its error beside the proved value, its time and the ratio of our time to it. Peers are given the space that their user would write by hand: the sector
of a ring with one excitation, 40 levels of a mode. QuTiP's `mesolve` runs with its defaults and with vern9 at 1e-12, SciPy's DOP853 at 1e-12 on sparse products, and
dynamiqs' `mesolve` with Tsit5 at 1e-12 in double precision, its time being that of a second call, after compiling. A peer that is off by more than 1e-6 shows its
error and sets no time. A model that the program refuses is shown as such, and held against nothing.
"""

import json
import math
import subprocess
import sys
import time
import warnings
from decimal import Decimal

warnings.filterwarnings("ignore")
import numpy as np
import qutip as q
from scipy.integrate import solve_ivp

CUT = 40


class Case:
    """H = constant + sum of f(t) matrix; jumps; start; observable; time."""

    def __init__(self, title, file, quantity, parameters, h, driven, jumps, start, observable, t):
        self.title, self.file, self.quantity, self.parameters = title, file, quantity, parameters
        self.h, self.driven, self.jumps, self.start, self.observable, self.t = h, driven, jumps, start, observable, t


def cases():
    a, vacuum = q.destroy(CUT), q.fock_dm(CUT, 0)
    yield Case("driven cavity", "Benchmarks/Open/cavity.yaml", "cavity.quanta", {"t": "10"}, a + a.dag(), [], [a], vacuum, a.dag() * a, 10.0)
    yield Case("two-photon cat", "Benchmarks/Open/cat.yaml", "cat.quanta", {"t": "1"}, 0 * a, [], [a * a - 1], vacuum, a.dag() * a, 1.0)
    up, down = q.basis(2, 0), q.basis(2, 1)
    amplitudes = np.array([math.exp(-2 + n * math.log(2) - math.lgamma(n + 1) / 2) for n in range(CUT)])
    mode, sm = q.tensor(a, q.qeye(2)), q.tensor(q.qeye(CUT), q.sigmam())
    yield Case(
        "Jaynes-Cummings with loss", "Benchmarks/Open/jaynes-cummings-loss.yaml", "jaynes-cummings-loss.up", {"t": "5"},
        mode * sm.dag() + mode.dag() * sm, [], [math.sqrt(0.1) * mode], q.ket2dm(q.tensor(q.Qobj(amplitudes), down)), sm.dag() * sm, 5.0)
    # Level 0 without an excitation, level 1 + j with it at cell j.
    d = 11
    ring = np.zeros((d, d))
    for j in range(10):
        ring[1 + j, 1 + (j + 1) % 10] = ring[1 + (j + 1) % 10, 1 + j] = 1
    yield Case(
        "ring of ten spins", "Benchmarks/Open/spin-ring-decay.yaml", "spin-ring-decay.opposite", {"t": "5"}, q.Qobj(ring), [],
        [math.sqrt(0.1) * q.basis(d, 0) * q.basis(d, 1 + j).dag() for j in range(10)], q.fock_dm(d, 1), q.fock_dm(d, 6), 5.0)
    one, two = q.tensor(q.sigmam(), q.qeye(2)), q.tensor(q.qeye(2), q.sigmam())
    both = one + two
    excited = one.dag() * one + two.dag() * two
    yield Case(
        "common bath", "proofs/papers/models/cakmak.yaml", "cakmak.energy", {"nbar": "1", "t": "1"}, excited, [],
        [math.sqrt(2) * both, both.dag()], q.ket2dm(q.tensor(down, down)), excited, 1.0)
    pulse = lambda t, np=np: (math.pi / 2) / (math.sqrt(2 * math.pi) * 0.5) * np.exp(-((t - 200) ** 2) / 0.5)
    yield Case(
        "pulse at 200 of 400", "docs/models/pulse.yaml", "pulse.up", {}, 0 * q.sigmax(), [(pulse, q.sigmax())], [0 * q.sigmam()],
        q.ket2dm(down), q.ket2dm(up), 400.0)


def by_qutip(case, tight):
    h = case.h if not case.driven else q.QobjEvo([case.h] + [[x, lambda t, f=f: f(t)] for f, x in case.driven])
    options = {"method": "vern9", "rtol": 1e-12, "atol": 1e-14, "nsteps": 10**7} if tight else {}
    begin = time.perf_counter()
    found = q.mesolve(h, case.start, [0, case.t], case.jumps, e_ops=[case.observable], options={**options, "progress_bar": ""})
    return float(np.real(found.expect[0][-1])), time.perf_counter() - begin


def by_scipy(case):
    generator = q.liouvillian(case.h, case.jumps).to("csr").data.as_scipy()
    others = [(f, q.liouvillian(x).to("csr").data.as_scipy()) for f, x in case.driven]

    def rate(t, y):
        result = generator @ y
        for f, matrix in others:
            result += f(t) * (matrix @ y)
        return result

    start = q.operator_to_vector(case.start).full().ravel()
    begin = time.perf_counter()
    found = solve_ivp(rate, (0, case.t), start, method="DOP853", rtol=1e-12, atol=1e-13, t_eval=[case.t])
    seconds = time.perf_counter() - begin
    rho = q.vector_to_operator(q.Qobj(found.y[:, -1], dims=[[case.start.dims[0], case.start.dims[1]], [1]]))
    return float(np.real((rho * case.observable).tr())), seconds


def by_dynamiqs(case):
    import dynamiqs as dq
    import jax.numpy as jnp

    dq.set_precision("double")
    full = lambda x: dq.asqarray(np.asarray(x.full(), complex))
    h = dq.constant(full(case.h))
    for f, x in case.driven:
        h = h + dq.modulated(lambda t, f=f: f(t, jnp) + 0j, full(x))
    method = dq.method.Tsit5(rtol=1e-12, atol=1e-12, max_steps=10**7)
    jumps, start, observable = [full(x) for x in case.jumps], full(case.start), full(case.observable)

    def once():
        begin = time.perf_counter()
        found = dq.mesolve(
            h, jumps, start, jnp.array([0.0, case.t]), exp_ops=[observable], method=method,
            progress_meter=False, save_states=False)
        value = float(np.real(np.asarray(found.expects)[0, -1]))
        return value, time.perf_counter() - begin

    once()
    return once()


def ours(qbo, top, case):
    command = [qbo, "evaluate", "--model", f"{top}/{case.file}", case.quantity]
    command += [f"{k}={v}" for k, v in case.parameters.items()] + ["--absolute", "12", "--format", "json", "--max-seconds", "600"]
    run = subprocess.run(command, capture_output=True, text=True)
    try:
        answer = json.loads(run.stdout)
        lower, upper = Decimal(answer["lower"]), Decimal(answer["upper"])
        return float((lower + upper) / 2), float((upper - lower) / 2), float(answer["seconds"])
    except (ArithmeticError, ValueError, KeyError, TypeError):
        try:
            answer = json.loads(run.stdout)
            return [answer.get("undecided") or answer.get("error") or "no bounds"]
        except ValueError:
            return (run.stderr or run.stdout).strip().splitlines()[-1:] or ["no answer"]


def main():
    qbo, top = sys.argv[1], sys.argv[2]
    peers = [("QuTiP", lambda c: by_qutip(c, False)), ("QuTiP 1e-12", lambda c: by_qutip(c, True)), ("dynamiqs", by_dynamiqs), ("SciPy", by_scipy)]
    for case in cases():
        found = ours(qbo, top, case)
        print(case.title)
        if len(found) == 3:
            value, bound, seconds = found
            print(f"  {'here':12s} {value:.12f}  within {bound:.1e}  {seconds:8.3f} s")
        else:
            value = seconds = None
            print(f"  {'here':12s} refused: {found[0]}")
        for name, run in peers:
            try:
                own, own_seconds = run(case)
            except Exception as error:  # a peer that fails is shown
                print(f"  {name:12s} {type(error).__name__}: {str(error)[:100]}")
                continue
            if value is None:
                print(f"  {name:12s} {own:.12f}  not held against anything  {own_seconds:8.3f} s")
                continue
            off = abs(own - value)
            shown = f"{own_seconds:8.3f} s  ratio {seconds / own_seconds:6.1f}" if off <= 1e-6 else "off: sets no time"
            print(f"  {name:12s} {own:.12f}  error {off:.1e}  {shown}")
        sys.stdout.flush()


main()
