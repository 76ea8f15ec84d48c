"""The bot's own words: strict `say(language, key, ...)` over the Fluent catalogues in `texts/`."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern

from knowledge.model import PartialDate

CATALOGUES = Path(__file__).parent / "texts"
_ENTRY = re.compile(r"^(?=[a-z][a-z0-9-]* *=)", re.MULTILINE)
"""Where a text begins: its lines but the first are indented."""


class TextError(LookupError):
    """A text is missing or lacks a value: a fault of the program, found by the tests."""


@cache
def _bundle(language: str) -> FluentBundle:
    return FluentBundle([language], use_isolating=False)


@cache
def _entries(language: str) -> dict[str, str]:
    """Key -> its entry as it stands in one of the language's catalogues."""
    entries = [
        entry
        for path in sorted(CATALOGUES.glob(f"{language}*.ftl"))
        for entry in _ENTRY.split(path.read_text("utf-8"))[1:]
    ]
    return {entry.partition("=")[0].rstrip(): entry for entry in entries}


@cache
def _pattern(language: str, key: str) -> Pattern:
    """The text's pattern. Parsed once it is needed: all of a language take longer than a first answer should."""
    entry, bundle = _entries(language).get(key), _bundle(language)
    if entry:
        bundle.add_resource(FluentResource(entry))
    if not bundle.has_message(key) or not (pattern := bundle.get_message(key).value):
        raise TextError(f"no text '{key}' in {language}")
    return pattern


def say(language: str, key: str, **values: str | int) -> str:
    """The text `key` in `language` with its `values` put in. Raises TextError where the key or a value is missing.

    Years are passed as text: a number is written with a separator ("2.014").
    """
    return _said(language, key, tuple(values.items()))


@lru_cache(maxsize=2_048)
def _said(language: str, key: str, values: tuple[tuple[str, str | int], ...]) -> str:
    """The same. Kept, for most texts of an answer are those of others, too: what a source is called and its date."""
    text, errors = _bundle(language).format_pattern(_pattern(language, key), dict(values))
    if errors:
        raise TextError(f"text '{key}' in {language}: {errors[0]}")
    return str(text)


Style = Literal["standard", "or"]


def listed(language: str, items: Iterable[str], style: Style = "standard") -> str:
    """ "a, b og c"; style "or" gives "a, b eller c"."""
    return _listed(language, tuple(items), style)


@lru_cache(maxsize=1_024)
def _listed(language: str, items: tuple[str, ...], style: Style) -> str:
    """The same. Kept, for what is named together in one answer is so in others, too."""
    return format_list(items, style=style, locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@lru_cache(maxsize=512)
def spoken_date(language: str, moment: PartialDate) -> str:
    """ "10. juni 2014", "april 2014", "efteråret 2014" or "2014", as exactly as it is known."""
    locale = "en_GB" if language == "en" else language
    if moment.season:
        return say(language, f"season-{moment.season}", year=str(moment.year))
    if moment.month and moment.day:
        return format_date(date(moment.year, moment.month, moment.day), format="long", locale=locale)
    if moment.month:
        return format_date(date(moment.year, moment.month, 1), format="MMMM y", locale=locale)
    return str(moment.year)


def weekday(language: str, number: int) -> str:
    """ "mandag" or "Monday"; Monday is 0."""
    return str(get_day_names("wide", locale=language)[number])
