"""What the operator does: new keys while the bot runs, copies, schema steps - and a line that says what was done."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.config import Settings
from bot.sealing import key_name, new_key, read_keys, write_keys
from bot.store import Store, utc_now
from bot.store_database import StoreError
from bot.store_inbox import Incoming
from bot.store_keys import keys_of
from bot.store_tables import chats, installation, questions
from bot.upkeep import inbox, migrate, rotate_key
from handlers.memory import Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.query import Subject
from tests.bot.process import vejviser
from tests.databases import Clock, PostgresServer, postgres_settings, sqlite_settings

SESSION = Session("da", Subject(strategies=("x",)))


async def turn(store: Store, chat: str) -> None:
    """A turn of a chat."""
    before = await store.load("telegram", chat)
    assert await store.save("telegram", chat, before.version, SESSION, [Subscribe(Subscription(Scope()))])


async def names(store: Store) -> set[str]:
    """The names of the keys under which anything is sealed."""
    async with store.database.reading() as connection:
        return {
            name
            for table in (chats, questions, installation)
            for name in (await connection.execute(select(table.c.sealed_under))).scalars()
        }


def with_keys(settings: Settings, *keys: str) -> Settings:
    """The settings with these keys in the environment; none: with the key file."""
    return settings.model_copy(update={"data_key": SecretStr(",".join(keys)) if keys else None})


@pytest.fixture
def in_file(settings: Settings) -> Settings:
    """Settings whose key is in the key file."""
    write_keys(settings.key_file, [new_key()])
    return with_keys(settings)


async def test_a_new_key_takes_the_place_of_the_old_one(
    in_file: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.RESEALED_AT_ONCE", 3)
    store = await Store.open(in_file, clock)
    for number in range(10):
        await turn(store, str(number))
    await store.questions.keep("hvorfor?", "da")
    (old,) = read_keys(in_file.key_file)
    line = await rotate_key(in_file)
    (new,) = read_keys(in_file.key_file)
    assert old != new
    assert line == f"All is sealed under the key named {key_name(new)}; 11 rows had another one."
    assert await names(store) == {key_name(new)}
    # The store that was opened before goes on, and so does one that is opened after.
    again = await Store.open(in_file, clock)
    for one in (store, again):
        for number in range(10):
            assert (await one.load("telegram", str(number))).session == SESSION
        await turn(one, "3")
        assert [kept.text for kept in await one.questions.kept()] == ["hvorfor?"]
        await one.close()
    with pytest.raises(StoreError, match="another key"):
        await Store.open(with_keys(in_file, old))


async def test_no_turn_is_lost_while_the_key_changes(
    in_file: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.RESEALED_AT_ONCE", 2)
    store = await Store.open(in_file, clock)
    for number in range(20):
        await turn(store, str(number))
    done = asyncio.Event()

    async def talk() -> int:
        count = 0
        while not done.is_set():
            await turn(store, str(count % 40))
            count += 1
        return count

    talking = asyncio.create_task(talk())
    for _ in range(3):
        await rotate_key(in_file)
    done.set()
    count = await talking
    await store.close()
    (key,) = read_keys(in_file.key_file)
    again = await Store.open(in_file, clock)
    assert await names(again) == {key_name(key)}
    for number in range(max(20, min(count, 40))):
        remembered = await again.load("telegram", str(number))
        assert (remembered.session, len(remembered.kept.subscriptions)) == (SESSION, 1)
    await again.close()


async def test_a_rotation_that_was_stopped_goes_on(
    in_file: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.RESEALED_AT_ONCE", 2)
    store = await Store.open(in_file, clock)
    for number in range(6):
        await turn(store, str(number))
    (old,) = read_keys(in_file.key_file)
    reseal, pieces = Store._reseal_piece, 0

    async def stopped(self: Store, *place: object) -> object:
        nonlocal pieces
        pieces += 1
        if pieces > 2:
            raise KeyboardInterrupt
        return await reseal(self, *place)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "_reseal_piece", stopped)
    with pytest.raises(KeyboardInterrupt):
        await rotate_key(in_file)
    monkeypatch.setattr(Store, "_reseal_piece", reseal)
    new, kept = read_keys(in_file.key_file)
    assert kept == old
    assert await names(store) == {key_name(new), key_name(old)}
    assert [(await store.load("telegram", str(number))).session for number in range(6)] == [SESSION] * 6
    assert (await rotate_key(in_file)).endswith("; 2 rows had another one.")
    assert read_keys(in_file.key_file) == (new,)
    assert await names(store) == {key_name(new)}
    await store.close()


async def test_rotations_that_cross_lose_no_key(
    in_file: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.RESEALED_AT_ONCE", 4)
    store = await Store.open(in_file, clock)
    for number in range(30):
        await turn(store, str(number))
    for _ in range(5):
        await asyncio.gather(*(rotate_key(in_file) for _ in range(4)))
    assert len(await names(store)) == 1
    assert await names(store) <= {key_name(key) for key in read_keys(in_file.key_file)}
    await store.close()
    again = await Store.open(in_file, clock)
    assert [(await again.load("telegram", str(number))).session for number in range(30)] == [SESSION] * 30
    await again.close()


async def test_keys_in_the_environment_are_changed_by_the_operator(settings: Settings, clock: Clock) -> None:
    old, new = new_key(), new_key()
    store = await Store.open(with_keys(settings, old), clock)
    await turn(store, "1")
    with pytest.raises(StoreError, match=r"put a new key before the old one in VEJVISER_DATA_KEY") as raised:
        await rotate_key(with_keys(settings, old))
    assert len(str(raised.value).splitlines()) == 1
    both = await Store.open(with_keys(settings, new, old), clock)
    await turn(both, "2")
    assert await names(both) == {key_name(old)}
    assert (await store.load("telegram", "2")).session == SESSION
    line = await rotate_key(with_keys(settings, new, old))
    assert "2 rows had another one. The other keys can be taken out of VEJVISER_DATA_KEY" in line
    assert await names(both) == {key_name(new)}
    await turn(both, "1")
    # A bot that was not started anew can neither read nor write what it could not have read later.
    for call in (store.load("telegram", "1"), store.save("telegram", "3", (0, 0), SESSION)):
        with pytest.raises(StoreError, match="the key is another one"):
            await call
    alone = await Store.open(with_keys(settings, new), clock)
    assert (await alone.load("telegram", "1")).session == SESSION
    for one in (store, both, alone):
        await one.close()
    assert keys_of(with_keys(settings, new)) == (new,)
    assert not settings.key_file.exists()


async def test_a_copy_opens_with_the_key_of_its_time(tmp_path: Path, clock: Clock) -> None:
    settings = sqlite_settings(tmp_path)
    store = await Store.open(settings, clock)
    await turn(store, "1")
    old = settings.key_file.read_text()
    await store.database.backup(tmp_path / "copy.db")
    await rotate_key(settings)
    await store.close()
    copy = settings.model_copy(update={"database": SecretStr(str(tmp_path / "copy.db"))})
    with pytest.raises(StoreError, match="another key"):
        await Store.open(copy)
    restored = await Store.open(with_keys(copy, old))
    assert (await restored.load("telegram", "1")).session == SESSION
    await restored.close()


async def test_migrate_says_what_it_did(tmp_path: Path, postgres: PostgresServer) -> None:
    settings = postgres_settings(postgres.new_database(), tmp_path)
    assert (await migrate(settings)).endswith("is at step 0005_admitted, and was at none.")
    assert (await migrate(settings)).endswith("is at step 0005_admitted.")


def test_the_commands_through_a_shell(tmp_path: Path) -> None:
    def run(*words: str, key: str = "") -> tuple[int, str, str]:
        done = vejviser(
            *words,
            VEJVISER_DATABASE=str(tmp_path / "data" / "v.db"),
            VEJVISER_KEY_FILE=str(tmp_path / "key" / "v.key"),
            VEJVISER_DATA_KEY=key,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    copy = tmp_path / "copy.db"
    assert run("backup", str(copy)) == (1, "", f"there is no database at {tmp_path}/data/v.db\n")
    for words in (("migrate",), ("rotate-key",), ("backup", str(copy))):
        status, told, fault = run(*words)
        assert (status, told.count("\n"), fault) == (0, 1, "")
    assert copy.is_file()
    assert run("backup", str(copy)) == (1, "", f"{copy} is there already and stays as it is; name a new file\n")
    status, told, fault = run("rotate-key", key="hemmelig")
    assert (status, told) == (1, "")
    assert fault.startswith("VEJVISER_DATA_KEY: key 1 is not 32 bytes in base64")
    assert "hemmelig" not in fault


async def test_how_the_inbox_stands(settings: Settings, store: Store, clock: Clock) -> None:
    assert (await inbox(settings)).splitlines()[2:] == ["oldest     none", "set aside  0 in the last days"]
    clock.now = utc_now()
    await store.inbox.add([Incoming(one, "telegram", "4711", "hej") for one in (1, 2)], None)
    await store.inbox.add([Incoming(3, "telegram", "4712", "hej")], timedelta(seconds=30))
    await store.inbox.set_aside(2, "KeyError")
    told = (await inbox(settings)).splitlines()
    assert told[:2] == ["waiting    1", "answering  1"]
    assert told[2].startswith("oldest     came in ")
    assert told[3:] == ["set aside  1 in the last days", "set aside: KeyError: 1"]
