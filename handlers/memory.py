"""What is kept of a chat beside its session, and what a turn may change of it; handlers make it, the store keeps it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

WORKING_DAYS = range(5)
"""Monday is 0, as `datetime.weekday` counts."""


@dataclass(frozen=True, order=True)
class Scope:
    """What a subscription covers, as ids of the base. All empty: everything."""

    municipality: str = ""
    theme: str = ""
    """Alone: the theme anywhere; with a municipality: the theme there."""
    strategy: str = ""
    """One strategy; municipality and theme are then empty."""


@dataclass(frozen=True)
class Rhythm:
    """When notices come; hours are those of the clock in Denmark, 0 to 23."""

    kind: Literal["now", "daily", "weekly"] = "now"
    hour: int = 8
    """Of a daily or weekly digest."""
    weekday: int = 0
    """Of a weekly digest: 0 to 4, for digests come on working days."""
    quiet_from: int = 20
    quiet_until: int = 7
    """Nothing is sent from the one hour until the other; the same twice: there are no quiet hours."""


@dataclass(frozen=True)
class Subscription:
    """What a chat wants to be told. A chat has at most one for each scope."""

    scope: Scope
    excluding: tuple[str, ...] = ()
    """Ids of municipalities and themes that are left out: "alt undtagen indkøb"."""
    rhythm: Rhythm = field(default_factory=Rhythm)
    topic: int = field(default=0, compare=False)
    """The topic of the chat in which it was first asked for, and which is told; 0: the chat has none."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "excluding": list(self.excluding)}


@dataclass(frozen=True)
class Subscribe:
    """Keep this subscription; one with the same scope is replaced."""

    subscription: Subscription


@dataclass(frozen=True)
class Unsubscribe:
    """Drop the subscription with this scope; None: all of the chat's."""

    scope: Scope | None


@dataclass(frozen=True)
class Erase:
    """Erase everything that is kept of the chat, this turn's session too."""


Change = Subscribe | Unsubscribe | Erase
"""Each is safe to repeat: where two turns of a chat cross, the later one is answered again."""


@dataclass(frozen=True)
class Kept:
    """What is kept of a chat beside its session."""

    subscriptions: tuple[Subscription, ...] = ()
    """By scope, everything first."""
    since: datetime | None = None
    """When the chat was first seen, UTC; None: nothing is kept of it."""
    active: datetime | None = None
    """When it last wrote or pressed, UTC."""
    paused: datetime | None = None
    """Since when its notices are held back because it cannot be reached, UTC."""
    waiting: int = 0
    """How many of its messages are kept until they are answered, the one that is being answered too; counted for those
    alone who ask for what is kept of them."""
    admitted: datetime | None = None
    """When its person gave the invite code, UTC; None: they did not."""


NOTHING_KEPT = Kept()
