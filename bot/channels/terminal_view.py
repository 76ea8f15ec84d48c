"""Reply -> lines of plain text: what a pipe, a screen reader and a terminal without colour get."""

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from handlers.reply import Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from handlers.texts import say

NARROWEST = 20
"""Columns; a terminal that says it is narrower is not believed."""

Kind = Literal["text", "source", "link", "choice"]

Look = Callable[[Reply, int, int], str]
"""A whole reply as text for one kind of output: the reply, columns (0: any width), the first choice's number (0: none
is shown)."""

# A terminal obeys these wherever they stand in its output, so nothing of them may come from content.
_ESCAPE_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_LINE_ENDS = re.compile(r"\r\n|[\n\x0b\x0c\r\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Line:
    """One line before it is wrapped: a marker that later rows are indented by, cleaned spans, and how it is meant."""

    marker: str = ""
    spans: tuple[Span, ...] = ()
    kind: Kind = "text"


def clean(text: str) -> str:
    """`text` without anything that could drive a terminal or break its encoding; all line ends are "\\n".

    Gone are escape sequences, control characters and those that turn the reading direction; a lone
    surrogate becomes U+FFFD, a tab a space.
    """
    text = _LINE_ENDS.sub("\n", _ESCAPE_SEQUENCES.sub("", text)).replace("\t", " ")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def clean_address(url: str) -> str:
    """`url` without control characters and white space; "" where it is no http(s) address."""
    address = "".join(clean(url).split())
    return address if address.startswith(("http://", "https://")) else ""


def choices_of(reply: Reply) -> tuple[Button, ...]:
    """What can be pressed, in the order of its numbers from 1: the buttons, then the suggestions."""
    return reply.buttons + reply.suggestions


def lines_of(reply: Reply, choices: int = 0) -> list[Line]:
    """The reply line by line, an empty Line between its parts; the buttons at the end, numbered from `choices` on."""
    parts = [list(_block_lines(block)) for block in reply.blocks]
    parts.append([_link_line(link, reply.language) for link in reply.links])
    if choices:
        labels = [button.label for button in choices_of(reply)]
        width = len(str(choices + len(labels) - 1))
        parts.append([_line(f"{n:>{width}}  ", (Span(label),), "choice") for n, label in enumerate(labels, choices)])
    lines: list[Line] = []
    for part in filter(None, parts):
        lines += [Line(), *part] if lines else part
    return lines


def plain(reply: Reply, width: int = 0, choices: int = 0) -> str:
    """The reply as plain text that ends with a line end; links as `text <url>`.

    Lines are wrapped at `width` columns (0: not at all), but never within a word or an address.
    """
    return "".join(f"{row}\n" for line in lines_of(reply, choices) for row in _rows(line, width))


def _block_lines(block: Paragraph | Bullets | SourceLine) -> Iterator[Line]:
    match block:
        case Paragraph(spans):
            yield _line("", spans)
        case Bullets(items):
            yield from (_line("• ", item) for item in items)
        case SourceLine(text):
            yield _line("", (Span(text),), "source")


def _link_line(link: Link, language: str) -> Line:
    """A link of its own says what it leads to: few of them are the document itself."""
    title = say(language, f"terminal-link-{link.kind}", title=link.title)
    return _line("→ ", (Span(title, url=link.url),), "link")


def _line(marker: str, spans: tuple[Span, ...], kind: Kind = "text") -> Line:
    safe = tuple(Span(clean(span.text), span.strong, clean_address(span.url)) for span in spans)
    return Line(marker, safe, kind)


def _rows(line: Line, width: int) -> list[str]:
    indent = " " * len(line.marker)
    room = max(width, NARROWEST) - len(indent) if width else 0
    rows = [row for text in _text(line).split("\n") for row in _wrapped(text, room)]
    return [((indent if number else line.marker) + row).rstrip() for number, row in enumerate(rows)]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""] if width else [text]


def _text(line: Line) -> str:
    return "".join(_with_address(span) for span in line.spans)


def _with_address(span: Span) -> str:
    if not span.url or span.text == span.url:
        return span.text
    return f"{span.text} <{span.url}>"
