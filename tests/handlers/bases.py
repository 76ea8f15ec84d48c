"""Bases made of the one that ships, as large or as small as a test wants them."""

from dataclasses import replace

from knowledge.library import Library
from knowledge.model import Text


def base_of(library: Library, municipalities: int, initiatives: int, long: int = 1) -> Library:
    """So many municipalities with so many initiatives each; every summary `long` times as long as it is."""
    known = library.knowledge
    made = []
    for number in range(municipalities):
        model = known.municipalities[number % len(known.municipalities)]
        strategies = tuple(
            replace(one, id=f"{one.id}-{number}", replaces=f"{one.replaces}-{number}" if one.replaces else None)
            for one in model.strategies
        )
        own = [model.initiatives[one % len(model.initiatives)] for one in range(initiatives)]
        made.append(
            replace(
                model,
                id=f"{model.id}-{number}",
                short=Text(da=f"{model.short.da} {number}", en=f"{model.short.en} {number}"),
                strategies=strategies,
                initiatives=tuple(
                    replace(
                        one,
                        id=f"{model.id}-{number}-{place}",
                        strategy=strategies[-1].id,
                        summary=Text(da=one.summary.da * long, en=one.summary.en * long),
                    )
                    for place, one in enumerate(own)
                ),
                goals=tuple(replace(one, id=f"{one.id}-{number}") for one in model.goals),
                milestones=tuple(replace(one, id=f"{one.id}-{number}") for one in model.milestones),
            )
        )
    return Library(replace(known, municipalities=tuple(made)))
