"""What is kept of a chat, told and handed over, and its erasing - which is asked for twice and done at once."""

import json
from dataclasses import replace

from handlers.actions import encode
from handlers.memory import Erase
from handlers.parts import about, paragraph, reply
from handlers.reply import Bullets, Button, File, Reply, Span
from handlers.session import Session
from handlers.turn import Turn
from handlers.typed import means
from handlers.welcome import examples
from knowledge.query import Query

FILE_NAME = "vejviser-data.json"


def privacy(turn: Turn) -> Reply:
    """What is kept, why, how long and by whom."""
    keeping = turn.keeping
    operator = (
        turn.say("privacy-operator", operator=keeping.operator) if keeping.operator else turn.say("privacy-no-operator")
    )
    whose = paragraph(operator), paragraph(turn.say("privacy-channel"))
    if not keeping.stored:
        return reply(turn, (paragraph(turn.say("privacy-memory")), *whose), about(turn), (), (), examples(turn))
    kept = [turn.say(f"privacy-{one}") for one in ("address", "session", "waiting", "subscriptions", "times")]
    kept += [turn.say("privacy-admitted")] if keeping.invites else []
    if not keeping.unanswered_days:
        words = turn.say("privacy-not-kept")
    elif keeping.judged:
        words = turn.say("privacy-unanswered-judged", days=keeping.unanswered_days)
    else:
        words = turn.say("privacy-unanswered", days=keeping.unanswered_days)
    until = turn.say("privacy-days", days=keeping.days) if keeping.days else turn.say("privacy-until-erased")
    blocks = (
        paragraph(turn.say("privacy-head")),
        Bullets(tuple((Span(one),) for one in kept)),
        paragraph(words),
        *((paragraph(turn.say("privacy-judged")),) if keeping.judged else ()),
        paragraph(until),
        *whose,
    )
    buttons = Button(turn.say("privacy-show"), encode(Query("my_data"))), _erase_button(turn)
    return reply(turn, blocks, about(turn), (), buttons)


def my_data(turn: Turn) -> Reply:
    """Everything that is kept of the chat, as a JSON file, and in a line what that is."""
    session, kept = turn.session, turn.kept
    if not turn.keeping.stored:
        return reply(turn, (paragraph(turn.say("my-data-memory")),), about(turn), (), (), examples(turn))
    content = {
        "chat_address": turn.say("my-data-address"),
        "session": session.to_dict(),
        "subscriptions": [one.to_dict() for one in kept.subscriptions],
        "since": kept.since.isoformat() if kept.since else None,
        "active": kept.active.isoformat() if kept.active else None,
        "paused": kept.paused.isoformat() if kept.paused else None,
        "waiting": kept.waiting,
        "admitted": kept.admitted.isoformat() if kept.admitted else None,
    }
    file = File(FILE_NAME, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
    return replace(reply(turn, (paragraph(_summary(turn)),), about(turn), (), (_erase_button(turn),)), file=file)


def erase(turn: Turn) -> Reply:
    """Asks once; after a yes to that, everything goes. A yes out of nowhere, as in a link, is asked back, too."""
    if not turn.keeping.stored:
        return reply(turn, (paragraph(turn.say("erase-memory")),), about(turn), (), (), examples(turn))
    if turn.query.aspect == "no":
        return reply(turn, (paragraph(turn.say("erase-kept")),), about(turn), (), (), examples(turn))
    if not asks_to_erase(turn):
        return replace(reply(turn, (paragraph(turn.say("erase-done")),), about(turn)), changes=(Erase(),))
    text = turn.say("erase-ask", count=len(turn.kept.subscriptions))
    if turn.kept.admitted:
        text = f"{text} {turn.say('erase-admitted')}"
    buttons = (
        Button(turn.say("erase-yes"), encode(Query("erase", aspect="yes"))),
        Button(turn.say("erase-no"), encode(Query("erase", aspect="no"))),
    )
    return reply(turn, (paragraph(text),), about(turn), (), buttons)


def asks_to_erase(turn: Turn) -> bool:
    """Whether the reply to the turn asks for a yes."""
    confirmed = turn.query.aspect == "yes" and turn.session.pending == "erase"
    return turn.keeping.stored and turn.query.aspect != "no" and not confirmed


def confirmation(text: str, session: Session) -> Query | None:
    """What a text means to somebody who was asked whether to erase; None: it is a question like any."""
    if session.pending != "erase":
        return None
    return next((Query("erase", aspect=one) for one in ("yes", "no") if means(text, one)), None)


def _erase_button(turn: Turn) -> Button:
    return Button(turn.say("erase-yes"), encode(Query("erase")))


def _summary(turn: Turn) -> str:
    session, kept = turn.session, turn.kept
    parts = []
    if kept.since and session.language:
        parts.append(turn.say("my-data-language", name=turn.say(f"my-data-language-{_known(session.language)}")))
    if session.subject.query:
        parts.append(turn.say("my-data-subject"))
    if session.tour.step:
        parts.append(turn.say("my-data-tour"))
    if kept.subscriptions:
        parts.append(turn.say("my-data-subscriptions", count=len(kept.subscriptions)))
    if kept.since:
        parts.append(turn.say("my-data-times"))
    if kept.admitted:
        parts.append(turn.say("my-data-admitted"))
    return turn.say("my-data", parts=turn.listed(parts)) if parts else turn.say("my-data-nothing")


def _known(language: str) -> str:
    return "en" if language == "en" else "da"
