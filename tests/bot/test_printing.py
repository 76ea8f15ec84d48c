"""PNG and PDF as they are handed over: made once, whole, and readable by machines that read aloud."""

import io
import time
from dataclasses import replace

import pytest
from pypdf import PdfReader

from bot.drawing.canvas import WIDTH
from bot.printing import digest_of, pdf_file, pdf_of, png_file, png_of
from handlers.brief import paper
from handlers.paper import Paper
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from tests.conftest import TODAY
from tests.fake_telegram import png_size
from tests.handlers.bases import base_of
from tests.handlers.test_pictures import shown

each_language = pytest.mark.parametrize("language", LANGUAGES)
TELEGRAM_SIDE = 2560
"""Pixels of the longer side beyond which Telegram makes a photo smaller."""


def page(library: Library, query: Query, language: str = "da") -> Paper:
    """What stands on the page."""
    found = paper(Turn(library, query, language, TODAY))
    assert found
    return found


def all_pages(library: Library, language: str) -> list[Paper]:
    """Of every municipality and theme."""
    queries = [Query("brief", (one,)) for one in library.municipalities]
    queries += [Query("brief", (), (one,)) for one in library.themes]
    return [page(library, query, language) for query in queries]


def read(paper: Paper) -> PdfReader:
    """The PDF of it."""
    return PdfReader(io.BytesIO(pdf_of(paper)))


def words_of(text: str) -> str:
    """Letters and digits alone: a line's end may stand within a word."""
    return "".join(one for one in text if one.isalnum())


def test_a_picture_is_as_wide_as_a_phone(library: Library) -> None:
    """And no higher than Telegram shows it whole."""
    for query in (Query("matrix"), Query("timeline"), Query("compare_picture", ("aarhus", "koebenhavn"))):
        width, height = png_size(png_of(shown(library, query)))
        assert width == WIDTH
        assert height <= TELEGRAM_SIDE, query


def test_the_same_picture_is_made_once(library: Library) -> None:
    """By its content: an equal one from another turn is the same file, another one is not."""
    first, same = (shown(library, Query("matrix")) for _ in range(2))
    assert first is not same
    assert png_of(first) is png_of(same)
    other = replace(first, title="?")
    assert png_of(other) != png_of(first)
    assert digest_of(first) == digest_of(same) != digest_of(other)
    assert png_file(first).name == "matrix.png"


@each_language
def test_every_page_is_one_side_of_a4(library: Library, language: str) -> None:
    """With its title and language told, tagged, and everything in it, in the order in which it is read."""
    for one in all_pages(library, language):
        reader = read(one)
        (sheet,) = reader.pages
        assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842], one.name
        assert reader.metadata
        assert reader.metadata.title == f"{one.title} – {one.kind}"
        catalog = reader.root_object
        assert str(catalog["/Lang"]) == language
        assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
        assert "/StructTreeRoot" in catalog
        told, at = words_of(sheet.extract_text()), 0
        heads = [section.title for section in (*one.main, *one.aside)]
        for text in (one.kind, one.title, *(each.title for each in one.standings), *heads, *one.notes, one.made):
            assert words_of(text) in told[at:], (one.name, text)
            at = told.index(words_of(text), at)
        items = [item for section in (*one.main, *one.aside) for item in section.items]
        assert [item.head for item in items if words_of(item.head) not in told] == [], one.name
        assert all(section.left_out == 0 for section in (*one.main, *one.aside))


def test_a_page_says_that_it_is_accessible(library: Library) -> None:
    """PDF/UA-1, in its metadata."""
    metadata = read(page(library, Query("brief", ("roskilde",)))).xmp_metadata
    assert metadata
    assert b"pdfuaid" in metadata.stream.get_data()


def test_links_lead_where_the_page_says(library: Library) -> None:
    """Every paper's address can be followed."""
    one = page(library, Query("brief", ("roskilde",)))
    annotations = [each.get_object()["/A"]["/URI"] for each in read(one).pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert set(annotations) == {item.url for section in one.aside for item in section.items if item.url}


def test_the_font_is_within(library: Library) -> None:
    """So that æ, ø and å are the same on every machine and every printer."""
    fonts = read(page(library, Query("brief", ("koebenhavn",)))).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        (within,) = font.get_object()["/DescendantFonts"]
        descriptor = within.get_object()["/FontDescriptor"]
        assert "SourceSans3" in descriptor["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize(("municipalities", "initiatives", "long"), [(1, 0, 1), (40, 60, 1), (98, 30, 3)])
def test_of_any_base_a_page_is_one_page(library: Library, municipalities: int, initiatives: int, long: int) -> None:
    """What does not fit is counted."""
    base = base_of(library, municipalities, initiatives, long)
    for query in (Query("brief", ("aarhus-0",)), Query("brief", (), ("raadgivning",))):
        (sheet,) = read(page(base, query)).pages
        if municipalities > 1:
            assert " til." in sheet.extract_text()


def test_hostile_texts_stay_text(library: Library) -> None:
    """Typst's own marks, quotes and backslashes are letters on the page."""
    title = '#panic("x") *a* _b_ $c$ @d <e> [f] \\ "g" //h'
    one = replace(page(library, Query("brief", ("aarhus",))), title=title)
    (sheet,) = read(one).pages
    assert words_of('#panic("x") *a*') in words_of(sheet.extract_text())
    assert "#panic" in sheet.extract_text()


def test_the_same_page_is_made_once(library: Library) -> None:
    """And is the same to the byte when it is made again."""
    one = page(library, Query("brief", ("aarhus",)))
    first = pdf_of(one)
    assert pdf_of(page(library, Query("brief", ("aarhus",)))) is first
    pdf_of.cache_clear()
    time.sleep(1.1)
    assert pdf_of(one) == first
    assert pdf_file(one).name == "aarhus.pdf"
