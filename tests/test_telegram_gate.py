"""A call that breaks a rule fails the whole run, named with its test, also where tests run on several workers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 120
CONFTEST = """
from tests.telegram_gate import pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown
"""
TESTS = """
from tests.telegram_gate import report

def test_breaks_a_rule():
    report(["sendMessage: message text is empty"])

def test_breaks_none():
    report([])
"""


@pytest.mark.parametrize(
    ("workers", "chosen", "status"), [("0", "test_breaks", 1), ("2", "test_breaks", 1), ("1", "test_breaks_none", 0)]
)
def test_the_run_fails(tmp_path: Path, workers: str, chosen: str, status: int) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_it.py").write_text(TESTS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-n", workers, "-k", chosen],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    shown = done.stdout.decode()
    assert done.returncode == status, shown + done.stderr.decode()
    named = "test_it.py::test_breaks_a_rule: sendMessage: message text is empty"
    assert (named in shown) == bool(status)
