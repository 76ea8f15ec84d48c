"""What a person reads when the program itself fails: one plain sentence; the traceback goes to the log."""

from handlers.reply import About, Paragraph, Reply, Span
from handlers.texts import say


def failure_reply(language: str) -> Reply:
    """A reply with status "unknown" and intent "failure"; in Danish where `language` is not one that the bot speaks."""
    spoken = "en" if language == "en" else "da"
    return Reply(spoken, (Paragraph((Span(say(spoken, "failure")),)),), About("unknown", "failure", confidence=0.0))
