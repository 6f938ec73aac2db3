"""Certified spectra beside python-flint's acb_mat.eig.

Usage: peers.py PATH-OF-SPECTRA-BENCHMARK. At 128 bits, in one run. python-flint is asked for `eig(multiple=True)`; where it does not isolate the
eigenvalues, once more for the matrix conjugated by a random one, which hides the degeneracies from it at the price of bits, and of the proof that
eigenvalues are real.
"""

import json
import math
import random
import subprocess
import sys
import time

import flint

BITS = 128


def ising_ring(sites, coupling):
    n = 1 << sites
    matrix = flint.acb_mat(n, n)
    for row in range(n):
        bonds = sum(1 if (row >> i ^ row >> ((i + 1) % sites)) & 1 == 0 else -1 for i in range(sites))
        matrix[row, row] = coupling * bonds
        for site in range(sites):
            matrix[row, row ^ 1 << site] = 1
    return matrix


def random_symmetric(n):
    state = 1
    matrix = flint.acb_mat(n, n)
    for row in range(n):
        for column in range(row + 1):
            state = (state * 1103515245 + 12345) % 2147483648
            matrix[row, column] = matrix[column, row] = (state >> 16 & 255) - 128
    return matrix


def build(row):
    if row["name"] == "sum sigma_x":
        return ising_ring(row["sites"], 0)
    return ising_ring(row["sites"], 1) if row["name"] == "Ising ring" else random_symmetric(row["dimension"])


def timed(body, runs=3):
    """The result or the error, and the least milliseconds."""
    best, result = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        try:
            result = body()
        except ValueError as error:
            result = error
        best = min(best, (time.perf_counter() - start) * 1e3)
    return result, best


def conjugated(matrix):
    n = matrix.nrows()
    generator = random.Random(1)
    change = flint.acb_mat(n, n, [generator.randint(-99, 99) for _ in range(n * n)])
    return change.inv() * matrix * change


def bits(values):
    """The proved bits of the greatest magnitude."""
    greatest = max(abs(complex(v)) for v in values)
    widest = max(max(float(v.real.rad()), 1e-300) for v in values)
    return math.log2(greatest / (2 * widest))


def main(program):
    flint.ctx.prec = BITS
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    print(f"{'matrix':<14}{'rows':>5}{'clusters':>9}{'ours ms':>10}{'bits':>7}{'flint ms':>10}{'flint says':>24}{'detour ms':>11}{'bits':>6}{'ratio':>7}")
    for line in lines:
        row = json.loads(line)
        matrix = build(row)
        result, ms = timed(lambda: matrix.eig(multiple=True))
        refused = isinstance(result, Exception)
        says = "failed to isolate" if refused else f"{bits(result):.0f} bits"
        text = f"{row['name']:<14}{row['dimension']:>5}{len(row['multiplicities']):>9}{row['ms']:>10.2f}{row['bits']:>7.1f}{ms:>10.2f}{says:>24}"
        peer = ms
        if refused:
            other, peer = timed(lambda: conjugated(matrix).eig(multiple=True))
            failed = isinstance(other, Exception)
            text += f"{peer:>11.2f}{'-' if failed else f'{bits(other):.0f}':>6}"
        else:
            text += f"{'':>17}"
        print(text + f"{peer / row['ms']:>7.1f}")
        print("    multiplicities " + " ".join(map(str, row["multiplicities"])))


if __name__ == "__main__":
    main(*sys.argv[1:])
