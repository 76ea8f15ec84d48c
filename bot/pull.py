"""Notices of a channel that cannot speak first, such as a terminal or a page: told when the person looks."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic

from bot.announcing import REFRESH_SECONDS
from bot.delivery import UNKNOWN_TRIES, Base, attempts, notice_of, parted
from bot.store import Store
from bot.store_database import StoreError
from bot.store_outbox import Parcel
from handlers.reply import Reply
from knowledge.model import LANGUAGES

LEASE = timedelta(minutes=1)
"""For so long nobody else shows what is just being shown: a second window, another replica."""
REST_SECONDS = 60.0
"""After the store has failed nobody has to wait for it again for so long."""

log = logging.getLogger(__name__)


class Pull:
    """The notices of one channel, each shown once to the chat that looks."""

    def __init__(self, store: Store, channel: str, base: Base, language: str = LANGUAGES[0]) -> None:
        """`base`: see `bot.delivery.Base`; `language` is for chats that have not shown theirs."""
        self._store = store
        self._channel = channel
        self._base = base
        self._language = language
        self._failing = False
        self._rests_until = 0.0

    @asynccontextmanager
    async def due(self, chat: str) -> AsyncIterator[Reply | None]:
        """All that is due of the chat as one notice, to be shown within the block; None: there is nothing to tell.

        It is done with when the block ends, and due again where the block raises. Where the block never ends, for the
        process was killed, it comes again when the lease has ended. The store's failures go to the log, not out.
        """
        parcel, reply = await self._claimed(chat)
        try:
            yield reply
        except BaseException:
            if parcel:
                await self._done(parcel, shown=False)
            raise
        if parcel:
            await self._done(parcel, shown=True)

    async def _claimed(self, chat: str) -> tuple[Parcel | None, Reply | None]:
        if monotonic() < self._rests_until:
            return None, None
        try:
            parcel = await self._store.claim_of(self._channel, chat, LEASE)
            if parcel is None:
                self._works()
                return None, None
            library = await self._base({one.update for one in parcel.notices})
            parcel, unknown = parted(parcel, library)
            if unknown.notices:
                await self._wait_for(unknown)
        except StoreError as error:
            self._fails(error)
            return None, None
        self._works()
        return (parcel, notice_of(parcel, library, self._language)) if parcel.notices else (None, None)

    async def _wait_for(self, unknown: Parcel) -> None:
        """Another process may know a newer base; what no base tells any more is dropped in the end."""
        if attempts(unknown) < UNKNOWN_TRIES:
            wait = timedelta(seconds=REFRESH_SECONDS)
            await self._store.outbox.postpone(unknown, wait, attempts(unknown) + 1)
        else:
            await self._store.outbox.settle(unknown)

    async def _done(self, parcel: Parcel, shown: bool) -> None:
        try:
            if shown:
                await self._store.outbox.settle(parcel)
            else:
                await self._store.outbox.postpone(parcel, timedelta(0), attempts(parcel))
        except StoreError as error:
            # Better told twice than never.
            self._fails(error)

    def _fails(self, error: StoreError) -> None:
        self._rests_until = monotonic() + REST_SECONDS
        if not self._failing:
            self._failing = True
            log.error("%s; until that is put right, notices are not shown and none is lost", error)

    def _works(self) -> None:
        self._failing = False
