"""`vejviser announce` and `vejviser outbox`, and what `vejviser check` knows of announced updates; each gives lines."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.announcing import announce, new_updates, reworded
from bot.channels.terminal_view import Look
from bot.config import Settings
from bot.store import Store
from bot.store_database import Database, StoreError
from bot.store_outbox import announced_in
from handlers.notice import preview
from handlers.rhythm import DENMARK
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import Update

NOTHING_NEW = "Every update of the base was announced before; nothing is queued."
NEVER_BEGUN = "Nothing was announced from this database yet: the first time, what the base tells now counts as old."


async def announce_new(settings: Settings, root: Path) -> str:
    """Queues what is new. Raises StoreError and KnowledgeError."""
    library = Library(load_knowledge(root))
    store = await Store.open(settings)
    try:
        begun = await store.outbox.begun()
        queued = await announce(store, library)
    finally:
        await store.close()
    if not queued:
        return NOTHING_NEW if begun else NEVER_BEGUN
    return "\n".join(f"{update}: queued for {_chats(count)}" for update, count in queued)


async def preview_new(settings: Settings, root: Path, look: Look) -> str:
    """The notices of what is new in both languages, and how many chats would get them. Raises as `announce_new`."""
    library = Library(load_knowledge(root))
    store = await Store.open(settings)
    try:
        if not await store.outbox.begun():
            return NEVER_BEGUN
        updates = await new_updates(store, library)
        return "\n".join([await _previewed(store, library, one, look) for one in updates]) or NOTHING_NEW
    finally:
        await store.close()


async def standing(settings: Settings, retry: bool) -> str:
    """How the outbox stands; with `retry` what was set aside is due again. Raises StoreError."""
    store = await Store.open(settings)
    try:
        again = await store.outbox.retry() if retry else 0
        figures, failures = await store.outbox.figures(), await store.outbox.failures()
    finally:
        await store.close()
    lines = [
        f"waiting  {figures.waiting}, of which {figures.due} are due",
        f"sending  {figures.leased}",
        f"held     {figures.held} of chats that cannot be reached",
        f"failed   {figures.failed}",
        f"oldest   {_moment(figures.oldest)}",
        *(f"failed: {one.update}, {one.kind}: {one.notices}" for one in failures),
    ]
    if retry:
        lines.append(f"{again} that had failed are due again")
    elif failures:
        lines.append("To have what failed sent again: vejviser outbox --retry")
    return "\n".join(lines)


async def reworded_in(settings: Settings, updates: Sequence[Update]) -> list[str]:
    """A warning for each update that has changed since it was announced; nothing where there is no database yet."""
    database = Database(settings.database.get_secret_value())
    if database.file and not database.file.exists():
        return []
    try:
        announced = await announced_in(database)
    except StoreError as error:
        return [f"whether announced updates have changed is not known: {error}"]
    finally:
        await database.close()
    return [
        f"data/updates.yaml: '{one.id}' has changed since it was announced; it is not sent again, so write a new one"
        for one in reworded(updates, announced)
    ]


async def _previewed(store: Store, library: Library, update: Update, look: Look) -> str:
    at_once, by_digest = await store.outbox.preview(library.touched(update))
    notices = "\n".join(look(notice, 0, 1) for notice in preview(library, update))
    return f"{update.id}: {_chats(at_once)} at once, {_chats(by_digest)} by digest\n\n{notices}"


def _chats(count: int) -> str:
    return f"{count} {'chat' if count == 1 else 'chats'}"


def _moment(moment: datetime | None) -> str:
    return f"due {moment.astimezone(DENMARK):%Y-%m-%d %H:%M} in Denmark" if moment else "none"
