"""The Telegram channel as a person and an operator meet it: the real application, over HTTP, before a strict server."""

import asyncio
import io
import logging
import re
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pypdf import PdfReader

from bot.channels import telegram_send
from bot.channels.telegram_log import HIDDEN, guard_logs
from bot.conversation import Conversation
from handlers.actions import COMMANDS
from handlers.dialogue import Dialogue
from handlers.reply import Button, File, Paragraph, Span
from handlers.session import Session
from tests.bot.conftest import HandMade, reply_of
from tests.bot.process import PATIENCE, ROOT, environment
from tests.drivers import Seen, TelegramDriver
from tests.fake_telegram import TOKEN, FakeTelegram, Fault, png_size

BAD_GATEWAY = Fault(status=502, html="<html><h1>502 Bad Gateway</h1></html>")
ONLY_TEXT = "Jeg kan kun læse tekst. Skriv dit spørgsmål til mig, så svarer jeg."
GROUP = -1007
SCRIPT = """
import asyncio
from bot import app
from bot.channels import telegram
from bot.config import load_settings
from bot.conversation import Conversation
from bot.store import Store
from knowledge.loading import SHIPPED
from tests.bot.standin import Parrot
telegram.START_RETRIES = 0
settings = load_settings()
app.run(settings, Conversation(Parrot(), asyncio.run(Store.open(settings))), SHIPPED)
"""


def texts(seen: list[Seen]) -> list[str]:
    return [one.text for one in seen]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, from DEBUG on, as the operator would read it."""
    root = logging.getLogger()
    touched = [root, logging.getLogger("httpx"), logging.getLogger("httpcore")]
    levels = [one.level for one in touched]
    handlers = [(one, list(one.filters)) for one in root.handlers]
    written = io.StringIO()
    mine = logging.StreamHandler(written)
    mine.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root.addHandler(mine)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(mine)
    for one, filters in handlers:
        one.filters[:] = filters
    for logger, level in zip(touched, levels, strict=True):
        logger.setLevel(level)


async def test_a_question_and_a_button_of_its_answer(
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say("hvilke kommuner har en mentorordning?")
    answer = (await telegram.read())[-1]
    assert "Aarhus" in answer.text
    assert "Roskilde" in answer.text
    await telegram.press(answer.buttons[0])
    assert len(await telegram.read()) >= 1


@pytest.mark.parametrize("command", ["/start", "/help", "/hjaelp", "/HELP", "/help me"])
async def test_commands_give_the_help(telegram: TelegramDriver, command: str) -> None:
    await telegram.say(command)
    assert texts(await telegram.read()) == ["action: help"]


@pytest.mark.parametrize(
    ("command", "action"),
    [(f"/{word}", action) for words in COMMANDS.values() for word, action in words.items()]
    + [("/rundtur@VejviserBot", "tour"), ("/SLET nu", "erase")],
)
async def test_commands_stand_for_actions(telegram: TelegramDriver, command: str, action: str) -> None:
    await telegram.say(command)
    assert texts(await telegram.read()) == [f"action: {action}"]


async def test_a_file_is_sent_after_the_words(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    file = File("vejviser-data.json", b'{"a": 1}')
    hand_made.replies["mine data"] = reply_of("Her er de.", buttons=(Button("Slet", "erase"),), file=file)
    fake.fail("sendDocument", BAD_GATEWAY)
    await telegram.say("mine data")
    words, document = await telegram.read()
    assert (words.text, words.buttons, words.file) == ("Her er de.", ("Slet",), None)
    assert (document.text, document.buttons) == ("", ())
    assert document.file == ("vejviser-data.json", b'{"a": 1}')


async def test_in_a_group_the_file_answers_the_one_who_asked(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    hand_made.replies["mine data"] = reply_of("Her.", file=File("a.json", b"{}"))
    await telegram.say("mine data @VejviserBot", chat=GROUP)
    assert len(await telegram.read(chat=GROUP)) == 2
    (call,) = fake.called("sendDocument")
    assert call.parameters["reply_parameters"]["message_id"]


async def test_a_picture_is_a_photo_with_its_words_below(
    fake: FakeTelegram, telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    fake.fail("sendPhoto", BAD_GATEWAY)
    await telegram.say("sammenlign Aarhus og København")
    (words,) = await telegram.read()
    assert words.picture is None
    await telegram.press("Vis som billede")
    (photo,) = await telegram.read()
    assert photo.picture
    name, content = photo.picture
    assert name == "comparison.png"
    assert png_size(content)[0] == 1080
    assert photo.text.startswith("Aarhus og København har 3 temaer til fælles: ")
    assert re.search(r"Kilder?: .*„Kommunale strategier – et overblik“ \(10\. december 2014\)", photo.text)
    assert "Sammenlign Aarhus og København" in photo.buttons


async def test_what_does_not_fit_under_a_picture_follows_it(
    telegram: TelegramDriver, hand_made: HandMade, dialogue: Dialogue
) -> None:
    picture = dialogue.answer("tidslinje", Session())[0].blocks[0]
    long = Paragraph((Span("ord " * 600, strong=True),))
    hand_made.replies["billede"] = replace(reply_of(""), blocks=(picture, long), buttons=(Button("Mere", "more"),))
    await telegram.say("billede")
    photo, rest = await telegram.read()
    assert photo.picture
    assert not photo.buttons
    assert rest.picture is None
    assert rest.buttons == ("Mere",)
    assert (photo.text + " " + rest.text).count("ord") == 600


async def test_a_page_is_handed_over_as_a_pdf(
    fake: FakeTelegram, telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say("hvad gør Aarhus?")
    await telegram.read()
    await telegram.press("Aarhus på én side (PDF)")
    words, document = await telegram.read()
    assert words.text.startswith("Her er Aarhus på én side, klar til at printe (PDF).")
    assert document.file
    assert document.file[0] == "aarhus.pdf"
    assert len(PdfReader(io.BytesIO(document.file[1])).pages) == 1
    await telegram.say("send me Kolding on one page @VejviserBot", chat=GROUP)
    assert (await telegram.read(chat=GROUP))[-1].file
    assert fake.called("sendDocument")[-1].parameters["reply_parameters"]["message_id"]


async def test_pictures_for_many_hold_nobody_up(
    fake: FakeTelegram, telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    for chat in range(2000, 2012):
        await telegram.say("vis en oversigt over temaer", chat=chat)
    photos = [(await telegram.read(chat=chat))[0].picture for chat in range(2000, 2012)]
    assert len({photo and photo[1] for photo in photos}) == 1
    assert all(photos)


async def test_deep_link_goes_straight_to_its_action(telegram: TelegramDriver) -> None:
    await telegram.say("/start compare_aarhus_kolding")
    assert texts(await telegram.read()) == ["action: compare_aarhus_kolding"]


async def test_deep_link_to_nothing_is_told_with_the_help(
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    for payload in ("no-such-thing", "not+a+payload", "topic", "x" * 3000):
        await telegram.say(f"/start {payload}")
        (told,) = await telegram.read()
        assert told.text.startswith("Det, som linket eller knappen fører til, findes ikke hos mig")
        assert "Du kan fx spørge:" in told.text
        assert told.buttons


@pytest.mark.parametrize(
    ("payload", "begins"),
    [
        ("who_mentorordning", "2 af de 5 kommuner"),
        ("what_kolding", "Kolding har"),
        ("detail_den-sociale-kapitalfond", ""),
        ("tour", "Velkommen på den guidede rundtur!"),
        ("subscribe_kolding", "Jeg kan kun give dig besked"),
    ],
)
async def test_what_people_link_to(
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]],
    conversation: Conversation,
    payload: str,
    begins: str,
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say(f"/start {payload}")
    (told,) = await telegram.read()
    assert told.text.startswith(begins)


async def test_answer_can_be_passed_on(
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say("hvilke kommuner har en mentorordning?")
    (answer,) = await telegram.read()
    label, address = answer.links[-1]
    assert label == "Del svaret"
    shared = parse_qs(urlsplit(address).query)
    assert address.startswith("https://t.me/share/url?")
    assert shared["url"] == ["https://t.me/VejviserBot?start=who_mentorordning"]
    assert shared["text"][0].startswith("2 af de 5 kommuner")
    assert len(shared["text"][0]) <= 100
    await telegram.say("/start who_mentorordning", chat=1002)
    assert (await telegram.read(1002))[0].text == answer.text
    for text in ("/privatliv", "/indstillinger", "hvad er vejret?"):
        await telegram.say(text)
        assert "Del svaret" not in dict((await telegram.read())[0].links)


async def test_other_commands_are_questions(telegram: TelegramDriver) -> None:
    await telegram.say("/kommuner i Jylland")
    assert texts(await telegram.read()) == ["text: kommuner i Jylland"]


async def test_answer_has_its_look(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("mentor")
    (answer,) = await telegram.read()
    assert answer.buttons == ("Vis flere", "Hvad gør Aarhus?")
    assert answer.links == (("Dokument: Strategi 2014", "https://www.kolding.dk/strategi.pdf"),)
    assert "• Aarhus: <mentorer> & netværk" in answer.text
    (call,) = fake.called("sendMessage")
    assert call.parameters["link_preview_options"] == {"is_disabled": True}
    assert call.parameters["parse_mode"] == "HTML"


async def test_long_answer_comes_in_parts_with_the_buttons_last(telegram: TelegramDriver, hand_made: HandMade) -> None:
    hand_made.replies["alt"] = reply_of("Et langt svar. " * 700, buttons=(Button("Mere", "more"),))
    await telegram.say("alt")
    parts = await telegram.read()
    assert [part.buttons for part in parts] == [(), (), ("Mere",)]


@pytest.mark.parametrize("old", [False, True])
async def test_pressed_button_is_answered_with_a_new_message(
    fake: FakeTelegram, telegram: TelegramDriver, old: bool
) -> None:
    await telegram.say("mentor")
    await telegram.read()
    await telegram.press("Hvad gør Aarhus?", old=old)
    assert texts(await telegram.read()) == ["action: overview_aarhus"]
    assert len(fake.called("answerCallbackQuery")) == 1


async def test_button_that_waited_too_long_is_answered_all_the_same(
    fake: FakeTelegram, telegram: TelegramDriver
) -> None:
    await telegram.say("mentor")
    await telegram.read()
    fake.fail("answerCallbackQuery", Fault(status=400, description="query is too old", done=True))
    await telegram.press("Vis flere")
    assert texts(await telegram.read()) == ["action: more_mentor"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("da", ONLY_TEXT),
        ("en-GB", "I can only read text."),
        ("ar", ONLY_TEXT),
    ],
)
async def test_own_lines_are_in_the_language_of_the_person(telegram: TelegramDriver, language: str, line: str) -> None:
    telegram.language = language
    await telegram.say("", voice={"file_id": "f", "file_unique_id": "u", "duration": 1})
    assert (await telegram.read())[0].text.startswith(line)


@pytest.mark.parametrize(("code", "language"), [("da", "da"), ("en-US", "en"), ("de", "da"), (None, "da")])
async def test_dialogue_is_told_what_the_person_reads(
    telegram: TelegramDriver, hand_made: HandMade, code: Any, language: str
) -> None:
    telegram.language = code
    await telegram.say("hej")
    await telegram.read()
    assert hand_made.languages == [language]


async def test_own_lines_follow_the_language_of_the_chat(telegram: TelegramDriver, hand_made: HandMade) -> None:
    hand_made.replies["hello"] = reply_of("Hello!", "en")
    await telegram.say("hello")
    await telegram.say("crash")
    assert (await telegram.read())[1].text.startswith("Something went wrong")


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "\u200b",
        "\U0001f600",
        "...",
        "<b>hej</b>",
        "_*[`",
        "'; DROP TABLE chats; --",
        "\u202egnirts",
        "a\x00b",
        "x" * 100_000,
        "\U0001f600" * 4096,
    ],
)
async def test_odd_messages_are_answered(telegram: TelegramDriver, text: str) -> None:
    await telegram.say(text)
    assert (await telegram.read())[0].text.startswith("text:")


async def test_fault_is_told_with_a_number_that_the_log_has(telegram: TelegramDriver, log: io.StringIO) -> None:
    guard_logs(TOKEN, "DEBUG")
    await telegram.say("crash")
    (told,) = await telegram.read()
    number = re.search(r"koden (\w+)\.", told.text)
    assert number
    assert f"fault {number[1]}: KeyError at bot/conftest.py:" in log.getvalue()
    await telegram.say("hej")
    assert texts(await telegram.read()) == ["text: hej"]
    assert "what the person wrote" not in log.getvalue()


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_told_to_wait_it_waits(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    fake.fail("sendMessage", Fault(status=429, retry_after=1))
    await telegram.say("hej")
    assert texts(await telegram.read()) == ["text: hej"]
    first, second = fake.called("sendMessage")
    assert 1.0 <= second.at - first.at < 2.0


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_press_is_acknowledged_while_all_messages_wait(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("mentor")
    await telegram.read()
    fake.fail("sendMessage", *[Fault(status=429, retry_after=1)] * 2)
    for chat in (1002, 1003):
        await telegram.say("hej", chat=chat)
    async with asyncio.timeout(10):
        while len(fake.called("sendMessage")) < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await telegram.press("Vis flere")
    assert texts(await telegram.read()) == ["action: more_mentor"]
    (acknowledged,) = fake.called("answerCallbackQuery")
    assert acknowledged.at < fake.called("sendMessage")[3].at


@pytest.mark.parametrize("fault", [BAD_GATEWAY, Fault(status=500), Fault(reset=True)])
async def test_lost_message_is_sent_again(fake: FakeTelegram, telegram: TelegramDriver, fault: Fault) -> None:
    fake.fail("sendMessage", fault)
    await telegram.say("hej")
    assert texts(await telegram.read()) == ["text: hej"]


async def test_bot_survives_a_server_that_takes_nothing(
    fake: FakeTelegram, telegram: TelegramDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_send, "SEND_AGAIN", (0.01, 0.01))
    fake.fail("sendMessage", *[BAD_GATEWAY] * 6)
    await telegram.say("hej")
    assert await telegram.read() == []
    await telegram.say("er du der?")
    assert texts(await telegram.read()) == ["text: er du der?"]


async def test_polling_goes_on_after_a_fault(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    fake.fail("getUpdates", BAD_GATEWAY)
    await telegram.say("hej")
    await telegram.say("hej igen")
    assert texts(await telegram.read()) == ["text: hej", "text: hej igen"]


async def test_chat_that_has_shut_the_bot_out_is_left_alone(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    fake.blocked.add(1001)
    await telegram.say("hej")
    assert await telegram.read() == []
    assert len(fake.called("sendMessage")) == 1
    await telegram.say("hej", chat=1002)
    assert texts(await telegram.read(1002)) == ["text: hej"]


async def test_order_within_a_chat_is_kept_and_no_chat_waits_for_another(
    fake: FakeTelegram, telegram: TelegramDriver
) -> None:
    released = asyncio.Event()
    fake.fail("sendMessage", Fault(held=released))
    for number in range(10):
        await telegram.say(str(number))
    async with asyncio.timeout(PATIENCE):
        while fake.faults.left("sendMessage"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await telegram.say("hej", chat=1002)
        while not fake.sent:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert [one.chat for one in fake.sent] == [1002]
    released.set()
    assert texts(await telegram.read()) == [f"text: {number}" for number in range(10)]


async def test_neither_token_nor_words_are_logged(
    fake: FakeTelegram,
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]],
    hand_made: HandMade,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telegram_send, "SEND_AGAIN", (0.01, 0.01))
    guard_logs(TOKEN, "DEBUG")
    telegram = await telegram_over(Conversation(hand_made))
    fake.fail("sendMessage", BAD_GATEWAY, Fault(reset=True))
    fake.fail("getUpdates", Fault(status=200, html=f'<p>"fortroligt" /bot{TOKEN}/</p>'))
    for text in ("fortroligt", "crash", "mentor"):
        await telegram.say(text)
    await telegram.read()
    await telegram.press("Vis flere")
    await telegram.read()
    assert "sending again after NetworkError" in log.getvalue()
    assert "polling failed" in log.getvalue()
    assert TOKEN.partition(":")[2] not in log.getvalue()
    assert "fortroligt" not in log.getvalue()


def test_token_is_taken_out_of_whatever_is_logged(log: io.StringIO) -> None:
    guard_logs(TOKEN, "DEBUG")
    logger = logging.getLogger("someone.else")
    logger.info("at https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.warning(f"token {TOKEN}", stack_info=True)
    logger.debug({"token": TOKEN})
    logger.debug("%(token)s", {"token": TOKEN})
    logger.error("too few: %s %s", TOKEN)
    logging.getLogger("telegram.ext.Application").error("told %s", TOKEN, exc_info=ValueError(TOKEN))
    try:
        raise ValueError(f"no {TOKEN}") from KeyError(TOKEN.partition(":")[2])
    except ValueError:
        logger.exception("failed with %s", TOKEN)
    written = log.getvalue()
    assert TOKEN.partition(":")[2] not in written
    assert written.count(HIDDEN) >= 7
    assert "Traceback" in written
    assert "ERROR telegram.ext.Application told %s (ValueError)" in written


def test_loggers_that_write_addresses_are_quiet(log: io.StringIO) -> None:
    guard_logs(TOKEN, "DEBUG")
    guard_logs(TOKEN, "DEBUG")
    logging.getLogger("httpx").info("HTTP Request: POST")
    logging.getLogger("httpcore.connection").debug("connect_tcp")
    assert log.getvalue() == ""
    assert {len(handler.filters) for handler in logging.getLogger().handlers} == {2}


async def started(root: str, token: str = TOKEN) -> asyncio.subprocess.Process:
    """The bot as a process of its own, as `vejviser run` starts it."""
    set_by_operator = {"VEJVISER_TELEGRAM_TOKEN": token, "VEJVISER_TELEGRAM_API": root, "VEJVISER_LOG_LEVEL": "debug"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SCRIPT,
        cwd=ROOT,
        env=environment(NO_PROXY="127.0.0.1", VEJVISER_WEB="off", VEJVISER_ANNOUNCE="off", **set_by_operator),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Its exit status and all that it wrote."""
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode is not None
    return process.returncode, (out + err).decode()


async def test_refused_token_ends_with_a_clear_line(fake: FakeTelegram) -> None:
    token = "987654321:AAwrong_token"
    status, written = await ended(await started(fake.root, token))
    assert status == 1
    assert written.splitlines()[-1].startswith("Telegram afviser den token, der står i VEJVISER_TELEGRAM_TOKEN.")
    assert "Traceback" not in written
    assert "AAwrong_token" not in written


async def test_token_taken_back_while_running_ends_the_bot(fake: FakeTelegram) -> None:
    process = await started(fake.root)
    await say(fake)
    fake.token = "1:other"
    await say(fake, "hej")
    status, written = await ended(process)
    assert status == 1
    assert written.splitlines()[-1].startswith("Telegram afviser den token")
    assert TOKEN.partition(":")[2] not in written


async def test_server_out_of_reach_ends_with_a_clear_line(fake: FakeTelegram) -> None:
    fake.fail("getMe", *[BAD_GATEWAY] * 3)
    status, written = await ended(await started(fake.root))
    assert status == 1
    assert written.splitlines()[-1].startswith(f"Kan ikke få svar fra Telegram på {fake.root} (NetworkError)")
    assert "Traceback" not in written


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_stopped_bot_answers_what_it_has_received(fake: FakeTelegram, sign: signal.Signals) -> None:
    process = await started(fake.root)
    fake.fail("sendMessage", Fault(slow=0.3))
    await say(fake, "en", "to", "tre")
    await fake.delivered()
    process.send_signal(sign)
    status, written = await ended(process)
    assert [one.text.split("'")[1] for one in fake.sent] == ["en", "to", "tre"]
    assert (status, "Traceback" in written) == (0, False)
    assert TOKEN.partition(":")[2] not in written


async def say(fake: FakeTelegram, *lines: str) -> None:
    """A person writes, once the bot has begun to listen."""
    async with asyncio.timeout(PATIENCE):
        await fake.polled()
    for line in lines:
        await TelegramDriver(fake, fake.delivered).say(line)
