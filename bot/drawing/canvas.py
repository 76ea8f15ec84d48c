"""Writes SVG: shapes and lines of text in a few paints, with the widths of words estimated so that nothing overlaps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Paint = Literal["ground", "ink", "faint", "line", "band", "mark", "on-mark", "past"]
Anchor = Literal["start", "middle", "end"]

LIGHT: dict[Paint, str] = {
    "ground": "#ffffff",
    "ink": "#1a2230",
    "faint": "#56606f",
    "line": "#d3d9e2",
    "band": "#eef2f7",
    "mark": "#0b5394",
    "on-mark": "#ffffff",
    "past": "#8a5a00",
}
DARK: dict[Paint, str] = {
    "ground": "#141a22",
    "ink": "#eef2f7",
    "faint": "#a9b4c2",
    "line": "#38424f",
    "band": "#1f2833",
    "mark": "#7cb8f2",
    "on-mark": "#0d1621",
    "past": "#e5b354",
}
"""The paints on a light and on a dark page; each stands out from the ground by its lightness, not by its hue alone."""
PREFIX = "vv-"
"""Before the name of each paint in the classes of a drawing."""
FONT = "Source Sans 3"
FAMILY = f"'{FONT}', system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
SEMIBOLD = 600
LINE = 1.25
"""From one line of text to the next, in heights of the letters."""
WIDTH, LEFT, RIGHT = 1080, 40, 1040
INNER = RIGHT - LEFT
TEXT_ROOM = 980
"""How long a line of running text may be: on a page, the reader's own font may be some percent wider than ours."""
TITLE, BODY, SMALL = 56, 36, 32
"""Heights of letters: on a phone, which shows the picture a third as wide, the small ones are as in its own texts."""

_WIDTHS = (
    (0.22, " "),
    (0.29, "ijlI.,:;'’‘·|"),
    (0.36, 'frt-()!/„“”"'),
    (0.48, "csz?vxyJ–"),
    (0.55, "aegkFLYESTVXZ0123456789äéåÉ"),
    (0.60, "bdhnpquBCKPRöüøÅÖ"),
    (0.70, "DGHNOQU&Ø"),
    (0.86, "mwMW—%…æÆ"),
)
"""Width in heights of the letters -> characters: those of the font's semibold, and a little more, for a page on which
the drawing is shown in the reader's own font."""
_WIDTH_OF = {letter: width for width, letters in _WIDTHS for letter in letters}
_WIDEST = 1.0
_REGULAR = 0.94
"""How wide the font's regular letters are, beside its semibold."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def width_of(text: str, size: float, strong: bool = False) -> float:
    """About how wide the text is, and hardly ever less."""
    return size * sum(_WIDTH_OF.get(one, _WIDEST) for one in text) * (1 if strong else _REGULAR)


def wrapped(text: str, size: float, room: float, strong: bool = False) -> list[str]:
    """The text in lines that fit; a word too long for one is broken."""
    lines: list[str] = []
    size = size if strong else size * _REGULAR
    for word in text.split():
        for piece in _pieces(word, size, room):
            longer = f"{lines[-1]} {piece.text}" if lines and not piece.broken else ""
            if longer and width_of(longer, size, True) <= room:
                lines[-1] = longer
            else:
                lines.append(piece.text)
    return lines or [""]


@dataclass(frozen=True)
class _Piece:
    text: str
    broken: bool = False
    """Whether it is the rest of a word, which begins a line of its own."""


def _pieces(word: str, size: float, room: float) -> Iterable[_Piece]:
    broken = False
    while width_of(word, size, True) > room and len(word) > 1:
        head = len(word) - 1
        while head > 1 and width_of(f"{word[:head]}-", size, True) > room:
            head -= 1
        hyphen = word.rfind("-", 1, head)  # better broken where it has a hyphen of its own
        head, mark = (hyphen + 1, "") if hyphen > 0 else (head, "-")
        yield _Piece(f"{word[:head]}{mark}", broken)
        word, broken = word[head:], True
    yield _Piece(word, broken)


def stylesheet() -> str:
    """The paints as CSS, for a page that shows drawings inline: in it they follow the reader's light or dark."""
    light, dark = (_rules(paints) for paints in (LIGHT, DARK))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _rules(paints: dict[Paint, str]) -> str:
    return "\n".join(
        f".{PREFIX}{name} {{ fill: {colour} }}\n.{PREFIX}{name}-line {{ stroke: {colour} }}"
        for name, colour in paints.items()
    )


class Canvas:
    """Collects shapes; `svg` gives the whole drawing. Lengths are in pixels of a picture `WIDTH` wide.

    The colours are those of a light page; each shape has a class besides, so that a page can give it others.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        paint: Paint = "ink",
        strong: bool = False,
        anchor: Anchor = "start",
        turned: float = 0,
    ) -> None:
        """One line of text; `y` is where its letters stand, `turned` is in degrees around that point."""
        weight = f' font-weight="{SEMIBOLD}"' if strong else ""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        turn = f' transform="rotate({_n(turned)} {_n(x)} {_n(y)})"' if turned else ""
        words = escape(_NOT_XML.sub("", text))
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{weight}{where}{turn}{_filled(paint)}>{words}</text>'
        )

    def box(self, x: float, y: float, width: float, height: float, paint: Paint, *, round_by: float = 0) -> None:
        """A filled rectangle."""
        rounded = f' rx="{_n(round_by)}"' if round_by else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{rounded}{_filled(paint)}/>'
        )

    def frame(self, x: float, y: float, width: float, height: float, paint: Paint, *, dashed: bool = False) -> None:
        """The outline of a rectangle."""
        points = f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z"
        self._path(points, paint, 3, dashed)

    def line(
        self, x: float, y: float, to_x: float, to_y: float, paint: Paint, *, thick: float = 2, dashed: bool = False
    ) -> None:
        """A straight line."""
        self._path(f"M{_n(x)} {_n(y)}L{_n(to_x)} {_n(to_y)}", paint, thick, dashed)

    def hatching(self, x: float, y: float, width: float, height: float, paint: Paint, *, every: float = 14) -> None:
        """Slanting lines across a rectangle."""
        strokes = []
        at = every / 2 - height
        while at < width:
            left, right = max(at, 0.0), min(at + height, width)
            foot, head = y + height - (left - at), y + height - (right - at)
            strokes.append(f"M{_n(x + left)} {_n(foot)}L{_n(x + right)} {_n(head)}")
            at += every
        self._path("".join(strokes), paint, 2.5, False)

    def disc(self, x: float, y: float, radius: float, paint: Paint) -> None:
        """A filled circle around a point."""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_filled(paint)}/>')

    def svg(self, height: float, alt: str) -> str:
        """The drawing as SVG, `height` pixels high; `alt` says to those who cannot see it what it shows."""
        size = f"0 0 {WIDTH} {_n(height)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" width="{WIDTH}" height="{_n(height)}"'
            f' role="img" aria-label={quoteattr(_NOT_XML.sub("", alt))} font-family="{FAMILY}">'
            f'<rect width="{WIDTH}" height="{_n(height)}"{_filled("ground")}/>{"".join(self._parts)}</svg>'
        )

    def _path(self, points: str, paint: Paint, thick: float, dashed: bool) -> None:
        dashes = f' stroke-dasharray="{_n(3 * thick)} {_n(2.5 * thick)}"' if dashed else ""
        self._parts.append(
            f'<path d="{points}" fill="none" stroke-width="{_n(thick)}"{dashes}'
            f' stroke="{LIGHT[paint]}" class="{PREFIX}{paint}-line"/>'
        )


def _filled(paint: Paint) -> str:
    return f' fill="{LIGHT[paint]}" class="{PREFIX}{paint}"'


def _n(number: float) -> str:
    """A length with no more digits than can be seen."""
    return f"{number:.1f}".removesuffix(".0")
