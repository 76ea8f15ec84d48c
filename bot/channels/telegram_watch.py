"""Every update from Telegram begins a turn of its own: it is counted, and its lines in the log have its id."""

from telegram import Update
from telegram.ext import TypeHandler

from bot.channels.telegram_turns import App, Context
from bot.logs import begin_turn
from bot.metrics import RECEIVED

FIRST = -2
"""The group of handlers that comes before all others."""


def watch_updates(application: App) -> None:
    """Adds the handler; the update goes on to the others."""
    application.add_handler(TypeHandler(Update, _begin), FIRST)


async def _begin(update: Update, context: Context) -> None:
    begin_turn()
    known = (kind for kind in Update.ALL_TYPES if getattr(update, kind) is not None)
    RECEIVED.labels(next(known, "other")).inc()
