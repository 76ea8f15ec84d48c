"""Takes what comes from Telegram, by its kind, hands each turn to the conversation and has the answer sent."""

import logging
import re
import secrets
from collections import deque
from functools import partial
from typing import Any

from telegram import Bot, ChatMember, Update
from telegram import Message as Received
from telegram.constants import ChatType
from telegram.error import ChatMigrated, Conflict, Forbidden, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.channels.telegram_notices import CHANNEL
from bot.channels.telegram_send import place_of, send
from bot.channels.telegram_view import messages, plain_message
from bot.conversation import Conversation, Incoming
from bot.failure import where
from bot.store_database import StoreError
from handlers.actions import COMMANDS
from handlers.reply import Reply
from handlers.texts import say
from knowledge.model import LANGUAGES

LOG = logging.getLogger(__name__)
HELP = "help"
ALBUMS = 1000
"""How many albums are remembered, so that one with ten pictures is answered once."""
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


class TelegramChannel:
    """The handlers of the Telegram application; they know Telegram and the conversation, nothing of the answers."""

    def __init__(self, conversation: Conversation, language: str) -> None:
        self._conversation = conversation
        self._language = language
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    def handle_with(self, application: App) -> None:
        """Adds the handlers; the first that fits takes the update."""
        new = filters.UpdateType.MESSAGE
        application.add_handler(CommandHandler("start", self.start, filters=new))
        for word, action in {word: one for words in COMMANDS.values() for word, one in words.items()}.items():
            application.add_handler(CommandHandler(word, partial(self.command, action), filters=new))
        application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, self.read))
        application.add_handler(CallbackQueryHandler(self.press))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.move))
        application.add_handler(ChatMemberHandler(self.let_in_or_out, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(self.report)

    async def start(self, update: Update, context: Context) -> None:
        """/start: the help; with the payload of a deep link, what the link asks for."""
        payload = context.args[0] if context.args else ""
        await self._answer(update, context, action=payload if _PAYLOAD.fullmatch(payload) else HELP)

    async def command(self, action: str, update: Update, context: Context) -> None:
        """/help, /rundtur and the like: each stands for an action."""
        await self._answer(update, context, action=action)

    async def read(self, update: Update, context: Context) -> None:
        """A message: its words are the question. In a group only one that speaks to the bot is answered."""
        message = update.message
        if message is None:
            return
        words = message.text or message.caption or ""
        if message.chat.type != ChatType.PRIVATE:
            if not _speaks_to(message, words, context.bot):
                return
            words = _mention(context.bot).sub(r"\1", words).strip()
            await self._answer(update, context, text=words.removeprefix("/"), action="" if words else HELP)
        elif words:
            await self._answer(update, context, text=words.removeprefix("/"))
        elif not self._album_seen(message):
            line = say(self._language_in(update, context), "telegram-only-text")
            await send(context.bot, place_of(update), [plain_message(line)])

    async def press(self, update: Update, context: Context) -> None:
        """A pressed button: its action is the question."""
        query = update.callback_query
        if query is None:
            return
        try:
            await query.answer()
        except TelegramError as fault:
            # Telegram refuses this after some minutes of waiting; what was asked is still answered.
            LOG.info("a pressed button could not be acknowledged: %s", type(fault).__name__)
        if query.data and update.effective_chat:
            await self._answer(update, context, action=query.data)

    async def move(self, update: Update, context: Context) -> None:
        """A group became a supergroup, which has another number: what is kept of it goes along."""
        message = update.message
        if message and message.migrate_to_chat_id and self._conversation.store:
            try:
                await self._conversation.store.move(CHANNEL, str(message.chat.id), str(message.migrate_to_chat_id))
            except StoreError as fault:
                # Told again by Telegram when a notice is sent to the old number.
                LOG.error("%s", fault)

    async def let_in_or_out(self, update: Update, context: Context) -> None:
        """The bot was shut out of the chat, or let in again: notices wait for as long as it is out."""
        member = update.my_chat_member
        if member is None or self._conversation.store is None:
            return
        out = member.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        store = self._conversation.store
        try:
            await (store.pause if out else store.resume)(CHANNEL, str(member.chat.id))
        except StoreError as fault:
            LOG.error("%s", fault)

    async def report(self, update: object, context: Context) -> None:
        """A fault: an id into the log, never the person's words, and a kind line with that id to the person."""
        fault = context.error
        if fault is None:
            return
        if not isinstance(update, Update):
            hint = ": another process polls with the same token" if isinstance(fault, Conflict) else ""
            LOG.warning("polling failed, trying again: %s%s", type(fault).__name__, hint)
            return
        if isinstance(fault, Forbidden):
            LOG.info("not sent: the chat has shut the bot out")
            return
        if isinstance(fault, ChatMigrated):
            LOG.info("not sent: the group became a supergroup meanwhile")
            return
        number = secrets.token_hex(4)
        LOG.error("fault %s: %s at %s", number, type(fault).__name__, where(fault))
        if update.effective_chat is None:
            return
        line = say(self._language_in(update, context), "telegram-fault", id=number)
        try:
            await send(context.bot, place_of(update), [plain_message(line)])
        except TelegramError as second:
            LOG.warning("fault %s could not be told: %s", number, type(second).__name__)

    async def _answer(self, update: Update, context: Context, text: str = "", action: str = "") -> None:
        place = place_of(update)
        incoming = Incoming(CHANNEL, str(place.chat), text, action, self._language_of(update))
        reply: Reply = await self._conversation.take(incoming)
        if context.chat_data is not None:
            context.chat_data["language"] = reply.language
        await send(context.bot, place, messages(reply))

    def _album_seen(self, message: Received) -> bool:
        album = message.media_group_id
        if album is None or album in self._albums:
            return album is not None
        self._albums.append(album)
        return False

    def _language_of(self, update: Update) -> str:
        """The person's, as Telegram has it ("en-GB" is English, too); the operator's choice where the bot lacks it."""
        user = update.effective_user
        code = ((user.language_code if user else None) or "").partition("-")[0].lower()
        return code if code in LANGUAGES else self._language

    def _language_in(self, update: Update, context: Context) -> str:
        """For the channel's own lines: the language of the chat's last answer, else the person's."""
        return str((context.chat_data or {}).get("language") or self._language_of(update))


def _speaks_to(message: Received, words: str, bot: Bot) -> bool:
    earlier = message.reply_to_message
    replied = earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot.id
    return bool(words) and (replied or bool(_mention(bot).search(words)))


def _mention(bot: Bot) -> re.Pattern[str]:
    # Alone, or behind a command ("/help@VejviserBot"); not within an e-mail address.
    return re.compile(rf"(^/\w+|(?<!\w))@{re.escape(bot.username)}\b", re.IGNORECASE)
