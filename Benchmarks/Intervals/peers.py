"""The interval benchmark beside python-flint's arb and mpmath's iv: times, and widths against the tightest.

Usage: peers.py PATH-OF-INTERVAL-BENCHMARK. Prints the program's own table, then the same operations on the same operands in the
other two libraries. Times of these include one call from the interpreter, whose cost the last line shows. A width is divided by that
of the tightest interval of 128 bits, which is found here from 1200 bits by exact rational arithmetic. Every result is checked to hold
the exact range.
"""

import operator
import subprocess
import sys
import timeit
from fractions import Fraction

import flint
import mpmath

BITS = 128
FINE = 1200

UNARY = {"sqrt", "exp", "log", "sin"}
BINARY = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv}


def number(text):
    """The rational of a hexadecimal literal."""
    sign = -1 if text.startswith("-") else 1
    mantissa, exponent = text.lstrip("-")[2:].split("p")
    whole, _, fraction = mantissa.partition(".")
    return sign * Fraction(int(whole + fraction, 16)) * Fraction(2) ** (int(exponent) - 4 * len(fraction))


def ends(literal):
    return tuple(number(part.strip()) for part in literal.strip("[]").split(","))


def dyadic(man, exp):
    return Fraction(int(man)) * Fraction(2) ** int(exp)


def ball_of(low, high):
    """The ball of an interval: middle and radius exactly."""
    flint.ctx.prec = FINE
    middle, radius = (low + high) / 2, (high - low) / 2
    return flint.arb(flint.fmpq(middle.numerator, middle.denominator), flint.fmpq(radius.numerator, radius.denominator))


def ends_of_ball(ball):
    middle, radius = dyadic(*ball.mid().man_exp()), dyadic(*ball.rad().man_exp())
    return middle - radius, middle + radius


def iv_of(low, high):
    def exact(x):
        with mpmath.workprec(FINE):
            return mpmath.mpf(x.numerator) / x.denominator
    return mpmath.iv.mpf([exact(low), exact(high)])


def ends_of_iv(x):
    def rational(raw):
        sign, man, exp, _ = raw
        return (-1 if sign else 1) * dyadic(man, exp)
    return tuple(rational(raw) for raw in x._mpi_)


def rounded(x, up):
    """A rational rounded to BITS bits."""
    size = abs(x)
    exponent = size.numerator.bit_length() - size.denominator.bit_length() - BITS
    while size / Fraction(2) ** exponent < 2 ** (BITS - 1):
        exponent -= 1
    while size / Fraction(2) ** exponent >= 2**BITS:
        exponent += 1
    scaled = x / Fraction(2) ** exponent
    return (-((-scaled).__floor__()) if up else scaled.__floor__()) * Fraction(2) ** exponent


def exact_range(name, a, b):
    """The range over the operands, enclosed to FINE bits: all operations here are monotone on them."""
    flint.ctx.prec = FINE
    point = lambda x: flint.arb(flint.fmpq(x.numerator, x.denominator))
    if name in UNARY:
        values = [ends_of_ball(getattr(point(x), name)()) for x in a]
    else:
        values = [ends_of_ball(BINARY[name](point(x), point(y))) for x in a for y in b]
    return min(low for low, _ in values), max(high for _, high in values), values


def best(function, arguments):
    number, runs = 20, 15
    def once():
        for argument in arguments:
            function(*argument)
    return min(timeit.repeat(once, number=number, repeat=runs)) / number / len(arguments) * 1e9


def main(program):
    print(subprocess.run([program], capture_output=True, text=True, check=True).stdout)
    ours = {}
    for line in subprocess.run([program, "--results"], capture_output=True, text=True, check=True).stdout.splitlines():
        name, a, b, result = line.split("\t")
        ours.setdefault(name, []).append((ends(a), ends(b), ends(result)))

    mpmath.iv.prec = BITS
    print("width over the tightest (mean, greatest), and nanoseconds with the interpreter's call")
    print(f"{'operation':<12}{'ours':>16}{'arb':>22}{'iv':>22}{'arb ns':>10}{'iv ns':>10}")
    for name, rows in ours.items():
        tight, widths = [], {"ours": [], "arb": [], "iv": []}
        balls = [(ball_of(*a), ball_of(*b)) for a, b, _ in rows]
        ivs = [(iv_of(*a), iv_of(*b)) for a, b, _ in rows]
        flint.ctx.prec = BITS
        if name in UNARY:
            arb_call, iv_call = (lambda x, y: getattr(x, name)()), (lambda x, y, f=getattr(mpmath.iv, name): f(x))
        else:
            arb_call = iv_call = BINARY[name]
        found = [(ends_of_ball(arb_call(*p)), ends_of_iv(iv_call(*q))) for p, q in zip(balls, ivs)]
        for (a, b, result), (ball, iv) in zip(rows, found):
            low, high, values = exact_range(name, a, b)
            flint.ctx.prec = BITS
            width = rounded(high, True) - rounded(low, False)
            for key, (x, y) in (("ours", result), ("arb", ball), ("iv", iv)):
                # Each value at an end of the operands must meet the result: a value is known to 1200 bits.
                assert all(x <= h and l <= y for l, h in values), f"{key} {name} misses a value"
                widths[key].append((y - x) / width)
        show = lambda w: f"{float(sum(w) / len(w)):.6f}, {float(max(w)):.6f}"
        assert all(w == 1 for w in widths["ours"]), f"{name} is not tightest"
        times = best(arb_call, balls), best(iv_call, ivs)
        print(f"{name:<12}{'1, 1 (exactly)':>16}{show(widths['arb']):>22}{show(widths['iv']):>22}{times[0]:>10.0f}{times[1]:>10.0f}")
    print(f"an empty call: {best(lambda x, y: None, balls):.0f} ns")


if __name__ == "__main__":
    main(sys.argv[1])
