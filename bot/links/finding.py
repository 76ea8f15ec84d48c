"""What was found at an address: the one value that is weighed, kept between two runs, and reported."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["dead", "suspicious", "changed", "moved", "unclear", "ok"]
"""What is worst comes first; reports keep the order."""
KINDS: tuple[Kind, ...] = get_args(Kind)
LOST: tuple[Kind, ...] = ("dead", "suspicious", "changed")
"""What was meant is not there any more."""

Why = Literal[
    "gone", "dns", "tls", "refused", "timeout", "broken", "circle", "address",
    "elsewhere", "page", "no-page",
    "status", "wait", "resolver", "unreachable", "private",
]  # fmt: skip
"""The reasons: of what is dead, of what is suspicious or of another type, and of what cannot be told today."""
WHY: tuple[Why, ...] = get_args(Why)
UNANSWERED: tuple[Why, ...] = ("dns", "refused", "timeout", "resolver", "unreachable", "private", "address")
"""Reasons for which nobody at all may have answered: perhaps it is this machine that is cut off."""


@dataclass(frozen=True)
class Finding:
    """One address and what came of asking for it."""

    url: str
    kind: Kind
    why: Why | None = None
    status: int = 0
    """What the server said, 0 where none answered."""
    to: str = ""
    """Where it leads instead: for good where it has moved, else for now; "" where it leads nowhere else."""
    type: str = ""
    """Of what is there now, such as "application/pdf"."""
    day: str = ""
    """When that was: "2026-11-27"."""

    @property
    def answered(self) -> bool:
        """Whether anybody answered."""
        return self.why not in UNANSWERED


class Unreached(Exception):
    """No answer can be had; `why` has the reason."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)
