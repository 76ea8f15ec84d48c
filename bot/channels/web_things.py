"""Which page each thing of the base has, by a letter for its kind and its id, and what the thing is called."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args

from bot.channels.web_view import Anchor
from handlers.reply import About
from handlers.texts import say
from knowledge.library import Library

Letter = Literal["k", "t", "i", "s", "m", "d", "o", "b"]
LETTERS: tuple[Letter, ...] = get_args(Letter)
"""Municipality, theme, initiative, strategy, goal, document, organisation, word - by their Danish names."""
PREFIXES = {"da": "", "en": "/en"}
"""Language -> what its pages' paths begin with."""
MOST_PAGES = 4
MOST_ALIKE = 3
"""Of one kind; an answer about more is about none of them in particular."""


def shelf(library: Library, letter: str) -> Mapping[str, object]:
    """Id -> record of all things whose pages have that letter. Raises KeyError where no page has."""
    shelves: dict[str, Mapping[str, object]] = {
        "k": library.municipalities,
        "t": library.themes,
        "i": library.initiatives,
        "s": library.strategies,
        "m": library.goals,
        "d": library.documents,
        "o": library.organisations,
        "b": library.terms,
    }
    return shelves[letter]


def page_of(library: Library, key: str) -> str:
    """The path of a thing's page without the language's prefix; "" where it has none."""
    return next((f"/{letter}/{key}" for letter in LETTERS if key in shelf(library, letter)), "")


def name_of(library: Library, key: str, language: str) -> str:
    """What the thing is called."""
    if key in library.municipalities:
        return library.municipalities[key].short[language]
    if key in library.organisations:
        return library.organisations[key].name
    if key in library.documents:
        return library.documents[key].title[language]
    if key in library.strategies:
        return library.strategies[key].title[language]
    named = library.themes.get(key) or library.item(key) or library.terms.get(key)
    return named.name[language] if named else key


def anchor(library: Library, key: str, language: str) -> Anchor:
    """A link to the thing's page."""
    return Anchor(name_of(library, key, language), f"{PREFIXES[language]}{page_of(library, key)}")


def pages_of(library: Library, about: About, language: str) -> tuple[Anchor, ...]:
    """The pages on what an answer is about, the narrowest first; none where it is about nearly everything."""
    found: list[str] = []
    for ids in (about.initiatives, about.themes, about.municipalities):
        known = [one for one in dict.fromkeys(ids) if page_of(library, one)]
        if len(known) <= min(MOST_ALIKE, MOST_PAGES - len(found)):
            found += known
    return tuple(Anchor(_told_apart(library, key, language), anchor(library, key, language).url) for key in found)


def _told_apart(library: Library, key: str, language: str) -> str:
    """The name as it stands beside others: an initiative may be called like its theme."""
    name = name_of(library, key, language)
    if key in library.themes:
        return say(language, "web-page-theme", name=name)
    if key in library.initiatives:
        return say(language, "web-page-initiative", name=name, place=name_of(library, library.owner[key], language))
    return say(language, "web-page-municipality", name=name)


@lru_cache(maxsize=len(PREFIXES))
def names_in(library: Library, language: str) -> dict[str, str]:
    """Id -> name of all things that have a page."""
    return {key: name_of(library, key, language) for letter in LETTERS for key in shelf(library, letter)}
