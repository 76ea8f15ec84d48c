"""`vejviser ask`: questions in, answers out as text or JSON, as the answer contract promises to other programs."""

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from bot.channels.streams import columns, is_terminal, standard_input, write
from bot.channels.terminal_view import Look
from bot.failure import failure_reply, where
from handlers.dialogue import Dialogue
from handlers.reply import Reply, reply_text
from handlers.session import Session
from handlers.texts import say

log = logging.getLogger(__name__)

# Valid in JSON, but some readers take them for line ends, and a terminal for commands.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Answer:
    """One question as received, the reply to it, and how long that took in milliseconds."""

    question: str
    reply: Reply
    took_ms: float


def ask(dialogue: Dialogue, words: list[str], language: str = "", look: Look | None = None) -> None:
    """Answers the question in `words`, or without any the lines of standard input, on standard output.

    `look` makes the text; None: one line of JSON for each answer. `language` "": the question's own.
    """
    if not words and is_terminal(sys.stdin):
        sys.stderr.write(say(language or "da", "ask-hint") + "\n")
    questions = [" ".join(words)] if words else standard_input()
    for number, answer in enumerate(answers(dialogue, questions, language, separated=not words)):
        if look is None:
            sys.stdout.buffer.write(json_line(answer))
            sys.stdout.buffer.flush()
        else:
            write(("\n" if number else "") + look(answer.reply, columns(), 0))


def answers(
    dialogue: Dialogue, questions: Iterable[str], language: str = "", separated: bool = True
) -> Iterator[Answer]:
    """One answer a question, in order, each as soon as its question is there.

    Where `separated`, an empty question is none: it gets no answer and begins a new conversation.
    """
    session = Session()
    for question in questions:
        if separated and not question:
            session = Session()
            continue
        start = perf_counter()
        reply, session = _reply(dialogue, question, session, language)
        yield Answer(question, reply, (perf_counter() - start) * 1000)


def _reply(dialogue: Dialogue, question: str, session: Session, language: str) -> tuple[Reply, Session]:
    try:
        return dialogue.answer(question, session, language)
    except Exception as fault:
        # Whoever reads the answers counts on one for each question, even for the one that we stumble over. An
        # exception's own text may quote the question, and the page's log must not.
        log.error("no answer: %s at %s", type(fault).__name__, where(fault))
        return failure_reply(language or session.language), session


def fields(answer: Answer) -> dict[str, Any]:
    """The answer as the contract's JSON object, in the order of its table."""
    reply, about = answer.reply, answer.reply.about
    return {
        "question": answer.question,
        "language": reply.language,
        "status": about.status,
        "intent": about.intent,
        "confidence": about.confidence,
        "municipalities": about.municipalities,
        "strategies": about.strategies,
        "themes": about.themes,
        "initiatives": about.initiatives,
        "documents": about.documents,
        "text": reply_text(reply),
        "links": [{"title": link.title, "url": link.url, "kind": link.kind} for link in reply.links],
        "suggestions": [suggestion.label for suggestion in reply.suggestions],
        "took_ms": round(answer.took_ms, 3),
    }


def json_line(answer: Answer) -> bytes:
    """The answer's JSON object as one line of valid UTF-8; lone surrogates and odd line ends stand escaped in it."""
    text = json.dumps(fields(answer), ensure_ascii=False)
    text = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    # All surrogates stand within JSON strings, where Python's escape for them is JSON's as well.
    return text.encode("utf-8", "backslashreplace") + b"\n"
