"""Notices of a channel that cannot speak first: shown once to who looks, never lost, and nobody else's."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot import pull as pulling
from bot.announcing import announce, digest_of
from bot.channels.telegram_notices import CHANNEL as TELEGRAM
from bot.delivery import UNKNOWN_TRIES
from bot.pull import Pull
from bot.store import Store
from handlers.memory import Rhythm, Scope, Subscribe, Subscription
from handlers.reply import reply_text
from handlers.session import Session
from knowledge.library import Library
from tests.bot.test_delivery import AARHUS, AT_ONCE, KOLDING
from tests.databases import Clock, write_protect

ANNE, BO = "anne", "bo"
Look = Callable[[str], Awaitable[str]]


@pytest.fixture
def pull(store: Store, library: Library) -> Pull:
    """The notices of the page, from a base that has every update."""
    return Pull(store, "web", lambda _: asyncio.sleep(0, library))


@pytest.fixture
def look(pull: Pull) -> Look:
    """What a chat is shown, as text; "": nothing."""

    async def looks(chat: str) -> str:
        async with pull.due(chat) as notice:
            return reply_text(notice) if notice else ""

    return looks


@pytest.fixture
async def waiting(store: Store, library: Library) -> None:
    """Anne and Bo, each with a notice that waits."""
    await subscribe(store, ANNE, Scope("kolding"))
    await subscribe(store, BO, Scope("aarhus"), language="en")
    await queue(store, library)


async def subscribe(store: Store, chat: str, scope: Scope, language: str = "da", rhythm: Rhythm = AT_ONCE) -> None:
    """A chat that subscribes."""
    before = await store.load("web", chat)
    change = Subscribe(Subscription(scope, rhythm=rhythm))
    assert await store.save("web", chat, before.version, Session(language), [change])


async def queue(store: Store, library: Library) -> None:
    """Announces Kolding's and Aarhus' updates; all others are old."""
    old = [one for one in library.updates if one.id not in (KOLDING, AARHUS)]
    await store.outbox.begin([(one.id, digest_of(one)) for one in old])
    await announce(store, library)


async def waits(store: Store) -> int:
    """How many notices have not been told."""
    figures = await store.outbox.figures()
    return figures.waiting + figures.leased


@pytest.mark.usefixtures("waiting")
async def test_each_is_shown_their_own_once_in_their_language(store: Store, look: Look) -> None:
    assert "Kolding er med fra begyndelsen" in await look(ANNE)
    assert await look(ANNE) == ""
    assert "Aarhus" in (shown := await look(BO))
    assert "You get this notice" in shown
    assert await look("stranger") == ""
    assert await waits(store) == 0


@pytest.mark.usefixtures("waiting")
async def test_who_pushes_claims_nothing_of_a_channel_that_cannot(store: Store) -> None:
    assert await store.outbox.claim(TELEGRAM, 100, timedelta(minutes=1)) == []


@pytest.mark.usefixtures("waiting")
async def test_the_same_name_in_another_channel_is_somebody_else(store: Store, library: Library, look: Look) -> None:
    terminal = Pull(store, "terminal", lambda _: asyncio.sleep(0, library))
    async with terminal.due(ANNE) as notice:
        assert notice is None
    assert "Kolding" in await look(ANNE)


async def test_nothing_is_shown_before_it_is_due(store: Store, clock: Clock, library: Library, look: Look) -> None:
    await subscribe(store, ANNE, Scope(), rhythm=Rhythm("daily", 8))
    await queue(store, library)
    assert await look(ANNE) == ""
    clock.wait(days=1)
    assert (await look(ANNE)).startswith("2 nyheder til dig")


@pytest.mark.usefixtures("waiting")
async def test_what_could_not_be_shown_is_shown_next_time(pull: Pull, look: Look) -> None:
    async def fail() -> None:
        async with pull.due(ANNE) as notice:
            assert notice
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await fail()
    assert "Kolding" in await look(ANNE)


@pytest.mark.usefixtures("waiting")
async def test_two_windows_show_it_in_one_and_a_killed_one_gives_it_back(
    store: Store, clock: Clock, pull: Pull, look: Look
) -> None:
    async with pull.due(ANNE) as notice:
        assert notice
        assert await look(ANNE) == ""
    # As a process that was killed between claiming and settling leaves it.
    assert await store.claim_of("web", BO, pulling.LEASE)
    assert await look(BO) == ""
    clock.wait(seconds=pulling.LEASE.total_seconds())
    assert "Aarhus" in await look(BO)


@pytest.mark.usefixtures("waiting")
async def test_a_store_that_fails_shows_nothing_loses_nothing_and_is_told_once(
    store: Store, pull: Pull, look: Look, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "REST_SECONDS", 0.0)
    await write_protect(store)
    with caplog.at_level(logging.ERROR):
        assert [await look(ANNE), await look(ANNE)] == ["", ""]
    assert [one.levelname for one in caplog.records] == ["ERROR"]
    assert "none is lost" in caplog.text
    await write_protect(store, False)
    assert "Kolding" in await look(ANNE)


@pytest.mark.usefixtures("waiting")
async def test_what_was_shown_but_not_settled_comes_again_rather_than_never(
    store: Store, clock: Clock, pull: Pull, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "REST_SECONDS", 0.0)
    async with pull.due(ANNE) as notice:
        assert notice
        await write_protect(store)
    await write_protect(store, False)
    clock.wait(seconds=pulling.LEASE.total_seconds())
    assert "Kolding" in await look(ANNE)


async def test_an_update_that_the_base_lacks_is_looked_for_and_at_last_dropped(
    store: Store, clock: Clock, library: Library, look: Look
) -> None:
    await store.outbox.begin([])
    await subscribe(store, ANNE, Scope())
    await store.outbox.announce("2027-01-01-elsewhere", "x", library.touched(library.updates[0]))
    for _ in range(UNKNOWN_TRIES):
        assert await look(ANNE) == ""
        assert await waits(store) == 1
        clock.wait(minutes=2)
    assert await look(ANNE) == ""
    assert await waits(store) == 0
