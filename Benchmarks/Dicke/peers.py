"""The Dicke benchmark beside QuTiP's sesolve, with SciPy for the classical battery.

Usage: peers.py PATH-OF-DICKE-BENCHMARK. QuTiP runs with its default options on the same parity sector with the same cut-off, and is asked for <k> at
the times of our states and at the optimal time that we found, which leaves its error to the integrator and not to a grid. Its time is that
of sesolve alone: neither building the Hamiltonian nor the classical battery is counted, while ours holds all four maximal powers.
"""

import json
import math
import subprocess
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import qutip
import scipy.sparse as sparse
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar


def sector(n, photons, g):
    """H - w0 N and k on the states |m, k>, m + k - N even, m up to the cut-off, and the state |N, 0>; w0 = 1."""
    states = [(m, k) for m in range(photons + 1) for k in range((m + n) % 2, n + 1, 2)]
    index = {state: i for i, state in enumerate(states)}
    rows, columns, values = [], [], []
    for (m, k), i in index.items():
        for l in (k - 1, k + 1):
            if (m + 1, l) in index:
                j = index[m + 1, l]
                value = g * math.sqrt(m + 1) * math.sqrt((min(k, l) + 1) * (n - min(k, l)))
                rows += [i, j]
                columns += [j, i]
                values += [value, value]
    d = len(states)
    hops = sparse.csr_matrix((np.array(values, dtype=complex), (rows, columns)), shape=(d, d))
    diagonal = sparse.diags([float(m + k - n) for m, k in states], format="csr", dtype=complex)
    number = sparse.diags([float(k) for _, k in states], format="csr", dtype=complex)
    return qutip.Qobj(hops + diagonal), qutip.Qobj(number), qutip.basis(d, index[n, 0])


def evolve(n, photons, g, times, runs=1):
    """<k> at the times, and the milliseconds of sesolve."""
    hamiltonian, number, start = sector(n, photons, g)
    best = math.inf
    for _ in range(runs):
        begin = time.perf_counter()
        result = qutip.sesolve(hamiltonian, start, times, e_ops=[number])
        best = min(best, time.perf_counter() - begin)
    return result.expect[0], best * 1e3


def quantum_power(search, g):
    times = sorted(set(search["times"]) | {0.0, search["optimalTime"]})
    excitations, ms = evolve(search["cells"], search["photons"], g, times)
    return max(k / t for k, t in zip(excitations[1:], times[1:])), ms


def classical_power(n, g, phase):
    """The greatest N c (1 + n_z)/s over s = 2 c tau, with the equations of docs/dicke.md; w0 = 1."""
    c = math.sqrt(2 * n) * g
    o = 1 / (2 * c)
    start = [math.sqrt(2) * math.cos(phase), math.sqrt(2) * math.sin(phase), 0, 0, -1]

    def motion(_, state):
        p, q, x, y, z = state
        return [-o * q - x / 2, o * p, -o * y, o * x - q * z, q * y]

    grid = np.linspace(0, 64, 6401)[1:]
    path = solve_ivp(motion, (0, 64), start, method="DOP853", rtol=1e-10, atol=1e-12, dense_output=True).sol
    near = grid[np.argmax((1 + path(grid)[4]) / grid)]
    found = minimize_scalar(
        lambda s: -(1 + path(s)[4]) / s, bounds=(near - 0.01, near + 0.01), method="bounded", options={"xatol": 1e-9})
    return -found.fun * n * c


def main(program):
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    curve = next(row for row in rows if row["name"] == "curve")
    n, points = curve["cells"], curve["points"]

    # The first call pays for imports.
    quantum_power(points[0]["one"], points[0]["g"])
    ratios, total, classical_ms = {}, 0.0, 0.0
    for point in points:
        g = point["g"]
        many, ms_many = quantum_power(point["many"], g)
        one, ms_one = quantum_power(point["one"], g)
        total += ms_many + ms_one
        begin = time.perf_counter()
        classical = classical_power(n, g, curve["phase"]) / classical_power(1, g, curve["phase"])
        classical_ms += (time.perf_counter() - begin) * 1e3
        ratios[g] = many / one / classical
    ours = curve["quantum"] + curve["classical"]
    photons = [point["many"]["photons"] for point in points]
    print(f"R over {len(points)} couplings g = {points[0]['g']} ... {points[-1]['g']} at N = {n}, M = {min(photons)} ... {max(photons)} photons")
    print(f"{'':<24}{'ours ms':>11}{'peer ms':>11}{'ratio':>8}")
    print(f"{'quantum maxima, QuTiP':<24}{curve['quantum']:>11.1f}{total:>11.1f}{total / curve['quantum']:>8.1f}")
    print(f"{'classical maxima, SciPy':<24}{curve['classical']:>11.1f}{classical_ms:>11.1f}{classical_ms / curve['classical']:>8.1f}")
    print(f"{'all ours, QuTiP':<24}{ours:>11.1f}{total:>11.1f}{total / ours:>8.1f}")
    apart = max(abs(ratios[point["g"]] - point["ratio"]) / point["ratio"] for point in points)
    bound = max(point["bound"] / point["ratio"] for point in points)
    assert apart < 1e-3, f"the curves are apart by {apart}"
    print(f"greatest relative bound of ours {bound:.1e}; greatest relative distance of both curves {apart:.1e}")

    print(f"\n{'g':>16}{'certified R':>24}{'certified ms':>14}{'ours off':>11}{'peers off':>11}")
    for row in rows:
        if row["name"] == "ratio":
            point = next(point for point in points if point["g"] == row["g"])
            off = [abs(x - row["value"]) / row["value"] for x in (point["ratio"], ratios[row["g"]])]
            assert off[0] <= point["bound"] / point["ratio"] + 1e-15, "a certified value is outside our bound"
            print(f"{row['g']:>16}{row['value']:>24.16f}{row['ms']:>14.0f}{off[0]:>11.1e}{off[1]:>11.1e}")

    row = next(row for row in rows if row["name"] == "stored-energy")
    excitations, ms = evolve(n, row["photons"], row["g"], [0, row["tau"]], runs=5)
    off = abs(excitations[-1] - row["value"]) / row["value"]
    print(f"\n{row['digits']} certified digits of the stored energy at N = {n}, g = {row['g']}, tau = {row['tau']}: {row['text']}")
    print(f"ours {row['ms']:.1f} ms; QuTiP {ms:.1f} ms, off by {off:.1e} of it, cut at M = {row['photons']}; ratio {ms / row['ms']:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
