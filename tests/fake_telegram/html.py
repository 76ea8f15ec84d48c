"""Telegram's HTML mode, read as its server reads it, with its words where it refuses; what it only guesses is refused.

Telegram takes a stray ">" or "&", an unknown entity or attribute, and a tag within itself; a bot means none of them.
"""

import functools
import re
from dataclasses import dataclass

from tests.fake_telegram.addresses import check_address
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.texts import units

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
"""What each tag makes of its text. Custom emoji and times are for bots that paid for them, and have none here."""
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ENTITIES = 100
"""Of more than these Telegram keeps the text, but not the look."""
_ENTITY = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-zA-Z]+);")
_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(frozen=True)
class Read:
    """A text as it is seen, and its entities as a message tells them."""

    text: str
    entities: tuple[tuple[tuple[str, str | int], ...], ...] = ()

    def told(self) -> list[dict[str, str | int]]:
        """The entities as the API tells them."""
        return [dict(one) for one in self.entities]


@dataclass
class _Open:
    tag: str
    at: int
    """In UTF-16 code units of the text that is seen."""
    address: str = ""


def parse_html(text: str) -> str:
    """The text that is seen. Raises Refused where Telegram's HTML mode has no reading, or where it only guesses one."""
    return read_html(text).text


@functools.lru_cache(maxsize=256)
def read_html(text: str) -> Read:
    """The text that is seen, with its entities. Raises Refused as `parse_html` does."""
    return _Reader(text).read()


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._seen: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[tuple[tuple[str, str | int], ...]] = []

    def read(self) -> Read:
        """All of it."""
        while self._at < len(self._text):
            if self._text[self._at] != "<":
                self._plain()
            elif self._text.startswith("/", self._at + 1):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        if len(self._entities) > ENTITIES:
            raise _unreadable(f"{len(self._entities)} entities, of which {ENTITIES} would be kept")
        return Read("".join(self._seen), tuple(sorted(self._entities, key=lambda one: (one[1][1], one[2][1]))))

    def _plain(self) -> None:
        one = self._text[self._at]
        if one == "&":
            one, self._at = _entity(self._text, self._at)
        elif one == ">":
            raise _unreadable(f"unescaped '>' at byte offset {self._bytes(self._at)}")
        else:
            self._at += 1
        self._seen.append(one)
        self._units += units(one)

    def _start_tag(self) -> None:
        begin = self._at
        offset = self._bytes(begin)
        found = self._take(_NAME, begin + 1)
        if self._at == len(self._text):
            raise _unreadable(f"Unclosed start tag at byte offset {offset}")
        tag = found.lower()
        if tag not in KINDS:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {offset}')
        attributes = self._attributes(tag, offset)
        if any(one.tag == tag for one in self._open):
            raise _unreadable(f"<{tag}> within <{tag}>")
        _check_attributes(tag, attributes, offset)
        self._open.append(_Open(tag, self._units, attributes.get("href", "")))

    def _attributes(self, tag: str, offset: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACE)
            if self._now() == ">":
                self._at += 1
                return attributes
            name = self._take(_ATTRIBUTE)
            if not name and self._at < len(self._text):
                raise _unreadable(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
            self._take(_SPACE)
            if self._now() == "=":
                self._at += 1
                attributes[name] = self._value()
            elif self._now():
                attributes[name] = ""
            if not self._now():
                raise _unreadable(f'Unclosed start tag "{tag}" at byte offset {offset}')

    def _value(self) -> str:
        self._take(_SPACE)
        quote = self._now()
        if quote not in ("'", '"'):
            begin = self._at
            token = self._take(_TOKEN)
            if self._now() and not self._now().isspace() and self._now() != ">":
                raise _unreadable(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return token.lower()
        self._at += 1
        value: list[str] = []
        while self._now() and self._now() != quote:
            one = self._now()
            if one == "&":
                one, self._at = _entity(self._text, self._at)
            elif one == "<":
                raise _unreadable(f"unescaped '<' at byte offset {self._bytes(self._at)}")
            else:
                self._at += 1
            value.append(one)
        self._at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._bytes(self._at)
        if not self._open:
            raise _unreadable(f"Unexpected end tag at byte offset {begin}")
        found = self._take(_NAME, self._at + 2)
        self._take(_SPACE)
        if self._now() != ">":
            raise _unreadable(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        last = self._open.pop()
        if found != last.tag:
            raise _unreadable(f'Unmatched end tag at byte offset {begin}, expected "</{last.tag}>", found "</{found}>"')
        if self._units > last.at:
            where: list[tuple[str, str | int]] = [
                ("type", KINDS[last.tag]), ("offset", last.at), ("length", self._units - last.at)
            ]  # fmt: skip
            self._entities.append(tuple(where + ([("url", last.address)] if last.address else [])))

    def _take(self, pattern: re.Pattern[str], start: int | None = None) -> str:
        found = pattern.match(self._text, self._at if start is None else start)
        assert found
        self._at = found.end()
        return found[0]

    def _now(self) -> str:
        return self._text[self._at : self._at + 1]

    def _bytes(self, at: int) -> int:
        return len(self._text[:at].encode("utf-8", "surrogatepass"))


def _entity(text: str, at: int) -> tuple[str, int]:
    """The character, and where it ends."""
    found = _ENTITY.match(text, at)
    if found is None:
        raise _unreadable(f"unescaped '&' at character {at}")
    name = found[1]
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
        if not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:
            raise _unreadable(f"no character has the number {number}")
        return chr(number), found.end()
    if name not in NAMED:
        raise _unreadable(f"unknown entity &{name};")
    return NAMED[name], found.end()


def _check_attributes(tag: str, attributes: dict[str, str], offset: int) -> None:
    if tag == "a" and set(attributes) == {"href"}:
        return check_address(attributes["href"])
    if tag == "span":
        if attributes != {"class": "tg-spoiler"}:
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        return None
    allowed = {"blockquote": {"expandable"}, "code": {"class"}}.get(tag, set())
    if tag == "a" or set(attributes) - allowed:
        raise _unreadable(f"wrong attributes {sorted(attributes)} of <{tag}>")
    return None


def _unreadable(why: str) -> Refused:
    return Refused(f"can't parse entities: {why}")
