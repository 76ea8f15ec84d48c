"""Webhook mode: set by the bot itself, seen to by it, and a door that lets in what is Telegram's and stores it."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from bot import inbox
from bot.app import build
from bot.channels import telegram, telegram_webhook
from bot.channels.telegram import RECEIVED
from bot.channels.web import WebService
from bot.channels.web_webhook import BODY_BYTES, HEADER, Door
from bot.conversation import Conversation
from bot.store import Store
from tests.bot.conftest import HandMade, running, settings_for, stored
from tests.bot.test_inbox import broken, until
from tests.bot.test_telegram import BAD_GATEWAY, texts
from tests.databases import sqlite_settings
from tests.drivers import PATIENCE, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault
from tests.fake_telegram.webhook import FROM

PUBLIC = "https://vejviser.example"
UPDATE: dict[str, Any] = {
    "update_id": 7,
    "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "hej"},
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in earnest waits a moment here."""
    monkeypatch.setattr(telegram_webhook, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(telegram_webhook, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(telegram, "WATCH_SECONDS", 0.05)
    monkeypatch.setattr(inbox, "LOOK_SECONDS", 0.05)


Start = Callable[..., Awaitable[TelegramDriver]]


@pytest.fixture
async def started(fake: FakeTelegram, tmp_path: Path, hand_made: HandMade) -> AsyncIterator[Start]:
    """Starts a bot with a public address, or with other settings, and gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def start(conversation: Conversation | None = None, **more: Any) -> TelegramDriver:
            conversation = conversation or Conversation(hand_made)
            await stored(conversation, tmp_path)
            stack.push_async_callback(conversation.close)
            settings = {"announce": False, "web": "127.0.0.1:0", "web_proxies": "127.0.0.1", "public_url": PUBLIC}
            services = build(settings_for(fake, **settings | more), conversation)
            for one in services:
                if isinstance(one, WebService):
                    fake.webhook.leads[PUBLIC] = f"http://127.0.0.1:{one.port}"
            bot = await stack.enter_async_context(running(services))
            fake.chats[5] = UPDATE["message"]["chat"]
            return TelegramDriver(fake, bot.idle)

        yield start


def address(fake: FakeTelegram) -> str:
    """Where the door really is."""
    return fake.webhook.url.replace(PUBLIC, fake.webhook.leads[PUBLIC])


async def is_set(fake: FakeTelegram) -> None:
    """Waits until it is."""
    async with asyncio.timeout(PATIENCE):
        await until(lambda: bool(fake.webhook.url))


async def test_it_is_set_by_the_bot_and_answers_come(fake: FakeTelegram, started: Start) -> None:
    person = await started(telegram_networks=True)
    await is_set(fake)
    for number in range(30):
        await person.say(str(number))
        await person.say("hej", chat=2000 + number)
    assert texts(await person.read()) == [f"text: {number}" for number in range(30)]
    assert {one.chat for one in fake.sent} >= {2000 + number for number in range(30)}
    (call,) = fake.called("setWebhook")
    assert sorted(call.parameters["allowed_updates"]) == sorted(RECEIVED)
    assert (call.parameters["max_connections"], call.parameters.get("drop_pending_updates")) == (40, None)
    assert fake.token.partition(":")[2] not in fake.webhook.url
    assert {status for _, status in fake.webhook.deliveries} == {200}
    assert fake.called("getUpdates") == []


async def test_a_stop_leaves_it_and_a_start_does_not_set_it_again(fake: FakeTelegram, started: Start) -> None:
    conversation = Conversation(HandMade())
    await started(conversation)
    await is_set(fake)
    async with AsyncExitStack() as stack:
        await stored(conversation, Path())
        again = build(settings_for(fake, announce=False, web="127.0.0.1:0", public_url=PUBLIC), conversation)
        await stack.enter_async_context(running(again))
        looks = len(fake.called("getWebhookInfo"))
        async with asyncio.timeout(PATIENCE):
            await until(lambda: len(fake.called("getWebhookInfo")) > looks + 3)
    assert len(fake.called("setWebhook")) == 1
    assert fake.called("deleteWebhook") == []
    assert fake.webhook.url


async def test_polling_takes_it_away_and_loses_nothing(fake: FakeTelegram, started: Start, telegram_over: Any) -> None:
    fake.webhook.leads[PUBLIC] = "http://127.0.0.1:9"
    await fake.webhook.set(f"{PUBLIC}/telegram/x", "s", 40)
    person = TelegramDriver(fake, fake.delivered)
    await person.say("hej")
    person = await telegram_over(Conversation(HandMade()))
    assert texts(await person.read()) == ["text: hej"]
    assert fake.webhook.url == ""


async def test_what_others_have_changed_is_put_right(
    fake: FakeTelegram, started: Start, caplog: pytest.LogCaptureFixture
) -> None:
    person = await started()
    await is_set(fake)
    right = fake.webhook.url
    for url, connections in (("", 40), (f"{PUBLIC}/elsewhere", 40), (right, 1)):
        if url:
            await fake.webhook.set(url, "s", connections)
        else:
            await fake.webhook.remove()
        async with asyncio.timeout(PATIENCE):
            await until(lambda: (fake.webhook.url, fake.webhook.connections) == (right, 40))
    await person.say("hej")
    assert texts(await person.read()) == ["text: hej"]
    assert caplog.text.count("another webhook was set, or in another way; it is replaced") == 2


async def test_it_is_tried_until_it_is_set(
    fake: FakeTelegram, started: Start, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fail("getWebhookInfo", BAD_GATEWAY, Fault(reset=True))
    fake.fail("setWebhook", Fault(status=400, description="Bad Request: bad webhook: Failed to resolve host"))
    person = await started()
    await person.say("hej")
    assert texts(await person.read()) == ["text: hej"]
    assert "trying again: NetworkError" in caplog.text
    assert "trying again: BadRequest: Bad request: bad webhook: failed to resolve host" in caplog.text


async def test_what_cannot_be_stored_is_brought_again(
    fake: FakeTelegram, started: Start, kept: Store, hand_made: HandMade, caplog: pytest.LogCaptureFixture
) -> None:
    person = await started(Conversation(hand_made, kept))
    await is_set(fake)
    await broken(kept)
    for number in range(3):
        await person.say(str(number))
    async with asyncio.timeout(PATIENCE):
        await until(lambda: len(fake.webhook.deliveries) > 3)
    assert {status for _, status in fake.webhook.deliveries} == {503}
    assert fake.sent == []
    await broken(kept, breaks=False)
    assert texts(await person.read()) == ["text: 0", "text: 1", "text: 2"]
    assert "until that is put right, what comes in is left to the sender" in caplog.text
    assert "Telegram could not bring an update, and tries again: Wrong response from the webhook: 503" in caplog.text


async def test_what_telegram_brings_twice_is_answered_once(fake: FakeTelegram, started: Start) -> None:
    fake.fail("webhook", Fault(reset=True, done=True), Fault(reset=True))
    person = await started()
    await person.say("hej")
    assert texts(await person.read()) == ["text: hej"]
    assert [status for _, status in fake.webhook.deliveries] == [200, 200]


JSON = {"Content-Type": "application/json"}
BODY = json.dumps(UPDATE).encode()
CALLS: list[tuple[str, dict[str, Any], bytes, int]] = [
    ("GET", {}, b"", 405),
    ("PUT", JSON, BODY, 405),
    ("POST", {**JSON, HEADER: ""}, BODY, 401),
    ("POST", {**JSON, HEADER: "wrong"}, BODY, 401),
    ("POST", {**JSON, HEADER: "ø".encode()}, BODY, 401),
    ("POST", {"Content-Type": "text/plain"}, BODY, 415),
    ("POST", {}, BODY, 415),
    ("POST", JSON, b"", 400),
    ("POST", JSON, b"{", 400),
    ("POST", JSON, b"[]", 400),
    ("POST", JSON, b"\xff", 400),
    ("POST", JSON, b'{"update_id": "7"}', 400),
    ("POST", JSON, b'{"update_id": true}', 400),
    ("POST", {**JSON, "X-Forwarded-For": "203.0.113.9"}, BODY, 403),
    ("POST", {**JSON, "X-Forwarded-For": "::1"}, BODY, 403),
    ("POST", {**JSON, "X-Forwarded-For": "91.108.5.1, 203.0.113.9"}, BODY, 403),
    ("POST", JSON, b" " * (BODY_BYTES + 1), 413),
    ("POST", {"Content-Type": "application/json; charset=utf-8"}, BODY, 200),
    ("POST", {**JSON, "X-Forwarded-For": "203.0.113.9, 91.108.5.1"}, BODY, 200),
]
"""Method, headers beside those of Telegram, body, and the status that it is answered with."""


async def test_only_what_is_telegrams_is_let_in(
    fake: FakeTelegram, started: Start, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = await started(telegram_networks=True)
    await is_set(fake)
    async with httpx.AsyncClient(trust_env=False) as client:
        for method, headers, body, status in CALLS:
            mine = httpx.Headers({HEADER: fake.webhook.secret, "X-Forwarded-For": FROM} | headers)
            answer = await client.request(method, address(fake), content=body, headers=mine)
            assert answer.status_code == status, (method, headers, body[:20])
            seen = texts(await person.read(5))
            assert seen == ["text: hej"] if (method, headers, body, status) == CALLS[-2] else seen == []
    # The library itself is kept from logging what it calls, see `telegram_log`.
    ours = [line.getMessage() for line in caplog.records if not line.name.startswith("telegram.")]
    assert not [line for line in ours if fake.webhook.secret in line]


async def test_who_goes_away_in_the_middle_of_a_request_is_no_fault(
    fake: FakeTelegram, started: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await started()
    await is_set(fake)
    url = httpx.URL(address(fake))
    before = REGISTRY.get_sample_value("vejviser_faults_total", {"channel": "web"})
    for head in (
        f"POST {url.path} HTTP/1.1\r\n{HEADER}: {fake.webhook.secret}\r\nContent-Type: application/json",
        "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded",
    ):
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(f"{head}\r\nHost: {url.host}:{url.port}\r\nContent-Length: 99\r\n\r\ntext".encode())
        await writer.drain()
        writer.write_eof()
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""
        writer.close()
    assert REGISTRY.get_sample_value("vejviser_faults_total", {"channel": "web"}) == before
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_the_page_beside_it_keeps_its_limits(
    fake: FakeTelegram, started: Start, conversation: Conversation
) -> None:
    await started(conversation, web_limit=1)
    await is_set(fake)
    headers = {HEADER: fake.webhook.secret, **JSON}
    async with httpx.AsyncClient(trust_env=False) as client:
        for number in range(3):
            body = json.dumps({**UPDATE, "update_id": number, "filler": "a" * 500_000})
            assert (await client.post(address(fake), content=body, headers=headers)).status_code == 200
        root = fake.webhook.leads[PUBLIC]
        assert (await client.post(f"{root}/telegram/elsewhere", content=b"{}", headers=headers)).status_code == 404
        assert (await client.post(f"{root}/", content=b"a")).status_code == 429


async def test_the_bot_is_ready_while_the_webhook_is_set(
    fake: FakeTelegram, started: Start, conversation: Conversation
) -> None:
    fake.fail("setWebhook", *[BAD_GATEWAY] * 4)
    await started(conversation)
    (probe,) = [f"{one}/readyz" for one in fake.webhook.leads.values()]
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(probe)).status_code == 503

        async def is_ready() -> bool:
            return (await client.get(probe)).status_code == 200

        async with asyncio.timeout(PATIENCE):
            await until(is_ready)
    assert fake.webhook.url


async def test_a_door_without_anybody_behind_it_sends_telegram_away(kept: Store, hand_made: HandMade) -> None:
    door = Door(kept)
    service = WebService(sqlite_settings(Path(), web="127.0.0.1:0"), Conversation(hand_made, kept), door=door)
    service.start()
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {HEADER: door.secret, **JSON}
        answer = await client.post(f"http://127.0.0.1:{service.port}{door.path}", content=BODY, headers=headers)
    await service.stop()
    assert answer.status_code == 503
    assert (door.path, door.secret) == (Door(kept).path, Door(kept).secret)
