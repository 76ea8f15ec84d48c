"""What a person waits for who types `vejviser ask QUESTION`: the whole process, its memory, and where the time goes."""

import argparse
import gc
import json
import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.machine import machine, peak_mb, table

QUESTION = "which municipalities run mentor schemes?"
TIMES = 10


def whole(question: str, times: int) -> list[tuple[float, float]]:
    """Wall time and processor time of the whole process, so often."""
    found = []
    for _ in range(times):
        before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "ask", question], stdout=subprocess.DEVNULL, check=True)
        wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
        found.append((wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return found


def parts(question: str) -> dict[str, float]:
    """Processor time of each step, and the peak of memory; run it in a fresh process."""
    spent: dict[str, float] = {"Python itself": process_time()}
    last = process_time()

    def step(name: str) -> None:
        nonlocal last
        now = process_time()
        spent[name], last = now - last, now

    import bot.__main__
    import bot.ask
    import bot.channels.terminal_view  # noqa: F401
    import handlers.dialogue

    step("import")
    from handlers.session import Session
    from knowledge.intents import Intents
    from knowledge.lexicon import Lexicon
    from knowledge.library import Library
    from knowledge.loading import load_knowledge
    from knowledge.operators import Operators
    from knowledge.phrases import load_phrases
    from knowledge.understanding import Understander

    gc.disable()
    knowledge = load_knowledge()
    step("load data")
    phrases = load_phrases()
    step("load phrases")
    library = Library(knowledge)
    step("library")
    understander = Understander.__new__(Understander)  # its parts, timed one by one
    understander.library = library
    understander.lexicon = Lexicon(library, phrases)
    step("lexicon")
    understander.intents = Intents(phrases)
    step("intents")
    understander.operators = Operators(phrases)
    step("operators")
    gc.freeze()
    gc.enable()
    handlers.dialogue.Dialogue(library, understander).answer(question, Session())
    step("first answer")
    return {**spent, "peak MB": peak_mb()}


def _best_parts(question: str, times: int) -> dict[str, float]:
    runs: list[dict[str, Any]] = []
    for _ in range(times):
        command = [sys.executable, "-m", "benchmarks.startup", "--parts", question]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        runs.append(json.loads(done.stdout))
    return {name: min(float(one[name]) for one in runs) for name in runs[0]}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("question", nargs="?", default=QUESTION)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--parts", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.parts:
        print(json.dumps(parts(given.question)))
        return
    runs = whole(given.question, given.times)
    best = _best_parts(given.question, given.times)
    peak = best.pop("peak MB")
    print(machine())
    print(f"\nvejviser ask {given.question!r} as a whole process, {given.times} times\n")
    rows = [
        [name, f"{min(values):.3f}", f"{median(values):.3f}", f"{max(values):.3f}"]
        for name, values in zip(("wall time", "processor time"), zip(*runs, strict=True), strict=True)
    ]
    print(table(["seconds", "best", "median", "max"], rows))
    print(f"\npeak memory {peak:.0f} MB; where the processor time goes, best of {given.times}:\n")
    print(table(["step", "ms"], [[name, f"{spent * 1000:.0f}"] for name, spent in best.items()]))


if __name__ == "__main__":
    main()
