"""Keeps a base as it was built, so that the next process need not learn all its phrases again."""

import os
import pickle
import sys
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from knowledge.loading import SHIPPED
from knowledge.understanding import Understander, load_understander

CODE = Path(__file__).parent
"""Of another version of it nothing is used."""
FILE = "base.pickle"
"""One base is kept: the one that was used last."""
KEY, CHECK = 32, 4
"""Bytes: a digest of what the base was built from opens the file, a checksum of all before it ends the file."""


def built_understander(root: Path = SHIPPED, folder: Path | None = None) -> Understander:
    """The understander of the base at `root`: as it is kept in `folder`, or built, and then kept there.

    Raises KnowledgeError. Whatever else is wrong, with the folder or the file in it, costs time and nothing more.
    """
    if folder is None:
        return load_understander(root)
    key = _digest(root)
    understander = _kept(folder / FILE, key) if key else None
    if understander is None:
        understander = load_understander(root)
        if key and key == _digest(root):  # nobody edited the base meanwhile
            _keep(folder / FILE, key, understander)
    return understander


def _digest(root: Path) -> bytes:
    """Of all that the understander of the base depends on; empty where some of it cannot be read."""
    digest = blake2b(sys.version.encode(), digest_size=KEY)
    try:
        for folder, files in (
            (CODE, "*.py"),
            (_library("yaml"), "__init__.py*"),  # of libraries, the image has the bytecode alone
            (_library("pydantic"), "version.py*"),
            (root, "data/**/*.yaml"),
            (root, "phrases/*/*.yaml"),
        ):
            for path in sorted(folder.glob(files)):
                content = path.read_bytes()
                digest.update(os.fsencode(path.relative_to(folder)) + b"\0%d\0" % len(content) + content)
    except OSError:
        return b""
    return digest.digest()


def _library(name: str) -> Path:
    """Where a library is, whose version stands in one of its files: to import it only for that would take too long."""
    found = find_spec(name)
    return Path(found.origin if found and found.origin else "").parent


def _kept(path: Path, key: bytes) -> Understander | None:
    """What the file holds; None where it is not there, is not whole, or is of another base or version."""
    try:
        with path.open("rb") as file:
            # A pickle can run code, so none is read that another user may have written.
            status = os.fstat(file.fileno())
            if os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
                return None
            found = memoryview(file.read())
    except OSError:
        return None
    if found[:KEY] != key or found[-CHECK:] != crc32(found[:-CHECK]).to_bytes(CHECK, "big"):
        return None
    understander: Understander = pickle.loads(found[KEY:-CHECK])
    return understander


class _Checked:
    """Writes to a file and sums up what it writes: to hold all of it first would be the most memory ever taken."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.checksum = 0

    def write(self, some: bytes) -> int:
        self.checksum = crc32(some, self.checksum)
        return self._file.write(some)


def _keep(path: Path, key: bytes, understander: Understander) -> None:
    """Writes the file in one step, for this user alone; where that cannot be done, nothing is left behind."""
    fresh = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(fresh, "xb", opener=partial(os.open, mode=0o600)) as file:
            writer = _Checked(file)
            writer.write(key)
            pickle.dump(understander, writer, pickle.HIGHEST_PROTOCOL)
            file.write(writer.checksum.to_bytes(CHECK, "big"))
        os.replace(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
