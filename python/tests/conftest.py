"""What tests share."""

from __future__ import annotations

import os
import random

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture
def seed(request):
    """A seed of the test's name, or QBO_TEST_SEED; it is shown where a test fails."""
    number = int(os.environ.get("QBO_TEST_SEED", sum(map(ord, request.node.name))))
    print(f"QBO_TEST_SEED={number}")
    return number


@pytest.fixture
def draw(seed):
    """Random numbers of the seed."""
    return random.Random(seed)


CHARGER = """\
model: charger
parameters:
  N: {kind: integer, from: 1}
  my_g: {kind: positive, default: 1}
space: {a: boson, J: spin N/2 of qubits}
hamiltonian: a'*a + J_z + my_g*(a'*J_m + a*J_p)
start: {a: fock(N), J: down}
parts: {battery: {of: [J], hamiltonian: J_z + N/2}}
quantities:
  energy: {value: mean(battery)}
  share: {value: mean(battery)/t}
  passage: {value: first_time(mean(battery) = 2*N)}
"""


@pytest.fixture
def charger(tmp_path):
    """The path of a model file with a parameter that has an underscore, an undefined figure and one that never is."""
    path = tmp_path / "charger.yaml"
    path.write_text(CHARGER)
    return path
