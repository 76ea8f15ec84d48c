"""Pictures as SVG: whole, legible on a phone, told apart without colour, and harmless whatever the texts are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from bot.drawing.canvas import DARK, LIGHT, PREFIX, RIGHT, SMALL, WIDTH, Canvas, Paint, stylesheet, width_of, wrapped
from bot.drawing.page import svg_of
from bot.printing import FONTS
from handlers.picture import Grid, Group, Period, Picture, Row, State, Table, Timeline
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from tests.handlers.bases import base_of
from tests.handlers.queries import real_queries
from tests.handlers.test_pictures import PICTURES, shown

SVG = "{http://www.w3.org/2000/svg}"
FILES = {False: "SourceSans3-Regular.ttf", True: "SourceSans3-Semibold.ttf"}


@cache
def advances(strong: bool) -> dict[str, float]:
    """Character -> its width in heights of the letters, in the font that ships."""
    font = TTFont(FONTS / FILES[strong])
    units = font["head"].unitsPerEm
    return {chr(code): font["hmtx"][name][0] / units for code, name in font.getBestCmap().items()}


def measured(text: str, size: float, strong: bool) -> float:
    """How wide the font that ships sets the text."""
    return size * sum(advances(strong)[one] for one in text)


def parsed(svg: str) -> ElementTree.Element:
    """The drawing; fails where it is no XML."""
    return ElementTree.fromstring(svg)


def texts_of(svg: str) -> Iterator[tuple[str, float, float, float, bool, str]]:
    """(text, x, y, size, strong, anchor) of each level line."""
    for one in parsed(svg).iter(f"{SVG}text"):
        if "transform" not in one.attrib:
            strong = one.get("font-weight") == "600"
            yield (
                one.text or "",
                float(one.attrib["x"]),
                float(one.attrib["y"]),
                float(one.attrib["font-size"]),
                strong,
                one.get("text-anchor", "start"),
            )


def all_pictures(library: Library) -> Iterator[Picture]:
    """Every picture of the base that ships and some of a large one, in both languages."""
    large = base_of(library, 40, 60)
    places = tuple(large.municipalities)
    for language in LANGUAGES:
        for query in real_queries(library):
            if query.intent in PICTURES:
                yield shown(library, query, language)
        for query in (Query("matrix"), Query("timeline"), Query("compare_picture", places[:3])):
            yield shown(large, query, language)


def test_all_that_a_picture_says_stands_in_it(library: Library) -> None:
    """As real text: the title, every name, the source and its date; and in words for who cannot see it."""
    for picture in all_pictures(library):
        root = parsed(svg_of(picture))
        words = " ".join(one.text or "" for one in root.iter(f"{SVG}text")).replace("- ", "-")
        wanted = [picture.title, *picture.notes]
        for part in picture.parts:
            match part:
                case Grid(columns, groups, legend):
                    wanted += [*columns, *legend, *(one.title for one in groups)]
                    wanted += [row.label for group in groups for row in group.rows]
                case Timeline(periods=periods, today_label=today):
                    wanted += [today, *(text for one in periods for text in (one.name, one.title, one.told))]
        told = words.replace("-", "")
        assert [one for one in wanted if one.replace("- ", "-").replace("-", "") not in told] == []
        assert (root.get("role"), root.get("aria-label")) == ("img", picture.alt)


def test_letters_are_big_enough_for_a_phone(library: Library) -> None:
    """28 pixels of 1080 are the least."""
    for picture in all_pictures(library):
        root = parsed(svg_of(picture))
        assert root.get("viewBox", "").startswith(f"0 0 {WIDTH} ")
        assert min(float(one.attrib["font-size"]) for one in root.iter(f"{SVG}text")) >= SMALL >= 28


def test_no_line_leaves_the_picture_or_runs_into_another(library: Library) -> None:
    """By the widths of the font that ships."""
    for picture in all_pictures(library):
        lines = []
        for text, x, y, size, strong, anchor in texts_of(svg_of(picture)):
            wide = measured(text, size, strong)
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            assert left >= 0, text
            assert left + wide <= RIGHT + 10, text
            lines.append((y, left, left + wide, text))
        for (y, _, right, text), (below, left, _, other) in pairwise(sorted(lines)):
            assert below != y or left >= right, (text, other)


def test_widths_are_hardly_ever_taken_for_less_than_they_are(library: Library) -> None:
    """And not for much more: every name and title of the base."""
    names = [one.name[language] for one in library.themes.values() for language in LANGUAGES]
    names += [one.name[language] for one in library.initiatives.values() for language in LANGUAGES]
    names += [one.title[language] for one in library.strategies.values() for language in LANGUAGES]
    for strong in (False, True):
        ratios = [width_of(one, 36, strong) / measured(one, 36, strong) for one in names]
        assert min(ratios) >= 0.99
        assert max(ratios) <= 1.25


PERIOD = Period("Kolding", "Strategi", "2010–2013", "expired", 2010, 2014)


@pytest.mark.parametrize("state", ["in_force", "expired", "replaced", "unknown"])
def test_states_are_told_apart_without_colour(state: State) -> None:
    """What is over is hatched, what may be in force is full, what is not known is dashed with a question mark."""
    end = None if state == "unknown" else 2014.0
    period = replace(PERIOD, state=state, end=end)
    canvas = svg_of(Picture("p", "T", (Timeline(2009, 2026, 2026.8, "i dag", (period,)),), (), "a", Table((), ())))
    shapes = list(parsed(canvas).iter(f"{SVG}path"))
    hatched = [one for one in shapes if one.attrib["d"].count("M") > 3]
    dashed = [one for one in shapes if "stroke-dasharray" in one.attrib]
    assert bool(hatched) == (state in ("expired", "replaced"))
    assert bool(dashed) == (state == "unknown")
    assert ("?" in [text for text, *_ in texts_of(canvas)]) == (state == "unknown")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paints", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(paints: dict[Paint, str]) -> None:
    """Text has 4.5 or more (WCAG 1.4.3), on the ground and on what it stands on."""
    for text in ("ink", "faint", "mark", "past"):
        assert contrast(paints[text], paints["ground"]) >= 4.5, text
    assert contrast(paints["ink"], paints["band"]) >= 4.5
    assert contrast(paints["on-mark"], paints["mark"]) >= 4.5


def test_a_page_can_give_every_shape_the_colours_of_the_dark(library: Library) -> None:
    """No shape has a colour without a class, no colour stands in a style, and there is a rule for every class."""
    for picture in all_pictures(library):
        svg = svg_of(picture)
        assert "style" not in svg
        assert "<style" not in svg
        for one in parsed(svg).iter():
            if one.get("fill", "none") != "none" or "stroke" in one.attrib:
                assert one.get("class", "").startswith(PREFIX), one.attrib
                assert f".{one.get('class')} {{" in stylesheet()
    assert "prefers-color-scheme: dark" in stylesheet()


@given(st.text(st.characters(), max_size=40), st.integers(0, 10**9))
def test_any_text_is_drawn_and_none_is_markup(text: str, number: int) -> None:
    """Letters of any script, quotes, brackets, control characters, half surrogates."""
    grid = Grid((text,), (Group(text, (Row(text, (number,)),)),), (text, text))
    period = Period(text, text, text, "unknown", None, None)
    timeline = Timeline(2010, 2012, 2011.5, text, (period,))
    root = parsed(svg_of(Picture("p", text, (timeline, grid), (text,), text, Table((), ()))))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "rect", "text", "path", "circle"}


@given(st.text(max_size=200), st.integers(20, 60), st.integers(30, 1000), st.booleans())
def test_wrapping_loses_nothing_and_fits(text: str, size: int, room: int, strong: bool) -> None:
    """But for a hyphen where a word had to be broken; a single letter may be wider than the room."""
    lines = wrapped(text, size, room, strong)
    assert "".join(lines).replace("-", "") == "".join(text.split()).replace("-", "") or any(" " in one for one in lines)
    assert re.sub(r"[\s-]", "", "".join(lines)) == re.sub(r"[\s-]", "", "".join(text.split()))
    assert all(width_of(one, size, strong) <= room * 1.001 or len(one) <= 3 for one in lines)


def test_an_empty_canvas_is_a_picture() -> None:
    """With its ground."""
    assert [one.tag for one in parsed(Canvas().svg(10, "alt"))] == [f"{SVG}rect"]
