"""For those who run the bot, at an address that need not be public: /metrics, /redaktion, and the probes."""

from datetime import UTC, datetime

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.announcing import Announcer
from bot.channels.web_editors import Editors
from bot.channels.web_probes import Probes
from bot.channels.web_server import Server
from bot.metrics import BASE, BASE_NEWEST, BASE_READ, INBOX, INBOX_AGE, OUTBOX, OUTBOX_AGE, STORE_UP
from bot.readiness import Readiness
from bot.store import Store, utc_now
from bot.store_database import StoreError


class MetricsService(Server):
    """The figures, at their host and port."""

    def __init__(self, at: tuple[str, int], store: Store, announcer: Announcer, readiness: Readiness) -> None:
        """Takes the port at once. Raises OSError where it cannot be had."""
        self._store = store
        self._announcer = announcer
        probes = Middleware(Probes, readiness=readiness, named=True)
        super().__init__(
            at,
            Starlette(
                routes=[Route("/metrics", self._metrics), Route("/redaktion", Editors(announcer.library).page)],
                middleware=[probes],
            ),
        )

    async def _metrics(self, request: Request) -> Response:
        """GET /metrics, in the text format that every Prometheus reads."""
        await self._look_at_base()
        await self._look_at_store()
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    async def _look_at_base(self) -> None:
        version = await self._announcer.reloader.version()
        BASE.clear()
        BASE.labels(version).set(1)
        BASE_READ.set(self._announcer.reloader.read_at.timestamp())
        if updates := self._announcer.library().updates:
            newest = updates[0].date
            day = datetime(newest.year, newest.month or 1, newest.day or 1, tzinfo=UTC)
            BASE_NEWEST.set(day.timestamp())

    async def _look_at_store(self) -> None:
        try:
            outbox, inbox = await self._store.outbox.figures(), await self._store.inbox.figures()
        except StoreError:
            STORE_UP.set(0)
            # Better nothing than what was true once.
            for states in (OUTBOX, INBOX):
                states.clear()
            for age in (OUTBOX_AGE, INBOX_AGE):
                age.set(float("nan"))
            return
        STORE_UP.set(1)
        later = outbox.waiting - outbox.due
        sending = {"due": outbox.due, "later": later, "sending": outbox.leased, "held": outbox.held}
        for state, count in {**sending, "failed": outbox.failed}.items():
            OUTBOX.labels(state).set(count)
        OUTBOX_AGE.set(_seconds_since(outbox.oldest))
        set_aside = sum(count for _, count in inbox.failed)
        for state, count in {"waiting": inbox.waiting, "answering": inbox.leased, "set_aside": set_aside}.items():
            INBOX.labels(state).set(count)
        INBOX_AGE.set(_seconds_since(inbox.oldest))


def _seconds_since(moment: datetime | None) -> float:
    return max((utc_now() - moment).total_seconds(), 0.0) if moment else 0.0
