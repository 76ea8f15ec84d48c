"""Conversations that go on over a base which has lost what they were about: every turn is answered."""

from dataclasses import replace

import pytest

from handlers.dialogue import Dialogue
from handlers.session import Session
from knowledge.gone import still_there
from knowledge.query import Query, Subject

QUESTIONS = (
    "hvad gør Kolding?", "hvem har en mentorordning?", "hvad er socialøkonomi?", "sammenlign Aarhus og Kolding",
    "dokumenter fra Aarhus", "hvornår udløber Koldings strategi?", "tidslinje", "hvilke kommuner kender du?",
    "hvilke mål har Aarhus?", "hvor mange indsatser har Roskilde?", "fortæl mere om netværk i Kolding",
)  # fmt: skip
FOLLOW_UPS = (
    "og i Aarhus?", "hvornår er det fra?", "fortæl mere", "hvad er kilden?", "og de andre?", "er det stadig gældende?",
    "giv mig besked om det", "vis som billede", "send mig den på én side", "hvem samarbejder de med?", "det første",
    "den anden", "tilbage", "næste", "hvor mange?", "hvilke mål?", "dokumenter", "sammenlign dem", "den nyeste?",
)  # fmt: skip


def gone(subject: Subject, lost: set[str]) -> Subject:
    """The subject as if these entries had other ids when it was saved."""

    def renamed(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{one}-gone" if one in lost else one for one in ids)

    query = subject.query
    if query:
        query = replace(
            query,
            municipalities=renamed(query.municipalities), topics=renamed(query.topics),
            documents=renamed(query.documents), terms=renamed(query.terms), within=renamed(query.within),
        )  # fmt: skip
    return replace(
        subject,
        query=query,
        municipalities=renamed(subject.municipalities), initiatives=renamed(subject.initiatives),
        documents=renamed(subject.documents), strategies=renamed(subject.strategies), group=renamed(subject.group),
        topics=renamed(subject.topics), listed=renamed(subject.listed), seen=renamed(subject.seen),
    )  # fmt: skip


@pytest.mark.parametrize("shelf", ["municipalities", "initiatives", "themes", "strategies", "documents", "terms"])
def test_every_follow_up_is_answered(dialogue: Dialogue, shelf: str) -> None:
    lost = set(getattr(dialogue.library, shelf))
    for question in QUESTIONS:
        _, session = dialogue.answer(question, Session("da"))
        session = replace(session, subject=gone(session.subject, lost))
        for follow_up in FOLLOW_UPS:
            reply, after = dialogue.answer(follow_up, session)
            assert reply.blocks, (question, follow_up)
            assert "-gone" not in str(after.to_dict()), (question, follow_up)
        reply, _ = dialogue.act("source", session)
        assert reply.blocks


def test_what_is_left_still_counts(dialogue: Dialogue) -> None:
    subject = Subject(Query("compare", ("aarhus", "odense")), ("aarhus", "odense"), group=("odense", "aarhus"))
    assert still_there(subject, dialogue.library) == Subject(None, ("aarhus",), group=("aarhus",))


def test_a_subject_that_is_there_stays_itself(dialogue: Dialogue) -> None:
    _, session = dialogue.answer("hvad gør Kolding?", Session("da"))
    assert still_there(session.subject, dialogue.library) is session.subject
