"""Texts that stand in the wrong language, or in one alone; and those that nobody has written yet."""

import re
from collections.abc import Iterator

from knowledge.checks.finding import Found
from knowledge.checks.pages import Pages, Passage
from knowledge.words import words_of

MAY_BE_ALIKE = ("name", "short", "title")
"""Fields whose text may be the same in both languages: Vision Vestergade, Roskilde."""
NAMES = {"da": "Danish", "en": "English"}
COMMON = {
    "da": frozenset(
        "og det er på af som den ikke har skal et blev bliver kan til med ved eller hvor der deres sig vil også"
        " efter mellem samt fra kommunen kommunens virksomheder socialøkonomiske borgere".split()
    ),
    "en": frozenset(
        "the and of are with that which its it was were be this their not from or as than has who"
        " municipality municipality's enterprises citizens".split()
    ),
}
"""Small words that nearly every sentence of the language has, and the other language has not."""

_ASIDE = re.compile(r"[„‘“][^„‘’“”]*[“’”]|(?<!\w)'[^']+'(?!\w)|\([^)]*\)")
"""What is quoted, or stands in brackets, may be in another language."""
_UNFINISHED = re.compile(r"\b(?:TODO|TBD|FIXME|XXX+)\b|\?\?\?|\bLorem ipsum\b")


def unfinished(pages: Pages) -> Iterator[Found]:
    """A text that only keeps the place of one."""
    for one in pages.passages:
        if mark := _UNFINISHED.search(one.text):
            yield one.found(f"'{mark[0]}' only keeps the place of a text", "write the text, or take the field out")


def same_in_both(pages: Pages) -> Iterator[Found]:
    """A text that was copied into the other language."""
    for one in pages.passages:
        alike = one.text.strip() == one.other.strip()
        if one.language == "en" and alike and one.field not in MAY_BE_ALIKE and len(words_of(one.text)) > 1:
            yield one.found("is the same in Danish and English", "translate it")


def wrong_language(pages: Pages) -> Iterator[Found]:
    """A text with the other language's small words in it. The words are counted, what is quoted is left out."""
    for one in pages.passages:
        other = "en" if one.language == "da" else "da"
        own, strange = _told(one, one.language), _told(one, other)
        if (strange and not own) or len(strange) > max(1, len(own)):
            shown = ", ".join(f"'{word}'" for word in strange[:3])
            message = f"should be {NAMES[one.language]} and reads as {NAMES[other]}: {shown}"
            yield one.found(message, "translate it, or put what is quoted in quotation marks")


def _told(passage: Passage, language: str) -> list[str]:
    """The words of a text that tell of a language."""
    words = [word for word in words_of(_ASIDE.sub(" ", passage.text)) if word[:1].islower()]
    danish = language == "da" and passage.language == "en"
    return [word for word in words if word in COMMON[language] or (danish and re.search("[æøå]", word))]
