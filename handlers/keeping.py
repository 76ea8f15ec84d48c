"""What the settings say of how people's data are kept: handlers tell it, the store does it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keeping:
    """How chats are kept. The defaults are those of a program that keeps nothing once it has ended."""

    stored: bool = False
    """Whether chats are written to a store; else they are held in memory alone."""
    operator: str = ""
    """Who runs the bot and how to reach them, in their own words; "": they did not say."""
    days: int = 0
    """Days without a sign of life after which a chat is erased; 0: never."""
    unanswered_days: int = 0
    """Days for which questions without an answer are kept, masked and without any id; 0: they are not kept."""
    judged: bool = False
    """Whether people can say of an answer that it helped, or did not."""
    invites: bool = False
    """Whether people are let in by a code, and that is kept of them."""


NOTHING_STORED = Keeping()
