"""A pasted text or the text of a PDF -> headings, paragraphs and bullets, whole again where lines were broken."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "label", "bullet", "text"]

_SIGN = re.compile(r"^\s*[•●▪■◦‣·*–—\-\uf0b7\uf0a7\u25aa]\s*(?=\S)")
_NUMBER = re.compile(r"^\s*\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
_PAGE = re.compile(r"^\s*(?:(?:side|page)\s+)?\d{1,3}(?:\s*(?:/|af|of)\s*\d{1,3})?\s*$", re.IGNORECASE)
_LIGATURES_AND_SOFT = {"\u00ad": "", "\u200b": "", "\ufeff": ""}
TITLE = 100
"""A heading is no longer than this."""
REPEATED = 3
"""What stands so often as a line of its own is the head or the foot of a page."""


@dataclass(frozen=True)
class Block:
    """One piece of the text, with the heading it stands under ("": none) and, of a bullet, its number there."""

    kind: Kind
    text: str
    section: str = ""
    item: int = 0
    label: str = ""
    """The line that ends with a colon before it, such as "Our measures:"."""


def blocks(text: str, is_dated: Callable[[str], bool]) -> list[Block]:
    """The pieces of a text in their order. `is_dated`: whether a short line is a date and no heading."""
    for sign, instead in _LIGATURES_AND_SOFT.items():
        text = text.replace(sign, instead)
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    lines = [" ".join(one.split()) for one in text.split("\n")]
    counted = Counter(one for one in lines if one and not _bullet(one) and not _is_label(one))
    often = {one for one, times in counted.items() if times >= REPEATED}
    lines = [one for one in lines if not _PAGE.match(one) and one not in often]
    return list(_placed(_numbered(list(_joined(lines, is_dated)))))


def section_of(found: Sequence[Block], is_place: Callable[[str], str], place: str) -> tuple[list[Block], list[Block]]:
    """What the text says of one place, and what it says before any; all is of it where it is not told by places.

    `is_place` gives the name of the place that a heading is, "" where it is none.
    """
    starts = [
        (number, name) for number, one in enumerate(found) if one.kind == "heading" if (name := is_place(one.text))
    ]
    if len({name for _, name in starts}) < 2 or place not in {name for _, name in starts}:
        return list(found), []
    ends = [*(number for number, _ in starts[1:]), len(found)]
    own = [one for (first, name), last in zip(starts, ends, strict=True) if name == place for one in found[first:last]]
    return own, list(found[: starts[0][0]])


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    found, begin = [], 0
    for stop in re.finditer(r"[.!?][\"”’)]?\s+(?=[^\W\d_a-z]|\d{4})", text):
        before = text[begin : stop.start() + 1]
        if re.search(r"(\b\d{1,2}|\b[a-z]|\b(?:bl|f|mv|fx|ca|nr|pct|jf|inkl|m)\S{0,6})\.$", before, re.IGNORECASE):
            continue  # "10. Juni", "bl.a. Odense"
        found.append(text[begin : stop.end()].strip())
        begin = stop.end()
    return [*found, text[begin:].strip()] if text[begin:].strip() else found


def _bullet(line: str) -> bool:
    return bool(_SIGN.match(line) or _NUMBER.match(line))


def _joined(lines: Sequence[str], is_dated: Callable[[str], bool]) -> Iterator[Block]:
    """Pieces whose lines are put together again, without their places."""
    gathered: list[str] = []
    kind: Kind = "text"

    def done() -> Iterator[Block]:
        if gathered:
            yield Block(kind, _one_line(gathered))
        gathered.clear()

    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = next((one for one in lines[number + 1 :] if one), "")
        if not line:
            # A page may break within a sentence.
            if gathered and after and after[0].islower() and not _bullet(after) and gathered[-1][-1:] not in ".:;!?":
                continue
            yield from done()
            kind = "text"
        elif _bullet(line) and not is_dated(line):
            yield from done()
            kind = "bullet"
            gathered.append(line)
        elif is_dated(line):
            yield from done()
            yield Block("text", line)
            kind = "text"
        elif _is_label(line) and not gathered:
            yield Block("label", line)
        elif (not gathered or not before or gathered[-1][-1:] in ".:!?") and _is_heading(line, after, is_dated):
            yield from done()
            yield Block("heading", line)
            kind = "text"
        else:
            gathered.append(line)
    yield from done()


def _is_label(line: str) -> bool:
    return len(line) <= TITLE and line.endswith(":") and not _bullet(line)


def _is_heading(line: str, after: str, is_dated: Callable[[str], bool]) -> bool:
    """Whether a line by itself is a heading: short, with a capital or a number first, and no sentence."""
    if len(line) > TITLE or line[-1] in ".,;:!?)" or is_dated(line) or not (line[0].isupper() or line[0].isdigit()):
        return False
    return not after[:1].islower()


def _one_line(lines: Iterable[str]) -> str:
    whole = ""
    for line in lines:
        if whole.endswith("-") and line[:1].islower() and not re.match(r"(og|eller|and|or)\b", line):
            whole = whole[:-1] + line  # a word that was broken
        else:
            whole = f"{whole} {line}" if whole else line
    return whole


def _numbered(found: list[Block]) -> list[Block]:
    """The same: a number that begins a short line by itself, before a paragraph, is that of a heading."""
    made = []
    for number, one in enumerate(found):
        if one.kind == "bullet" and (begin := _NUMBER.match(one.text)):
            after = found[number + 1] if number + 1 < len(found) else None
            alone = after is not None and (after.kind != "bullet" or bool(_SIGN.match(after.text)))
            rest = one.text[begin.end() :]
            if alone and len(rest) <= TITLE and rest[-1] not in ".;,:" and not _followed(found, number):
                made.append(Block("heading", rest))
                continue
        made.append(one)
    return made


def _followed(found: Sequence[Block], number: int) -> bool:
    """Whether the piece is the last of several that are numbered, and so one of a list."""
    before = found[number - 1] if number else None
    return before is not None and before.kind == "bullet" and bool(_NUMBER.match(before.text))


def _placed(found: Iterable[Block]) -> Iterator[Block]:
    section = label = ""
    item = 0
    for one in found:
        if one.kind == "heading":
            section, label, item = one.text, "", 0
            yield one
        elif one.kind == "label":
            label = one.text
            yield replace(one, section=section)
        elif one.kind == "bullet":
            item += 1
            text = (_SIGN if _SIGN.match(one.text) else _NUMBER).sub("", one.text, count=1)
            yield replace(one, text=text, section=section, item=item, label=label)
        else:
            yield replace(one, section=section, label=label)
