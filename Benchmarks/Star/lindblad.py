"""The master equation of the star in plain doubles: Runge-Kutta, the exponential of the Liouvillian, and its null space."""

import math
import warnings

import numpy as np
from scipy import linalg
from scipy.integrate import solve_ivp

from oracle import relative, shown

GAMMA = 0.5
CASES = [(4, 0.01), (4, 0.1), (4, 1.0), (10, 0.01), (10, 1.0), (20, 1.0)]
TIMES = [1.0, 10.0, 100.0]
# For the exponential alone, four cells.
LONG_TIMES = [1e6, 1e9, 1e12, 1e15]
SOLVERS = {
    "solve_ivp RK45, default": {"method": "RK45"},
    "solve_ivp DOP853, rtol 1e-12, atol 1e-14": {"method": "DOP853", "rtol": 1e-12, "atol": 1e-14},
}


def hamiltonian(n, f):
    """Levels |down>|m> first."""
    a = f * np.eye(n + 1) + np.diag([np.sqrt(m * (n - m + 1)) for m in range(1, n + 1)], 1)
    zero = np.zeros_like(a)
    return np.block([[zero, a.T], [a, zero]])


def spin(n):
    return np.repeat([-1.0, 1.0], n + 1)


def liouvillian(n, f):
    """For the matrix written row after row."""
    h, s = hamiltonian(n, f), spin(n)
    one = np.eye(len(h))
    return -1j * (np.kron(h, one) - np.kron(one, h.T)) + np.diag(GAMMA / 2 * (np.outer(s, s) - 1).ravel())


def figures(n, rho):
    """Energy and ergotropy of the cells, the energies of the cells being those of N qubits."""
    cells = rho[: n + 1, : n + 1] + rho[n + 1 :, n + 1 :]
    energy = float(np.real(np.diag(cells)) @ np.arange(n + 1))
    levels = [k for k in range(n + 1) for _ in range(math.comb(n, k))][: n + 1]
    values = np.sort(np.linalg.eigvalsh((cells + cells.conj().T) / 2))[::-1]
    return energy, energy - float(values @ levels)


def start(n):
    rho = np.zeros((2 * n + 2, 2 * n + 2), complex)
    rho[0, 0] = 1
    return rho


def by_steps(n, f, t, options):
    h, decay = hamiltonian(n, f), GAMMA / 2 * (np.outer(spin(n), spin(n)) - 1)

    def slope(_, y):
        rho = y.reshape(h.shape)
        return (-1j * (h @ rho - rho @ h) + decay * rho).ravel()

    end = solve_ivp(slope, (0, t), start(n).ravel(), t_eval=[t], **options)
    return end.y[:, -1].reshape(h.shape), "nothing" if end.success else end.message


def by_exponential(n, f, t, _):
    rho = start(n)
    return (linalg.expm(liouvillian(n, f) * t) @ rho.ravel()).reshape(rho.shape), "nothing"


def lindblad(oracle):
    print(f"\n## Energy and ergotropy at a time by the master equation, gamma = {GAMMA}\n")
    print("| routine | N | F/g | t | energy | certified | relative error | ergotropy | certified | relative error | said |")
    print("| " + " | ".join(["---"] * 11) + " |")
    for n, f in CASES:
        for t in TIMES + (LONG_TIMES if n == 4 else []):
            given = {"N": n, "F": f, "g": 1.0, "gamma": GAMMA, "t": t}
            truths = [oracle.ask(f"star.{name}", **given) for name in ["energy", "ergotropy"]]
            ways = [(name, by_steps, options) for name, options in SOLVERS.items() if t <= TIMES[-1]]
            if n <= 10:
                ways.append(("expm of the Liouvillian", by_exponential, None))
            for name, way, options in ways:
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    rho, said = way(n, f, t, options)
                said = "; ".join([str(w.message) for w in caught] or [said])
                cells = []
                for value, truth in zip(figures(n, rho), truths):
                    cells += [shown(value), shown(truth), f"{relative(value, truth):.1e}"]
                print(f"| {name} | {n} | {f:g} | {t:g} | " + " | ".join(cells) + f" | {said} |")


def steady_by_null_space(oracle):
    """The projection of the start onto the null space, whose right and left vectors are the same for this Liouvillian, and the last singular vector alone."""
    print(f"\n## Steady state by the null space of the Liouvillian, gamma = {GAMMA}\n")
    print("The true null space has N + 1 dimensions, one for each invariant pair. `scipy.linalg.null_space` counts singular values below its default, max(M, N) eps times the greatest.\n")
    print("| N | F/g | dimensions | N + 1 | energy of the start's projection | certified | relative error | largest eigenvalue | certified | relative error | energy of the last singular vector | said |")
    print("| " + " | ".join(["---"] * 12) + " |")
    for n in [2, 4, 6, 8, 10]:
        for f in [0.01, 0.1, 1.0, 10.0]:
            truth = oracle.ask("star.steady-largest-eigenvalue", N=n, F=f, g=1.0)
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                matrix = liouvillian(n, f)
                space = linalg.null_space(matrix)
                last = linalg.svd(matrix)[2][-1].conj().reshape(2 * n + 2, -1)
            rho = (space @ (space.conj().T @ start(n).ravel())).reshape(2 * n + 2, -1)
            energy, _ = figures(n, rho)
            cells = rho[: n + 1, : n + 1] + rho[n + 1 :, n + 1 :]
            largest = float(np.linalg.eigvalsh((cells + cells.conj().T) / 2)[-1])
            trace = np.trace(last)
            single = figures(n, last / trace)[0] if abs(trace) > 1e-12 else float("nan")
            print(
                f"| {n} | {f:g} | {space.shape[1]} | {n + 1} | {shown(energy)} | {n / 2:g} | {relative(energy, n / 2):.1e} | {shown(largest)} | {shown(truth)} | "
                f"{relative(largest, truth):.1e} | {shown(single)} | {'; '.join(str(w.message) for w in caught) or 'nothing'} |")
