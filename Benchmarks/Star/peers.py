"""The star in plain doubles beside certified values: SciPy's and NumPy's singular values, eigenvectors and master equations.

Usage: peers.py PATH-OF-QBO PATH-OF-TABLES. Writes the tables in Markdown. Doubles enter the certified evaluation as the rationals that they are.
"""

import sys
import warnings

import numpy as np
import scipy
from scipy import linalg

from lindblad import lindblad, steady_by_null_space
from oracle import Oracle, relative, shown

CELLS = [4, 10, 20, 30, 50, 100]
DRIVES = [0.01, 0.1, 1.0, 10.0]


def ladder_matrix(n, f):
    """A = F + J- in the order of the levels m = 0 ... N: upper bidiagonal."""
    return f * np.eye(n + 1) + np.diag([np.sqrt(m * (n - m + 1)) for m in range(1, n + 1)], 1)


def alternating(n):
    """The levels 0, N, 1, N - 1, ...: R A is a Jacobi matrix in this order."""
    order = []
    for m in range(n // 2 + 1):
        order += [m, n - m]
    return order[: n + 1]


ORIENTATIONS = {
    "A": lambda a: a,
    "A'": lambda a: a.T,
    "A, levels reversed": lambda a: a[::-1, ::-1],
    "A', levels reversed": lambda a: a.T[::-1, ::-1],
}


def singular(svd):
    def run(a, orientation):
        u, s, vh = svd(np.ascontiguousarray(ORIENTATIONS[orientation](a)))
        right, left = vh.T, u
        if "'" in orientation:
            left, right = right, left
        if "reversed" in orientation:
            left, right = left[::-1], right[::-1]
        return s[-1], right, left

    return run


def symmetric(eigh):
    def run(a, _):
        values, vectors = eigh(a[::-1])
        return np.abs(values).min(), vectors, vectors[::-1]

    return run


def tridiagonal(driver):
    def run(a, _):
        order = alternating(len(a) - 1)
        t = a[::-1][np.ix_(order, order)]
        values, vectors = linalg.eigh_tridiagonal(np.diag(t), np.diag(t, 1), lapack_driver=driver)
        back = np.empty_like(vectors)
        back[order] = vectors
        return np.abs(values).min(), back, back[::-1]

    return run


def routines():
    """Name, orientation, and what gives the smallest coupling with right and left vectors."""
    for driver in ["gesdd", "gesvd"]:
        for orientation in ORIENTATIONS:
            yield f"SciPy svd {driver}", orientation, singular(lambda a, d=driver: linalg.svd(a, lapack_driver=d))
    for orientation in ["A", "A'"]:
        yield "NumPy svd", orientation, singular(np.linalg.svd)
    for driver in ["ev", "evd", "evr", "evx"]:
        yield f"SciPy eigh {driver}", "RA", symmetric(lambda a, d=driver: linalg.eigh(a, driver=d))
    yield "NumPy eigh", "RA", symmetric(np.linalg.eigh)
    for driver in ["stemr", "stebz", "stev"]:
        yield f"SciPy eigh_tridiagonal {driver}", "T", tridiagonal(driver)


def steady(right, left):
    """Energy and largest eigenvalue of 1/2 sum of p_j (v_j v_j' + w_j w_j')."""
    p = right[0] ** 2
    rho = ((right * p) @ right.T + (left * p) @ left.T) / 2
    return float(np.diag(rho) @ np.arange(len(rho))), float(np.linalg.eigvalsh(rho)[-1])


def measure(oracle):
    """One row for each routine, orientation, N and F/g."""
    truths = {
        (quantity, n, f): oracle.ask(f"star.{quantity}", N=n, F=f, g=1.0)
        for n in CELLS for f in DRIVES for quantity in ["smallest-coupling", "steady-largest-eigenvalue"]
    }
    rows = []
    for name, orientation, run in routines():
        for f in DRIVES:
            for n in CELLS:
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    try:
                        smallest, right, left = run(ladder_matrix(n, f), orientation)
                    except (linalg.LinAlgError, np.linalg.LinAlgError) as error:
                        rows.append({"routine": name, "orientation": orientation, "n": n, "f": f, "said": f"error: {error}"})
                        continue
                    energy, by_left = steady(right, left)
                    _, by_reversal = steady(right, right[::-1])
                least, largest = truths["smallest-coupling", n, f], truths["steady-largest-eigenvalue", n, f]
                rows.append({
                    "routine": name, "orientation": orientation, "n": n, "f": f, "said": "; ".join(str(w.message) for w in caught) or "nothing",
                    "smallest": smallest, "least": least, "energy": energy, "left": by_left, "reversal": by_reversal, "largest": largest,
                    "errors": {
                        "smallest": relative(smallest, least), "energy": relative(energy, n / 2),
                        "left": relative(by_left, largest), "reversal": relative(by_reversal, largest),
                    },
                })
    return rows


def first(rows, key, bound):
    """The first N of the ladder with an error beyond a bound."""
    for row in rows:
        if "errors" not in row or not row["errors"][key] <= bound:
            return row["n"]
    return None


def summary(rows, key):
    """First N with an error above 1e-6 and of 1/2 or more, a line for each routine and a column for each F/g."""
    print("| routine | of | " + " | ".join(f"F/g = {f:g}" for f in DRIVES) + " |")
    print("| --- | --- |" + " --- |" * len(DRIVES))
    for name, orientation, _ in routines():
        cells = []
        for f in DRIVES:
            chosen = [r for r in rows if (r["routine"], r["orientation"], r["f"]) == (name, orientation, f)]
            lost, none = first(chosen, key, 1e-6), first(chosen, key, 0.5)
            cells.append("-" if lost is None else f"{lost} / {none or '-'}")
        print(f"| {name} | {orientation} | " + " | ".join(cells) + " |")


def details(rows, columns):
    """All rows: `columns` are the title, the key of the value, that of the certified one, and that of the error."""
    print("| routine | of | N | F/g | " + " | ".join(f"{title} | certified | relative error" for title, *_ in columns) + " | said |")
    print("| --- | --- | --- | --- |" + " --- | --- | --- |" * len(columns) + " --- |")
    for row in rows:
        start = f"| {row['routine']} | {row['orientation']} | {row['n']} | {row['f']:g} | "
        if "errors" not in row:
            print(start + " - | - | - |" * len(columns) + f" {row['said']} |")
            continue
        cells = []
        for _, value, truth, error in columns:
            certified = row["n"] / 2 if truth == "half" else row[truth]
            cells += [shown(row[value]), shown(certified), f"{row['errors'][error]:.1e}"]
        print(start + " | ".join(cells) + f" | {row['said']} |")


def named(rows):
    """The cases that stand in the guide."""
    wanted = [
        (50, 1.0, "smallest", "least", "smallest singular value"), (10, 0.1, "smallest", "least", "smallest singular value"),
        (30, 1.0, "energy", "half", "steady energy"), (50, 1.0, "energy", "half", "steady energy"), (100, 10.0, "energy", "half", "steady energy"),
        (100, 10.0, "left", "largest", "largest eigenvalue"),
    ]
    for n, f, value, truth, meaning in wanted:
        chosen = [r for r in rows if (r["n"], r["f"]) == (n, f) and "errors" in r]
        certified = n / 2 if truth == "half" else chosen[0][truth]
        print(f"\nN = {n}, F/g = {f:g}, {meaning}: certified {shown(certified)}\n")
        print("| routine | of | value | relative error |\n| --- | --- | --- | --- |")
        for row in chosen:
            print(f"| {row['routine']} | {row['orientation']} | {shown(row[value])} | {row['errors'][value]:.1e} |")


def worst(rows):
    print("| routine | of | steady energy | largest eigenvalue |\n| --- | --- | --- | --- |")
    for name, orientation, _ in routines():
        chosen = [r for r in rows if (r["routine"], r["orientation"]) == (name, orientation) and "errors" in r]
        cells = [f"{max(row['errors'][key] for row in chosen):.1e}" for key in ["energy", "left"]]
        print(f"| {name} | {orientation} | " + " | ".join(cells) + " |")


def main(program, tables):
    oracle = Oracle(program)
    rows = measure(oracle)
    lapack = np.show_config(mode="dicts")["Build Dependencies"]["lapack"]
    other = scipy.show_config(mode="dicts")["Build Dependencies"]["lapack"]
    with open(tables, "w") as file:
        sys.stdout, screen = file, sys.stdout
        print("# The star in plain doubles\n")
        print(f"Written by `Benchmarks/run star` with SciPy {scipy.__version__} ({other['name']} {other['version']}) and NumPy {np.__version__} ({lapack['name']} {lapack['version']}); one thread; certified values to 25 digits by `qbo evaluate --batch`, at the exact doubles. g = 1.")
        print("`A` is upper bidiagonal in the order 0 ... N of the levels, `RA` has its rows reversed, `T` is `RA` in the order 0, N, 1, N - 1, ...\n")
        warned = sum(row["said"] != "nothing" for row in rows)
        print(f"Decompositions: {len(rows)}; with a warning or an error: {warned}.\n")
        print("## Smallest singular value: first N of 4, 10, 20, 30, 50, 100 with a relative error above 1e-6 / of 1/2 or more\n")
        summary(rows, "smallest")
        print("\n## Steady energy from right and left singular vectors, which is N/2: the same\n")
        summary(rows, "energy")
        print("\n## Largest eigenvalue from right and left vectors: the same\n")
        summary(rows, "left")
        print("\n## Largest eigenvalue from right vectors and their reversal: the same\n")
        summary(rows, "reversal")
        print("\n## Greatest relative error on the ladder\n")
        worst(rows)
        print("\n## Single cases")
        named(rows)
        lindblad(oracle)
        steady_by_null_space(oracle)
        print("\n## All smallest singular values\n")
        details(rows, [("smallest", "smallest", "least", "smallest")])
        print("\n## All steady states\n")
        details(rows, [("energy", "energy", "half", "energy"), ("largest eigenvalue", "left", "largest", "left")])
        sys.stdout = screen
    print(f"{len(rows)} decompositions, {warned} with a warning or an error; tables in {tables}")


if __name__ == "__main__":
    main(*sys.argv[1:])
