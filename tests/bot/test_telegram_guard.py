"""Before anything is answered: who sends too much, and who is let in, over the real application."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.app import build
from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.memory import Scope, Subscribe, Subscription
from handlers.session import Session
from tests.bot.conftest import HandMade, running, settings_for
from tests.drivers import TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

ANNE, BO, GROUP = 1001, 1002, -1007
TOO_FAST = "Så mange beskeder ad gangen kan jeg ikke følge med til. Vent et minut, så svarer jeg igen."
Start = Callable[..., Awaitable[TelegramDriver]]


@pytest.fixture
async def start(fake: FakeTelegram, kept: Store, hand_made: HandMade) -> AsyncIterator[Start]:
    """Starts a bot with these settings; gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def begin(talk: Dialogue | None = None, **settings: Any) -> TelegramDriver:
            conversation = Conversation(talk or hand_made, kept)
            services = build(settings_for(fake, announce=False, **settings), conversation)
            return TelegramDriver(fake, (await stack.enter_async_context(running(services))).idle)

        yield begin


async def texts(driver: TelegramDriver, chat: int = ANNE) -> list[str]:
    """What is new in the chat."""
    return [one.text for one in await driver.read(chat)]


async def test_who_sends_more_than_a_human_can_is_told_once_and_holds_up_nobody(start: Start) -> None:
    anne = await start(telegram_limit=20)
    for number in range(60):
        await anne.say(str(number))
    anne.person = BO
    await anne.say("hej", chat=BO)
    assert await texts(anne) == [*(f"text: {number}" for number in range(30)), TOO_FAST]
    assert await texts(anne, BO) == ["text: hej"]


async def test_what_waited_while_the_bot_was_away_was_not_sent_at_once(start: Start) -> None:
    anne = await start(telegram_limit=20)
    begun = int(time.time()) - 4000
    for number in range(60):
        await anne.say(str(number), date=begun + 60 * number)
    assert len(await texts(anne)) == 60


async def test_buttons_and_inline_queries_of_who_sends_too_much_are_answered(
    fake: FakeTelegram, start: Start, dialogue: Dialogue
) -> None:
    anne = await start(dialogue, telegram_limit=2)
    anne.language = "en"
    for _ in range(3):
        await anne.say("hvad gør Roskilde?")
    await anne.read()
    for _ in range(2):
        await anne.press("Vis det hele")
    assert await texts(anne) == []
    told = [call.parameters.get("text") for call in fake.called("answerCallbackQuery")]
    assert told == ["I cannot keep up with so many messages at once. Wait a minute, and I will answer again.", None]
    offered = [await anne.type_inline("x") for _ in range(19)]
    assert [one.results for one in offered] == [[]] * 19
    assert offered[-1].parameters["cache_time"] == 0
    assert offered[0].parameters["cache_time"] > 0


async def test_in_a_group_only_what_is_said_to_the_bot_counts_and_what_happens_passes(start: Start) -> None:
    anne = await start(telegram_limit=2)
    for number in range(10):
        await anne.say(f"{number}", chat=GROUP)
    await anne.say("/x@OtherBot", chat=GROUP)
    for number in range(5):
        await anne.say(f"@VejviserBot {number}", chat=GROUP)
    assert await texts(anne, GROUP) == ["text: 0", "text: 1", "text: 2", TOO_FAST]
    await anne.stand({"status": "left"}, {"status": "member"}, chat=GROUP)
    assert len(await texts(anne, GROUP)) == 1


async def test_a_fault_here_opens_no_door(fake: FakeTelegram, start: Start) -> None:
    anne = await start(telegram_limit=2)
    for number in range(3):
        await anne.say(str(number))
    await anne.read()
    fake.fail("sendMessage", Fault(status=400, description="Bad Request: no"))
    await anne.say("mere")
    (line,) = await texts(anne)
    assert line.startswith("Noget gik galt hos mig")


CODE = "hent-nyt_2026"
OWNER = "Prøve Kommune, post@proeve.dk"
ONLY_INVITED = f"Jeg svarer kun dem, der er inviteret. Har du en kode, så send mig den; ellers spørg {OWNER}."
ONLY_LISTED = f"Jeg svarer kun dem, der står på min liste. Spørg {OWNER}, om du kan komme med."
LET_IN = "Velkommen! Koden passer, og du er lukket ind."
INVITE = {"access": "invite", "access_code": CODE, "operator": OWNER}


async def test_who_is_listed_or_an_operator_is_answered_and_nobody_else(fake: FakeTelegram, start: Start) -> None:
    anne = await start(access="list", access_list=(ANNE, -1), operators=(BO,), operator=OWNER)
    for person in (ANNE, BO, 1003):
        anne.person = person
        await anne.say("hej", chat=person)
    assert await texts(anne) == ["text: hej"]
    assert await texts(anne, BO) == ["text: hej"]
    assert await texts(anne, 1003) == [ONLY_LISTED]
    anne.language = "en-GB"
    await anne.say(f"/start {CODE}", chat=1003)
    assert (await texts(anne, 1003))[0].startswith("I only answer those who are on my list.")
    await anne.edit("hej igen", chat=1003)
    await anne.say("@VejviserBot hej", chat=GROUP)
    await anne.say("/help@VejviserBot", chat=GROUP)
    await anne.stand({"status": "left"}, {"status": "member"}, chat=GROUP)
    assert await texts(anne, 1003) == await texts(anne, GROUP) == []
    # In a group that is listed everybody is let in.
    await anne.say("@VejviserBot hej", chat=-1)
    assert await texts(anne, -1) == ["text: hej"]
    anne.person = ANNE
    await anne.say("@VejviserBot hej", chat=GROUP)
    assert await texts(anne, GROUP) == ["text: hej"]


async def test_what_a_stranger_presses_or_types_is_answered_with_the_way_to_the_bot(
    fake: FakeTelegram, start: Start, dialogue: Dialogue
) -> None:
    anne = await start(dialogue, access="list", access_list=(ANNE,), operator=OWNER)
    await anne.say("@VejviserBot hvad gør Roskilde?", chat=GROUP)
    await anne.read(GROUP)
    anne.person = BO
    await anne.press("Vis det hele", chat=GROUP)
    assert await texts(anne, GROUP) == []
    (answer,) = fake.called("answerCallbackQuery")
    assert (answer.parameters["text"], answer.parameters["show_alert"]) == (ONLY_LISTED, True)
    offered = await anne.type_inline("mentor")
    assert (offered.results, offered.parameters["cache_time"]) == ([], 0)
    assert offered.parameters["button"] == {"text": "Kun for nogle – se hvem", "start_parameter": "help"}
    anne.person = ANNE
    assert (await anne.type_inline("mentor")).results


@pytest.mark.parametrize("words", [CODE, f"/start {CODE}", f" {CODE}\n"])
async def test_who_has_given_the_code_is_let_in_for_good(start: Start, kept: Store, words: str) -> None:
    anne = await start(**INVITE)
    await anne.say("hej")
    assert await texts(anne) == [ONLY_INVITED]
    assert (await kept.load("telegram", str(ANNE))).session is None
    await anne.say(f"@VejviserBot {CODE}", chat=GROUP)
    assert await texts(anne, GROUP) == []
    await anne.say(words)
    assert await texts(anne) == [LET_IN, "action: help"]
    await anne.say("hej")
    await anne.say(words)
    assert await texts(anne) == ["text: hej", LET_IN, "action: help"]
    await anne.say("@VejviserBot hej", chat=GROUP)
    assert await texts(anne, GROUP) == ["text: hej"]
    assert (await kept.load("telegram", str(ANNE))).kept.admitted


async def test_codes_cannot_be_tried_out(start: Start) -> None:
    anne = await start(**INVITE)
    for number in range(5):
        await anne.say(f"wrong-code-{number}")
    assert await texts(anne) == [ONLY_INVITED] * 5
    await anne.say(CODE)
    assert await texts(anne) == ["Det var for mange koder, der ikke passer. Vent et minut, og prøv igen."]
    anne.person = BO
    await anne.say(CODE, chat=BO)
    assert (await texts(anne, BO))[0] == LET_IN


async def test_who_is_let_in_is_told_so_and_is_a_stranger_again_once_erased(
    start: Start, kept: Store, storing: Dialogue
) -> None:
    anne = await start(storing, **INVITE)
    await anne.say(CODE)
    await anne.say("/minedata")
    data = (await anne.read())[-1].file
    assert data
    assert b'"admitted": "2026-11-23T09:30:00+00:00"' in data[1]
    await anne.say("/slet")
    assert "skal du give invitationskoden igen" in (await texts(anne))[-1]
    await anne.press("Slet alt om mig")
    assert (await texts(anne))[-1].startswith("Alt om dig er slettet")
    assert (await kept.load("telegram", str(ANNE))).session is None
    await anne.say("hej")
    assert await texts(anne) == [ONLY_INVITED]


async def test_of_whom_something_is_kept_may_see_and_erase_it_though_not_let_in(
    start: Start, kept: Store, storing: Dialogue
) -> None:
    assert await kept.save("telegram", str(ANNE), (0, 0), Session("da"), [Subscribe(Subscription(Scope("kolding")))])
    anne = await start(storing, access="list", access_list=(BO,), operator=OWNER)
    await anne.say("hvad gør Kolding?")
    await anne.say("/privatliv")
    refused, told = await texts(anne)
    assert refused == ONLY_LISTED
    assert told.startswith("Det her gemmer jeg")
    await anne.press("Slet alt om mig")
    await anne.read()
    await anne.press("Slet alt om mig")
    assert (await texts(anne))[-1].startswith("Alt om dig er slettet")
    await anne.say("/privatliv")
    assert await texts(anne) == [ONLY_LISTED]


async def test_while_nobody_can_say_nobody_is_let_in(start: Start, kept: Store) -> None:
    anne = await start(**INVITE, operators=(BO,))
    await anne.say(CODE)
    await anne.read()
    async with kept.database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE chats RENAME TO away")
    await anne.say("hej")
    assert await texts(anne) == ["Jeg kan ikke se lige nu, om du er lukket ind. Prøv igen om lidt."]
    anne.person = BO
    await anne.say("hej", chat=BO)
    assert await texts(anne, BO) == ["text: hej"]
    async with kept.database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO chats")
    anne.person = ANNE
    await anne.say("hej")
    assert await texts(anne) == ["text: hej"]
