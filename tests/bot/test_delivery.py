"""Notices over the real application and HTTP, on SQLite and PostgreSQL: once, on time, whatever the other side does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import announcing, delivery
from bot.announcing import announce, digest_of
from bot.app import build
from bot.channels import telegram_pace
from bot.conversation import Conversation
from bot.store import Store
from bot.store_database import StoreError
from bot.store_outbox import Failure
from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from handlers.memory import Rhythm, Scope, Subscribe, Subscription
from handlers.notice import compose
from handlers.session import Session
from knowledge.library import Library
from tests.bot.conftest import running, settings_for
from tests.databases import NOW, Clock
from tests.drivers import PATIENCE, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

KOLDING, AARHUS = "2026-11-22-kolding", "2026-11-22-aarhus"
AT_ONCE = Rhythm()
DAILY = Rhythm("daily", 8)
ANNE, BO, GROUP, SUPERGROUP, FORUM = 1001, 1002, -1007, -1001007, -1008
WAITS = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
Start = Callable[..., Awaitable[TelegramDriver]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in earnest waits a moment here."""
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(delivery, "STORE_SECONDS", 0.05)
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.0)
    monkeypatch.setattr(delivery, "LONGEST_REST", 0.0)
    monkeypatch.setattr(telegram_pace, "PACE", 0.001)
    delivery._worded.cache_clear()


@pytest.fixture
async def start(fake: FakeTelegram, store: Store, dialogue: Dialogue, base: Path) -> AsyncIterator[Start]:
    """Starts a bot that delivers, over a copy of the base that ships; gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def begin(announces: bool = True) -> TelegramDriver:
            keeping = Keeping(stored=True)
            talk = Conversation(Dialogue(dialogue.library, dialogue.understander, dialogue.today, keeping), store)
            telegram = await stack.enter_async_context(
                running(build(settings_for(fake, announce=announces), talk, base))
            )
            return TelegramDriver(fake, telegram.idle)

        yield begin


async def subscribe(
    fake: FakeTelegram, store: Store, chat: int, *scopes: Scope, rhythm: Rhythm = AT_ONCE, language: str = "da"
) -> None:
    """A chat that subscribes."""
    fake.chats.setdefault(chat, {"id": chat, "type": "private" if chat > 0 else "supergroup", "first_name": "A"})
    before = await store.load("telegram", str(chat))
    changes = [Subscribe(Subscription(scope, rhythm=rhythm)) for scope in scopes]
    assert await store.save("telegram", str(chat), before.version, Session(language), changes)


async def queue(store: Store, library: Library, *updates: str) -> None:
    """Announces these; all others are old."""
    await old_but(store, library, *updates)
    await announce(store, library)


async def old_but(store: Store, library: Library, *updates: str) -> None:
    """Nothing is announced, and all but these are old."""
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates if one.id not in updates])


async def until(fulfilled: Callable[[], Awaitable[bool]]) -> None:
    """Waits."""
    async with asyncio.timeout(PATIENCE):
        while not await fulfilled():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def done(store: Store) -> None:
    """Waits until nothing is due and nothing is being sent."""

    async def idle() -> bool:
        figures = await store.outbox.figures()
        return not (figures.due or figures.leased)

    await until(idle)


async def test_a_notice_says_why_it_comes_and_its_button_stops_just_that(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await subscribe(fake, store, ANNE, Scope("kolding"), Scope("aarhus"))
    await queue(store, library, KOLDING)
    anne = await start()
    await done(store)
    (notice,) = await anne.read()
    assert "Kolding er med fra begyndelsen" in notice.text
    (stop,) = [one for one in notice.buttons if one.startswith("Stop")]
    await anne.press(stop)
    await anne.read()
    kept = (await store.load("telegram", str(ANNE))).kept
    assert [one.scope for one in kept.subscriptions] == [Scope("aarhus")]


async def test_each_is_told_in_their_language(fake: FakeTelegram, store: Store, library: Library, start: Start) -> None:
    await subscribe(fake, store, ANNE, Scope())
    await subscribe(fake, store, BO, Scope(), language="en")
    await queue(store, library, KOLDING)
    await start()
    await done(store)
    texts = {one.chat: one.text for one in fake.sent}
    assert "Kolding er med fra begyndelsen" in texts[ANNE]
    assert "Kolding has been here from the start" in texts[BO]


async def test_what_matches_two_subscriptions_comes_once(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await subscribe(fake, store, ANNE, Scope(), Scope("kolding"), Scope(strategy="kolding-2014"))
    await queue(store, library, KOLDING)
    await start()
    await done(store)
    assert len(fake.sent) == 1


async def test_what_was_missed_comes_as_one_digest(
    fake: FakeTelegram, store: Store, clock: Clock, library: Library, start: Start
) -> None:
    await subscribe(fake, store, ANNE, Scope(), rhythm=DAILY)
    await queue(store, library, KOLDING, AARHUS)
    clock.wait(days=3)
    await start()
    await done(store)
    (digest,) = fake.sent
    assert "Kolding er med" in digest.text
    assert "Aarhus er med" in digest.text


@pytest.mark.parametrize(
    ("saturday", "monday"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 30, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 26, 7, tzinfo=UTC)),
    ],
)
async def test_a_digest_comes_at_eight_by_the_clock_in_denmark(
    fake: FakeTelegram, store: Store, clock: Clock, library: Library, start: Start, saturday: datetime, monday: datetime
) -> None:
    clock.now = saturday
    await subscribe(fake, store, ANNE, Scope(), rhythm=DAILY)
    await queue(store, library, KOLDING)
    assert (await store.outbox.figures()).oldest == monday
    clock.now = monday - timedelta(seconds=1)
    await start()
    await asyncio.sleep(0.2)
    assert fake.sent == []
    clock.now = monday
    await until(lambda: _sent(fake, 1))


async def _sent(fake: FakeTelegram, count: int) -> bool:
    return len(fake.sent) == count


@WAITS
async def test_told_to_wait_nothing_is_sent_before(
    fake: FakeTelegram, store: Store, clock: Clock, library: Library, start: Start
) -> None:
    for chat in range(20):
        await subscribe(fake, store, ANNE + chat, Scope())
    await queue(store, library, KOLDING)
    fake.fail("sendMessage", Fault(status=429, retry_after=1))

    async def all_sent() -> bool:
        clock.wait(seconds=0.02)
        return await _sent(fake, 20)

    await start()
    await until(all_sent)
    first, *rest = fake.called("sendMessage")
    # Those that were on their way already, beside the first, had not heard of it.
    assert all(one.at - first.at >= 1.0 for one in rest[delivery.IN_FLIGHT :])
    assert (await store.outbox.figures()).failed == 0
    assert len({one.chat for one in fake.sent}) == 20


@pytest.mark.parametrize("how", ["blocked", "gone"])
async def test_who_cannot_be_reached_is_left_alone_until_they_are_back(
    fake: FakeTelegram, store: Store, library: Library, start: Start, how: str
) -> None:
    await subscribe(fake, store, ANNE, Scope())
    shut = fake.blocked if how == "blocked" else fake.gone
    shut.add(ANNE)
    await queue(store, library, KOLDING)
    anne = await start()
    await done(store)
    assert (await store.outbox.figures()).held == 1
    assert len(fake.called("sendMessage")) == 1
    shut.clear()
    await anne.say("hej")
    await until(lambda: _sent(fake, 2))
    assert any("Kolding er med fra begyndelsen" in one.text for one in fake.sent)


async def test_letting_the_bot_in_again_is_enough(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await subscribe(fake, store, ANNE, Scope())
    anne = await start()
    await anne.block(True)
    await anne.read()
    assert (await store.load("telegram", str(ANNE))).kept.paused == NOW
    await anne.block(False)
    await anne.read()
    assert (await store.load("telegram", str(ANNE))).kept.paused is None


async def test_a_group_that_became_a_supergroup_gets_its_notice_there(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await subscribe(fake, store, GROUP, Scope())
    fake.chats[SUPERGROUP] = {"id": SUPERGROUP, "type": "supergroup", "title": "Kontoret"}
    fake.moved[GROUP] = SUPERGROUP
    await queue(store, library, KOLDING)
    await start()
    await until(lambda: _sent(fake, 1))
    assert fake.sent[0].chat == SUPERGROUP
    await done(store)
    assert (await store.load("telegram", str(GROUP))).session is None


async def test_a_group_that_tells_of_its_new_number_keeps_its_subscriptions(
    fake: FakeTelegram, store: Store, start: Start
) -> None:
    await subscribe(fake, store, GROUP, Scope("kolding"))
    anne = await start()
    await anne.say("", chat=GROUP, migrate_to_chat_id=SUPERGROUP)
    await anne.read()
    kept = (await store.load("telegram", str(SUPERGROUP))).kept
    assert [one.scope for one in kept.subscriptions] == [Scope("kolding")]


@pytest.mark.parametrize(
    "fault", [Fault(status=500), Fault(status=502, html="<h1>Bad Gateway</h1>"), Fault(reset=True)]
)
async def test_what_the_network_loses_is_sent_again(
    fake: FakeTelegram, store: Store, library: Library, start: Start, fault: Fault
) -> None:
    await subscribe(fake, store, ANNE, Scope())
    await queue(store, library, KOLDING)
    fake.fail("sendMessage", fault, fault, fault)
    await start()
    await until(lambda: _sent(fake, 1))
    await done(store)
    assert len(fake.called("sendMessage")) == 4


async def test_what_never_goes_through_is_set_aside_and_told_without_the_chat(
    fake: FakeTelegram,
    store: Store,
    library: Library,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(delivery, "TRIES", 4)
    for chat in (ANNE, BO):
        await subscribe(fake, store, chat, Scope())
    await queue(store, library, KOLDING)
    fake.fail("sendMessage", *[Fault(status=500)] * 8)
    await start()
    await done(store)
    assert await store.outbox.failures() == [Failure(KOLDING, "NetworkError", 2)]
    assert "set aside after 4 tries: NetworkError" in caplog.text
    assert str(ANNE) not in caplog.text
    assert "Kolding er med" not in caplog.text
    assert await store.outbox.retry() == 2
    await until(lambda: _sent(fake, 2))


async def test_what_telegram_refuses_is_not_tried_for_long(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await subscribe(fake, store, ANNE, Scope())
    await queue(store, library, KOLDING)
    fake.fail("sendMessage", *[Fault(status=400, description="Bad Request: something new")] * 9)
    await start()
    await done(store)
    assert await store.outbox.failures() == [Failure(KOLDING, "BadRequest", 1)]
    assert len(fake.called("sendMessage")) == delivery.REFUSED_TRIES


async def test_a_mistake_of_ours_stops_nothing_else(
    fake: FakeTelegram, store: Store, library: Library, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribe(fake, store, ANNE, Scope())
    await subscribe(fake, store, BO, Scope(), language="en")
    await queue(store, library, KOLDING)

    def mistaken(*args: object) -> object:
        if args[2] == "en":
            raise KeyError("planted")
        return compose(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "compose", mistaken)
    await start()
    await done(store)
    assert [one.chat for one in fake.sent] == [ANNE]
    assert await store.outbox.failures() == [Failure(KOLDING, "KeyError", 1)]


async def test_an_update_that_is_gone_is_looked_for_and_then_dropped(
    fake: FakeTelegram,
    store: Store,
    library: Library,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(delivery, "REFRESH_SECONDS", 0.0)
    await subscribe(fake, store, ANNE, Scope())
    await store.outbox.announce("taken-back", "d", library.touched(library.updates[0]))
    await queue(store, library, KOLDING)
    await start()
    await until(lambda: _sent(fake, 1))
    await done(store)
    assert "Kolding er med" in fake.sent[0].text
    assert "no such update any more: taken-back" in caplog.text


async def test_an_edit_of_the_base_is_announced_after_a_quiet_moment(
    fake: FakeTelegram, store: Store, library: Library, start: Start, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "QUIET_SECONDS", 0.3)
    await subscribe(fake, store, ANNE, Scope("kolding"))
    anne = await start()
    updates = base / "data" / "updates.yaml"
    before = updates.read_text("utf-8")
    await asyncio.sleep(0.5)
    updates.write_text(before + "\n- id: broken", "utf-8")
    await asyncio.sleep(1)
    text = "{da: 'Kolding har en nyhed.', en: 'Kolding has news.'}"
    entry = f"- {{id: new-one, date: 2026-11-23, kind: changed, affects: [kolding], text: {text}}}\n"
    updates.write_text(before + entry, "utf-8")
    await until(lambda: _sent(fake, 1))
    assert "Kolding har en nyhed." in (await anne.read())[0].text
    await anne.say("hvad er nyt?")
    assert "Kolding har en nyhed." in (await anne.read())[0].text


async def test_a_store_that_fails_holds_notices_back_and_loses_none(
    fake: FakeTelegram,
    store: Store,
    library: Library,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for chat in (ANNE, BO):
        await subscribe(fake, store, chat, Scope())
    await queue(store, library, KOLDING)
    failing, settle = [StoreError("the disk is full")] * 5, store.outbox.settle

    async def full(*parcels: object) -> None:
        if failing:
            raise failing.pop()
        await settle(*parcels)  # type: ignore[arg-type]

    monkeypatch.setattr(store.outbox, "settle", full)
    await start()
    await until(lambda: _sent(fake, 2))
    await done(store)
    assert len(fake.sent) == 2
    assert caplog.text.count("the disk is full") == 1
    assert "notices go on" in caplog.text


async def test_a_stop_finishes_what_is_being_sent_and_gives_the_rest_back(
    fake: FakeTelegram, store: Store, library: Library, dialogue: Dialogue
) -> None:
    for chat in range(100):
        await subscribe(fake, store, ANNE + chat, Scope())
    await queue(store, library, KOLDING)
    fake.fail("sendMessage", *[Fault(slow=0.2)] * 8)
    async with running(build(settings_for(fake), Conversation(dialogue, store))):
        await until(lambda: _called(fake, 1))
    figures = await store.outbox.figures()
    assert figures.leased == 0
    assert figures.due + len(fake.sent) == 100


async def test_a_clock_that_jumps_ahead_while_sending_loses_nothing(
    fake: FakeTelegram, store: Store, clock: Clock, library: Library, start: Start
) -> None:
    for chat in range(30):
        await subscribe(fake, store, ANNE + chat, Scope())
    await queue(store, library, KOLDING)
    fake.fail("sendMessage", *[Fault(slow=0.2)] * delivery.IN_FLIGHT)
    await start()
    await until(lambda: _called(fake, 1))
    clock.wait(days=400)
    await done(store)
    assert {one.chat for one in fake.sent} == set(range(ANNE, ANNE + 30))
    # At most what was claimed is claimed again, by a clock at which its lease has ended.
    assert len(fake.sent) <= 30 + delivery.CLAIMED


async def _called(fake: FakeTelegram, count: int) -> bool:
    return bool(fake.sent) or len(fake.calls) >= count


async def in_topic(driver: TelegramDriver, topic: int, text: str) -> None:
    """Says something in a topic of the forum."""
    driver.fake.administrators[FORUM] = {driver.person: "administrator"}
    driver.fake.chats[FORUM] = {"id": FORUM, "type": "supergroup", "title": "Kontoret", "is_forum": True}
    more = {"is_topic_message": True, "message_thread_id": topic} if topic else {}
    await driver.say(f"@VejviserBot {text}", chat=FORUM, **more)
    await driver.read(FORUM)


async def test_a_topic_is_told_what_was_subscribed_to_in_it(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await old_but(store, library, KOLDING, AARHUS)
    anne = await start(announces=False)
    await in_topic(anne, 5, "giv mig besked om Kolding")
    await in_topic(anne, 9, "giv mig besked om Aarhus")
    # Whoever changes something from elsewhere does not move it.
    await in_topic(anne, 0, "giv mig besked om Kolding hver dag kl. 9")
    await in_topic(anne, 9, "giv mig besked om Kolding med det samme")
    kept = (await store.load("telegram", str(FORUM))).kept.subscriptions
    assert [(one.scope.municipality, one.topic, one.rhythm.kind) for one in kept] == [
        ("aarhus", 9, "now"), ("kolding", 5, "now"),
    ]  # fmt: skip
    assert kept[1].to_dict()["topic"] == 5
    begun = len(fake.sent)
    await queue(store, library, KOLDING, AARHUS)
    await done(store)
    told = {sent.topic: sent.text for sent in fake.sent[begun:]}
    assert len(fake.sent[begun:]) == 2
    assert "Kolding er med fra begyndelsen" in told[5]
    assert "Aarhus" in told[9]


@pytest.mark.parametrize("closed", [False, True])
async def test_what_a_topic_that_is_gone_had_wanted_is_told_in_general(
    fake: FakeTelegram, store: Store, library: Library, start: Start, closed: bool
) -> None:
    await old_but(store, library, KOLDING)
    anne = await start(announces=False)
    await in_topic(anne, 5, "giv mig besked om Kolding")
    (fake.closed_topics if closed else fake.deleted_topics).add((FORUM, 5))
    begun = len(fake.sent)
    await queue(store, library, KOLDING)
    await done(store)
    (notice,) = fake.sent[begun:]
    assert notice.topic is None
    assert "Kolding er med fra begyndelsen" in notice.text
    assert [one.parameters.get("message_thread_id") for one in fake.called("sendMessage")[-2:]] == [5, None]


async def test_where_general_is_closed_too_the_notice_waits(
    fake: FakeTelegram, store: Store, library: Library, start: Start
) -> None:
    await old_but(store, library, KOLDING)
    anne = await start(announces=False)
    await in_topic(anne, 5, "giv mig besked om Kolding")
    calls = len(fake.called("sendMessage"))
    closed = Fault(status=400, description="Bad Request: TOPIC_CLOSED")
    fake.fail("sendMessage", closed, closed)
    await queue(store, library, KOLDING)
    await done(store)
    assert len(fake.called("sendMessage")) == calls + 2
    assert (await store.load("telegram", str(FORUM))).kept.paused
