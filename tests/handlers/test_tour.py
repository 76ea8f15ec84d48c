"""The tour over the base that ships and over others: every step, every way through it, and no word taken hostage."""

import json
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.actions import encode
from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from handlers.reply import Reply, SourceLine, reply_text
from handlers.session import Session, Tour
from handlers.texts import say
from handlers.tour import NEWCOMER, ROUTES, route
from knowledge.library import Library
from knowledge.loading import Knowledge
from knowledge.model import LANGUAGES, Initiative, Municipality, Strategy, Text
from knowledge.phrases import load_phrases
from knowledge.query import Query
from knowledge.understanding import Understander

each_language = pytest.mark.parametrize("language", LANGUAGES)
Named = TypeVar("Named", Strategy, Initiative)
WORDS_OF_FIVE_MINUTES = 900
"""At 180 words a minute, half of what people read."""


@pytest.fixture(scope="module")
def dialogue(storing: Dialogue) -> Dialogue:
    """Where chats are stored."""
    return storing


def on(step: int, role: str = NEWCOMER, language: str = "da") -> Session:
    """The session of somebody who saw this step last."""
    return Session(language, tour=Tour(role, step))


def labels(reply: Reply) -> list[str]:
    """What can be pressed."""
    return [one.label for one in (*reply.buttons, *reply.suggestions)]


def walked(dialogue: Dialogue, role: str, language: str) -> list[Reply]:
    """All steps of a role's tour, by pressing only what leads on."""
    reply, session = dialogue.act("tour", Session(language))
    wanted = say(language, f"tour-role-{role}")
    shown = []
    while action := next((one.action for one in reply.buttons if one.label == wanted), ""):
        reply, session = dialogue.act(action, session)
        shown.append(reply)
        wanted = say(language, "tour-next")
    return shown


@each_language
@pytest.mark.parametrize("role", ROUTES)
def test_from_start_to_end(dialogue: Dialogue, role: str, language: str) -> None:
    """Every step says which of how many it is; read aloud, all of it takes less than five minutes."""
    shown = walked(dialogue, role, language)
    assert len(shown) == len(ROUTES[role])
    for number, (name, reply) in enumerate(zip(ROUTES[role], shown, strict=True), 1):
        title = say(language, f"tour-title-{name}")
        head = say(language, "tour-step", step=number, steps=len(shown), title=title)
        assert reply_text(reply).startswith(head)
    assert sum(len(reply_text(one).split()) for one in shown) < WORDS_OF_FIVE_MINUTES
    assert say(language, "tour-end") in labels(shown[-1])


def test_roles_end_where_they_have_their_use() -> None:
    """Staff with questions, coordinators with notices; a newcomer sees all."""
    assert ROUTES["staff"][-1] == "ask"
    assert ROUTES["coordinator"][-1] == "notices"
    assert {one for steps in ROUTES.values() for one in steps} == set(ROUTES[NEWCOMER])


@each_language
def test_what_it_tells_has_its_source(dialogue: Dialogue, language: str) -> None:
    """The explanation, the years, the themes and the municipality."""
    for action in ("tour_1", "tour_2", "tour_3", "tour_4_kolding"):
        assert any(isinstance(one, SourceLine) for one in dialogue.act(action, Session(language))[0].blocks), action


def test_the_years_are_those_of_the_base(dialogue: Dialogue) -> None:
    """From the first to the last, each once."""
    text = reply_text(dialogue.act("tour_2", Session("da"))[0])
    years = sorted({one.begins.year for one in dialogue.library.strategies.values() if one.begins})
    assert [text.count(f"• {year}: ") for year in years] == [1] * len(years)
    assert (years[0], years[-1]) == (2009, 2014)


def test_back_and_forth(dialogue: Dialogue) -> None:
    """By word, in either language, whatever the capitals; before the first step there is none."""
    for text, before, after in (
        ("Næste", 2, 3), ("videre!", 2, 3), ("next", 2, 3), ("NAESTE", 2, 3), ("tilbage", 3, 2), ("Back.", 3, 2),
        ("tilbage", 1, 1), ("trin 5", 2, 5), ("gå til trin tre", 5, 3), ("step 2", 5, 2), ("step one", 5, 1),
        ("3. Hvad arbejder de med?", 1, 3), ("Fortsæt rundturen (trin 3 af 6)", 2, 3), ("trin 99", 2, 2),
        ("alle trin", 2, 2),
    ):  # fmt: skip
        reply, session = dialogue.answer(text, on(before))
        assert (text, reply.about.intent, session.tour) == (text, "tour", Tour(NEWCOMER, after))


@each_language
def test_every_button_of_a_step_can_be_typed(dialogue: Dialogue, language: str) -> None:
    """With the same result as pressing it."""
    for role, steps in ROUTES.items():
        for step in range(len(steps)):
            reply, session = dialogue.act(
                encode(Query("tour", aspect=role * (role != NEWCOMER), number=step + 1)), Session(language)
            )
            for button in reply.buttons:
                pressed, typed = dialogue.act(button.action, session), dialogue.answer(button.label, session)
                assert reply_text(typed[0]) == reply_text(pressed[0]), (role, step, button)
                assert typed[1].tour == pressed[1].tour


@each_language
def test_the_roles_can_be_typed(dialogue: Dialogue, language: str) -> None:
    """As they stand on the buttons, once they are asked for."""
    asked, session = dialogue.act("tour", Session(language))
    for button in asked.buttons:
        assert dialogue.answer(button.label, session)[1].tour == dialogue.act(button.action, session)[1].tour


@pytest.mark.parametrize("session", [Session("da"), Session("da", tour=Tour(NEWCOMER, 3, left=True))])
@pytest.mark.parametrize("text", ["næste", "tilbage", "stop", "next", "back", "leave", "ny", "koordinator", "forfra"])
def test_who_is_not_on_the_tour_is_not_led_about(dialogue: Dialogue, session: Session, text: str) -> None:
    """The small words mean what they mean in any conversation."""
    reply, after = dialogue.answer(text, session)
    assert reply.about.intent != "tour"
    assert after.tour == session.tour
    assert not any(one.action.startswith("tour") for one in reply.buttons)


@pytest.mark.parametrize(
    "text",
    [
        "Hvem var den næste?",
        "hvad er trin for trin-modellen i Kolding",
        "Gå tilbage til Aarhus",
        "stop beskeder om Kolding",
    ],
)
def test_on_the_tour_a_question_stays_a_question(dialogue: Dialogue, text: str) -> None:
    """Only the words alone lead on."""
    reply, session = dialogue.answer(text, on(2))
    assert reply.about.intent != "tour"
    assert session.tour == Tour(NEWCOMER, 2)
    assert reply.buttons[-1].label == "Fortsæt rundturen (trin 3 af 6)"
    assert reply.buttons[-1].action == "tour_3"


def test_nothing_is_offered_after_the_last_step(dialogue: Dialogue) -> None:
    """It has all been seen; "next" ends it, and asking for it begins anew."""
    assert "rundturen" not in str(labels(dialogue.answer("Hvad gør Kolding?", on(6))[0]))
    reply, session = dialogue.answer("næste", on(6))
    assert reply_text(reply).startswith("Det var rundturen")
    assert "Velkommen" in reply_text(dialogue.answer("/rundtur", session)[0])


def test_it_is_taken_up_where_it_was_left(dialogue: Dialogue) -> None:
    """After a restart, and by a word as by a command."""
    _, left = dialogue.answer("stop", on(3, "coordinator"))
    stored = Session.from_dict(json.loads(json.dumps(left.to_dict())))
    for text in ("/rundtur", "rundtur", "fortsæt rundturen", "/tour"):
        reply, session = dialogue.answer(text, stored)
        assert "Vi fortsætter, hvor du slap. Trin 3 af 4" in reply_text(reply), text
        assert session.tour == Tour("coordinator", 3)


def test_a_link_leads_to_its_step(dialogue: Dialogue) -> None:
    """Without any session; one that leads nowhere shows the steps, or is told to be none."""
    reply, session = dialogue.act("tour_staff_2", Session("en"))
    assert reply_text(reply).startswith("Step 2 of 4 · What do they work on?")
    assert session.tour == Tour("staff", 2)
    assert "has 6 steps" in reply_text(dialogue.act("tour_9", Session("en"))[0])
    assert dialogue.act("tour_boss_1", Session("en"))[0].about.status == "unknown"
    assert dialogue.act("tour_4_atlantis", Session("en"))[0].about.status == "unknown"


def test_a_session_of_another_version(dialogue: Dialogue) -> None:
    """A role and a step that there are no more, or not yet."""
    odd = Session.from_dict({"language": "da", "tour": {"role": "mayor", "step": 40, "mood": "good"}})
    for text in ("næste", "tilbage", "trin 2", "/rundtur", "hvad gør Kolding?"):
        assert reply_text(dialogue.answer(text, odd)[0])


def test_the_municipality_is_what_one_asks_about_next(dialogue: Dialogue) -> None:
    """Chosen by name or by button, it is the subject."""
    reply, session = dialogue.answer("Kolding", on(4))
    assert reply_text(reply).startswith("Trin 4 af 6")
    assert session.subject.municipalities == ("kolding",)
    assert dialogue.answer("Kolding", on(3))[0].about.intent == "overview"


def of(knowledge: Knowledge) -> Dialogue:
    """The dialogue over another base."""
    library = Library(knowledge)
    return Dialogue(library, Understander(library, load_phrases()), keeping=Keeping(stored=True))


def renamed(place: Municipality, number: int) -> Municipality:
    """Another municipality that does the same, under ids of its own."""

    def ids(records: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(replace(one, id=f"{one.id}-{number}") for one in records)

    strategies = tuple(replace(one, replaces=None) for one in ids(place.strategies))
    initiatives = tuple(replace(one, strategy=f"{one.strategy}-{number}") for one in ids(place.initiatives))
    name = Text(da=f"By {number}", en=f"Town {number}")
    return replace(
        place, id=f"by-{number}", name=name.da, short=name, aliases=(), strategies=strategies, initiatives=initiatives,
        goals=(), milestones=(),
    )  # fmt: skip


@each_language
@pytest.mark.parametrize("count", [1, 2, 22])
def test_another_base(library: Library, count: int, language: str) -> None:
    """Of one municipality, of two, of 22; without goals, without a word to explain."""
    shipped = library.knowledge
    places = tuple(renamed(shipped.municipalities[one % 5], one) for one in range(count))
    other = of(replace(shipped, municipalities=places, terms=()))
    shown = walked(other, NEWCOMER, language)
    assert [len(shown), len(route(other.library, NEWCOMER))] == [5, 5]
    who, themes, place, _, notices = (reply_text(one) for one in shown)
    assert str(count) in who
    assert str(len(other.library.initiatives)) in themes
    assert ("Town 0" if language == "en" else "By 0") in notices
    chosen = shown[2] if count == 1 else other.act(shown[2].buttons[0].action, Session(language))[0]
    assert chosen.about.municipalities == ("by-0",)
    offered = [one for one in shown[2].buttons if one.action.startswith("tour_3_")]
    assert len(offered) == {1: 0, 2: 2, 22: 12}[count]
    assert (say(language, "tour-place-more", count=10) in place) == (count == 22)


def test_a_base_without_strategies(library: Library) -> None:
    """Has nothing to tell of them."""
    place = replace(library.municipalities["kolding"], strategies=(), initiatives=())
    bare = Library(replace(library.knowledge, municipalities=(place,)))
    assert route(bare, NEWCOMER) == ("what", "themes", "place", "ask", "notices")


@given(st.text(max_size=12), st.integers(0, 7), st.sampled_from([*ROUTES, ""]), st.booleans())
def test_any_text_anywhere(dialogue: Dialogue, text: str, step: int, role: str, left: bool) -> None:
    """Answered, and the tour's position is one that there is."""
    reply, session = dialogue.answer(text, Session("da", tour=Tour(role, step, left)))
    assert reply_text(reply)
    assert 0 <= session.tour.step <= max(step, len(ROUTES[NEWCOMER]))
