"""What happens in the fake's chats: who can be written to, how fast, what is edited, and what a fault leaves behind."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.calling import CHAT, GROUP, ask, call, server_with_chats
from tests.fake_telegram import BOT, FakeTelegram, Fault

ARTICLE = {"type": "article", "id": "1", "title": "Mentor", "input_message_content": {"message_text": "Aarhus"}}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """The server, with two chats; by the end nothing was wrong that the test has not claimed."""
    async with server_with_chats() as server:
        yield server
        assert server.violations == []


async def say(fake: FakeTelegram, chat: int = CHAT, **more: Any) -> int:
    """A person writes; the message's number."""
    number = fake.number()
    await fake.push("message", {"message_id": number, "chat": fake.chats[chat], "text": "hej", **more})
    return number


async def test_who_cannot_be_written_to(fake: FakeTelegram) -> None:
    fake.chats |= {number: {"id": number, "type": "private", "first_name": "B"} for number in (1, 2, 3)}
    fake.chats[-5] = {"id": -5, "type": "group", "title": "G"}
    fake.blocked |= {1, GROUP}
    fake.deactivated.add(2)
    fake.gone.add(3)
    fake.moved[-5] = -100_5
    told = {}
    for chat in (1, 2, 3, GROUP, -5):
        answer = await ask(fake, "sendMessage", chat_id=chat, text="hej")
        told[chat] = (answer["error_code"], answer["description"], answer.get("parameters"))
    assert told == {
        1: (403, "Forbidden: bot was blocked by the user", None),
        2: (403, "Forbidden: user is deactivated", None),
        3: (400, "Bad Request: chat not found", None),
        GROUP: (403, "Forbidden: bot was kicked from the supergroup chat", None),
        -5: (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -100_5}),
    }


async def test_topics_and_answered_messages_are_those_that_were_heard(fake: FakeTelegram) -> None:
    number = await say(fake, GROUP, message_thread_id=7, is_topic_message=True)
    sent = await ask(
        fake, "sendMessage", chat_id=GROUP, text="hej", message_thread_id=7, reply_parameters={"message_id": number}
    )
    assert sent["result"]["message_thread_id"] == 7
    fake.closed_topics.add((GROUP, 7))
    closed = await ask(fake, "sendMessage", chat_id=GROUP, text="hej", message_thread_id=7)
    assert closed["description"] == "Bad Request: TOPIC_CLOSED"
    fake.mute.add(GROUP)
    assert "not enough rights" in (await ask(fake, "sendMessage", chat_id=GROUP, text="hej"))["description"]


async def test_flood_limits(fake: FakeTelegram) -> None:
    fake.flood.private, fake.flood.group, fake.flood.minute = 1, 2, 1.0
    private = [await ask(fake, "sendMessage", chat_id=CHAT, text=str(one)) for one in range(4)]
    assert [one["ok"] for one in private] == [True, True, True, False]
    assert 1 <= private[3]["parameters"]["retry_after"] <= 3
    group = [await ask(fake, "sendMessage", chat_id=GROUP, text=str(one)) for one in range(3)]
    assert [one["ok"] for one in group] == [True, True, False]
    assert group[2]["description"] == "Too Many Requests: retry after 1"
    assert fake.early == 0
    await ask(fake, "sendMessage", chat_id=GROUP, text="again")
    assert fake.early == 1
    await asyncio.sleep(1.05)
    assert (await ask(fake, "sendMessage", chat_id=GROUP, text="later"))["ok"]


async def test_editing_and_deleting(fake: FakeTelegram) -> None:
    number = (await ask(fake, "sendMessage", chat_id=CHAT, text="hej"))["result"]["message_id"]
    bold = {"chat_id": CHAT, "message_id": number, "text": "<b>hej</b>", "parse_mode": "HTML"}
    assert (await ask(fake, "editMessageText", **bold))["result"]["entities"] == [
        {"type": "bold", "offset": 0, "length": 3}
    ]
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    where = {"chat_id": CHAT, "message_id": number}
    assert (await ask(fake, "editMessageReplyMarkup", **where, reply_markup=keyboard))["ok"]
    assert (await ask(fake, "deleteMessage", **where))["ok"]
    gone = await ask(fake, "editMessageText", **where, text="farvel")
    assert gone["description"] == "Bad Request: message to edit not found"


async def test_a_call_whose_answer_was_lost_may_come_again(fake: FakeTelegram) -> None:
    number = (await ask(fake, "sendMessage", chat_id=CHAT, text="hej"))["result"]["message_id"]
    await fake.push("callback_query", {"id": "7"})
    for method, parameters in (
        ("editMessageText", {"chat_id": CHAT, "message_id": number, "text": "farvel"}),
        ("answerCallbackQuery", {"callback_query_id": "7"}),
    ):
        fake.fail(method, Fault(halfway=True, done=True))
        with pytest.raises(aiohttp.ClientError):
            await ask(fake, method, **parameters)
        assert (await ask(fake, method, **parameters))["error_code"] == 400
    assert fake.sent[0].text == "farvel"


async def test_queries_can_be_too_old(fake: FakeTelegram) -> None:
    fake.query_seconds = 0.01
    await fake.push("callback_query", {"id": "7"})
    await asyncio.sleep(0.02)
    answer = await ask(fake, "answerCallbackQuery", callback_query_id="7")
    assert answer["description"].startswith("Bad Request: query is too old and response timeout expired or query ID")
    assert fake.unanswered == []


async def test_inline_answer(fake: FakeTelegram) -> None:
    await fake.push("inline_query", {"id": "5", "from": {"id": CHAT}})
    results = [{**ARTICLE, "id": str(number)} for number in range(50)]
    assert (await ask(fake, "answerInlineQuery", inline_query_id="5", results=results, next_offset="50"))["ok"]
    assert [len(one.results) for one in fake.inline] == [50]


@pytest.mark.parametrize(
    "wrong",
    [
        {"results": [{**ARTICLE, "id": str(number)} for number in range(51)]},
        {"results": [ARTICLE, ARTICLE]},
        {"results": [{**ARTICLE, "id": ""}]},
        {"results": [{**ARTICLE, "id": "ø" * 33}]},
        {"results": [{**ARTICLE, "title": " "}]},
        {"results": [{name: one for name, one in ARTICLE.items() if name != "type"}]},
        {"results": [{name: one for name, one in ARTICLE.items() if name != "input_message_content"}]},
        {"results": [{**ARTICLE, "input_message_content": {"message_text": "x" * 4097}}]},
        {"results": [{**ARTICLE, "input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}]},
        {"results": [{**ARTICLE, "colour": "red"}]},
        {"results": [{**ARTICLE, "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "a" * 65}]]}}]},
        {"results": [], "next_offset": "x" * 65},
        {"results": [], "switch_pm_text": "x", "switch_pm_parameter": "y"},
        {"results": [], "button": {"text": "x", "start_parameter": "a+b"}},
        {"results": [], "button": {"text": "x"}},
    ],
)
async def test_wrong_inline_answer(fake: FakeTelegram, wrong: dict[str, Any]) -> None:
    await fake.push("inline_query", {"id": "5", "from": {"id": CHAT}})
    assert (await ask(fake, "answerInlineQuery", inline_query_id="5", **wrong))["error_code"] == 400
    assert len(fake.claim()) == 1
    assert fake.inline == []


async def test_menus_by_scope_and_language_and_the_profile(fake: FakeTelegram) -> None:
    menu = [{"command": "hjaelp", "description": "Hjælp"}]
    scope = {"type": "chat", "chat_id": CHAT}
    assert (await ask(fake, "setMyCommands", commands=menu, language_code="da"))["ok"]
    assert (await ask(fake, "setMyCommands", commands=menu, scope=scope))["ok"]
    assert (await ask(fake, "getMyCommands", scope=scope))["result"] == menu
    assert fake.commands == {"da": menu}
    unknown = await ask(fake, "setMyCommands", commands=menu, scope={"type": "chat", "chat_id": 5})
    assert unknown["description"] == "Bad Request: chat not found"
    assert (await ask(fake, "setMyDescription", description="x" * 512, language_code="da"))["ok"]
    assert (await ask(fake, "getMyDescription", language_code="da"))["result"] == {"description": "x" * 512}
    assert (await ask(fake, "setChatMenuButton", menu_button={"type": "commands"}))["ok"]
    assert (await ask(fake, "getChatMenuButton"))["result"] == {"type": "commands"}


async def test_who_is_in_a_group(fake: FakeTelegram) -> None:
    fake.administrators[GROUP] = {CHAT: "creator", 1002: "administrator"}
    administrators = (await ask(fake, "getChatAdministrators", chat_id=GROUP))["result"]
    assert [(one["user"]["id"], one["status"]) for one in administrators] == [
        (CHAT, "creator"), (1002, "administrator")
    ]  # fmt: skip
    assert (await ask(fake, "getChatMember", chat_id=GROUP, user_id=5))["result"]["status"] == "member"
    assert (await ask(fake, "getChatMember", chat_id=GROUP, user_id=BOT["id"]))["result"]["user"] == BOT


async def test_the_last_updates_alone(fake: FakeTelegram) -> None:
    for _ in range(3):
        await say(fake)
    (last,) = (await call(fake, "getUpdates", "offset=-1"))["result"]
    assert last["update_id"] == max(one["update_id"] for one in fake.updates.waiting)
    assert (await call(fake, "getUpdates", f"offset={last['update_id'] + 1}"))["result"] == []


async def test_some_kinds_come_only_if_named(fake: FakeTelegram) -> None:
    await fake.push("chat_member", {"chat": fake.chats[GROUP]})
    await say(fake)
    await say(fake)
    assert len((await call(fake, "getUpdates", 'allowed_updates=["message"]&limit=1'))["result"]) == 1
    assert len((await call(fake, "getUpdates"))["result"]) == 2
    assert len((await call(fake, "getUpdates", "allowed_updates=[]"))["result"]) == 2
    assert len((await call(fake, "getUpdates", 'allowed_updates=["chat_member"]'))["result"]) == 1
