"""Calls over HTTP: what goes wrong is told by its kind; the address, which has the token in it, is not."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram_http import Request
from tests.fake_telegram import TOKEN, FakeTelegram, Fault


@pytest.fixture
async def request_() -> AsyncIterator[Request]:
    """One that waits a moment alone."""
    request = Request(connections=2, seconds=0.2)
    await request.initialize()
    yield request
    await request.shutdown()
    await request.shutdown()


async def test_an_answer_has_its_status(fake: FakeTelegram, request_: Request) -> None:
    code, body = await request_.do_request(f"{fake.root}/bot{TOKEN}/getMe", "POST")
    assert (code, b"VejviserBot" in body) == (200, True)
    code, body = await request_.do_request(f"{fake.root}/bot{TOKEN[:-1]}/getMe", "POST")
    assert (code, b"Unauthorized" in body) == (401, True)


async def test_of_what_was_sent_only_what_is_new_is_read(fake: FakeTelegram, request_: Request) -> None:
    fake.chats[7] = {"id": 7, "type": "private", "first_name": "A"}
    data = RequestData(
        [RequestParameter.from_input(name, value) for name, value in {"chat_id": 7, "text": "a"}.items()]
    )
    sent = await request_.post(f"{fake.root}/bot{TOKEN}/sendMessage", data)
    assert isinstance(sent, dict)
    assert sent.keys() == {"message_id", "date", "chat"}
    known = await request_.post(f"{fake.root}/bot{TOKEN}/getMe")
    assert isinstance(known, dict)
    assert known["username"] == "VejviserBot"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://nowhere.invalid", "nonsense://x"])
async def test_out_of_reach(request_: Request, address: str) -> None:
    with pytest.raises(NetworkError) as raised:
        await request_.do_request(f"{address}/bot{TOKEN}/getMe", "POST")
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


async def test_cut_off_and_too_slow(fake: FakeTelegram, request_: Request) -> None:
    fake.fail("getMe", Fault(reset=True), Fault(halfway=True), Fault(slow=1.0))
    for expected in (NetworkError, NetworkError, TimedOut):
        with pytest.raises(expected):
            await request_.do_request(f"{fake.root}/bot{TOKEN}/getMe", "POST")


@pytest.mark.parametrize("status", [200, 404, 502])
@pytest.mark.parametrize("said", ["<h1>wait</h1>", '{"ok":tr', ""])
async def test_what_is_not_telegrams_answer_is_a_fault_of_the_network(
    fake: FakeTelegram, request_: Request, status: int, said: str
) -> None:
    fake.fail("getMe", Fault(status=status, html=said or " "))
    with pytest.raises(NetworkError, match=f"{status} without JSON"):
        await request_.do_request(f"{fake.root}/bot{TOKEN}/getMe", "POST")


async def test_a_call_may_take_longer_where_it_says_so(fake: FakeTelegram, request_: Request) -> None:
    fake.fail("getMe", Fault(slow=0.5))
    assert (await request_.do_request(f"{fake.root}/bot{TOKEN}/getMe", "POST", read_timeout=5))[0] == 200


async def test_no_more_connections_than_it_may_have(fake: FakeTelegram) -> None:
    request = Request(connections=1, seconds=5)
    fake.fail("getMe", *[Fault(slow=0.2)] * 3)
    address = f"{fake.root}/bot{TOKEN}/getMe"
    started = asyncio.get_running_loop().time()
    await asyncio.gather(*(request.do_request(address, "POST") for _ in range(3)))
    assert asyncio.get_running_loop().time() - started >= 0.6
    await request.shutdown()


async def test_a_proxy_is_used_as_the_system_says(fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    for excepted, reached in (("127.0.0.1", True), ("other.example", False)):
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, excepted)
        request = Request(connections=1, seconds=5)
        call = request.do_request(f"{fake.root}/bot{TOKEN}/getMe", "POST")
        if reached:
            assert (await call)[0] == 200
        else:
            with pytest.raises(NetworkError):
                await call
        await request.shutdown()
