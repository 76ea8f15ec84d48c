"""The settings by command, word and button: each choice takes effect at once and is told as it then is."""

import pytest

from handlers.dialogue import Dialogue
from handlers.memory import Rhythm, Scope, Subscription
from handlers.reply import reply_text
from handlers.session import Session
from tests.handlers.chats import RememberedChat

ALL = Subscription(Scope())
KOLDING = Subscription(Scope("kolding"), ("indkoeb",), Rhythm("daily", hour=9))


@pytest.mark.parametrize(
    "asked", ["/indstillinger", "/settings@VejviserBot", "Indstillinger", "vis mine indstillinger"]
)
def test_settings_are_shown(dialogue: Dialogue, asked: str) -> None:
    """However they are asked for."""
    chat = RememberedChat(dialogue)
    told = chat.say(asked)
    assert "• Sprog: dansk." in told
    assert "• Beskeder: Du abonnerer ikke på noget endnu." in told
    assert chat.labels == ["Answer in English", "Vis mine abonnementer"]


def test_language_is_chosen_and_stays(dialogue: Dialogue) -> None:
    """The answer is in it already, and its button leads back."""
    chat = RememberedChat(dialogue)
    chat.say("/indstillinger")
    told = chat.press("Answer in English")
    assert told.startswith("That is changed. This is how it is set now:")
    assert "• Language: English." in told
    assert chat.act("what_aarhus").startswith("Aarhus has")
    chat.say("/settings")
    assert "• Sprog: dansk." in chat.press("Svar på dansk")
    assert chat.session.language == "da"


def test_rhythm_of_all_subscriptions(dialogue: Dialogue) -> None:
    """One press for all; what they leave out stays left out."""
    chat = RememberedChat(dialogue, subscriptions=(ALL, KOLDING))
    told = chat.say("/indstillinger")
    assert "Du har 2 abonnementer og får besked med det samme og på hverdage kl. 9." in told
    assert "Mellem kl. 20 og 7 skriver jeg ikke" in told
    told = chat.press("Alle beskeder hver mandag kl. 8")
    assert "Det er ændret." in told
    assert "Du har 2 abonnementer og får besked hver mandag kl. 8." in told
    assert [one.rhythm for one in chat.subscriptions] == [Rhythm("weekly", 8, 0)] * 2
    assert [one.excluding for one in chat.subscriptions] == [(), ("indkoeb",)]
    assert "Alle beskeder hver mandag kl. 8" not in chat.labels
    chat.press("Alle beskeder med det samme")
    assert "Jeg skriver på alle tider af døgnet." in chat.press("Besked på alle tider af døgnet")
    assert "Mellem kl. 20 og 7" in chat.press("Ingen beskeder mellem kl. 20 og 7")


def test_every_choice_takes_the_place_of_the_last(dialogue: Dialogue) -> None:
    """But not the way to something else."""
    chat = RememberedChat(dialogue, subscriptions=(ALL,))
    chat.say("/settings")
    assert chat.reply
    assert [one.label for one in chat.reply.buttons if not one.in_place] == ["Vis mine abonnementer"]


def test_where_nothing_is_stored_there_is_the_language(dialogue: Dialogue) -> None:
    """And no word of notices."""
    reply, _ = dialogue.act("settings", RememberedChat(dialogue).session)
    assert [one.label for one in reply.buttons] == ["Answer in English"]


def test_settings_are_shown_to_somebody_whose_language_is_not_known_yet(dialogue: Dialogue) -> None:
    reply, _ = dialogue.answer("indstillinger", Session())
    assert reply.language == "da"
    assert "Sprog: dansk." in reply_text(reply)
