"""The fake is stricter than Telegram: what is wrong is refused and remembered, so that a green test means something."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import Any

import aiohttp
import pytest
from aiogram.types import BufferedInputFile

from tests.calling import CHAT, call, server_with_chats
from tests.fake_telegram import TOKEN, FakeTelegram, Refused, check_caption, check_photo, parse_html


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """The server, with two chats."""
    async with server_with_chats() as server:
        yield server


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("sendMessages", "chat_id=1001&text=hej"),
        ("sendDice", "chat_id=1001"),
        ("sendMessage", "chat_id=1001"),
        ("sendMessage", "chat_id=1001&text="),
        ("sendMessage", "chat_id=1001&text=%20%E2%80%8B%0A"),
        ("sendMessage", "chat_id=1001&text=" + "x" * 4097),
        ("sendMessage", "chat_id=1001&text=" + "%F0%9F%98%80" * 2049),
        ("sendMessage", "chat_id=1001&text=a%00b"),
        ("sendMessage", "chat_id=1002&text=hej"),
        ("sendMessage", "chat_id=1001&text=hej&disable_web_page_previews=true"),
        ("sendMessage", "chat_id=1001&text=hej&message_thread_id=first"),
        ("sendMessage", "chat_id=1001&text=hej&link_preview_options={%22is_disabledd%22:true}"),
        ("sendMessage", "chat_id=1001&text=hej&reply_markup={%22inline_keyboard%22:[]}"),
        ("sendMessage", "chat_id=1001&text=hej&parse_mode=html5"),
        ("sendMessage", "chat_id=1001&text=%3Cb%3Ehej&parse_mode=HTML"),
        ("sendDocument", "chat_id=1001"),
        ("sendDocument", "chat_id=1001&document=vejviser-data.json"),
        ("sendPhoto", "chat_id=1001"),
        ("sendPhoto", "chat_id=1001&photo=matrix.png"),
        ("getUpdates", "limit=101"),
        ("getUpdates", "timeout=51"),
        ("getUpdates", "allowed_updates=[%22messages%22]"),
        ("getupdates", "timeout=0"),
        ("sendMessage", "chat_id=1001&text=hej&text=farvel"),
        ("sendMessage", "chat_id=1001&text=hej&message_thread_id=5"),
        ("sendMessage", "chat_id=1001&text=hej&reply_parameters={%22message_id%22:5}"),
        ("sendMessage", "chat_id=1001&text=hej&reply_to_message_id=5"),
        ("sendMessage", "chat_id=1001&text=hej&reply_parameters={%22allow_sending_without_reply%22:true}"),
        ("setMyCommands", "commands=[]&scope={}"),
        ("sendChatAction", "chat_id=1001&action=thinking"),
        ("deleteMessage", "chat_id=1001&message_id=5"),
        ("answerInlineQuery", "inline_query_id=1&results=[]"),
        ("setWebhook", "url=http://vejviser.example/"),
        ("setWebhook", "url=https://vejviser.example:8080/"),
        ("setWebhook", "url=https://vejviser.example/"),
        ("setMyDescription", "description=" + "x" * 513),
        ("setMyShortDescription", "short_description=" + "x" * 121),
        ("setMyCommands", "commands=[]&language_code=danish"),
        ("answerCallbackQuery", "callback_query_id=1"),
        ("editMessageText", "chat_id=1001&message_id=1&text=hej"),
        ("setMyCommands", "commands=[{%22command%22:%22Hj%C3%A6lp%22,%22description%22:%22x%22}]"),
    ],
)
async def test_wrong_call_is_refused_and_remembered(fake: FakeTelegram, method: str, body: str) -> None:
    answer = await call(fake, method, body)
    assert answer["error_code"] in (400, 404)
    assert len(fake.claim()) == 1
    assert fake.sent == []


async def upload(fake: FakeTelegram, name: str = "a.json", content: bytes = b"{}", **fields: str) -> dict[str, Any]:
    """The answer to a sendDocument with the file in parts."""
    form = aiohttp.FormData({"chat_id": "1001", **fields})
    form.add_field("document", content, filename=name)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.root}/bot{TOKEN}/sendDocument", data=form) as response,
    ):
        answer: dict[str, Any] = await response.json()
        return answer


async def test_document(fake: FakeTelegram) -> None:
    answer = await upload(fake, caption="<b>Her</b>", parse_mode="HTML")
    assert answer["result"]["document"]["file_name"] == "a.json"
    assert answer["result"]["caption"] == "Her"
    assert [one.file for one in fake.sent] == [("a.json", b"{}")]
    assert fake.violations == []


@pytest.mark.parametrize(
    ("name", "content", "fields"),
    [
        ("a.json", b"", {}),
        ("a.json", b"{}", {"chat_id": "1002"}),
        ("a.json", b"{}", {"caption": "x" * 1025}),
        ("a.json", b"{}", {"caption": "<b>", "parse_mode": "HTML"}),
        ("a.json", b"{}", {"colour": "red"}),
        ("a.json", b"{}", {"reply_markup": '{"inline_keyboard":[]}'}),
    ],
)
async def test_wrong_document_is_refused(fake: FakeTelegram, name: str, content: bytes, fields: dict[str, str]) -> None:
    assert (await upload(fake, name, content, **fields))["error_code"] == 400
    assert len(fake.claim()) == 1
    assert fake.sent == []


@pytest.mark.parametrize(
    "button",
    [
        '{"text":"x"}',
        '{"text":"","callback_data":"a"}',
        '{"text":"x","callback_data":""}',
        '{"text":"x","url":"x.dk"}',
        '{"text":"x","callback_data":"' + "a" * 65 + '"}',
        '{"text":"x","url":"http://localhost/"}',
        '{"callback_data":"a"}',
        '{"text":"x","callback_data":"a","url":"https://x.dk"}',
        '{"text":"x","callback_data":"\\ud800"}',
        '{"text":"x","callback_data":"a","colour":"red"}',
    ],
)
async def test_wrong_button_is_refused(fake: FakeTelegram, button: str) -> None:
    await call(fake, "sendMessage", f'chat_id=1001&text=hej&reply_markup={{"inline_keyboard":[[{button}]]}}')
    assert len(fake.claim()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "</b>",
        "<b></i>",
        "<b><i></b></i>",
        "<b><b></b></b>",
        "a < b",
        "a > b",
        "a & b",
        "&nbsp;",
        "<br>",
        "<p>a</p>",
        "<a>x</a>",
        '<a href="javascript:1">x</a>',
        "<a href=https://x.dk>x</a>",
        '<b class="x">y</b>',
        "<script>",
        "<!-- -->",
        "<b>x</B>",
        "<span>x</span>",
        "&#0;",
        "&#xD800;",
        '<a href="https://t.me/VejviserBot?start=a+b">x</a>',
        '<a href="https://x.dk" title="y">x</a>',
        "<u>x</u>" * 101,
    ],
)
def test_html_that_telegram_cannot_read(text: str) -> None:
    with pytest.raises(Refused):
        parse_html(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("å<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_html_is_refused_in_telegrams_own_words(text: str, words: str) -> None:
    with pytest.raises(Refused) as raised:
        parse_html(text)
    assert str(raised.value) == f"can't parse entities: {words}"


def test_html_that_telegram_can_read() -> None:
    link = '<a href="https://x.dk/?a=1&amp;b=2">c</a>'
    assert parse_html(f"<b>a <i>b</i></b> &lt;&amp;&gt;&quot;&#39;&#x27; {link}") == "a b <&>\"'' c"


async def test_message_is_edited_only_to_something_else(fake: FakeTelegram) -> None:
    number = (await call(fake, "sendMessage", "chat_id=1001&text=hej"))["result"]["message_id"]
    assert (await call(fake, "editMessageText", f"chat_id=1001&message_id={number}&text=farvel"))["ok"]
    again = await call(fake, "editMessageText", f"chat_id=1001&message_id={number}&text=farvel")
    assert again["description"].startswith("Bad Request: message is not modified: specified new message content and")
    assert len(fake.claim()) == 1
    assert fake.sent[0].text == "farvel"


async def test_pressed_twice_before_the_first_had_its_effect_is_fair_whatever_was_pressed_before(
    fake: FakeTelegram,
) -> None:
    sent = (await call(fake, "sendMessage", "chat_id=1001&text=ja"))["result"]

    async def press(number: str) -> None:
        await fake.push("callback_query", {"id": number, "message": sent})

    async def edit(query: str, text: str) -> bool:
        await call(fake, "answerCallbackQuery", f"callback_query_id={query}")
        edited = await call(fake, "editMessageText", f"chat_id=1001&message_id={sent['message_id']}&text={text}")
        return bool(edited["ok"])

    # A button that has its answer in another message.
    await press("1")
    await call(fake, "answerCallbackQuery", "callback_query_id=1")
    await press("2")
    assert await edit("2", "nej")
    await press("3")
    await press("4")
    assert await edit("3", "ja")
    assert not await edit("4", "ja")
    assert fake.claim() == []
    # By now the bot can know what it says.
    await press("5")
    assert not await edit("5", "ja")
    assert len(fake.claim()) == 1


async def test_pressed_button_is_acknowledged_once(fake: FakeTelegram) -> None:
    await fake.push("callback_query", {"id": "7"})
    assert fake.unanswered == ["7"]
    assert (await call(fake, "answerCallbackQuery", "callback_query_id=7"))["ok"]
    assert not (await call(fake, "answerCallbackQuery", "callback_query_id=7"))["ok"]
    assert len(fake.claim()) == 1


async def test_updates_are_repeated_until_acknowledged_and_only_those_asked_for(fake: FakeTelegram) -> None:
    await fake.push("message", {"text": "a"})
    await fake.push("edited_message", {"text": "b"})
    asked = 'timeout=0&allowed_updates=["message"]'
    first = (await call(fake, "getUpdates", asked))["result"]
    assert [one["message"]["text"] for one in first] == ["a"]
    assert (await call(fake, "getUpdates", asked))["result"] == first
    assert (await call(fake, "getUpdates", f"{asked}&offset={first[0]['update_id'] + 1}"))["result"] == []


async def test_two_pollers_fight(fake: FakeTelegram) -> None:
    waiting = asyncio.create_task(call(fake, "getUpdates", "timeout=5"))
    await fake.polled()
    await call(fake, "getUpdates", "timeout=0")
    assert (await waiting)["error_code"] == 409
    assert (await call(fake, "getMe", token="1:other"))["error_code"] == 401
    assert fake.violations == []


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG, which is all that is looked at."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("content", "caption", "refused"),
    [
        (png(1080, 2000), "x" * 1024, ""),
        (png(1080, 2000), "x" * 1025, "caption is too long"),
        (png(1080, 8921), "", "PHOTO_INVALID_DIMENSIONS"),
        (png(100, 2001), "", "PHOTO_INVALID_DIMENSIONS"),
        (b"%PDF-1.7", "", "IMAGE_PROCESS_FAILED"),
        (png(10, 10) + b"0" * 10_000_000, "", "too big for a photo"),
    ],
    ids=["taken", "caption", "high", "slim", "no picture", "heavy"],
)
def test_photos(content: bytes, caption: str, refused: str) -> None:
    """Taken up to the sizes that the Bot API names, and not beyond."""
    with pytest.raises(Refused, match=refused) if refused else nullcontext():
        check_caption({"chat_id": CHAT, "caption": caption})
        check_photo(BufferedInputFile(content, "p.png"))
