"""The closed systems of the papers by the model files of proofs/models, beside the routes that are written by hand, in one run.

Usage: built_in.py PATH-OF-QBO MODELS-FOLDER [REPEATS]. Each value is asked for at 30 digits through `qbo evaluate`, the quantity of the catalogue
and that of the model in turn. Times are processor times of the whole process, start included, medians of the repeats; the last column is their ratio.
Values that do not overlap, and values that are missing, end the program with 1.
"""

import json
import os
import statistics
import subprocess
import sys

ROWS = [
    ("harmonic.stored-energy", "harmonic-sector.energy", ["N=4 g=1 T=1/3", "N=100 g=1/3 T=2", "N=1000 g=1/3 T=1/10"]),
    ("harmonic.max-power", "harmonic-sector.power", ["N=1 g=1/3", "N=30 g=1/3", "N=100 g=1/3"]),
    ("harmonic.optimal-time", "harmonic-sector.power-time", ["N=1 g=1/3", "N=30 g=1/3"]),
    ("spin.stored-energy", "spin-pair.energy", ["N=4 g=1/3 T=2", "N=100 g=1/3 T=2", "N=1000 g=1/3 T=1/10"]),
    ("spin.max-power", "spin-pair.power", ["N=1 g=1/3", "N=32 g=1/3", "N=100 g=1/3"]),
    ("spin.optimal-time", "spin-pair.power-time", ["N=1 g=1/3", "N=32 g=1/3"]),
    ("dicke.stored-energy", "dicke-mode.energy", ["N=2 g=1/2 T=1", "N=10 g=1/2 T=1", "N=40 g=1/10 T=1"]),
    ("capacity.battery", "capacity-cells.battery", ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4", "wb=1 wc=2/3 J1=2 J2=5/4 t=100"]),
    ("capacity.total", "capacity-cells.total", ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4"]),
    ("capacity.residual", "capacity-cells.residual", ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4"]),
    ("capacity.concurrence", "capacity-cells.concurrence", ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4"]),
    ("capacity.coherence", "capacity-cells.coherence", ["wb=1 wc=2/3 J1=2 J2=5/4 t=0.4"]),
]


def run(qbo, words):
    """The answer and the processor time of one process."""
    child = subprocess.Popen([qbo, "evaluate", *words, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    text, complaint = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    answer = json.loads(text) if child.returncode == 0 else (complaint.strip() or text.strip())
    return answer, usage.ru_utime + usage.ru_stime


def main():
    qbo, folder = sys.argv[1:3]
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    print("| quantity | parameters | by hand (ms) | model (ms) | ratio |")
    print("| --- | --- | --- | --- | --- |")
    failed = 0
    for quantity, model, points in ROWS:
        file = os.path.join(folder, model.split(".")[0] + ".yaml")
        for point in points:
            own = [quantity, *point.replace("T=", "tau=").split()]
            other = ["--model", file, model, *point.replace("T=", "t=").split()]
            times, answers = ([], []), [None, None]
            for _ in range(repeats):
                for place, words in enumerate([own, other]):
                    answers[place], seconds = run(qbo, words)
                    times[place].append(seconds)
            by_hand, by_model = (statistics.median(one) for one in times)
            note = next((one for one in answers if isinstance(one, str)), "")
            if not note and (float(answers[0]["upper"]) < float(answers[1]["lower"]) or float(answers[1]["upper"]) < float(answers[0]["lower"])):
                note = "DIFFERS"
            failed += bool(note)
            print(f"| {quantity} | {point} | {by_hand * 1e3:.1f} | {by_model * 1e3:.1f} | {by_model / by_hand:.2f} {note}|", flush=True)
    sys.exit(failed > 0)


main()
