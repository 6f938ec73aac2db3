"""The closed systems of the papers by the model files of proofs/models, beside the routes that are written by hand, in one run.

Usage: built_in.py PATH-OF-ROUTES-BENCHMARK [REPEATS]. Each value is computed to 30 digits by both routes in turn, each in a process of its own. The
columns are processor times of the whole process, start and reading of the model file included, and of the start alone taken off: medians of the
repeats, and the ratios of both. Values that do not overlap, and values that are missing, end the program with 1.
"""

import json
import os
import statistics
import subprocess
import sys

CAPACITY = ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4", "wb=1 wc=2/3 J1=2 J2=5/4 t=100"]
ROWS = [
    ("harmonic.stored-energy", "fock-sector", "model", ["N=4 g=1 tau=1/3", "N=100 g=1/3 tau=2", "N=1000 g=1/3 tau=1/10"]),
    ("harmonic.start-stored-energy", "sectors", "model", ["N=4 g=1 tau=1/3 start=coherent", "N=20 g=1/3 tau=1 start=coherent"]),
    ("harmonic.coherent-purity", "sectors", "model", ["N=2 g=1 tau=1/3", "N=4 g=1/3 tau=1"]),
    ("harmonic.max-power", "scaling", "model", ["N=1 g=1/3", "N=30 g=1/3", "N=100 g=1/3"]),
    ("spin.stored-energy", "sector", "model", ["N=4 g=1/3 tau=2", "N=100 g=1/3 tau=2", "N=1000 g=1/3 tau=1/10"]),
    ("spin.stored-energy", "sector", "spins", ["N=2 g=1/3 tau=2", "N=4 g=1/3 tau=2", "N=6 g=1/3 tau=2"]),
    ("spin.max-power", "sector", "model", ["N=1 g=1/3", "N=32 g=1/3", "N=100 g=1/3"]),
    ("dicke.stored-energy", "parity-sector", "model", ["N=2 g=1/2 tau=1", "N=6 g=1/2 tau=1", "N=10 g=1/4 tau=1"]),
    ("dicke.max-power", "parity-sector", "model", ["N=1 g=1/2", "N=3 g=1/4"]),
    ("dicke.strong-fraction", "parity-sector", "model", ["N=2 x=1", "N=10 x=1"]),
    ("capacity.battery", "matrix", "model", CAPACITY),
    ("capacity.total", "matrix", "model", CAPACITY),
    ("capacity.residual", "matrix", "model", CAPACITY),
    ("capacity.concurrence", "matrix", "model", CAPACITY),
    ("capacity.negativity", "matrix", "model", CAPACITY),
    ("capacity.steering", "matrix", "model", CAPACITY),
    ("capacity.coherence", "matrix", "model", CAPACITY),
    ("capacity.imaginarity", "matrix", "model", CAPACITY),
    ("capacity.texture", "matrix", "model", CAPACITY),
    ("capacity.peak-deficit", "matrix", "model", ["wb=1 wc=2/3 J1=2"]),
    ("capacity.mixed-sum", "matrix", "model", ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4 noise=1/3"]),
    ("freedom.tavis-cummings-deficit", "every-sector", "model", ["N=2 nbar=4", "N=10 nbar=20"]),
    ("freedom.tavis-cummings-energy", "every-sector", "model", ["N=2 nbar=4", "N=10 nbar=20"]),
    ("freedom.vacuum-flip-deficit", "brute-force", "model", ["N=2 nbar=4", "N=5 nbar=4"]),
    ("quasi.negativity", "recurrence", "brute-force", ["family=parallel N=4 q=1/2 a=1/3 b=1/2", "family=parallel N=8 q=1/2 a=1/3 b=1/2"]),
    ("quasi.fermion-time", "flow", "model", ["N=4 k=2 seed=1", "N=6 k=4 seed=1", "N=7 k=2 seed=1"]),
    ("quasi.fermion-negativity", "flow", "model", ["N=4 k=2 seed=1 q=1/3", "N=6 k=2 seed=1 q=1/3"]),
]


def run(program, words):
    """The answer and the processor time of one process."""
    child = subprocess.Popen([program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    text, complaint = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    answer = json.loads(text) if child.returncode == 0 else (complaint.strip() or text.strip() or "no answer")
    return answer, usage.ru_utime + usage.ru_stime


def main():
    program = sys.argv[1]
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    start = statistics.median(run(program, ["harmonic.power-constant", "none"])[1] for _ in range(2 * repeats + 1))
    print(f"A process that computes nothing takes {start * 1e3:.1f} ms.\n")
    print("| quantity | parameters | by hand | model | by hand (ms) | model (ms) | ratio | ratio without start |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    failed = 0
    for quantity, by_hand, by_model, points in ROWS:
        for point in points:
            times, answers = ([], []), [None, None]
            for _ in range(repeats):
                for place, route in enumerate([by_hand, by_model]):
                    answers[place], seconds = run(program, [quantity, route, *point.split()])
                    times[place].append(seconds)
            hand, model = (statistics.median(one) for one in times)
            note = next((one[:80] for one in answers if isinstance(one, str)), "")
            if not note and (float(answers[0]["upper"]) < float(answers[1]["lower"]) or float(answers[1]["upper"]) < float(answers[0]["lower"])):
                note = "DIFFERS"
            failed += bool(note)
            work = max(model - start, 0) / max(hand - start, 1e-3)
            print(
                f"| {quantity} | {point} | {by_hand} | {by_model} | {hand * 1e3:.1f} | {model * 1e3:.1f} | {model / hand:.2f} | {work:.2f} | {note}",
                flush=True)
    sys.exit(failed > 0)


main()
