"""Writes skipped-pulse.jsonl: what QuTiP's sesolve makes of a pulse after a long silence, with its options as they are."""

import json
import math
import os

import numpy
import qutip

WIDTH = 0.5


def pulse(t):
    return math.pi / 2 / (math.sqrt(2 * math.pi) * WIDTH) * math.exp(-((t - 200) ** 2) / (2 * WIDTH**2))


times = numpy.linspace(0, 400, 9)
result = qutip.sesolve([[qutip.sigmax(), pulse]], qutip.basis(2, 1), times)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "skipped-pulse.jsonl"), "w") as file:
    for time, state in zip(times, result.states):
        vector = state.full()[:, 0]
        line = {"t": repr(float(time)), "re": list(vector.real), "im": list(vector.imag)}
        print(json.dumps(line), file=file)
