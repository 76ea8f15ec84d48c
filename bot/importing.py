"""`vejviser import`: reads a strategy from a text or a PDF and drafts the entries that a person then corrects."""

import sys
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from knowledge.draftfile import written
from knowledge.drafting import Drafter, cues
from knowledge.guessing import Guesser
from knowledge.library import Library
from knowledge.loading import load_vocabulary
from knowledge.official import NoSuchPlace, held, official
from knowledge.phrases import load_phrases

STANDARD_INPUT = Path("-")


class NotDrafted(Exception):
    """No draft is made; the text says why."""


def draft(file: Path, municipality: str, root: Path, output: Path | None = None, today: date | None = None) -> str:
    """The draft of what the file says of a municipality, as YAML. `output`: where it is to be kept.

    Raises NotDrafted, KnowledgeError and OSError.
    """
    if output and (root / "data").resolve() in output.resolve().parents:
        raise NotDrafted(f"{output} is in the base: keep a draft elsewhere until it is read")
    text = text_of(file)
    knowledge = load_vocabulary(root)
    try:
        short = official(municipality, knowledge.denmark)
    except NoSuchPlace as error:
        raise NotDrafted(str(error)) from None
    there = held(root).get(short)
    guesser = Guesser(Library(knowledge), load_phrases(root), cues()["with"])
    drafter = Drafter(guesser, short, there.name if there else f"{short} Kommune")
    found = drafter.draft(text, [name for region in knowledge.denmark.regions for name in region.municipalities])
    if not (found.initiatives or found.goals or found.strategies):
        raise NotDrafted(f"nothing in {file} looks like a strategy, a goal or an initiative")
    return written(found, file.name if file != STANDARD_INPUT else "standard input", today or date.today())


def text_of(file: Path) -> str:
    """The text of a file, of a PDF, or of standard input. Raises NotDrafted where there is none."""
    content = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    text = _pdf_text(content, file) if content.startswith(b"%PDF") else _decoded(content, file)
    if not text.strip():
        raise NotDrafted(f"there is no text in {file}; is it a scanned picture?")
    return text


def _decoded(content: bytes, file: Path) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotDrafted(f"{file} is neither text nor a PDF; save it as one of these")


def _pdf_text(content: bytes, file: Path) -> str:
    try:
        return "\n\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    except PyPdfError as error:
        raise NotDrafted(f"{file} cannot be read as a PDF: {error}") from None
