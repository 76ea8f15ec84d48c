"""What a handler gives back: structure, not markup - every channel turns the same value into its own pixels."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from handlers.memory import Change
from handlers.paper import Paper
from handlers.picture import Picture, spoken_rows

LinkKind = Literal["document", "page", "search"]
Status = Literal["answered", "clarify", "unknown"]


@dataclass(frozen=True)
class Span:
    """A run of text: plain, strong, or a link where `url` is set."""

    text: str
    strong: bool = False
    url: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class SourceLine:
    """Where the answer is from and how old that is; channels show it smaller or dimmed."""

    text: str


Block = Paragraph | Bullets | SourceLine | Picture


@dataclass(frozen=True)
class Link:
    """An address, and what stands there: the document itself, a page that holds it, or only a search for it."""

    title: str
    url: str
    kind: LinkKind


@dataclass(frozen=True)
class Button:
    """Something to press. `action` is a payload of `handlers.actions`; the label says it in full words."""

    label: str
    action: str
    in_place: bool = False
    """Whether the answer takes the place of the one that the button is under: the next page, the next step."""


@dataclass(frozen=True)
class About:
    """What the answer carries, for programs: the fields of the answer contract, as ids of the base."""

    status: Status
    intent: str
    confidence: float = 1.0
    municipalities: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reply:
    """One answer. `suggestions` are questions that can be asked next: pressing one is the same as typing its label."""

    language: str
    blocks: tuple[Block, ...]
    about: About
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    suggestions: tuple[Button, ...] = ()
    judge: tuple[Button, ...] = ()
    """Buttons that say whether the answer helped."""
    changes: tuple[Change, ...] = ()
    """What is to be changed of what is kept of the chat, together with its session."""
    file: File | None = None
    paper: Paper | None = None
    """A page to hand over as a PDF; the bot prints it."""
    link: str = ""
    """The payload with which others get the same answer; "": there is none."""


def joined(one: Reply, other: Reply) -> Reply:
    """The answers to two questions of one message as one reply; what both have is in it once."""
    sources = [block for block in other.blocks if isinstance(block, SourceLine)]
    first = tuple(block for block in one.blocks if block not in sources)
    return replace(
        one,
        blocks=(*first, *other.blocks),
        about=replace(
            one.about,
            municipalities=_each(one.about.municipalities, other.about.municipalities),
            strategies=_each(one.about.strategies, other.about.strategies),
            themes=_each(one.about.themes, other.about.themes),
            initiatives=_each(one.about.initiatives, other.about.initiatives),
            documents=_each(one.about.documents, other.about.documents),
        ),
        links=tuple({link.url: link for link in (*one.links, *other.links)}.values()),
        buttons=tuple({button.action: button for button in (*one.buttons, *other.buttons)}.values()),
        suggestions=tuple({each.action: each for each in (*one.suggestions, *other.suggestions)}.values())[:3],
        changes=(*one.changes, *other.changes),
        file=one.file or other.file,
        paper=one.paper or other.paper,
        link="",
    )


def _each(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def plain_text(spans: tuple[Span, ...]) -> str:
    """The spans as text without markup; a link's address is left to `Reply.links`."""
    return "".join(span.text for span in spans)


def introduced(reply: Reply) -> tuple[str, ...]:
    """The suggestions that the reply's last words announce ("for example:"), where nothing can be pressed."""
    last = reply.blocks[-1] if reply.blocks else None
    announces = isinstance(last, Paragraph) and plain_text(last.spans).endswith(":")
    return tuple(button.label for button in reply.suggestions) if announces else ()


def opening(reply: Reply, letters: int) -> str:
    """The first words of the answer on one line, as a glimpse of it; its source is no part of that."""
    words = ""
    for text in _texts(reply, SourceLine):
        words = " ".join((*words.split(), *text.split()))
        if len(words) > letters:
            break
    else:
        return words
    # textwrap's shorten takes longer than all the rest of a message's buttons.
    return f"{words[: letters - 1].rpartition(' ')[0] or words[: letters - 2]} …"


def reply_text(reply: Reply) -> str:
    """The whole answer as plain text: paragraphs apart by a blank line, points on lines of their own."""
    return "\n\n".join(_texts(reply))


def _texts(reply: Reply, but: type[Block] | tuple[()] = ()) -> Iterator[str]:
    """The plain text of one block after the other, those of a kind left out."""
    for block in reply.blocks:
        if isinstance(block, but):
            continue
        match block:
            case Paragraph(spans):
                yield plain_text(spans)
            case Bullets(items):
                yield "\n".join(f"• {plain_text(item)}" for item in items)
            case SourceLine(text):
                yield text
            case Picture(alt=alt, table=table):
                yield alt
                yield "\n".join(f"• {row}" for row in spoken_rows(table))
    if examples := introduced(reply):
        yield "\n".join(f"• {one}" for one in examples)
