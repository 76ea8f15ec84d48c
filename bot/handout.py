"""`vejviser brief`: a municipality or a theme on one page, as a PDF file."""

import sys
from pathlib import Path

from bot.channels.terminal_view import clean
from bot.printing import pdf_file
from handlers.actions import decode
from handlers.brief import paper
from handlers.dialogue import Dialogue
from handlers.paper import Paper
from handlers.texts import listed, say
from handlers.turn import Turn
from knowledge.model import LANGUAGES
from knowledge.query import Query

STANDARD_OUTPUT = Path("-")


def page_on(dialogue: Dialogue, name: str, language: str = "") -> Paper | None:
    """The page on what is named, by its id or in words; None where the base has no such municipality or theme.

    `language` "": the one that the name is in.
    """
    query = decode(f"brief_{name}", dialogue.library)
    found = dialogue.understander.understand(name)
    if query is None and found.query:
        query = Query("brief", found.query.municipalities, found.query.topics)
    return paper(Turn(dialogue.library, query, language or found.language, dialogue.today())) if query else None


def nothing_on(dialogue: Dialogue, name: str, language: str = "") -> str:
    """That there is no page on it, and what there are pages on."""
    spoken = language or LANGUAGES[0]
    library = dialogue.library
    return say(
        spoken,
        "brief-unknown",
        name=name,
        places=listed(spoken, [one.short[spoken] for one in library.municipalities.values()]),
        themes=listed(spoken, [one.name[spoken] for one in library.themes.values()]),
    )


def write_page(page: Paper, output: Path | None) -> str:
    """Writes it to `output`; without one, to a new file here. A line that tells where it is, "" where it is seen.

    Raises OSError where it cannot be written, and where no file is named and there is one already.
    """
    file = pdf_file(page)
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(file.content)
        return ""
    path = output or Path(file.name)
    with open(path, "wb" if output else "xb") as out:
        out.write(file.content)
    return say(page.language, "terminal-file", path=clean(str(path)))
