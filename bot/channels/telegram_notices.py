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
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
"""The same where it is the topic."""


class TelegramNotices:
    """The Sender of Telegram."""

    name = CHANNEL

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat: str, reply: Reply, topic: int = 0) -> None:
        """Sends the reply's messages in order. Raises NotSent; those after the one at fault are then left out."""
        try:
            for sheet in _sheets(reply):
                try:
                    await self._send(int(chat), sheet, topic)
                except BadRequest as fault:
                    if not topic or not _names(fault, _NO_TOPIC):
                        raise
                    # Closed or deleted meanwhile: what is new is told where all topics' readers look.
                    topic = 0
                    await self._send(int(chat), sheet, topic)
        except TelegramError as fault:
            raise _told(fault) from None

    async def _send(self, chat: int, sheet: Message, topic: int) -> None:
        await self._bot.send_message(
            chat,
            sheet.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=sheet.keyboard,
            message_thread_id=topic or None,
        )


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
        case BadRequest():
            return Unreachable(kind) if _names(fault, _GONE) else Refused(kind)
    # No network, or a server that is out of order; and a token that is refused, with which polling ends as well.
    return NotSent(kind)


def _names(fault: BadRequest, reasons: tuple[str, ...]) -> bool:
    return any(one in fault.message.casefold() for one in reasons)
