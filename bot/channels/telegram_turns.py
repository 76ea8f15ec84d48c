"""Takes what comes from Telegram, by its kind, hands each turn to the conversation and has the answer sent."""

import logging
from collections import OrderedDict
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import CallbackQuery, Update
from telegram import Message as Received
from telegram.constants import ChatType
from telegram.error import ChatMigrated, Forbidden, TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.channels import telegram_groups as groups
from bot.channels.telegram_edits import Answers, put, take_buttons
from bot.channels.telegram_notices import CHANNEL
from bot.channels.telegram_send import AT_ONCE_AGAIN, Shown, place_of, send, until_done
from bot.channels.telegram_view import IN_PLACE, messages, plain_message
from bot.conversation import Conversation, Incoming
from bot.failure import DENIED, where
from bot.judging import THANKED, VERB
from bot.logs import turn_id
from bot.metrics import FAULTS
from handlers.actions import COMMANDS, linked
from handlers.memory import Subscribe
from handlers.parts import paragraph
from handlers.reply import Reply, reply_text
from handlers.texts import say
from handlers.typed import command_in
from knowledge.model import LANGUAGES

LOG = logging.getLogger(__name__)
HELP = "help"
REMEMBERED = 10_000
"""Of how many chats the language is held in memory, for the channel's own lines."""
ALBUMS = 1000
"""How many albums are remembered, so that one with ten pictures is answered once."""
RECENT = timedelta(minutes=15)
"""A question that is put right within so long has its answer put right."""
ALERT_LETTERS = 200
"""Longest text that Telegram shows over the chat of whoever pressed."""

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


class TelegramChannel:
    """The handlers of the Telegram application; they know Telegram and the conversation, nothing of the answers."""

    def __init__(self, conversation: Conversation, language: str) -> None:
        self._conversation = conversation
        self._language = language
        self._languages: OrderedDict[int, str] = OrderedDict()
        self._albums: OrderedDict[str, None] = OrderedDict()
        self._answers = Answers()

    def handle_with(self, application: App) -> None:
        """Adds the handlers; the first that fits takes the update."""
        new = filters.UpdateType.MESSAGE
        # Most have words, and are no longer asked whether they are one of the forty things that only tell of the chat.
        says_something = filters.TEXT | ~filters.StatusUpdate.ALL
        application.add_handler(CommandHandler("start", self.start, filters=new))
        for word, action in {word: one for words in COMMANDS.values() for word, one in words.items()}.items():
            application.add_handler(CommandHandler(word, partial(self.command, action), filters=new))
        application.add_handler(MessageHandler(new & says_something, self.read))
        application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, self.read_again))
        application.add_handler(CallbackQueryHandler(self.press))
        application.add_error_handler(self.report)

    async def start(self, update: Update, context: Context) -> None:
        """/start: the help; with the payload of a deep link, what the link asks for."""
        payload = context.args[0] if context.args else HELP
        # No link judges an answer.
        await self._answer(update, context, action=HELP if payload.startswith(f"{VERB}_") else linked(payload))

    async def help(self, update: Update, context: Context) -> None:
        """What can be asked."""
        await self._answer(update, context, action=HELP)

    async def command(self, action: str, update: Update, context: Context) -> None:
        """/help, /rundtur and the like: each stands for an action."""
        await self._answer(update, context, action=action)

    async def read(self, update: Update, context: Context) -> None:
        """A message: its words are the question. In a group only one that speaks to the bot is answered."""
        message = update.message
        if message is None or _posted_by(message, context.bot.id):
            return
        seen = self._album_seen(message)
        words = _asked(message, context)
        if words is None:
            return
        if words or message.chat.type != ChatType.PRIVATE:
            await self._answer(update, context, text=words.removeprefix("/"), action="" if words else HELP)
        elif (message.effective_attachment or message.checklist) and not seen:
            await self._say(update, context, say(self._language_in(update), "telegram-only-text"))

    async def read_again(self, update: Update, context: Context) -> None:
        """A question was put right, and if that was soon, so is its answer. What it has already changed stands."""
        message = update.edited_message
        if message is None or message.edit_date is None or message.edit_date - message.date > RECENT:
            return
        old = self._answers.to(message.chat.id, message.message_id)
        words = _asked(message, context)
        if not old or not words or words.startswith("/start"):
            return
        text = words if command_in(words)[0] else words.removeprefix("/")
        reply = await self._reply(update, context, text=text)
        shown = await put(context.bot, place_of(update), old, messages(reply, context.bot.username))
        self._answers.remember(message.chat.id, message.message_id, shown)

    async def press(self, update: Update, context: Context) -> None:
        """A pressed button: its action is the question. A page is turned in place, other answers come below; a refusal
        and thanks for a judgement are shown to whoever pressed, and an answer that was judged is not judged again."""
        query = update.callback_query
        if query is None:
            return
        reply, told = None, ""
        try:
            if query.data and update.effective_chat:
                reply = await self._reply(update, context, action=query.data.removeprefix(IN_PLACE))
                told = reply_text(reply) if reply.about.intent in (DENIED, THANKED) else ""
        finally:
            await acknowledge(query, told, alert=reply is not None and reply.about.intent == DENIED)
        pressed = query.message
        if reply and reply.about.intent == THANKED and isinstance(pressed, Received):
            left = await take_buttons(context.bot, pressed, VERB)
            self._answers.turned(pressed.chat.id, pressed.message_id, [left or Shown.of(pressed, pressed.reply_markup)])
        if reply is None or told:
            return
        sheets = messages(reply, context.bot.username)
        turns = bool(query.data and query.data.startswith(IN_PLACE)) and not (sheets[0].picture or sheets[0].file)
        if turns and isinstance(pressed, Received) and pressed.text:
            shown = await put(context.bot, place_of(update), [Shown.of(pressed, pressed.reply_markup)], sheets)
            self._answers.turned(pressed.chat.id, pressed.message_id, shown)
        else:
            await send(context.bot, place_of(update), sheets)

    async def report(self, update: object, context: Context) -> None:
        """A fault: an id into the log, never the person's words, and a kind line with that id to the person."""
        fault = context.error
        if fault is None or not isinstance(update, Update):
            return
        if isinstance(fault, Forbidden):
            LOG.info("not sent: the chat has shut the bot out")
            return
        if isinstance(fault, ChatMigrated):
            LOG.info("not sent: the group became a supergroup meanwhile")
            return
        number = turn_id()
        FAULTS.labels(CHANNEL).inc()
        LOG.error("fault %s: %s at %s", number, type(fault).__name__, where(fault))
        if update.effective_chat is None:
            return
        try:
            await self._say(update, context, say(self._language_in(update), "telegram-fault", id=number))
        except TelegramError as second:
            LOG.warning("fault %s could not be told: %s", number, type(second).__name__)

    async def _answer(self, update: Update, context: Context, text: str = "", action: str = "") -> None:
        place, message = place_of(update), update.message
        reply = await self._reply(update, context, text, action)
        shown = await send(context.bot, place, messages(reply, context.bot.username))
        # An answer that tells of a change stays: to put another in its place would hide what was done.
        if message and not reply.changes:
            self._answers.remember(place.chat, message.message_id, shown)

    async def _reply(self, update: Update, context: Context, text: str = "", action: str = "") -> Reply:
        chat = update.effective_chat
        if chat is None:
            raise ValueError("an update without a chat cannot be answered")
        in_group = chat.type in groups.GROUPS
        may_change = partial(groups.rules, update, context.bot) if in_group else None
        topic = place_of(update).topic or 0
        incoming = Incoming(
            CHANNEL, str(chat.id), text, action, self._language_of(update), topic=topic, may_change=may_change
        )
        reply = await self._conversation.take(incoming)
        self._languages[chat.id] = reply.language
        self._languages.move_to_end(chat.id)
        while len(self._languages) > REMEMBERED:
            self._languages.popitem(last=False)
        if in_group and any(isinstance(one, Subscribe) for one in reply.changes):
            told = paragraph(say(reply.language, "telegram-group-told"))
            return replace(reply, blocks=(*reply.blocks, told))
        return reply

    async def _say(self, update: Update, context: Context, line: str) -> None:
        await send(context.bot, place_of(update), [plain_message(line)])

    def _album_seen(self, message: Received) -> bool:
        album = message.media_group_id
        if album is None or album in self._albums:
            return album is not None
        self._albums[album] = None
        if len(self._albums) > ALBUMS:
            self._albums.popitem(last=False)
        return False

    def _language_of(self, update: Update) -> str:
        """The person's, as Telegram has it; the operator's choice where the bot lacks it."""
        return spoken_by(update, self._language)

    def _language_in(self, update: Update) -> str:
        """For the channel's own lines: the language of the chat's last answer, else the person's."""
        chat = update.effective_chat
        return (self._languages.get(chat.id) if chat else None) or self._language_of(update)


def spoken_by(update: Update, otherwise: str) -> str:
    """The language of whoever wrote, as Telegram has it ("en-GB" is English, too)."""
    user = update.effective_user
    code = ((user.language_code if user else None) or "").partition("-")[0].lower()
    return code if code in LANGUAGES else otherwise


def _asked(message: Received, context: Context) -> str | None:
    """The words that a message asks with, "" where it has none; None: it is not for the bot."""
    words = message.text or message.caption or ""
    if message.chat.type == ChatType.PRIVATE:
        return words
    return groups.without_mention(words, context.bot) if groups.speaks_to(message, words, context.bot) else None


def _posted_by(message: Received, bot: int) -> bool:
    """Whether the message is an answer that somebody posted by way of the bot: it asks nothing."""
    return message.via_bot is not None and message.via_bot.id == bot


async def acknowledge(query: CallbackQuery, told: str = "", alert: bool = False) -> None:
    """Ends the waiting of whoever pressed; what they are told is shown to them alone, an alert until they close it."""
    try:
        shown = partial(query.answer, told[:ALERT_LETTERS] or None, show_alert=alert or None)
        await until_done(shown, AT_ONCE_AGAIN)
    except TelegramError as fault:
        # Telegram refuses this after some minutes of waiting; what was asked is still answered.
        LOG.info("a pressed button could not be acknowledged: %s", type(fault).__name__)
