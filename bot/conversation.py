"""The one road of all channels: what came in -> the chat's session -> the dialogue's answer -> the session kept."""

from collections import OrderedDict
from dataclasses import dataclass

from handlers.dialogue import Dialogue
from handlers.reply import Reply
from handlers.session import Session

REMEMBERED_CHATS = 10_000
"""How many chats' sessions are held in memory; the one silent for longest is forgotten first."""


@dataclass(frozen=True)
class Incoming:
    """One turn of a person: a text they wrote, or the action of a button they pressed."""

    channel: str
    chat: str
    text: str = ""
    action: str = ""
    language: str = ""
    """What the channel says of the person's language ("da", "en", or a code that the bot lacks); a hint."""


class Conversation:
    """Answers turns. Sessions are held in memory, and a restart forgets them."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue
        self._sessions: OrderedDict[tuple[str, str], Session] = OrderedDict()

    def take(self, incoming: Incoming) -> Reply:
        """The reply to one turn; the chat's session is the new one when this returns, the old one when it raises."""
        key = (incoming.channel, incoming.chat)
        session = self._sessions.get(key) or Session(language=incoming.language)
        if incoming.action:
            reply, session = self.dialogue.act(incoming.action, session)
        else:
            reply, session = self.dialogue.answer(incoming.text, session)
        self._sessions[key] = session
        self._sessions.move_to_end(key)
        while len(self._sessions) > REMEMBERED_CHATS:
            self._sessions.popitem(last=False)
        return reply
