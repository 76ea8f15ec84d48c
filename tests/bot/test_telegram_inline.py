"""Inline mode: answers to pick from behind the bot's name, in any chat, ready to post."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest

from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.texts import say
from tests.drivers import PATIENCE, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault, parse_html, units

PERSON = {"id": 1001, "is_bot": False, "first_name": "Anne"}
Start = Callable[[Conversation], Awaitable[TelegramDriver]]


@pytest.fixture
async def typing(telegram_over: Start, dialogue: Dialogue) -> TelegramDriver:
    """Somebody who types behind the bot's name, before the whole bot."""
    return await telegram_over(Conversation(dialogue))


def titles(results: list[dict[str, str]]) -> list[str]:
    return [one["title"] for one in results]


async def test_what_is_typed_is_answered_ready_to_post(typing: TelegramDriver) -> None:
    offered = await typing.type_inline("mentor")
    assert titles(offered.results) == ["Mentorordning", "Mentorordning (Roskilde)", "Frivillig mentorordning (Aarhus)"]
    first = offered.results[0]
    assert first["id"] == "who_mentorordning"
    posted = first["input_message_content"]
    text = parse_html(posted["message_text"])
    assert str(first["description"]).startswith("2 af de 5 kommuner")
    assert "Kilder: „Kommunale strategier – et overblik“ (10. december 2014)" in str(text)
    assert posted["link_preview_options"] == {"is_disabled": True}
    buttons = [button for row in first["reply_markup"]["inline_keyboard"] for button in row]
    assert all(set(one) == {"text", "url"} for one in buttons)
    assert buttons[-1] == {
        "text": "Spørg videre hos Vejviser",
        "url": "https://t.me/VejviserBot?start=who_mentorordning",
    }
    assert offered.parameters["is_personal"] is True
    assert "button" not in offered.parameters


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("hvem har mentorordning?", "Mentorordning"),
        ("sammenlign Aarhus og Kolding", "Sammenlign Aarhus og Kolding"),
        ("kol", "Kolding"),
        ("KØBENHAVN", "København"),
        ("aarhus netvaerk", "Aarhus netvaerk"),
        ("rsv", "Registreret socialøkonomisk virksomhed (RSV)"),
        ("hvad er nyt?", "Hvad er nyt?"),
    ],
)
async def test_names_beginnings_and_whole_questions(typing: TelegramDriver, text: str, title: str) -> None:
    assert titles((await typing.type_inline(text)).results)[0].startswith(title)


@pytest.mark.parametrize("language", ["da", "en"])
async def test_before_anything_is_typed_there_is_what_there_is(typing: TelegramDriver, language: str) -> None:
    typing.language = language
    seen: list[str] = []
    offset, pages = "", 0
    while pages == 0 or offset:
        offered = await typing.type_inline("", offset)
        assert len(offered.results) <= 50
        seen += [one["id"] for one in offered.results]
        offset, pages = offered.parameters.get("next_offset", ""), pages + 1
    assert pages > 1
    assert len(set(seen)) == len(seen)
    assert {"what_aarhus", "who_mentorordning", "municipalities"} <= set(seen)
    assert offered.parameters["is_personal"] is True


@pytest.mark.parametrize("language", ["da", "en"])
async def test_every_answer_names_its_source_and_its_date(typing: TelegramDriver, language: str) -> None:
    typing.language = language
    results = [*(await typing.type_inline("")).results, *(await typing.type_inline("", "50")).results]
    for one in results:
        text = str(parse_html(one["input_message_content"]["message_text"]))
        assert units(text) <= 4096
        assert re.search(r"Kilde|Source|kilder|sources|Adress|address", text.rsplit("\n\n", 1)[-1]), one["id"]
        assert len(one["id"].encode()) <= 64
        assert one["description"]


async def test_where_nothing_is_found_the_way_to_the_bot_is_shown(typing: TelegramDriver) -> None:
    for text in ("xyzzy", "abonner", "/slet", "x" * 256):
        offered = await typing.type_inline(text)
        assert offered.results == []
        assert offered.parameters["button"] == {
            "text": say("da", "telegram-nothing-found"),
            "start_parameter": "help",
        }


@pytest.mark.parametrize("offset", ["100000", "-5", "abc", "\u0663"])
async def test_odd_offsets_are_survived(typing: TelegramDriver, offset: str) -> None:
    assert len((await typing.type_inline("mentor", offset)).results) in (0, 3)


async def test_language_that_was_chosen_holds_here_and_nothing_is_kept(
    kept: Store, telegram_over: Start, storing: Dialogue
) -> None:
    telegram = await telegram_over(Conversation(storing, kept))
    await telegram.type_inline("kolding")
    assert (await kept.load("telegram", "1001")).session is None
    await telegram.say("/settings")
    await telegram.read()
    await telegram.press("Answer in English")
    await telegram.read()
    before = await kept.load("telegram", "1001")
    offered = await telegram.type_inline("kol")
    assert offered.results[0]["description"].startswith("Kolding has")
    assert await kept.load("telegram", "1001") == before


async def test_query_that_is_too_old_is_no_fault(fake: FakeTelegram, typing: TelegramDriver) -> None:
    fake.fail("answerInlineQuery", Fault(status=400, description="Bad Request: query is too old"))
    await fake.push("inline_query", {"id": "7", "from": {"id": 1, "is_bot": False, "first_name": "A"}, "query": "",
                                     "offset": ""})  # fmt: skip
    await typing.read()
    assert titles((await typing.type_inline("mentor")).results)[0] == "Mentorordning"


@pytest.mark.parametrize(
    "fault", [Fault(status=502, html="<h1>502</h1>"), Fault(reset=True), Fault(reset=True, done=True)]
)
async def test_what_the_network_lost_is_offered_again(fake: FakeTelegram, typing: TelegramDriver, fault: Fault) -> None:
    fake.fail("answerInlineQuery", fault)
    assert len((await typing.type_inline("mentor")).results) == 3
    assert len(fake.called("answerInlineQuery")) == 2


async def test_whoever_types_does_not_wait_for_what_they_have_asked_in_the_chat(
    fake: FakeTelegram, typing: TelegramDriver
) -> None:
    network = asyncio.Event()
    fake.fail("sendMessage", Fault(held=network))
    await typing.say("hvad gør Aarhus?")
    await fake.push("inline_query", {"id": "7", "from": PERSON, "query": "kol", "offset": ""})
    async with asyncio.timeout(PATIENCE):
        while not fake.asked["7"].answered:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert fake.sent == []
    network.set()
    assert len(await typing.read()) == 1


async def test_what_was_chosen_is_not_asked_for(fake: FakeTelegram, typing: TelegramDriver) -> None:
    await typing.type_inline("mentor")
    assert "chosen_inline_result" not in fake.called("getUpdates")[-1].parameters["allowed_updates"]
