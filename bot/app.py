"""What `vejviser run` serves: the page, Telegram, or both in one event loop, started and stopped in order."""

import asyncio
import gc
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.announcing import Announcer
from bot.channels.base import Service
from bot.channels.telegram import Telegram
from bot.channels.telegram_log import guard_logs
from bot.channels.web import WebService
from bot.channels.web_metrics import MetricsService
from bot.channels.web_webhook import Door
from bot.config import Settings
from bot.conversation import Conversation
from bot.housekeeping import Housekeeping
from bot.logs import set_up_logs
from bot.readiness import Readiness
from bot.reloading import ReloadSignal
from bot.store import Store
from bot.watchdog import Watchdog
from handlers.texts import say
from knowledge.loading import SHIPPED

ENDINGS = (signal.SIGINT, signal.SIGTERM)
GARBAGE = 10_000
"""So many new objects are looked through for garbage at a time: a single answer makes more than Python's own 700."""


def run(settings: Settings, conversation: Conversation, base: Path) -> None:
    """Answers until SIGINT or SIGTERM; `base` is the folder that the dialogue was loaded from.

    Raises SystemExit with one line to read where there is nothing to serve, or it cannot be served any more.
    """
    if not (_has_page(settings) or _has_telegram(settings)):
        raise SystemExit(say(settings.language, "web-nothing-to-serve"))
    if settings.telegram_token:
        guard_logs(settings.telegram_token.get_secret_value(), settings.log_level, settings.log_format)
    else:
        set_up_logs(settings.log_level, settings.log_format)
    told: list[str] = []
    stopped = asyncio.Event()

    def end(line: str) -> None:
        told.append(line)
        stopped.set()

    services = build(settings, conversation, base, end)
    gc.set_threshold(GARBAGE)
    asyncio.run(_serve([*services, Watchdog(say(settings.language, "run-stuck"))], conversation, stopped))
    if told:
        raise SystemExit(told[0])


def build(
    settings: Settings,
    conversation: Conversation,
    base: Path = SHIPPED,
    end: Callable[[str], None] = lambda line: None,
) -> list[Service]:
    """All that runs, in the order in which it is started. `end` is called with a line where that cannot go on.

    The conversation must have a store. Raises SystemExit where the page or the figures cannot be served.
    """
    store = conversation.store
    if store is None:
        raise ValueError("there is no store")
    announcer = Announcer(conversation, store, base, settings.announce)
    readiness = Readiness()
    readiness.register("database", store.database.check)
    readiness.register("base", partial(_has_base, conversation))
    services: list[Service] = [announcer, Housekeeping(store, settings), ReloadSignal(announcer.refresh)]
    listens = settings.telegram_token is not None and settings.role != "deliver"
    door = Door(store, settings.telegram_networks) if settings.public_url and listens else None
    if _has_page(settings):
        services.append(_page(settings, conversation, announcer, readiness, door))
    if settings.metrics_at:
        services.append(_metrics(settings, store, announcer, readiness))
    if _has_telegram(settings):
        telegram = Telegram(settings, conversation, announcer, end, door)
        readiness.register("telegram", telegram.receives)
        services.append(telegram)
    return services


def _has_page(settings: Settings) -> bool:
    return settings.web_at is not None and settings.role != "deliver"


def _has_telegram(settings: Settings) -> bool:
    """What only serves the page has Telegram where that comes by the page, too."""
    return settings.telegram_token is not None and (settings.role != "web" or bool(settings.public_url))


def _page(
    settings: Settings, conversation: Conversation, announcer: Announcer, readiness: Readiness, door: Door | None
) -> WebService:
    try:
        page = WebService(settings, conversation, announcer.library_with, readiness, door)
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


async def _serve(services: Sequence[Service], conversation: Conversation, stopped: asyncio.Event) -> None:
    """Until a signal comes, or one of them gives up; then everything is stopped in the reverse order."""
    for one in ENDINGS:
        # Windows knows no such handlers: there Ctrl-C cancels this task, and all is stopped as well.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(one, partial(_stop, stopped))
    try:
        for service in services:
            service.start()
        await stopped.wait()
    finally:
        for service in reversed(services):
            await service.stop()
        await conversation.close()


def _stop(stopped: asyncio.Event) -> None:
    """Whatever signal comes after the first one must not break off what that has begun, up to the very end."""
    for one in ENDINGS:
        asyncio.get_running_loop().remove_signal_handler(one)
        signal.signal(one, signal.SIG_IGN)
    stopped.set()
