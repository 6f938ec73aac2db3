"""The models of docs/models through `qbo evaluate --model`, beside QuTiP's sesolve with its default options, in one run.

Usage: peers.py PATH-OF-QBO MODELS-FOLDER [--scan]. Each row: the dimension that QuTiP works in, its value and time, our value at 30 digits, its time and
the ratio of the times; then the kernel in doubles at the parameters rounded to doubles, its proved bound, its time and its ratio to QuTiP's. QuTiP is
given the sector or the cut that its user would write by hand; its time is that of the evolution alone, ours that of the whole evaluation as the program
reports it. With --scan also the cost against the dimension and the digits.
"""

import json
import math
import os
import subprocess
import sys
import time
import warnings
from fractions import Fraction

warnings.filterwarnings("ignore")
import numpy as np
import qutip as q


def spin(j):
    """J_z and J_p of a spin, up first as QuTiP has them."""
    return q.jmat(j, "z"), q.jmat(j, "+")


def site(operator, k, dims):
    parts = [q.qeye(d) for d in dims]
    parts[k] = operator
    return q.tensor(parts)


def product(*kets):
    return q.tensor(list(kets))


UP, DOWN = q.basis(2, 0), q.basis(2, 1)
Z, X, Y, P = q.sigmaz(), q.sigmax(), q.sigmay(), q.sigmap()


def tavis(n, start, cut):
    a, (jz, jp) = q.destroy(cut), spin(n / 2)
    dims = [cut, n + 1]
    a, jz, jp = site(a, 0, dims), site(jz, 1, dims), site(jp, 1, dims)
    battery = jz + n / 2
    return a.dag() * a + battery + a.dag() * jp.dag() + a * jp, product(start, q.basis(n + 1, n)), battery


def tavis_cummings(n, t):
    return *tavis(n, q.basis(n + 1, n), n + 1), t


def squeezed(n, r, t, cut):
    return *tavis(n, q.squeeze(cut, r) * q.basis(cut, 0), cut), t


def jaynes_cummings(nbar, t, cut):
    amplitudes = np.exp([-nbar / 2 + k * math.log(nbar) / 2 - math.lgamma(k + 1) / 2 for k in range(cut)])
    return *tavis(1, q.Qobj(amplitudes), cut), t


def two_photon(n, g, t, cut):
    dims = [cut, n + 1]
    a, (jz, jp) = site(q.destroy(cut), 0, dims), spin(n / 2)
    jz, jp = site(jz, 1, dims), site(jp, 1, dims)
    h = a.dag() * a / 2 + jz + g * (a * a + a.dag() * a.dag()) * (jp + jp.dag())
    return h, product(q.basis(cut, 2 * n), q.basis(n + 1, n)), jz + n / 2, t


def xxz(n, t):
    dims = [2] * n
    zs, ps = [site(Z, k, dims) for k in range(n)], [site(P, k, dims) for k in range(n)]
    h = sum(ps[k] * ps[k + 1].dag() + ps[k].dag() * ps[k + 1] + zs[k] * zs[k + 1] / 4 for k in range(n - 1))
    plus = (UP + DOWN).unit()
    tilted = math.sqrt(0.9) * UP + math.sqrt(0.1) * DOWN
    start = (product(*[plus] * n) + 1j * product(*[tilted] * n)).unit()
    return h, start, (site(Z, n - 1, dims) + 1) / 2, t


def ising(n, t):
    dims = [2] * n
    h = sum(site(X, j, dims) * site(X, k, dims) / (k - j) ** 1.5 for k in range(n) for j in range(k))
    h += sum(site(Z, j, dims) for j in range(n))
    return h, product(*[DOWN] * n), sum((site(Z, j, dims) + 1) / 2 for j in range(n)), t


def driven_pair(t):
    dims = [2, 2]
    h = sum(site(X, j, dims) / 2 for j in range(2))
    h += (q.tensor(X, X) + q.tensor(Y, Y) + q.tensor(Z, Z) / 2) / 4
    return h, product(DOWN, DOWN), sum((site(Z, j, dims) + 1) / 2 for j in range(2)), t


def bose_dimer(n, t):
    jz, jp = spin(n / 2)
    right = n / 2 - jz
    left = jz + n / 2
    h = -(jp + jp.dag()) + 0.1 * (left * (left - 1) + right * (right - 1))
    return h, q.basis(n + 1, 0), right / n, t


def three_wave(n, t):
    k = np.arange(n)
    entries = np.sqrt(n - k) * (k + 1)
    return q.Qobj(np.diag(entries, 1) + np.diag(entries, -1)), q.basis(n + 1, 0), q.Qobj(np.diag(np.arange(n + 1.0))), t


def spin_ring(n, t):
    dims = [3] * n
    jz, jp = spin(1)
    zs, ps = [site(jz, k, dims) for k in range(n)], [site(jp, k, dims) for k in range(n)]
    h = sum((ps[k] * ps[(k + 1) % n].dag() + ps[k].dag() * ps[(k + 1) % n]) / 2 + zs[k] * zs[(k + 1) % n] for k in range(n))
    return h, product(q.basis(3, 0), *[q.basis(3, 2)] * (n - 1)), zs[2], t


ROWS = [
    ("tavis-cummings", "energy", {"N": "20", "t": "1"}, lambda: tavis_cummings(20, 1)),
    ("xxz-chain", "energy", {"N": "6", "Delta": "1/2", "t": "2"}, lambda: xxz(6, 2)),
    ("xxz-chain", "energy", {"N": "9", "Delta": "1/2", "t": "2"}, lambda: xxz(9, 2)),
    ("ising-tail", "energy", {"N": "9", "t": "1"}, lambda: ising(9, 1)),
    ("driven-pair", "energy", {"t": "3"}, lambda: driven_pair(3)),
    ("bose-dimer", "right", {"n": "400", "U": "1/5", "t": "1/2"}, lambda: bose_dimer(400, 0.5)),
    ("three-wave", "signal", {"n": "200", "t": "1/10"}, lambda: three_wave(200, 0.1)),
    ("spin-ring", "opposite", {"N": "5", "t": "3"}, lambda: spin_ring(5, 3)),
    ("jaynes-cummings", "energy", {"nbar": "4", "t": "3/4"}, lambda: jaynes_cummings(4, 0.75, 40)),
    ("squeezed-charger", "energy", {"N": "4", "t": "1"}, lambda: squeezed(4, 0.5, 1, 60)),
    ("two-photon-dicke", "energy", {"N": "2", "t": "3/2"}, lambda: two_photon(2, 0.1, 1.5, 120)),
]


def ours(qbo, folder, model, quantity, parameters, *goal):
    goal = goal or ["--digits", "30"]
    command = [qbo, "evaluate", "--model", os.path.join(folder, model + ".yaml"), f"{model}.{quantity}", *goal, "--format", "json"]
    run = subprocess.run(command + [f"{k}={v}" for k, v in parameters.items()], capture_output=True, text=True)
    if run.returncode:
        return None, run.stderr.strip() or run.stdout.strip()
    answer = json.loads(run.stdout)
    return answer, None


def doubles(qbo, folder, model, quantity, parameters):
    """The kernel at the nearest doubles: nothing but the kernel is run."""
    rounded = {name: str(Fraction(float(Fraction(text)))) for name, text in parameters.items()}
    answer, reason = ours(qbo, folder, model, quantity, rounded, "--double")
    if answer is None:
        return None, reason
    seconds = min(ours(qbo, folder, model, quantity, rounded, "--double")[0]["seconds"] for _ in range(3))
    return answer, seconds


def peer(problem):
    """Dimension, time, value, and whether the default number of steps was enough."""
    h, start, observable, t = problem
    for options in ({}, {"nsteps": 1000000}):
        try:
            best = math.inf
            for _ in range(3):
                begin = time.perf_counter()
                state = q.sesolve(h, start, [0, t], options=options).states[-1]
                best = min(best, time.perf_counter() - begin)
            return h.shape[0], best, q.expect(observable, state), not options
        except q.solver.integrator.IntegratorException:
            continue
    raise SystemExit("sesolve fails with a million steps")


def main():
    qbo, folder = sys.argv[1:3]
    print("| quantity | parameters | d | QuTiP | time (ms) | ours | time (ms) | ratio | in doubles | bound | time (ms) | ratio |")
    print("| --- " * 12 + "|")
    failed = 0
    for model, quantity, parameters, problem in ROWS:
        d, seconds, value, isDefault = peer(problem())
        answer, reason = ours(qbo, folder, model, quantity, parameters)
        shown = " ".join(f"{k}={v}" for k, v in parameters.items())
        if answer is None:
            failed += 1
            print(f"| {model}.{quantity} | {shown} | {d} | {value:.9f} | {seconds * 1e3:.2f} | {reason} | | |")
            continue
        own = min(ours(qbo, folder, model, quantity, parameters)[0]["seconds"] for _ in range(3))
        lower, upper = float(answer["lower"]), float(answer["upper"])
        off = max(lower - value, value - upper, 0)
        # The default tolerances of sesolve are 1e-6 relative and 1e-8 absolute a step.
        steps = "" if isDefault else " (nsteps raised)"
        note = "" if off < 1e-4 * max(1, abs(value)) else " DIFFERS"
        failed += bool(note)
        print(f"| {model}.{quantity} | {shown} | {d} | {value:.9f} | {seconds * 1e3:.2f}{steps} | {lower:.15g}{note} | {own * 1e3:.2f} | {own / seconds:.2f} | "
              + kernel(qbo, folder, model, quantity, parameters, seconds))
    if "--scan" in sys.argv:
        scan(qbo, folder)
    sys.exit(failed > 0)


def kernel(qbo, folder, model, quantity, parameters, seconds):
    answer, own = doubles(qbo, folder, model, quantity, parameters)
    if answer is None:
        return f"{own} | | | |"
    return f"{answer['value']:.15g} | {answer['kernelErrorBound']:.1e} | {own * 1e3:.2f} | {own / seconds:.2f} |"


def scan(qbo, folder):
    print("\n| d | digits | time (s) |")
    print("| --- | --- | --- |")
    for n in [9, 99, 999, 4999, 19999]:
        for digits in [30, 100]:
            answer, reason = ours(qbo, folder, "bose-dimer", "right", {"n": str(n), "U": f"1/{n}", "t": "1/10"}, "--digits", str(digits))
            print(f"| {n + 1} | {digits} | {answer['seconds'] if answer else reason} |")
        answer, seconds = doubles(qbo, folder, "bose-dimer", "right", {"n": str(n), "U": f"1/{n}", "t": "1/10"})
        print(f"| {n + 1} | doubles, within {answer['kernelErrorBound']:.1e} | {seconds} |" if answer else f"| {n + 1} | doubles | {seconds} |")


main()
