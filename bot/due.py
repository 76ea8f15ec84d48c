"""When a notice is due: the next moment that fits a rhythm, by the clock in Denmark, summer time and all."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.memory import WORKING_DAYS, Rhythm

DENMARK = ZoneInfo("Europe/Copenhagen")
DAYS = range(-1, 9)
"""The days to look at, from today: yesterday's evening may be moved to today, and within a week all comes round."""


def due(rhythm: Rhythm, now: datetime) -> datetime:
    """The first moment from `now` on at which the rhythm allows a notice, UTC. `now` is aware."""
    if rhythm.kind == "now":
        return _after_quiet(rhythm, now).astimezone(UTC)
    today = now.astimezone(DENMARK).date()
    moments = (_after_quiet(rhythm, _at(today + timedelta(days=day), rhythm.hour)) for day in DAYS)
    return next(moment for moment in moments if moment >= now and _fits(rhythm, moment))


def _fits(rhythm: Rhythm, moment: datetime) -> bool:
    weekday = moment.astimezone(DENMARK).weekday()
    return weekday == rhythm.weekday if rhythm.kind == "weekly" else weekday in WORKING_DAYS


def _at(day: date, hour: int) -> datetime:
    """The hour of a day, UTC: where the clocks skip it, an hour later; where they show it twice, the first time."""
    return datetime.combine(day, time(hour), DENMARK).astimezone(UTC)


def _after_quiet(rhythm: Rhythm, moment: datetime) -> datetime:
    """The moment itself, or where it is within the quiet hours, their end."""
    here = moment.astimezone(DENMARK)
    start, end = rhythm.quiet_from, rhythm.quiet_until
    over_night = start > end
    quiet = (here.hour >= start or here.hour < end) if over_night else start <= here.hour < end
    if not quiet:
        return moment
    ends_tomorrow = over_night and here.hour >= start
    return _at(here.date() + timedelta(days=ends_tomorrow), end)
