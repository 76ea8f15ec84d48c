""" "Hvad er nyt?" answers from the updates: newest first, on a municipality or a theme, since a month or a year."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.dialogue import Dialogue
from handlers.reply import Bullets, Reply, plain_text, reply_text
from handlers.session import Session
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import PartialDate, Text, Update
from knowledge.phrases import load_phrases
from knowledge.understanding import Understander


def update(day: date, *affects: str) -> Update:
    """One that says its own number."""
    return Update(
        id=f"u-{day}", date=PartialDate(year=day.year, month=day.month, day=day.day), kind="changed", affects=affects,
        text=Text(da=f"nr. {day:%m}", en=f"no. {day:%m}"),
    )  # fmt: skip


UPDATES = (
    update(date(2026, 2, 1), "aarhus-mentorordning"),
    update(date(2026, 3, 1), "kolding-2014"),
    update(date(2026, 5, 9), "koebenhavn-indkoeb"),
    update(date(2025, 12, 24), "kolding"),
)


@pytest.fixture(scope="module")
def dialogue() -> Dialogue:
    """Over a base to which four things happened."""
    library = Library(replace(load_knowledge(), updates=UPDATES))
    return Dialogue(library, Understander(library, load_phrases()), lambda: date(2026, 11, 22))


def told(reply: Reply) -> list[str]:
    """The months that the points tell of."""
    points = [item for block in reply.blocks if isinstance(block, Bullets) for item in block.items]
    return [plain_text(one)[-2:] for one in points]


@pytest.mark.parametrize(
    ("danish", "english", "expected"),
    [
        ("hvad er nyt?", "what is new?", ["05", "03", "02", "12"]),
        ("er der noget nyt?", "any news?", ["05", "03", "02", "12"]),
        ("hvad er nyt i Kolding?", "what is new in Kolding?", ["03", "12"]),
        ("er der noget nyt om mentorordninger?", "is there anything new on mentor schemes?", ["02"]),
        ("er der noget nyt om indkøb i København?", "anything new on procurement in Copenhagen?", ["05"]),
        ("er der kommet noget nyt siden marts?", "is there anything new since March?", ["05", "03"]),
        ("er der nyt fra Kolding siden december?", "any news from Kolding since December?", ["03", "12"]),
        ("hvad er der sket siden 2026?", "what has happened since 2026?", ["05", "03", "02"]),
    ],
)
def test_what_is_told(dialogue: Dialogue, danish: str, english: str, expected: list[str]) -> None:
    """Newest first, and only what was asked for; "siden december" is the last one that has begun."""
    for language, asked in (("da", danish), ("en", english)):
        reply, _ = dialogue.answer(asked, Session())
        assert (reply.about.intent, reply.language, told(reply)) == ("whats_new", language, expected), asked


def test_where_nothing_happened_the_latest_of_all_is_told(dialogue: Dialogue) -> None:
    """Said plainly first."""
    reply, _ = dialogue.answer("er der noget nyt om afknopning siden juni?", Session())
    assert reply_text(reply).startswith("Der er ikke kommet noget nyt om afknopning")
    assert "siden juni 2026" in reply_text(reply)
    assert "Det seneste er fra 9. maj 2026" in reply_text(reply)
    assert told(reply) == ["05"]


def test_many_are_folded() -> None:
    """With a button for all."""
    updates = tuple(update(date(2026, month, 1), "kolding") for month in range(1, 10))
    library = Library(replace(load_knowledge(), updates=updates))
    dialogue = Dialogue(library, Understander(library, load_phrases()), lambda: date(2026, 11, 22))
    reply, session = dialogue.answer("hvad er nyt i Kolding?", Session())
    assert len(told(reply)) == 6
    assert "9 nyheder om Kolding" in reply_text(reply)
    [button] = [one for one in reply.buttons if one.label == "Vis det hele"]
    assert len(told(dialogue.act(button.action, session)[0])) == 9


def test_a_base_to_which_nothing_happened() -> None:
    """Says so."""
    library = Library(replace(load_knowledge(), updates=()))
    dialogue = Dialogue(library, Understander(library, load_phrases()))
    assert reply_text(dialogue.answer("hvad er nyt?", Session())[0]).startswith("Der er ikke noget nyt endnu.")
