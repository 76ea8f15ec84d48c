"""Questions for a time that is past, over the whole base: each is answered, and what was not known then is not told."""

from itertools import permutations

import pytest

from handlers.dialogue import Dialogue, load_dialogue
from handlers.reply import Reply, reply_text
from handlers.session import Session


@pytest.fixture(scope="module")
def whole() -> Dialogue:
    """The dialogue over all that ships."""
    return load_dialogue()


def asked(whole: Dialogue, text: str) -> Reply:
    """The answer to a first question."""
    return whole.answer(text, Session())[0]


@pytest.mark.parametrize(
    "question",
    ["sammenlign {a} og {b} i {year}", "hvad har {a} og {b} til fælles i {year}?",
     "hvad gør kun {a} og ikke {b} i {year}?",
     "sammenlign {a} og {b} om netværk i {year}", "hvad gjorde {a} i {year}?", "hvilke mål havde {a} i {year}?",
     "hvor mange initiativer havde {a} i {year}?", "havde {a} en mentorordning i {year}?"],
)  # fmt: skip
def test_every_municipality_can_be_asked_for_at_any_time(whole: Dialogue, question: str) -> None:
    """Nothing fails, whatever the base knew of it by then."""
    names = [one.short.da for one in whole.library.municipalities.values()]
    for a, b in permutations(names, 2) if "{b}" in question else [(one, "") for one in names]:
        for year in (1995, 2009, 2011, 2016):
            assert asked(whole, question.format(a=a, b=b, year=year)).blocks


def test_what_was_not_known_then_is_left_out_and_said(whole: Dialogue) -> None:
    """The other municipality is told of as it was."""
    reply = asked(whole, "sammenlign Aalborg og Kolding i 2010")
    assert reply_text(reply).startswith("Om Aalborg i 2010 står der ikke noget i kilderne.\n\nSådan var det i 2010:")
    assert reply.about.municipalities == ("kolding",)
    both = asked(whole, "compare Aalborg, Kolding and Copenhagen in 2011")
    assert reply_text(both).startswith("The sources tell nothing of Aalborg in 2011.\n\nSo it was in 2011:")
    assert set(both.about.municipalities) == {"kolding", "koebenhavn"}


def test_where_nothing_was_known_then_it_is_told_as_it_is_now(whole: Dialogue) -> None:
    """And that this is not of then."""
    text = reply_text(asked(whole, "hvad gjorde Silkeborg i 2009?"))
    assert text.startswith("Om Silkeborg i 2009 står der ikke noget i kilderne. Her er, hvad de ellers fortæller:")
    assert "Sådan var det i 2009" not in text


@pytest.mark.parametrize(
    ("then", "now"), [("hvad gjorde Kolding i 2010?", "og i dag?"), ("and in 2010?", "and today?")]
)
def test_now_ends_then(whole: Dialogue, then: str, now: str) -> None:
    """What is asked for next is of today."""
    session = whole.answer("What does Kolding do?", Session())[1] if then.startswith("and") else Session()
    before, session = whole.answer(then, session)
    after, _ = whole.answer(now, session)
    assert "2010:" in reply_text(before)
    assert "2010:" not in reply_text(after)
    assert after.about.municipalities == before.about.municipalities == ("kolding",)
