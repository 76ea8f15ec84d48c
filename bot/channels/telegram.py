"""The Telegram channel: receives by long polling, hands each turn to the conversation, sends the answer."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from bot.alerts import Alerts
from bot.announcing import Announcer
from bot.channels.base import Service
from bot.channels.telegram_http import Request
from bot.channels.telegram_inline import InlineMode
from bot.channels.telegram_log import TokenFilter, guard_logs
from bot.channels.telegram_members import Membership
from bot.channels.telegram_menu import set_menu
from bot.channels.telegram_notices import PatientRequest, TelegramNotices
from bot.channels.telegram_operators import Operators
from bot.channels.telegram_order import InChatOrder
from bot.channels.telegram_turns import App, TelegramChannel
from bot.channels.telegram_watch import watch_updates
from bot.config import Settings
from bot.conversation import Conversation
from bot.delivery import Delivery
from bot.housekeeping import Housekeeping
from bot.readiness import Readiness
from handlers.texts import say
from knowledge.loading import SHIPPED

REFUSED = "refused"
"""In the application's own data: Telegram stopped knowing the token while the bot ran."""
RECEIVED = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
"""The kinds of update that Telegram is asked for."""
PACE = 1 / 30
"""Seconds from one message to the next, over all chats: Telegram allows about thirty a second."""
CONNECTIONS = 256
START_RETRIES = 4
"""How often a start without network is repeated: about eight seconds."""
POLL_SECONDS = 25
REQUEST_SECONDS = 15.0


class _PollingRequest(Request):
    """Tells when Telegram no longer knows the token: the library would stop polling but stay alive, deaf.

    To the library it looks as if nothing had come in, so that everything is stopped in order and nothing left behind.
    """

    on_refusal: Callable[[], None] | None = None

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code in (401, 404) and self.on_refusal:
            self.on_refusal()
            return 200, b'{"ok": true, "result": []}'
        return code, payload


def build(
    settings: Settings,
    conversation: Conversation,
    base: Path = SHIPPED,
    announcer: Announcer | None = None,
    beside: Iterable[Service] = (),
    readiness: Readiness | None = None,
) -> App:
    """The application, ready to be run, with notices where the conversation has a store.

    `settings.telegram_token` must be set; `base` is the folder that the dialogue was loaded from. `announcer` is one
    that others use as well; what is `beside` is started after the rest and stopped before it. `readiness` learns
    whether updates are received.
    """
    if settings.telegram_token is None:
        raise ValueError("telegram_token is not set")
    # Polling has one connection of its own; a poll may take its full time plus the time of any request.
    polling = _PollingRequest(connections=1, seconds=REQUEST_SECONDS)
    patient = PatientRequest(connections=CONNECTIONS, seconds=REQUEST_SECONDS)
    application: App = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{settings.telegram_api}/bot")
        .base_file_url(f"{settings.telegram_api}/file/bot")
        .get_updates_request(polling)
        .request(patient)
        .rate_limiter(AIORateLimiter(overall_max_rate=1, overall_time_period=PACE))
        .concurrent_updates(InChatOrder())
        .job_queue(None)
        .build()
    )

    watch_updates(application)
    services: list[Service] = []
    operators: Operators | None = None
    store = conversation.store
    if store:
        announcer = announcer or Announcer(conversation, store, base, settings.announce)
        notices = TelegramNotices(application.bot)
        delivery = Delivery(store, notices, announcer.library_with, settings.language)
        services = [announcer, delivery, Housekeeping(store, settings)]
        if settings.operators:
            operators = Operators(settings, store, announcer, application.bot)
            operators.handle_with(application)
            alerts = Alerts(operators.tell)
            alerts.addFilter(TokenFilter(settings.telegram_token.get_secret_value()))
            services.append(alerts)

    services += beside

    async def begin(_: App) -> None:
        await set_menu(application.bot)
        if operators:
            await operators.show_menu()
        for service in services:
            service.start()

    async def end(_: App) -> None:
        for service in reversed(services):
            await service.stop()

    async def let_go(_: App) -> None:
        # Once more, for a start that failed halfway.
        await end(application)
        await conversation.close()

    application.post_init, application.post_stop, application.post_shutdown = begin, end, let_go

    def give_up() -> None:
        if REFUSED not in application.bot_data:  # a second stop would break off what the first has begun
            application.bot_data[REFUSED] = True
            application.stop_running()

    async def receives() -> bool:
        return application.updater is not None and application.updater.running

    if readiness:
        readiness.register("telegram", receives)
    polling.on_refusal = give_up
    for part in (TelegramChannel, Membership, InlineMode):
        part(conversation, settings.language).handle_with(application)
    return application


def run(
    settings: Settings,
    conversation: Conversation,
    base: Path = SHIPPED,
    announcer: Announcer | None = None,
    beside: Iterable[Service] = (),
    readiness: Readiness | None = None,
) -> None:
    """Answers until SIGINT, SIGTERM or SIGABRT; what has been received is answered before it returns.

    Raises SystemExit with one line to read where the token is missing or refused, or Telegram is out of reach.
    """
    if settings.telegram_token is None:
        raise SystemExit(say(settings.language, "telegram-token-missing"))
    guard_logs(settings.telegram_token.get_secret_value(), settings.log_level, settings.log_format)
    application = build(settings, conversation, base, announcer, beside, readiness)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        application.run_polling(
            allowed_updates=RECEIVED,
            drop_pending_updates=False,
            bootstrap_retries=START_RETRIES,
            timeout=POLL_SECONDS,
            close_loop=False,
        )
    except InvalidToken:
        line = say(settings.language, "telegram-token-refused")
    except TelegramError as fault:
        line = say(settings.language, "telegram-unreachable", api=settings.telegram_api, fault=type(fault).__name__)
    else:
        if REFUSED not in application.bot_data:
            return
        line = say(settings.language, "telegram-token-refused")
    finally:
        # Of a start that failed, the library leaves this open.
        loop.run_until_complete(application.bot.request.shutdown())
        loop.close()
    # Outside of the handlers, so that no traceback follows: PTB's own message quotes the token.
    raise SystemExit(line)
