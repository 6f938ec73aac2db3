"""Where doubles get the sign of an atom of a work quasiprobability wrong: methods a physicist would use, and our kernel, beside certified signs.

Usage: peers.py PATH-OF-QUASI-BENCHMARK PATH-OF-TABLE. Writes the tables in Markdown. a and b are the exact doubles, for the certified signs as for the methods.
"""

import json
import subprocess
import sys
import warnings
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np
import scipy

from methods import BRUTE, METHODS, by_matrices, cell_law

getcontext().prec = 40
CELLS = [4, 8, 16, 32, 64, 100, 200, 500, 1000]
QUARTER = 0.7853981633974483
CASES = [
    ("a = 0.3, b = 0.5, q = 1/2", 0.3, 0.5, Fraction(1, 2)), ("a = 0.3, b = 0.5, q = 0", 0.3, 0.5, Fraction(0)),
    ("a = b = pi/4, q = 1/2", QUARTER, QUARTER, Fraction(1, 2)), ("a = b = pi/4, q = 0", QUARTER, QUARTER, Fraction(0)),
    ("a = 0.5353981633974483, b = 0.5 (2a + b = pi/2), q = 1/2", 0.5353981633974483, 0.5, Fraction(1, 2)),
    ("a = 0.3, b = 0.5, q = 1/4", 0.3, 0.5, Fraction(1, 4)),
]
KERNEL = "QuasiKernel.law"


def short(value):
    """One digit and an exponent; `-` for nothing."""
    return "-" if value is None else f"{value:.0e}".replace("E", "e")


def compare(values, signs, truths):
    """Counts for one method: wrong signs, zeros in place of atoms, relative errors above one, and the largest atom with a wrong sign."""
    wrong, zero, lost, bad, largest = 0, 0, 0, 0, None
    for value, sign, truth in zip(values, signs, truths):
        if not np.isfinite(value):
            bad += 1
            continue
        # A long double may be below the least double; 25 digits tell it.
        exact = Decimal(np.format_float_scientific(value, precision=25, unique=False)) if isinstance(value, np.longdouble) else Decimal(float(value))
        if exact == 0 and sign != 0:
            zero += 1
        elif (exact > 0) - (exact < 0) != sign:
            wrong += 1
            largest = max(largest or 0, abs(truth))
        if abs(exact - truth) > abs(truth):
            lost += 1
    return {"wrong": wrong, "zero": zero, "lost": lost, "bad": bad, "largest": largest}


def kernel_row(law):
    """What the kernel claims: values beyond their bounds."""
    truths = [Decimal(p) for p in law["probabilities"]]
    claimed = [index for index, (v, e) in enumerate(zip(law["values"], law["bounds"])) if abs(v) > e]
    wrong = sum(np.sign(law["values"][index]) != law["signs"][index] for index in claimed)
    outside = sum(
        abs(Decimal(v) - p) > Decimal(e) + abs(p) * Decimal("1e-19") for v, e, p in zip(law["values"], law["bounds"], truths))
    open_ones = sorted(set(range(len(truths))) - set(claimed))
    return {
        "claimed": len(claimed), "wrong": int(wrong), "outside": outside,
        "least": min((abs(truths[index]) for index in claimed), default=None),
        "largest": max((abs(truths[index]) for index in open_ones), default=None),
    }


def measure(program):
    rows, laws = [], {}
    for title, a, b, q in CASES:
        r, s = q.numerator, q.denominator
        law, _ = cell_law(a, b, r, s)
        for n in CELLS:
            run = subprocess.run([program, str(n), str(float(q)), repr(a), repr(b)], capture_output=True, text=True, check=True)
            certified = json.loads(run.stdout)
            laws[title, n] = certified
            if None in certified["signs"]:
                raise RuntimeError(f"{title}, N = {n}: a sign is undecided")
            truths = [Decimal(p) for p in certified["probabilities"]]
            ways = [(name, lambda way=way: way(law, n)) for name, way in METHODS.items()]
            if n <= 8:
                ways.append((BRUTE, lambda: by_matrices(n, a, b, r, s)))
            for name, way in ways:
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    values = way()
                if len(values) != len(truths):
                    raise RuntimeError(f"{name}: {len(values)} atoms in place of {len(truths)}")
                rows.append({"method": name, "case": title, "n": n, "said": "; ".join(sorted({str(w.message) for w in caught})) or "nothing"} | compare(values, certified["signs"], truths))
    return rows, laws


def table(titles, lines):
    print("| " + " | ".join(titles) + " |\n|" + " --- |" * len(titles))
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |")


def laws_table(laws):
    print("\n## The laws\n")
    print("Certified: all signs are decided. `bits` is the precision that decided them and gave 20 digits of each atom; `seconds` is for all of both.\n")
    table(
        ["case", "N", "atoms", "negative", "zero", "least abs p", "greatest abs p", "sum abs p - 1", "bits", "seconds"],
        [
            [title, n, len(law["signs"]), law["signs"].count(-1), law["signs"].count(0),
             short(min(abs(Decimal(p)) for p in law["probabilities"])), short(max(abs(Decimal(p)) for p in law["probabilities"])),
             f"{Decimal(law['negativity']):.6g}", law["bits"], f"{law['seconds']:.2f}"]
            for (title, n), law in laws.items()
        ])


def first_table(rows):
    print("\n## First N of " + ", ".join(map(str, CELLS)) + " with a wrong sign / with an atom lost in zero\n")
    names = list(METHODS) + [BRUTE]
    lines = []
    for name in names:
        line = [name]
        for title, *_ in CASES:
            chosen = [row for row in rows if row["method"] == name and row["case"] == title]
            firsts = [next((row["n"] for row in chosen if row[key]), "-") for key in ["wrong", "zero"]]
            line.append(" / ".join(map(str, firsts)))
        lines.append(line)
    table(["method"] + [title for title, *_ in CASES], lines)
    print(f"\n{BRUTE}: N = 4 and 8 alone.")


def kernel_table(laws):
    print("\n## Our kernel\n")
    print("A sign is claimed where the value is beyond its bound. `outside` counts values farther from the certified atom than their bound.\n")
    lines = []
    for (title, n), law in laws.items():
        row = kernel_row(law)
        lines.append([
            title, n, len(law["signs"]), row["claimed"], row["wrong"], row["outside"], short(row["least"]), short(row["largest"]),
            short(max(Decimal(e) for e in law["bounds"])), f"{law['kernelNegativity'][0]:.12g}", f"{law['kernelNegativity'][1]:.0e}",
            f"{1000 * law['kernelSeconds']:.1f}"])
    table(
        ["case", "N", "atoms", "claimed", "claimed wrong", "outside", "least abs p claimed", "greatest abs p not claimed", "greatest bound", "negativity", "within", "ms for all atoms"], lines)


def all_table(rows):
    print("\n## All\n")
    table(
        ["case", "N", "method", "wrong sign", "exactly zero", "not finite", "relative error above 1", "largest abs p with a wrong sign", "said"],
        [[row["case"], row["n"], row["method"], row["wrong"], row["zero"], row["bad"], row["lost"], short(row["largest"]), row["said"]] for row in rows])


def worst_table(rows):
    print("\n## N = 1000: wrong signs / exactly zero / not finite, and the largest abs p with a wrong sign\n")
    lines = []
    for name in METHODS:
        line = [name]
        for title, *_ in CASES:
            row = next(row for row in rows if (row["method"], row["case"], row["n"]) == (name, title, CELLS[-1]))
            line.append(f"{row['wrong']} / {row['zero']} / {row['bad']}, {short(row['largest'])}")
        lines.append(line)
    table(["method"] + [title for title, *_ in CASES], lines)


def main(program, path):
    rows, laws = measure(program)
    with open(path, "w") as file:
        sys.stdout, screen = file, sys.stdout
        print("# Signs of atoms in plain doubles\n")
        print(f"Written by `Benchmarks/run quasi` with NumPy {np.__version__} and SciPy {scipy.__version__}: p_q of N cells charged in parallel; certified signs by `quasi-benchmark`, at the exact doubles a and b (pi/4 is the double next to it).")
        said = sum(row["said"] != "nothing" for row in rows)
        print(f"Laws computed: {len(rows)}; with a wrong sign: {sum(row['wrong'] > 0 for row in rows)}; with a warning: {said}.")
        laws_table(laws)
        first_table(rows)
        worst_table(rows)
        kernel_table(laws)
        all_table(rows)
        sys.stdout = screen
    print(f"{len(rows)} laws, {sum(row['wrong'] > 0 for row in rows)} with a wrong sign; tables in {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
