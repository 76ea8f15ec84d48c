"""Every kind of question is answered in both languages, and every suggestion that the bot makes is answered, too."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.actions import encode
from handlers.dialogue import HANDLERS, Dialogue, load_dialogue
from handlers.reply import Reply, SourceLine, reply_text
from handlers.session import Session
from handlers.texts import say
from handlers.turn import Turn
from handlers.unsure import clarify
from knowledge.library import Library
from knowledge.loading import KnowledgeError
from knowledge.model import LANGUAGES
from knowledge.query import Query
from tests.handlers.queries import OF_A_PLACE, TALK, Pressed, answer_to, real_queries

each_language = pytest.mark.parametrize("language", LANGUAGES)
NO_FACTS = (*(TALK - {"tour"}), "elsewhere", "count", "source")
"""These answers are about the bot or the base as a whole, or are themselves the source."""


def replies(dialogue: Dialogue, language: str) -> list[tuple[Query, Reply]]:
    """The answers to all real queries."""
    return [(query, answer_to(dialogue, query, language)) for query in real_queries(dialogue.library)]


def test_the_queries_cover_every_intent(library: Library) -> None:
    """Otherwise the tests below would say little."""
    assert {query.intent for query in real_queries(library)} == set(HANDLERS)


@each_language
def test_every_query_is_answered(dialogue: Dialogue, language: str) -> None:
    """In the language asked for, with text, and with ids that the base has."""
    library = dialogue.library
    for query, reply in replies(dialogue, language):
        assert reply.language == language
        assert reply.about.intent == query.intent
        assert reply.about.status == ("unknown" if query.intent in ("elsewhere", "gone") else "answered"), query
        assert reply_text(reply).strip(), query
        assert set(reply.about.municipalities) <= set(library.municipalities)
        assert set(reply.about.initiatives) <= set(library.initiatives), query
        assert set(reply.about.themes) <= set(library.themes), query
        assert set(reply.about.documents) <= set(library.documents)
        assert set(reply.about.strategies) <= set(library.strategies)


@each_language
def test_no_answer_shows_its_seams(dialogue: Dialogue, language: str) -> None:
    """No id, no placeholder, no empty point, no doubled space or stop."""
    ids = {key for key in (*dialogue.library.initiatives, *dialogue.library.documents) if "-" in key}
    for query, reply in replies(dialogue, language):
        text = reply_text(reply)
        assert [one for one in ids if re.search(rf"(?<![\w/-]){one}(?![\w/-])", text)] == [], query
        assert not re.search(r"[{}]|None(?! of)|\(\)|\b\w+=|  |\.\.(?!\.)|\s[,.;:?!](\s|$)", text), (query, text)


@each_language
def test_every_fact_has_its_source(dialogue: Dialogue, language: str) -> None:
    """A source line, wherever an answer tells of a municipality."""
    without = [
        query
        for query, reply in replies(dialogue, language)
        if query.intent not in NO_FACTS
        and reply.about.municipalities
        and not any(isinstance(block, SourceLine) for block in reply.blocks)
    ]
    assert without == []


@each_language
def test_suggestions_are_few_and_none_is_offered_twice(dialogue: Dialogue, language: str) -> None:
    """At most three next questions, never the one just answered; where there is none, there is a button."""
    for query, reply in replies(dialogue, language):
        labels = [one.label for one in (*reply.suggestions, *reply.buttons)]
        assert len(set(labels)) == len(labels), query
        assert len(reply.suggestions) <= 3, query
        assert reply.suggestions or (query.intent in ("tour", "settings") and reply.buttons), query


@each_language
def test_every_button_answers_when_pressed(pressed: dict[str, list[Pressed]], language: str) -> None:
    """However far one walks."""
    assert [
        (one.button, one.reply.about.status) for one in pressed[language] if one.reply.about.status != "answered"
    ] == []


@each_language
def test_every_suggestion_answers_when_typed(
    dialogue: Dialogue, pressed: dict[str, list[Pressed]], language: str
) -> None:
    """Pressing a suggestion is the same as typing its label, in a chat that has only begun."""
    differing = []
    for one in pressed[language]:
        if one.suggested:
            typed, _ = dialogue.answer(one.button.label, Session())
            if reply_text(typed) != reply_text(one.reply):
                differing.append(f"{one.button.label}: {typed.about} instead of {one.reply.about}")
    assert differing == []


@each_language
def test_every_button_answers_when_its_label_is_typed(
    dialogue: Dialogue, pressed: dict[str, list[Pressed]], language: str
) -> None:
    """A button such as "show all" stands under an answer; typed there, it shows all of that answer."""
    for place in dialogue.library.municipalities:
        reply, session = dialogue.answer(say(language, "ask-overview", place=place.title()), Session(language))
        for button in reply.buttons:
            typed, _ = dialogue.answer(button.label, session)
            assert reply_text(typed) == reply_text(dialogue.act(button.action, session)[0]), button


@each_language
def test_silence_is_never_called_a_no(dialogue: Dialogue, language: str) -> None:
    """That the sources do not mention a thing is said, and that this does not mean that it is not there."""
    library = dialogue.library
    disclaimers = [
        say(language, "silence-is-no-no"),
        say(language, "no", place="", topics="", over="no").split(".")[-2],
    ]
    for place in library.municipalities:
        for theme in library.themes:
            reply = answer_to(dialogue, Query("topic_in_municipality", (place,), (theme,)), language)
            if not library.items_in([theme], place):
                assert any(one.strip() in reply_text(reply) for one in disclaimers), (place, theme)
            else:
                assert reply.about.initiatives
    for theme in library.themes:
        reply = answer_to(dialogue, Query("municipalities_without", (), (), "any", (theme,)), language)
        assert disclaimers[0] in reply_text(reply), theme


@each_language
def test_of_how_many_municipalities_we_know(dialogue: Dialogue, language: str) -> None:
    """ "Which municipalities ...?" says so."""
    known = str(len(dialogue.library.municipalities))
    for theme in dialogue.library.themes:
        for query in (Query("municipalities_with", (), (theme,)), Query("municipalities_without", without=(theme,))):
            assert known in reply_text(answer_to(dialogue, query, language)), query


@each_language
def test_unknown_names_what_can_be_asked(dialogue: Dialogue, language: str) -> None:
    """What the base does not hold is said honestly, with questions that it can answer."""
    asked = {"da": "Hvilke kommuner har en svømmehal?", "en": "Which municipalities have a swimming pool?"}[language]
    reply, session = dialogue.answer(asked, Session())
    assert reply.about.status == "unknown"
    assert say(language, "unknown") in reply_text(reply)
    assert len(reply.suggestions) == 3
    assert session.subject.query is None


@each_language
def test_close_readings_are_asked_back(dialogue: Dialogue, language: str) -> None:
    """With a button for each, and each button answers."""
    options = (Query("municipalities_with", (), ("netvaerk",)), Query("overview", ("kolding",)))
    turn = Turn(dialogue.library, Query("unknown"), language, dialogue.today(), options=options)
    reply = clarify(turn)
    assert reply.about.status == "clarify"
    assert len(reply.suggestions) == 2
    for button in reply.suggestions:
        assert button.label in reply_text(reply)
        assert dialogue.act(button.action, Session(language))[0].about.status == "answered"


@pytest.mark.parametrize(
    ("said", "choices"),
    [("samarbejde", 2), ("fællesskab", 3), ("offices", 2)],
)
def test_a_word_that_hints_at_several_themes_is_asked_back(dialogue: Dialogue, said: str, choices: int) -> None:
    """Neither guessed nor refused; the choice can be pressed, or typed as it is written."""
    reply, session = dialogue.answer(said, Session())
    assert reply.about.status == "clarify", reply_text(reply)
    assert len(reply.suggestions) >= choices
    for button in reply.suggestions:
        pressed, _ = dialogue.act(button.action, session)
        typed, _ = dialogue.answer(button.label, session)
        assert reply_text(pressed) == reply_text(typed)
        assert pressed.about.status == "answered"


def test_the_answer_keeps_to_the_language_of_the_question(dialogue: Dialogue) -> None:
    """Unless one is asked for."""
    reply, session = dialogue.answer("What does Kolding do?", Session("da"))
    assert (reply.language, session.language) == ("en", "en")
    reply, session = dialogue.answer("What does Kolding do?", Session(), "da")
    assert (reply.language, session.language) == ("da", "da")
    reply, _ = dialogue.act("what_kolding", Session("en"))
    assert reply.language == "en"


def test_a_button_of_another_base_is_told_so(dialogue: Dialogue) -> None:
    """One polite answer."""
    reply, session = dialogue.act("who_no-such", Session("en"))
    assert reply.about.status == "unknown"
    assert session.language == "en"


@pytest.mark.parametrize("language", ["", "de", "xx"])
def test_an_unknown_language_is_danish(dialogue: Dialogue, language: str) -> None:
    """A channel may say anything of the person's language."""
    assert dialogue.act("what_kolding", Session(language))[0].language == "da"
    assert dialogue.answer("Kolding", Session(language))[0].language == "da"


def test_names_for_completion(dialogue: Dialogue) -> None:
    """Municipalities and themes, in the language."""
    assert {"København", "Mentorordning"} <= set(dialogue.names("da"))
    assert {"Copenhagen", "Mentor schemes"} <= set(dialogue.names("en"))


@each_language
@pytest.mark.parametrize("intent", OF_A_PLACE)
def test_the_next_question_stands_on_this_answer(dialogue: Dialogue, language: str, intent: str) -> None:
    """The session carries what the answer was about."""
    reply, session = dialogue.act(encode(Query(intent, ("kolding",))), Session(language))
    assert session.subject.municipalities == ("kolding",) == reply.about.municipalities
    assert session.subject.query
    assert session.subject.query.intent == intent


def test_a_broken_base_never_starts(tmp_path: Path) -> None:
    """Its faults are told."""
    with pytest.raises(KnowledgeError):
        load_dialogue(tmp_path)


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(st.text(st.characters(codec=None), max_size=60), min_size=1, max_size=3))
def test_any_texts_are_answered(dialogue: Dialogue, texts: list[str]) -> None:
    """One polite answer each, whatever is typed."""
    session = Session()
    for text in texts:
        reply, session = dialogue.answer(text, session)
        assert reply_text(reply)
        assert reply.language in LANGUAGES
