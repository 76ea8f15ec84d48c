"""What the base lacks of each municipality, for the editors: no strategy, no date, nothing but titles, old sources."""

from datetime import date

from knowledge.library import Library
from knowledge.model import PartialDate

GAPS = (
    "no-strategy", "title-only", "undated", "over", "no-initiatives", "no-goals", "no-address", "old", "remarks",
)  # fmt: skip
"""What can be missing."""
OLD = 5
"""Years after which the newest source on a municipality is called old."""


def gaps(library: Library, municipality: str, today: date) -> tuple[str, ...]:
    """What is missing, of `GAPS`."""
    place = library.municipalities[municipality]
    strategy = library.current_strategy(municipality)
    papers = [one for one in library.documents.values() if one.municipality == municipality]
    newest = newest_source(library, municipality)
    found = {
        "no-strategy": strategy is None,
        "title-only": strategy is not None and strategy.summary is None,
        "undated": strategy is not None and strategy.begins is None,
        "over": bool(strategy and strategy.period and strategy.period.until and strategy.period.until < today.year),
        "no-initiatives": not library.initiatives_of(municipality),
        "no-goals": not library.goals_of(municipality),
        "no-address": any(not one.links for one in papers),
        "old": newest is not None and newest.year <= today.year - OLD,
        "remarks": bool(place.remarks),
    }
    return tuple(key for key in GAPS if found[key])


def newest_source(library: Library, municipality: str) -> PartialDate | None:
    """The date of the newest document that a fact on the municipality was read in, as far as they have dates."""
    place = library.municipalities[municipality]
    facts = (*place.strategies, *place.initiatives, *place.goals, *place.milestones)
    read = {document for one in facts for document in library.read_in[one.id]}
    return max((dated for one in read if (dated := library.documents[one].dated)), default=None)
