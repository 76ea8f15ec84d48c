"""How long a picture and a page take to be made: the first in a process, those after it, and one that is kept."""

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter, process_time

from benchmarks.machine import machine, peak_mb, table
from bot.printing import pdf_of, png_of
from handlers.brief import paper
from handlers.dialogue import HANDLERS
from handlers.paper import Paper
from handlers.picture import Picture
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from knowledge.understanding import load_understander

Made = tuple[str, Callable[[], bytes]]


def jobs(library: Library) -> list[Made]:
    """Every kind of picture and every page, in both languages."""
    found: list[Made] = []
    places = tuple(library.municipalities)
    queries = [Query("matrix"), Query("timeline")]
    queries += [
        Query("compare_picture", (one, places[(number + 1) % len(places)])) for number, one in enumerate(places)
    ]
    pages = [Query("brief", (one,)) for one in places] + [Query("brief", (), (one,)) for one in library.themes]
    for language in LANGUAGES:
        for query in queries:
            reply = HANDLERS[query.intent](Turn(library, query, language, date.today()))
            found += [(query.intent, partial(png_of, one)) for one in reply.blocks if isinstance(one, Picture)]
        for query in pages:
            page = paper(Turn(library, query, language, date.today()))
            if isinstance(page, Paper):
                found.append(("page", partial(pdf_of, page)))
    return found


def timed(make: Callable[[], bytes]) -> tuple[float, float, int]:
    """Wall and processor time in ms, and the size in kB."""
    wall, processor = perf_counter(), process_time()
    made = make()
    return (perf_counter() - wall) * 1000, (process_time() - processor) * 1000, len(made) // 1000


def main(arguments: list[str] | None = None) -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=__doc__).parse_args(arguments)
    work = jobs(load_understander().library)
    first = timed(work[0][1])
    png_of.cache_clear()
    rows = [["the first in a process", "1", *(f"{one:.0f}" for one in (first[0], first[0], first[1], first[2]))]]
    for name in dict.fromkeys(name for name, _ in work):
        runs = [timed(make) for other, make in work if other == name]
        walls, processors, sizes = zip(*runs, strict=True)
        rows.append([name, str(len(runs)), f"{median(walls):.0f}", f"{max(walls):.0f}", f"{median(processors):.0f}",
                     f"{max(sizes)}"])  # fmt: skip
    kept = [timed(make)[0] for _, make in work[-20:] * 50]
    rows.append(["one that is kept", str(len(kept)), f"{median(kept):.3f}", f"{max(kept):.3f}", "-", "-"])
    print(machine(("typst", "pydantic")))
    print()
    print(table(["what", "made", "median ms", "max ms", "processor ms", "largest kB"], rows))
    print(f"\npeak {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
