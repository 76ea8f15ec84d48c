"""Telegram as a way for notices: each sent once, and what Telegram refuses told apart."""

from datetime import timedelta
from functools import lru_cache

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.base import Moved, NotSent, Refused, Unreachable, Wait
from bot.channels.telegram_view import Message, messages
from handlers.reply import Reply

CHANNEL = "telegram"
_GONE = (
    "chat not found", "peer_id_invalid", "chat_write_forbidden", "not enough rights", "have no rights", "topic_closed",
    "user is deactivated",
)  # fmt: skip
"""What Telegram says with status 400 where it is the chat that cannot be written to."""


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
