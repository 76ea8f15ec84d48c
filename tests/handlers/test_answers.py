"""What the sources do not say of a municipality, who has most of something, and what has ended, as people read it."""

import pytest

from handlers.dialogue import Dialogue
from handlers.reply import Reply, introduced, reply_text
from handlers.session import Session


def said(dialogue: Dialogue, text: str) -> Reply:
    """The reply to a first question."""
    return dialogue.answer(text, Session())[0]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (
            "Har Kolding et samarbejde med Telehandelshuset?",
            "kolding",
            "ikke Telehandelshuset i forbindelse med Kolding",
        ),
        ("Does Aarhus work with Den Sociale Kapitalfond?", "aarhus", "in connection with Aarhus, but with Copenhagen"),
    ],
)
def test_an_organisation_that_a_municipality_is_not_named_with(
    dialogue: Dialogue, text: str, place: str, words: str
) -> None:
    """That is told of the municipality asked about, and it is not said that they do not work together."""
    reply = said(dialogue, text)
    assert words in reply_text(reply)
    assert (reply.about.municipalities, reply.about.initiatives) == ((place,), ())


@pytest.mark.parametrize(
    ("text", "places", "number"),
    [
        ("Hvem har flest indsatser?", {"koebenhavn", "roskilde"}, "9"),
        ("Hvem har den længste liste af indsatser?", {"koebenhavn", "roskilde"}, "9"),
        ("Which municipality has the fewest initiatives?", {"ikast-brande"}, "2"),
    ],
)
def test_who_has_most_and_fewest(dialogue: Dialogue, text: str, places: set[str], number: str) -> None:
    """The answer is about those who have; all stand below by their number."""
    reply = said(dialogue, text)
    assert reply.about.intent == "count"
    assert set(reply.about.municipalities) == places
    assert number in reply_text(reply).partition("\n")[0]


@pytest.mark.parametrize("text", ["Hvilke strategier gælder ikke længere?", "outdated strategies?"])
def test_what_is_no_longer_in_force(dialogue: Dialogue, text: str) -> None:
    """Only what has expired or was replaced."""
    reply = said(dialogue, text)
    assert reply.about.intent == "in_force"
    assert set(reply.about.strategies) == {"koebenhavn-2010", "ikast-brande-2020", "kolding-2009"}


def test_the_newest_of_two_is_the_newest_strategy(dialogue: Dialogue) -> None:
    """And not who was last to have one at all."""
    _, session = dialogue.answer("Sammenlign Kolding og København", Session())
    reply, _ = dialogue.answer("hvem af dem har den nyeste strategi?", session)
    assert reply.about.municipalities == ("kolding",)


@pytest.mark.parametrize("text", ["hej", "hvilke kommuner har en svømmehal?", "hvem kender en god tømrer?"])
def test_examples_that_are_announced_are_there(dialogue: Dialogue, text: str) -> None:
    """Where nothing can be pressed, the text holds what it announces."""
    reply = said(dialogue, text)
    assert introduced(reply) == tuple(one.label for one in reply.suggestions) != ()
    assert all(f"• {one.label}" in reply_text(reply) for one in reply.suggestions)
    assert introduced(said(dialogue, "hvad laver Aarhus?")) == ()
