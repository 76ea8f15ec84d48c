"""What a person waits for who types `vejviser ask QUESTION`: the whole process, its memory, and where the time goes."""

import argparse
import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from benchmarks.machine import machine, peak_mb, table

QUESTION = "which municipalities run mentor schemes?"
TIMES = 10


def whole(question: str, cache: str, first: bool) -> tuple[float, float]:
    """Wall time and processor time of the whole process; `first`: with nothing kept in the folder `cache`."""
    if first:
        rmtree(Path(cache) / "vejviser", ignore_errors=True)
    command = [sys.executable, "-m", "bot", "ask", question]
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=os.environ | {"XDG_CACHE_HOME": cache}, check=True)
    wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def parts(question: str, cache: str) -> dict[str, float]:
    """Processor time of each step, and the peak of memory; run it in a fresh process."""
    spent: dict[str, float] = {"Python itself": process_time()}
    last = process_time()

    def step(name: str) -> None:
        nonlocal last
        now = process_time()
        spent[name], last = now - last, now

    gc.disable()
    import bot.__main__
    import bot.ask
    import bot.channels.terminal_view
    import bot.folders  # noqa: F401
    from handlers.dialogue import load_dialogue
    from handlers.session import Session

    step("import")
    dialogue = load_dialogue(folder=Path(cache) / "vejviser")
    gc.freeze()
    gc.enable()
    step("base")
    dialogue.answer(question, Session())
    step("first answer")
    return {**spent, "peak MB": peak_mb()}


def _parts(question: str, cache: str, first: bool) -> dict[str, float]:
    if first:
        rmtree(Path(cache) / "vejviser", ignore_errors=True)
    command = [sys.executable, "-m", "benchmarks.startup", "--parts", cache, question]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return {name: float(value) for name, value in found.items()}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("question", nargs="?", default=QUESTION)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--parts", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.parts:
        print(json.dumps(parts(given.question, given.parts)))
        return
    rows, steps = [], []
    with TemporaryDirectory() as cache:
        for first, name in ((True, "the first time"), (False, "once the base is kept")):
            runs = [whole(given.question, cache, first) for _ in range(given.times)]
            for what, values in zip(("wall", "processor"), zip(*runs, strict=True), strict=True):
                rows.append([f"{name}, {what}", *(f"{one:.3f}" for one in (min(values), median(values), max(values)))])
            found = [_parts(given.question, cache, first) for _ in range(given.times)]
            steps.append({step: min(one[step] for one in found) for step in found[0]})
    print(machine())
    print(f"\nvejviser ask {given.question!r} as a whole process, {given.times} times\n")
    print(table(["seconds", "best", "median", "max"], rows))
    print(f"\nwhere the processor time goes, best of {given.times}:\n")
    print(table(["step", "ms the first time", "ms once kept"], [
        [name, *(f"{one[name] if name == 'peak MB' else one[name] * 1000:.0f}" for one in steps)] for name in steps[0]
    ]))  # fmt: skip


if __name__ == "__main__":
    main()
