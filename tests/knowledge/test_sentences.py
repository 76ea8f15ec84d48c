"""What people say around a question is left out, and two questions in one message are told apart."""

import pytest

from handlers.dialogue import Dialogue
from handlers.reply import reply_text
from handlers.session import Session
from knowledge.sentences import introduction, question_span, second_question
from knowledge.understanding import Understander

ROUND_ABOUT = {
    "Jeg er politiker og har travlt: hvilke kommuner har mentorer?": "hvilke kommuner har mentorer?",
    "Skaf mig planen fra Aarhus. Den skal med på mødet.": "Skaf mig planen fra Aarhus. ",
    "Jeg er formand for en frivillig forening. Hvem har mentorer?": "Hvem har mentorer?",
    "Our association is in Roskilde. Who can advise us?": "Our association is in Roskilde. Who can advise us?",
    "hvem har mentorer?": "hvem har mentorer?",
}
"""Message -> what of it is read."""
TWO = {
    "Hvor mange indsatser har København, og hvor er strategien?": "og hvor er strategien?",
    "Who was first, and is that strategy still in force?": "and is that strategy still in force?",
    "Er strategien udløbet? Og er den evalueret?": "Og er den evalueret?",
    "har Roskilde en pulje? nej vent, jeg mener Kolding": "nej vent, jeg mener Kolding",
    "Hvem har mentorer og netværk?": "",
}
"""Message -> where its second question begins; "" where there is none."""


GROUND = {
    "Jeg sidder med en sag fra Aarhus. Hvilke indsatser har de?": "Hvilke indsatser har de?",
    "I work in Kolding. Which municipalities have mentors?": "",
    "Hvad laver Aarhus? Hvilke indsatser har de?": "",
    "Kolding var først. Hvilke indsatser har de?": "",
}
"""Message -> the question that stands behind words of whom it is about; "" where there are none."""


@pytest.mark.parametrize(("text", "core"), ROUND_ABOUT.items())
def test_what_stands_around_is_left_out(understander: Understander, text: str, core: str) -> None:
    start, end = question_span(text, understander.lexicon.read(text), understander.operators)
    assert text[start : end or None] == core


@pytest.mark.parametrize(("text", "core"), GROUND.items())
def test_of_whom_a_question_is(understander: Understander, text: str, core: str) -> None:
    reading = understander.lexicon.read(text)
    begin = introduction(reading, understander.operators)
    assert (text[reading.tokens[begin].start :] if begin else "") == core
    if core:
        found = understander.understand(text).query
        assert found
        assert (found.intent, found.municipalities) == ("overview", ("aarhus",))


@pytest.mark.parametrize(("text", "second"), TWO.items())
def test_where_a_second_question_begins(understander: Understander, text: str, second: str) -> None:
    cut = second_question(understander.lexicon.read(text), understander.operators)
    assert (text[cut:] if cut else "") == second


@pytest.mark.parametrize(
    ("text", "said", "carried"),
    [
        ("Who was first, and is that strategy still in force?", ("2009", "replaced"), {"municipalities": {"kolding"}}),
        (
            "Hvad skal kraftcentret rumme, og har Kolding noget lignende?",
            ("ridecenter", "Staldgården"),
            {"initiatives": {"ikast-brande-kraftcenter", "kolding-staldgaarden"}},
        ),
        (
            "How many initiatives does Copenhagen have and can I get the pdf?",
            ("9",),
            {"documents": {"koebenhavn-strategi-2010"}},
        ),
        (
            "Hvem er med i Roskildes mentorordning, og hvor længe varer ph.d.-stipendiet?",
            ("Erhvervsforum", "3 år"),
            {"initiatives": {"roskilde-mentorordning", "roskilde-phd"}},
        ),
    ],
)
def test_both_are_answered(dialogue: Dialogue, text: str, said: tuple[str, ...], carried: dict[str, set[str]]) -> None:
    reply, _ = dialogue.answer(text, Session())
    assert [one for one in said if one not in reply_text(reply)] == []
    for name, ids in carried.items():
        assert ids <= set(getattr(reply.about, name))
    assert len({link.url for link in reply.links}) == len(reply.links)
    assert len(reply.suggestions) <= 3


def test_one_put_right_is_answered_alone(dialogue: Dialogue) -> None:
    """What was asked by mistake is not answered."""
    reply, session = dialogue.answer("har Roskilde en pulje? nej vent, jeg mener Kolding", Session())
    assert (reply.about.municipalities, reply.about.initiatives) == (("kolding",), ("kolding-pulje",))
    assert session.subject.municipalities == ("kolding",)
