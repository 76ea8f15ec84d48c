"""What git knows of one entry: each commit that changed it, field by field - lines that only moved are no change."""

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rapidfuzz import fuzz, process, utils

from knowledge.changes import Value, differing_fields, flat
from knowledge.yamltext import NotYamlError, parse

ABSENT = "0" * 40
"""Git's name for a file that is not there."""
LOG = (
    "-c", "core.quotePath=false", "-c", "log.showRoot=true",
    "log", "--topo-order", "--raw", "--diff-merges=combined", "--no-abbrev", "--no-renames", "--relative",
    "--no-show-signature", "--no-color", "--encoding=UTF-8", "--format=%x01%as%x00%aN%x00%s",
)  # fmt: skip
NEAR, FEW = 60, 3
"""How alike an id must be to be proposed instead of an unknown one, of 100; and how many are."""

Fields = dict[str, Value]


class NoHistory(Exception):
    """Git knows nothing of the entry, or there is no git to ask."""


@dataclass(frozen=True)
class Version:
    """One commit that changed the entry; without author and date: what is not committed yet."""

    day: str
    author: str
    subject: str
    how: Literal["added", "changed", "removed"]
    fields: tuple[tuple[str, Value, Value], ...] = ()
    """Of a changed one: (field, before, now)."""


@dataclass(frozen=True)
class History:
    """The versions, newest first. `cut`: the checkout lacks what is older."""

    versions: tuple[Version, ...]
    cut: bool


@dataclass
class _Commit:
    """The files that a commit left otherwise than any of its parents had them."""

    day: str
    author: str
    subject: str
    files: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    """(names of the contents in each parent, name of the content now)."""


def history(key: str, root: Path) -> History:
    """What git knows of the entry `key` of the base at `root`. Raises NoHistory."""
    cut = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    if not _git(root, "ls-files", "-z", "--", "data"):
        raise NoHistory(f"git keeps nothing of {root / 'data'}: there is no history to tell")
    commits = list(_commits(_git(root, *LOG, "--", "data").decode("utf-8", "replace")))
    contents = _contents(root, {name for one in commits for before, now in one.files for name in (*before, now)})
    uncommitted = _uncommitted(root, contents)
    reader = _Reader(key, contents)
    # From the oldest on, so that a file that cannot be read counts as what it was before.
    versions = [version for one in [*reversed(commits), uncommitted] if (version := reader.version(one))]
    if not versions:
        raise NoHistory(_unknown(key, root))
    return History(tuple(reversed(versions)), cut)


def _git(root: Path, *words: str, told: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], input=told, capture_output=True, check=True)
    except FileNotFoundError:
        raise NoHistory("git is not installed, and only git knows who changed what") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoHistory(f"git knows no history of {root}: {said[-1] if said else error.returncode}") from None
    return done.stdout


def _commits(log: str) -> Iterator[_Commit]:
    """The commits that `git log` prints, in its order: a line with `LOG`'s format, then one for each file."""
    commit: _Commit | None = None
    for line in log.split("\n"):
        if line.startswith("\x01"):
            if commit:
                yield commit
            day, author, subject = line[1:].split("\0", 2)
            commit = _Commit(day, author, subject)
        elif commit and line.startswith(":") and line.endswith(".yaml"):
            commit.files.append(_names(line))
    if commit:
        yield commit


def _names(line: str) -> tuple[tuple[str, ...], str]:
    """Of a line for a file: a colon for each parent, a mode for each and for now, a content's name for each and now."""
    parents = len(line) - len(line.lstrip(":"))
    words = line.partition("\t")[0].split()
    *before, now = words[parents + 1 : 2 * parents + 2]
    return tuple(before), now


def _contents(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Name -> content, all asked for in one go."""
    wanted = sorted(set(names) - {ABSENT})
    packed = _git(root, "cat-file", "--batch", told="".join(f"{one}\n" for one in wanted).encode())
    found, at = {}, 0
    for name in wanted:
        end = packed.index(b"\n", at)
        head, at = packed[at:end].split(), end + 1
        if len(head) == 3:  # else git has lost it
            size = int(head[2])
            found[name] = packed[at : at + size]
            at += size + 1
    return found


def _uncommitted(root: Path, contents: dict[str, bytes]) -> _Commit:
    """What the files hold that git was not yet told to keep, as if it were a commit; adds to `contents`."""
    commit = _Commit("", "", "")
    changed = _git(root, "diff", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z", "HEAD", "--", "data")
    words = changed.decode("utf-8", "surrogateescape").split("\0")
    files = [(path, _names(line)[0]) for line, path in zip(words[0::2], words[1::2], strict=False)]
    unknown = _git(root, "ls-files", "--others", "-z", "--", "data").decode("utf-8", "surrogateescape").split("\0")
    files += [(path, (ABSENT,)) for path in unknown if path]
    for path, before in files:
        if path.endswith(".yaml"):
            contents.update(_contents(root, before))
            now = ABSENT
            if (root / path).is_file():
                now = f"here:{path}"
                contents[now] = (root / path).read_bytes()
            commit.files.append((before, now))
    return commit


class _Reader:
    """Finds one entry in the contents of files, each read once."""

    def __init__(self, key: str, contents: dict[str, bytes]) -> None:
        self._key = key
        self._contents = contents
        self._found: dict[str, Fields | None] = {ABSENT: None}

    def version(self, commit: _Commit) -> Version | None:
        """What the commit did to the entry; None where it did nothing."""
        now = self._entry([(name, before[0]) for before, name in commit.files])
        parents = max((len(before) for before, _ in commit.files), default=0)
        # A merge says something of its own only where it took the entry from no parent.
        earlier = [self._entry([(before[one], ABSENT) for before, _ in commit.files]) for one in range(parents)]
        if not earlier or now in earlier:
            return None
        before = earlier[0]
        how: Literal["added", "changed", "removed"] = (
            "added" if before is None else "removed" if now is None else "changed"
        )
        fields = differing_fields(before or {}, now or {}) if how == "changed" else ()
        return Version(commit.day, commit.author, commit.subject, how, fields)

    def _entry(self, names: Iterable[tuple[str, str]]) -> Fields | None:
        """The entry in the first of the files that has it: (name of its content, of the one that stands in for it)."""
        entries = [self._read(name, instead) for name, instead in names]
        return next((one for one in entries if one is not None), None)

    def _read(self, name: str, instead: str) -> Fields | None:
        if name not in self._found:
            try:
                text = self._contents.get(name, b"").decode("utf-8-sig")
                data = parse(text)[0] if self._key in text else None
                self._found[name] = next(_entries(data, self._key), None)
            except (NotYamlError, UnicodeDecodeError):
                self._found[name] = self._found.get(instead)
        return self._found[name]


def _entries(data: Value, key: str, owner: str = "") -> Iterator[Fields]:
    """The fields of each entry of that id, without the entries inside it and with the one that it stands in."""
    if isinstance(data, list):
        for one in data:
            yield from _entries(one, key, owner)
    elif isinstance(data, dict):
        own = data.get("id")
        if own == key:
            inside = {"municipality": owner} if owner else {}
            yield {**dict(flat({name: one for name, one in data.items() if not _holds_entries(one)})), **inside}
        for one in data.values():
            yield from _entries(one, key, own if isinstance(own, str) else owner)


def _holds_entries(value: Value) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and "id" in one for one in value)


def _unknown(key: str, root: Path) -> str:
    near = process.extract(
        key, _ids(root), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=NEAR, limit=FEW
    )
    proposed = f"; near are {', '.join(one for one, *_ in near)}" if near else ""
    return f"'{key}' is the id of no entry, now or earlier{proposed}"


def _ids(root: Path) -> list[str]:
    """The ids of the base as its files are now, as far as they can be read."""
    found: dict[str, None] = {}

    def walk(data: Any) -> None:
        if isinstance(data, dict) and isinstance(one := data.get("id"), str):
            found[one] = None
        for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            walk(each)

    for path in sorted((root / "data").rglob("*.yaml")):
        try:
            walk(parse(path.read_text("utf-8"))[0])
        except (OSError, UnicodeDecodeError, NotYamlError):
            continue
    return list(found)
