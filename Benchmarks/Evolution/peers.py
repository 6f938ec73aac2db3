"""The evolution benchmark beside QuTiP's sesolve, python-flint's dense arb_mat.exp and the bare recurrence in C.

Usage: peers.py PATH-OF-EVOLUTION-BENCHMARK PATH-OF-LIMIT. All on the same problems in one run: the program's values are checked against those
of the peers, and ratios are printed. QuTiP runs with its default options on a sparse Hamiltonian, evolution only.
"""

import json
import math
import re
import subprocess
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import flint
import numpy as np
import qutip
import scipy.sparse as sparse


def couplings(name, n):
    """The entries A[row, column] = value of the generator, below the diagonal."""
    if name == "spin":
        return n + 1, {(k + 1, k): (k + 1) * (n - k) for k in range(n)}
    if name == "harmonic-sector":
        return n + 1, {(k + 1, k): math.sqrt((k + 1) * (n - k)) for k in range(n)}
    pairs = {(max(j, k), min(j, k)) for j in range(n) for k in ((7 * j + 3) % n, j + 1, j + 17) if k < n and k != j}
    return n, {(j, k): 1 + (j + k) % 5 for j, k in pairs}


TIMES = {"spin": lambda n: 3 / n, "harmonic-sector": lambda n: 0.1, "sparse": lambda n: 1.5}


def qutip_run(name, n):
    """v' = A v with a real skew A, as i v' = (i A) v."""
    d, entries = couplings(name, n)
    rows, columns = zip(*entries)
    values = np.array([entries[p] for p in entries], dtype=complex)
    lower = sparse.csr_matrix((values, (rows, columns)), shape=(d, d))
    hamiltonian = qutip.Qobj(1j * (lower - lower.T))
    start = qutip.basis(d, 0)
    best = math.inf
    for _ in range(5):
        begin = time.perf_counter()
        result = qutip.sesolve(hamiltonian, start, [0, TIMES[name](n)])
        best = min(best, time.perf_counter() - begin)
    state = result.states[-1].full().ravel()
    return best * 1e3, float(np.sum(np.arange(d) * np.abs(state) ** 2))


def flint_run(name, n, digits):
    d, entries = couplings(name, n)
    flint.ctx.dps = digits + 10
    matrix = flint.arb_mat(d, d)
    t = flint.arb(3) / n
    for (row, column), value in entries.items():
        matrix[row, column] = value * t
        matrix[column, row] = -value * t
    begin = time.perf_counter()
    exponential = matrix.exp()
    elapsed = time.perf_counter() - begin
    energy = sum(k * exponential[k, 0] ** 2 for k in range(d))
    return elapsed * 1e3, energy


def main(program, limit):
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    print(f"{'problem':<18}{'N':>6}{'digits':>8}{'ours ms':>11}{'qutip ms':>11}{'ratio':>8}{'qutip error':>13}{'C ms':>9}{'ours/C':>8}{'arb ms':>11}{'ratio':>8}")
    for line in lines:
        row = json.loads(line)
        name, n, digits, ms = row["name"], row["n"], row["digits"], row["ms"]
        low, high = (float(x) for x in row["value"].strip("[]").split(","))
        qutip_ms, value = qutip_run(name, n)
        error = abs(value - low) / low
        assert error < 1e-3, f"{name} {n}: {low} against {value}"
        text = f"{name:<18}{n:>6}{digits:>8}{ms:>11.3f}{qutip_ms:>11.3f}{qutip_ms / ms:>8.2f}{error:>13.1e}"
        if digits == 0:
            print(text + f"   doubles, off by {row['error']:.1e} of the value", flush=True)
            continue
        if name == "spin":
            c = float(subprocess.run([limit, str(n), str(row["steps"]), str(row["limbs"])], capture_output=True, text=True, check=True).stdout)
            text += f"{c:>9.3f}{ms / c:>8.2f}"
        if name == "spin" and n <= 200:
            arb_ms, energy = flint_run(name, n, digits)
            flint.ctx.dps = digits + 10
            ends = [flint.arb(x.strip()) for x in row["value"].strip("[]").split(",")]
            assert not energy < ends[0] and not energy > ends[1], "arb and ours do not meet"
            text += f"{arb_ms:>11.1f}{arb_ms / ms:>8.0f}"
        print(text, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
