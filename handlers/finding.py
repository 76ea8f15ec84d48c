"""Finds answers by a few words, as they are wanted while somebody still types: the question itself, then what is named.

What is found are queries that anybody can be given the answer to, each with the name it is listed under.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from handlers.actions import link_to
from handlers.texts import say
from knowledge.library import Library
from knowledge.query import Query
from knowledge.understanding import Understander
from knowledge.words import fold

MOST = 500
"""So many are found at most; nobody pages further."""


@dataclass(frozen=True)
class Found:
    """One answer that there is."""

    title: str
    payload: str
    """What gives the answer, and tells it from all others."""


def found(understander: Understander, text: str, language: str) -> tuple[Found, ...]:
    """The best first, none twice; where nothing is typed, what there is to begin with."""
    library = understander.library
    entries = _typed(understander, " ".join(text.split()), language) if text.strip() else _first(library, language)
    best: dict[str, Found] = {}
    for one in islice(entries, 2 * MOST):
        best[one.payload] = one  # what is a thing of the base is listed by its name, not as it was typed
    return tuple(best.values())[:MOST]


def _first(library: Library, language: str) -> Iterator[Found]:
    yield from _asked(library, Query("list_municipalities"), say(language, "ask-municipalities"))
    yield from _asked(library, Query("list_themes"), say(language, "ask-themes"))
    for _, key in _names(library, language):
        yield from _thing(library, key, language)


def _typed(understander: Understander, text: str, language: str) -> Iterator[Found]:
    library = understander.library
    understood = understander.understand(text, language=language).query
    if understood:
        yield from _asked(library, understood, text[:1].upper() + text[1:])
    wanted = fold(text)
    ranked: tuple[list[str], ...] = ([], [], [])
    for name, key in _names(library, language):
        if wanted in name:
            ranked[0 if name.startswith(wanted) else 1 if f" {wanted}" in name else 2].append(key)
    for key in (one for keys in ranked for one in keys):
        yield from _thing(library, key, language)
    if understood:
        yield from _around(library, understood, language)


def _around(library: Library, query: Query, language: str) -> Iterator[Found]:
    """What the question touches: its topics and places by themselves, and the initiatives on the one in the other."""
    topics = (*query.topics, *query.without)
    places = query.municipalities
    for key in (*library.main_themes(topics), *places):
        yield from _thing(library, key, language)
    items = library.items_on(topics) if topics else ()
    for place in places:
        items += library.items_of(place)
    for key in items:
        if not (topics and places) or library.owner[key] in places:
            yield from _thing(library, key, language)


@lru_cache(maxsize=4)
def _names(library: Library, language: str) -> tuple[tuple[str, str], ...]:
    """All that has a name, as it is searched, and its id; first what there is least of."""
    named = (
        *((one.short[language], key) for key, one in library.municipalities.items()),
        *((one.name[language], key) for key, one in library.themes.items()),
        *((one.name[language], key) for key, one in library.terms.items()),
        *((one.name, key) for key, one in library.organisations.items()),
        *((one.title[language], key) for key, one in library.documents.items()),
        *((one.name[language], key) for key, one in library.goals.items()),
        *((one.name[language], key) for key, one in library.initiatives.items()),
    )
    return tuple((fold(name), key) for name, key in named)


def _thing(library: Library, key: str, language: str) -> Iterator[Found]:
    """The answer about one thing of the base."""
    if key in library.municipalities:
        yield from _asked(library, Query("overview", (key,)), library.municipalities[key].short[language])
    elif key in library.themes:
        yield from _asked(library, Query("municipalities_with", (), (key,)), library.themes[key].name[language])
    elif key in library.terms:
        yield from _asked(library, Query("define", terms=(key,)), library.terms[key].name[language])
    elif key in library.organisations:
        yield from _asked(library, Query("partners", organisations=(key,)), library.organisations[key].name)
    elif key in library.documents:
        owner = library.owner.get(key, "")
        query = Query("documents", (owner,) if owner else (), documents=(key,))
        yield from _asked(library, query, library.documents[key].title[language])
    elif item := library.item(key):
        place = library.municipalities[library.owner[key]].short[language]
        intent = "goals" if key in library.goals else "detail"
        title = say(language, "found-in", name=item.name[language], place=place)
        yield from _asked(library, Query(intent, (), (key,)), title)


def _asked(library: Library, query: Query, title: str) -> Iterator[Found]:
    payload = link_to(query, library)
    if payload:
        yield Found(title, payload)
