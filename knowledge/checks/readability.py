"""Texts that are too long, or too hard to read."""

import re
from collections.abc import Iterator

from knowledge.checks.finding import Found
from knowledge.checks.pages import Pages
from knowledge.checks.settings import CheckSettings
from knowledge.words import words_of

LONGEST = {"name": 70, "short": 40, "title": 160, "summary": 280, "definition": 280, "details": 280, "text": 360}
"""The most characters of a text where the base does not say otherwise."""
LONG_WORD = 6
"""A word with more letters is a long one."""
LEAST_WORDS = 12
"""Fewer words tell nothing of how hard a text is to read."""

_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)")


def too_long(pages: Pages, settings: CheckSettings) -> Iterator[Found]:
    """A text with more characters than its field should have."""
    limits = {**LONGEST, **settings.longest}
    for one in pages.passages:
        if (limit := limits.get(one.field)) and len(one.text) > limit:
            hint = "shorten it, or move the rest to 'details'" if one.field == "summary" else "shorten it"
            yield one.found(f"has {len(one.text)} characters; of a {one.field} at most {limit} are read", hint)


def hard_to_read(pages: Pages, settings: CheckSettings) -> Iterator[Found]:
    """A text whose LIX is above the limit."""
    for one in pages.passages:
        if one.is_ours and len(words_of(one.text)) >= LEAST_WORDS and (found := lix(one.text)) > settings.lix:
            hint = "make two sentences of one, and say long words in short ones"
            yield one.found(f"is hard to read (LIX {found:.0f}, at most {settings.lix})", hint)


def lix(text: str) -> float:
    """The readability index LIX: words a sentence, plus how many of a hundred words have more than six letters.

    C. H. Björnsson, Läsbarhet (Stockholm: Liber, 1968). Below 25 is for children, above 55 for specialists. Danish
    compounds count as long words however well known they are, so texts on social economy stand high from the start.
    """
    words = words_of(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text.rstrip() + "." if text.rstrip()[-1:].isalnum() else text)))
    return len(words) / sentences + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)
