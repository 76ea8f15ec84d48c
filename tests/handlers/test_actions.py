"""A payload says everything itself, fits a button of Telegram, and gives the very query that it was made of."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.actions import COMMANDS, LONGEST, VERBS, decode, encode, linked
from handlers.dialogue import HANDLERS, Dialogue
from handlers.reply import reply_text
from handlers.session import Session
from handlers.texts import say
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from tests.handlers.queries import Pressed

ROUND_TRIPS = (
    Query("municipalities_with", (), ("mentorordning",)),
    Query("municipalities_with", (), ("mentorordning", "netvaerk"), full=True),
    Query("municipalities_without", without=("mentorordning",)),
    Query("topic_in_municipality", ("kolding",), ("netvaerk",)),
    Query("overview", ("ikast-brande",), full=True),
    Query("compare", ("aarhus", "kolding")),
    Query("compare", ("aarhus", "ikast-brande", "koebenhavn", "kolding", "roskilde")),
    Query("documents", documents=("koebenhavn-evaluering",)),
    Query("define", terms=("skaanehensyn",)),
    Query("partners", organisations=("den-sociale-kapitalfond",)),
    Query("order", aspect="sorted"),
    Query("count", aspect="strategies"),
    Query("list_themes"),
    Query("matrix"),
    Query("timeline", ("kolding",)),
    Query("compare_picture", ("aarhus", "koebenhavn", "ikast-brande")),
    Query("brief", ("ikast-brande",)),
    Query("brief", (), ("virksomhedsfaellesskaber",)),
    Query("help"),
    Query("tour", number=3),
    Query("tour", ("kolding",), aspect="staff", number=3),
    Query("tour", aspect="leave"),
    Query("erase", aspect="yes"),
    Query("settings", aspect="en"),
    Query("settings", aspect="weekly-0-at-8"),
)


@pytest.mark.parametrize("query", ROUND_TRIPS, ids=encode)
def test_round_trip(library: Library, query: Query) -> None:
    """What is written is read."""
    assert decode(encode(query), library) == query


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_every_reply(library: Library, pressed: dict[str, list[Pressed]], language: str) -> None:
    """Its payload fits callback data and deep links, and stands for one query alone."""
    assert len(pressed[language]) > 60
    for one in pressed[language]:
        action = one.button.action
        assert re.fullmatch(r"[A-Za-z0-9_-]+", action), action
        assert len(action) <= LONGEST, action
        query = decode(action, library)
        assert query, action
        assert encode(query) == action


def test_all_ids_fit(library: Library) -> None:
    """Any one place with any one topic, document, word or organisation."""
    place = max(library.municipalities, key=len)
    for one in (*library.themes, *library.initiatives, *library.goals):
        assert decode(encode(Query("topic_in_municipality", (place,), (one,))), library)
    for one in library.documents:
        assert decode(encode(Query("documents", (place,), documents=(one,))), library)


def test_too_long_is_refused(library: Library) -> None:
    """And not cut off."""
    with pytest.raises(ValueError, match="bytes"):
        encode(Query("compare", tuple(library.municipalities), tuple(library.themes)))


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "_",
        "nonsense",
        "topic_atlantis_netvaerk",
        "who_no-such",
        "compare_aarhus_",
        "all-",
        "WHO_mentorordning",
        "order_a_b",
        "tour_0",
        "tour_10",
        "tour_newcomer_3",
        "help_3",
        "erase_all",
        "settings_fr",
        "topic",
        "compare_mentorordning",
        "whonot_aarhus",
    ],
)
def test_what_is_no_payload(library: Library, payload: str) -> None:
    """Buttons of a version or a base that is gone give nothing."""
    assert decode(payload, library) is None


@given(st.text(max_size=70))
def test_any_payload_is_survived(library: Library, payload: str) -> None:
    """Deep links can be written by anyone."""
    query = decode(payload, library)
    assert query is None or query.intent in HANDLERS


def test_every_command_is_answered(library: Library) -> None:
    """In each language the same ones, as Telegram takes them."""
    for words in COMMANDS.values():
        assert sorted(words.values()) == sorted(COMMANDS["da"].values())
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", word) and decode(action, library) for word, action in words.items())


def test_every_verb_is_answered() -> None:
    """By one of the handlers, and no two verbs say the same."""
    assert set(VERBS.values()) <= set(HANDLERS)
    assert len(set(VERBS.values())) == len(VERBS)
    assert all(re.fullmatch(r"[a-z]+", verb) for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_no_payload_is_a_fault(dialogue: Dialogue, verb: str) -> None:
    """Whatever somebody puts together: each verb with any one or two things of the base, and with none."""
    library = dialogue.library
    shelves = (library.municipalities, library.themes, library.initiatives, library.goals, library.documents,
               library.terms, library.organisations, library.strategies)  # fmt: skip
    ids = [one for shelf in shelves for one in list(shelf)[:2]]
    turns = ("", "_first", "_yes", "_en", "_daily-8", "_quiet-0-0", "_each", "_but", "_3")
    for named in ((), *((one,) for one in ids), *combinations(ids, 2)):
        for turn in turns if len(named) < 2 else ("",):
            for full in ("", "all-"):
                reply, _ = dialogue.act("_".join((f"{full}{verb}{turn}", *named)), Session("da"))
                assert reply.blocks


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_gone_is_told_kindly(dialogue: Dialogue, language: str) -> None:
    """With what can be asked instead."""
    reply, _ = dialogue.act("what_atlantis", Session(language))
    assert reply_text(reply).startswith(say(language, "gone"))
    assert reply.about.status == "unknown"
    assert reply.suggestions


@pytest.mark.parametrize(
    ("payload", "asked"),
    [
        ("what_aarhus", "what_aarhus"),
        ("subscribe_kolding", "subscribe_kolding"),
        ("tour", "tour"),
        ("erase_yes", "erase"),
        ("all-unsubscribe_each", "subscriptions"),
        ("unsubscribe_kolding", "subscriptions"),
        ("settings_en", "settings"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_link_takes_nothing_away(payload: str, asked: str) -> None:
    """Anybody can make one and send it to others."""
    assert linked(payload) == asked


def test_an_answer_has_a_link_to_the_same(dialogue: Dialogue) -> None:
    """Whoever follows it gets the same answer; what is one's own, or leans on what was said, has none."""
    reply, session = dialogue.answer("hvilke kommuner har en mentorordning?", Session("da"))
    assert reply.link == "who_mentorordning"
    again, _ = dialogue.act(reply.link, Session("da"))
    assert again.blocks == reply.blocks
    assert dialogue.answer("hvor står det?", session)[0].link == ""
    for text in ("/abonnementer", "/privatliv", "/rundtur", "/indstillinger", "hvad gør Odense?", "sådan cirka"):
        assert dialogue.answer(text, Session("da"))[0].link == "", text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_gives_the_same_answer(pressed: dict[str, list[Pressed]], dialogue: Dialogue, language: str) -> None:
    """To somebody who has not said anything yet."""
    linked_to = [one.reply for one in pressed[language] if one.reply.link]
    assert len(linked_to) > 40
    for reply in linked_to:
        assert dialogue.act(reply.link, Session(language))[0].blocks == reply.blocks, reply.link
