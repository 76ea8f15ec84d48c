"""What a call meets instead of an answer: planned by a test one by one, or by chance in a storm."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Fault:
    """What the next call of a method meets instead of an answer."""

    status: int = 0
    retry_after: int = 0
    """Seconds; with status 429."""
    html: str = ""
    """A body that is no JSON, as a proxy in between sends it."""
    description: str = ""
    reset: bool = False
    """The connection is cut."""
    halfway: bool = False
    """The connection is cut in the middle of the answer."""
    slow: float = 0.0
    """Seconds before anything happens."""
    held: asyncio.Event | None = None
    """Nothing happens before this is set."""
    done: bool = False
    """The call is carried out all the same; only its answer is lost."""
    late: float = 0.0
    """Seconds from when the call was carried out until it is answered."""

    @property
    def strikes(self) -> bool:
        """Whether the call gets another answer than its own, or none."""
        return bool(self.status or self.reset or self.halfway)


class Faults:
    """Those that are planned, and a source of others."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.by_chance: Callable[[str, dict[str, str]], Fault | None] | None = None
        """Asked for each call for which none is planned: its method, and its fields but for files."""

    def plan(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these, one each."""
        self._planned[method].extend(faults)

    def left(self, method: str) -> int:
        """How many of the planned no call has met yet."""
        return len(self._planned[method])

    def next(self, method: str, fields: dict[str, str] | None = None) -> Fault:
        """What the call that has come meets."""
        if self._planned[method]:
            return self._planned[method].popleft()
        return (self.by_chance(method, fields or {}) if self.by_chance else None) or Fault()
