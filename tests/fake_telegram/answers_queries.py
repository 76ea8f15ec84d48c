"""Pressed buttons and inline queries: each is answered once, in time, and with what Telegram shows."""

import time
from typing import Any

from tests.fake_telegram.addresses import PAYLOAD, check_address
from tests.fake_telegram.answers import Parameters, answers
from tests.fake_telegram.contents import read_caption, read_text
from tests.fake_telegram.keyboards import check_markup
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.state import Inline, Query, World
from tests.fake_telegram.texts import check_bytes, is_empty, units

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
RESULTS = 50


@answers("answerCallbackQuery")
async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    asked = world.pressed.get(parameters["callback_query_id"])
    if asked and asked.under:
        # Within a chat the bot does one thing after the other: what it does to the message now is for this press.
        asked.under.pressed = asked.look
    query = _open(world, world.pressed, parameters["callback_query_id"])
    if units(parameters.get("text") or "") > 200:
        raise Refused("MESSAGE_TOO_LONG")
    if "url" in parameters:
        check_address(parameters["url"])
    query.answered = True
    return True


@answers("answerInlineQuery")
async def answer_inline_query(world: World, parameters: Parameters) -> bool:
    query = _open(world, world.asked, parameters["inline_query_id"])
    results = parameters["results"]
    if len(results) > RESULTS:
        raise Refused("RESULTS_TOO_MUCH")
    if len({one["id"] for one in results}) < len(results):
        raise Refused("RESULT_ID_DUPLICATE")
    for result in results:
        _check_result(result)
    check_bytes("NEXT_OFFSET_INVALID", parameters.get("next_offset") or "", 0, 64)
    if parameters.get("cache_time", 0) < 0:
        raise Refused("cache_time is negative")
    if button := parameters.get("button"):
        _check_button(button)
    query.answered = True
    world.inline.append(Inline(parameters["inline_query_id"], results, parameters))
    return True


def _open(world: World, queries: dict[str, Query], number: str) -> Query:
    query = queries.get(number)
    if query is None or query.answered:
        raise Refused(TOO_OLD)
    if world.query_seconds and time.monotonic() - query.at > world.query_seconds:
        query.answered = True
        raise Refused(TOO_OLD, fair=True)
    return query


def _check_result(result: dict[str, Any]) -> None:
    check_bytes("RESULT_ID_INVALID", result["id"], 1, 64)
    if result["type"] == "article" and is_empty(result.get("title") or ""):
        raise Refused("ARTICLE_TITLE_EMPTY")
    for name in ("url", "thumbnail_url"):
        if name in result:
            check_address(result[name])
    content = result.get("input_message_content") or {}
    if "message_text" in content:
        read_text(content["message_text"], content.get("parse_mode"))
    elif result["type"] == "article":
        raise Refused("MESSAGE_EMPTY: an article without a message to post")
    if "caption" in result:
        read_caption({name: result[name] for name in ("caption", "parse_mode") if name in result})
    check_markup(result.get("reply_markup"))


def _check_button(button: dict[str, Any]) -> None:
    if is_empty(button["text"]) or ("start_parameter" in button) == ("web_app" in button):
        raise Refused("BUTTON_INVALID: a text and exactly one of start_parameter and web_app")
    if "start_parameter" in button and not PAYLOAD.fullmatch(button["start_parameter"]):
        raise Refused("START_PARAM_INVALID")
