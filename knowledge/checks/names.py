"""Names of municipalities, organisations and places that are nearly, but not quite, spelt as they are."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from knowledge.checks.finding import Found
from knowledge.checks.pages import Pages
from knowledge.checks.settings import CheckSettings

SHORTEST = 5
"""Letters of a name that no other word is one letter away from by chance."""
LONG = 9
"""From so many letters on two may be wrong."""
ALIKE = 92
"""Per cent of the letters that a name of several words shares with what is meant to be it."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def misspelt_name(pages: Pages, settings: CheckSettings) -> Iterator[Found]:
    """A word with a capital letter that is a letter or two away from a known name, and is not written small anywhere.

    Of a name of several words: as many words in a row that are nearly the same.
    """
    names = _names(pages)
    single = sorted({name for name in names if " " not in name and len(name) >= SHORTEST})
    several = sorted((name, " ".join(_WORD.findall(name))) for name in names if " " in name and len(name) >= LONG)
    whole = {plain.casefold() for _, plain in several}
    known = {*single, *(word for name in names for word in _WORD.findall(name)), *settings.names}
    common = {word for one in pages.passages for word in _WORD.findall(one.text) if word[:1].islower()}
    for one in pages.passages:
        for match in _WORD.finditer(one.text):
            word = match[0]
            if not word[:1].isupper() or _is_known(word, known) or word.lower() in common:
                continue
            if right := _nearest(word, tuple(single)):
                yield one.found(f"'{word}' is nearly the name '{right}'", _HINT)
        words = _WORD.findall(one.text)
        for name, plain in several:
            if wrong := _nearly(words, plain, whole):
                yield one.found(f"'{wrong}' is nearly the name '{name}'", _HINT)


_HINT = "spell the name as the base does; if the word is right, list it under 'names' in checks.yaml"


def _names(pages: Pages) -> set[str]:
    found: set[str] = set()
    for item in pages.of("municipality", "organisation"):
        aliases = item.data.get("aliases")
        listed = [item.data.get("name"), *(aliases if isinstance(aliases, list) else ())]
        short = item.data.get("short")
        listed += list(short.values()) if isinstance(short, dict) else []
        found |= {str(name) for name in listed if str(name)[:1].isupper()}
    for file in pages.files.values():
        if file.name == "data/denmark.yaml" and isinstance(file.data, dict):
            for region in file.data.get("regions") or ():
                found |= {str(name) for name in region.get("municipalities") or ()}
            for field in ("aliases", "elsewhere"):
                for key, names in (file.data.get(field) or {}).items():
                    found |= {str(name) for name in (key, *names) if str(name)[:1].isupper()}
    return found


def _is_known(word: str, known: set[str]) -> bool:
    """Whether the word is a known one, or its genitive, or is put together of known ones with a hyphen."""
    if word in known or (word.endswith("s") and word[:-1] in known):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(part in known or part.islower() or part.removesuffix("s") in known for part in parts)


@lru_cache(maxsize=16_384)
def _nearest(word: str, names: tuple[str, ...]) -> str:
    """The name that the word is misspelt of, "" where it is no such word."""
    if len(word) < SHORTEST:
        return ""
    for name in names:
        allowed = 2 if len(name) >= LONG else 1
        bare = word.removesuffix("s") if not name.endswith("s") else word
        if word[0] == name[0] and bare != name and OSA.distance(bare, name, score_cutoff=allowed) <= allowed:
            return name
    return ""


def _nearly(words: list[str], name: str, names: set[str]) -> str:
    """Words in a row that are nearly the name and no name themselves, "" where there are none."""
    size = name.count(" ") + 1
    for start in range(len(words) - size + 1):
        there = " ".join(words[start : start + size])
        if there[0] != name[0]:
            continue
        bare = there.removesuffix("s") if not name.endswith("s") else there
        if bare.casefold() not in names and ratio(bare, name, score_cutoff=ALIKE):
            return there
    return ""
