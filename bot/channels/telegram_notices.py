"""Telegram as a way for notices: each sent once, at the pace that Telegram allows, and what it refuses told apart."""

import json
from datetime import timedelta
from functools import lru_cache
from math import ceil
from time import monotonic
from typing import Any

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.base import Moved, NotSent, Refused, Unreachable, Wait
from bot.channels.telegram_http import Request
from bot.channels.telegram_view import Message, messages
from handlers.reply import Reply

CHANNEL = "telegram"
_GONE = (
    "chat not found", "peer_id_invalid", "chat_write_forbidden", "not enough rights", "have no rights", "topic_closed",
    "user is deactivated",
)  # fmt: skip
"""What Telegram says with status 400 where it is the chat that cannot be written to."""


class PatientRequest(Request):
    """Sends nothing before the moment until which Telegram told it to wait, whoever asks."""

    _until = 0.0

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Raises RetryAfter instead of asking too early: that would make the time longer."""
        if (left := self._until - monotonic()) > 0:
            raise RetryAfter(ceil(left))
        code, payload = await super().do_request(*args, **kwargs)
        if code == 429:
            self._until = max(self._until, monotonic() + _seconds(payload))
        return code, payload


class TelegramNotices:
    """The Sender of Telegram."""

    name = CHANNEL

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat: str, reply: Reply) -> None:
        """Sends the reply's messages in order. Raises NotSent; those after the one at fault are then left out."""
        try:
            for sheet in _sheets(reply):
                await self._bot.send_message(
                    int(chat),
                    sheet.html,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=sheet.keyboard,
                )
        except TelegramError as fault:
            raise _told(fault) from None


@lru_cache(maxsize=64)
def _sheets(reply: Reply) -> tuple[Message, ...]:
    """Made once for all chats that get the same."""
    return tuple(messages(reply))


def _told(fault: TelegramError) -> NotSent:
    """The fault without Telegram's own words, which may quote the chat."""
    kind = type(fault).__name__
    match fault:
        case RetryAfter(retry_after=time):
            return Wait(kind, time.total_seconds() if isinstance(time, timedelta) else time)
        case ChatMigrated(new_chat_id=chat):
            return Moved(kind, str(chat))
        case Forbidden():
            return Unreachable(kind)
        case BadRequest(message=words):
            return Unreachable(kind) if any(one in words.casefold() for one in _GONE) else Refused(kind)
    # No network, or a server that is out of order; and a token that is refused, with which polling ends as well.
    return NotSent(kind)


def _seconds(payload: bytes) -> float:
    """How long Telegram says to wait; a second where what it says cannot be read."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
