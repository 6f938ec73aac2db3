"""Trajectories of QuTiP, SciPy and dynamiqs, judged by `qbo judge` and by references of our own.

Usage: paths.py QBO MODELS_DIRECTORY [WORD]   (docs/models; other files stand beside this one and in
../Open; with WORD only lines that contain it). A line for each path: seconds of the peer's run
(median of 3; dynamiqs after compiling) and of `qbo judge`, start of the process included; at the
last time, and where each is greatest, the true error and how many times it is bounded. The truth is
computed twice, with other cuts of the modes and by another method: "check" is the greatest
difference, and an error below 10 times that is marked ~. Then ten paths with labels mixed up,
and ten that are bad without it.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import qutip as q
import scipy.sparse as sp
from scipy.integrate import solve_ivp
from scipy.sparse.linalg import expm_multiply

CAP = os.environ.get("CAP", "300")
HERE = os.path.dirname(os.path.abspath(__file__))


class System:
    """H + sum of f(t) X, jumps with their rates inside, a start: in the order of the model file."""

    def __init__(self, dims, h, start, jumps=(), drives=()):
        self.dims, self.start, self.jumps, self.drives = list(dims), np.array(start), jumps, drives
        self.h = sp.csr_matrix(h, dtype=complex)
        self.is_density = self.start.ndim == 2 or len(jumps) > 0
        if self.is_density and self.start.ndim == 1:
            self.start = np.outer(self.start, self.start.conj())

    def generators(self):
        """Of vectors -iH; of matrices by rows L = -i[H, .] + dissipators; and of each drive."""
        one = sp.identity(self.h.shape[0], format="csr")
        if not self.is_density:
            return -1j * self.h, [(f, -1j * x) for f, x in self.drives]
        unitary = lambda x: -1j * (sp.kron(x, one) - sp.kron(one, x.T))
        total = unitary(self.h)
        for a in self.jumps:
            n = a.conj().T @ a
            total = total + sp.kron(a, a.conj()) - (sp.kron(n, one) + sp.kron(one, n.T)) / 2
        return total.tocsr(), [(f, unitary(x).tocsr()) for f, x in self.drives]

    def shaped(self, columns):
        """States from columns of flat ones."""
        shape = (len(self.start),) * 2 if self.is_density else (len(self.start),)
        return np.array(columns).T.reshape((-1,) + shape)


def lower(d):
    """J_m of a spin of d states, down first; of d = 2 the letter m of a qubit."""
    return sp.diags([math.sqrt(k * (d - k)) for k in range(1, d)], 1, format="csr")


def mode(cut):
    return sp.diags(np.sqrt(np.arange(1, cut)), 1, format="csr")


def at(dims, place, x):
    for d in reversed(dims[:place]):
        x = sp.kron(sp.identity(d), x, format="csr")
    for d in dims[place + 1 :]:
        x = sp.kron(x, sp.identity(d), format="csr")
    return x


def product(*vectors):
    result = np.ones(1, complex)
    for v in vectors:
        result = np.kron(result, v)
    return result


def level(d, k=0):
    return np.eye(d)[k]


def coherent(cut, a):
    logs = [n * math.log(a) - math.lgamma(n + 1) / 2 for n in range(cut)]
    return np.exp(np.array(logs) - a * a / 2)


def cells(n):
    """The letters m of n qubits, and x, z of each."""
    m = [at([2] * n, j, lower(2)) for j in range(n)]
    return m, [a + a.T for a in m], [a.T @ a - a @ a.T for a in m]


# What the model files say, each for itself.


def xxz(n):
    m, _, z = cells(n)
    h = sum(m[j].T @ m[j + 1] + m[j + 1].T @ m[j] + z[j] @ z[j + 1] / 2 for j in range(n - 1))
    start = product(*[np.ones(2) / math.sqrt(2)] * n)
    start = start + 1j * product(*[np.sqrt([0.1, 0.9])] * n)
    return System([2] * n, h, start / np.linalg.norm(start))


def ising(n):
    _, x, z = cells(n)
    pairs = [(j, k) for k in range(n) for j in range(k)]
    h = sum(x[j] @ x[k] / (k - j) ** 1.5 for j, k in pairs) + sum(z)
    return System([2] * n, h, level(2**n))


def dimer(n):
    l, r = at([n + 1] * 2, 0, mode(n + 1)), at([n + 1] * 2, 1, mode(n + 1))
    own = lambda a: a.T @ a.T @ a @ a
    h = (own(l) + own(r)) / 10 - l.T @ r - r.T @ l
    return System([n + 1] * 2, h, level((n + 1) ** 2, n * (n + 1)))


def jaynes(cut, nbar=4, chi=None, kappa=0, mixed=None):
    """jaynes-cummings; with chi kerr-charger; with kappa its loss; with mixed warm-charger."""
    a, m = at([cut, 2], 0, mode(cut)), at([cut, 2], 1, lower(2))
    h, n, up = a @ m.T + a.T @ m, a.T @ a, m.T @ m
    if chi is not None:
        h = h + chi * a.T @ a.T @ a @ a
    elif not kappa:
        h = h + n + up - (0.5 * sp.identity(2 * cut) if mixed else 0 * n)
    start = product(coherent(cut, math.sqrt(nbar)), level(2))
    if mixed:
        weights = np.array([mixed**k / (1 + mixed) ** (k + 1) for k in range(cut)])
        start = np.diag(product(weights, level(2)))
    return System([cut, 2], h, start, [math.sqrt(kappa) * a] if kappa else [])


def kerr(cut):
    return jaynes(cut, 2, 0.1)


def leaky(cut):
    return jaynes(cut, kappa=0.1)


def three_wave(n):
    a, b, c = [at([n + 1] * 3, j, mode(n + 1)) for j in range(3)]
    h = a @ b.T @ c.T
    return System([n + 1] * 3, h + h.T, level((n + 1) ** 3, n * (n + 1) ** 2))


def optomechanics(cut):
    a, b = at([3, cut], 0, mode(3)), at([3, cut], 1, mode(cut))
    start = product(np.array([1, 0, 1]) / math.sqrt(2), level(cut))
    return System([3, cut], b.T @ b + a.T @ a @ (b + b.T) / 2, start)


def ring(n=5):
    m = [at([3] * n, j, lower(3)) for j in range(n)]
    z = [(a.T @ a - a @ a.T) / 2 for a in m]
    pair = lambda j, k: (m[j].T @ m[k] + m[j] @ m[k].T) / 2 + z[j] @ z[k]
    start = product(level(3, 2), *[level(3)] * (n - 1))
    return System([3] * n, sum(pair(j, (j + 1) % n) for j in range(n)), start)


def couplings(_):
    m, x, _ = cells(6)
    table = open(os.path.join(sys.argv[2], "random-couplings.txt"))
    rows = [line.split() for line in table if line[0] != "#"]
    h = sum(float(v) * (m[int(j)].T @ m[int(k)] + m[int(j)] @ m[int(k)].T) for j, k, v in rows)
    return System([2] * 6, h + sum(x) / 2, level(64, 0b111000))


def lossy(n):
    m, x, _ = cells(n)
    h = sum(m[j].T @ m[j + 1] + m[j + 1].T @ m[j] for j in range(n - 1)) + sum(x) / 2
    return System([2] * n, h, level(2**n), [math.sqrt(0.1) * a for a in m])


def driven(n, gamma=0):
    m, x, z = cells(n)
    h = sum(x[j] @ x[j + 1] for j in range(n - 1)) + sum(z)
    jumps = [math.sqrt(gamma) * a for a in m] if gamma else []
    return System([2] * n, h, level(2**n), jumps, [(lambda t, np=np: 0.5 * np.cos(2 * t), sum(x))])


def pulse(_=None):
    f = lambda t, np=np: math.sqrt(math.pi / 2) * np.exp(-2 * (t - 200) ** 2)
    x = lower(2) + lower(2).T
    return System([2], 0 * x, level(2), [], [(f, sp.csr_matrix(x))])


def damped(cut=4):
    """damped-charger of two qubits and three photons; and with other numbers no one."""
    a, j = at([cut, 3], 0, mode(cut)), at([cut, 3], 1, lower(3))
    n = at([cut, 3], 1, sp.diags([0.0, 1, 2]))
    h = a.T @ a + 1.2 * n + a @ j.T + a.T @ j
    return System([cut, 3], h, product(level(cut, 3), level(3)), [0.5 * a])


def cavity(cut, pulsed=False):
    """driven-cavity; or pulsed-cavity."""
    a, m = at([cut, 2], 0, mode(cut)), at([cut, 2], 1, lower(2))
    h, x, start = a @ m.T + a.T @ m, a + a.T, product(level(cut), level(2))
    if pulsed:
        f = lambda t, np=np: np.exp(-((t - 5) ** 2) / 2)
        return System([cut, 2], h, start, [math.sqrt(0.5) * a], [(f, x)])
    return System([cut, 2], h + x, start, [a, math.sqrt(0.2) * m])


def cat(cut):
    a = mode(cut)
    return System([cut], 0 * a, level(cut), [a @ a - sp.identity(cut, format="csr"), 0.1 * a])


def four(_=None):
    d = [2, 2, 3, 2]
    p, m, j, b = [at(d, k, lower(n)) for k, n in enumerate(d)]
    x = lambda s: s + s.T
    z = lambda s: s.T @ s - s @ s.T
    h = z(p) / 2 + 0.75 * x(m) - 1j * (p.T - p) @ z(m) / 3 + x(p) @ x(j) / 4 + m.T @ j + m @ j.T
    h = h + x(b) @ z(j) / 10 + z(p) @ b.T @ b
    return System(d, h, product(level(2), np.ones(2) / math.sqrt(2), level(3, 1), level(2)))


# Peers: states, and seconds of the run: of the clock, and of cores.


def clocks():
    return np.array([time.perf_counter(), time.process_time()])


def by_qutip(s, times, **options):
    wrap = lambda x: q.Qobj(x, dims=[s.dims, s.dims])
    h = wrap(s.h)
    if s.drives:
        h = q.QobjEvo([h] + [[wrap(x), lambda t, f=f: f(t)] for f, x in s.drives])
    start = q.Qobj(s.start, dims=[s.dims, s.dims if s.is_density else [1] * len(s.dims)])
    options = {"progress_bar": "", "store_states": True, "nsteps": 10**7, **options}
    begin = clocks()
    if s.is_density:
        found = q.mesolve(h, start, times, [wrap(a) for a in s.jumps], options=options)
    else:
        found = q.sesolve(h, start, times, options=options)
    seconds = clocks() - begin
    states = np.array([x.full() for x in found.states])
    return (states if s.is_density else states[:, :, 0]), seconds


def by_scipy(s, times, **options):
    own, others = s.generators()

    def rate(t, y):
        result = own @ y
        for f, x in others:
            result += f(t) * (x @ y)
        return result

    if options.get("method") == "BDF":
        options["jac"] = own
    start = s.start.ravel().astype(complex)
    begin = clocks()
    found = solve_ivp(rate, (0, times[-1]), start, t_eval=times, **options)
    return s.shaped(found.y), clocks() - begin


def by_dynamiqs(s, times, **options):
    import dynamiqs as dq
    import jax.numpy as jnp

    dq.set_precision("double")
    full = lambda x: dq.asqarray(np.asarray(x.toarray(), complex))
    h = dq.constant(full(s.h))
    for f, x in s.drives:
        h = h + dq.modulated(lambda t, f=f: f(t, jnp) + 0j, full(x))
    method = dq.method.Tsit5(max_steps=10**7, **options)
    start = jnp.array(s.start if s.is_density else s.start[:, None], complex)
    rest = [start, jnp.array(times)]
    jumps = [full(a) for a in s.jumps]

    def once():
        begin = clocks()
        solve = (lambda *x, **o: dq.mesolve(h, jumps, *x, **o)) if s.is_density else (
            lambda *x, **o: dq.sesolve(h, *x, **o))
        found = solve(*rest, method=method, progress_meter=False)
        states = np.asarray(found.states.to_numpy())
        return (states if s.is_density else states[:, :, 0]), clocks() - begin

    once()
    return once()


def exact(s, times):
    """The spectrum of H, or the exponential's series; for drives DOP853 with other steps."""
    if s.drives:
        return by_scipy(s, times, method="DOP853", rtol=3e-14, atol=1e-18, max_step=0.02)[0]
    if s.is_density:
        own, start = s.generators()[0], s.start.ravel().astype(complex)
        return expm_multiply(own, start, 0, times[-1], len(times)).reshape((-1,) + s.start.shape)
    e, u = np.linalg.eigh(s.h.toarray())
    return (np.exp(-1j * np.outer(times, e)) * (u.conj().T @ s.start)) @ u.T


def series(s, times):
    return by_scipy(s, times, method="DOP853", rtol=3e-14, atol=1e-17, max_step=0.05)[0]


def padded(states, dims, wide):
    """On more levels of the modes."""
    axes = (states.ndim - 1) * list(zip(dims, wide))
    shaped = states.reshape([len(states)] + [own for own, _ in axes])
    shaped = np.pad(shaped, [(0, 0)] + [(0, new - own) for own, new in axes])
    return shaped.reshape((len(states),) + (math.prod(wide),) * (states.ndim - 1))


def distances(x, y, is_vector_norm):
    """The 2-norm of vectors, or the trace norm of matrices and of the projectors of vectors."""
    if is_vector_norm:
        return np.linalg.norm(x - y, axis=1)
    if x.ndim == 3:
        return np.array([np.linalg.norm(a - b, "nuc") for a, b in zip(x, y)])
    # Eigenvalues of |x><x| - |y><y|: difference A - B, product -A |y without its part along x|^2.
    a, b = np.sum(abs(x) ** 2, axis=1), np.sum(abs(y) ** 2, axis=1)
    rest = y - x * (np.sum(x.conj() * y, axis=1) / a)[:, None]
    return np.sqrt((a - b) ** 2 + 4 * a * np.sum(abs(rest) ** 2, axis=1))


def judged(qbo, models, file, states, times, dims, words=()):
    """The answer of `qbo judge`, or its message, and the seconds of the process."""
    places = [models, HERE, os.path.join(HERE, "..", "Open")]
    model = next(p for p in (os.path.join(x, file + ".yaml") for x in places) if os.path.exists(p))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "path.npz")
        np.savez(path, times=times, states=states, **({"dims": np.array(dims)} if dims else {}))
        begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [qbo, "judge", "--model", model, path, *words, "--format", "json"]
        command += ["--max-seconds", CAP]
        run = subprocess.run(command, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    try:
        answer = json.loads(run.stdout)
        return (answer if "upper" in answer else str(answer)), seconds, cpu
    except ValueError:
        return f"exit {run.returncode}: {(run.stderr or run.stdout).strip()[-200:]}", seconds, cpu


SCIPY, QUTIP, DYNAMIQS = ("SciPy", by_scipy), ("QuTiP", by_qutip), ("dynamiqs", by_dynamiqs)
TIGHT, MIDDLE = dict(rtol=1e-10, atol=1e-12), dict(rtol=1e-6, atol=1e-9)
RK45, DOP853, BDF = dict(method="RK45"), dict(method="DOP853"), dict(method="BDF")
# File, words, system, its size here and in the two references, peer, options, last time, samples.
PATHS = [
    ("xxz-chain", ["N=11"], xxz, (11,) * 3, QUTIP, {}, 80, 51),
    ("ising-tail", ["N=8"], ising, (8,) * 3, QUTIP, {"method": "vern9", **TIGHT}, 60, 51),
    ("bose-dimer", ["n=20"], dimer, (20,) * 3, SCIPY, RK45, 40, 51),
    ("random-couplings", [], couplings, (6,) * 3, SCIPY, {**DOP853, "rtol": 1e-8}, 100, 101),
    ("spin-ring", [], ring, (5,) * 3, DYNAMIQS, {}, 40, 51),
    ("three-wave", ["n=8"], three_wave, (8,) * 3, QUTIP, dict(method="bdf"), 100, 51),
    ("jaynes-cummings", [], jaynes, (20, 50, 60), QUTIP, {}, 200, 101),
    ("kerr-charger", [], kerr, (14, 40, 50), SCIPY, {**RK45, **MIDDLE}, 50, 51),
    ("optomechanics", [], optomechanics, (30, 50, 60), SCIPY, {**DOP853, **MIDDLE}, 300, 101),
    ("warm-charger", [], lambda c: jaynes(c, 1, mixed=0.1), (10, 25, 30), QUTIP, {}, 300, 51),
    ("lossy-chain", ["N=5"], lossy, (5,) * 3, QUTIP, {}, 50, 51),
    ("lossy-chain", ["N=7"], lossy, (7,) * 3, QUTIP, {}, 5, 11),
    ("damped-charger", [], damped, (4,) * 3, SCIPY, {**BDF, **MIDDLE}, 20, 51),
    ("driven-cavity", [], cavity, (40, 44, 50), QUTIP, {}, 10, 21),
    ("cat-state", [], cat, (40, 44, 50), SCIPY, BDF, 3, 21),
    ("jaynes-cummings-loss", [], leaky, (40, 44, 50), DYNAMIQS, {}, 10, 21),
    ("pulse-late", [], pulse, (1,) * 3, QUTIP, dict(max_step=0.01), 800, 81),
    ("driven-chain", ["N=9"], driven, (9,) * 3, SCIPY, RK45, 100, 51),
    ("driven-lossy-chain", ["N=4"], lambda n: driven(n, 0.2), (4,) * 3, DYNAMIQS, TIGHT, 20, 51),
    ("pulsed-cavity", [], lambda c: cavity(c, True), (60, 64, 70), QUTIP, {}, 10, 41),
]


def shown(options):
    each = [str(v) if k == "method" else f"{k}={v:g}" for k, v in options.items()]
    return " ".join(each) or "defaults"


def compare(qbo, models, case):
    file, words, make, (cut, wide, wider), (peer, run), options, last, samples = case
    times, s = np.linspace(0, last, samples), make(cut)
    runs = [run(s, times, **options) for _ in range(3)]
    states, (seconds, cpu) = runs[0][0], np.median([x[1] for x in runs], axis=0)
    answer, own_seconds, own_cpu = judged(qbo, models, file, states, times, s.dims, words)
    a, b = make(wide), make(wider)
    is_vector_norm = not s.is_density and not s.drives
    truth = exact(a, times)
    check = distances(padded(truth, a.dims, b.dims), series(b, times), is_vector_norm).max()
    error = distances(padded(states, s.dims, a.dims), truth, is_vector_norm)
    what = f"{file} {' '.join(words)}, {peer} {shown(options)}"
    print(f"{what}: {states.shape[1]} states, {samples} samples,", end=" ")
    print(f"run {seconds:.3f} s, judge {own_seconds:.3f} s = {own_seconds / seconds:.1f}", end=" ")
    print(f"(cores {cpu:.3f}, {own_cpu:.3f} = {own_cpu / cpu:.1f}); check {check:.1e}")
    if isinstance(answer, str):
        print("    REFUSED", answer)
        return
    upper, lower = np.array(answer["upper"]), np.array(answer["lower"])
    if (answer["norm"] == "2-norm") != is_vector_norm:
        print("    NORM", answer["norm"])
    # Two runs in doubles share some of their roundings: the check is not all that they are off.
    slack = 10 * check + 1e-12
    wrong = (upper < error - slack) | (lower > error + slack)
    for name, pick in (("last", lambda x: x[-1]), ("greatest", np.max)):
        e, l, u = pick(error), pick(lower), pick(upper)
        print(f"    {name:8s} error {'~' if e < 10 * check else ''}{e:.2e}", end="  ")
        print(f"at least {l:.2e}  at most {u:.2e} = {u / max(e, 1e-300):.2f}")
    print(f"    {f'WRONG BOUND at {times[wrong]}' if wrong.any() else 'bounds hold'};", end=" ")
    print(f"{answer['method']}; {answer['seconds']:.2f} s; {answer['cause']}", flush=True)


def turned(states, dims, order, back=()):
    """The factors in another order, some of them backwards."""
    n, count = states.ndim - 1, len(dims)
    x = states.reshape([len(states)] + dims * n)
    x = np.flip(x, [1 + k + count * j for k in back for j in range(n)])
    x = x.transpose([0] + [1 + k + count * j for j in range(n) for k in order])
    return x.reshape(states.shape)


def mislabelled():
    """What is done, the cause to be named, file, words, states, times, dims (None: not told)."""
    grid = np.linspace(0, 4, 21)
    path = lambda s, times=grid: by_scipy(s, times, **DOP853, **TIGHT)[0]
    s, file = damped(), "damped-charger"
    yield "transposed", "labels", file, [], path(s).transpose(0, 2, 1), grid, s.dims
    yield "times in 1/kappa", "clock", file, [], path(s, 4 * grid), grid, s.dims
    s, file = jaynes(24), "jaynes-cummings"
    x = path(s)
    yield "upside down", "labels", file, [], turned(x, s.dims, [0, 1], [1]), grid, s.dims
    yield "conjugated", "labels", file, [], x.conj(), grid, s.dims
    yield "qubit first", "labels", file, [], turned(x, s.dims, [1, 0]), grid, None
    s = four()
    for order, back in (((3, 1, 2, 0), ()), ((1, 0, 2, 3), (2,)), ((0, 1, 3, 2), (0, 1, 3))):
        x, what = turned(path(s), s.dims, order, back), f"order {order}, backwards {back}"
        yield what, "labels", "four-factors", [], x, grid, None
    s, file, words = lossy(3), "lossy-chain", ["N=3"]
    yield "times 2 pi", "clock", file, words, path(s, grid * 2 * math.pi), grid, s.dims
    yield "times / (2 pi)", "clock", file, words, path(s, grid / (2 * math.pi)), grid, s.dims


def bad():
    """Honest paths that are far from the truth."""
    grid = np.linspace(0, 10, 26)
    for file, words, s in (
        ("xxz-chain", ["N=4"], xxz(4)),
        ("four-factors", [], four()),
        ("jaynes-cummings", [], jaynes(20)),
        ("lossy-chain", ["N=3"], lossy(3)),
        ("driven-lossy-chain", [], driven(3, 0.2)),
    ):
        x = by_scipy(s, grid, **RK45, rtol=0.1, atol=0.01)[0]
        yield "loose RK45", "", file, words, x, grid, s.dims
    for s, file in (
        (kerr(5), "kerr-charger"),
        (jaynes(8), "jaynes-cummings"),
        (optomechanics(6), "optomechanics"),
    ):
        yield "coarse cut", "", file, [], by_scipy(s, grid, **DOP853, **TIGHT)[0], grid, s.dims
    times = np.linspace(0, 400, 17)
    yield "skipped pulse", "", "pulse-late", [], by_qutip(pulse(), times)[0], times, [2]
    s = damped()
    s.jumps = [x * 1.1 for x in s.jumps]
    yield "another rate", "", "damped-charger", [], by_qutip(s, grid)[0], grid, s.dims


def main():
    qbo, models, word = sys.argv[1], sys.argv[2], " ".join(sys.argv[3:])
    for case in PATHS:
        if word in f"{case[0]} {' '.join(case[1])}":
            try:
                compare(qbo, models, case)
            except Exception as error:  # one that fails is shown
                print(f"    FAILED {type(error).__name__}: {error}", flush=True)
    for title, source in (("Mislabelled", mislabelled), ("Bad", bad)):
        for what, expected, file, words, states, times, dims in source():
            if word and word != title:
                continue
            answer, seconds, _ = judged(qbo, models, file, states, times, dims, words)
            told = answer if isinstance(answer, str) else answer["cause"]
            size = 0 if isinstance(answer, str) else max(answer["upper"])
            kind = told.split(":")[0]
            right = kind == expected or not expected and kind not in ("labels", "clock", "phase")
            verdict = "REFUSED" if isinstance(answer, str) else "right" if right else "WRONG"
            print(f"{title}: {file} {' '.join(words)} {what}: {verdict},", end=" ")
            print(f"off by {size:.1e}, {seconds:.2f} s: {told}", flush=True)


if __name__ == "__main__":
    main()
