"""The log's lines: for people or as JSON, those of a turn under one id, and no word of anybody in them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.channels.telegram_log import HIDDEN, TokenFilter
from bot.conversation import Conversation, Incoming
from bot.logs import JsonLines, Lines, begin_turn, turn_id
from tests.bot.standin import Parrot
from tests.fake_telegram import TOKEN

log = logging.getLogger("bot.test")


@pytest.fixture
def handler() -> Iterator[logging.StreamHandler[io.StringIO]]:
    """Writes what is logged from INFO on."""
    root = logging.getLogger()
    level = root.level
    mine = logging.StreamHandler(io.StringIO())
    root.addHandler(mine)
    root.setLevel(logging.INFO)
    yield mine
    root.removeHandler(mine)
    root.setLevel(level)


async def test_lines_of_a_turn_have_its_id(handler: logging.StreamHandler[io.StringIO]) -> None:
    handler.setFormatter(Lines())
    log.info("before")
    number = begin_turn()
    await Conversation(Parrot()).take(Incoming("telegram", "1001", "zebrafisk"))
    before, turn = handler.stream.getvalue().splitlines()
    assert before.endswith("INFO bot.test: before")
    assert f"INFO bot.conversation [{number}]: channel=telegram status=answered intent=parrot language=da" in turn
    assert turn_id() == number


async def test_json_has_an_object_a_line(handler: logging.StreamHandler[io.StringIO]) -> None:
    handler.setFormatter(JsonLines())
    number = begin_turn()
    await Conversation(Parrot()).take(Incoming("telegram", "1001", "zebrafisk"))
    log.warning("two\nlines of %s", "blåbær")
    turn, two = map(json.loads, handler.stream.getvalue().splitlines())
    assert (turn["channel"], turn["intent"], turn["status"], turn["turn"]) == ("telegram", "parrot", "answered", number)
    assert turn["took_ms"] >= 0
    assert (two["level"], two["logger"], two["message"]) == ("WARNING", "bot.test", "two\nlines of blåbær")
    assert two["time"].endswith("+00:00")
    assert "zebrafisk" not in handler.stream.getvalue()


def test_json_tells_an_exception_without_the_token(handler: logging.StreamHandler[io.StringIO]) -> None:
    handler.setFormatter(JsonLines())
    handler.addFilter(TokenFilter(TOKEN))
    try:
        raise ValueError(f"of {TOKEN}")
    except ValueError:
        log.exception("failed")
    line = json.loads(handler.stream.getvalue())
    assert line["exception"].endswith(f"ValueError: of {HIDDEN}")
    assert TOKEN not in handler.stream.getvalue()


def test_outside_of_a_turn_every_fault_has_an_id_of_its_own() -> None:
    assert turn_id() != turn_id()
