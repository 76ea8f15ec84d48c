"""The same thing told twice: under one name, at one address, or in nearly the same words."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.fuzz import ratio
from rapidfuzz.utils import default_process

from knowledge.checks.finding import Found
from knowledge.checks.pages import Item, Pages, Passage

NAMED = ("name", "title")
TOLD = ("summary", "definition", "details")
ALIKE_NAME, ALIKE_TEXT = 90, 88
"""Per cent of the letters that two names, and two longer texts, share where they are probably one and the same."""
LEAST = 40
"""Characters of a text that no two entries have by chance."""

_DIGITS = re.compile(r"\d+")


def same_name(pages: Pages) -> Iterator[Found]:
    """Entries of one kind, in one municipality, that are called the same."""
    seen: dict[tuple[str, ...], Passage | Item] = {}
    for item, _, name, one in _names(pages):
        first = seen.setdefault((*_shelf(item), default_process(name)), one)
        if first is not one and _id(first) != item.id:
            message = f"'{name}' is the name of '{_id(first)}', too ({first.file.name}:{first.file.line(first.path)})"
            yield Found(one.file, _at(one), item.id, message, "tell it once, or give one of them another name")


def alike_name(pages: Pages) -> Iterator[Found]:
    """Entries of one kind, in one municipality, that are called nearly the same."""
    groups: dict[tuple[str, ...], list[tuple[str, Item, Passage | Item, str]]] = {}
    for item, language, name, one in _names(pages):
        groups.setdefault((*_shelf(item), language), []).append((default_process(name), item, one, name))
    for group in groups.values():
        for (first, item, _, name), (second, other, place, written) in combinations(group, 2):
            if first != second and item.id != other.id and _are_alike(first, second, ALIKE_NAME):
                message = f"'{written}' is nearly the name of '{item.id}', '{name}'"
                yield Found(place.file, _at(place), other.id, message, "make one entry of both, or tell them apart")


def alike_text(pages: Pages) -> Iterator[Found]:
    """Summaries and explanations of two entries that say the same in nearly the same words."""
    groups: dict[tuple[str, str], list[tuple[str, Passage, Item]]] = {}
    for one in pages.passages:
        if one.item and one.field in TOLD and len(one.text) >= LEAST:
            groups.setdefault((one.item.kind, one.language), []).append((default_process(one.text), one, one.item))
    told: set[tuple[str, str]] = set()
    for group in groups.values():
        for (first, _, item), (second, place, other) in combinations(group, 2):
            pair = (item.id, other.id)
            if item.id != other.id and pair not in told and _are_alike(first, second, ALIKE_TEXT):
                told.add(pair)
                message = f"says nearly the same as '{item.id}' does"
                yield place.found(message, "make one entry of both, or say what is different here")


def same_address(pages: Pages) -> Iterator[Found]:
    """Two documents at one address. A page that lists several is another matter."""
    seen: dict[str, Item] = {}
    for item in pages.of("document"):
        for number, link in enumerate(_list(item.data.get("links"))):
            if isinstance(link, dict) and link.get("kind") == "document" and isinstance(link.get("url"), str):
                address = re.sub(r"^https?://(www\.)?", "", link["url"]).rstrip("/")
                first = seen.setdefault(address, item)
                if first is not item:
                    message = f"'{first.id}' has this address, too"
                    hint = "make one document of both, or write 'kind: page' where the page only holds it"
                    yield Found(item.file, (*item.path, "links", number, "url"), item.id, message, hint)


def same_alias(pages: Pages) -> Iterator[Found]:
    """Ways to write a name that two entries share, or that stand in one list twice."""
    seen: dict[str, Item] = {}
    for item in pages.of("municipality", "organisation"):
        for number, alias in enumerate(_list(item.data.get("aliases"))):
            first = seen.setdefault(str(alias).casefold(), item)
            own = [str(one).casefold() for one in item.data["aliases"][:number]]
            path = (*item.path, "aliases", number)
            if first is not item:
                message = f"'{alias}' is a way to write '{first.id}', too"
                yield Found(item.file, path, item.id, message, "leave it to the one that people mean by it")
            elif str(alias).casefold() in own:
                yield Found(item.file, path, item.id, f"'{alias}' stands here twice", "take one of them out")


def _names(pages: Pages) -> Iterator[tuple[Item, str, str, Passage | Item]]:
    """What entries are called: (entry, language, name, where it stands)."""
    for one in pages.passages:
        if one.item and one.field in NAMED and len(one.path) == len(one.item.path) + 2:
            yield one.item, one.language, one.text, one
    for item in pages.of("organisation"):
        if isinstance(name := item.data.get("name"), str):
            yield item, "", name, item


def _shelf(item: Item) -> tuple[str, ...]:
    """What it stands beside: names are told apart within a kind and a municipality, titles within a site."""
    return item.kind, item.owner, str(item.data.get("website") if item.kind == "document" else "")


def _id(one: Passage | Item) -> str:
    if isinstance(one, Item):
        return one.id
    return one.item.id if one.item else ""


def _at(one: Passage | Item) -> tuple[str | int, ...]:
    return (*one.path, "name") if isinstance(one, Item) else one.path


def _are_alike(first: str, second: str, least: int) -> bool:
    """Whether two texts are nearly the same. Where their numbers are not, they tell of two things."""
    if not ratio(first, second, score_cutoff=least):
        return False
    return _DIGITS.findall(first) == _DIGITS.findall(second)


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
