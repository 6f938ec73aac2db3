"""The forms of limbs beside each other and doubles beside QuTiP, in one run.

Usage: forms.py PATH-OF-EVOLUTION-BENCHMARK PATH-OF-QBO. A form that this processor lacks repeats the one before.
"""

import json
import os
import subprocess
import sys
import tempfile

from peers import qutip_run

FORMS = ["limbs", "doubles", "integers"]


def run(form, *words):
    environment = {**os.environ, "QBO_LIMB_FORM": form}
    return subprocess.run(words, capture_output=True, text=True, check=True, env=environment).stdout


def least(rows):
    """By problem the row with the least time."""
    best = {}
    for row in rows:
        key = (row["name"], row["n"], row["digits"])
        if key not in best or row["ms"] < best[key]["ms"]:
            best[key] = row
    return best


def engine(program):
    """Milliseconds of the engine's runs, the least of three in turn."""
    rows = {form: [] for form in FORMS}
    for _ in range(3):
        for form in FORMS:
            rows[form] += [json.loads(line) for line in run(form, program).splitlines()]
    found = {form: least(rows[form]) for form in FORMS}
    print(f"{'problem':<18}{'N':>6}{'limbs':>7}" + "".join(f"{form + ' ms':>14}{'ratio':>8}" for form in FORMS))
    for key, first in found["limbs"].items():
        if key[2] == 0:
            continue
        times = [found[form][key]["ms"] for form in FORMS]
        assert len({found[form][key]["value"] for form in FORMS}) == 1, f"{key}: the forms differ"
        cells = "".join(f"{ms:>14.3f}{times[0] / ms:>8.2f}" for ms in times)
        print(f"{key[0]:<18}{key[1]:>6}{first['limbs']:>7}{cells}", flush=True)


def door(program):
    """Seconds of the answer of one question, the least of three in turn."""
    words = [program, "evaluate", "spin.stored-energy", "N=1000", "tau=1/2", "--digits", "50", "--format", "json"]
    answers = {form: [] for form in FORMS}
    for _ in range(3):
        for form in FORMS:
            answers[form].append(json.loads(run(form, *words)))
    assert len({(a["lower"], a["upper"]) for form in FORMS for a in answers[form]}) == 1, "the forms differ"
    seconds = {form: min(a["seconds"] for a in answers[form]) for form in FORMS}
    print("spin.stored-energy N=1000 tau=1/2, 50 digits, through qbo evaluate:")
    for form in FORMS:
        print(f"  {form:<10}{seconds[form]:>9.3f} s{seconds['limbs'] / seconds[form]:>8.2f}", flush=True)


def doubles(program):
    """Doubles with a bound after one warm-up, in a batch, beside QuTiP's sesolve with its defaults."""
    request = {"quantity": "spin.stored-energy", "parameters": {"N": "1000", "tau": "3/2000"}}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for number in range(6):
            print(json.dumps({"id": number, **request}), file=file)
        file.flush()
        lines = run("integers", program, "evaluate", "--batch", file.name, "--double", "--jobs", "1").splitlines()
    ours = min(json.loads(line)["seconds"] for line in lines[1:]) * 1e3
    error = json.loads(lines[-1])["errorBound"]
    qutip_ms, _ = qutip_run("spin", 1000)
    print(f"spin.stored-energy N=1000 tau=3/2000 --double: {ours:.3f} ms, off by at most {error:.1e}; QuTiP {qutip_ms:.1f} ms")
    print(f"  ratio {qutip_ms / ours:.0f}")


if __name__ == "__main__":
    engine(sys.argv[1])
    door(sys.argv[2])
    doubles(sys.argv[2])
