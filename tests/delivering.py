"""A process that delivers until it is killed: `python -m tests.delivering LEASE PACE`, both in seconds.

It prints a line when it begins. PACE is the time from one message to the next; 0: Telegram's limits are not kept.
"""

import asyncio
import gc
import os
import sys
from datetime import timedelta

from bot.announcing import Announcer
from bot.channels import telegram_pace
from bot.channels.telegram import Telegram
from bot.channels.telegram_notices import TelegramNotices
from bot.config import Settings, load_settings
from bot.conversation import Conversation
from bot.delivery import Delivery
from bot.store import Store
from handlers.dialogue import load_dialogue
from knowledge.loading import SHIPPED
from tests.fake_telegram import TOKEN


def environment_for(settings: Settings, api: str) -> dict[str, str]:
    """What leads such a process to the same database, and to a fake Telegram."""
    keys = {"VEJVISER_DATA_KEY": settings.data_key.get_secret_value()} if settings.data_key else {}
    return {
        **os.environ,
        **keys,
        "VEJVISER_DATABASE": settings.database.get_secret_value(),
        "VEJVISER_KEY_FILE": str(settings.key_file),
        "VEJVISER_TELEGRAM_TOKEN": TOKEN,
        "VEJVISER_TELEGRAM_LIMIT": "0",
        "VEJVISER_TELEGRAM_API": api,
        "NO_PROXY": "127.0.0.1",
    }


async def deliver(lease: float, pace: float) -> None:
    """Delivers for ever."""
    settings = load_settings()
    store = await Store.open(settings)
    conversation = Conversation(load_dialogue(), store)
    # As `vejviser run` does.
    gc.freeze()
    telegram_pace.PACE = pace or 1e-6
    announcer = Announcer(conversation, store, SHIPPED, automatic=False)
    bot = Telegram(settings, conversation, announcer, print).application.bot
    async with bot:
        delivery = Delivery(store, TelegramNotices(bot), announcer.library_with, lease=timedelta(seconds=lease))
        print("delivering", flush=True)
        delivery.start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(deliver(float(sys.argv[1]), float(sys.argv[2])))
