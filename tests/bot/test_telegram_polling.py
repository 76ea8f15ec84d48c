"""Receiving from Telegram: nothing twice, nothing lost, nobody held up by another; and what ends the process."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from bot.channels import telegram, telegram_polling
from bot.conversation import Conversation
from tests.bot.conftest import HandMade
from tests.bot.test_telegram import BAD_GATEWAY, ended, say, started, texts
from tests.drivers import PATIENCE, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

WAITS = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
Over = Callable[[Conversation], Awaitable[TelegramDriver]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in earnest waits a moment here."""
    monkeypatch.setattr(telegram_polling, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(telegram, "WATCH_SECONDS", 0.05)


async def test_what_telegram_tells_twice_is_answered_once(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("hej")
    update = fake.updates.waiting[-1]
    assert texts(await telegram.read()) == ["text: hej"]
    # As after a confirmation that got lost.
    fake.updates.waiting += [update, update]
    await telegram.say("er du der?")
    assert texts(await telegram.read()) == ["text: er du der?"]


async def test_what_an_earlier_process_has_answered_is_not_answered_again(
    fake: FakeTelegram, telegram_over: Over, hand_made: HandMade
) -> None:
    conversation = Conversation(hand_made)
    first = await telegram_over(conversation)
    await first.say("hej")
    update = fake.updates.waiting[-1]
    await first.read()
    # Both poll now, and Telegram tells each of them; the second begins where the first one has left off.
    again = await telegram_over(conversation)
    fake.updates.waiting.append(update)
    await again.say("og nu?")
    await first.read()
    assert texts(await again.read()) == ["text: hej", "text: og nu?"]


async def test_one_busy_chat_does_not_delay_the_others(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    fake.fail("sendMessage", Fault(slow=0.2))
    for number in range(200):
        await telegram.say(str(number))
    for chat in range(2000, 2050):
        await telegram.say("hej", chat=chat)
    assert texts(await telegram.read()) == [f"text: {number}" for number in range(200)]
    order = [one.chat for one in fake.sent]
    last = max(order.index(chat) for chat in range(2000, 2050))
    assert order[: last + 1].count(1001) < 60


@WAITS
async def test_sixty_answers_to_one_chat_that_is_told_to_wait_come_all_and_in_order(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    for _ in range(3):
        fake.fail("sendMessage", *[Fault(slow=0.001)] * 7, Fault(status=429, retry_after=1))
    for number in range(60):
        await telegram.say(str(number))
    await telegram.say("hej", chat=1002)
    assert texts(await telegram.read()) == [f"text: {number}" for number in range(60)]
    assert texts(await telegram.read(1002)) == ["text: hej"]
    # One that has to wait makes nobody else wait.
    assert [one.chat for one in fake.sent].index(1002) < 30


async def test_two_who_poll_are_told_so_and_it_goes_on(
    fake: FakeTelegram, telegram: TelegramDriver, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fail("getUpdates", *[Fault(status=409, description="Conflict: terminated by other getUpdates request")] * 3)
    await telegram.say("hej")
    await telegram.say("igen")
    assert texts(await telegram.read()) == ["text: hej", "text: igen"]
    assert caplog.text.count("polling failed, trying again: Conflict: another receives with the same token") == 1
    assert "receiving goes on after 3 failures" in caplog.text


@WAITS
@pytest.mark.parametrize(
    "fault",
    [BAD_GATEWAY, Fault(status=500), Fault(reset=True), Fault(status=200, html="?"), Fault(status=429, retry_after=1)],
)
async def test_polling_goes_on_after_any_fault(fake: FakeTelegram, telegram: TelegramDriver, fault: Fault) -> None:
    fake.fail("getUpdates", fault)
    await telegram.say("hej")
    await telegram.say("hej igen")
    assert texts(await telegram.read()) == ["text: hej", "text: hej igen"]


async def test_a_start_gets_over_a_server_that_fails(
    fake: FakeTelegram, telegram_over: Over, hand_made: HandMade, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for method in ("getMe", "setMyCommands", "deleteWebhook"):
        fake.fail(method, BAD_GATEWAY)
    person = await telegram_over(Conversation(hand_made))
    await person.say("hej")
    assert texts(await person.read()) == ["text: hej"]
    assert "no answer from Telegram, trying again: NetworkError" in caplog.text


async def test_a_second_signal_breaks_nothing_off(fake: FakeTelegram) -> None:
    process = await started(fake.root)
    fake.fail("sendMessage", Fault(slow=1.0))
    await say(fake, *[str(number) for number in range(30)])
    await fake.delivered()
    process.send_signal(signal.SIGTERM)
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        await asyncio.sleep(0.2)
        process.send_signal(one)
    hammering = asyncio.create_task(hammer(process))
    status, _ = await ended(process)
    await hammering
    assert status == 0
    assert [one.text.split("'")[1] for one in fake.sent] == [str(number) for number in range(30)]


async def hammer(process: asyncio.subprocess.Process) -> None:
    """SIGTERM until there is nobody left to get it."""
    with suppress(ProcessLookupError):
        async with asyncio.timeout(PATIENCE):
            while process.returncode is None:
                process.send_signal(signal.SIGTERM)
                await asyncio.sleep(0.01)
