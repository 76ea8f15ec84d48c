"""Replies are values: frozen, made of structure, and with a plain text that every channel can fall back on."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from handlers.dialogue import Dialogue
from handlers.parts import MANY
from handlers.picture import Picture
from handlers.reply import About, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span, plain_text, reply_text
from handlers.session import Session
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.phrases import load_phrases
from knowledge.understanding import Understander
from tests.handlers.queries import answer_to, real_queries

REPLY = Reply(
    "da",
    (
        Paragraph((Span("To "), Span("kommuner", strong=True), Span(" her", url="https://example.org"), Span("."))),
        Bullets(((Span("Aarhus: ", strong=True), Span("netværk")), (Span("Kolding"),))),
        SourceLine("Kilde: overblikket."),
    ),
    About("answered", "municipalities_with"),
)


def test_text() -> None:
    """Paragraphs apart, points on lines of their own, no address."""
    assert reply_text(REPLY) == "To kommuner her.\n\n• Aarhus: netværk\n• Kolding\n\nKilde: overblikket."


def test_plain_text() -> None:
    """Spans without their looks."""
    assert plain_text((Span("a"), Span("b", strong=True), Span("c", url="https://example.org"))) == "abc"
    assert plain_text(()) == ""


def test_no_blocks_no_text() -> None:
    """An empty reply has none."""
    assert reply_text(Reply("en", (), About("unknown", "unknown"))) == ""


def test_a_reply_is_a_value() -> None:
    """Equal where its parts are, and nobody changes it on its way."""
    assert Reply("da", REPLY.blocks, REPLY.about) == REPLY
    assert len({REPLY, Reply("da", REPLY.blocks, REPLY.about)}) == 1
    with pytest.raises(FrozenInstanceError):
        REPLY.language = "en"  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_replies_are_made_of_the_same_few_parts(dialogue: Dialogue, language: str) -> None:
    """Channels have to know no more than these: no markup in texts, whole addresses, labels on one line."""
    for query in real_queries(dialogue.library):
        reply = answer_to(dialogue, query, language)
        assert all(isinstance(one, Paragraph | Bullets | SourceLine | Picture) for one in reply.blocks), query
        assert all(one.items for one in reply.blocks if isinstance(one, Bullets)), query
        assert all(
            isinstance(getattr(reply, one.name), tuple)
            for one in fields(Reply)
            if one.name not in ("language", "about", "file", "paper", "link")
        )
        assert "<" not in reply_text(reply), query
        assert "**" not in reply_text(reply), query
        for link in reply.links:
            assert isinstance(link, Link)
            assert link.title, query
            assert link.url.startswith(("http://", "https://")), query
            assert link.kind in ("document", "page", "search")
        for button in (*reply.buttons, *reply.suggestions):
            assert isinstance(button, Button)
            assert "\n" not in button.label, query
            assert 0 < len(button.label) < 120, button
        assert len(set(reply.links)) == len(reply.links), query


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_says_that_it_is_one(dialogue: Dialogue, language: str) -> None:
    """A link never pretends to be more than it is."""
    word = {"da": "søg", "en": "search"}[language]
    for query in real_queries(dialogue.library):
        for link in answer_to(dialogue, query, language).links:
            assert (link.kind == "search") == ("duckduckgo" in link.url), link
            if link.kind == "search":
                assert word in link.title.lower(), link


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_short(dialogue: Dialogue, language: str) -> None:
    """One message of Telegram holds any answer that is not asked for in full."""
    for query in real_queries(dialogue.library):
        assert len(reply_text(answer_to(dialogue, query, language))) < 3_600, query


def test_a_municipality_with_much_on_a_topic_has_a_folded_list(dialogue: Dialogue) -> None:
    """The beginning, how many more there are, and a button that shows the same answer whole."""
    library = dialogue.library
    kolding = next(one for one in library.knowledge.municipalities if one.id == "kolding")
    more = tuple(replace(one, id=f"more-{one.id}", themes=("netvaerk",)) for one in kolding.initiatives)
    grown = replace(kolding, initiatives=(*kolding.initiatives, *more))
    places = tuple(grown if one is kolding else one for one in library.knowledge.municipalities)
    understander = Understander(Library(replace(library.knowledge, municipalities=places)), load_phrases())
    grown_dialogue = Dialogue(understander.library, understander)
    reply, session = grown_dialogue.answer("har Kolding et netværk?", Session())
    total = len(understander.library.items_in(["netvaerk"], "kolding"))
    assert total > MANY
    assert reply_text(reply).count("•") == MANY
    assert f"… og {total - MANY} til" in reply_text(reply)
    assert len(reply.about.initiatives) == total
    (button,) = [one for one in reply.buttons if one.label == "Vis det hele"]
    whole, _ = grown_dialogue.act(button.action, session)
    assert reply_text(whole).count("•") == total
