"""Operators in Telegram: their commands, which nobody else has, and how they hear of errors and of faulty bases."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot import alerts
from bot.announcing import digest_of
from bot.app import build
from bot.conversation import Conversation
from bot.question_groups import grouped
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from handlers.memory import Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.changes import digest
from knowledge.library import Library
from tests.bot.conftest import HandMade, running, settings_for
from tests.drivers import PATIENCE, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

ANNE, TEAM, OTHERS, BO = 1001, -1001, -1007, 1002
KOLDING, AARHUS = "2026-11-22-kolding", "2026-11-22-aarhus"
COMMANDS = ("/status", "/announce", "/unanswered", "/reload")
Start = Callable[..., Awaitable[TelegramDriver]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is gathered for a while is told almost at once."""
    monkeypatch.setattr(alerts, "GATHER_SECONDS", 0.05)
    monkeypatch.setattr(alerts, "PAUSE_SECONDS", 0.05)


@pytest.fixture
async def start(fake: FakeTelegram, store: Store, dialogue: Dialogue, base: Path) -> AsyncIterator[Start]:
    """Starts a bot that announces nothing by itself, for the operators of a list; gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def begin(*operators: int, talk: Dialogue | None = None, days: int = 0) -> TelegramDriver:
            keeping = Keeping(stored=True, unanswered_days=days)
            talk = talk or Dialogue(dialogue.library, dialogue.understander, dialogue.today, keeping)
            settings = settings_for(fake, operators=operators, announce=False, unanswered_days=days)
            for chat in operators:
                fake.chats.setdefault(chat, {"id": chat, "type": "private" if chat > 0 else "supergroup"})
            telegram = await stack.enter_async_context(running(build(settings, Conversation(talk, store), base)))
            return TelegramDriver(fake, telegram.idle)

        yield begin


async def old_but(store: Store, library: Library, *new: str) -> None:
    """Every update but these was announced before."""
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates if one.id not in new])


async def told(driver: TelegramDriver, chat: int = ANNE) -> str:
    """The last message in the chat."""
    return (await driver.read(chat))[-1].text


async def until_told(fake: FakeTelegram, chat: int, text: str) -> str:
    """Waits for a message in the chat with this in it."""
    async with asyncio.timeout(PATIENCE):
        while not (found := [one.text for one in fake.sent if one.chat == chat and text in one.text]):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return found[0]


@pytest.mark.parametrize("command", COMMANDS)
async def test_to_all_others_there_are_no_such_commands(start: Start, command: str) -> None:
    anne = await start(BO, TEAM)
    unknown = command + "x"
    await anne.say(unknown)
    as_unknown = await anne.read()
    await anne.say(command)
    (answer,) = await anne.read()
    assert answer.text == as_unknown[0].text
    # An operator's words in a group of others are as good as anybody's there.
    await anne.say(command, chat=OTHERS)
    await anne.say(f"{unknown}@VejviserBot", chat=OTHERS)
    assert all("Database" not in one.text for one in await anne.read(OTHERS))


async def test_without_operators_nobody_is_one(start: Start) -> None:
    anne = await start()
    await anne.say("/status")
    assert "Database" not in await told(anne)


async def test_status_tells_how_it_stands(start: Start, store: Store, base: Path) -> None:
    anne = await start(ANNE)
    assert await store.save("telegram", "7", (0, 0), Session("da"), [Subscribe(Subscription(Scope()))])
    await anne.say("/status")
    status = await told(anne)
    assert f"version {digest(base)}" in status
    assert "Kommuner: 5" in status
    assert "Samtaler: 1 (0 kan ikke nås), abonnementer: 1." in status
    assert "Indbakke: 0 beskeder fra Telegram venter, 1 bliver besvaret" in status
    assert "Udbakke: 0 venter" in status
    assert "Spørgsmål uden svar gemmes ikke." in status


async def test_in_the_operators_group_everybody_is_one(start: Start) -> None:
    anne = await start(TEAM)
    await anne.say("/status@VejviserBot", chat=TEAM)
    assert "Database" in await told(anne, TEAM)
    await anne.say("/status")
    assert "Database" not in await told(anne)


async def test_english_operators_read_english(start: Start) -> None:
    anne = await start(ANNE)
    anne.language = "en"
    await anne.say("/status")
    assert "Outbox: 0 wait" in await told(anne)


async def test_announce_shows_first_and_sends_after_a_yes(start: Start, store: Store, library: Library) -> None:
    await old_but(store, library, KOLDING)
    assert await store.save("telegram", "7", (0, 0), Session("da"), [Subscribe(Subscription(Scope("kolding")))])
    anne = await start(ANNE)
    await anne.say("/announce")
    *notices, question = await anne.read()
    assert "Kolding er med fra begyndelsen" in notices[0].text
    assert all(notice.buttons == () for notice in notices)
    assert f"{KOLDING}: 1 får den med det samme, 0 i en fast besked." in question.text
    assert (await store.outbox.figures()).waiting == 0
    await anne.press("Nej, send ikke")
    assert await told(anne) == "Der er ikke sendt noget."
    assert (await store.outbox.announced()).get(KOLDING) is None
    await anne.press("Ja, send")
    assert await told(anne) == f"Sat i gang: {KOLDING} (modtagere: 1)."
    await anne.press("Ja, send")
    assert await told(anne) == "Der er ikke noget nyt at give besked om."


async def test_only_what_was_seen_is_sent(start: Start, store: Store, library: Library, base: Path) -> None:
    await old_but(store, library, KOLDING)
    anne = await start(ANNE)
    await anne.say("/announce")
    await anne.read()
    entry = "- {id: x-1, date: 2026-11-26, kind: changed, affects: [kolding], text: {da: Ny., en: New.}}\n"
    with (base / "data" / "updates.yaml").open("a", encoding="utf-8") as updates:
        updates.write(entry)
    await anne.say("/reload")
    assert "Vidensbasen er læst igen" in await told(anne)
    await anne.press("Ja, send")
    assert "er et andet end det, du har set" in await told(anne)
    assert set(await store.outbox.announced()) & {KOLDING, "x-1"} == set()


async def test_nobody_else_can_press_yes(fake: FakeTelegram, start: Start, store: Store, library: Library) -> None:
    await old_but(store, library, KOLDING)
    anne = await start(ANNE)
    await anne.say("/announce")
    await anne.read()
    data = fake.sent[-1].keyboard[0][0]["callback_data"]
    fake.chats[BO] = {"id": BO, "type": "private", "first_name": "Bo"}
    person = {"id": BO, "is_bot": False, "first_name": "Bo"}
    message = {**fake.as_message(fake.sent[-1]), "chat": fake.chats[BO]}
    query = {"id": str(fake.number()), "from": person, "chat_instance": "1", "data": data, "message": message}
    await fake.push("callback_query", query)
    (answer,) = await anne.read(BO)
    assert "Sat i gang" not in answer.text
    assert KOLDING not in await store.outbox.announced()
    # Nor is it a turn that a link could give.
    await anne.say(f"/start {data}")
    assert "Sat i gang" not in await told(anne)
    assert KOLDING not in await store.outbox.announced()


async def test_unanswered_shows_the_same_groups_as_the_command_a_page_at_a_time(
    start: Start, store: Store, dialogue: Dialogue
) -> None:
    anne = await start(ANNE, days=30)
    await anne.say("/unanswered")
    assert await told(anne) == "Der er ingen spørgsmål uden svar."
    for number, word in enumerate(("zebrafisk", "vindmøller", "badebyer", "hjelme", "cykelstier", "fodbold", "kaffe")):
        for _ in range(number + 1):
            await store.questions.keep(f"hvor langt er der til {word}?", "da")
    await store.questions.judge("count", False, "hvor langt er der til kaffe?", "da")
    groups = grouped(await store.questions.kept(), dialogue.understander)
    await anne.say("/unanswered")
    (shown,) = await anne.read()
    assert shown.text.startswith("Spørgsmål uden svar, der er gemt: 29. De, der ligner hinanden, står sammen.")
    assert [line.partition(" (")[0] for line in shown.text.splitlines() if line.startswith("•")] == [
        f"• {one.text}" for one in groups[:5]
    ]
    assert "(8 gange, sidst 2026-11-23, da; svaret hjalp ikke: 1; " in shown.text
    assert shown.text.endswith(f"Nr. 1–5 af {len(groups)}, de hyppigste først.")
    assert shown.buttons == ("Næste",)
    await anne.press("Næste")
    (following,) = await anne.read()
    assert [line.partition(" (")[0] for line in following.text.splitlines() if line.startswith("•")] == [
        f"• {one.text}" for one in groups[5:10]
    ]
    assert following.buttons == ("Forrige",)
    assert len(anne.fake.sent) == 2
    await store.questions.erase([one.number for group in groups[1:] for one in group.questions])
    await anne.press("Forrige")
    (first,) = await anne.read()
    assert (first.text.count("•"), first.buttons) == (1, ())


async def test_a_page_is_one_message_however_long_the_questions_are(start: Start, store: Store) -> None:
    anne = await start(ANNE, days=30)
    for word in ("zebra", "fisk", "hest", "ugle", "myre"):
        await store.questions.keep(f"{word} & <{word}> " * 40, "da")
    await anne.say("/unanswered")
    assert len(await anne.read()) == 1


async def test_nobody_else_turns_the_page(fake: FakeTelegram, start: Start, store: Store) -> None:
    anne = await start(BO, days=30)
    await store.questions.keep("hvad med zebrafisk?", "da")
    await anne.say("hvad gør Aarhus?")
    await anne.read()
    fake.sent[-1].keyboard = [[{"text": "Næste", "callback_data": "operators-unanswered_0"}]]
    await anne.press("Næste")
    assert all("zebrafisk" not in one.text for one in await anne.read())


async def test_a_faulty_base_is_refused_and_told_with_its_line(start: Start, base: Path, fake: FakeTelegram) -> None:
    anne = await start(ANNE, TEAM)
    version = digest(base)
    themes = base / "data" / "themes.yaml"
    sound = themes.read_text("utf-8")
    themes.write_text(sound + "\nx: [\n", "utf-8")
    await anne.say("/reload")
    answer = await told(anne)
    assert f"(version {version})" in answer
    assert "data/themes.yaml:" in answer
    assert "data/themes.yaml:" in await until_told(fake, TEAM, "melder om fejl")
    await anne.say("hvilke kommuner har en mentorordning?")
    assert "Aarhus" in (await anne.read())[-1].text
    themes.write_text(sound, "utf-8")
    await anne.say("/reload")
    assert f"version {version}" in await told(anne)


async def test_a_fault_is_told_by_the_id_that_the_person_has_and_without_words(
    fake: FakeTelegram, start: Start
) -> None:
    anne = await start(TEAM, talk=HandMade())
    await anne.say("crash")
    apology = await told(anne)
    alert = await until_told(fake, TEAM, "melder om fejl")
    number = alert.partition("fault ")[2][:8]
    assert number
    assert number in apology
    assert "KeyError at" in alert
    assert "what the person wrote" not in alert
    assert "1001" not in alert.replace(number, "")


async def test_a_storm_of_faults_is_a_few_messages(
    fake: FakeTelegram, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "GATHER_SECONDS", 0.5)
    monkeypatch.setattr(alerts, "PAUSE_SECONDS", 60.0)
    anne = await start(TEAM, talk=HandMade())
    for _ in range(60):
        await anne.say("crash")
    await anne.read()
    await until_told(fake, TEAM, "melder om fejl")
    assert len([one for one in fake.sent if one.chat == TEAM]) == 1


async def test_an_operator_out_of_reach_holds_up_nobody(fake: FakeTelegram, start: Start) -> None:
    fake.blocked.add(BO)
    anne = await start(BO, TEAM, talk=HandMade())
    fake.fail("sendMessage", Fault(status=502))
    await anne.say("crash")
    await until_told(fake, TEAM, "melder om fejl")


@pytest.mark.parametrize(("command", "table"), [("/status", "outbox"), ("/announce", "announced")])
async def test_a_database_that_fails_is_told(start: Start, store: Store, command: str, table: str) -> None:
    anne = await start(ANNE)
    await store.outbox.begin([])
    try:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away")
        await anne.say(command)
        answer = await told(anne)
    finally:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE away RENAME TO {table}")
    assert "Databasen kan ikke bruges" in answer
    assert ("Vidensbasen er version" in answer) == (command == "/status")


async def test_the_menu_of_operators_has_their_commands(fake: FakeTelegram, start: Start) -> None:
    await start(ANNE)
    set_for = [call.parameters for call in fake.called("setMyCommands")]
    theirs = [one for one in set_for if one["scope"] == {"type": "chat", "chat_id": ANNE}]
    assert {one.get("language_code", "") for one in theirs} == {"", "da"}
    for one in set_for:
        words = [f"/{command['command']}" for command in one["commands"]]
        assert (tuple(words[-4:]) == COMMANDS) == (one in theirs)
        assert len(words) > 4
