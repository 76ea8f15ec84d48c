"""`vejviser check --fix`: mends what can be mended without reading it, in the lines as they stand.

Comments and layout stay. No edit is kept after which a file would read otherwise than meant, so what is laid out in a
way that is not foreseen here is left to the editor.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.checks.layout import DENMARK, SPACES, danish_order
from knowledge.checks.typography import typeset
from knowledge.model import LANGUAGES
from knowledge.yamltext import NotYamlError, parse


class Change(NamedTuple):
    """One edit that was made; `line` is where it was before."""

    file: str
    line: int
    what: str


class _Edit(NamedTuple):
    """A piece of the text, and what may stand there instead: the first that reads as meant."""

    start: int
    end: int
    instead: tuple[str, ...]
    what: str


def fix(root: Path) -> list[Change]:
    """Mends the files below `root`, and tells each edit. A file that is no YAML is left alone."""
    done: list[Change] = []
    for path in sorted([*root.glob("data/**/*.yaml"), *root.glob("phrases/*/*.yaml")]):
        name = path.relative_to(root).as_posix()
        before = path.read_bytes()
        try:
            text, changes = fixed(before.decode("utf-8"), name)
        except (UnicodeDecodeError, NotYamlError):
            continue
        if changes:
            path.write_bytes(text.encode("utf-8"))
            done += changes
    return done


def fixed(text: str, name: str) -> tuple[str, list[Change]]:
    """A file's text as mended, and each edit. Raises NotYamlError."""
    done: list[Change] = []
    for edits in (_spaces, _texts, _orders):
        # From the last to the first: an edit moves all that stands behind it.
        for edit in sorted(edits(text, name), reverse=True):
            meant = _settled(parse(text)[0], name)
            for instead in edit.instead:
                mended = text[: edit.start] + instead + text[edit.end :]
                if mended != text and _reads(mended, name) == meant:
                    done.append(Change(name, text.count("\n", 0, edit.start) + 1, edit.what))
                    text = mended
                    break
    return text, sorted(done)


def _reads(text: str, name: str) -> Any:
    try:
        return _settled(parse(text)[0], name)
    except NotYamlError:
        return None


def _settled(value: Any, name: str) -> Any:
    """What a file says, whatever marks and orders it says it in."""
    if not name.startswith("data/"):
        return value
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            return {key: typeset(one, key) if isinstance(one, str) else one for key, one in value.items()}
        return {
            key: sorted(one) if name == DENMARK and key == "municipalities" else _settled(one, name)
            for key, one in value.items()
        }
    return [_settled(one, name) for one in value] if isinstance(value, list) else value


def _spaces(text: str, _: str) -> Iterator[_Edit]:
    for found in SPACES.finditer(text):
        yield _Edit(found.start(), found.end(), ("",), "spaces at the end of the line taken out")


def _texts(text: str, name: str) -> Iterator[_Edit]:
    for node in _pairs(text, name):
        for key, value in node.value:
            if value.id != "scalar" or value.value == (better := typeset(value.value, key.value)):
                continue
            start, end = value.start_mark.index, value.end_mark.index
            doubled = better.replace("'", "''")
            written = {None: (better, f"'{doubled}'"), "'": (f"'{doubled}'",), '"': (f'"{better}"',)}.get(
                value.style or None, ()
            )
            if "\n" in text[start:end]:
                written = (typeset(text[start:end], key.value),)
            yield _Edit(start, end, written, "quotation marks or dashes set as in the rest of the base")


def _orders(text: str, name: str) -> Iterator[_Edit]:
    for node in _pairs(text, name):
        if [key.value for key, _ in node.value] == list(reversed(LANGUAGES)):
            pieces = [(key.start_mark.index, value.end_mark.index) for key, value in node.value]
            yield from _sorted(text, pieces, [1, 0], "Danish put before English")
    if name == DENMARK:
        for listed in _lists(parse(text)[1], "municipalities"):
            names = [one.value for one in listed.value]
            order = sorted(range(len(names)), key=lambda number: danish_order(names[number]))
            pieces = [(one.start_mark.index, one.end_mark.index) for one in listed.value]
            if order != sorted(order):
                yield from _sorted(text, pieces, order, "municipalities put in alphabetical order")


def _sorted(text: str, pieces: list[tuple[int, int]], order: list[int], what: str) -> Iterator[_Edit]:
    """Pieces of the text in another order; what stands between them stays, so where a comment does, nothing is done."""
    between = [text[end:start] for (_, end), (start, _) in pairwise(pieces)]
    rest_of_line = text[pieces[-1][1] :].partition("\n")[0]
    if any("#" in one for one in [*between, rest_of_line]):
        return
    moved = [text[slice(*pieces[number])] for number in order]
    mixed = "".join(one + gap for one, gap in zip(moved, [*between, ""], strict=True))
    yield _Edit(pieces[0][0], pieces[-1][1], (mixed,), what)


def _pairs(text: str, name: str) -> Iterator[Any]:
    """The nodes of all texts in Danish and English."""
    if name.startswith("data/"):
        for node in _nodes(parse(text)[1]):
            if node.id == "mapping" and node.value and {key.value for key, _ in node.value} <= set(LANGUAGES):
                yield node


def _lists(node: Any, key: str) -> Iterator[Any]:
    for one in _nodes(node):
        if one.id == "mapping":
            yield from (value for name, value in one.value if name.value == key and value.id == "sequence")


def _nodes(node: Any) -> Iterator[Any]:
    if node is None:
        return
    yield node
    if node.id != "scalar":
        for part in node.value:
            for one in part if node.id == "mapping" else (part,):
                yield from _nodes(one)
