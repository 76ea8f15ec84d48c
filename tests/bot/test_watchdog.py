"""A process whose event loop stands still is ended, and one that lives is not."""

import subprocess
import sys

import pytest

from tests.bot.process import PATIENCE, ROOT

SCRIPT = """
import asyncio, time
from bot import watchdog
watchdog.STILL_SECONDS, watchdog.LOOK_SECONDS, watchdog.BEAT_SECONDS = 0.5, 0.1, 0.05
async def main():
    dog = watchdog.Watchdog("stands still")
    dog.start()
    {what}
    await dog.stop()
    await dog.stop()
asyncio.run(main())
time.sleep(1)
"""


@pytest.mark.parametrize(
    ("what", "status", "told"), [("time.sleep(60)", 1, "stands still\n"), ("await asyncio.sleep(1)", 0, "")]
)
def test_a_standstill_ends_the_process(what: str, status: int, told: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(what=what)], cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
    )
    assert (ended.returncode, ended.stderr.decode()) == (status, told)
