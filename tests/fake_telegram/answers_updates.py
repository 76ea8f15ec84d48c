"""How the bot gets its updates: by asking for them."""

import asyncio
import contextlib
from typing import Any

from tests.fake_telegram.answers import Parameters, answers
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.schema import check_kinds
from tests.fake_telegram.state import World

LONGEST_POLL = 50
BY_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
BY_OTHERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@answers("getUpdates")
async def get_updates(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    queue = world.updates
    offset, limit, seconds = parameters.get("offset", 0), parameters.get("limit", 100), parameters.get("timeout", 0)
    if not 1 <= limit <= 100 or not 0 <= seconds <= LONGEST_POLL:
        raise Refused("getUpdates: a number is out of its range")
    if world.webhook.url:
        raise Refused(BY_WEBHOOK, 409)
    allow(world, parameters)
    queue.polls += 1
    mine = queue.polls
    if offset < 0:
        queue.waiting = queue.waiting[offset:]
    else:
        queue.drop_before(offset)
    await queue.tell()
    async with queue.changed:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await queue.changed.wait_for(lambda: queue.wanted() or queue.polls != mine or world.webhook.url)
    if queue.polls != mine or world.webhook.url:
        raise Refused(BY_WEBHOOK if world.webhook.url else BY_OTHERS, 409)
    return queue.wanted()[:limit]


def allow(world: World, parameters: Parameters) -> None:
    """Remembers the kinds of update that a call names; an empty list means those that come unasked. Raises Refused."""
    kinds = parameters.get("allowed_updates")
    if kinds is not None:
        check_kinds(kinds)
        world.updates.allowed = frozenset(kinds) or None


@answers("setWebhook")
async def set_webhook(world: World, parameters: Parameters) -> bool:
    allow(world, parameters)
    if url := parameters["url"]:
        secret, connections = parameters.get("secret_token", ""), parameters.get("max_connections", 40)
        await world.webhook.set(url, secret, connections)
    else:
        await world.webhook.remove()
    await _drop(world, parameters)
    return True


@answers("deleteWebhook")
async def delete_webhook(world: World, parameters: Parameters) -> bool:
    await world.webhook.remove()
    await _drop(world, parameters)
    return True


@answers("getWebhookInfo")
async def get_webhook_info(world: World, parameters: Parameters) -> dict[str, Any]:
    return world.webhook.told()


async def _drop(world: World, parameters: Parameters) -> None:
    if parameters.get("drop_pending_updates"):
        world.updates.waiting.clear()
        await world.updates.tell()
