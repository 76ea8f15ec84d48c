"""What `vejviser run` serves: the page, Telegram, or both in one event loop, started and stopped in order."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import bot.channels.telegram
from bot.announcing import Announcer
from bot.channels.base import Service
from bot.channels.web import WebService
from bot.channels.web_metrics import MetricsService
from bot.config import Settings
from bot.conversation import Conversation
from bot.housekeeping import Housekeeping
from bot.logs import set_up_logs
from bot.readiness import Readiness
from bot.reloading import ReloadSignal
from bot.store import Store
from handlers.texts import say


def run(settings: Settings, conversation: Conversation, base: Path) -> None:
    """Answers until SIGINT or SIGTERM; `base` is the folder that the dialogue was loaded from.

    The conversation must have a store. Raises SystemExit with one line to read where there is nothing to serve, or it
    cannot be served.
    """
    store = conversation.store
    assert store
    announcer = Announcer(conversation, store, base, settings.announce)
    readiness = Readiness()
    readiness.register("database", store.database.check)
    readiness.register("base", partial(_has_base, conversation))
    page = _page(settings, conversation, announcer, readiness)
    beside: list[Service] = [ReloadSignal(announcer.refresh), *([page] if page else [])]
    if settings.metrics_at and (page or settings.telegram_token):
        beside.append(_metrics(settings, store, announcer, readiness))
    if settings.telegram_token:
        bot.channels.telegram.run(settings, conversation, base, announcer, beside, readiness)
    elif page:
        set_up_logs(settings.log_level, settings.log_format)
        asyncio.run(_serve([announcer, Housekeeping(store, settings), *beside], conversation))
    else:
        raise SystemExit(say(settings.language, "web-nothing-to-serve"))


def _page(
    settings: Settings, conversation: Conversation, announcer: Announcer, readiness: Readiness
) -> WebService | None:
    if settings.web_at is None:
        return None
    try:
        page = WebService(settings, conversation, announcer.library_with, readiness)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise SystemExit(say(settings.language, "web-not-served", place=settings.web, fault=reason)) from None
    host = settings.web.rpartition(":")[0]
    at = settings.web_address or f"http://{'localhost' if host in ('0.0.0.0', '[::]') else host}:{page.port}"
    print(say(settings.language, "web-served", address=at), flush=True)
    return page


def _metrics(settings: Settings, store: Store, announcer: Announcer, readiness: Readiness) -> MetricsService:
    assert settings.metrics_at
    try:
        metrics = MetricsService(settings.metrics_at, store, announcer, readiness)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise SystemExit(say(settings.language, "metrics-not-served", place=settings.metrics, fault=reason)) from None
    host = settings.metrics.rpartition(":")[0]
    print(say(settings.language, "metrics-served", address=f"http://{host}:{metrics.port}/metrics"), flush=True)
    return metrics


async def _has_base(conversation: Conversation) -> bool:
    return bool(conversation.dialogue.library.municipalities)


async def _serve(services: Sequence[Service], conversation: Conversation) -> None:
    """Until a signal comes; then everything is stopped in the reverse order."""
    stopped = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        # Windows knows no such handlers: there Ctrl-C cancels this task, and all is stopped as well.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    try:
        for service in services:
            service.start()
        await stopped.wait()
    finally:
        for service in reversed(services):
            await service.stop()
        await conversation.close()
