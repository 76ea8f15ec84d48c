"""Texts that stand in the wrong language, or in one alone; and those that nobody has written yet."""

import re
from collections.abc import Iterator

from knowledge.checks.finding import Found
from knowledge.checks.pages import UNFINISHED, Pages
from knowledge.model import LANGUAGES
from knowledge.phrases import Phrasebook
from knowledge.words import fold, words_of

MAY_BE_ALIKE = ("name", "short", "title")
"""Fields whose text may be the same in both languages: Vision Vestergade, Roskilde."""
NAMES = {"da": "Danish", "en": "English"}
_ASIDE = re.compile(r"[„‘“][^„‘’“”]*[“’”]|(?<!\w)'[^']+'(?!\w)|\([^)]*\)")
"""What is quoted, or stands in brackets, may be in another language."""
_DANISH = re.compile("[æøå]")


def unfinished(pages: Pages) -> Iterator[Found]:
    """A text that only keeps the place of one."""
    for one in pages.all_passages:
        if mark := UNFINISHED.search(one.text):
            yield one.found(f"'{mark[0]}' only keeps the place of a text", "write the text, or take the field out")


def same_in_both(pages: Pages) -> Iterator[Found]:
    """A text that was copied into the other language."""
    for one in pages.passages:
        alike = one.text.strip() == one.other.strip()
        if one.language == "en" and alike and one.field not in MAY_BE_ALIKE and len(words_of(one.text)) > 1:
            yield one.found("is the same in Danish and English", "translate it")


def wrong_language(pages: Pages, phrasebook: Phrasebook) -> Iterator[Found]:
    """A text with the other language's small words in it.

    Those of grammar in the phrase files are counted that only one of the languages has; what is quoted is left out.
    """
    grammar = {language: {fold(word) for word in phrasebook[language].function} for language in LANGUAGES}
    markers = {"da": grammar["da"] - grammar["en"], "en": grammar["en"] - grammar["da"]}
    small = {word for one in pages.passages for word in words_of(one.text) if word[:1].islower()}
    for one in pages.passages:
        if one.field in MAY_BE_ALIKE and one.text == one.other:
            continue
        other = "en" if one.language == "da" else "da"
        words = words_of(_ASIDE.sub(" ", one.text))
        words = [word.lower() for word in words[:1]] + [word for word in words[1:] if word[:1].islower()]
        own, strange = ([word for word in words if fold(word) in markers[name]] for name in (one.language, other))
        letters = [word for word in words if one.language == "en" and _DANISH.search(word) and word in small]
        # One small word alone may be one of both languages all the same: "by", "end".
        if len(set(strange)) > max(1, len(own)) or (letters and not own):
            shown = ", ".join(f"'{word}'" for word in dict.fromkeys((*strange, *letters)))
            message = f"should be {NAMES[one.language]} and reads as {NAMES[other]}: {shown}"
            yield one.found(message, "translate it, or put what is quoted in quotation marks")
