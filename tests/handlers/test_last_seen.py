"""Beside a link stands when it last worked, once somebody has looked; and that it did not, where it did not."""

from dataclasses import replace
from datetime import date

from handlers.brief import paper
from handlers.dialogue import Dialogue
from handlers.notice import compose
from handlers.reply import Reply, reply_text
from handlers.scopes import EVERYTHING
from handlers.session import Session
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.model import Sighting, parse_day
from knowledge.query import Query
from knowledge.understanding import Understander

SEEN = Sighting(seen=parse_day("2026-11-27"), type="application/pdf")
FAILED = replace(SEEN, failed=parse_day("2027-01-12"))
UNOPENED = "ikke åbnet siden"
WORD = "hvad er en rsv"
PAPER = "giv mig Koldings strategi"
TITLE = "Kolding Kommunes strategi for socialøkonomi version 2.0 – Overskud giver overskud"


def knowing(library: Library, found: Sighting) -> Library:
    """The base where this was found at every address."""
    urls = [link.url for one in library.documents.values() for link in one.links]
    urls += [one.source.url for one in library.terms.values()]
    return Library(replace(library.knowledge, sightings=dict.fromkeys(urls, found)))


def answer(library: Library, understander: Understander, question: str, language: str = "da") -> Reply:
    """The answer over that base."""
    dialogue = Dialogue(library, understander, today=lambda: date(2027, 2, 1))
    return dialogue.answer(question, Session(language))[0]


def test_nobody_has_looked(library: Library, understander: Understander) -> None:
    """Then nothing is claimed."""
    reply = answer(library, understander, PAPER)
    assert [one.title for one in reply.links] == [TITLE]
    assert UNOPENED in reply_text(reply)


def test_it_was_seen(library: Library, understander: Understander) -> None:
    """Papers, words' sources, and in English; then it is not said that nobody has opened it."""
    base = knowing(library, SEEN)
    reply = answer(base, understander, PAPER)
    assert [one.title for one in reply.links] == [f"{TITLE} (sidst set 2026)"]
    assert UNOPENED not in reply_text(reply)
    assert all(one.title.endswith("(sidst set 2026)") for one in answer(base, understander, WORD).links)
    english = answer(base, understander, "what is an RSE?", "en")
    assert [one.title.endswith("(last seen 2026)") for one in english.links] == [True]


def test_it_did_not_work(library: Library, understander: Understander) -> None:
    """That counts for more than that it once did."""
    base = knowing(library, FAILED)
    (link,) = answer(base, understander, PAPER).links
    assert link.title == f"{TITLE} (virkede ikke 12. januar 2027)"
    (link,) = answer(base, understander, "the strategy paper of Kolding", "en").links
    assert link.title.endswith(" (did not work on 12 January 2027)")


def test_a_search_is_no_address(library: Library, understander: Understander) -> None:
    """Nothing was ever seen there."""
    links = answer(knowing(library, SEEN), understander, "alle dokumenter").links
    assert {one.kind for one in links} == {"document", "page", "search"}
    assert all(("sidst set" in one.title) == (one.kind != "search") for one in links)


def test_on_paper_and_in_notices(library: Library) -> None:
    base = knowing(library, SEEN)
    page = paper(Turn(base, Query("brief", ("kolding",)), "da", date(2027, 2, 1)))
    assert page
    assert f"{TITLE} (sidst set 2026)" in str(page.aside)
    update = next(one for one in library.updates if one.link is None)
    new = replace(update, kind="new-document", affects=("kolding-strategi-2014",))
    (link,) = compose(base, [(new, EVERYTHING)], "da").links
    assert link.title.endswith("(sidst set 2026)")
