"""`vejviser announce`, `vejviser outbox`, and what `vejviser check` says of announced updates."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.announcing import digest_of
from bot.channels.terminal_view import plain
from bot.config import Settings
from bot.outbox import NEVER_BEGUN, NOTHING_NEW, announce_new, preview_new, reworded_in, standing
from bot.store import Store
from handlers.memory import Rhythm, Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.library import Library
from knowledge.loading import SHIPPED, load_knowledge
from tests.databases import sqlite_settings

KOLDING = "2026-11-22-kolding"
DAILY = Rhythm("daily", 8)
DAY = timedelta(days=1)
NO_QUIET = Rhythm(quiet_from=0, quiet_until=0)


@pytest.fixture
async def waiting(settings: Settings, library: Library) -> Settings:
    """A database that knows all updates but the last, and three chats that follow everything, one of them daily."""
    store = await Store.open(settings)
    for chat, rhythm in (("4711001", NO_QUIET), ("4711002", NO_QUIET), ("4711003", DAILY)):
        subscription = Subscription(Scope(), rhythm=rhythm)
        assert await store.save("telegram", chat, (0, 0), Session("da"), [Subscribe(subscription)])
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates if one.id != KOLDING])
    await store.close()
    return settings


async def test_a_preview_shows_both_languages_and_how_many_and_queues_nothing(waiting: Settings) -> None:
    for _ in range(2):
        shown = await preview_new(waiting, SHIPPED, plain)
        assert f"{KOLDING}: 2 chats at once, 1 chat by digest" in shown
        assert "Kolding er med fra begyndelsen" in shown
        assert "Kolding has been here from the start" in shown
    assert "waiting  0" in await standing(waiting, retry=False)


async def test_announcing_queues_once(waiting: Settings) -> None:
    assert await announce_new(waiting, SHIPPED) == f"{KOLDING}: queued for 3 chats"
    assert await announce_new(waiting, SHIPPED) == NOTHING_NEW
    assert await preview_new(waiting, SHIPPED, plain) == NOTHING_NEW
    assert "waiting  3, of which 2 are due" in await standing(waiting, retry=False)


async def test_what_a_fresh_database_finds_is_old(settings: Settings) -> None:
    assert await preview_new(settings, SHIPPED, plain) == NEVER_BEGUN
    assert await announce_new(settings, SHIPPED) == NEVER_BEGUN
    assert await announce_new(settings, SHIPPED) == NOTHING_NEW


async def test_what_failed_is_shown_and_can_be_retried(waiting: Settings) -> None:
    await announce_new(waiting, SHIPPED)
    store = await Store.open(waiting)
    parcel, *_ = await store.outbox.claim("telegram", 1, DAY)
    await store.outbox.set_aside(parcel, "BadRequest")
    await store.close()
    shown = await standing(waiting, retry=False)
    assert "failed   1" in shown
    assert f"failed: {KOLDING}, BadRequest: 1" in shown
    assert "4711" not in shown
    shown = await standing(waiting, retry=True)
    assert "failed   0" in shown
    assert "1 that had failed are due again" in shown


async def test_a_text_that_changed_after_it_was_announced_is_told(waiting: Settings, base: Path) -> None:
    await announce_new(waiting, SHIPPED)
    file = base / "data" / "updates.yaml"
    file.write_text(file.read_text("utf-8").replace("og syv indsatser", "og otte indsatser"), "utf-8")
    updates = Library(load_knowledge(base)).updates
    (warning,) = await reworded_in(waiting, updates)
    assert f"'{KOLDING}' has changed since it was announced" in warning
    assert await announce_new(waiting, base) == NOTHING_NEW
    assert await reworded_in(waiting, Library(load_knowledge()).updates) == []


async def test_without_a_database_nothing_is_told_and_none_is_made(tmp_path: Path, library: Library) -> None:
    settings = sqlite_settings(tmp_path)
    assert await reworded_in(settings, library.updates) == []
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240
