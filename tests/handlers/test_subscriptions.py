"""Subscribing by sentence and by button: what is kept, what is said of it, and that nothing is promised in vain."""

from dataclasses import replace

import pytest

from handlers.actions import LONGEST, decode, encode
from handlers.dialogue import Dialogue
from handlers.memory import Rhythm, Scope, Subscription
from handlers.reply import reply_text
from handlers.session import Session
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import LANGUAGES
from tests.handlers.chats import RememberedChat

each_language = pytest.mark.parametrize("language", LANGUAGES)
SENTENCES = (
    ("giv mig besked når Kolding opdaterer sin strategi", "tell me when Kolding updates its strategy",
     [Subscription(Scope("kolding"))]),
    ("giv mig besked om alt", "notify me about everything", [Subscription(Scope())]),
    ("giv mig besked om alt undtagen indkøb", "notify me about everything except procurement",
     [Subscription(Scope(), ("indkoeb",))]),
    ("hold mig opdateret om alt, bare ikke Aarhus, altså alt undtagen Aarhus",
     "keep me posted on everything but Aarhus", [Subscription(Scope(), ("aarhus",))]),
    ("giv mig besked om alt bortset fra Aarhus og indkøb", "notify me about everything except Aarhus and procurement",
     [Subscription(Scope(), ("aarhus", "indkoeb"))]),
    ("abonner på mentorordninger", "subscribe to mentor schemes", [Subscription(Scope(theme="mentorordning"))]),
    ("giv mig besked om indkøb i Kolding", "let me know about procurement in Kolding",
     [Subscription(Scope("kolding", "indkoeb"))]),
    ("giv mig besked om mentorordninger i Aarhus og Roskilde", "notify me about mentor schemes in Aarhus and Roskilde",
     [Subscription(Scope("aarhus", "mentorordning")), Subscription(Scope("roskilde", "mentorordning"))]),
    ("giv mig besked om Koldings strategi fra 2014", "notify me about Kolding's strategy of 2014",
     [Subscription(Scope(strategy="kolding-2014"))]),
    ("giv mig besked om Aarhus hver mandag kl. 9", "notify me about Aarhus every Monday at 9",
     [Subscription(Scope("aarhus"), (), Rhythm("weekly", 9, 0))]),
    ("giv mig besked om Aarhus hver fredag", "notify me about Aarhus every Friday",
     [Subscription(Scope("aarhus"), (), Rhythm("weekly", 8, 4))]),
    ("giv mig besked om Aarhus dagligt", "notify me about Aarhus daily",
     [Subscription(Scope("aarhus"), (), Rhythm("daily"))]),
    ("giv mig besked om Aarhus hver dag kl. 16", "notify me about Aarhus every day at 4 pm",
     [Subscription(Scope("aarhus"), (), Rhythm("daily", 16))]),
    ("giv mig besked om Aarhus en gang om ugen", "notify me about Aarhus once a week",
     [Subscription(Scope("aarhus"), (), Rhythm("weekly"))]),
    ("giv mig besked om Aarhus med det samme", "notify me about Aarhus right away", [Subscription(Scope("aarhus"))]),
    ("giv mig besked om Aarhus hver søndag", "notify me about Aarhus every Sunday",
     [Subscription(Scope("aarhus"), (), Rhythm("weekly", 8, 0))]),
)  # fmt: skip


@pytest.mark.parametrize(("danish", "english", "expected"), SENTENCES, ids=[one[1] for one in SENTENCES])
def test_by_sentence(dialogue: Dialogue, danish: str, english: str, expected: list[Subscription]) -> None:
    """The same in both languages; a digest comes on a working day."""
    for language, sentence in zip(LANGUAGES, (danish, english), strict=True):
        chat = RememberedChat(dialogue)
        chat.say(sentence)
        assert chat.reply
        assert (chat.reply.language, list(chat.subscriptions)) == (language, expected), sentence


def test_twice_is_one_and_says_so(dialogue: Dialogue) -> None:
    """By sentence, in the other language, and by a button of last month."""
    chat = RememberedChat(dialogue)
    assert "Du får nu besked om Kolding" in chat.say("giv mig besked om nyt fra Kolding")
    kept = chat.kept
    for text in (chat.say("hold mig opdateret om Kolding"), chat.act("subscribe_kolding")):
        assert "allerede" in text
        assert "kun ét abonnement" in text
    assert "one subscription only" in chat.say("keep me posted on Kolding")
    assert chat.kept == kept


def test_a_rhythm_told_alone_changes_all_and_keeps_what_is_left_out(dialogue: Dialogue) -> None:
    """And a new sentence without exclusions takes them away again."""
    chat = RememberedChat(dialogue)
    chat.say("giv mig besked om alt undtagen indkøb")
    chat.say("giv mig besked om mentorordning i Aarhus hver tirsdag kl. 10")
    chat.say("hellere dagligt")
    assert chat.subscriptions == (
        Subscription(Scope(), ("indkoeb",), Rhythm("daily", 8)),
        Subscription(Scope("aarhus", "mentorordning"), (), Rhythm("daily", 10, 1)),
    )
    chat.say("giv mig besked om alt")
    assert chat.subscriptions[0] == Subscription(Scope(), (), Rhythm("daily", 8))


def test_a_rhythm_alone_without_any_subscription_asks_for_what(dialogue: Dialogue) -> None:
    """Nothing is kept."""
    chat = RememberedChat(dialogue)
    chat.say("hver mandag kl. 9")
    assert chat.subscriptions == ()
    assert "Giv mig besked om alt" in chat.labels


@pytest.mark.parametrize(
    ("sentence", "said", "button"),
    [
        ("giv mig besked om Odense", "Odense", "Giv mig besked om Kolding"),
        ("giv mig besked om svømmehaller", "kender jeg ikke", "Giv mig besked om alt"),
        ("giv mig besked om Koldings strategi fra 2011", "Kolding 2009", "Giv mig besked om strategien Kolding 2014"),
        ("notify me about Esbjerg", "Esbjerg", "Notify me about Kolding"),
        ("notify me about swimming pools", "do not know", "Notify me about everything"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_is_nearest(
    dialogue: Dialogue, sentence: str, said: str, button: str
) -> None:
    """Nothing is kept; of a Danish municipality the nearest are those of its region."""
    chat = RememberedChat(dialogue)
    assert said in chat.say(sentence)
    assert chat.reply
    assert (chat.reply.about.status, chat.subscriptions) == ("unknown", ())
    assert button in chat.labels
    chat.press(button)
    assert len(chat.subscriptions) == 1


@pytest.mark.parametrize(
    "sentence", ["abonner", "/abonner", "nyhedsbrev?", "hvordan abonnerer jeg?", "jeg vil abonnere"]
)
def test_nobody_is_subscribed_who_only_asked(dialogue: Dialogue, sentence: str) -> None:
    """What there is to choose from is shown."""
    chat = RememberedChat(dialogue)
    chat.say(sentence)
    assert chat.subscriptions == ()
    assert chat.labels[0] == "Giv mig besked om alt"


def test_it_leans_on_the_last_answer(dialogue: Dialogue) -> None:
    """ "derfra", "det"."""
    chat = RememberedChat(dialogue)
    chat.say("Hvad laver Aarhus?")
    chat.say("giv mig besked, når der kommer nyt derfra")
    chat.say("hvilke kommuner har en mentorordning?")
    chat.say("giv mig besked om det")
    assert [one.scope for one in chat.subscriptions] == [Scope(theme="mentorordning"), Scope("aarhus")]


STOPS: tuple[tuple[str, str, set[Scope]], ...] = (
    ("stop beskeder om Aarhus", "stop notices about Aarhus", {Scope(), Scope("kolding"), Scope("aarhus", "indkoeb")}),
    ("stop beskeder om indkøb i Aarhus", "stop notices about procurement in Aarhus",
     {Scope(), Scope("kolding"), Scope("aarhus")}),
    ("afmeld Kolding", "unsubscribe from Kolding", {Scope(), Scope("aarhus"), Scope("aarhus", "indkoeb")}),
    ("giv mig ikke besked om Kolding", "don't notify me about Kolding",
     {Scope(), Scope("aarhus"), Scope("aarhus", "indkoeb")}),
    ("stop alt", "stop everything", set()),
    ("stop alle beskeder", "stop all notices", set()),
    ("afmeld", "unsubscribe", {Scope(), Scope("kolding"), Scope("aarhus"), Scope("aarhus", "indkoeb")}),
    ("stop beskeder om Odense", "stop notices about Odense",
     {Scope(), Scope("kolding"), Scope("aarhus"), Scope("aarhus", "indkoeb")}),
)  # fmt: skip


@pytest.mark.parametrize(("danish", "english", "left"), STOPS, ids=[one[1] for one in STOPS])
def test_stop_by_sentence(dialogue: Dialogue, danish: str, english: str, left: set[Scope]) -> None:
    """Just what was named; where nothing is named there is a choice."""
    had = tuple(map(Subscription, (Scope(), Scope("kolding"), Scope("aarhus"), Scope("aarhus", "indkoeb"))))
    for sentence in (danish, english):
        chat = RememberedChat(dialogue, subscriptions=had)
        chat.say(sentence)
        assert {one.scope for one in chat.subscriptions} == left, sentence


def test_stop_what_is_only_had_in_part_stops_the_parts(dialogue: Dialogue) -> None:
    """Who has Aarhus' procurement and its strategy, and wants no notices about Aarhus, wants neither."""
    had = (
        Subscription(Scope("aarhus", "indkoeb")),
        Subscription(Scope(strategy="aarhus-2012")),
        Subscription(Scope("kolding")),
    )
    chat = RememberedChat(dialogue, subscriptions=had)
    chat.say("stop beskeder om Aarhus")
    assert [one.scope for one in chat.subscriptions] == [Scope("kolding")]


def test_what_still_tells_of_it_is_named_and_can_leave_it_out(dialogue: Dialogue) -> None:
    """ "stop beskeder om Aarhus" to who follows everything."""
    chat = RememberedChat(dialogue, subscriptions=(Subscription(Scope(), ("indkoeb",), Rhythm("daily", 9)),))
    text = chat.say("stop beskeder om Aarhus")
    assert "Du abonnerer ikke på Aarhus" in text
    assert "Du får stadig besked om Aarhus" in text
    chat.press(chat.labels[0])
    assert chat.subscriptions == (Subscription(Scope(), ("aarhus", "indkoeb"), Rhythm("daily", 9)),)
    assert "Du får stadig" not in chat.say("stop beskeder om Aarhus")


def test_the_only_one_is_stopped_without_its_name(dialogue: Dialogue) -> None:
    """And with nothing left there is nothing to stop."""
    chat = RememberedChat(dialogue, subscriptions=(Subscription(Scope("kolding")),))
    assert "ikke længere besked om Kolding" in chat.say("afmeld")
    assert chat.subscriptions == ()
    assert "Du abonnerer ikke på noget" in chat.say("afmeld")


@each_language
@pytest.mark.parametrize(
    "written", [("abonnementer", "subscriptions"), ("hvad abonnerer jeg på?", "what do I follow?")]
)
def test_the_list_changes_and_stops_with_one_tap(dialogue: Dialogue, language: str, written: tuple[str, str]) -> None:
    """Each subscription has both."""
    had = (Subscription(Scope(), ("indkoeb",)), Subscription(Scope("kolding"), (), Rhythm("weekly", 9, 3)))
    chat = RememberedChat(dialogue, language, had)
    asked = written[LANGUAGES.index("da" if language == "da" else "en")]
    text = chat.say(asked)
    assert {"da": "Kolding: hver torsdag kl. 9.", "en": "Kolding: every Thursday at 9."}[language] in text
    change, stop = chat.labels[2:4]
    chat.press(change)
    assert chat.subscriptions[1].rhythm.kind == "now"
    chat.say(asked)
    chat.press(stop)
    assert chat.subscriptions == had[:1]


def test_a_long_list_is_folded_and_can_be_shown_whole(dialogue: Dialogue) -> None:
    """With all its buttons."""
    themes = list(dialogue.library.themes)[:9]
    chat = RememberedChat(dialogue, subscriptions=tuple(Subscription(Scope(theme=one)) for one in themes))
    text = chat.say("mine abonnementer")
    assert "… og 3 til" in text
    assert text.count("•") == 6
    assert chat.press("Vis det hele").count("•") == 9


def test_what_the_base_no_longer_has_is_said_and_can_be_stopped(dialogue: Dialogue) -> None:
    """Bases are edited; subscriptions stay."""
    chat = RememberedChat(dialogue, subscriptions=(Subscription(Scope("gone")), Subscription(Scope(strategy="old"))))
    assert chat.say("mine abonnementer").count("ikke længere i min viden") == 2
    chat.say("stop alt")
    assert chat.subscriptions == ()


@each_language
@pytest.mark.parametrize("asked", ["Kolding", "mentorordning", "mentor schemes", "Aarhus mentor", "hvad er nyt?"])
def test_one_button_under_an_answer_where_it_is_not_subscribed_to_yet(
    dialogue: Dialogue, language: str, asked: str
) -> None:
    """Pressing it subscribes; then it is gone, there and under what is narrower."""
    chat = RememberedChat(dialogue, language)
    chat.say(asked)
    offers = [one for one in chat.reply.buttons if one.action.find("subscribe") >= 0] if chat.reply else []
    assert len(offers) == 1
    chat.act(offers[0].action)
    assert len(chat.subscriptions) == 1
    chat.say(asked)
    assert offers[0].label not in chat.labels


@pytest.mark.parametrize(
    "asked", ["hej", "tak", "hjælp", "sammenlign Aarhus og Kolding", "hvem er du?", "hvem var først?"]
)
def test_no_button_where_it_would_not_help(dialogue: Dialogue, asked: str) -> None:
    """Small talk, and answers about several."""
    chat = RememberedChat(dialogue)
    chat.say(asked)
    assert [one for one in chat.labels if "besked" in one] == []


@each_language
def test_every_button_does_what_its_label_says_when_typed(dialogue: Dialogue, language: str) -> None:
    """However far one walks; all payloads fit and stand for one query alone."""
    had = (
        Subscription(Scope(), ("aarhus", "indkoeb")),
        Subscription(Scope("kolding")),
        Subscription(Scope(theme="mentorordning"), (), Rhythm("daily", 7)),
        Subscription(Scope("ikast-brande", "virksomhedsfaellesskaber"), (), Rhythm("weekly", 22, 4)),
        Subscription(Scope(strategy="ikast-brande-2020")),
    )
    chat = RememberedChat(dialogue, language, had)
    before = chat.kept
    for asked in ("mine abonnementer", "abonner", "stop beskeder om Aarhus", "giv mig besked om Roskilde", "Roskilde"):
        chat.kept, chat.session = before, Session(language)
        found, session = chat.dialogue.answer(asked, Session(language), language, before)
        for button in found.buttons:
            assert len(button.action) <= LONGEST
            query = decode(button.action, chat.dialogue.library)
            assert query, button
            assert encode(query) == button.action
            pressed, _ = chat.dialogue.act(button.action, session, before)
            typed, _ = chat.dialogue.answer(button.label, session, language, before)
            same = {"da": "Stop besked om alt", "en": "Stop notices about everything"}[language]
            if button.label != same:  # typed, that means all of them
                assert typed.changes == pressed.changes, (button, reply_text(typed))
                assert reply_text(typed) == reply_text(pressed), button


@each_language
def test_where_nothing_is_kept_nothing_is_promised(dialogue: Dialogue, language: str) -> None:
    """`vejviser ask` has no chat to write to: it says where one can subscribe."""
    for sentence in (
        "giv mig besked om Kolding",
        "notify me about Kolding",
        "stop alt",
        "mine abonnementer",
        "abonner",
    ):
        reply, _ = dialogue.answer(sentence, Session(), language)
        assert "vejviser chat" in reply_text(reply)
        assert "Telegram" in reply_text(reply)
        assert (reply.changes, reply.buttons, reply.about.status) == ((), (), "answered")
    assert dialogue.act("subscribe_kolding", Session(language))[0].changes == ()


def test_a_base_with_long_ids_has_no_button_but_a_word(dialogue: Dialogue) -> None:
    """What does not fit a button is left out, and the answer stands."""
    knowledge = load_knowledge()
    long = "a" * 58
    places = tuple(replace(one, id=long) if one.id == "roskilde" else one for one in knowledge.municipalities)
    library = Library(replace(knowledge, municipalities=places))
    chat = RememberedChat(dialogue, subscriptions=(Subscription(Scope(long)),))
    chat.dialogue.library = library
    assert "Roskilde" in chat.act("subscriptions")
    assert chat.labels == ["Besked på alle tider af døgnet"]  # which names none of them
    chat.say("stop alt")
    assert chat.subscriptions == ()
