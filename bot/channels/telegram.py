"""The Telegram channel: receives, has each update handled in its chat's order, and sends answers and notices."""

import asyncio
import json
import logging
import random
from collections.abc import Callable
from contextvars import ContextVar

from telegram import Update
from telegram.error import ChatMigrated, Forbidden, InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from bot.access import Access
from bot.alerts import Alerts
from bot.announcing import Announcer
from bot.channels.base import Service
from bot.channels.telegram_guard import Guard
from bot.channels.telegram_http import Request
from bot.channels.telegram_inline import InlineMode
from bot.channels.telegram_log import TokenFilter
from bot.channels.telegram_members import Membership
from bot.channels.telegram_menu import set_menu
from bot.channels.telegram_notices import TelegramNotices
from bot.channels.telegram_operators import Operators
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_polling import Polling
from bot.channels.telegram_turns import App, Context, TelegramChannel
from bot.channels.telegram_watch import watch_updates
from bot.channels.telegram_webhook import Webhook
from bot.channels.web_webhook import Door
from bot.config import Settings
from bot.conversation import Conversation
from bot.delivery import Delivery
from bot.inbox import Intake
from bot.tasks import end
from handlers.texts import say

RECEIVED = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
"""The kinds of update that Telegram is asked for."""
CONNECTIONS = 64
START_RETRIES = 4
"""How often a start without network is repeated: about eight seconds."""
REQUEST_SECONDS = 15.0
WATCH_SECONDS = 1.0
"""How often it is seen to that all goes on."""

log = logging.getLogger(__name__)
_faults: ContextVar[list[str]] = ContextVar("faults")
"""Of the update that is being handled: what went wrong."""


class Telegram:
    """All that Telegram needs, as one service."""

    def __init__(
        self,
        settings: Settings,
        conversation: Conversation,
        announcer: Announcer,
        end: Callable[[str], None],
        door: Door | None = None,
    ) -> None:
        """`settings.telegram_token` must be set, and the conversation must have a store.

        `end` is called with one line to read where Telegram cannot go on, and so the process should not. Telegram
        brings its updates to `door`; None: it is asked for them.
        """
        if settings.telegram_token is None or conversation.store is None:
            raise ValueError("Telegram needs a token and a store")
        self._settings = settings
        self._end = end
        self.application = _application(settings, settings.telegram_token.get_secret_value())
        # Polling has one connection of its own; a poll may take its full time plus the time of any request.
        self._request = Request(connections=1, seconds=REQUEST_SECONDS)
        bot = self.application.bot
        store = conversation.store
        self._delivery = Delivery(store, TelegramNotices(bot), announcer.library_with, settings.language)
        self._listens, self._delivers = settings.role != "deliver", settings.role != "web"
        self._intake = Intake(store, self._handle, shared=door is not None)
        self._receiving: Polling | Webhook
        if door:
            self._receiving = Webhook(bot, settings.public_url, door, self._intake, RECEIVED, self._refused)
        else:
            self._receiving = Polling(bot, self._request, self._intake, RECEIVED, self._refused)
        self._task: asyncio.Task[None] | None = None
        self.begun = asyncio.Event()
        """Set when Telegram knows the bot, and it has begun with what its role is."""
        self._operators = Operators(settings, store, announcer, bot) if settings.operators else None
        self._alerts: Alerts | None = None
        self.application.add_error_handler(_note)
        watch_updates(self.application)
        access, channel = Access(settings, store), TelegramChannel(conversation, settings.language)
        Guard(settings, access, channel.help).handle_with(self.application)
        if self._operators:
            self._operators.handle_with(self.application)
            self._alerts = Alerts(self._operators.tell)
            self._alerts.addFilter(TokenFilter(settings.telegram_token.get_secret_value()))
        channel.handle_with(self.application)
        Membership(conversation, settings.language, access).handle_with(self.application)
        InlineMode(conversation, settings.language).handle_with(self.application)

    def start(self) -> None:
        """Begins; what is in the way ends the process."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Receives nothing more, and finishes what is in hand."""
        task, self._task = self._task, None
        if task is None:
            return
        await end(task)
        for service in reversed(self._services):
            await service.stop()
        if self.application.running:
            await self.application.stop()
        await self.application.shutdown()
        for request in (self._request, self.application.bot.request):
            # Of a start that failed, the library leaves this open.
            await request.shutdown()

    @property
    def _services(self) -> list[Service]:
        """In the order in which they are started."""
        alerts: list[Service] = [self._alerts] if self._alerts else []
        delivering: list[Service] = [self._delivery] if self._delivers else []
        listening: list[Service] = [self._intake, self._receiving] if self._listens else []
        return [*alerts, *delivering, *listening]

    @property
    def _fault(self) -> str:
        """Why nothing more would ever be received or handled; "": all is well, or others do it."""
        return (self._receiving.fault or self._intake.fault) if self._listens else ""

    async def receives(self) -> bool:
        """Whether updates are received and handled, or need not be."""
        return self.begun.is_set() and (not self._listens or self._receiving.ready) and not self._fault

    async def idle(self) -> None:
        """Waits until all that was received is dealt with."""
        await self._intake.idle()

    async def _run(self) -> None:
        try:
            await self._initialize()
        except InvalidToken:
            self._refused()
            return
        except TelegramError as fault:
            api, kind = self._settings.telegram_api, type(fault).__name__
            self._end(say(self._settings.language, "telegram-unreachable", api=api, fault=kind))
            return
        if self._listens:
            await set_menu(self.application.bot)
            if self._operators:
                await self._operators.show_menu()
        await self.application.start()
        for service in self._services:
            service.start()
        self.begun.set()
        while not (reason := self._fault):  # noqa: ASYNC110 - a standstill tells nobody
            await asyncio.sleep(WATCH_SECONDS)
        log.critical("Telegram cannot go on: %s", reason)
        self._end(say(self._settings.language, "telegram-stuck"))

    async def _initialize(self) -> None:
        for retry in range(START_RETRIES):
            try:
                await self.application.initialize()
                return
            except InvalidToken:
                raise
            except TelegramError as fault:
                log.warning("no answer from Telegram, trying again: %s", type(fault).__name__)
                await asyncio.sleep(random.uniform(0.5, 1.0) * 2.0**retry / 2)
        await self.application.initialize()

    def _refused(self) -> None:
        self._end(say(self._settings.language, "telegram-token-refused"))

    async def _handle(self, payload: str) -> str:
        """One update; the kind of fault, where it failed."""
        faults: list[str] = []
        _faults.set(faults)
        await self.application.process_update(Update.de_json(json.loads(payload), self.application.bot))
        return faults[0] if faults else ""


def _application(settings: Settings, token: str) -> App:
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram_api}/bot")
        .base_file_url(f"{settings.telegram_api}/file/bot")
        .request(Request(connections=CONNECTIONS, seconds=REQUEST_SECONDS))
        .rate_limiter(Pace())
        .updater(None)
        .job_queue(None)
        .build()
    )


async def _note(update: object, context: Context) -> None:
    """That the bot is shut out of a chat, or the chat has moved meanwhile, is no fault."""
    if context.error and not isinstance(context.error, Forbidden | ChatMigrated):
        _faults.get().append(type(context.error).__name__)
