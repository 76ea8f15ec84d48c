"""Quiet hours: when no notice comes that comes at once otherwise; those of the person, so of all subscriptions."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.actions import encode
from handlers.memory import Rhythm
from handlers.reply import Button
from handlers.turn import Turn
from knowledge.query import Query
from knowledge.quiet import KEPT

USUAL = Rhythm()


def rested(aspect: str, rhythm: Rhythm) -> Rhythm:
    """The rhythm with the quiet hours of "quiet-18-8"; an hour that is not told stays, or is the usual one."""
    _, told, hours = aspect.partition("quiet-")
    if not told:
        return rhythm
    kept = rhythm if rhythm.quiet_from != rhythm.quiet_until else USUAL
    begin, end = hours.split("-")
    return replace(
        rhythm,
        quiet_from=kept.quiet_from if begin == KEPT else int(begin),
        quiet_until=kept.quiet_until if end == KEPT else int(end),
    )


def told(turn: Turn, rhythms: Iterable[Rhythm]) -> list[str]:
    """A sentence for each kind of quiet hours; of digests they are not, for those come when they are wanted."""
    hours = dict.fromkeys((one.quiet_from, one.quiet_until) for one in rhythms if one.kind == "now")
    return [
        turn.say("subscribed-quiet", begin=str(begin), end=str(end)) if begin != end else turn.say("quiet-none")
        for begin, end in hours
    ]


def other_hours(turn: Turn, rhythms: Iterable[Rhythm], intent: str = "subscribe") -> tuple[Button, ...]:
    """The tap that does without quiet hours, or brings the usual ones back; none where nothing comes at once."""
    at_once = [one for one in rhythms if one.kind == "now"]
    if not at_once:
        return ()
    if any(one.quiet_from != one.quiet_until for one in at_once):
        return (Button(turn.say("any-hour"), encode(Query(intent, aspect="quiet-0-0"))),)
    begin, end = USUAL.quiet_from, USUAL.quiet_until
    label = turn.say("rest", begin=str(begin), end=str(end))
    return (Button(label, encode(Query(intent, aspect=f"quiet-{begin}-{end}"))),)
