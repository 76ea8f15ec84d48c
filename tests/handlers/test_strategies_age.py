"""Old strategies are told to be old: an expired one, one that was replaced, and what nobody knows - on a fixed day."""

from datetime import date

import pytest

from handlers.dialogue import Dialogue
from handlers.reply import SourceLine, reply_text
from handlers.session import Session
from knowledge.understanding import Understander


def on(understander: Understander, today: date) -> Dialogue:
    """The dialogue as it is on a day."""
    return Dialogue(understander.library, understander, today=lambda: today)


def told(dialogue: Dialogue, text: str) -> str:
    """The answer's text, without its source line."""
    reply, _ = dialogue.answer(text, Session())
    assert reply.about.status == "answered", text
    kept = tuple(one for one in reply.blocks if not isinstance(one, SourceLine))
    return reply_text(type(reply)(reply.language, kept, reply.about))


@pytest.fixture
def today(understander: Understander) -> Dialogue:
    """In November 2026."""
    return on(understander, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hvad gør København?", ["2010", "2013", "udløbet"]),
        ("Gælder strategien i København stadig?", ["2010", "2013", "udløbet"]),
        ("Har København pilotprojekter?", ["2010", "2013", "udløbet"]),
        ("Hvilke kommuner arbejder med pilotprojekter?", ["2010", "2013", "udløbet"]),
        ("Sammenlign København og Kolding", ["2010", "2013", "udløbet"]),
        ("Hvem samarbejder København med?", ["udløbet"]),
        ("What does Copenhagen do?", ["2010", "2013", "expired"]),
        ("Is Copenhagen's strategy still valid?", ["2010", "2013", "expired"]),
        ("Hvad gør Ikast-Brande?", ["2020", "det år er gået"]),
        ("Gælder strategien i Kolding stadig?", ["2009", "afløst", "Overskud giver overskud"]),
        ("Is Kolding's strategy still valid?", ["2009", "replaced", "Overskud giver overskud"]),
        ("Hvornår er strategien fra Kolding?", ["2009", "2014"]),
        ("Gælder strategien i Aarhus stadig?", ["2012", "Kilden siger ikke, hvor længe"]),
        ("Is Roskilde's strategy still valid?", ["2014", "does not say how long"]),
    ],
)
def test_age(today: Dialogue, question: str, words: list[str]) -> None:
    """Said wherever the answer stands on such a strategy."""
    text = told(today, question)
    assert [one for one in words if one not in text] == [], text


@pytest.mark.parametrize(
    "question", ["Hvad gør Aarhus?", "Hvad gør Roskilde?", "What does Kolding do?", "Har Aarhus et netværk?"]
)
def test_not_expired(today: Dialogue, question: str) -> None:
    """And nowhere else."""
    text = told(today, question)
    assert "udløbet" not in text
    assert "expired" not in text


def test_an_overview_tells_the_newest_strategy(today: Dialogue) -> None:
    """Kolding's of 2014, and the one that it replaced as an earlier one."""
    answer = told(today, "Hvad gør Kolding?")
    assert "2009" not in answer.partition("Tidligere: ")[0]
    assert "2014" in answer.partition("Tidligere: ")[0]
    assert "2009" in answer.partition("Tidligere: ")[2]


@pytest.mark.parametrize(
    ("day", "over"),
    [(date(2013, 6, 1), False), (date(2013, 12, 31), False), (date(2014, 1, 1), True), (date(2030, 1, 1), True)],
)
def test_a_strategy_expires_with_the_last_day_of_its_period(understander: Understander, day: date, over: bool) -> None:
    """Not before, whatever day it is."""
    assert ("udløbet" in told(on(understander, day), "Hvad gør København?")) == over


@pytest.mark.parametrize(("day", "over"), [(date(2020, 12, 31), False), (date(2021, 1, 1), True)])
def test_a_horizon_passes_with_its_year(understander: Understander, day: date, over: bool) -> None:
    """Ikast-Brande looked towards 2020."""
    assert ("det år er gået" in told(on(understander, day), "Hvad gør Ikast-Brande?")) == over


@pytest.mark.parametrize("question", ["Which strategy is the newest of them all?", "Which one was first?"])
def test_order_is_told_of_all_where_the_one_spoken_of_has_no_beginning(today: Dialogue, question: str) -> None:
    _, session = today.answer("hvad gør Ikast-Brande?", Session())
    reply, _ = today.answer(question, session)
    assert reply.about.intent == "order"
    assert "Kolding" in reply_text(reply)
