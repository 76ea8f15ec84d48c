"""Does memory grow? For an hour as much comes in, evenly, as is half of what the bot can take, and of every kind.

The people of the storm, in good weather, before a `vejviser run` of its own over long polling; each minute all must be
answered, and the bot's resident memory is read.
"""

import argparse
import asyncio
import tempfile
from math import ceil
from pathlib import Path
from random import Random
from time import monotonic

from benchmarks.machine import machine, percentile, table
from benchmarks.storm import faults_in, process
from benchmarks.updates import cpu
from tests.fake_telegram import FakeTelegram
from tests.storm.engine import Storm
from tests.storm.weather import Weather

MINUTE = 60.0
EACH = 8.0
"""Updates a second for each twelve people and four groups: a group gets twenty messages a minute."""
MOST_GROWTH = 1.05
"""Of the last ten minutes over the ten after the warm-up."""


def resident_mb(pid: int) -> float:
    """What a process has in memory now, in MB (10^6 bytes)."""
    fields = dict(one.split(":", 1) for one in Path(f"/proc/{pid}/status").read_text("ascii").splitlines())
    return int(fields["VmRSS"].split()[0]) * 1024 / 1e6


async def soak(minutes: int, a_second: float, warm: int, seed: int) -> None:
    """Prints each minute; raises AssertionError where something was wrong."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with FakeTelegram() as fake, process(fake, folder, folder / "log") as bot:
            times = ceil(a_second / EACH)
            storm = Storm(fake, seed, lambda ledger: Weather(Random(seed), 0.0, 0.0, 0, ledger.lose), False, times)
            started = monotonic()
            for minute in range(1, minutes + 1):
                count = await storm.steady(minute * MINUTE - (monotonic() - started), a_second)
                found.append(resident_mb(bot.pid))
                print(f"{minute}: {count} updates, {found[-1]:.1f} MB, {cpu(bot.pid):.0f} s", flush=True)
                assert not (faults := faults_in(folder / "log")), faults
            seconds = monotonic() - started
            all_of_it, spent = fake.updates.count, cpu(bot.pid)
    print("happened: " + ", ".join(f"{what} {count}" for what, count in storm.people.happened.most_common()))
    after = found[warm:]
    span = min(10, len(after) // 2)
    before, last = (percentile(each, 0.5) for each in (after[:span], after[-span:]))
    head = ["updates", "a second", "CPU ms an update", f"MB after {warm} minutes", "at the end", "growth", "violations"]
    row = [
        f"{all_of_it:,}", f"{all_of_it / seconds:.0f}", f"{1000 * spent / all_of_it:.2f}",
        f"{before:.1f}", f"{last:.1f}", f"{100 * (last / before - 1):+.1f}%", f"{len(fake.violations)}",
    ]  # fmt: skip
    print(table(head, [row]))
    assert last <= MOST_GROWTH * before, found


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--rate", type=float, default=65.0, help="updates a second")
    parser.add_argument("--warm", type=int, default=10, help="minutes until memory counts")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    print(machine(("python-telegram-bot", "aiohttp", "aiogram")))
    asyncio.run(soak(chosen.minutes, chosen.rate, chosen.warm, chosen.seed))


if __name__ == "__main__":
    main()
