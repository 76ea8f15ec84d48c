"""Pictures -> PNG, pages -> PDF, both by Typst, with the font that ships; the same content is made only once."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import typst

from bot.drawing.page import svg_of
from handlers.paper import Paper
from handlers.picture import Picture
from handlers.reply import File

Content = TypeVar("Content", Picture, Paper)
Made = TypeVar("Made")

FONTS = Path(__file__).parent / "fonts"
PAPER = Path(__file__).parent / "paper.typ"
KEPT = 64
"""How many pictures and pages are kept in memory, about 100 kB each; those asked for least recently go first."""
_AS_PNG = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""
PIXELS_AN_INCH = 96.0
"""As many as in the pixels of SVG."""


_PRESS = ThreadPoolExecutor(1, "press")


async def printed(make: Callable[[Content], Made], content: Content) -> Made:
    """What one of the functions below makes, beside all else and one at a time: many who ask leave the machine to the
    answers, the same is made only once, and each thread that draws would keep some 50 MB for itself."""
    return await asyncio.get_running_loop().run_in_executor(_PRESS, make, content)


@lru_cache(KEPT)
def png_of(picture: Picture) -> bytes:
    """The picture as PNG, `bot.drawing.canvas.WIDTH` pixels wide, in the colours of a light page."""
    return typst.compile(
        _AS_PNG, format="png", ppi=PIXELS_AN_INCH, font_paths=_fonts(), sys_inputs={"svg": svg_of(picture)}
    )


@lru_cache(KEPT)
def pdf_of(paper: Paper) -> bytes:
    """The page as a tagged PDF (PDF/UA-1) of one side of A4; what does not fit is left out and counted."""
    told = json.dumps(asdict(paper), ensure_ascii=False)
    return typst.compile(
        PAPER.read_bytes(), format="pdf", pdf_standards="ua-1", font_paths=_fonts(), sys_inputs={"paper": told}
    )


def digest_of(content: Picture | Paper) -> str:
    """Another one for other content, the same in every process: for an ETag."""
    return sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def png_file(picture: Picture) -> File:
    """The picture as a file."""
    return File(f"{picture.name}.png", png_of(picture))


def pdf_file(paper: Paper) -> File:
    """The page as a file."""
    return File(f"{paper.name}.pdf", pdf_of(paper))


@cache
def _fonts() -> typst.Fonts:
    """Ours alone, so that a picture is the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
