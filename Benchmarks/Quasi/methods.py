"""Ways to the law of N cells in parallel in plain doubles. Each takes the law of one cell on its lattice, from the least work on, and N."""

import numpy as np
from scipy import linalg, signal


def cell_law(a, b, r, s):
    """p_q of one cell, q = r/s: phi_i phi_j R_ki R_kj at the places s k - r i - (s - r) j, and the least place."""
    phi = [np.cos(a), np.sin(a)]
    turn = [[np.cos(b), -np.sin(b)], [np.sin(b), np.cos(b)]]
    sums = {}
    for k in (0, 1):
        for i in (0, 1):
            for j in (0, 1):
                place = s * k - r * i - (s - r) * j
                sums[place] = sums.get(place, 0.0) + phi[i] * phi[j] * turn[k][i] * turn[k][j]
    least = min(sums)
    law = np.zeros(max(sums) - least + 1)
    for place, value in sums.items():
        law[place - least] = value
    return law, least


def by_fft(law, n):
    """The characteristic function x(u)^N at the frequencies of the lattice, and back."""
    length = n * (len(law) - 1) + 1
    return np.fft.ifft(np.fft.fft(law, length) ** n).real


def by_convolve(law, n):
    power = np.ones(1)
    for _ in range(n):
        power = np.convolve(power, law)
    return power


def by_long_double(law, n):
    return by_convolve(law.astype(np.longdouble), n)


def by_polypow(law, n):
    # polypow cuts trailing zeros, also those that underflowed.
    power = np.polynomial.polynomial.polypow(law, n, maxpower=None)
    return np.pad(power, (0, n * (len(law) - 1) + 1 - len(power)))


def by_fftconvolve(law, n):
    """Squarings from the highest bit of N down."""
    power = law
    for bit in bin(n)[3:]:
        power = signal.fftconvolve(power, power)
        if bit == "1":
            power = signal.fftconvolve(power, law)
    return power


def by_recurrence(law, n):
    """P'Q = N P Q': m q_0 c_m = sum over j of (j (N + 1) - m) q_j c_(m-j), c_0 = q_0^N."""
    power = np.zeros(n * (len(law) - 1) + 1)
    power[0] = law[0] ** n
    steps = np.nonzero(law)[0][1:]
    for m in range(1, len(power)):
        j = steps[steps <= m]
        power[m] = np.sum((j * (n + 1) - m) * law[j] * power[m - j]) / (m * law[0])
    return power


def by_matrices(n, a, b, r, s):
    """Brute force: H1 = sum of sigma_x in 2^N dimensions, exp(-i H1 a) and exp(-i H1 b) by scipy.linalg.expm, all i, j, k of the definition."""
    size = 2**n
    excited = np.array([bin(index).count("1") for index in range(size)])
    h = np.zeros((size, size))
    for cell in range(n):
        h[np.arange(size), np.arange(size) ^ (1 << cell)] += 1
    start = linalg.expm(-1j * a * h)[:, 0]
    turn = linalg.expm(-1j * b * h)
    # Amplitudes <k|U|i> phi_i, those of equal energy e_i together.
    parts = np.stack([(turn * start)[:, excited == m].sum(axis=1) for m in range(n + 1)], axis=1)
    law, least = cell_law(a, b, r, s)
    power = np.zeros(n * (len(law) - 1) + 1)
    for k in range(n + 1):
        rows = parts[excited == k]
        gram = (rows.T @ rows.conj()).real
        for i in range(n + 1):
            for j in range(n + 1):
                power[s * k - r * i - (s - r) * j - n * least] += gram[i, j]
    return power


METHODS = {
    "np.fft of x(u)^N": by_fft,
    "np.convolve, N times": by_convolve,
    "np.convolve, N times, long double": by_long_double,
    "np.polynomial polypow": by_polypow,
    "scipy.signal.fftconvolve, squaring": by_fftconvolve,
    "recurrence P'Q = N P Q'": by_recurrence,
}
BRUTE = "scipy.linalg.expm in 2^N"
