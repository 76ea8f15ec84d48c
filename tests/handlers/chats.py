"""A chat that is remembered, without a store: what a reply changes is kept as the store would keep it."""

from dataclasses import replace

from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from handlers.memory import Change, Kept, Subscribe, Subscription, Unsubscribe
from handlers.reply import Reply, reply_text
from handlers.session import Session


def remembering(dialogue: Dialogue) -> Dialogue:
    """The same dialogue where chats are stored, so that subscriptions can be kept."""
    return Dialogue(dialogue.library, dialogue.understander, dialogue.today, Keeping(stored=True))


def after(kept: Kept, changes: tuple[Change, ...]) -> Kept:
    """What is kept once the changes are made: one subscription a scope, everything first."""
    found = {one.scope: one for one in kept.subscriptions}
    for change in changes:
        match change:
            case Subscribe(subscription):
                found[subscription.scope] = subscription
            case Unsubscribe(None):
                found.clear()
            case Unsubscribe(scope) if scope:
                found.pop(scope, None)
    return replace(kept, subscriptions=tuple(found[scope] for scope in sorted(found)))


class RememberedChat:
    """Somebody who writes and presses."""

    def __init__(self, dialogue: Dialogue, language: str = "da", subscriptions: tuple[Subscription, ...] = ()) -> None:
        self.dialogue = remembering(dialogue)
        self.session = Session(language)
        self.kept = after(Kept(), tuple(Subscribe(one) for one in subscriptions))
        self.reply: Reply | None = None

    def say(self, text: str) -> str:
        """Writes; the words of the answer."""
        reply, self.session = self.dialogue.answer(text, self.session, kept=self.kept)
        return self._took(reply)

    def press(self, label: str) -> str:
        """Presses a button of the last answer; the words of the next."""
        assert self.reply
        actions = {one.label: one.action for one in (*self.reply.buttons, *self.reply.suggestions)}
        assert label in actions, f"no {label!r} among {list(actions)}"
        return self.act(actions[label])

    def act(self, action: str) -> str:
        """A pressed button of any age."""
        reply, self.session = self.dialogue.act(action, self.session, self.kept)
        return self._took(reply)

    @property
    def labels(self) -> list[str]:
        """The buttons of the last answer."""
        return [one.label for one in self.reply.buttons] if self.reply else []

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """What is kept."""
        return self.kept.subscriptions

    def _took(self, reply: Reply) -> str:
        # A turn that is answered again on the newer state must come to the same.
        assert after(after(self.kept, reply.changes), reply.changes) == after(self.kept, reply.changes)
        self.reply = reply
        self.kept = after(self.kept, reply.changes)
        return reply_text(reply)
