"""What a channel must offer so that notices can be sent through it, and how it says what became of one."""

from typing import Protocol

from handlers.reply import Reply


class NotSent(Exception):
    """A reply did not reach its chat; the text is the kind of fault, and has nothing of the chat or the reply.

    Of this class itself: it may do so later (no network, the other side is out of order).
    """


class Refused(NotSent):
    """The other side does not take this reply, and hardly will later."""


class Unreachable(NotSent):
    """The chat has shut the bot out, or there is no such chat."""


class Wait(NotSent):
    """Nothing may be sent by this channel for so long."""

    def __init__(self, kind: str, seconds: float) -> None:
        super().__init__(kind)
        self.seconds = seconds


class Moved(NotSent):
    """The chat has another name now."""

    def __init__(self, kind: str, chat: str) -> None:
        super().__init__(kind)
        self.chat = chat


class Sender(Protocol):
    """A channel that can speak first."""

    name: str
    """As `Incoming.channel` has it."""

    async def send(self, chat: str, reply: Reply, topic: int = 0) -> None:
        """Sends the reply, once, in a topic of the chat if it has any.

        Raises NotSent, at once: waiting and sending again is left to the caller.
        """


class Service(Protocol):
    """What runs for as long as the program does, beside the others in one event loop."""

    def start(self) -> None:
        """Begins; needs a running loop."""

    async def stop(self) -> None:
        """Finishes what was begun. Can be called twice, and without a start."""
