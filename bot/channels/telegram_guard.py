"""Whose updates are answered: decided here for messages, edits, buttons and inline queries, before all that answers."""

import logging
from time import time

from telegram import InlineQueryResultsButton, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler, filters

from bot.channels import telegram_groups as groups
from bot.channels.telegram_send import place_of, send
from bot.channels.telegram_turns import HELP, App, Context, acknowledge, spoken_by
from bot.channels.telegram_view import plain_message
from bot.config import Settings
from bot.floods import Floods
from handlers.texts import say

BEFORE_THOSE_THAT_ANSWER = -1
"""The group of handlers."""
BURST = 1.5
"""How many minutes' worth somebody may send at once."""
TYPED = 6
"""So many times as many inline queries: each pause in typing makes one."""

LOG = logging.getLogger(__name__)


class Guard:
    """Lets updates pass, or ends them here; what happens to a chat, and to the bot in it, passes always."""

    def __init__(self, settings: Settings) -> None:
        most = settings.telegram_limit
        self._language = settings.language
        self._sent = Floods(most, int(most * BURST))
        self._typed = Floods(most * TYPED, int(most * TYPED * BURST))
        self._told = Floods(1)

    def handle_with(self, application: App) -> None:
        """Adds the handler."""
        application.add_handler(TypeHandler(Update, self.check), BEFORE_THOSE_THAT_ANSWER)

    async def check(self, update: Update, context: Context) -> None:
        """Raises ApplicationHandlerStop where the update is not to be answered."""
        try:
            if await self._passes(update, context):
                return
        except Exception as fault:
            # The library goes on to the next handlers after a fault: that would open the door.
            await context.application.process_error(update, fault)
        raise ApplicationHandlerStop

    async def _passes(self, update: Update, context: Context) -> bool:
        if not _asks(update, context):
            return True
        if self._is_too_much(update):
            first = not self._told.wait(_who(update))
            await self._refuse(update, context, "telegram-too-fast" if first else "")
            return False
        return True

    def _is_too_much(self, update: Update) -> bool:
        """Counted by when it was sent: what has waited while the bot was away was not sent at once."""
        message = update.message or update.edited_message
        sent = message and (message.edit_date or message.date)
        floods = self._typed if update.inline_query else self._sent
        return bool(floods.wait(_who(update), sent.timestamp() if sent else time()))

    async def _refuse(self, update: Update, context: Context, key: str) -> None:
        """Says a line, "" none; a button and an inline query are answered even so, for somebody looks at them."""
        line = say(spoken_by(update, self._language), key) if key else ""
        if update.callback_query:
            await acknowledge(update.callback_query, line, alert=bool(line))
        elif update.inline_query:
            await self._offer_nothing(update, line)
        elif line:
            await send(context.bot, place_of(update), [plain_message(line)])

    async def _offer_nothing(self, update: Update, line: str) -> None:
        assert update.inline_query
        button = InlineQueryResultsButton(line, start_parameter=HELP) if line else None
        try:
            await update.inline_query.answer([], cache_time=0, is_personal=True, button=button)
        except TelegramError as fault:
            LOG.info("an inline query could not be answered: %s", type(fault).__name__)


def _asks(update: Update, context: Context) -> bool:
    """Whether somebody wants an answer of the bot."""
    if update.callback_query or update.inline_query:
        return True
    message = update.message or update.edited_message
    if message is None or filters.StatusUpdate.ALL.check_update(update):
        return False
    words = message.text or message.caption or ""
    addressed = groups.speaks_to(message, words, context.bot) or groups.commands(words, context.bot)
    return message.chat.type == ChatType.PRIVATE or addressed


def _who(update: Update) -> str:
    """The person, or the group or channel as which somebody writes."""
    sender = update.effective_sender
    return str(sender.id) if sender else ""
