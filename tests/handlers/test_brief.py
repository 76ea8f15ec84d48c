"""What stands on a page: all that the base has on a municipality or a theme, or how much of it was left out."""

from datetime import date

import pytest

from handlers.brief import ITEMS, SECTIONS, paper
from handlers.dialogue import Dialogue
from handlers.paper import Paper
from handlers.session import Session
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from tests.conftest import TODAY
from tests.handlers.bases import base_of

each_language = pytest.mark.parametrize("language", LANGUAGES)


def page(library: Library, query: Query, language: str = "da", today: date = TODAY) -> Paper:
    """The page."""
    found = paper(Turn(library, query, language, today))
    assert found
    return found


def aside(found: Paper, title: str) -> list[str]:
    """The heads of a section of the narrow column."""
    return [item.head for section in found.aside if section.title == title for item in section.items]


@each_language
def test_a_municipality_stands_there_whole(library: Library, language: str) -> None:
    """Every strategy with how it stands, every initiative once under a theme of its, goals, partners, papers."""
    for place, municipality in library.municipalities.items():
        found = page(library, Query("brief", (place,)), language)
        assert {one.title for one in found.standings} == {one.title[language] for one in municipality.strategies}
        heads = [item.head for section in found.main for item in section.items]
        assert sorted(heads) == sorted(one.name[language] for one in municipality.initiatives)
        themes = {one.name[language]: {library.themes[key].name[language] for key in one.themes}
                  for one in municipality.initiatives}  # fmt: skip
        assert all(section.title in themes[item.head] for section in found.main for item in section.items)
        told = [item for section in found.aside for item in section.items]
        assert {one.name[language] for one in municipality.goals} <= {one.head for one in told}
        papers = {key for one in municipality.strategies for key in one.documents}
        papers |= {key for one in municipality.initiatives for key in one.documents}
        assert len([one for one in told if one.url]) == len(papers)
        assert found.name == place


@each_language
def test_a_theme_stands_there_by_municipality(library: Library, language: str) -> None:
    """And those of which the sources do not say it are named as such, never as not having it."""
    for theme in library.themes:
        found = page(library, Query("brief", (), (theme,)), language)
        holders = set(library.having([theme], every=False))
        goals = {library.owner[key] for key, one in library.goals.items() if theme in one.themes}
        names = {key: one.short[language] for key, one in library.municipalities.items()}
        assert [one.title for one in found.main] == [names[key] for key in names if key in holders | goals]
        silent = aside(found, {"da": "Nævnes ikke hos", "en": "Not mentioned in"}[language])
        assert set(silent) == {names[key] for key in names if key not in holders | goals}
        assert library.themes[theme].definition[language] in found.lead


def test_how_strategies_stand_is_told_in_words(library: Library) -> None:
    """As on the timeline."""
    told = {one.title: (one.years, one.told) for one in page(library, Query("brief", ("kolding",))).standings}
    assert told == {
        "Koldings første strategi for socialøkonomi": ("2009–2014", "afløst"),
        "Strategi for socialøkonomi version 2.0 – Overskud giver overskud": ("fra 2014", "slutår ukendt"),
    }


def test_the_page_tells_its_source_and_its_day(library: Library) -> None:
    """And that the strategy is over where it is."""
    found = page(library, Query("brief", ("koebenhavn",)))
    assert found.notes[0] == "Bemærk: Strategien for København gjaldt 2010–2013, så den er udløbet."
    assert found.notes[1].startswith("Kilder: „Kommunale strategier – et overblik“ (10. december 2014) og ")
    assert found.made == "Lavet med Vejviser 22. november 2026."


def test_partners_and_figures(library: Library) -> None:
    """Roskilde's: who takes part in what, and the numbers that a source gives."""
    found = page(library, Query("brief", ("roskilde",)))
    partners = next(section for section in found.aside if section.title == "Partnere")
    assert ("Erhvervsforum Roskilde", "Mentorordning") in [(one.head, one.text) for one in partners.items]
    assert "8 konkrete indsatser inden for rådgivning og samarbejde" in aside(found, "Mål og tal")


def test_what_is_left_out_is_counted(library: Library) -> None:
    """Nothing is dropped in silence."""
    large = base_of(library, 40, 60)
    found = page(large, Query("brief", (), ("raadgivning",)))
    assert len(found.main) == SECTIONS
    assert found.main_left_out == 32 - SECTIONS
    first = found.main[0]
    assert len(first.items) == ITEMS
    assert first.left_out == len(large.items_in(["raadgivning"], "aarhus-0")) - ITEMS


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["send mig Aarhus på én side"], "aarhus"),
        (["hvad gør Kolding?", "kan jeg få det på én side?"], "kolding"),
        (["hvad gør Kolding?", "kan jeg få det på én side?", "og Aarhus?"], "aarhus"),
        (["hvilke kommuner har mentorordning?", "på én side"], "mentorordning"),
        (["I need a fact sheet on procurement"], "indkoeb"),
        (["Vision Vestergade på én side"], "beskaeftigelse"),
    ],
)
def test_asked_for_in_words(dialogue: Dialogue, texts: list[str], name: str) -> None:
    """By name or by what was spoken of."""
    session = Session()
    for text in texts:
        reply, session = dialogue.answer(text, session)
    assert reply.about.intent == "brief"
    assert reply.paper
    assert reply.paper.name == name


def test_asked_of_nothing_the_question_is_of_what(dialogue: Dialogue) -> None:
    """With a button for each municipality, which gives its page."""
    reply, session = dialogue.answer("faktaark", Session())
    assert (reply.about.status, reply.paper) == ("clarify", None)
    actions = {one.label: one.action for one in reply.buttons}
    page_of_kolding, _ = dialogue.act(actions["Kolding"], session)
    assert page_of_kolding.paper
    assert page_of_kolding.paper.name == "kolding"


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("hvad gør Aarhus?", "Aarhus på én side (PDF)", "aarhus"),
        ("what does Kolding do?", "Kolding on one page (PDF)", "kolding"),
        ("hvilke kommuner arbejder med mentorordninger?", "Mentorordning på én side (PDF)", "mentorordning"),
    ],
)
def test_an_answer_on_one_thing_offers_its_page(dialogue: Dialogue, text: str, label: str, name: str) -> None:
    """One button."""
    reply, session = dialogue.answer(text, Session())
    (action,) = (one.action for one in reply.buttons if one.label == label)
    handed, _ = dialogue.act(action, session)
    assert handed.paper
    assert handed.paper.name == name


def test_an_answer_on_several_offers_none(dialogue: Dialogue) -> None:
    """There is no page of two themes."""
    reply, _ = dialogue.answer("hvilke kommuner har både mentorordning og netværk?", Session())
    assert [one for one in reply.buttons if "(PDF)" in one.label] == []
