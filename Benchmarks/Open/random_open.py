"""Random open and driven models through `qbo evaluate --model`, against whole density matrices in python-flint's ball arithmetic.

Usage: random_open.py PATH-OF-QBO [MODELS] [DRIVES] [SEED] [--show]. Every case is a file of the format with its operators written twice: as a formula for
the program, and as a matrix of balls here (Kronecker products, first factor slowest).

Models have constant Hamiltonians and jumps and up to 12 dimensions. With up to 4 dimensions the state is `acb_mat.exp` of the whole generator, a matrix of
the dimension's fourth power, applied to the start; with more it is Taylor's series of its action, whose remainder is bounded by the norm.

Drives have functions f(t) in Hamiltonians, operators of jumps and rates. A step is Taylor's series in time around its beginning, f by flint's series. On the disc
|z - t| <= R all |f| are bounded by an evaluation of f at a ball, so that there |rho(z)| <= exp(R Q)|rho(t)| in the Frobenius norm with a bound Q of
the generator, and by Cauchy the coefficient of order n is at most that over R^n. A step of length R/8 to order N misses at most exp(R Q) 8^-N/7.

Prints the counts; a value that is outside is printed with its file. Exit 1 when there is one or a refusal, or more than 5 % are undecided.
"""

import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Models"))

import flint
from flint import acb, acb_mat, acb_series, arb, fmpq
from random_models import NUMBERS, dagger, fermion, goal, identity, kron, levels, qubit, spin

DIGITS = 20
RATES = [(text, value) for text, value in NUMBERS if text != "-1"]
TIMES = ["0", "1e-3", "1/2", "1", "7/3", "10"]

# Functions of time: text, and the same for balls and for series.
REAL = [
    ("cos(3*t)", lambda z: (3 * z).cos()),
    ("sin(t)/2", lambda z: z.sin() / 2),
    ("exp(-t)", lambda z: (-z).exp()),
    ("t", lambda z: z),
    ("1/(1 + t^2)", lambda z: 1 / (1 + z * z)),
    ("exp(-8*(t - 1/2)^2)", lambda z: (-8 * (z - fmpq(1, 2)) * (z - fmpq(1, 2))).exp()),
    ("1", lambda z: 1 + 0 * z),
]
POSITIVE = [
    ("cos(t)^2", lambda z: z.cos() * z.cos()),
    ("exp(-t)", lambda z: (-z).exp()),
    ("1/(1 + t^2)", lambda z: 1 / (1 + z * z)),
    ("2*exp(-8*(t - 1/2)^2)", lambda z: 2 * (-8 * (z - fmpq(1, 2)) * (z - fmpq(1, 2))).exp()),
    ("t^2", lambda z: z * z),
]


def exact(text):
    if text == "1e-3":
        return arb(1) / 1000
    return arb(fmpq(*map(int, text.split("/")))) if "/" in text else arb(int(text))


def frobenius(x):
    total = arb(0)
    for j in range(x.nrows()):
        for k in range(x.ncols()):
            total += abs(x[j, k]) ** 2
    return total.sqrt()


def row_norm(rows):
    """At least the 2-norm of a sparse matrix: the root of its greatest sum of magnitudes of a row times that of a column."""
    columns, greatest = {}, arb(0)
    for row in rows:
        total = arb(0)
        for k, value in row:
            total += abs(value)
            columns[k] = columns.get(k, arb(0)) + abs(value)
        greatest = greatest.max(total)
    widest = arb(0)
    for total in columns.values():
        widest = widest.max(total)
    return (greatest * widest).abs_upper().sqrt()


def greatest_sum(rows):
    """At least the growth of the greatest element."""
    result = arb(0)
    for row in rows:
        result = result.max(sum((abs(value) for _, value in row), arb(0)))
    return result


class Generator:
    """rho' = sum over terms of c A rho B, as a sparse matrix on the elements of rho, row by row."""

    def __init__(self, d):
        self.d, self.rows = d, [{} for _ in range(d * d)]

    def add(self, c, a, b):
        d = self.d
        left = [[(i, a[k, i]) for i in range(d) if not a[k, i] == 0] for k in range(d)]
        right = [[(j, b[j, l]) for j in range(d) if not b[j, l] == 0] for l in range(d)]
        for k in range(d):
            for l in range(d):
                row = self.rows[k * d + l]
                for i, x in left[k]:
                    for j, y in right[l]:
                        place = i * d + j
                        row[place] = row.get(place, acb(0)) + c * x * y

    def hamiltonian(self, h):
        one = identity(self.d)
        self.add(acb(0, -1), h, one)
        self.add(acb(0, 1), one, h)

    def jump(self, rate, left, right):
        """rate (A rho B' - (B'A rho + rho B'A)/2)."""
        one, other = identity(self.d), dagger(right)
        product = other * left
        self.add(rate, left, other)
        self.add(-rate / 2, product, one)
        self.add(-rate / 2, one, product)

    def sparse(self):
        return [list(row.items()) for row in self.rows]


def apply(rows, vector):
    return [sum((value * vector[k] for k, value in row), acb(0)) for row in rows]


def evolved(rows, t, vector, d):
    """exp(L t) on a vector."""
    n = len(rows)
    if d <= 4:
        whole = acb_mat(n, n)
        for j, row in enumerate(rows):
            for k, value in row:
                whole[j, k] = value * t
        result = whole.exp() * acb_mat([[x] for x in vector])
        return [result[k, 0] for k in range(n)]
    size, steps = row_norm(rows) * t, 1
    while not size / steps < 4:
        steps *= 2
    state = vector
    for _ in range(steps):
        length = sum((abs(x) ** 2 for x in state), arb(0)).abs_upper().sqrt()
        term, total, k, bound = state, state, 0, length
        while True:
            k += 1
            term = [t / steps * x / k for x in apply(rows, term)]
            total = [a + b for a, b in zip(total, term)]
            bound = bound * (size / steps) / k
            # Beyond k > 8 each term is at most half of the one before.
            if k > 16 and bound < arb(10) ** -130:
                break
            if k > 400:
                raise ArithmeticError("the reference has too few digits")
        state = [x + acb(arb(0, bound), arb(0, bound)) for x in total]
    return state


def driven(parts, t, vector):
    """The state at t, of functions with generators: the constant one has the function None."""
    norms = [row_norm(rows) for _, rows in parts]
    now, state, order = arb(0), vector, 64
    is_last = t == 0
    while not is_last:
        radius = arb(1) / 4
        while True:
            disc = acb(now + arb(0, radius), arb(0, radius))
            sizes = [arb(1) if f is None else abs(f(disc)) for f, _ in parts]
            bound = sum((size * norm for size, norm in zip(sizes, norms)), arb(0))
            if bound.is_finite() and radius * bound < 8:
                break
            radius /= 2
            if radius < arb(2) ** -20:
                raise ArithmeticError("the reference has too few digits")
        step = radius / 8
        if not now + step < t:
            step, is_last = t - now, True
        flint.ctx.cap = order + 1
        around = acb_series([acb(now), acb(1)], prec=order + 1)
        series = [None if f is None else [f(around)[k] for k in range(order)] for f, _ in parts]
        terms = [state]
        for n in range(order - 1):
            image = [acb(0)] * len(state)
            for own, (_, rows) in zip(series, parts):
                if own is None:
                    source = terms[n]
                else:
                    source = [sum((own[i] * terms[n - i][k] for i in range(n + 1)), acb(0)) for k in range(len(state))]
                image = [x + y for x, y in zip(image, apply(rows, source))]
            terms.append([x / (n + 1) for x in image])
        length = sum((abs(x) ** 2 for x in state), arb(0)).abs_upper().sqrt()
        # Orders from 64 on, of a step of at most R/8.
        missed = length * (radius * bound).exp() * arb(8) ** -order * 8 / 7
        power, total = arb(1), [acb(0)] * len(state)
        for own in terms:
            total = [x + power * y for x, y in zip(total, own)]
            power = power * step
        state = [x + acb(arb(0, missed), arb(0, missed)) for x in total]
        now += step
    return state


class Case:
    def __init__(self, seed, is_driven):
        self.rng = random.Random(seed)
        self.is_driven = is_driven
        r = self.rng
        greatest = r.choice([2, 3, 4, 6]) if is_driven else r.choice([2, 3, 4, 6, 9, 12])
        self.factors, self.sites = [], []
        names, size = iter(["q", "J", "b", "c", "s", "u"]), 1
        for _ in range(3):
            kinds = ["qubit", "qubits", "spin", "spin", "levels", "fermions"]
            kind, name = r.choice(kinds), next(names)
            factor = self.factor(kind, name)
            own = 1
            for site in factor[2]:
                own *= site.dimension
            if size * own <= greatest:
                self.factors.append(factor)
                size *= own
        if not self.factors:
            self.factors.append(self.factor("qubit", "q"))
            size = 2
        self.sites = [site for _, _, own in self.factors for site in own]
        self.dimension = size
        self.letters = []
        for place, site in enumerate(self.sites):
            for name, own in site.letters.items():
                self.letters.append((name, self.whole(place, own), site.is_fermion))

    def factor(self, kind, name):
        r = self.rng
        if kind == "qubit":
            return name, "qubit", [qubit(name)]
        if kind == "qubits":
            return name, "{kind: qubit, cells: 2}", [qubit(name, f"[{k}]") for k in range(2)]
        if kind == "spin":
            twice = r.choice([1, 2, 3, 5])
            return name, f"spin {twice}/2" + r.choice(["", " of qubits"]), [spin(name, twice)]
        if kind == "levels":
            d = r.choice([2, 3, 4, 6])
            return name, f"levels {d}", [levels(name, d)]
        return name, "{kind: fermion, cells: 2}", [fermion(name, f"[{k}]") for k in range(2)]

    def whole(self, place, own):
        result = None
        for other_place, other in enumerate(self.sites):
            factor = identity(other.dimension)
            if other_place == place:
                factor = own
            elif self.sites[place].is_fermion and other.is_fermion and other_place < place:
                factor = acb_mat([[1, 0], [0, -1]])
            result = factor if result is None else kron(result, factor)
        return result

    def word(self, greatest, is_even):
        """A product of letters; an even number of fermions, or one."""
        r = self.rng
        fermions = [x for x in self.letters if x[2]]
        plain = [x for x in self.letters if not x[2]]
        chosen = [r.choice(plain) for _ in range(r.choice(range(1, greatest + 1)))] if plain else []
        if fermions and (not chosen or r.random() < 0.5):
            count = 2 if is_even else r.choice([1, 2])
            chosen = [r.choice(fermions) for _ in range(count)] + chosen[:1]
        product = None
        for _, matrix, _ in chosen:
            product = matrix if product is None else product * matrix
        return "*".join(x[0] for x in chosen), product, sum(x[2] for x in chosen) % 2

    def number(self):
        real, imaginary = self.rng.choice(NUMBERS), self.rng.choice(NUMBERS[:4])
        return f"({real[0]} + i*{imaginary[0]})", f"({real[0]} - i*{imaginary[0]})", acb(real[1](), imaginary[1]())

    def hermitian(self, terms):
        texts, total = [], None
        for _ in range(terms):
            text, product, _ = self.word(2, True)
            c, conjugate, value = self.number()
            texts.append(f"{c}*{text} + {conjugate}*({text})'")
            part = product * value
            part = part + dagger(part)
            total = part if total is None else total + part
        return " + ".join(texts), total

    def start(self):
        """Words of the factors, with the density matrix."""
        r = self.rng
        words, rho = [], None
        for name, _, own in self.factors:
            texts = []
            for site in own:
                if any("_y" in letter for letter in site.letters) and r.random() < 0.4:
                    x, y, z = r.choice([(0, 0, 0), (fmpq(3, 5), 0, fmpq(1, 5)), (0, fmpq(-1, 2), fmpq(1, 2)), (fmpq(2, 3), fmpq(1, 3), fmpq(-2, 3))])
                    text = f"bloch({x}, {y}, {z})"
                    # The first state is down.
                    state = acb_mat([
                        [acb(arb(fmpq(1) - z) / 2), acb(arb(fmpq(x)), arb(fmpq(y))) / 2],
                        [acb(arb(fmpq(x)), -arb(fmpq(y))) / 2, acb(arb(fmpq(1) + z) / 2)],
                    ])
                else:
                    text = None
                if text is None:
                    text = r.choice(list(site.states))
                    vector = acb_mat([[x] for x in site.states[text]])
                    state = vector * dagger(vector)
                texts.append(text)
                rho = state if rho is None else kron(rho, state)
            words.append(f"{name}: " + (f'"{texts[0]}"' if len(own) == 1 else "[" + ", ".join(f'"{w}"' for w in texts) + "]"))
        return words, rho

    def build(self):
        """The file, the time, and the values by the names of the quantities."""
        r, d = self.rng, self.dimension
        constant = Generator(d)
        functions = []
        texts = []
        if r.random() < 0.9:
            text, matrix = self.hermitian(r.choice([1, 2, 3]))
            texts.append(text)
            constant.hamiltonian(matrix)
        if self.is_driven:
            for _ in range(r.choice([1, 1, 2])):
                kind = r.random()
                if kind < 0.3:
                    # A term that turns: exp(i w t) A + its adjoint.
                    word, product, _ = self.word(2, True)
                    w = r.choice([1, 2, -3])
                    texts.append(f"exp(i*{w}*t)*{word} + exp(-i*{w}*t)*({word})'")
                    for sign, own in ((1, product), (-1, dagger(product))):
                        part, one = Generator(d), identity(d)
                        part.add(acb(0, -1), own, one)
                        part.add(acb(0, 1), one, own)
                        functions.append(((lambda s: lambda z: (acb(0, s) * z).exp())(sign * w), part))
                else:
                    text, matrix = self.hermitian(1)
                    name, f = r.choice(REAL)
                    texts.append(f"({name})*({text})")
                    part = Generator(d)
                    part.hamiltonian(matrix)
                    functions.append((f, part))
        lines = ["model: case", "space:"] + [f"  {name}: {kind}" for name, kind, _ in self.factors]
        if texts:
            lines.append('hamiltonian: "' + " + ".join(texts) + '"')
        lines.append("jumps:")
        for _ in range(r.choice([1, 1, 2, 3])):
            kind = r.random()
            families = [f for f in self.factors if len(f[2]) == 2]
            if kind < 0.2 and families:
                # One jump for each cell.
                name, _, own = r.choice(families)
                if own[0].is_fermion:
                    letter = r.choice(["{n}[j]", "{n}[j]'"])
                else:
                    letter = r.choice(["{n}_m[j]", "{n}_p[j]", "{n}_z[j]", "{n}_x[j]"])
                letter = letter.format(n=name)
                rate, value = r.choice(RATES)
                index = r.choice(["", "/(1 + j)"])
                lines.append(f'  - {{each: j, operator: "{letter}", rate: "({rate}){index}"}}')
                for j in range(2):
                    own = next(x for x in self.letters if x[0] == letter.replace("[j]", f"[{j}]"))
                    constant.jump(acb(value() / (1 + j if index else 1)), own[1], own[1])
            elif kind < 0.4:
                # Correlated: rates v v' + u u'.
                a, b = self.word(1, True), self.word(2, True)
                v = [(r.choice([-1, 0, 1, 2]), r.choice([0, 1, -1])) for _ in range(2)]
                u = [(r.choice([0, 0, 1]), r.choice([0, 0, 1])) for _ in range(2)]
                entries, matrix = [], []
                for k in range(2):
                    row, numbers = [], []
                    for l in range(2):
                        x = v[k][0] * v[l][0] + v[k][1] * v[l][1] + u[k][0] * u[l][0] + u[k][1] * u[l][1]
                        y = v[k][1] * v[l][0] - v[k][0] * v[l][1] + u[k][1] * u[l][0] - u[k][0] * u[l][1]
                        row.append(f'"{x} + i*({y})"')
                        numbers.append(acb(x, y))
                    entries.append("[" + ", ".join(row) + "]")
                    matrix.append(numbers)
                lines.append(f'  - {{correlated: {{operators: ["{a[0]}", "{b[0]}"], rates: [{", ".join(entries)}]}}}}')
                operators = [a[1], b[1]]
                for k in range(2):
                    for l in range(2):
                        constant.jump(matrix[k][l], operators[k], operators[l])
            else:
                text, product, parity = self.word(2, False)
                c, _, value = self.number()
                if r.random() < 0.4 and not parity:
                    # A sum of two words.
                    other = self.word(1, True)
                    text, product = f"{c}*{text} + {other[0]}", product * value + other[1]
                if self.is_driven and r.random() < 0.5:
                    name, f = r.choice(POSITIVE)
                    part = Generator(d)
                    part.jump(acb(1), product, product)
                    functions.append((f, part))
                    lines.append(f'  - {{operator: "{text}", rate: "{name}"}}')
                else:
                    rate, own = r.choice(RATES)
                    constant.jump(acb(own()), product, product)
                    lines.append(f'  - {{operator: "{text}", rate: "{rate}"}}')
        words, rho = self.start()
        lines.append("start: {" + ", ".join(words) + "}")
        observable, other = self.hermitian(r.choice([1, 2])), self.hermitian(1)
        place = r.randrange(len(self.factors))
        name = self.factors[place][0]
        lines += [
            "quantities:", f'  m: {{value: "mean({observable[0]})"}}', f'  v: {{value: "variance({observable[0]})"}}',
            f'  c: {{value: "covariance({observable[0]}, {other[0]})"}}', "  p: {value: purity(all)}", f"  o: {{value: purity({name})}}",
        ]
        time = r.choice(TIMES[:5] if self.is_driven else TIMES)
        vector = [rho[j, k] for j in range(d) for k in range(d)]
        rows = constant.sparse()
        # Rectangles grow by at most the exponential of sqrt 2 times this, remainders too; functions of drives are at most 5.
        size = greatest_sum(rows) + 5 * sum((greatest_sum(part.sparse()) for _, part in functions), arb(0))
        while size * exact(time) > (40 if self.is_driven else 120):
            time = r.choice(["0", "1e-3", "1/50", "1/200"])
        if self.is_driven:
            parts = [(None, rows)] + [(f, part.sparse()) for f, part in functions]
            final = driven(parts, exact(time), vector)
        else:
            final = evolved(rows, exact(time), vector, d)
        state = acb_mat([[final[j * d + k] for k in range(d)] for j in range(d)])
        x, y = observable[1], other[1]
        mean = self.mean(state, x)
        values = {
            "m": mean, "v": self.mean(state, x * x) - mean * mean,
            "c": self.mean(state, x * y + y * x) / 2 - mean * self.mean(state, y), "p": self.mean(state, state),
            "o": self.purity(state, place),
        }
        return "\n".join(lines) + "\n", time, values

    @staticmethod
    def mean(state, x):
        total = acb(0)
        for j in range(state.nrows()):
            for k in range(state.nrows()):
                total += state[j, k] * x[k, j]
        return total.real

    def purity(self, state, place):
        """Of a factor, by the partial trace; of a family, of all its cells. Fermions stand beside no others here."""
        sizes = []
        for _, _, own in self.factors:
            size = 1
            for site in own:
                size *= site.dimension
            sizes.append(size)
        before = after = 1
        for size in sizes[:place]:
            before *= size
        for size in sizes[place + 1:]:
            after *= size
        n = sizes[place]
        reduced = acb_mat(n, n)
        for i in range(n):
            for j in range(n):
                total = acb(0)
                for b in range(before):
                    for a in range(after):
                        total += state[(b * n + i) * after + a, (b * n + j) * after + a]
                reduced[i, j] = total
        return self.mean(reduced, reduced)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    qbo = words[0]
    counts = [int(words[1]) if len(words) > 1 else 1000, int(words[2]) if len(words) > 2 else 200]
    seed = int(words[3]) if len(words) > 3 else 20261130
    path = os.path.join(tempfile.mkdtemp(), "case.yaml")
    failed = False
    for is_driven, count in zip((False, True), counts):
        compared = undecided = outside = refused = 0
        dimensions, widest = {}, arb(0)
        for index in range(count):
            flint.ctx.dps = 180
            case = Case(seed * 1000003 + 7 * index + is_driven, is_driven)
            fermions = [f for f in case.factors if f[2][0].is_fermion]
            text, time, values = case.build()
            if len(fermions) > 1:
                # A part of the fermions has signs of its own.
                del values["o"]
            dimensions[case.dimension] = dimensions.get(case.dimension, 0) + 1
            with open(path, "w") as file:
                file.write(text)
            requests = "".join(
                json.dumps({"id": name, "quantity": f"case.{name}", "parameters": {"t": time}, goal(value): DIGITS}) + "\n"
                for name, value in values.items()
            )
            run = subprocess.run([qbo, "evaluate", "--model", path, "--batch", "--max-seconds", "30"], input=requests, capture_output=True, text=True)
            answers = [json.loads(line) for line in run.stdout.splitlines()]
            if len(answers) != len(values):
                outside += 1
                print("NO ANSWER", run.stderr, text, sep="\n")
                continue
            for answer in answers:
                compared += 1
                value = values[answer["id"]]
                widest = widest.max(arb(value.rad()))
                if "error" in answer:
                    refused += 1
                    print("REFUSED", answer["error"], text, sep="\n")
                    continue
                if "undecided" in answer or answer.get("lower") is None:
                    undecided += 1
                    if "--show" in sys.argv:
                        print("UNDECIDED", answer, value, time, text, sep="\n")
                    if answer.get("lower") is None:
                        continue
                lower, upper = arb(answer["lower"]), arb(answer["upper"])
                if lower > value or upper < value:
                    outside += 1
                    print("OUTSIDE", answer, value, time, text, sep="\n")
        sizes = ", ".join(f"{d}: {n}" for d, n in sorted(dimensions.items()))
        print(
            f"seed {seed}: {count} {'drives' if is_driven else 'models'} (dimensions {sizes}), {compared} values: {outside} outside, {refused} refused, "
            f"{undecided} undecided; widest reference {widest.str(2, radius=False)}",
            flush=True,
        )
        failed = failed or outside > 0 or refused > 0 or undecided > 0.05 * max(compared, 1)
    sys.exit(failed)


if __name__ == "__main__":
    main()
