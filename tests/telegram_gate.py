"""Fails the whole run where the bot broke a rule of the Bot API in any test, whatever the test itself looked at.

What a test planted it takes off the list with `FakeTelegram.claim`. The hooks are for tests/conftest.py.
"""

import os
from typing import Any

import pytest

BROKEN: list[tuple[str, str]] = []
"""Test and call."""


def report(violations: list[str]) -> None:
    """Keeps what a server has found, with the test that runs."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    BROKEN.extend((test, one) for one in violations)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """A worker of pytest-xdist has ended and told what it found."""
    BROKEN.extend(tuple(one) for one in getattr(node, "workeroutput", {}).get("broken", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The run fails, or this worker tells the process that started it."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["broken"] = BROKEN
    elif BROKEN and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names test and call."""
    if BROKEN:
        terminalreporter.section("calls that the Bot API refuses", red=True)
        for test, call in BROKEN:
            terminalreporter.line(f"{test}: {call}")
