"""Tells Telegram what to show of the bot: commands, descriptions and the menu button; the bot works without them."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

from telegram import BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram import MenuButtonCommands as Commands
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram_send import FLOOD_RETRIES, until_done
from handlers.actions import COMMANDS
from handlers.texts import say
from knowledge.model import LANGUAGES

LOG = logging.getLogger(__name__)
FOR_ALL_OTHERS = "en"
"""What people are shown whose language the bot does not speak."""
CODES = (None, *(one for one in LANGUAGES if one != FOR_ALL_OTHERS))
"""The languages to set something for; None: all others."""
IN_GROUPS = ("help", "subscribe", "subscriptions", "settings", "privacy")
"""The commands that a group is shown; the others are understood there as well."""
AGAIN = (0.3, 2.0)
"""Seconds to wait before a call is repeated that the network lost."""

Bot = ExtBot[Any]
Step = Callable[[], Awaitable[None]]


def commands(language: str, actions: tuple[str, ...] = ()) -> list[BotCommand]:
    """The commands for some actions, in one language; without actions all of them."""
    return [
        BotCommand(word, say(language, f"telegram-command-{action}"))
        for word, action in COMMANDS[language].items()
        if not actions or action in actions
    ]


async def set_menu(bot: Bot) -> None:
    """Sets what is not as it should be. A fault is logged, and what comes after it is still tried.

    Where Telegram cannot be reached at all, it is left at that: the start must not wait for each.
    """
    if not bot.supports_inline_queries:
        LOG.info("inline mode is off; /setinline at @BotFather turns it on")
    for step in _steps(bot):
        try:
            await step()
        except TelegramError as fault:
            LOG.warning("the menu could not be set: %s", type(fault).__name__)
            if isinstance(fault, NetworkError) and not isinstance(fault, BadRequest):
                return


def _steps(bot: Bot) -> Iterator[Step]:
    scopes: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
        (BotCommandScopeAllPrivateChats(), ()),
        (BotCommandScopeAllGroupChats(), IN_GROUPS),
    )
    for code in CODES:
        language = code or FOR_ALL_OTHERS
        for scope, actions in scopes:
            yield partial(set_commands, bot, commands(language, actions), scope, code)
        yield partial(_set_description, bot, say(language, "telegram-description"), code)
        yield partial(_set_short_description, bot, say(language, "telegram-short-description"), code)
    yield partial(_set_button, bot)


# Asked first each time: a start of many replicas is then no flood of changes, which Telegram allows few of.


async def set_commands(bot: Bot, menu: list[BotCommand], scope: BotCommandScope, code: str | None) -> None:
    """Raises TelegramError."""
    now = await _done(bot.get_my_commands, scope=scope, language_code=code)
    if list(now) != menu:
        await _done(bot.set_my_commands, menu, scope=scope, language_code=code)


async def _set_description(bot: Bot, text: str, code: str | None) -> None:
    if (await _done(bot.get_my_description, language_code=code)).description != text:
        await _done(bot.set_my_description, text, language_code=code)


async def _set_short_description(bot: Bot, text: str, code: str | None) -> None:
    if (await _done(bot.get_my_short_description, language_code=code)).short_description != text:
        await _done(bot.set_my_short_description, text, language_code=code)


async def _set_button(bot: Bot) -> None:
    if (await _done(bot.get_chat_menu_button)).type != Commands().type:
        await _done(bot.set_chat_menu_button, menu_button=Commands())


async def _done(method: Callable[..., Awaitable[Any]], *values: Any, **named: Any) -> Any:
    return await until_done(partial(method, *values, **named, rate_limit_args=FLOOD_RETRIES), AGAIN)
