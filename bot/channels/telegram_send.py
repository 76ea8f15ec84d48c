"""Sends an answer's messages to a chat of Telegram, in their order, again where the network lost one."""

import asyncio
import html
import logging
import random
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters, Update
from telegram import Message as Received
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, TimedOut

from bot.channels.telegram_view import Message
from bot.printing import pdf_file, png_file, printed
from handlers.paper import Paper

T = TypeVar("T")

LOG = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FLOOD_RETRIES = 100
"""How often a call is repeated that Telegram told to wait. Notices go back to the outbox instead."""
SEND_AGAIN = (0.3, 2.0, 5.0, 15.0, 30.0)
"""Seconds to wait, at most, before a message is sent again that the network lost."""
AT_ONCE_AGAIN = (0.3, 1.0)
"""The same where somebody looks at a button or a list that waits: after some seconds nobody does any more."""
UNSURE = 1
"""How often a message is sent again that may have arrived: once twice is better than never, but no more than that."""
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Place:
    """Where an answer goes: the chat, its topic if it has topics, and in a group the message that is answered."""

    chat: int
    topic: int | None = None
    answered: int | None = None


@dataclass(frozen=True)
class Shown:
    """A message of the bot as it stands in a chat."""

    number: int
    look: int | None
    """Digest of its words and buttons; None: it has a picture or a file, and its words cannot be put in place."""

    @classmethod
    def of(cls, message: Received, keyboard: InlineKeyboardMarkup | None) -> "Shown":
        """A message of which a button was pressed, with the buttons that it has by now."""
        return cls(message.message_id, _look(message.text, keyboard) if message.text else None)

    @classmethod
    def sent(cls, number: int, sheet: Message) -> "Shown":
        """As it was sent, with the number that Telegram gave it."""
        if sheet.picture or sheet.file:
            return cls(number, None)
        return cls(number, _look(html.unescape(_TAG.sub("", sheet.html)), sheet.keyboard))


def place_of(update: Update) -> Place:
    chat = update.effective_chat
    if chat is None:
        raise ValueError("an update without a chat cannot be answered")
    message = update.callback_query.message if update.callback_query else update.effective_message
    if message is None:
        return Place(chat.id)
    # Of the message under an old button Telegram does not say any more what was in it: to answer it keeps the topic.
    known = isinstance(message, Received) and message.is_accessible
    topic = message.message_thread_id if isinstance(message, Received) and message.is_topic_message else None
    answers = chat.type != ChatType.PRIVATE and not (known and update.callback_query)
    return Place(chat.id, topic, message.message_id if answers else None)


async def send(bot: Bot, place: Place, sheets: Iterable[Message]) -> tuple[Shown, ...]:
    """Sends the messages in order. Raises TelegramError where one cannot be sent; those after it are then left out."""
    shown = []
    for sheet in sheets:
        try:
            sent = await until_done(await _sending(bot, place, sheet))
        except ChatMigrated as moved:
            # The group became a supergroup after it asked; the message that it asked with has another number there.
            place = Place(moved.new_chat_id)
            sent = await until_done(await _sending(bot, place, sheet))
        shown.append(Shown.sent(sent.message_id, sheet))
    return tuple(shown)


async def _sending(bot: Bot, place: Place, sheet: Message) -> Callable[[], Awaitable[Received]]:
    """The call that sends one message."""
    where_to: dict[str, Any] = {"message_thread_id": place.topic, "reply_parameters": _answering(place)}
    where_to["rate_limit_args"] = FLOOD_RETRIES
    if sheet.file:
        file = await printed(pdf_file, sheet.file) if isinstance(sheet.file, Paper) else sheet.file
        return partial(bot.send_document, place.chat, InputFile(file.content, file.name), **where_to)
    look: dict[str, Any] = {"parse_mode": ParseMode.HTML, "reply_markup": sheet.keyboard}
    if sheet.picture:
        file = await printed(png_file, sheet.picture)
        photo = InputFile(file.content, file.name)
        return partial(bot.send_photo, place.chat, photo, caption=sheet.html, **look, **where_to)
    return partial(bot.send_message, place.chat, sheet.html, link_preview_options=NO_PREVIEW, **look, **where_to)


async def until_done(call: Callable[[], Awaitable[T]], pauses: Iterable[float] | None = None) -> T:
    """What the call returns, tried again where the network or the server lost it, after pauses of so many seconds."""
    unsure = 0
    for pause in SEND_AGAIN if pauses is None else pauses:
        try:
            return await call()
        except BadRequest:
            raise
        except NetworkError as fault:
            unsure += isinstance(fault, TimedOut)
            if unsure > UNSURE:
                raise
            LOG.info("sending again after %s", type(fault).__name__)
            await asyncio.sleep(random.uniform(pause / 2, pause))
    return await call()


def _look(words: str | None, keyboard: InlineKeyboardMarkup | None) -> int:
    return hash((words, keyboard.inline_keyboard if keyboard else ()))


def _answering(place: Place) -> ReplyParameters | None:
    return ReplyParameters(place.answered, allow_sending_without_reply=True) if place.answered else None
