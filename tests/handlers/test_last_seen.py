"""Beside a link stands when it last worked, once somebody has looked; and that it did not, where it did not."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.brief import paper
from handlers.dialogue import Dialogue
from handlers.notice import compose
from handlers.reply import Reply, reply_text
from handlers.scopes import EVERYTHING
from handlers.session import Session
from handlers.turn import Turn
from knowledge.addresses import addresses
from knowledge.library import Library
from knowledge.loading import SHIPPED
from knowledge.model import Sighting, parse_day
from knowledge.query import Query
from knowledge.understanding import Understander

SEEN = Sighting(seen=parse_day("2026-11-27"), type="application/pdf")
FAILED = replace(SEEN, failed=parse_day("2027-01-12"))
UNOPENED = "ikke åbnet siden"
PAPER = "giv mig Koldings strategi"


def knowing(library: Library, found: Sighting) -> Library:
    """The base where this was found at every address."""
    return Library(replace(library.knowledge, sightings=dict.fromkeys(addresses(SHIPPED), found)))


def answer(library: Library, understander: Understander, question: str, language: str = "da") -> Reply:
    """The answer over that base."""
    dialogue = Dialogue(library, understander, today=lambda: date(2027, 2, 1))
    return dialogue.answer(question, Session(language))[0]


def titles(reply: Reply) -> list[str]:
    """Those of the links that lead to an address; nothing was ever seen where they only search."""
    return [one.title for one in reply.links if one.kind != "search"]


ASKED = pytest.mark.parametrize(
    ("question", "language", "seen", "failed"),
    [
        (PAPER, "da", "(sidst set 2026)", "(virkede ikke 12. januar 2027)"),
        ("hvad er en rsv", "da", "(sidst set 2026)", "(virkede ikke 12. januar 2027)"),
        ("alle dokumenter", "da", "(sidst set 2026)", "(virkede ikke 12. januar 2027)"),
        ("the strategy paper of Kolding", "en", "(last seen 2026)", "(did not work on 12 January 2027)"),
        ("what does RSV mean?", "en", "(last seen 2026)", "(did not work on 12 January 2027)"),
    ],
)


@ASKED
def test_the_remark_behind_a_title(
    library: Library, understander: Understander, question: str, language: str, seen: str, failed: str
) -> None:
    """Nothing where nobody has looked; that it did not work counts for more than that it once did."""
    bare = answer(library, understander, question, language)
    assert titles(bare)
    for found, remark in ((SEEN, seen), (FAILED, failed)):
        reply = answer(knowing(library, found), understander, question, language)
        assert titles(reply) == [f"{one} {remark}" for one in titles(bare)]
        assert [one for one in reply.links if one.kind == "search"] == [
            one for one in bare.links if one.kind == "search"
        ]


def test_who_has_looked_does_not_say_that_nobody_has(library: Library, understander: Understander) -> None:
    told = [reply_text(answer(base, understander, PAPER)) for base in (library, knowing(library, SEEN))]
    assert [UNOPENED in one for one in told] == [True, False]


def test_on_paper_and_in_notices(library: Library) -> None:
    base = knowing(library, SEEN)
    page = paper(Turn(base, Query("brief", ("kolding",)), "da", date(2027, 2, 1)))
    assert page
    assert "(sidst set 2026)" in str(page.aside)
    update = next(one for one in library.updates if one.link is None)
    new = replace(update, kind="new-document", affects=("kolding-strategi-2014",))
    told = Library(replace(base.knowledge, updates=(new,)))
    (link,) = compose(told, [(new, EVERYTHING)], "da").links
    assert link.title.endswith("(sidst set 2026)")
