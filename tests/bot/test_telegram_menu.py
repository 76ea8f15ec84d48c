"""What Telegram shows of the bot before anything is said: commands, descriptions and the menu button."""

from collections.abc import Awaitable, Callable

import pytest

from bot.channels.telegram_menu import IN_GROUPS
from bot.conversation import Conversation
from handlers.actions import COMMANDS
from handlers.texts import say
from knowledge.model import LANGUAGES
from tests.bot.conftest import HandMade
from tests.drivers import TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault, units

Start = Callable[[Conversation], Awaitable[TelegramDriver]]
SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton")
PRIVATE, GROUPS = "all_private_chats", "all_group_chats"


async def test_commands_by_scope_in_danish_and_for_all_others_in_english(
    fake: FakeTelegram, telegram: TelegramDriver
) -> None:
    shown = {place: {one["command"]: one["description"] for one in menu} for place, menu in fake.menus.items()}
    assert set(shown) == {(scope, code) for scope in (PRIVATE, GROUPS) for code in ("", "da")}
    assert list(shown[PRIVATE, ""]) == list(COMMANDS["en"])
    assert list(shown[PRIVATE, "da"]) == list(COMMANDS["da"])
    assert list(shown[GROUPS, ""]) == ["help", "subscribe", "subscriptions", "settings", "privacy"]
    assert list(shown[GROUPS, "da"]) == ["hjaelp", "abonner", "abonnementer", "indstillinger", "privatliv"]
    assert shown[PRIVATE, "da"]["indstillinger"] == "Vælg sprog, og hvornår beskeder kommer"
    assert set(IN_GROUPS) <= set(COMMANDS["da"].values())


async def test_descriptions_and_button(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    assert fake.profile == {
        ("description", ""): say("en", "telegram-description"),
        ("description", "da"): say("da", "telegram-description"),
        ("short_description", ""): say("en", "telegram-short-description"),
        ("short_description", "da"): say("da", "telegram-short-description"),
    }
    assert fake.buttons == {0: {"type": "commands"}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_fit(language: str) -> None:
    assert units(say(language, "telegram-description")) <= 512
    assert units(say(language, "telegram-short-description")) <= 120


async def test_a_second_start_sets_only_what_changed(
    fake: FakeTelegram, telegram_over: Start, hand_made: HandMade
) -> None:
    await telegram_over(Conversation(hand_made))
    before = [len(fake.called(one)) for one in SETTERS]
    fake.menus[PRIVATE, "da"] = fake.menus[PRIVATE, "da"][:2]
    await telegram_over(Conversation(hand_made))
    assert [len(fake.called(one)) for one in SETTERS] == [before[0] + 1, *before[1:]]
    assert len(fake.menus[PRIVATE, "da"]) == len(COMMANDS["da"])


async def test_a_refusal_stops_neither_the_rest_nor_the_start(
    fake: FakeTelegram, telegram_over: Start, hand_made: HandMade
) -> None:
    fake.fail("setMyCommands", Fault(status=400, description="no"))
    fake.fail("setMyDescription", Fault(status=502, html="<h1>502</h1>"))
    telegram = await telegram_over(Conversation(hand_made))
    assert len(fake.menus) == 3
    assert fake.profile["description", ""]
    await telegram.say("hej")
    assert [one.text for one in await telegram.read()] == ["text: hej"]


async def test_a_server_that_is_down_holds_the_start_up_once(
    fake: FakeTelegram, telegram_over: Start, hand_made: HandMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram_menu.AGAIN", (0.01,))
    fake.fail("getMyCommands", *[Fault(status=502, html="<h1>502</h1>")] * 2)
    telegram = await telegram_over(Conversation(hand_made))
    assert len(fake.called("getMyCommands")) == 2
    assert not fake.profile
    await telegram.say("hej")
    assert [one.text for one in await telegram.read()] == ["text: hej"]
