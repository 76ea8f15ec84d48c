"""Two states of the base, compared entry by entry and field by field; and whether an update tells of the difference."""

import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from knowledge.library import Library
from knowledge.loading import PARTS, UPDATES
from knowledge.model import Language
from knowledge.yamlfile import Fault, read_yaml

FILES = {
    "themes.yaml": "theme",
    "terms.yaml": "term",
    "organisations.yaml": "organisation",
    "documents.yaml": "document",
}
"""Files that list entries, and of which kind."""
NAMES = ("name", "short", "title", "text")
"""Fields that can name an entry, the best first."""
DIGEST = 12
"""Signs of a digest: enough that no edit gives the same by chance."""

Value = Any
"""What YAML makes of a field: text, number, list or mapping."""


class NoSuchState(Exception):
    """What the base shall be compared with is neither a folder with a base nor a revision that git knows."""


@dataclass(frozen=True)
class Raw:
    """One entry as its file has it, without its id and without the entries inside it."""

    kind: str
    municipality: str
    """Id of the municipality that it belongs to, "" where it belongs to none."""
    fields: dict[str, Value] = field(hash=False)
    """"summary.da" -> its value; of a list, the whole list."""

    def named(self, language: Language) -> str:
        """What it is called in a language, "" where nothing in it is a name."""
        keys = (key for name in NAMES for key in (f"{name}.{language}", name))
        return next((str(self.fields[key]) for key in keys if key in self.fields), "")


@dataclass(frozen=True)
class Difference:
    """One entry that only one of the states has, or that is not the same in both."""

    id: str
    how: Literal["added", "changed", "removed"]
    entry: Raw
    """As it is now; of a removed one, as it was."""
    fields: tuple[tuple[str, Value, Value], ...] = ()
    """Of a changed one: (field, before, now); None where the field is not there."""


def entries(root: Path) -> dict[str, Raw]:
    """Every entry of the base below `root` by its id; faults in the files are passed over, `vejviser check` has them.

    Not compared are the updates themselves, and what has no id: phrases, and the list of all Danish names.
    """
    found: dict[str, Raw] = {}
    for name, kind in FILES.items():
        for one in _list(read_yaml(root / "data" / name, name).data):
            found.update(_entry(one, kind))
    for path in sorted((root / "data" / "municipalities").glob("*.yaml")):
        found.update(_entry(read_yaml(path, path.name).data, "municipality"))
    return found


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _entry(value: Value, kind: str, owner: str = "") -> Iterator[tuple[str, Raw]]:
    """The entry and those inside it."""
    if not isinstance(value, dict) or not isinstance(key := value.get("id"), str):
        return
    place = key if kind == "municipality" else owner or str(value.get("municipality") or "")
    parts = PARTS if kind == "municipality" else {}
    own = {name: one for name, one in value.items() if name != "id" and name not in parts}
    inside = {"municipality": owner} if owner else {}
    yield key, Raw(kind, place, {**dict(flat(own)), **inside})
    for name, part in parts.items():
        for one in _list(value.get(name)):
            yield from _entry(one, part, key)


def flat(value: dict[str, Value], path: str = "") -> Iterator[tuple[str, Value]]:
    """ "summary.da" and its value, for each field of an entry."""
    for name, one in value.items():
        at = f"{path}{name}"
        if isinstance(one, dict):
            yield from flat(one, f"{at}.")
        else:
            yield at, one


def compare(before: dict[str, Raw], now: dict[str, Raw]) -> list[Difference]:
    """What differs, in the order of the files; what is gone comes last."""
    found = []
    for key, entry in now.items():
        if key not in before:
            found.append(Difference(key, "added", entry))
        elif differing := differing_fields(before[key].fields, entry.fields):
            found.append(Difference(key, "changed", entry, differing))
    found += [Difference(key, "removed", entry) for key, entry in before.items() if key not in now]
    return found


def differing_fields(before: dict[str, Value], now: dict[str, Value]) -> tuple[tuple[str, Value, Value], ...]:
    """(field, before, now) of each field that is not the same; None where it is not there."""
    names = dict.fromkeys([*before, *now])
    return tuple((name, before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name))


def entries_at(since: str, root: Path) -> dict[str, Raw]:
    """The entries of another state: of the base in the folder `since`, or of the one at `root` at a git revision.

    Raises NoSuchState.
    """
    if (folder := Path(since)).is_dir():
        if not (folder / "data").is_dir():
            raise NoSuchState(f"{since} holds no base: there is no folder 'data' in it")
        return entries(folder)
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{since}^{{commit}}").decode().strip()
    packed = _git(root, "archive", "--format=tar", commit, "data")
    with TemporaryDirectory() as unpacked, tarfile.open(fileobj=BytesIO(packed)) as tar:
        for member in tar:
            if content := tar.extractfile(member):
                path = Path(unpacked) / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
        return entries(Path(unpacked))


def _git(root: Path, *words: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise NoSuchState("git is not installed; name a folder with the earlier base instead") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoSuchState(f"no earlier base is found in git: {said[-1] if said else error.returncode}") from None


def digest(root: Path) -> str:
    """What tells two states of the base apart: the same for the same entries, however the files are laid out."""
    content = {key: [one.kind, one.fields] for key, one in entries(root).items()}
    text = dumps(content, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:DIGEST]


def untold(root: Path, library: Library) -> list[Fault]:
    """A warning where the base has changed since the newest update that knows the base's digest.

    Asked of updates.yaml and nothing else: that works in a copy without git, too, and before the change is committed.
    A base that has never told anything is not warned of.
    """
    if not library.updates:
        return []
    now = digest(root)
    newest = next((one for one in library.updates if one.base), None)
    if newest and newest.base == now:
        return []
    file = read_yaml(root / "data" / UPDATES, f"data/{UPDATES}")
    told = newest or library.updates[0]
    place = next(number for number, one in enumerate(file.data) if one["id"] == told.id)
    path = (place, "base") if newest else (place,)
    what = f"the base has changed since '{told.id}' was written" if newest else "no update knows the base's digest"
    return [
        file.fault(
            path,
            f"{what}: tell of it with an entry that `vejviser changes` drafts, or where nobody need be told, "
            f"write here base: {now}",
        )
    ]
