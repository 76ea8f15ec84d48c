"""The two buttons under an answer, "that helped" and "that did not help", and what pressing one means."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace

from bot.unanswered import kept_form
from handlers.dialogue import HANDLERS
from handlers.reply import About, Button, Paragraph, Reply, Span
from handlers.texts import say
from knowledge.model import LANGUAGES

VERB = "judge"
THANKED = "judged"
"""The intent of the reply to such a button."""
NOT_JUDGED = frozenset(
    {"greeting", "thanks", "goodbye", "how_are_you", "praise", "complaint", "identity", "help", "switch_language",
     "elsewhere", "subscribe", "unsubscribe", "subscriptions", "settings", "tour", "privacy", "my_data",
     "erase", "gone"}
)  # fmt: skip
"""Answers that tell nothing of the base, so that nothing of it could be put right."""
HELD = 2_000
"""Of so many answers the latest can still be judged with the question's words; of older ones only by their kind."""


@dataclass(frozen=True)
class Judgement:
    """What a pressed button says of an answer."""

    intent: str
    helped: bool
    language: str
    text: str = ""
    """The question, masked; "": it is not known, or not to be kept."""
    mark: str = ""
    """Of the answer."""
    again: bool = False
    """The answer was judged before."""


class Judging:
    """Puts the buttons under answers and reads them when they are pressed.

    A question's words are held in memory, masked, until then: what helped, and what nobody judges, is never written.
    The button itself says language and kind of question, so it counts after a restart, and in another process.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, str | None] = OrderedDict()
        """Mark of an answer -> the question, masked; None: it was judged."""

    def offer(self, reply: Reply, text: str) -> Reply:
        """The reply with the two buttons, where it is one to judge. `text`: the question, "" if not to be kept."""
        intent = reply.about.intent
        if reply.about.status != "answered" or reply.changes or intent in NOT_JUDGED or intent not in HANDLERS:
            return reply
        mark = secrets.token_hex(6)
        self._hold(mark, kept_form(text))
        buttons = [
            Button(say(reply.language, f"judge-{one}"), "_".join((VERB, one, reply.language, mark, intent)))
            for one in ("yes", "no")
        ]
        return replace(reply, judge=tuple(buttons))

    def read(self, action: str) -> Judgement | None:
        """What pressing the button with this action says; None: it is another button."""
        verb, _, rest = action.partition("_")
        parts = rest.split("_", 3)
        if verb != VERB or len(parts) < 4:
            return None
        one, language, mark, intent = parts
        if one not in ("yes", "no") or language not in LANGUAGES or intent not in HANDLERS or intent in NOT_JUDGED:
            return None
        text = self._held.get(mark, "")
        return Judgement(intent, one == "yes", language, text or "", mark, again=text is None)

    def settle(self, judgement: Judgement) -> None:
        """The judgement was counted: pressed again, the buttons only thank."""
        self._hold(judgement.mark, None)

    def _hold(self, mark: str, text: str | None) -> None:
        self._held[mark] = text
        self._held.move_to_end(mark)
        while len(self._held) > HELD:
            self._held.popitem(last=False)


def thanks(judgement: Judgement) -> Reply:
    """One line of thanks."""
    language = judgement.language
    if judgement.again:
        line = say(language, "judge-thanks-again")
    else:
        line = say(language, "judge-thanks-yes") if judgement.helped else say(language, "judge-thanks-no")
    return Reply(language, (Paragraph((Span(line),)),), About("answered", THANKED))
