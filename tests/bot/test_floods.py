"""Whoever sends too much waits, nobody else does, and memory stays as it is."""

import pytest

import bot.floods
from bot.floods import CLIENTS, Floods


def test_a_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(bot.floods, "monotonic", lambda: now)
    floods = Floods(60)
    assert [floods.wait("a") for _ in range(60)] == [0] * 60
    assert floods.wait("a") == 1
    assert floods.wait("b") == 0
    now += 2.5
    assert [floods.wait("a") for _ in range(3)] == [0, 0, 1]
    now += 3600
    assert [floods.wait("a") for _ in range(61)] == [0] * 60 + [1]


def test_clients_are_forgotten() -> None:
    floods = Floods(1)
    assert floods.wait("first") == 0
    for number in range(CLIENTS):
        floods.wait(str(number))
    assert floods.wait("first") == 0
    assert [Floods(0).wait("x") for _ in range(1000)] == [0] * 1000


def test_a_burst_may_be_more_than_a_minute_holds_and_what_came_late_counts_when_it_was_sent() -> None:
    floods = Floods(20, 30)
    assert [floods.wait("a", 1000.0) for _ in range(31)] == [0] * 30 + [3]
    assert [floods.wait("a", 1060.0) for _ in range(21)] == [0] * 20 + [3]
    # One whose clock is behind gains nothing by it.
    assert floods.wait("a", 900.0) == 3
    assert [floods.wait("b", 1000.0 + 3 * number) for number in range(500)] == [0] * 500
