"""What a person reads when the program or its store fails: one plain sentence; the rest goes to the log."""

import traceback
from dataclasses import replace

from handlers.reply import About, Paragraph, Reply, Span
from handlers.texts import say

DENIED = "denied"
"""Intent of the answer to a turn that was refused."""


def failure_reply(language: str) -> Reply:
    """A reply with status "unknown" and intent "failure"; in Danish where `language` is not one that the bot speaks."""
    spoken = "en" if language == "en" else "da"
    return _reply(spoken, say(spoken, "failure"))


def unkept_reply(language: str, for_now: bool) -> Reply:
    """The same where what was asked needs the store, which cannot be had for now, or at all."""
    return _reply(language, say(language, "failure-unkept" if for_now else "failure-never-kept"))


def denied_reply(language: str) -> Reply:
    """The same where what was asked is for others to decide; its intent is "denied"."""
    reply = _reply(language, say(language, "failure-denied"))
    return replace(reply, about=replace(reply.about, intent=DENIED))


def _reply(language: str, text: str) -> Reply:
    return Reply(language, (Paragraph((Span(text),)),), About("unknown", "failure", confidence=0.0))


def where(fault: BaseException) -> str:
    """ "knowledge/library.py:12 < handlers/dialogue.py:40": the way to the fault, innermost first, no words of it."""
    frames = traceback.extract_tb(fault.__traceback__)[-4:]
    return " < ".join(f"{'/'.join(one.filename.split('/')[-2:])}:{one.lineno}" for one in reversed(frames)) or "?"
