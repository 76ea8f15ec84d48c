"""The fake delivers by webhook as Telegram does: with the secret, in order within a chat, again until it hears 200."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.calling import CHAT, GROUP, ask, call, server_with_chats
from tests.fake_telegram import FakeTelegram, Fault

PUBLIC = "https://vejviser.example"


class Bot:
    """What is behind the public address."""

    def __init__(self) -> None:
        self.got: defaultdict[int, list[str]] = defaultdict(list)
        self.secrets: set[str] = set()
        self.statuses: list[int] = []
        """What it answers first; then 200."""

    async def take(self, request: web.Request) -> web.Response:
        """One delivery."""
        update: dict[str, Any] = await request.json()
        self.secrets.add(request.headers["X-Telegram-Bot-Api-Secret-Token"])
        assert request.headers["Host"] == "vejviser.example"
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.got[update["message"]["chat"]["id"]].append(update["message"]["text"])
        return web.Response(status=status)


@pytest.fixture
def bot() -> Bot:
    """Takes all."""
    return Bot()


@pytest.fixture
async def fake(bot: Bot) -> AsyncIterator[FakeTelegram]:
    """The server, to which the bot's public address is known."""
    application = web.Application()
    application.router.add_post("/telegram", bot.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with server_with_chats() as server:
        host, port = runner.addresses[0][:2]
        server.webhook.leads[PUBLIC] = f"http://{host}:{port}"
        yield server
    await runner.cleanup()


async def begin(fake: FakeTelegram, **more: Any) -> None:
    """Sets the webhook."""
    answer = await ask(fake, "setWebhook", url=f"{PUBLIC}/telegram", secret_token="s3cret", **more)
    assert answer["ok"], answer


async def say(fake: FakeTelegram, text: str, chat: int = CHAT) -> None:
    """A person writes."""
    await fake.push("message", {"message_id": fake.number(), "chat": fake.chats[chat], "text": text})


async def told(fake: FakeTelegram) -> dict[str, Any]:
    """What getWebhookInfo says."""
    info: dict[str, Any] = (await call(fake, "getWebhookInfo"))["result"]
    return info


async def test_updates_are_brought_in_order_and_what_waited_too(fake: FakeTelegram, bot: Bot) -> None:
    await say(fake, "0")
    await begin(fake, allowed_updates=["message"])
    for number in range(1, 6):
        await say(fake, str(number))
        await say(fake, str(number), GROUP)
    async with asyncio.timeout(10):
        await fake.delivered()
    assert bot.got == {CHAT: ["0", "1", "2", "3", "4", "5"], GROUP: ["1", "2", "3", "4", "5"]}
    assert bot.secrets == {"s3cret"}
    assert (await told(fake))["pending_update_count"] == 0


async def test_it_is_tried_again_until_it_is_taken(fake: FakeTelegram, bot: Bot) -> None:
    bot.statuses = [500, 302]
    fake.fail("webhook", Fault(reset=True))
    await begin(fake)
    await say(fake, "0")
    await say(fake, "1")
    async with asyncio.timeout(10):
        await fake.delivered()
    assert bot.got == {CHAT: ["0", "1"]}
    assert [status for _, status in fake.webhook.deliveries] == [500, 302, 200, 200]
    assert (await told(fake))["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_it_comes_twice_where_the_answer_was_lost(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("webhook", Fault(reset=True, done=True))
    await begin(fake)
    await say(fake, "0")
    async with asyncio.timeout(10):
        await fake.delivered()
    assert bot.got == {CHAT: ["0", "0"]}


async def test_there_is_either_a_webhook_or_polling(fake: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(call(fake, "getUpdates", "timeout=5"))
    await fake.polled()
    await begin(fake)
    assert (await waiting)["error_code"] == 409
    refused = await call(fake, "getUpdates")
    assert refused["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await ask(fake, "deleteWebhook")
    assert (await told(fake))["url"] == ""
    await say(fake, "0")
    assert len((await call(fake, "getUpdates"))["result"]) == 1
    await ask(fake, "deleteWebhook", drop_pending_updates=True)
    assert (await call(fake, "getUpdates"))["result"] == []
    assert bot.got == {}
