"""Tells Telegram which commands to show; the bot works without them."""

import logging
from typing import Any

from telegram import BotCommand
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram_send import FLOOD_RETRIES
from handlers.actions import COMMANDS
from handlers.texts import say
from knowledge.model import LANGUAGES

LOG = logging.getLogger(__name__)


async def set_menu(bot: ExtBot[Any]) -> None:
    """The commands in every language, and in English for all others."""
    try:
        for code in (None, *LANGUAGES):
            language = code or "en"
            menu = [
                BotCommand(word, say(language, f"telegram-command-{action}"))
                for word, action in COMMANDS[language].items()
            ]
            await bot.set_my_commands(menu, language_code=code, rate_limit_args=FLOOD_RETRIES)
    except TelegramError as fault:
        LOG.warning("the menu of commands could not be set: %s", type(fault).__name__)
