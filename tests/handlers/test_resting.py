"""Quiet hours by sentence and by button: for all that one subscribes to, told where subscriptions are listed."""

import pytest

from handlers.dialogue import Dialogue
from handlers.memory import Rhythm, Scope, Subscription
from knowledge.model import LANGUAGES
from tests.handlers.chats import RememberedChat

EVERYTHING, KOLDING, DIGEST = Subscription(Scope()), Subscription(Scope("kolding")), Rhythm("weekly", 9, 0)
SENTENCES = (
    ("ikke mellem 18 og 8", "not between 18 and 8", (18, 8)),
    ("ingen beskeder mellem kl. 18 og 8", "no notices between 6 pm and 8 am", (18, 8)),
    ("skriv ikke til mig mellem 18.00 og 8.00", "don't write to me between 18 and 8", (18, 8)),
    ("forstyr mig ikke fra kl. 22 til 6", "do not disturb me from 10pm to 6am", (22, 6)),
    ("mellem 18 og 8 vil jeg ikke have beskeder", "between 18 and 8 I do not want notices", (18, 8)),
    ("skriv kun til mig mellem 8 og 16", "only send me notices between 8 am and 4 pm", (16, 8)),
    ("stille timer fra 23 til fem", "quiet hours from 23 to five", (23, 5)),
    ("ingen beskeder efter kl. 17", "no notices after 5 pm", (17, 7)),
    ("ingen beskeder før kl. 9", "no notices before 9", (20, 9)),
    ("du må gerne skrive på alle tider af døgnet", "you may write at any hour", (0, 0)),
    ("fjern stilletiden", "turn off quiet hours", (0, 0)),
)
OTHERS = (
    "hvad skete der mellem 2009 og 2014?", "hvem har mellem 10 og 20 arbejdspladser?",
    "what happened between 2009 and 2014?",
    "hvad skriver Kolding om netværk?", "hvilke kommuner har ikke mentorordninger?", "stop beskeder om Kolding",
    "which municipalities have between 5 and 10 initiatives?", "hvilke kommuner var ikke med før 2012?",
)  # fmt: skip


@pytest.mark.parametrize(("danish", "english", "hours"), SENTENCES, ids=[one[1] for one in SENTENCES])
def test_by_sentence(dialogue: Dialogue, danish: str, english: str, hours: tuple[int, int]) -> None:
    """All subscriptions have them, and nothing else of them changes."""
    for language, sentence in zip(LANGUAGES, (danish, english), strict=True):
        chat = RememberedChat(dialogue, language, (EVERYTHING, Subscription(Scope("kolding"), ("indkoeb",))))
        text = chat.say(sentence)
        quiet = Rhythm(quiet_from=hours[0], quiet_until=hours[1])
        kept = (Subscription(Scope(), (), quiet), Subscription(Scope("kolding"), ("indkoeb",), quiet))
        assert chat.subscriptions == kept, sentence
        assert hours == (0, 0) or (str(hours[0]) in text and str(hours[1]) in text), text


@pytest.mark.parametrize("sentence", OTHERS)
def test_other_hours_and_years_are_no_quiet_hours(dialogue: Dialogue, sentence: str) -> None:
    """Nor is any other question."""
    chat = RememberedChat(dialogue, subscriptions=(EVERYTHING,))
    chat.say(sentence)
    assert chat.subscriptions == (EVERYTHING,)


def test_by_night_the_usual_hours_come_back(dialogue: Dialogue) -> None:
    """ "om natten" tells no hour."""
    chat = RememberedChat(dialogue, subscriptions=(Subscription(Scope(), (), Rhythm(quiet_from=0, quiet_until=0)),))
    assert "Mellem kl. 20 og 7" in chat.say("ingen beskeder om natten, tak")
    assert chat.subscriptions == (EVERYTHING,)


def test_told_with_a_subscription_they_are_for_all(dialogue: Dialogue) -> None:
    """And a later subscription has them, too."""
    chat = RememberedChat(dialogue, subscriptions=(EVERYTHING,))
    chat.say("giv mig besked om Kolding, men ikke mellem 18 og 8")
    chat.say("giv mig besked om Aarhus")
    rhythms = {one.scope: (one.rhythm.quiet_from, one.rhythm.quiet_until) for one in chat.subscriptions}
    assert rhythms == dict.fromkeys((Scope(), Scope("kolding"), Scope("aarhus")), (18, 8))


def test_no_notices_on_something_by_night_subscribes_to_nothing(dialogue: Dialogue) -> None:
    """And stops nothing."""
    chat = RememberedChat(dialogue, subscriptions=(EVERYTHING,))
    chat.say("ingen beskeder om Kolding mellem 18 og 8")
    assert [one.scope for one in chat.subscriptions] == [Scope()]


def test_a_digest_comes_when_it_is_wanted(dialogue: Dialogue) -> None:
    """Which is told, and its rhythm stays."""
    chat = RememberedChat(dialogue, subscriptions=(Subscription(Scope("kolding"), (), DIGEST), EVERYTHING))
    assert "Faste beskeder kommer stadig" in chat.say("ikke mellem 8 og 18")
    assert chat.subscriptions[1].rhythm == Rhythm("weekly", 9, 0, 8, 18)
    only_digests = RememberedChat(dialogue, subscriptions=(Subscription(Scope("kolding"), (), DIGEST),))
    assert "Mellem" not in only_digests.act("subscriptions")


def test_who_subscribes_to_nothing_is_told_so(dialogue: Dialogue) -> None:
    """For there is nowhere to keep them."""
    chat = RememberedChat(dialogue)
    assert "Du abonnerer ikke på noget" in chat.say("ikke mellem 18 og 8")
    assert chat.subscriptions == ()


def test_the_list_tells_them_and_one_tap_changes_them(dialogue: Dialogue) -> None:
    """Off and on again; what the button says is understood when it is written, too."""
    for write in (False, True):
        chat = RememberedChat(dialogue, subscriptions=(EVERYTHING, KOLDING))
        for button, hours in (("Besked på alle tider af døgnet", 0), ("Ingen beskeder mellem kl. 20 og 7", 20)):
            told = chat.act("subscriptions")
            assert told.count("Mellem kl. 20 og 7 skriver jeg ikke, men venter til kl. 7.") == bool(hours == 0)
            assert button in chat.labels
            chat.say(button) if write else chat.press(button)
            assert {one.rhythm.quiet_from for one in chat.subscriptions} == {hours}
    english = RememberedChat(dialogue, "en", (EVERYTHING,))
    for button, hours in (("Notices at any hour", 0), ("No notices between 20:00 and 7:00", 20)):
        english.act("subscriptions")
        assert button in english.labels
        english.say(button)
        assert {one.rhythm.quiet_from for one in english.subscriptions} == {hours}
