"""Ends what runs beside the rest."""

import asyncio
from typing import Any


async def end(task: asyncio.Task[Any] | None) -> None:
    """Cancels the task and returns when it is over. None, or one that is over already, is nothing to end."""
    if task:
        task.cancel()
        await asyncio.wait([task])
