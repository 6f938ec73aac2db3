"""Random models through `qbo evaluate --model`, against python-flint's ball arithmetic on dense matrices built here.

Usage: random_models.py PATH-OF-QBO [COUNT] [SEED]. Every case is a file of the format with its operators written twice: as a formula for the
program, and as a matrix of balls here (Kronecker products, first factor slowest). The state is exp(-iHt) of the start by flint's `acb_mat.exp`
on few dimensions, else by the Taylor series of its action with the remainder bounded by the norm.
Modes are cut at level M. With n_0 quanta at the start at most and terms of at most g letters, exp(-iHt) start and its cut-off twin have the same
Taylor terms up to order K = (M - n_0)/g, and both remainders are at most the sum over k >= K of t^k/k! times the product of the norms of H on the
first n_0 + g j levels, j = 0 ... k - 1. A norm is bounded by that of the magnitudes of the terms. The sum of both is the proved tail of the twin.

Prints the counts; a case outside of both enclosures is printed with its file. Exit 1 when there is one, or more than 5 % are undecided.
"""

import json
import os
import random
import subprocess
import sys
import tempfile

import flint
from flint import acb, acb_mat, arb, fmpq

DIGITS = 20
flint.ctx.dps = 60

NUMBERS = [
    ("0", lambda: arb(0)), ("1", lambda: arb(1)), ("-1", lambda: arb(-1)), ("1/2", lambda: arb(1) / 2), ("2", lambda: arb(2)),
    ("1e-3", lambda: arb(1) / 1000), ("3/7", lambda: arb(3) / 7), ("sqrt(2)", lambda: arb(2).sqrt()), ("pi/7", lambda: arb.pi() / 7),
    ("(sqrt(2)*sqrt(3) - sqrt(6))", lambda: arb(0)), ("exp(-1)", lambda: arb(-1).exp()), ("1.25", lambda: arb(5) / 4),
]
TIMES = ["0", "1e-3", "1/2", "1", "7/3", "10"]


def matrix(rows):
    return acb_mat([[acb(x) for x in row] for row in rows])


def identity(n):
    return acb_mat([[acb(int(j == k)) for k in range(n)] for j in range(n)])


def kron(a, b):
    (p, q), (r, s) = (a.nrows(), a.ncols()), (b.nrows(), b.ncols())
    result = acb_mat(p * r, q * s)
    for i in range(p):
        for j in range(q):
            if a[i, j] == 0:
                continue
            for k in range(r):
                for l in range(s):
                    result[i * r + k, j * s + l] = a[i, j] * b[k, l]
    return result


def dagger(a):
    return acb_mat([[a[j, i].conjugate() for j in range(a.nrows())] for i in range(a.ncols())])


def sparse(x):
    return [[(k, x[j, k]) for k in range(x.ncols()) if x[j, k] != 0] for j in range(x.nrows())]


def apply(rows, vector):
    return [sum((value * vector[k] for k, value in row), acb(0)) for row in rows]


def evolved(h, t, vector):
    """exp(-iHt) on a vector of length 1."""
    n = h.nrows()
    if n <= 12:
        return (h * acb(0, -t)).exp() * vector
    rows = sparse(h)
    # The greatest sum of magnitudes of a row bounds the 2-norm of a Hermitian matrix.
    norm = arb(0)
    for row in rows:
        norm = norm.max(sum((abs(value) for _, value in row), arb(0)))
    size, steps = norm * t, 1
    while not size / steps < 8:
        steps *= 2
    state = [vector[k, 0] for k in range(n)]
    for _ in range(steps):
        factor, term, total, k, bound = acb(0, -(t / steps)), state, state, 0, arb(1)
        while True:
            k += 1
            term = [factor * x / k for x in apply(rows, term)]
            total = [a + b for a, b in zip(total, term)]
            bound = bound * (size / steps) / k
            # Beyond k > 2 |H| t each term is at most half of the one before.
            if k > 16 and bound < arb(10) ** -50:
                break
        state = [x + acb(arb(0, bound), arb(0, bound)) for x in total]
    return acb_mat([[x] for x in state])


class Site:
    """A factor or a cell: its name in formulas, dimension, letters and states with their vectors."""

    def __init__(self, dimension, letters, states, is_fermion=False, is_boson=False):
        self.dimension, self.letters, self.states = dimension, letters, states
        self.is_fermion, self.is_boson = is_fermion, is_boson


def ladder(dimension, squares):
    """Raises level k to k + 1 by the root of a square."""
    result = acb_mat(dimension, dimension)
    for k in range(dimension - 1):
        result[k + 1, k] = acb(arb(fmpq(squares(k))).sqrt())
    return result


def unit(dimension, k):
    return [acb(int(j == k)) for j in range(dimension)]


def qubit(name, index=""):
    up = ladder(2, lambda k: 1)
    down = dagger(up)
    half = arb(fmpq(1, 2)).sqrt()
    letters = {
        f"{name}_p{index}": up, f"{name}_m{index}": down, f"{name}_x{index}": up + down,
        f"{name}_y{index}": matrix([[0, acb(0, 1)], [acb(0, -1), 0]]), f"{name}_z{index}": matrix([[-1, 0], [0, 1]]),
    }
    states = {
        "down": unit(2, 0), "up": unit(2, 1), "plus": [acb(half), acb(half)], "minus": [acb(-half), acb(half)],
        "bloch(3/5, 0, 4/5)": [acb(arb(fmpq(1, 10)).sqrt()), acb(arb(fmpq(9, 10)).sqrt())],
    }
    return Site(2, letters, states)


def spin(name, twice):
    j = fmpq(twice, 2)
    m = [fmpq(2 * k - twice, 2) for k in range(twice + 1)]
    up = ladder(twice + 1, lambda k: j * (j + 1) - m[k] * (m[k] + 1))
    z = acb_mat(twice + 1, twice + 1)
    for k in range(twice + 1):
        z[k, k] = acb(arb(m[k]))
    x = (up + dagger(up)) * acb(arb(fmpq(1, 2)))
    states = {"down": unit(twice + 1, 0), "up": unit(twice + 1, twice)}
    states.update({f"dicke({k})": unit(twice + 1, k) for k in range(twice + 1)})
    return Site(twice + 1, {f"{name}_p": up, f"{name}_m": dagger(up), f"{name}_z": z, f"{name}_x": x}, states)


def levels(name, d):
    letters = {}
    for k in range(d):
        for l in range(d):
            letters[f"{name}({k},{l})"] = matrix([[int((i, j) == (k, l)) for j in range(d)] for i in range(d)])
    return Site(d, letters, {f"level({k})": unit(d, k) for k in range(d)})


def boson(name, cut):
    up = ladder(cut, lambda k: k + 1)
    return Site(cut, {name: dagger(up), name + "'": up}, {f"fock({k})": unit(cut, k) for k in range(3)}, is_boson=True)


def fermion(name, index):
    up = ladder(2, lambda k: 1)
    return Site(2, {f"{name}{index}": dagger(up), f"{name}{index}'": up}, {"level(0)": unit(2, 0), "level(1)": unit(2, 1)}, is_fermion=True)


class Case:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        r = self.rng
        self.with_boson = r.random() < 0.4
        self.factors, self.sites, self.starts = [], [], []
        room = 2 if self.with_boson else r.choice([1, 2, 4, 8, 12])
        pick = ["qubit", "qubits", "spin", "spin", "levels", "fermions"]
        names = iter(["q", "J", "b", "c", "s", "u"])
        self.cut = 40
        if self.with_boson:
            self.add("boson", "a")
        size = 1
        while size < room and len(self.factors) < 3:
            kind, name = r.choice(pick), next(names)
            size *= self.add(kind, name)
        if not self.factors:
            self.add("levels", "b", 1)

    def add(self, kind, name, fixed=None):
        r = self.rng
        if kind == "boson":
            self.factors.append((name, "boson", [boson(name, self.cut)]))
        elif kind == "qubit":
            self.factors.append((name, "qubit", [qubit(name)]))
        elif kind == "qubits":
            self.factors.append((name, "{kind: qubit, cells: 2}", [qubit(name, f"[{k}]") for k in range(2)]))
        elif kind == "spin":
            twice = r.choice([1, 2, 3])
            self.factors.append((name, f"spin {twice}/2" + r.choice(["", " of qubits"]), [spin(name, twice)]))
        elif kind == "levels":
            d = fixed or r.choice([1, 2, 3, 4])
            self.factors.append((name, f"levels {d}", [levels(name, d)]))
        else:
            self.factors.append((name, "{kind: fermion, cells: 2}", [fermion(name, f"[{k}]") for k in range(2)]))
        size = 1
        for site in self.factors[-1][2]:
            size *= site.dimension
        return size

    def letters(self, sites):
        """All letters with their places."""
        return [(name, (place, own), site) for place, site in enumerate(sites) for name, own in site.letters.items()]

    def whole(self, sites, place, own):
        """A letter on the whole space."""
        result = None
        for other_place, other in enumerate(sites):
            factor = identity(other.dimension)
            if other_place == place:
                factor = own
            elif sites[place].is_fermion and other.is_fermion and other_place < place:
                factor = matrix([[1, 0], [0, -1]])
            result = factor if result is None else kron(result, factor)
        return result

    def operator(self, letters, terms, greatest):
        """A Hermitian operator: text, matrix, and the greatest number of letters of the mode in a term."""
        r = self.rng
        texts, total, degree = [], None, 0
        fermions = [x for x in letters if x[2].is_fermion]
        for _ in range(terms):
            chosen = [r.choice(letters) for _ in range(r.choice(range(1, greatest + 1)))]
            chosen = [x for x in chosen if not x[2].is_fermion]
            if fermions and r.random() < 0.5:
                chosen = [r.choice(fermions), r.choice(fermions)] + chosen[:1]
            if not chosen:
                continue
            real, imaginary = r.choice(NUMBERS), r.choice(NUMBERS[:4])
            product, own = None, 0
            for _, (place, letter), site in chosen:
                whole = self.whole(self.sites, place, letter)
                product = whole if product is None else product * whole
                own += site.is_boson
            if own > 1 and r.random() < 0.5:
                continue
            degree = max(degree, own)
            text = "*".join(x[0] for x in chosen)
            c = acb(real[1](), imaginary[1]())
            texts.append(f"({real[0]} + i*{imaginary[0]})*{text} + ({real[0]} - i*{imaginary[0]})*({text})'")
            part = product * c
            part = part + dagger(part)
            total = part if total is None else total + part
        if total is None:
            return None
        return " + ".join(texts), total, degree

    def build(self):
        """The file, the questions and the values; nil where the case is not usable."""
        r = self.rng
        sites = [site for _, _, own in self.factors for site in own]
        self.sites = sites
        letters = self.letters(sites)
        hamiltonian = self.operator(letters, r.choice([1, 2, 3]), 2) if r.random() < 0.95 else None
        observable = self.operator(letters, r.choice([1, 2]), 2)
        other = self.operator(letters, 1, 1)
        if observable is None:
            return None
        words, vector, first = [], None, 0
        for name, kind, own in self.factors:
            chosen = [r.choice(list(site.states)) for site in own]
            for word, site in zip(chosen, own):
                if site.is_boson:
                    first = int(word[5])
                state = acb_mat([[x] for x in site.states[word]])
                vector = state if vector is None else kron(vector, state)
            words.append(f"{name}: " + (f'"{chosen[0]}"' if len(own) == 1 else "[" + ", ".join(f'"{w}"' for w in chosen) + "]"))
        lines = ["model: case", "space:"] + [f"  {name}: {kind}" for name, kind, _ in self.factors]
        if hamiltonian:
            lines.append(f'hamiltonian: "{hamiltonian[0]}"')
        lines.append("start: {" + ", ".join(words) + "}")
        lines.append("quantities:")
        lines.append(f'  m: {{value: "mean({observable[0]})"}}')
        lines.append(f'  v: {{value: "variance({observable[0]})"}}')
        if other:
            lines.append(f'  c: {{value: "covariance({observable[0]}, {other[0]})"}}')
        time = r.choice(TIMES)
        if hamiltonian is None:
            t = arb(0)
        else:
            t = arb(fmpq(*map(int, time.split("/")))) if "/" in time else (arb(1) / 1000 if time == "1e-3" else arb(int(time)))
        if not self.with_boson and hamiltonian and r.random() < 0.1:
            time, t = "1e3", arb(1000)
        tail = arb(0)
        state = vector
        if hamiltonian is not None:
            if self.with_boson and hamiltonian[2] > 0:
                tail = self.tail(hamiltonian, first, t)
                if tail is None:
                    time, t = "1/50", arb(1) / 50
                    tail = self.tail(hamiltonian, first, t)
                    if tail is None:
                        return None
            state = evolved(hamiltonian[1], t, vector)
        means = {"m": (self.mean(state, observable[1]), observable)}
        x = observable[1] * state
        means["v"] = ((dagger(x) * x)[0, 0].real - means["m"][0] ** 2, observable)
        if other:
            y = other[1] * state
            product = (dagger(x) * y)[0, 0].real - means["m"][0] * self.mean(state, other[1])
            means["c"] = (product, observable)
        if tail > 0:
            means = self.widened(means, tail, observable, other)
        return "\n".join(lines) + "\n", time, {name: value for name, (value, _) in means.items()}

    @staticmethod
    def mean(state, x):
        return (dagger(state) * (x * state))[0, 0].real

    def widened(self, means, tail, observable, other):
        """A vector off by the tail: products of letters of the mode on it are bounded by the same Taylor sums with the norms of the letters, so
        that only observables without letters of the mode are kept here, whose norm is a finite matrix's."""
        result = {}
        norm = Case.norm(observable[1])
        if observable[2] == 0:
            norm = norm / arb(self.cut).sqrt()
            result["m"] = (means["m"][0] + arb(0, (2 * tail + tail * tail) * norm), observable)
            result["v"] = (means["v"][0] + arb(0, 4 * (2 * tail + tail * tail) * norm * norm), observable)
        if other and other[2] == 0 and observable[2] == 0:
            own = Case.norm(other[1]) / arb(self.cut).sqrt()
            result["c"] = (means["c"][0] + arb(0, 4 * (2 * tail + tail * tail) * norm * own), observable)
        return result

    def size_without_mode(self):
        size = 1
        for _, _, own in self.factors:
            for site in own:
                size *= 1 if site.is_boson else site.dimension
        return size

    @staticmethod
    def norm(x):
        total = arb(0)
        for j in range(x.nrows()):
            for k in range(x.ncols()):
                total += abs(x[j, k]) ** 2
        return total.sqrt()

    def tail(self, hamiltonian, first, t):
        """The bound of the module's text; None where it is not below 1e-30 at this cut."""
        degree = hamiltonian[2]
        size = self.size_without_mode()
        order = (self.cut - 1 - first) // degree
        h = hamiltonian[1]
        # The norm of H on the first levels by its greatest sum of magnitudes of a column there; the mode is the slowest index.
        columns = [arb(0)] * self.cut
        for n in range(self.cut):
            best = arb(0)
            for s in range(size):
                total = arb(0)
                for row in range(h.nrows()):
                    total += abs(h[row, n * size + s])
                best = best.max(total)
            columns[n] = best
        # Beyond the cut a term of g letters grows by at most ((n + 2 g + 1)/n)^(g/2) <= as fast as (n + 3)^(g/2) here: only K terms are summed, and the
        # rest is bounded by a geometric series that is checked below.
        product, total = arb(1), arb(0)
        # Column sums of the cut matrix miss what leaves it: those of the last 2 g levels are extrapolated.
        inner = self.cut - 1 - 2 * degree
        ratio = columns[inner] / (arb(inner) + 3) ** degree if degree > 1 else columns[inner] / (arb(inner) + 3).sqrt()
        worst = arb(0)
        for n in range(inner + 1):
            scale = (arb(n) + 3) ** degree if degree > 1 else (arb(n) + 3).sqrt()
            worst = worst.max(columns[n] / scale)
        def bound(n):
            return worst * ((arb(n) + 3) ** degree if degree > 1 else (arb(n) + 3).sqrt())
        for k in range(0, 4000):
            if k >= order:
                total += product
                step = t * bound(first + degree * k) / (k + 1)
                if k > order + 50 and step < arb(1) / 2 and product < arb(10) ** -60:
                    return 2 * (total + 2 * product) if total < arb(10) ** -32 else None
            product = product * t * bound(first + degree * k) / (k + 1)
            if product > arb(10) ** 50:
                return None
        return None


def goal(value):
    """A zero that nothing shows is answered to absolute accuracy alone."""
    return "absolute" if abs(value) < arb(10) ** -25 else "digits"


def main():
    qbo = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261129
    cases = compared = undecided = outside = bosons = refused = 0
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "case.yaml")
    index = 0
    while cases < count:
        case = Case(seed * 1000003 + index)
        index += 1
        built = case.build()
        if built is None or not built[2]:
            continue
        text, time, values = built
        cases += 1
        bosons += case.with_boson
        with open(path, "w") as file:
            file.write(text)
        requests = "".join(
            json.dumps({"id": name, "quantity": f"case.{name}", "parameters": {"t": time}, goal(value): DIGITS}) + "\n"
            for name, value in values.items()
        )
        run = subprocess.run([qbo, "evaluate", "--model", path, "--batch", "--max-seconds", "20"], input=requests, capture_output=True, text=True)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        if len(answers) != len(values):
            outside += 1
            print("NO ANSWER", run.stderr, text, sep="\n")
            continue
        for answer in answers:
            compared += 1
            value = values[answer["id"]]
            if "error" in answer:
                refused += 1
                print("REFUSED", answer["error"], text, sep="\n")
                continue
            if "undecided" in answer or answer.get("lower") is None:
                undecided += 1
                if "--show" in sys.argv:
                    print("UNDECIDED", answer, value, text, sep="\n")
                if answer.get("lower") is None:
                    continue
            lower, upper = arb(answer["lower"]), arb(answer["upper"])
            if lower > value or upper < value:
                outside += 1
                print("OUTSIDE", answer, value, text, sep="\n")
    print(
        f"seed {seed}: {cases} models ({bosons} with a mode), {compared} values: {outside} outside, {refused} refused, {undecided} undecided"
        f" ({100 * undecided / max(compared, 1):.1f} %)"
    )
    sys.exit(outside > 0 or refused > 0 or undecided > 0.05 * compared)


if __name__ == "__main__":
    main()
