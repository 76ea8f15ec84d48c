"""One way to slow down whoever sends more than their share: counted in memory, by a bucket each, and forgotten soon."""

from collections import OrderedDict
from math import ceil
from time import monotonic

CLIENTS = 10_000
"""How many clients are counted at a time; the one that was silent for longest is forgotten first."""


class Floods:
    """Counts what each client sends: a bucket that fills by so many a minute, and holds a burst."""

    def __init__(self, per_minute: int, burst: int = 0) -> None:
        """0: nothing is counted. Without a `burst` a bucket holds a minute's worth."""
        self._rate = per_minute / 60
        self._most = float(burst or per_minute)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, at: float | None = None) -> int:
        """Seconds until what the client has sent may be answered; 0: now, and it is counted.

        `at`: when it was sent, in seconds of whichever clock is used throughout; None: now.
        """
        if not self._rate:
            return 0
        now = monotonic() if at is None else at
        left, then = self._buckets.pop(client, (self._most, now))
        now = max(now, then)
        left = min(self._most, left + (now - then) * self._rate)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return 0 if left >= 1 else ceil((1 - left) / self._rate)
