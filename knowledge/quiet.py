"""Hours in which a person wants no notices: "ikke mellem 18 og 8", "only between 8 and 4 pm", "hele døgnet"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.message import Message

KEPT = "x"
"""Stands for an hour that the message does not tell."""
HOUR = re.compile(r"(\d{1,2})(?:[.:]\d\d)?(am|pm)?")
MINUTES = re.compile(r"00|15|30|45")
HALVES = ("am", "pm")
SHORT = 7
"""Words that a message may have in which hours alone show that notices are meant."""


def quiet_hours(message: Message) -> str:
    """ "quiet-18-8": no notices from the one hour until the other; the same hour twice: at any hour they may come.

    KEPT stands for an hour that is as it was, or as usual. "" where the message tells nothing of it.
    """
    if message.has("any_hour") and _of_notices(message):
        return "quiet-x-x" if message.has("not") else "quiet-0-0"
    for start, begin, end in _spans(message):
        if _of_notices(message) or len(message.reading.tokens) <= SHORT:
            before = _last_before(start, message)
            if before in ("not", "quiet"):
                return f"quiet-{begin}-{end}"
            if before == "only" or message.has("subscribe_cue"):
                return f"quiet-{end}-{begin}"
    if message.has("night") and _of_notices(message):
        return "quiet-x-x" if message.has("not", "unsubscribe_cue") else "quiet-0-0"
    short = len(message.reading.tokens) <= SHORT
    if message.has("not") and (_of_notices(message) or (short and message.has("clock"))):
        hours = dict(_hours(message))
        for name, aspect in (("before", "quiet-x-{}"), ("after", "quiet-{}-x")):
            behind = [place + step for place in message.places_of(name) for step in (1, 2) if place + step in hours]
            if behind:
                return aspect.format(hours[behind[0]])
    return "quiet-0-0" if short and message.has("quiet") and message.has("no", "off") else ""


def _of_notices(message: Message) -> bool:
    return message.has("subscribe_cue", "unsubscribe_cue", "quiet", "writing")


def _last_before(start: int, message: Message) -> str:
    """Which of the words that turn a span of hours stands nearest before it, else anywhere."""
    found = {place: name for name in ("quiet", "only", "not") for place in message.places_of(name)}
    nearest = [place for place in found if place < start] or list(found)
    return found[max(nearest)] if nearest else ""


def _spans(message: Message) -> Iterator[tuple[int, int, int]]:
    """(place, hour, hour) of "mellem 18 og 8", "fra kl. 18.00 til 8", "18-8"."""
    hours = list(_hours(message))
    between = {place for name in ("clock", "until") for place in message.places_of(name)}
    tokens = message.reading.tokens
    for (first, begin), (second, end) in pairwise(hours):
        gap = [one for one in range(first + 1, second) if tokens[one].folded not in HALVES]
        joined = all(one in between or MINUTES.fullmatch(tokens[one].folded) for one in gap)
        begins = {place + step for place in message.places_of("span") for step in (1, 2)}
        if joined and begin != end and (first in begins or message.has("quiet")):
            yield first, begin, end


def _hours(message: Message) -> Iterator[tuple[int, int]]:
    """(place, hour of the day) of all that can be one; 24 is 0."""
    tokens, numbers, until = message.reading.tokens, message.operators.numbers, message.places_of("until")
    for place, token in enumerate(tokens):
        following = tokens[place + 1].folded if place + 1 < len(tokens) else ""
        if match := HOUR.fullmatch(token.folded):
            if place and MINUTES.fullmatch(token.folded) and HOUR.fullmatch(tokens[place - 1].folded):
                continue  # the minutes of "8:30"
            hour, half = int(match[1]), match[2] or following
        elif place in until:
            continue  # "to" is two in Danish
        elif word := next((one for one in message.reading.stems[place] if one in numbers), ""):
            hour, half = numbers[word], following
        else:
            continue
        if half in HALVES and hour <= 12:
            hour = hour % 12 + 12 * (half == "pm")
        if hour <= 24:
            yield place, hour % 24
