"""What buttons Telegram takes."""

from typing import Any

from tests.fake_telegram.addresses import check_address
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.texts import check_bytes, check_text, units

BUTTONS = 100
IN_A_ROW = 8
KINDS = {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat",
         "switch_inline_query_chosen_chat", "copy_text"}  # fmt: skip
"""What a button may do. Payments, games, logins and web apps are none of the bot's."""
LOOKS = {"style", "icon_custom_emoji_id"}
QUERY_UNITS = 256
COPIED_UNITS = 256


def keyboard_of(parameters: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The buttons under the message that a call is about."""
    keyboard: list[list[dict[str, Any]]] = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    return keyboard


def check_markup(markup: dict[str, Any] | None) -> None:
    """Raises Refused for a reply_markup with buttons that the API does not take."""
    if markup and "inline_keyboard" in markup:
        check_keyboard(markup["inline_keyboard"])


def check_keyboard(keyboard: list[list[dict[str, Any]]]) -> None:
    """Raises Refused for buttons that the API does not take."""
    buttons = [button for row in keyboard for button in row]
    if not all(keyboard) or not 1 <= len(buttons) <= BUTTONS or max(len(row) for row in keyboard) > IN_A_ROW:
        raise Refused("reply markup is empty, or too big")
    for button in buttons:
        _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    check_text(button["text"])
    if "\n" in button["text"]:
        raise Refused("button text must be one line")
    kind = set(button) - {"text"} - LOOKS
    if len(kind) != 1 or not kind <= KINDS:
        raise Refused("can't parse inline keyboard button: exactly one kind of button is allowed")
    (name,) = kind
    value = button[name]
    if name == "url":
        check_address(value)
    elif name == "callback_data":
        check_bytes("BUTTON_DATA_INVALID", value, 1, 64)
    elif name == "copy_text":
        if not 1 <= units(value["text"]) <= COPIED_UNITS:
            raise Refused("BUTTON_COPY_TEXT_INVALID")
    else:
        query = value.get("query", "") if isinstance(value, dict) else value
        if units(query) > QUERY_UNITS:
            raise Refused("BUTTON_SWITCH_INLINE_QUERY_INVALID")
