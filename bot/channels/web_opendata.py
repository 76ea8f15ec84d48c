"""The whole base for others to use: as one JSON object, and as a table of its facts."""

import csv
import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from knowledge.library import Library
from knowledge.model import LANGUAGES, Fact, Goal, Initiative, Milestone, PartialDate, Strategy

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/", "attribution": "Vejviser"}
"""Of our own texts; the documents that they were read in are others'."""
PARTS = ("municipalities", "themes", "terms", "organisations", "documents", "updates")
COLUMNS = (
    "kind", "id", "municipality", "strategy", "date", "name_da", "name_en", "text_da", "text_en", "themes", "partners",
    "sources",
)  # fmt: skip


def as_object(library: Library) -> dict[str, Any]:
    """All records as JSON can hold them, under the names of the data files; what is empty is left out."""
    return {"licence": LICENCE, **{part: plain(getattr(library.knowledge, part)) for part in PARTS}}


def plain(value: Any) -> Any:
    """A record as a dict, without what is empty; a date as the data files have it ("2014-04", "2014-autumn")."""
    if isinstance(value, PartialDate):
        return str(value)
    if is_dataclass(value):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: plain(one) for name, one in told.items() if one is not None and one is not False and one != ()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def as_table(library: Library) -> str:
    """A row for each strategy, initiative, goal and milestone, as CSV (RFC 4180); ids in a cell are apart by spaces."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for place in library.municipalities.values():
        for one in (*place.strategies, *place.initiatives, *place.goals, *place.milestones):
            sources = " ".join(dict.fromkeys(source.document for source in one.sources))
            rows.writerow([*_row(one, place.id), sources])
    return text.getvalue()


def _row(one: Fact, place: str) -> Iterator[str]:
    match one:
        case Strategy():
            yield from ("strategy", one.id, place, one.id, str(one.begins or ""))
            yield from (
                one.title.da,
                one.title.en,
                *(one.summary[language] if one.summary else "" for language in LANGUAGES),
                "",
                "",
            )
        case Initiative():
            yield from ("initiative", one.id, place, one.strategy or "", str(one.since or ""), one.name.da, one.name.en)
            yield from (one.summary.da, one.summary.en, " ".join(one.themes), " ".join(one.partners))
        case Goal():
            yield from ("goal", one.id, place, one.strategy or "", str(one.deadline or ""), one.name.da, one.name.en)
            yield from (one.summary.da, one.summary.en, " ".join(one.themes), "")
        case Milestone():
            yield from ("milestone", one.id, place, "", str(one.date), "", "", one.text.da, one.text.en)
            yield from ("", " ".join(one.organisations))
