"""Probes and figures, as a load balancer and a Prometheus get them over HTTP, on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import readiness as checks
from bot.announcing import Announcer, announce, digest_of
from bot.channels.web_metrics import MetricsService
from bot.conversation import Conversation, Incoming
from bot.readiness import Readiness
from bot.store import Store
from bot.store_inbox import Incoming as Update
from handlers.dialogue import Dialogue
from handlers.memory import Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.changes import digest
from knowledge.library import Library
from knowledge.loading import SHIPPED
from tests.bot.process import vejviser
from tests.bot.standin import Parrot
from tests.databases import Clock
from tests.web import browser, serving

KOLDING = "2026-11-22-kolding"


@pytest.fixture(autouse=True)
def attentive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each probe is a look of its own."""
    monkeypatch.setattr(checks, "KEPT_SECONDS", 0.0)


@pytest.fixture
async def watcher(store: Store, storing: Dialogue) -> AsyncIterator[httpx.AsyncClient]:
    """Who watches over a bot that has a store."""
    conversation = Conversation(storing, store)
    readiness = Readiness()
    readiness.register("database", store.database.check)
    service = MetricsService(
        ("127.0.0.1", 0), store, Announcer(conversation, store, SHIPPED, automatic=False), readiness
    )
    service.start()
    async with browser(f"http://127.0.0.1:{service.port}") as client:
        yield client
    await service.stop()


@asynccontextmanager
async def renamed(store: Store, table: str) -> AsyncIterator[None]:
    """Meanwhile the table is not where it should be."""
    try:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away")
        yield
    finally:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE away RENAME TO {table}")


async def figures(client: httpx.AsyncClient) -> dict[str, float]:
    """Name and labels of every figure -> its value."""
    response = await client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    found = {}
    for family in text_string_to_metric_families(response.text):
        for one in family.samples:
            found[" ".join((one.name, *(f"{key}={value}" for key, value in sorted(one.labels.items()))))] = one.value
    return found


async def test_the_outbox_and_the_base_are_told(watcher: httpx.AsyncClient, store: Store, library: Library) -> None:
    subscription = Subscribe(Subscription(Scope("kolding")))
    assert await store.save("telegram", "1001", (0, 0), Session("da"), [subscription])
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates if one.id != KOLDING])
    await announce(store, library)
    found = await figures(watcher)
    assert found["vejviser_outbox_notices state=due"] + found["vejviser_outbox_notices state=later"] == 1
    assert found["vejviser_store_up"] == 1
    assert found[f"vejviser_base_info version={digest(SHIPPED)}"] == 1
    newest = datetime(*max(one.date.sort_key for one in library.updates), tzinfo=UTC)
    assert found["vejviser_base_newest_update_timestamp_seconds"] == newest.timestamp() >= 1795305600
    assert found["process_resident_memory_bytes"] > 0


async def test_the_inbox_is_told(watcher: httpx.AsyncClient, store: Store, clock: Clock) -> None:
    clock.now = datetime.now(UTC) - timedelta(hours=1)
    found = await figures(watcher)
    assert found["vejviser_inbox_updates state=waiting"] == found["vejviser_inbox_oldest_seconds"] == 0
    await store.inbox.add([Update(number, "telegram", f"{number}", "hej") for number in (1, 2, 3)], None)
    first, *_ = await store.inbox.claim(1, timedelta(minutes=1))
    await store.inbox.set_aside(first.number, "KeyError")
    await store.inbox.claim(1, timedelta(minutes=1))
    found = await figures(watcher)
    states = {state: found[f"vejviser_inbox_updates state={state}"] for state in ("waiting", "answering", "set_aside")}
    assert states == {"waiting": 1, "answering": 1, "set_aside": 1}
    assert 3600 <= found["vejviser_inbox_oldest_seconds"] < 4000


async def test_while_the_store_fails_its_figures_are_not_those_of_before(
    watcher: httpx.AsyncClient, store: Store
) -> None:
    told = {"vejviser_outbox_notices state=due", "vejviser_inbox_updates state=waiting"}
    assert told <= set(await figures(watcher))
    for table in ("outbox", "inbox"):
        async with renamed(store, table):
            found = await figures(watcher)
            assert found["vejviser_store_up"] == 0
            assert not told & set(found)
    assert (await figures(watcher))["vejviser_store_up"] == 1


async def test_answers_are_counted_by_kind_and_never_by_who_asks(watcher: httpx.AsyncClient) -> None:
    talk = Conversation(Parrot())
    name = "vejviser_answers_total channel=telegram intent=parrot status=answered"
    before = (await figures(watcher)).get(name, 0)
    for chat in range(50):
        await talk.take(Incoming("telegram", f"chat-{chat}", f"zebrafisk {chat}"))
    after = await figures(watcher)
    assert after[name] == before + 50
    assert after["vejviser_turn_seconds_count channel=telegram"] >= 50
    told = " ".join(after)
    assert "chat-" not in told
    assert "zebrafisk" not in told


async def test_ready_is_who_reaches_a_database_with_the_newest_schema(watcher: httpx.AsyncClient, store: Store) -> None:
    assert (await watcher.get("/readyz")).text == "ready\ndatabase: well\n"
    async with renamed(store, "alembic_version"):
        response = await watcher.get("/readyz")
        assert (response.status_code, response.text) == (503, "not ready\ndatabase: not well\n")
        assert (await watcher.get("/healthz")).status_code == 200
    assert (await watcher.get("/readyz")).status_code == 200


async def test_whatever_else_is_registered_counts_too(caplog: pytest.LogCaptureFixture) -> None:
    well = {"a": True, "b": True}
    readiness = Readiness()

    async def look(name: str) -> bool:
        return well[name]

    readiness.register("a", lambda: look("a"))
    readiness.register("b", lambda: look("b"))
    assert await readiness.look() == {"a": True, "b": True}
    well["b"] = False
    for _ in range(3):
        assert await readiness.look() == {"a": True, "b": False}
    well["b"] = True
    await readiness.look()
    assert caplog.messages == ["b is not well, so the bot is not ready", "b is well again"]


async def test_the_page_is_probed_by_any_name_and_however_often(conversation: Conversation) -> None:
    async with serving(conversation, web_limit=2, web_address="https://vejviser.kommune.dk") as root:
        async with browser(root, headers={"Host": "10.0.0.7"}) as prober:
            for _ in range(5):
                assert (await prober.get("/readyz")).text == "ready\n"
                assert (await prober.head("/healthz")).status_code == 200
        async with browser(root) as client:
            assert (await client.get("/metrics")).status_code == 404


async def test_strangers_are_not_told_what_is_not_well(conversation: Conversation) -> None:
    async def never() -> bool:
        return False

    readiness = Readiness()
    readiness.register("database", never)
    async with serving(conversation, readiness=readiness) as root, browser(root) as client:
        response = await client.get("/readyz")
        assert (response.status_code, response.text) == (503, "not ready\n")


async def test_every_response_names_its_request(conversation: Conversation) -> None:
    async with serving(conversation) as root, browser(root) as client:
        named = [(await client.get(path)).headers["x-request-id"] for path in ("/", "/", "/nowhere")]
        assert len(set(named)) == 3


def test_a_place_that_cannot_be_had_is_told_in_a_line() -> None:
    done = vejviser("run", VEJVISER_WEB="127.0.0.1:0", VEJVISER_METRICS="192.0.2.1:9464")
    assert done.returncode == 1
    assert "VEJVISER_METRICS" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
