"""The bot is let into a chat or shut out of it, or the chat gets another number: what is kept of it goes along."""

import logging
from dataclasses import replace

from telegram import Bot, ChatMemberUpdated, Update
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.access import Access
from bot.channels import telegram_groups as groups
from bot.channels.telegram_notices import CHANNEL
from bot.channels.telegram_send import Place, send
from bot.channels.telegram_turns import HELP, App, spoken_by
from bot.channels.telegram_view import messages
from bot.conversation import Conversation
from bot.store_database import StoreError
from handlers.parts import paragraph
from handlers.session import Session
from handlers.texts import say

LOG = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE


class Membership:
    """The handlers for where the bot is and where it is not."""

    def __init__(self, conversation: Conversation, language: str, access: Access) -> None:
        self._conversation = conversation
        self._language = language
        self._access = access

    def handle_with(self, application: App) -> None:
        """Adds the handlers."""
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.move))
        application.add_handler(ChatMemberHandler(self.let_in_or_out, ChatMemberHandler.MY_CHAT_MEMBER))

    async def move(self, update: Update, context: Context) -> None:
        """A group became a supergroup, which has another number; both tell of it."""
        message, store = update.message, self._conversation.store
        if message is None or store is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        try:
            await store.move(CHANNEL, str(old), str(new))
        except StoreError as fault:
            # Told again by Telegram when a notice is sent to the old number.
            LOG.error("%s", fault)

    async def let_in_or_out(self, update: Update, context: Context) -> None:
        """Notices wait for as long as the bot is shut out; a group that lets it in is told how to ask."""
        member = update.my_chat_member
        if member is None:
            return
        is_inside = groups.inside(member.new_chat_member)
        store, welcome = self._conversation.store, True
        if store:
            try:
                await (store.resume if is_inside else store.pause)(CHANNEL, str(member.chat.id))
                welcome = await self._access.allows(member.from_user.id, member.chat.id)
            except StoreError as fault:
                LOG.error("%s", fault)
        if welcome and is_inside and not groups.inside(member.old_chat_member) and member.chat.type in groups.GROUPS:
            await self._greet(context.bot, member, spoken_by(update, self._language))

    async def _greet(self, bot: Bot, member: ChatMemberUpdated, language: str) -> None:
        # Asked of the dialogue itself: as long as nobody in the group has asked, nothing is kept of it.
        told, _ = self._conversation.dialogue.act(HELP, Session(language))
        hello = paragraph(say(told.language, "telegram-hello", bot=bot.username))
        greeting = replace(told, blocks=(hello,), buttons=(), link="")
        try:
            await send(bot, Place(member.chat.id), messages(greeting))
        except TelegramError as fault:
            LOG.info("a group could not be greeted: %s", type(fault).__name__)
