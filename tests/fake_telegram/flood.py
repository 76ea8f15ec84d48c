"""Telegram's flood limits: over all chats, to one person, to one group. Each counts only where a test sets it."""

import math
import time
from collections import defaultdict, deque

from tests.fake_telegram.refusal import Refused

BURST = 3
"""So many messages to a person at once are taken, if it was quiet before."""


class Flood:
    """Counts messages and says when to wait."""

    def __init__(self) -> None:
        self.overall = 0
        """Messages a second that are taken; 0: any number."""
        self.private = 0.0
        """Messages a second to one person, beyond a burst; 0: any number."""
        self.group = 0
        """Messages a minute to one group; 0: any number."""
        self.minute = 60.0
        """Seconds that a minute has, for tests that do not want to wait one."""
        self.early = 0
        """Messages that came although the bot was told to wait."""
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self._closed_until: defaultdict[int, float] = defaultdict(float)

    def pass_one(self, chat: int) -> None:
        """A message to a chat. Raises Refused with 429 where it is one too many, or comes before its time."""
        now = time.monotonic()
        scopes = [(0, self.overall, 1.0)]
        if chat > 0:
            scopes.append((chat, BURST, BURST / self.private) if self.private else (chat, 0, 1.0))
        else:
            scopes.append((chat, self.group, self.minute))
        self.early += any(now < self._closed_until[scope] for scope, _, _ in scopes)
        for scope, limit, seconds in scopes:
            sent = self._sent[scope]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if limit and len(sent) >= limit:
                # All chats open again after a second; one chat when its oldest message no longer counts.
                wait = 1.0 if scope == 0 else math.ceil(sent[0] + seconds - now)
                self._closed_until[scope] = max(self._closed_until[scope], now + wait)
        left = max(self._closed_until[scope] for scope, _, _ in scopes) - now
        if left > 0:
            seconds = math.ceil(left - 0.001)
            raise Refused(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)
        for scope, limit, _ in scopes:
            if limit:
                self._sent[scope].append(now)
