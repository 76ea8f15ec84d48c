"""Standard input and output as they come: any bytes in, safe bytes out, and what the terminal can show."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from typing import BinaryIO, TextIO

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WIDEST = 100
"""Columns; longer lines are hard to read, however wide the window."""


def lines_in(stream: BinaryIO) -> Iterator[str]:
    """The lines of `stream`, each as soon as it is complete, without line end (LF or CRLF) and byte order mark.

    Bytes that are not UTF-8 become lone surrogates, as Python does for arguments: nothing of a line is lost.
    """
    lines = iter(stream.readline, b"")
    for number, line in enumerate(lines):
        text = line.removeprefix(BYTE_ORDER_MARK) if number == 0 else line
        yield text.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")


def standard_input() -> Iterator[str]:
    """The lines of standard input; none where it is closed."""
    return lines_in(sys.stdin.buffer) if sys.stdin else iter(())


def write(text: str) -> None:
    """Writes `text` to standard output at once; what its encoding lacks is shown as "?".

    Raises OSError where it is closed or full.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    sys.stdout.buffer.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at `stream` (or types into it)."""
    return stream is not None and stream.isatty()


def shows_style() -> bool:
    """Whether standard output is a terminal that wants colour and links (https://no-color.org)."""
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """How wide lines may be: that of the terminal, at most WIDEST; 0 (any width) where output is piped."""
    return min(shutil.get_terminal_size().columns, WIDEST) if is_terminal(sys.stdout) else 0
