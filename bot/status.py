"""How the bot stands, in a few lines: for `vejviser status`, beside a running bot, and for the operators' /status."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.store import Store
from bot.store_counts import Counts, counts_in
from bot.store_inbox import Figures as Inbox
from bot.store_outbox import Figures as Outbox
from handlers.rhythm import DENMARK
from handlers.texts import say, spoken_date
from knowledge.changes import digest
from knowledge.library import Library
from knowledge.loading import KnowledgeError, load_knowledge


@dataclass(frozen=True)
class Kept:
    """What the store holds."""

    place: str
    """Which kind of database it is."""
    counts: Counts
    outbox: Outbox
    inbox: Inbox


async def kept_in(store: Store) -> Kept:
    """What the store holds now. Raises StoreError."""
    place = "SQLite" if store.database.file else "PostgreSQL"
    return Kept(place, await counts_in(store.database), await store.outbox.figures(), await store.inbox.figures())


async def standing(settings: Settings, root: Path) -> tuple[str, bool]:
    """The status by the files and the database alone, and whether the base is sound. Raises StoreError."""
    store = await Store.open(settings)
    try:
        kept = await kept_in(store)
    finally:
        await store.close()
    language = settings.language
    try:
        base = about_base(language, Library(load_knowledge(root)), digest(root))
        sound = True
    except KnowledgeError as error:
        base = say(language, "status-base-faulty", faults="\n".join(str(one) for one in error.faults))
        sound = False
    return "\n".join((base, *about_kept(language, kept, settings.unanswered_days))), sound


def about_base(language: str, library: Library, version: str, read_at: datetime | None = None) -> str:
    """Which base it is; `read_at`: when the running bot read it."""
    newest = spoken_date(language, library.updates[0].date) if library.updates else "-"
    lines = [
        say(language, "status-base", version=version, date=newest),
        say(
            language, "status-entries",
            municipalities=len(library.municipalities), themes=len(library.themes),
            initiatives=len(library.initiatives), documents=len(library.documents),
        ),
    ]  # fmt: skip
    if read_at:
        lines.append(say(language, "status-read", moment=_moment(read_at)))
    return "\n".join(lines)


def about_kept(language: str, kept: Kept, unanswered_days: int) -> Iterator[str]:
    """What stands in the database."""
    counts, inbox, outbox = kept.counts, kept.inbox, kept.outbox
    yield say(
        language, "status-chats",
        database=kept.place, chats=counts.chats, paused=counts.paused, subscriptions=counts.subscriptions,
    )  # fmt: skip
    active = _moment(counts.active) if counts.active else say(language, "status-never")
    yield say(language, "status-active", moment=active)
    set_aside = sum(count for _, count in inbox.failed)
    yield say(language, "status-inbox", waiting=inbox.waiting, answering=inbox.leased, failed=set_aside)
    if inbox.oldest:
        yield say(language, "status-inbox-oldest", moment=_moment(inbox.oldest))
    yield say(
        language, "status-outbox",
        waiting=outbox.waiting, due=outbox.due, sending=outbox.leased, held=outbox.held, failed=outbox.failed,
    )  # fmt: skip
    if outbox.oldest:
        yield say(language, "status-oldest", moment=_moment(outbox.oldest))
    if unanswered_days or counts.questions:
        yield say(language, "status-unanswered", count=counts.questions)
    else:
        yield say(language, "status-unanswered-off")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(DENMARK):%Y-%m-%d %H:%M}"
