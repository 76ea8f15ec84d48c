"""When a notice is due: the moments that a rhythm allows, by the clock in Denmark, in summer and in winter time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.memory import WORKING_DAYS, Rhythm

DENMARK = ZoneInfo("Europe/Copenhagen")
WEEK = 7


def due(rhythm: Rhythm, moment: datetime) -> datetime:
    """The first moment at or after `moment` at which the rhythm allows a notice. Both are aware, the answer is UTC.

    At once: outside the quiet hours this very moment, else when they end. Daily and weekly: the next working day, or
    the next such weekday, at the hour - a person who wants a digest at six in the morning has said so, and quiet
    hours do not move it.
    """
    moment = moment.astimezone(UTC)
    if rhythm.kind == "now":
        return moment if not quiet(rhythm, moment) else next(_ends(rhythm, moment))
    days = WORKING_DAYS if rhythm.kind == "daily" else (rhythm.weekday,)
    return next(one for day in _days(moment) if day.weekday() in days and (one := _at(day, rhythm.hour)) >= moment)


def quiet(rhythm: Rhythm, moment: datetime) -> bool:
    """Whether the moment is in the quiet hours; those may go over midnight, and the same hour twice is none."""
    start, end, hour = rhythm.quiet_from, rhythm.quiet_until, moment.astimezone(DENMARK).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


def _ends(rhythm: Rhythm, moment: datetime) -> Iterator[datetime]:
    """When the quiet hours end. In spring one hour is left out: were that the only one not quiet, it is tomorrow's."""
    for day in _days(moment):
        end = _at(day, rhythm.quiet_until)
        if end >= moment and not quiet(rhythm, end):
            yield end


def _days(moment: datetime) -> Iterator[date]:
    """The Danish day of the moment and those after it, as many as any rhythm can need."""
    first = moment.astimezone(DENMARK).date()
    return (first + timedelta(days=number) for number in range(WEEK + 1))


def _at(day: date, hour: int) -> datetime:
    """That hour in Denmark, UTC: of one that comes twice the first, of one that is left out the moment after it."""
    return datetime.combine(day, time(hour), DENMARK).astimezone(UTC)
