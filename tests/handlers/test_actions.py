"""A payload says everything itself, fits a button of Telegram, and gives the very query that it was made of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.actions import COMMANDS, LONGEST, VERBS, decode, encode
from handlers.dialogue import HANDLERS
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
