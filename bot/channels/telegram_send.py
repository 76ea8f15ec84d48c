"""Sends an answer's messages to a chat of Telegram, in their order, again where the network lost one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot, InputFile, LinkPreviewOptions, ReplyParameters, Update
from telegram import Message as Received
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, NetworkError

from bot.channels.telegram_view import Message
from bot.printing import pdf_file, png_file
from handlers.paper import Paper

LOG = logging.getLogger(__name__)
FLOOD_RETRIES = 5
"""How often a call is repeated that Telegram told to wait. Notices go back to the outbox instead."""
SEND_AGAIN = (0.3, 2.0)
"""Seconds to wait before a message is sent again that the network lost; one message twice is better than none."""


@dataclass(frozen=True)
class Place:
    """Where an answer goes: the chat, its topic if it has topics, and in a group the message that is answered."""

    chat: int
    topic: int | None = None
    answered: int | None = None


def place_of(update: Update) -> Place:
    chat = update.effective_chat
    if chat is None:
        raise ValueError("an update without a chat cannot be answered")
    message = update.effective_message
    if not isinstance(message, Received):
        # A button under a message so old that Telegram no longer says what was in it.
        return Place(chat.id)
    topic = message.message_thread_id if message.is_topic_message else None
    asked = chat.type != ChatType.PRIVATE and update.message is not None
    return Place(chat.id, topic, message.message_id if asked else None)


async def send(bot: Bot, place: Place, sheets: Iterable[Message]) -> None:
    """Sends the messages in order. Raises TelegramError where one cannot be sent; those after it are then left out."""
    for sheet in sheets:
        where_to: dict[str, Any] = {"message_thread_id": place.topic, "reply_parameters": _answering(place)}
        where_to["rate_limit_args"] = FLOOD_RETRIES
        if sheet.file:
            file = await asyncio.to_thread(pdf_file, sheet.file) if isinstance(sheet.file, Paper) else sheet.file
            document = InputFile(file.content, file.name)
            await _until_sent(partial(bot.send_document, place.chat, document, **where_to))
            continue
        if sheet.picture:
            file = await asyncio.to_thread(png_file, sheet.picture)
            await _until_sent(
                partial(
                    bot.send_photo,
                    place.chat,
                    InputFile(file.content, file.name),
                    caption=sheet.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=sheet.keyboard,
                    **where_to,
                )
            )
            continue
        await _until_sent(
            partial(
                bot.send_message,
                place.chat,
                sheet.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=sheet.keyboard,
                **where_to,
            )
        )


async def _until_sent(call: Callable[[], Awaitable[object]]) -> None:
    for pause in SEND_AGAIN:
        try:
            await call()
            return
        except BadRequest:
            raise
        except NetworkError as fault:
            LOG.info("sending again after %s", type(fault).__name__)
            await asyncio.sleep(pause)
    await call()


def _answering(place: Place) -> ReplyParameters | None:
    return ReplyParameters(place.answered, allow_sending_without_reply=True) if place.answered else None
