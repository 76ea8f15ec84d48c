"""The one road of all channels: what came in -> what is kept of the chat -> the dialogue's answer -> that kept, too."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from time import monotonic, perf_counter

from bot.failure import denied_reply, unkept_reply
from bot.judging import Judgement, Judging, thanks
from bot.metrics import count_answer
from bot.store import Store
from bot.store_database import StoreError
from bot.store_turns import NOTHING_REMEMBERED, Remembered
from bot.unanswered import kept_form
from handlers.dialogue import Dialogue
from handlers.memory import Change, Subscribe
from handlers.reply import Reply
from handlers.session import Session

REMEMBERED_CHATS = 10_000
"""How many chats' sessions are held in memory; the one silent for longest is forgotten first."""
TRIES = 10
"""How often a turn is answered again because another turn of the chat was saved meanwhile."""
REST_SECONDS = 10.0
"""After the store has failed, turns do without it for so long, for each would wait for the same failure."""
MY_DATA = "my_data"
SPEAK_OF_WHAT_IS_KEPT = frozenset({"subscribe", "unsubscribe", "subscriptions", MY_DATA, "erase"})
"""Intents whose answer would be wrong while nobody knows what is kept."""

UNANSWERED = ("unknown", "unknown")
"""Status and intent of the answer to a question that was not understood."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Incoming:
    """One turn of a person: a text they wrote, or the action of a button they pressed."""

    channel: str
    chat: str
    text: str = ""
    action: str = ""
    language: str = ""
    """What the channel says of the person's language ("da", "en", or a code that the bot lacks); a hint."""
    spoken: str = ""
    """The language around the field or the button that was used, where a channel has several side by side."""
    topic: int = 0
    """The topic of the chat, where it has any."""
    may_change: Callable[[], Awaitable[bool]] | None = None
    """Asked before anything that is kept of the chat is changed, beside its session; None: whoever it is, may."""


class Conversation:
    """Answers turns. What is kept of a chat is in the store; without one, sessions are held in memory.

    While the store fails, sessions are held in memory as well and questions are answered; the log is told once.
    """

    def __init__(self, dialogue: Dialogue, store: Store | None = None) -> None:
        self.dialogue = dialogue
        self.store = store
        self._sessions: OrderedDict[tuple[str, str], Session] = OrderedDict()
        """Those that are not in the store."""
        self._judging = Judging()
        self._failing = False
        self._rests_until = 0.0

    async def take(self, incoming: Incoming) -> Reply:
        """The reply to one turn; the session is the new one, and changes are made, when this returns.

        When it raises, everything is as before.
        """
        start = perf_counter()
        reply = await self._take(incoming)
        seconds = perf_counter() - start
        count_answer(incoming.channel, reply.about, seconds)
        told = {"channel": incoming.channel, "status": reply.about.status, "intent": reply.about.intent}
        fields = {**told, "language": reply.language, "took_ms": round(seconds * 1000, 1)}
        log.info("%s", " ".join(f"{name}={value}" for name, value in fields.items()), extra={"fields": fields})
        return reply

    async def _take(self, incoming: Incoming) -> Reply:
        if judgement := self._judging.read(incoming.action):
            return await self._judge(judgement)
        for _ in range(TRIES):
            before = await self._load(incoming)
            reply, session = self._answer(incoming, before or NOTHING_REMEMBERED)
            if before and reply.about.intent == MY_DATA:
                before = await self._load(incoming, counted=True)
                reply, session = self._answer(incoming, before or NOTHING_REMEMBERED)
            if reply.changes and incoming.may_change and not await incoming.may_change():
                return denied_reply(reply.language)
            saved = await self._save(incoming, before, session, reply) if before else None
            if saved:
                await self._keep_unanswered(incoming, reply)
                return self._to_be_judged(incoming, reply)
            if saved is None:
                break
        # Nothing was kept. A reply that says otherwise, or that would have to know what was kept, must not be given.
        if reply.changes or (self.store and before is None and reply.about.intent in SPEAK_OF_WHAT_IS_KEPT):
            return unkept_reply(reply.language, for_now=self.store is not None)
        self._hold(incoming, session)
        return reply

    async def language_of(self, channel: str, chat: str) -> str:
        """The language of a chat's last answer, "" where that is not known; nothing is changed."""
        asked = Incoming(channel, chat)
        session = self._sessions.get(_chat(asked))
        if session is None:
            before = await self._load(asked)
            session = before.session if before else None
        return session.language if session else ""

    async def close(self) -> None:
        """Lets the store go."""
        if self.store:
            await self.store.close()

    def _answer(self, incoming: Incoming, before: Remembered) -> tuple[Reply, Session]:
        # What is held in memory could not be saved, so it is the newer one.
        session = self._sessions.get(_chat(incoming)) or before.session or Session(language=incoming.language)
        if incoming.spoken:
            session = replace(session, language=incoming.spoken)
        if incoming.action:
            return self.dialogue.act(incoming.action, session, before.kept)
        return self.dialogue.answer(incoming.text, session, kept=before.kept)

    async def _load(self, incoming: Incoming, counted: bool = False) -> Remembered | None:
        """None: out of reach."""
        if self.store is None or monotonic() < self._rests_until:
            return None
        try:
            return await self.store.load(incoming.channel, incoming.chat, counted)
        except StoreError as error:
            self._fails(error)
            return None

    async def _save(self, incoming: Incoming, before: Remembered, session: Session, reply: Reply) -> bool | None:
        """False: another turn was quicker; None: out of reach."""
        if self.store is None:
            return None
        changes = _placed(reply.changes, incoming.topic)
        try:
            saved = await self.store.save(incoming.channel, incoming.chat, before.version, session, changes)
        except StoreError as error:
            self._fails(error)
            return None
        if saved:
            self._sessions.pop(_chat(incoming), None)
        if self._failing:
            self._failing = False
            log.warning("the store works again")
        return saved

    async def _keep_unanswered(self, incoming: Incoming, reply: Reply) -> None:
        """Keeps a question that was not understood, masked, where the operator wants it."""
        not_understood = (reply.about.status, reply.about.intent) == UNANSWERED and not incoming.action
        if not (self.store and not_understood and self.dialogue.keeping.unanswered_days):
            return
        try:
            await self.store.questions.keep(kept_form(incoming.text), reply.language)
        except StoreError as error:
            self._fails(error)

    def _to_be_judged(self, incoming: Incoming, reply: Reply) -> Reply:
        """The reply with the buttons that judge it, where the operator wants to know."""
        keeping = self.dialogue.keeping
        if not keeping.judged:
            return reply
        asked = incoming.text if keeping.unanswered_days and not incoming.action else ""
        return self._judging.offer(reply, asked)

    async def _judge(self, judgement: Judgement) -> Reply:
        """Counts what somebody thinks of an answer; the same answer once."""
        if self.store is None:
            return unkept_reply(judgement.language, for_now=False)
        # A button can be older than the operator's choice to ask for it, or to keep questions.
        keeping = self.dialogue.keeping
        if keeping.judged and not judgement.again:
            text = judgement.text if keeping.unanswered_days and not judgement.helped else ""
            try:
                await self.store.questions.judge(judgement.intent, judgement.helped, text, judgement.language)
            except StoreError as error:
                self._fails(error)
                return unkept_reply(judgement.language, for_now=True)
            self._judging.settle(judgement)
        return thanks(judgement)

    def _hold(self, incoming: Incoming, session: Session) -> None:
        self._sessions[_chat(incoming)] = session
        self._sessions.move_to_end(_chat(incoming))
        while len(self._sessions) > REMEMBERED_CHATS:
            self._sessions.popitem(last=False)

    def _fails(self, error: StoreError) -> None:
        self._rests_until = monotonic() + REST_SECONDS
        if not self._failing:
            self._failing = True
            log.error("%s; until that is put right, questions are answered but nothing is kept", error)


def _placed(changes: Iterable[Change], topic: int) -> tuple[Change, ...]:
    """The changes, with what is subscribed to told in the topic where that was asked for."""
    return tuple(
        Subscribe(replace(one.subscription, topic=topic)) if isinstance(one, Subscribe) else one for one in changes
    )


def _chat(incoming: Incoming) -> tuple[str, str]:
    return incoming.channel, incoming.chat
