"""What is different in a group: whom the bot answers there, and who may change what is kept of it."""

import re
from functools import partial
from typing import Any

from telegram import Bot, ChatMember, ChatMemberRestricted, Update
from telegram import Message as Received
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from bot.channels.telegram_send import FLOOD_RETRIES, until_done

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_RULING = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


def speaks_to(message: Received, words: str, bot: Bot) -> bool:
    """Whether a message in a group is meant for the bot: it names the bot, or answers one of its messages."""
    sender = message.from_user
    # Bots could talk to each other for ever; who writes as the group itself is shown as a bot, too.
    machine = sender is not None and sender.is_bot and message.sender_chat is None
    if not words or machine or message.is_automatic_forward:
        return False
    earlier = message.reply_to_message
    replied = earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot.id
    return replied or bool(_mention(bot).search(words))


def commands(words: str, bot: Bot) -> bool:
    """Whether the words are a command that may be meant for the bot."""
    command = words.partition(" ")[0]
    return command.startswith("/") and ("@" not in command or bool(_mention(bot).match(command)))


def without_mention(words: str, bot: Bot) -> str:
    """The words without the bot's name."""
    return _mention(bot).sub(r"\1", words).strip()


async def rules(update: Update, bot: ExtBot[Any]) -> bool:
    """Whether whoever wrote or pressed is an administrator of the group. Raises TelegramError where nobody can say."""
    chat = update.effective_chat
    message = update.message or update.edited_message
    if chat is None:
        return False
    if message and message.sender_chat:
        # An administrator who stays anonymous writes as the group; others can write as a channel of theirs.
        return message.sender_chat.id == chat.id
    if update.effective_user is None:
        return False
    try:
        return await _is_ruling(bot, chat.id, update.effective_user.id)
    except ChatMigrated as moved:
        return await _is_ruling(bot, moved.new_chat_id, update.effective_user.id)


async def _is_ruling(bot: ExtBot[Any], chat: int, person: int) -> bool:
    try:
        member = await until_done(partial(bot.get_chat_member, chat, person, rate_limit_args=FLOOD_RETRIES))
        return member.status in _RULING
    except (BadRequest, Forbidden):
        return False


def inside(member: ChatMember) -> bool:
    """Whether somebody with that standing is in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _OUTSIDE


def _mention(bot: Bot) -> re.Pattern[str]:
    # Alone, or behind a command ("/help@VejviserBot"); not within an e-mail address.
    return re.compile(rf"(^/\w+|(?<!\w))@{re.escape(bot.username)}\b", re.IGNORECASE)
