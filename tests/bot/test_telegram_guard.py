"""Before anything is answered: who sends too much, and who is let in, over the real application."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.app import build
from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from tests.bot.conftest import HandMade, running, settings_for
from tests.drivers import TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

ANNE, BO, GROUP = 1001, 1002, -1007
TOO_FAST = "Så mange beskeder ad gangen kan jeg ikke følge med til. Vent et minut, så svarer jeg igen."
Start = Callable[..., Awaitable[TelegramDriver]]


@pytest.fixture
async def start(fake: FakeTelegram, kept: Store, hand_made: HandMade) -> AsyncIterator[Start]:
    """Starts a bot with these settings; gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def begin(talk: Dialogue | None = None, **settings: Any) -> TelegramDriver:
            conversation = Conversation(talk or hand_made, kept)
            services = build(settings_for(fake, announce=False, **settings), conversation)
            return TelegramDriver(fake, (await stack.enter_async_context(running(services))).idle)

        yield begin


async def texts(driver: TelegramDriver, chat: int = ANNE) -> list[str]:
    """What is new in the chat."""
    return [one.text for one in await driver.read(chat)]


async def test_who_sends_more_than_a_human_can_is_told_once_and_holds_up_nobody(start: Start) -> None:
    anne = await start(telegram_limit=20)
    for number in range(60):
        await anne.say(str(number))
    anne.person = BO
    await anne.say("hej", chat=BO)
    assert await texts(anne) == [*(f"text: {number}" for number in range(30)), TOO_FAST]
    assert await texts(anne, BO) == ["text: hej"]


async def test_what_waited_while_the_bot_was_away_was_not_sent_at_once(start: Start) -> None:
    anne = await start(telegram_limit=20)
    begun = int(time.time()) - 4000
    for number in range(60):
        await anne.say(str(number), date=begun + 60 * number)
    assert len(await texts(anne)) == 60


async def test_buttons_and_inline_queries_of_who_sends_too_much_are_answered(
    fake: FakeTelegram, start: Start, dialogue: Dialogue
) -> None:
    anne = await start(dialogue, telegram_limit=2)
    anne.language = "en"
    for _ in range(3):
        await anne.say("hvad gør Roskilde?")
    await anne.read()
    for _ in range(2):
        await anne.press("Vis det hele")
    assert await texts(anne) == []
    told = [call.parameters.get("text") for call in fake.called("answerCallbackQuery")]
    assert told == ["I cannot keep up with so many messages at once. Wait a minute, and I will answer again.", None]
    offered = [await anne.type_inline("x") for _ in range(19)]
    assert [one.results for one in offered] == [[]] * 19
    assert offered[-1].parameters["cache_time"] == 0
    assert offered[0].parameters["cache_time"] > 0


async def test_in_a_group_only_what_is_said_to_the_bot_counts_and_what_happens_passes(start: Start) -> None:
    anne = await start(telegram_limit=2)
    for number in range(10):
        await anne.say(f"{number}", chat=GROUP)
    await anne.say("/x@OtherBot", chat=GROUP)
    for number in range(5):
        await anne.say(f"@VejviserBot {number}", chat=GROUP)
    assert await texts(anne, GROUP) == ["text: 0", "text: 1", "text: 2", TOO_FAST]
    await anne.stand({"status": "left"}, {"status": "member"}, chat=GROUP)
    assert len(await texts(anne, GROUP)) == 1


async def test_a_fault_here_opens_no_door(fake: FakeTelegram, start: Start) -> None:
    anne = await start(telegram_limit=2)
    for number in range(3):
        await anne.say(str(number))
    await anne.read()
    fake.fail("sendMessage", Fault(status=400, description="Bad Request: no"))
    await anne.say("mere")
    (line,) = await texts(anne)
    assert line.startswith("Noget gik galt hos mig")
