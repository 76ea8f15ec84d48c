"""A chat's subscriptions: read, changed, moved to another chat, together with what waits in the outbox for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store_database import Database
from bot.store_outbox import free, queue
from bot.store_tables import RHYTHM, SCOPE, announced, chats, exclusions, outbox, subscriptions
from handlers.memory import Change, Rhythm, Scope, Subscribe, Subscription, Unsubscribe
from knowledge.library import Touched

SUBSCRIBED = (subscriptions.c.id.label("subscription"), *SCOPE, *RHYTHM, subscriptions.c.topic, exclusions.c.excluded)
"""What `subscriptions_in` reads of a row, of the tables joined from the outside."""


def subscriptions_in(rows: Iterable[Row[Any]]) -> tuple[Subscription, ...]:
    """A chat's subscriptions by scope, everything first; what each excludes is sorted."""
    found: dict[int, Subscription] = {}
    excluded = defaultdict[int, list[str]](list)
    for row in rows:
        if row.subscription is not None:
            scope, rhythm = ([getattr(row, column.name) for column in columns] for columns in (SCOPE, RHYTHM))
            found[row.subscription] = Subscription(Scope(*scope), rhythm=Rhythm(*rhythm), topic=row.topic)
        if row.excluded is not None:
            excluded[row.subscription].append(row.excluded)
    whole = (replace(one, excluding=tuple(sorted(excluded[number]))) for number, one in found.items())
    return tuple(sorted(whole, key=lambda one: one.scope))


async def make(database: Database, connection: AsyncConnection, chat: int, change: Change, now: datetime) -> None:
    """Makes one change of a chat's subscriptions, and has what waits for the chat match them again."""
    match change:
        case Subscribe(subscription):
            number = await _subscribe(database, connection, chat, subscription)
            await _match_again(database, connection, chat, [number], now, keep=True)
        case Unsubscribe(scope):
            mine = subscriptions.c.chat == chat
            of = select(subscriptions.c.id).where(mine, *(_scope_is(scope) if scope else ()))
            numbers = list((await connection.execute(of)).scalars())
            await _match_again(database, connection, chat, numbers, now, keep=False)


async def _subscribe(database: Database, connection: AsyncConnection, chat: int, subscription: Subscription) -> int:
    rhythm = dict(zip((column.name for column in RHYTHM), astuple(subscription.rhythm), strict=True))
    scope = dict(zip((column.name for column in SCOPE), astuple(subscription.scope), strict=True))
    kept = await connection.execute(
        database.insert(subscriptions)
        # One that there is already goes on in its own topic, from wherever it is changed.
        .values(chat=chat, topic=subscription.topic, **scope, **rhythm)
        .on_conflict_do_update(index_elements=[subscriptions.c.chat, *SCOPE], set_=rhythm)
        .returning(subscriptions.c.id)
    )
    number: int = kept.scalar_one()
    await connection.execute(delete(exclusions).where(exclusions.c.subscription == number))
    if subscription.excluding:
        rows = [{"subscription": number, "excluded": one} for one in dict.fromkeys(subscription.excluding)]
        await connection.execute(database.insert(exclusions), rows)
    return number


async def _match_again(
    database: Database, connection: AsyncConnection, chat: int, numbers: list[int], now: datetime, keep: bool
) -> None:
    """What waits for the chat because of these subscriptions waits as the chat's subscriptions are now.

    `keep`: whether the subscriptions themselves stay; then what is just being sent, or was set aside, is left alone.
    """
    waiting = await connection.execute(
        delete(outbox)
        .where(
            outbox.c.chat == chat,
            outbox.c.subscription.in_(numbers),
            outbox.c.failed.is_(None),
            free(now),
        )
        .returning(outbox.c.update_id)
    )
    updates = list(waiting.scalars())
    if not keep:
        left = (outbox.c.chat == chat) & outbox.c.subscription.in_(numbers)
        await connection.execute(delete(outbox).where(left))
        await connection.execute(delete(subscriptions).where(subscriptions.c.id.in_(numbers)))
    told = await connection.execute(select(announced).where(announced.c.id.in_(updates)))
    for row in told.all():
        targets = [Touched(one["municipality"], tuple(one["themes"]), tuple(one["strategies"])) for one in row.targets]
        await queue(database, connection, row.id, targets, now, chat)


async def merge(connection: AsyncConnection, before: int, after: int) -> None:
    """Moves what one chat has and the other lacks, then erases the one."""
    rows = await connection.execute(
        select(subscriptions.c.id, subscriptions.c.chat, *SCOPE).where(subscriptions.c.chat.in_([before, after]))
    )
    numbers: dict[int, dict[Scope, int]] = {before: {}, after: {}}
    for number, chat, *ids in rows:
        numbers[chat][Scope(*ids)] = number
    for scope, number in numbers[before].items():
        if scope in numbers[after]:
            same = numbers[after][scope]
            await connection.execute(update(outbox).where(outbox.c.subscription == number).values(subscription=same))
        else:
            await connection.execute(update(subscriptions).where(subscriptions.c.id == number).values(chat=after))
    known = select(outbox.c.update_id).where(outbox.c.chat == after).scalar_subquery()
    await connection.execute(
        update(outbox).where(outbox.c.chat == before, outbox.c.update_id.not_in(known)).values(chat=after)
    )
    await connection.execute(delete(chats).where(chats.c.id == before))


def _scope_is(scope: Scope) -> list[ColumnElement[bool]]:
    return [column == value for column, value in zip(SCOPE, astuple(scope), strict=True)]
