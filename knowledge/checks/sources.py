"""Whether every entry says where it was read, and when that was true; and how old that is by now."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from knowledge.checks.finding import Found
from knowledge.checks.pages import Item, Pages
from knowledge.model import PartialDate, parse_partial_date

FACTS = ("strategy", "milestone", "goal", "initiative", "term")
"""Kinds of entries that claim something."""
DATES = ("dated", "seen")
"""Fields of a document that tell when it was true: its own date, or when it was read."""


def no_source(pages: Pages) -> Iterator[Found]:
    """An entry that claims something and names no source."""
    for item in pages.of(*FACTS):
        if not item.data.get("sources") and not item.data.get("source"):
            yield item.found("id", "has no source", "name the document that it was read in under 'sources'")


def no_date(pages: Pages) -> Iterator[Found]:
    """An entry whose sources are all without a date: nobody knows when it was true."""
    documents = {item.id: item for item in pages.of("document")}
    for item in pages.of(*FACTS):
        named = [documents[key] for key in _sources(item.data) if key in documents]
        if named and not any(_date(one, *DATES) for one in named):
            listed = ", ".join(f"'{one.id}'" for one in named)
            hint = "give the document its date as 'dated', or the month in which it was read as 'seen'"
            yield item.found("sources", f"no source has a date: {listed}", hint)


def untraceable(pages: Pages) -> Iterator[Found]:
    """A document that something was read in, and that has neither an address nor a date to find it by."""
    used = {key for item in pages.items if item.kind != "update" for key in _sources(item.data)}
    for item in pages.of("document"):
        if item.id in used and not item.data.get("links") and not any(item.data.get(name) for name in DATES):
            hint = "give it an address under 'links', or a date"
            yield item.found("id", "is a source and has neither an address nor a date", hint)


def old(pages: Pages, years: int, today: date) -> Iterator[Found]:
    """How many facts of a municipality rest on old sources alone: one line for each municipality."""
    documents = {item.id: item for item in pages.of("document")}
    limit = (today.year - years, today.month, today.day)
    for place in pages.of("municipality"):
        dates = [newest for item in pages.of(*FACTS) if item.owner == place.id if (newest := _newest(item, documents))]
        aged = [one for one in dates if one.sort_key < limit]
        if aged:
            what = f"{len(aged)} of {len(dates)} facts rest on sources of more than {years} years ago"
            message = f"{what}; the newest of those is of {max(aged)}"
            yield place.found("id", message, "look whether there is something newer, and name it as a source")


def _newest(item: Item, documents: dict[str, Item]) -> PartialDate | None:
    named = [documents[key] for key in _sources(item.data) if key in documents]
    # A paper is as old as its own date says, however lately somebody read it.
    return max((found for one in named if (found := _date(one, *DATES))), default=None)


def _date(item: Item, *fields: str) -> PartialDate | None:
    """The first of these dates that the entry has."""
    for name in fields:
        if value := item.data.get(name):
            try:
                return parse_partial_date(value)
            except ValueError:
                return None
    return None


def _sources(value: Any) -> list[str]:
    """The ids of all documents that are named as sources in an entry, or in what stands in it without an id."""
    found: list[str] = []
    for name, one in value.items() if isinstance(value, dict) else ():
        if name == "sources" and isinstance(one, list):
            found += [str(source["document"]) for source in one if isinstance(source, dict) and "document" in source]
        elif isinstance(one, dict):
            found += _sources(one)
        elif isinstance(one, list):
            for part in one:
                if isinstance(part, dict) and "id" not in part:
                    found += _sources(part)
    return found
