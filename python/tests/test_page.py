"""The page and the docstrings: blocks of the page run, one after the other, and parameters are documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qbo

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "docs" / "python.md").read_text(encoding="utf-8")


def test_blocks_run(tmp_path, monkeypatch):
    (tmp_path / "docs").symlink_to(TOP / "docs")
    monkeypatch.chdir(tmp_path)
    names = {}
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    assert len(blocks) >= 8
    for block in blocks:
        line = PAGE[: block.start()].count("\n") + 1
        exec(compile("\n" * line + block.group(1), "docs/python.md", "exec"), names)


def test_lines_are_short():
    assert [line for line in PAGE.split("\n") if len(line) > 120] == []


def public_names() -> list[str]:
    methods = [
        f"qbo.{kind.__name__}.{name}"
        for kind in (qbo.Enclosure, qbo.Model)
        for name in vars(kind)
        if name[0] != "_" and callable(getattr(kind, name))
    ]
    return [*(f"qbo.{name}" for name in qbo.__all__), *methods, "qbo.testing.assert_certified"]


@pytest.mark.parametrize("name", public_names())
def test_docstrings_name_all_parameters(name):
    validate = pytest.importorskip("numpydoc.validate").validate
    if name in ("qbo.Undefined", "qbo.Never", "qbo.Beyond", "qbo.Undecided"):
        pytest.skip("it has the parameters of NoValue")
    missing = {"GL08", "PR01", "PR02", "PR03"}
    assert [error for error in validate(name)["errors"] if error[0] in missing] == []
