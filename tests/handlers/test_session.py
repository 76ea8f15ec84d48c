"""What a chat remembers survives JSON at every turn: what does not is found today, not after a restart."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dialogue import Dialogue
from handlers.reply import Reply, reply_text
from handlers.session import Session, Tour
from knowledge.query import NOTHING, Query, Subject
from tests.test_dialogues import DIALOGUES, Written, pressed


def through_json(session: Session) -> Session:
    """The session as it comes back from a store."""
    return Session.from_dict(json.loads(json.dumps(session.to_dict())))


@pytest.mark.parametrize("written", DIALOGUES, ids=lambda one: one.name)
def test_written_dialogues_survive_json_at_every_turn(dialogue: Dialogue, storing: Dialogue, written: Written) -> None:
    """The same answers, with and without the store in between."""
    dialogue = storing if written.stored else dialogue
    kept, stored = Session(), Session()
    reply: Reply | None = None
    for turn in written.turns:
        if turn.press and reply:
            if turn.press not in {one.label for one in (*reply.buttons, *reply.suggestions)}:
                assert written.stored  # a button for what is kept, and nothing is kept here
                return
            action = pressed(reply, turn.press)
            reply, kept = dialogue.act(action, kept)
            other, stored = dialogue.act(action, stored)
        else:
            reply, kept = dialogue.answer(turn.say, kept)
            other, stored = dialogue.answer(turn.say, stored)
        assert reply_text(other) == reply_text(reply)
        stored = through_json(stored)
        assert stored == kept


def test_a_new_session_is_small() -> None:
    """And the same after JSON."""
    assert through_json(Session()) == Session()
    assert Session().subject == NOTHING


def test_a_full_session() -> None:
    """Every field of query and subject."""
    query = Query(
        "compare", ("aarhus",), ("netvaerk",), "all", ("mentorordning",), ("di",), ("overblik-2014",),
        ("socialoekonomi",), ("roskilde-udvalg-2014",), ("Odense",), 2014, 200, True, "last", ("kolding",),
        ("aarhus",), True,
    )  # fmt: skip
    subject = Subject(
        query, ("aarhus",), ("aarhus-netvaerk",), ("overblik-2014",), ("aarhus-2012",), "en", ("aarhus", "kolding")
    )
    session = Session("en", subject, Tour("staff", 3, left=True), "erase")
    assert through_json(session) == session


def test_what_a_later_version_wrote_is_passed_over() -> None:
    """A replica of yesterday reads the session of tomorrow."""
    values = Session("da", Subject(Query("overview", ("aarhus",)), ("aarhus",))).to_dict()
    values["mood"] = "good"
    values["tour"]["shoes"] = "red"
    values["subject"]["weather"] = "fine"
    values["subject"]["query"]["colour"] = "green"
    assert Session.from_dict(values).subject.query == Query("overview", ("aarhus",))


def test_what_an_earlier_version_wrote_is_enough() -> None:
    """Missing fields have their defaults."""
    assert Session.from_dict({}) == Session()
    assert Session.from_dict({"language": "en", "subject": {}}) == Session("en")


names = st.lists(st.text(max_size=20), max_size=4).map(tuple)


@given(st.text(max_size=5), names, names, st.integers(0, 3000), st.booleans())
def test_any_session(language: str, places: tuple[str, ...], topics: tuple[str, ...], year: int, full: bool) -> None:
    """Whatever stands in it."""
    query = Query("overview", places, topics, year=year, full=full)
    session = Session(language, Subject(query, places, language=language, group=topics))
    assert through_json(session) == session
    assert through_json(replace(session, subject=Subject())) == Session(language)
