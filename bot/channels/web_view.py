"""What a reply looks like on a page: pure, a plain value that the templates put into HTML and escape."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.channels.terminal_view import clean, clean_address
from bot.drawing.page import svg_of
from handlers.picture import Picture, Table
from handlers.reply import Block, Bullets, Button, File, Paragraph, Reply, SourceLine, Span
from handlers.texts import say

_DAY = re.compile(r"(?<=\b\d\.) (?=[a-zæøå])|(?<=\b\d\d\.) (?=[a-zæøå])|(?<=\b\d) (?=[A-Z][a-z]+ \d{4}\b)")

Kind = Literal["paragraph", "bullets", "source"]


@dataclass(frozen=True)
class Part:
    """One block: of a paragraph `lines` has one, of a list one for each point, of a source line one."""

    kind: Kind
    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A picture: as SVG with its words in it, and the same as a table."""

    svg: str
    """Markup that stands on the page as it is: what the picture says is escaped in it."""
    title: str
    unfold: str
    """Says that the table can be seen."""
    table: Table
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Anchor:
    """A link as it stands on a page."""

    label: str
    url: str


@dataclass(frozen=True)
class Press:
    """A button: its label and the value of the form's field `press`, from which `pressed` reads it back."""

    label: str
    value: str


@dataclass(frozen=True)
class Download:
    """A file to keep. Where it is about a person the page itself carries it, so nothing of it stays on the server."""

    name: str
    address: str


@dataclass(frozen=True)
class Shown:
    """One turn on a page: what was asked, and the reply."""

    asked: str
    language: str
    parts: tuple[Part | Drawing, ...]
    links: tuple[Anchor, ...] = ()
    pages: tuple[Anchor, ...] = ()
    """Pages of our own on what the reply is about."""
    buttons: tuple[Press, ...] = ()
    suggestions: tuple[Press, ...] = ()
    judge: tuple[Press, ...] = ()
    downloads: tuple[Download, ...] = ()


def shown(reply: Reply, asked: str = "", pages: Iterable[Anchor] = (), printed: str = "") -> Shown:
    """The reply as a page shows it; an address that is no http(s) address becomes words, never a link.

    `printed` is where the reply's paper can be had as a PDF.
    """
    links = []
    for link in reply.links:
        label = say(reply.language, f"web-link-{link.kind}", title=clean(link.title))
        links.append(Anchor(label, clean_address(link.url)))
    return Shown(
        clean(asked),
        reply.language,
        tuple(_part(block, reply.language) for block in reply.blocks),
        tuple(links),
        tuple(pages),
        tuple(_press(one) for one in reply.buttons),
        tuple(_press(one) for one in reply.suggestions),
        tuple(_press(one) for one in reply.judge),
        (
            *([_download(reply.file)] if reply.file else []),
            *([Download(f"{reply.paper.name}.pdf", printed)] if reply.paper and printed else []),
        ),
    )


def drawing(picture: Picture, language: str) -> Drawing:
    """The picture as a page shows it."""
    head, *rows = [tuple(clean(cell) for cell in row) for row in (picture.table.head, *picture.table.rows)]
    # Nothing that is cleaned away is markup of the drawing.
    return Drawing(clean(svg_of(picture)), clean(picture.title), say(language, "web-table"), Table(head, tuple(rows)))


def typeset(text: str) -> str:
    """The text with no line end between a day and its month: "4. september", "4 September"."""
    return _DAY.sub("\u00a0", text)


def pressed(value: str) -> tuple[str, str]:
    """Action and label of a pressed button; no action has a space in it."""
    action, _, label = value.partition(" ")
    return action, label


def _part(block: Block, language: str) -> Part | Drawing:
    match block:
        case Paragraph(spans):
            return Part("paragraph", (_spans(spans),))
        case Bullets(items):
            return Part("bullets", tuple(_spans(item) for item in items))
        case SourceLine(text):
            return Part("source", (_spans((Span(text),)),))
        case Picture():
            return drawing(block, language)


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(Span(clean(span.text), span.strong, clean_address(span.url)) for span in spans)


def _press(button: Button) -> Press:
    label = clean(button.label)
    return Press(label, f"{button.action} {label}")


def _download(file: File) -> Download:
    return Download(file.name, f"data:application/octet-stream;base64,{b64encode(file.content).decode()}")
