"""Notices come when the rhythm says, by the clock on the wall in Denmark, also on the days when that clock is moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from handlers.memory import WORKING_DAYS, Rhythm
from handlers.rhythm import due, quiet

WALL = ZoneInfo("Europe/Copenhagen")
hours = st.integers(0, 23)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))
at_once = st.builds(Rhythm, st.just("now"), quiet_from=hours, quiet_until=hours)
digests = st.builds(Rhythm, st.sampled_from(["daily", "weekly"]), hours, st.integers(0, 4), hours, hours)


def wall(text: str, fold: int = 0) -> datetime:
    """A moment by the Danish clock; fold 1: the second time of an hour that comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=WALL, fold=fold)


def shown(moment: datetime) -> str:
    return moment.astimezone(WALL).strftime("%Y-%m-%dT%H:%M%z")


@pytest.mark.parametrize(
    ("rhythm", "moment", "expected"),
    [
        # At once: within the day, in the evening, in the early morning, on a Saturday.
        (Rhythm(), wall("2026-11-23T10:30"), "2026-11-23T10:30+0100"),
        (Rhythm(), wall("2026-11-23T20:00"), "2026-11-24T07:00+0100"),
        (Rhythm(), wall("2026-11-23T19:59"), "2026-11-23T19:59+0100"),
        (Rhythm(), wall("2026-11-24T03:00"), "2026-11-24T07:00+0100"),
        (Rhythm(), wall("2026-11-24T07:00"), "2026-11-24T07:00+0100"),
        (Rhythm(), wall("2026-11-28T12:00"), "2026-11-28T12:00+0100"),
        (Rhythm(quiet_from=12, quiet_until=13), wall("2026-11-23T12:15"), "2026-11-23T13:00+0100"),
        (Rhythm(quiet_from=0, quiet_until=0), wall("2026-11-23T00:15"), "2026-11-23T00:15+0100"),
        # A night in which the clock is moved: the quiet hours end at seven all the same.
        (Rhythm(), wall("2027-03-27T21:00"), "2027-03-28T07:00+0200"),
        (Rhythm(), wall("2026-10-24T21:00"), "2026-10-25T07:00+0100"),
        # They end within the hour that is left out: at three. Within the one that comes twice: the first time.
        (Rhythm(quiet_until=2), wall("2027-03-28T01:30"), "2027-03-28T03:00+0200"),
        (Rhythm(quiet_until=2), wall("2026-10-25T01:30"), "2026-10-25T02:00+0200"),
        (Rhythm(quiet_until=2), wall("2026-10-25T02:30", fold=1), "2026-10-25T02:30+0100"),
        (Rhythm(quiet_until=3), wall("2026-10-25T02:30", fold=1), "2026-10-25T03:00+0100"),
        # Only one hour is not quiet, and that one is left out.
        (Rhythm(quiet_from=3, quiet_until=2), wall("2027-03-28T01:30"), "2027-03-29T02:00+0200"),
        # Daily: before and after the hour, over a week-end, over the change.
        (Rhythm("daily", 8), wall("2026-11-23T07:59"), "2026-11-23T08:00+0100"),
        (Rhythm("daily", 8), wall("2026-11-23T08:00"), "2026-11-23T08:00+0100"),
        (Rhythm("daily", 8), wall("2026-11-23T08:01"), "2026-11-24T08:00+0100"),
        (Rhythm("daily", 8), wall("2026-11-27T09:00"), "2026-11-30T08:00+0100"),
        (Rhythm("daily", 8), wall("2027-03-26T09:00"), "2027-03-29T08:00+0200"),
        (Rhythm("daily", 8), wall("2026-10-23T09:00"), "2026-10-26T08:00+0100"),
        (Rhythm("daily", 6), wall("2026-11-23T01:00"), "2026-11-23T06:00+0100"),
        # Weekly: that weekday, or a week later.
        (Rhythm("weekly", 9, 0), wall("2026-11-23T08:00"), "2026-11-23T09:00+0100"),
        (Rhythm("weekly", 9, 0), wall("2026-11-23T09:01"), "2026-11-30T09:00+0100"),
        (Rhythm("weekly", 9, 4), wall("2026-11-28T09:00"), "2026-12-04T09:00+0100"),
        (Rhythm("weekly", 9, 0), wall("2027-03-22T10:00"), "2027-03-29T09:00+0200"),
        (Rhythm("weekly", 9, 0), wall("2026-10-19T10:00"), "2026-10-26T09:00+0100"),
        # Over New Year.
        (Rhythm("daily", 8), wall("2026-12-31T09:00"), "2027-01-01T08:00+0100"),
    ],
)  # fmt: skip
def test_due(rhythm: Rhythm, moment: datetime, expected: str) -> None:
    """By the clock on the wall; the answer is UTC."""
    found = due(rhythm, moment.astimezone(UTC))
    assert shown(found) == expected
    assert found.tzinfo is UTC
    assert due(rhythm, moment) == found


@given(at_once, moments)
@example(Rhythm(quiet_from=3, quiet_until=2), datetime(2027, 3, 28, 0, 30, tzinfo=UTC))
def test_at_once_is_now_or_the_end_of_the_quiet_hours(rhythm: Rhythm, moment: datetime) -> None:
    """Never in quiet hours, and never later than the first minute after them."""
    found = due(rhythm, moment)
    assert not quiet(rhythm, found)
    assert moment <= found < moment + timedelta(hours=49)
    if found != moment:
        assert quiet(rhythm, moment)
        assert quiet(rhythm, found - timedelta(minutes=1))


@given(digests, moments)
def test_digests_come_on_their_day_at_their_hour(rhythm: Rhythm, moment: datetime) -> None:
    """The next one, never on a week-end, and a week at the most ahead (an hour more when the clock goes back)."""
    found = due(rhythm, moment)
    here = found.astimezone(WALL)
    assert moment <= found <= moment + timedelta(days=7 if rhythm.kind == "weekly" else 3, hours=1)
    assert (here.hour, here.minute, here.second) == (rhythm.hour, 0, 0)
    assert here.weekday() in WORKING_DAYS
    assert rhythm.kind == "daily" or here.weekday() == rhythm.weekday


@given(st.one_of(at_once, digests), moments, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_later_is_never_due_earlier(rhythm: Rhythm, moment: datetime, step: timedelta) -> None:
    """So what was missed is caught up in order; and what is due is due at once when its moment has come."""
    found = due(rhythm, moment)
    assert due(rhythm, moment + step) >= found
    assert due(rhythm, found) == found


@given(digests, moments)
def test_between_two_digests_lies_nothing(rhythm: Rhythm, moment: datetime) -> None:
    """What comes up between now and the next digest waits for that one."""
    found = due(rhythm, moment)
    assume(found > moment)
    assert due(rhythm, moment + (found - moment) / 2) == found
