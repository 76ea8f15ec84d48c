"""What a reply looks like in Telegram: pure, so that every message can be checked without a network."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from pydantic import HttpUrl, TypeAdapter, ValidationError
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.paper import Paper
from handlers.picture import Picture
from handlers.reply import Block, Bullets, Button, File, Link, Paragraph, Reply, SourceLine, Span, opening
from handlers.texts import say

TEXT_UNITS = 4096
"""Longest text of one message, in UTF-16 code units, markup not counted."""
CAPTION_UNITS = 1024
"""The same under a picture."""
DATA_BYTES = 64
"""Longest callback data of a button, in bytes of UTF-8."""
KEYBOARD_BUTTONS = 100
"""Most buttons under one message."""
IN_PLACE = "="
"""Before the action of a button whose answer takes the place of the message: no action begins with it."""
SHARED_WORDS = 100
"""How many letters of an answer go with its link."""
POSTED_LINKS = 8
ROW_BUTTONS = 3
ROW_LETTERS = 26
"""Labels that together are no longer stand side by side: on a narrow phone about this much is shown."""

# Control characters and halves of surrogate pairs make the API refuse the message; the others it drops by itself,
# which would leave a message shorter than counted, or empty.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ufffe\uffff]")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")
_ENDS_SENTENCE = ".!?\u2026"
_CLOSES_QUOTE = "\"')\\]\u00bb\u201d\u2019"
_BREAKS = (
    (re.compile(r"\n\n"), 2),
    (re.compile(r"\n"), 1),
    (re.compile(rf"(?<=[{_ENDS_SENTENCE}])\s|(?<=[{_ENDS_SENTENCE}][{_CLOSES_QUOTE}])\s"), 1),
    (re.compile(r"\s"), 1),
)
"""Where to break a text, best first (blocks, points, sentences, words), and how many characters the break is wide."""
_LONGEST_CLUSTER = 64
_HTTP = TypeAdapter(HttpUrl)


@dataclass(frozen=True)
class Message:
    """One message: text in Telegram's HTML mode, maybe under a picture, and buttons; or a file and nothing else."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    file: File | Paper | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class _Run:
    """Text of one look; `before` and `after` are its tags."""

    text: str
    before: str = ""
    after: str = ""


class Keyboard(InlineKeyboardMarkup):
    """Buttons that are links or actions, as all of ours are: the library asks each for each thing that it could be."""

    __slots__ = ()

    def to_dict(self, recursive: bool = True) -> dict[str, Any]:
        """What Telegram is told; always with all that is in it."""
        return {"inline_keyboard": [[_told(one) for one in row] for row in self.inline_keyboard]}


def _told(button: InlineKeyboardButton) -> dict[str, object]:
    what = {"url": button.url} if button.url else {"callback_data": button.callback_data}
    return {"text": button.text, **what}


def messages(reply: Reply, bot: str = "") -> tuple[Message, ...]:
    """The reply as one or more messages, in the order to send.

    The first has the picture, with as much of the text as goes under one; buttons are under the last text; files come
    last. `bot`: the username of the bot, for a button that passes the answer on.
    """
    keyboard, leftover = _keyboard(reply, bot)
    blocks = [*(_block(one) for one in reply.blocks), *leftover]
    picture = next((one for one in reply.blocks if isinstance(one, Picture)), None)
    pieces = _split(_joined(blocks), CAPTION_UNITS if picture else TEXT_UNITS)
    pieces = pieces or [html.escape(say(reply.language, "telegram-nothing"), quote=False)]
    files = [Message("", file=one) for one in (reply.file, reply.paper) if one]
    texts = [Message(piece) for piece in pieces]
    texts[-1] = replace(texts[-1], keyboard=keyboard)
    texts[0] = replace(texts[0], picture=picture)
    return (*texts, *files)


def plain_message(text: str) -> Message:
    """A line of the channel's own."""
    return Message(html.escape(_clean(text), quote=False))


def posted_message(reply: Reply, bot: str) -> Message:
    """The reply as one message that people post by way of the bot: with its source, and the way to ask further.

    Its source lines are whole where the rest has to be cut; it has links alone, for who presses is not the bot's guest.
    """
    sources = _joined(_block(one) for one in reply.blocks if isinstance(one, SourceLine))
    rest = _joined(_block(one) for one in reply.blocks if not isinstance(one, SourceLine))
    room = TEXT_UNITS - sum(len(run.text.encode("utf-16-le")) // 2 for run in sources) - len("\n\n")
    parts = (*_split(rest, room)[:1], *_split(sources)[:1])
    links, _ = _keyboard(replace(reply, links=reply.links[:POSTED_LINKS], buttons=(), suggestions=()), "")
    further = InlineKeyboardButton(say(reply.language, "telegram-ask-further"), url=deep_link(bot, reply.link))
    return Message("\n\n".join(parts), InlineKeyboardMarkup((*(links.inline_keyboard if links else ()), (further,))))


def deep_link(bot: str, payload: str) -> str:
    """The address that opens the bot and asks what the payload says."""
    return f"https://t.me/{bot}?start={payload}"


@lru_cache(maxsize=1_024)
def web_address(url: str) -> str:
    """The address as a button can carry it (ASCII, http or https, a host with a dot), or "" if it is none."""
    try:
        address = _HTTP.validate_python(_clean(url).strip())
    except ValidationError:
        return ""
    host = (address.host or "").strip(".")
    dotted = "." in host and ".." not in host
    return str(address) if dotted and not address.username and not address.password else ""


def _clean(text: str) -> str:
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # nearly always
        return text
    # Composed first: Telegram drops a combining ring, which would turn a decomposed a-ring into a plain a.
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _REFUSED.sub("", text.replace("\t", " "))


def _visible(text: str) -> bool:
    if text[:1].isalnum() and text[0] not in _BLANK:  # nearly always
        return True
    return any(unicodedata.category(one)[0] not in "CZ" and one not in _BLANK and not _combines(one) for one in text)


@lru_cache(maxsize=4_096)
def _label(text: str) -> str:
    label = " ".join(_clean(text).split())
    return label if _visible(label) else ""


def _block(block: Block) -> list[_Run]:
    match block:
        case Paragraph(spans):
            return _spans(spans)
        case Bullets(items):
            points = [runs for item in items if _shown(runs := _spans(item))]
            return [run for number, runs in enumerate(points) for run in (_bullet(number), *runs)]
        case SourceLine(text):
            return [_Run(_clean(text), "<i>", "</i>")]
        case Picture(alt=alt):
            return [_Run(_clean(alt))]


def _bullet(number: int) -> _Run:
    return _Run("\n• " if number else "• ")


def _spans(spans: Iterable[Span]) -> list[_Run]:
    return [run for span in spans for run in _span(span)]


def _span(span: Span) -> Iterator[_Run]:
    address = web_address(span.url)
    before, after = ("<b>", "</b>") if span.strong else ("", "")
    if address:
        before, after = f'<a href="{html.escape(address)}">{before}', f"{after}</a>"
    yield _Run(_clean(span.text), before, after)
    if span.url.strip() and not address:
        # A link that Telegram would refuse becomes words.
        yield _Run(f" ({_clean(span.url)})")


def _shown(runs: Iterable[_Run]) -> bool:
    return any(_visible(run.text) for run in runs)


def _joined(blocks: Iterable[list[_Run]]) -> list[_Run]:
    joined: list[_Run] = []
    for runs in blocks:
        if _shown(runs):
            joined += [_Run("\n\n"), *runs] if joined else runs
    return joined


def _split(runs: list[_Run], first: int = TEXT_UNITS) -> list[str]:
    """The runs as HTML, cut into pieces that each fit a message; a piece in which nothing is to be seen is left out.

    `first`: units that the first piece may have.
    """
    text = "".join(run.text for run in runs)
    pieces: list[str] = []
    start = 0
    while (start := _after_space(text, start)) < len(text):
        end = _cut(text, start, _reach(text, start, TEXT_UNITS if pieces else first))
        if _visible(text[start:end]):
            pieces.append(_html(runs, start, start + len(text[start:end].rstrip())))
        start = end
    return pieces


def _after_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _reach(text: str, start: int, most: int) -> int:
    """The furthest end of a piece of at most so many units."""
    units = text[start : start + most].encode("utf-16-le")[: 2 * most]
    return start + len(units.decode("utf-16-le", "ignore"))


def _cut(text: str, start: int, end: int) -> int:
    """The best place between `start` and `end` to break; `text[start]` is no space."""
    if end == len(text):
        return end
    for pattern, width in _BREAKS:
        found = [one.start() for one in pattern.finditer(text, start + 1, end + width)]
        if found:
            return found[-1]
    return _between_characters(text, start, end)


def _between_characters(text: str, start: int, end: int) -> int:
    # What is seen as one character (a letter with accents, a family of emoji) stays whole, unless it has no end.
    cut = end
    while cut > max(start + 1, end - _LONGEST_CLUSTER):
        if not _combines(text[cut]) and text[cut - 1] != "\u200d":
            return cut
        cut -= 1
    return end


def _combines(character: str) -> bool:
    skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return skin_tone or character == "\u200d" or unicodedata.category(character) in ("Mn", "Me")


def _html(runs: Iterable[_Run], start: int, end: int) -> str:
    parts = []
    at = 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            parts.append(f"{run.before}{html.escape(text, quote=False)}{run.after}")
        at += len(run.text)
    return "".join(parts)


def _keyboard(reply: Reply, bot: str) -> tuple[InlineKeyboardMarkup | None, list[list[_Run]]]:
    """The rows of buttons, and as blocks of text what cannot be a button: never silence."""
    leftover: list[list[_Run]] = []
    links: list[InlineKeyboardButton] = []
    for link in reply.links:
        address = web_address(link.url)
        if address and len(links) < KEYBOARD_BUTTONS:
            links.append(_link(_link_label(reply.language, link, address), address))
        else:
            leftover.append([_Run(f"{_link_label(reply.language, link, link.url)}: {_clean(link.url)}")])
    rows = [[link] for link in links]
    shared = [[_share_button(reply, bot)]] if bot and reply.link and len(links) < KEYBOARD_BUTTONS else []
    room = KEYBOARD_BUTTONS - len(links) - len(shared)
    for group in (reply.buttons, reply.suggestions):
        fit = [one for one in group if _pressable(one)][:room]
        room -= len(fit)
        rows += _rows(fit)
        words = [one.label for one in group if one not in fit]
        leftover += [_block(Bullets(tuple((Span(label),) for label in words)))] if words else []
    rows += shared
    rows += _rows(reply.judge) if len(reply.judge) <= room else []
    return Keyboard(rows) if rows else None, leftover


def _share_button(reply: Reply, bot: str) -> InlineKeyboardButton:
    """Opens Telegram's own choice of chats, with a link to the same answer and its first words."""
    words = _clean(opening(reply, SHARED_WORDS))
    asked = f"url={quote(deep_link(bot, reply.link), '')}&text={quote(words, '')}"
    return InlineKeyboardButton(say(reply.language, "telegram-share"), url=f"https://t.me/share/url?{asked}")


def _link_label(language: str, link: Link, address: str) -> str:
    return say(language, f"telegram-link-{link.kind}", title=_label(link.title) or _label(address))


def _pressable(button: Button) -> bool:
    data = button.action.encode("utf-8", "replace")
    return bool(_label(button.label)) and 1 <= len(data) <= DATA_BYTES and not _REFUSED.search(button.action)


def _data(button: Button) -> str:
    marked = IN_PLACE + button.action
    # One that would be too long with the mark is answered by a new message.
    return marked if button.in_place and len(marked.encode()) <= DATA_BYTES else button.action


def _rows(buttons: Iterable[Button]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    letters = 0
    for button in buttons:
        label = _label(button.label)
        letters += len(label)
        if not rows or letters > ROW_LETTERS or len(rows[-1]) == ROW_BUTTONS:
            rows.append([])
            letters = len(label)
        rows[-1].append(_action(label, _data(button)))
    return rows


@lru_cache(maxsize=4_096)
def _action(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


@lru_cache(maxsize=1_024)
def _link(label: str, address: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, url=address)
