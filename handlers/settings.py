"""What a person can set: the language, and how often and when all their notices come; each choice is a button."""

from dataclasses import replace

from handlers import resting
from handlers.actions import encode
from handlers.memory import Subscribe, Subscription
from handlers.parts import about, paragraph, point, reply
from handlers.reply import Block, Bullets, Button, Reply
from handlers.scopes import aspect_of, rhythm_name, rhythm_of
from handlers.subscriptions import RHYTHMS
from handlers.texts import say
from handlers.turn import Turn
from handlers.typed import means
from knowledge.model import LANGUAGES
from knowledge.query import Query


def settings(turn: Turn) -> Reply:
    """How it is set, after what the query changes, and a button for each other choice.

    The language of the turn is the one that was chosen, if one was.
    """
    aspect = turn.query.aspect
    rhythm = "" if aspect in LANGUAGES else aspect
    before = turn.kept.subscriptions
    now = tuple(_set(one, rhythm) for one in before) if rhythm else before
    changes = tuple(Subscribe(one) for one in now if one not in before)
    points = [point(turn.say("settings-language"), turn.say(f"my-data-language-{turn.language}"), ".")]
    if turn.keeping.stored:
        points.append(point(turn.say("settings-notices"), _notices(turn, now)))
    blocks: list[Block] = [
        paragraph(turn.say("settings-changed" if changes or aspect in LANGUAGES else "settings")),
        Bullets(tuple(points)),
        paragraph(" ".join((turn.say("settings-how"), *([turn.say("settings-each")] if now else [])))),
    ]
    buttons = [*_languages(turn), *(_rhythms(turn, now) if now else ())]
    if turn.keeping.stored:
        buttons.append(Button(turn.say("ask-subscriptions"), encode(Query("subscriptions"))))
    return replace(reply(turn, blocks, about(turn), (), tuple(buttons)), changes=changes)


def _set(one: Subscription, aspect: str) -> Subscription:
    return replace(one, rhythm=resting.rested(aspect, rhythm_of(aspect, one.rhythm)))


def _notices(turn: Turn, subscriptions: tuple[Subscription, ...]) -> str:
    if not subscriptions:
        return turn.say("settings-no-notices")
    rhythms = [one.rhythm for one in subscriptions]
    names = dict.fromkeys(rhythm_name(turn.language, one) for one in rhythms)
    told = turn.say("settings-rhythm", count=len(subscriptions), rhythm=turn.listed(list(names)))
    return " ".join((told, *resting.told(turn, rhythms)))


def _languages(turn: Turn) -> list[Button]:
    """The other languages, each in its own words: whoever cannot read this one finds theirs."""
    return [
        Button(say(one, "settings-speak"), encode(Query("settings", aspect=one)), in_place=True)
        for one in LANGUAGES
        if one != turn.language
    ]


def _rhythms(turn: Turn, subscriptions: tuple[Subscription, ...]) -> list[Button]:
    """What is not so for all of them already."""
    rhythms = [one.rhythm for one in subscriptions]
    had = {rhythm_name(turn.language, one) for one in rhythms}
    buttons = [
        Button(turn.say("settings-all", rhythm=name), encode(Query("settings", aspect=aspect_of(one))), in_place=True)
        for one in RHYTHMS
        if {name := rhythm_name(turn.language, one)} != had
    ]
    return [*buttons, *(replace(one, in_place=True) for one in resting.other_hours(turn, rhythms, "settings"))]


def settings_asked(text: str) -> Query | None:
    """The query of a text that asks for nothing but the settings."""
    return Query("settings") if means(text, "settings") else None
