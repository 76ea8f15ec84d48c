"""`python -m bot` as a process of its own, through pipes or on a terminal."""

import os
import pty
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bot"]
HOMES = tempfile.TemporaryDirectory(prefix="vejviser-")
PATIENCE = 30.0
"""Seconds after which something that should have been written counts as missing."""


def environment(**changed: str) -> dict[str, str]:
    """The environment without what would change the output, and with `changed`."""
    ours = ("NO_COLOR", "VEJVISER_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    # Each process has its own empty folders, and not those of whoever runs the tests.
    home = tempfile.mkdtemp(dir=HOMES.name)
    kept |= {"XDG_DATA_HOME": f"{home}/data", "XDG_CONFIG_HOME": f"{home}/config"}
    # Nobody answers the question for the cursor's place that prompt_toolkit puts to a terminal.
    return {**kept, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **changed}


def vejviser(*words: str, stdin: bytes = b"", **changed: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `vejviser WORDS` through pipes until it ends; `changed` goes into its environment."""
    return subprocess.run(
        [*COMMAND, *words],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=environment(**changed),
        timeout=60,
        check=False,
    )


class OnTerminal:
    """`vejviser WORDS` on a terminal of 80 columns: type to it, wait for what it shows, see how it ends."""

    def __init__(self, *words: str, **changed: str) -> None:
        self._terminal, child = pty.openpty()
        self._process = subprocess.Popen(
            [*COMMAND, *words],
            stdin=child,
            stdout=child,
            stderr=child,
            cwd=ROOT,
            env=environment(COLUMNS="80", LINES="30", **changed),
            start_new_session=True,
        )
        os.close(child)
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)

    def type(self, text: str) -> None:
        """Types `text` as it stands: "\\r" is Enter, "\\x04" Ctrl-D."""
        os.write(self._terminal, text.encode())

    def wait_for(self, text: str) -> str:
        """Reads until `text` is shown; returns all that was shown up to its end, since the last wait."""
        deadline = monotonic() + PATIENCE
        while text not in self.shown:
            assert self._read(deadline - monotonic()), f"{text!r} is not in {self.shown!r}"
        before, _, self.shown = self.shown.partition(text)
        return before + text

    def answer_to(self, line: str) -> str:
        """Types `line` and Enter at the prompt; returns all that is shown until the prompt is back."""
        self.type(line + "\r")
        # prompt_toolkit wants to know of pasted text while it reads a line, and only then.
        self.wait_for("\x1b[?2004l")
        return self.wait_for("\x1b[?2004h")

    def ends(self) -> int:
        """The exit status, once the process has ended; `shown` has the rest of what it wrote."""
        deadline = monotonic() + PATIENCE
        while self._read(deadline - monotonic()):
            pass
        return self._process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], max(seconds, 0))[0]:
            return False
        try:
            chunk = os.read(self._terminal, 65536)
        except OSError:
            # Linux's way to say that the other side is closed.
            return False
        self.shown += chunk.decode("utf-8", "replace")
        return bool(chunk)
