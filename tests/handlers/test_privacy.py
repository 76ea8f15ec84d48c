"""What is kept is told as it is, handed over whole, and erased after one yes - in every state a chat can be in."""

import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from handlers.dialogue import Dialogue
from handlers.keeping import NOTHING_STORED, Keeping
from handlers.memory import Erase, Kept, Rhythm, Scope, Subscription
from handlers.privacy import FILE_NAME
from handlers.reply import Reply, reply_text
from handlers.session import Session, Tour
from handlers.texts import say
from knowledge.model import LANGUAGES
from knowledge.query import Query, Subject
from knowledge.understanding import Understander

each_language = pytest.mark.parametrize("language", LANGUAGES)
KEPT = Kept(
    (Subscription(Scope("kolding"), ("indkoeb",), Rhythm("weekly")), Subscription(Scope(theme="netvaerk"))),
    since=datetime(2026, 10, 3, 8, 30, tzinfo=UTC),
    active=datetime(2026, 11, 22, 9, tzinfo=UTC),
    paused=datetime(2026, 11, 1, tzinfo=UTC),
)
SUBJECT = Subject(Query("overview", ("kolding",)), ("kolding",))
STATES = {
    "new": Session(),
    "after an answer": Session("da", SUBJECT),
    "on the tour": Session("da", SUBJECT, Tour("staff", 2)),
    "asked for a role": Session("da", SUBJECT, Tour(), "role"),
    "asked to erase": Session("da", SUBJECT, Tour("staff", 2), "erase"),
}
each_state = pytest.mark.parametrize("state", STATES)


@pytest.fixture(scope="module")
def dialogue(storing: Dialogue) -> Dialogue:
    """Where chats are stored."""
    return storing


def keeping(understander: Understander, how: Keeping) -> Dialogue:
    """The dialogue of an operator who keeps chats like this."""
    return Dialogue(understander.library, understander, keeping=how)


def told(understander: Understander, how: Keeping, language: str = "da") -> str:
    """What such a dialogue says of what is kept."""
    return reply_text(keeping(understander, how).act("privacy", Session(language))[0])


def content(reply: Reply) -> dict[str, object]:
    """The JSON that is handed over."""
    assert reply.file
    assert reply.file.name == FILE_NAME
    found: dict[str, object] = json.loads(reply.file.content.decode("utf-8"))
    return found


@each_state
@pytest.mark.parametrize(
    ("text", "intent"),
    [("/privatliv", "privacy"), ("/privacy", "privacy"), ("Hvad gemmer du om mig?", "privacy"),
     ("/minedata", "my_data"), ("/mydata@VejviserBot", "my_data"), ("vis mig mine data", "my_data"),
     ("/slet", "erase"), ("/DELETE", "erase"), ("slet mine data", "erase")],
)  # fmt: skip
def test_in_every_state(dialogue: Dialogue, state: str, text: str, intent: str) -> None:
    """By command and by sentence, paused or not; nothing else of the session is lost by it."""
    before = STATES[state]
    reply, after = dialogue.answer(text, before, kept=KEPT)
    assert (reply.about.intent, reply.about.status) == (intent, "answered")
    assert reply.changes == ()
    assert (after.subject.query, after.tour) == (before.subject.query, before.tour)
    assert after.pending == ("erase" if intent == "erase" else "")


def test_everything_that_is_kept_is_handed_over(dialogue: Dialogue) -> None:
    """Session, subscriptions and times, as they are."""
    session = Session("da", SUBJECT, Tour("coordinator", 3, left=True))
    found = content(dialogue.answer("/minedata", session, kept=KEPT)[0])
    assert Session.from_dict(found["session"]) == session  # type: ignore[arg-type]
    assert found["subscriptions"] == [one.to_dict() for one in KEPT.subscriptions]
    assert found["since"] == "2026-10-03T08:30:00+00:00"
    assert {one.name for one in fields(Kept)} <= set(found)
    assert "kryptere" in str(found["chat_address"])


@each_language
def test_the_data_in_words(dialogue: Dialogue, language: str) -> None:
    """One line, of what there is and of nothing else."""
    parts = {"da": ["dansk", "seneste svar", "rundturen", "2 abonnementer", "første"],
             "en": ["English", "last answers", "tour", "2 subscriptions", "first"]}[language]  # fmt: skip
    full = reply_text(dialogue.act("mydata", Session(language, SUBJECT, Tour("staff", 2)), KEPT)[0])
    assert [one for one in parts if one not in full] == []
    assert "\n" not in full
    new = reply_text(dialogue.act("mydata", Session(language))[0])
    assert [one for one in parts if one in new] == []


@each_language
def test_one_yes_erases(dialogue: Dialogue, language: str) -> None:
    """The session with the rest; and it is said."""
    yes = {"da": ["ja", "Ja tak!", "ja, slet det", "Slet alt om mig"],
           "en": ["yes", "Yes please", "yes, delete it", "Erase all about me"]}[language]  # fmt: skip
    for text in yes:
        reply, session = dialogue.answer(text, Session(language, SUBJECT, Tour("staff", 2), "erase"), kept=KEPT)
        assert reply.changes == (Erase(),), text
        assert session == Session(language)
        assert {"da": "Farvel", "en": "Goodbye"}[language] in reply_text(reply)
    assert dialogue.act("erase_yes", Session(language, pending="erase"))[0].changes == (Erase(),)


@each_language
@pytest.mark.parametrize("text", ["nej", "no", "Behold det", "hvad gør Kolding?", "what?", "jo", "måske", "slet"])
def test_anything_else_leaves_all(dialogue: Dialogue, text: str, language: str) -> None:
    """A question is answered on top of it; after it a yes means nothing."""
    before = Session(language, SUBJECT, Tour("staff", 2), "erase")
    reply, session = dialogue.answer(text, before, kept=KEPT)
    assert reply.changes == ()
    assert (session.subject.query, session.tour) == (SUBJECT.query, before.tour)
    if text != "slet":
        assert {"da": "Jeg har ikke slettet noget.", "en": "I have not erased anything."}[reply.language] in reply_text(
            reply
        )
        assert dialogue.answer("ja", session)[0].changes == ()


def test_no_link_erases(dialogue: Dialogue) -> None:
    """Whoever follows t.me/bot?start=erase_yes is asked first."""
    reply, session = dialogue.act("erase_yes", Session("da", SUBJECT), KEPT)
    assert reply.changes == ()
    assert "abonnementer" in reply_text(reply)
    assert session.pending == "erase"


def test_who_keeps_how_long(understander: Understander) -> None:
    """As the operator set it; what is not set is said to be so."""
    assert "Ansvarlig: Kolding Kommune" in told(understander, Keeping(True, "Kolding Kommune, post@kolding.dk", 365))
    assert "365 dage" in told(understander, Keeping(True, days=365))
    silent = told(understander, Keeping(True))
    assert "den, der driver botten" in silent
    assert "indtil du beder mig om at slette det" in silent
    assert "dage" not in silent


def test_unanswered_questions_are_told_of_only_where_they_are_kept(understander: Understander) -> None:
    """Then with how they are masked."""
    assert "én undtagelse" not in told(understander, Keeping(True, days=365))
    kept = told(understander, Keeping(True, days=365, unanswered_days=30))
    assert "30 dage" in kept
    assert "CPR" in kept
    assert "Det hjalp" not in kept


def test_what_pressing_that_it_helped_leaves_is_told_where_people_are_asked(understander: Understander) -> None:
    """With the question only where that is kept."""
    counted = told(understander, Keeping(True, days=365, judged=True))
    assert "tæller jeg det sammen" in counted
    assert "én undtagelse" not in counted
    kept = told(understander, Keeping(True, days=365, unanswered_days=30, judged=True))
    assert "eller hvor du siger, at svaret ikke hjalp" in kept
    assert "tæller jeg det sammen" in kept


@each_language
def test_without_a_store_nothing_is_claimed(understander: Understander, language: str) -> None:
    """`vejviser ask` keeps nothing: no file, no erasing, no yes to wait for."""
    dialogue = keeping(understander, NOTHING_STORED)
    for action, key in (
        ("privacy", "privacy-memory"), ("mydata", "my-data-memory"), ("erase", "erase-memory"),
        ("erase_yes", "erase-memory"),
    ):  # fmt: skip
        reply, session = dialogue.act(action, Session(language, SUBJECT))
        assert reply_text(reply).startswith(say(language, key))
        assert (reply.file, reply.changes, session.pending) == (None, (), "")


@pytest.mark.parametrize(
    "text",
    ["hvordan behandler Aarhus persondata?", "hvordan behandler kommunerne persondata?", "hvad siger GDPR om Kolding?",
     "how does Aarhus handle personal data?", "what is Roskilde's privacy policy?",
     "kan du slette min facebook-profil?"],
)  # fmt: skip
def test_others_data_are_not_ours_to_tell(dialogue: Dialogue, text: str) -> None:
    """How municipalities treat data stands in no source."""
    assert dialogue.answer(text, Session())[0].about.status == "unknown"


def test_the_texts_are_true_of_the_session() -> None:
    """Whoever adds to what is kept tells of it in privacy-*.ftl, too, and then here."""
    assert {one.name for one in fields(Session)} == {"language", "subject", "tour", "pending"}
    assert {one.name for one in fields(Kept)} == {"subscriptions", "since", "active", "paused", "waiting", "admitted"}
