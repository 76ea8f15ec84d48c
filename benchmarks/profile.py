"""Where the time goes, call by call: loading, and a thousand answers."""

import argparse
import cProfile
import pstats
from itertools import cycle, islice

from benchmarks.answers import sentences
from benchmarks.machine import machine
from handlers.dialogue import load_dialogue
from handlers.session import Session

TOP = 25


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--sort", default="tottime", choices=("tottime", "cumtime"))
    parser.add_argument("--answers", type=int, default=1_000)
    given = parser.parse_args(arguments)
    print(machine())
    loading = cProfile.Profile()
    dialogue = loading.runcall(load_dialogue)
    print("\nloading")
    pstats.Stats(loading).sort_stats(given.sort).print_stats(TOP)
    session = Session()
    answering = cProfile.Profile()
    answering.enable()
    for text in islice(cycle(sentences([])), given.answers):
        _, session = dialogue.answer(text, session)
    answering.disable()
    print(f"\n{given.answers:,} answers")
    pstats.Stats(answering).sort_stats(given.sort).print_stats(TOP)


if __name__ == "__main__":
    main()
