"""Puts an answer in the place of an earlier one: the next page, and the answer to a question that was put right."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from telegram import InlineKeyboardMarkup
from telegram import Message as Received
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError
from telegram.ext import ExtBot

from bot.channels.telegram_send import AT_ONCE_AGAIN, FLOOD_RETRIES, NO_PREVIEW, Place, Shown, send, until_done
from bot.channels.telegram_view import Message

REMEMBERED = 2_000
"""Of how many questions it is known which messages answer them; the oldest is forgotten first."""

LOG = logging.getLogger(__name__)


class Answers:
    """Which messages answer which question, while the process lives: enough for what is put right at once."""

    def __init__(self) -> None:
        self._of: OrderedDict[tuple[int, int], tuple[Shown, ...]] = OrderedDict()

    def remember(self, chat: int, question: int, shown: Iterable[Shown]) -> None:
        """A question was answered."""
        self._of[chat, question] = tuple(shown)
        self._of.move_to_end((chat, question))
        while len(self._of) > REMEMBERED:
            self._of.popitem(last=False)

    def to(self, chat: int, question: int) -> tuple[Shown, ...]:
        """The messages that answer a question; none where that is not known (any more)."""
        return self._of.get((chat, question), ())

    def turned(self, chat: int, before: int, after: Iterable[Shown]) -> None:
        """A message of an answer now shows another page, which may go on in further ones."""
        for (place, question), shown in self._of.items():
            if place == chat and any(one.number == before for one in shown):
                kept = tuple(one for one in shown if one.number != before)
                self._of[place, question] = (*kept, *after)
                return


async def put(bot: ExtBot[Any], place: Place, old: Sequence[Shown], sheets: Sequence[Message]) -> tuple[Shown, ...]:
    """Shows the messages where the old ones stand; what cannot be put in place is sent, what is left over goes."""
    if any(one.look is None for one in old) or any(sheet.picture or sheet.file for sheet in sheets):
        await _take_away(bot, place.chat, old)
        return await send(bot, place, sheets)
    shown: list[Shown] = []
    for number, sheet in enumerate(sheets):
        edited = await _edited(bot, place.chat, old[number], sheet) if number < len(old) else None
        shown += [edited] if edited else await send(bot, place, [sheet])
    await _take_away(bot, place.chat, old[len(sheets) :])
    return tuple(shown)


async def take_buttons(bot: ExtBot[Any], message: Received, verb: str) -> Shown | None:
    """Takes the buttons of one verb off a message, the others stay; None: there were none, or they could not be."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    left = [kept for row in rows if (kept := [one for one in row if not _begins(one.callback_data, verb)])]
    keyboard = InlineKeyboardMarkup(left) if left else None
    if keyboard == message.reply_markup:
        return None
    edit = partial(
        bot.edit_message_reply_markup,
        message.chat.id,
        message.message_id,
        reply_markup=keyboard,
        rate_limit_args=FLOOD_RETRIES,
    )
    try:
        await until_done(edit, AT_ONCE_AGAIN)
    except (NetworkError, ChatMigrated):
        # Pressed twice in a row, or too old: whoever presses them again is thanked once more.
        LOG.info("buttons could not be taken off a message")
        return None
    return Shown.of(message, keyboard)


def _begins(data: object, verb: str) -> bool:
    return isinstance(data, str) and data.partition("_")[0] == verb


async def _edited(bot: ExtBot[Any], chat: int, old: Shown, sheet: Message) -> Shown | None:
    """The old message with new words; None: it is no longer there, or too old to be edited."""
    new = Shown.sent(old.number, sheet)
    if new == old:
        return new
    try:
        await until_done(
            partial(
                bot.edit_message_text,
                sheet.html,
                chat,
                old.number,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=sheet.keyboard,
                rate_limit_args=FLOOD_RETRIES,
            )
        )
    except ChatMigrated:
        return None
    except BadRequest as fault:
        if "not modified" not in fault.message.casefold():
            LOG.info("a message could not be edited, so a new one is sent")
            return None
    return new


async def _take_away(bot: ExtBot[Any], chat: int, old: Sequence[Shown]) -> None:
    if not old:
        return
    try:
        numbers = [one.number for one in old]
        await until_done(partial(bot.delete_messages, chat, numbers, rate_limit_args=FLOOD_RETRIES))
    except (NetworkError, ChatMigrated):
        # What stands in their place is more than that they are gone.
        LOG.info("messages could not be deleted")
