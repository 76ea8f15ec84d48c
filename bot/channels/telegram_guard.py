"""Whose updates are answered: decided here for messages, edits, buttons and inline queries, before all that answers."""

import logging
from collections.abc import Awaitable, Callable
from time import time

from telegram import InlineQueryResultsButton, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler, filters

from bot.access import Access, Entry
from bot.channels import telegram_groups as groups
from bot.channels.telegram_send import place_of, send
from bot.channels.telegram_turns import HELP, App, Context, acknowledge, spoken_by
from bot.channels.telegram_view import IN_PLACE, plain_message
from bot.config import Settings
from bot.floods import Floods
from bot.store_database import StoreError
from handlers.texts import say
from handlers.typed import command_in

BEFORE_THOSE_THAT_ANSWER = -1
"""The group of handlers."""
BURST = 1.5
"""How many minutes' worth somebody may send at once."""
TYPED = 6
"""So many times as many inline queries: each pause in typing makes one."""

RIGHTS = frozenset({"privacy", "mydata", "erase", "unsubscribe"})
"""Verbs of what everybody may do of whom something is kept."""

Welcome = Callable[[Update, Context], Awaitable[None]]
LOG = logging.getLogger(__name__)


class Guard:
    """Lets updates pass, or ends them here; what happens to a chat, and to the bot in it, passes always."""

    def __init__(self, settings: Settings, access: Access, welcome: Welcome) -> None:
        """`welcome` shows what can be asked to somebody who was just let in."""
        most = settings.telegram_limit
        self._language = settings.language
        self._access = access
        self._mode = settings.access
        self._operator = settings.operator
        self._welcome = welcome
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
            line = say(self._spoken(update), "telegram-too-fast") if first else ""
            await self._refuse(update, context, line, line)
            return False
        return self._mode == "open" or await self._is_let_in(update, context)

    async def _is_let_in(self, update: Update, context: Context) -> bool:
        chat = update.effective_chat.id if update.effective_chat else 0
        private, language = _is_private(update), self._spoken(update)
        person = int(_who(update) or 0)
        try:
            code = _code_in(update.message) if private and update.message else ""
            entry = await self._access.enter(person, code, language)
            if entry is Entry.LET_IN:
                await send(context.bot, place_of(update), [plain_message(say(language, "telegram-access-in"))])
                await self._welcome(update, context)
                return False
            if await self._access.allows(person, chat):
                return True
            if private and _is_a_right(update) and await self._access.keeps_something(person):
                return True
            often = entry is Entry.TOO_OFTEN
            line = say(language, "telegram-access-often") if often else self._whose(language)
        except StoreError as error:
            LOG.error("%s; until that is put right, nobody is let in who is not listed", error)
            line = say(language, "telegram-access-unknown")
        # In a group nobody is disturbed, and nobody who only puts a message right.
        heard = update.callback_query or (private and not update.edited_message)
        await self._refuse(update, context, line if heard else "", say(language, "telegram-access-button"))
        return False

    def _whose(self, language: str) -> str:
        """For whom the bot is, and whom to ask."""
        operator = self._operator or say(language, "telegram-access-nobody")
        key = "telegram-access-invite" if self._mode == "invite" else "telegram-access-list"
        return say(language, key, operator=operator)

    def _spoken(self, update: Update) -> str:
        return spoken_by(update, self._language)

    def _is_too_much(self, update: Update) -> bool:
        """Counted by when it was sent: what has waited while the bot was away was not sent at once."""
        message = update.message or update.edited_message
        sent = message and (message.edit_date or message.date)
        floods = self._typed if update.inline_query else self._sent
        return bool(floods.wait(_who(update), sent.timestamp() if sent else time()))

    async def _refuse(self, update: Update, context: Context, line: str, label: str) -> None:
        """Says a line, "" none; a button and an inline query are answered even so, for somebody looks at them: the
        query with a `label` that leads to the bot."""
        if update.callback_query:
            await acknowledge(update.callback_query, line, alert=bool(line))
        elif update.inline_query:
            await self._offer_nothing(update, label)
        elif line:
            await send(context.bot, place_of(update), [plain_message(line)])

    async def _offer_nothing(self, update: Update, label: str) -> None:
        assert update.inline_query
        button = InlineQueryResultsButton(label, start_parameter=HELP) if label else None
        try:
            await update.inline_query.answer([], cache_time=0, is_personal=True, button=button)
        except TelegramError as fault:
            LOG.info("an inline query could not be answered: %s", type(fault).__name__)


def _asks(update: Update, context: Context) -> bool:
    """Whether somebody wants an answer of the bot."""
    if update.callback_query or update.inline_query:
        return True
    message = update.message or update.edited_message
    if message is None or (not message.text and filters.StatusUpdate.ALL.check_update(update)):
        return False
    words = message.text or message.caption or ""
    addressed = groups.speaks_to(message, words, context.bot) or groups.commands(words, context.bot)
    return _is_private(update) or addressed


def _who(update: Update) -> str:
    """The person, or the group or channel as which somebody writes."""
    sender = update.effective_sender
    return str(sender.id) if sender else ""


def _is_private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def _code_in(message: Message) -> str:
    """What somebody may give as a code: all that they write, or what a link has brought along."""
    return (message.text or "").removeprefix("/start ").strip()


def _is_a_right(update: Update) -> bool:
    """Whether somebody wants to see, stop or erase what is kept of them."""
    query, message = update.callback_query, update.message
    action = (
        (query.data or "").removeprefix(IN_PLACE) if query else command_in(message.text or "")[0] if message else ""
    )
    return action.partition("_")[0].removeprefix("all-") in RIGHTS
