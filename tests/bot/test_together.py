"""What many ask at the same time is done at once, and each gets what became of its own."""

import asyncio
from collections.abc import Sequence

import pytest

from bot import together
from bot.together import Together


class Doubled:
    """Doubles numbers once `go` is set, and holds in mind which it was given together; a negative one is a fault."""

    def __init__(self) -> None:
        self.given: list[list[int]] = []
        self.go = asyncio.Event()

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.given.append(list(numbers))
        await self.go.wait()
        if min(numbers) < 0:
            raise ValueError("negative")
        return [2 * one for one in numbers]


@pytest.fixture
def doubled() -> Doubled:
    return Doubled()


async def test_what_comes_meanwhile_is_done_at_once(doubled: Doubled) -> None:
    double = Together(doubled)
    first = asyncio.create_task(double(1))
    while not doubled.given:  # noqa: ASYNC110
        await asyncio.sleep(0)
    others = [asyncio.create_task(double(one)) for one in (2, 3, 3)]
    await asyncio.sleep(0)
    doubled.go.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 6]
    assert doubled.given == [[1], [2, 3, 3]]


async def test_a_fault_is_told_to_all_that_it_concerns_and_to_nobody_after_them(doubled: Doubled) -> None:
    double = Together(doubled)
    doubled.go.set()
    told = await asyncio.gather(double(1), double(-1), return_exceptions=True)
    assert [type(one) for one in told] == [ValueError, ValueError]
    assert await double(4) == 8


async def test_who_waits_no_more_takes_nothing_from_the_others(doubled: Doubled) -> None:
    double = Together(doubled)
    tasks = [asyncio.create_task(double(one)) for one in (1, 2)]
    while not doubled.given:  # noqa: ASYNC110
        await asyncio.sleep(0)
    tasks[0].cancel()
    doubled.go.set()
    assert await tasks[1] == 4
    assert doubled.given == [[1, 2]]


async def test_no_more_than_a_statement_takes(doubled: Doubled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST", 2)
    double = Together(doubled)
    doubled.go.set()
    assert await asyncio.gather(*(double(one) for one in range(5))) == [0, 2, 4, 6, 8]
    assert doubled.given == [[0, 1], [2, 3], [4]]


async def test_who_comes_alone_waits_for_nothing_and_who_comes_soon_after_goes_together(doubled: Doubled) -> None:
    doubled.go.set()
    async with asyncio.timeout(60):
        assert await Together(doubled, 3600.0)(0) == 0
    double = Together(doubled, 0.1)
    assert await double(1) == 2
    soon = asyncio.create_task(double(2))
    # By now it would have been done, if it were not to wait.
    for _ in range(10):
        await asyncio.sleep(0)
    assert await double(3) == 6
    assert (await soon, doubled.given) == (4, [[0], [1], [2, 3]])


async def test_what_is_stopped_is_left(doubled: Doubled) -> None:
    double = Together(doubled)
    task = asyncio.create_task(double(1))
    while not doubled.given:  # noqa: ASYNC110
        await asyncio.sleep(0)
    await double.stop()
    await double.stop()
    task.cancel()
    doubled.go.set()
    assert await double(2) == 4
