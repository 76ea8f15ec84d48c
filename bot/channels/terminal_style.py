"""Reply -> text with colour and clickable links, for a terminal that wants them; apart, for rich is slow to load."""

from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.channels.terminal_view import NARROWEST, Line, lines_of
from handlers.reply import Reply

_MARKERS = {"text": "dim", "source": "dim", "link": "cyan", "choice": "bold cyan"}


def styled(reply: Reply, width: int = 0, choices: int = 0) -> str:
    """The reply with the terminal's escape sequences, wrapped at `width` columns (0: 80); ends with a line end.

    Every text in it is cleaned first, and none is read as markup.
    """
    out = StringIO()
    console = Console(
        file=out, width=max(width or 80, NARROWEST), force_terminal=True, legacy_windows=False, highlight=False
    )
    for line in lines_of(reply, choices):
        for row in _rows(console, line):
            console.print(row)
    return out.getvalue()


def _rows(console: Console, line: Line) -> Iterator[Text]:
    """The line wrapped; the rows after the first are indented by the marker's width."""
    marker = Text(line.marker, style=_MARKERS[line.kind])
    for row in _text(line).wrap(console, console.width - len(marker), overflow="fold"):
        row.rstrip()
        yield Text.assemble(marker, row)
        marker = Text(" " * len(marker))


def _text(line: Line) -> Text:
    text = Text(style="dim" if line.kind == "source" else "")
    for span in line.spans:
        style = Style(bold=span.strong or None, link=span.url or None, color="cyan" if span.url else None)
        text.append(span.text, style)
        # Not every terminal can open a link behind a word, so a link of its own shows its address as well.
        if line.kind == "link" and span.url and span.url != span.text:
            text.append(" ")
            text.append(span.url, Style(dim=True, link=span.url))
    return text
