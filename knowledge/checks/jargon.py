"""Words that a newcomer cannot know, and that nothing explains: abbreviations, and words of the field."""

import re
from collections.abc import Iterator

from knowledge.checks.finding import Found
from knowledge.checks.pages import Pages, Passage
from knowledge.checks.settings import CheckSettings
from knowledge.words import fold

ABBREVIATION = re.compile(r"\b[A-ZÆØÅ]{2,7}\b(?![-–.]?\w*[a-z]{4})")
"""Capitals alone; of "NGO'er" the first part, and not what a longer word begins with ("EU-udbud")."""
EXPLAINING = ("name", "definition")


def abbreviation(pages: Pages, settings: CheckSettings) -> Iterator[Found]:
    """An abbreviation that neither its text nor a term nor an organisation's name explains: the first time only."""
    known = {*settings.abbreviations, *_explained_by_entries(pages)}
    for one in filter(lambda one: one.is_ours, pages.passages):
        for found in ABBREVIATION.finditer(one.text):
            short = found[0]
            if short not in known and not _explained_in(one, short):
                known.add(short)
                hint = (
                    "write it out with the abbreviation in brackets, explain it in terms.yaml, or list it under "
                    "'abbreviations' in checks.yaml"
                )
                yield one.found(f"nothing explains '{short}'", hint)


def _explained_by_entries(pages: Pages) -> Iterator[str]:
    for item in pages.of("organisation", "municipality"):
        aliases = item.data.get("aliases")
        for name in (item.data.get("name"), *(aliases if isinstance(aliases, list) else ())):
            yield from ABBREVIATION.findall(str(name))
    for one in pages.passages:
        if one.item and one.item.kind == "term" and one.field == "name":
            yield from ABBREVIATION.findall(one.text)


def _explained_in(passage: Passage, short: str) -> bool:
    """Whether the text has "in full (SHORT)" or "SHORT (in full)", in its own language or the other's."""
    pattern = rf"\w[\w'-]* \({short}\)|\b{short}\b[^\s(]* \(\w{{4,}}"
    return bool(re.search(pattern, passage.text) or re.search(pattern, passage.other))


def unexplained_word(pages: Pages, settings: CheckSettings) -> Iterator[Found]:
    """A word of the field that texts use and no term or theme is about: the first time only."""
    explained = {language: _explained(pages, language) for language in ("da", "en")}
    for language in ("da", "en"):
        for word in settings.words_of_the_field[language]:
            if fold(word) in explained[language]:
                continue
            pattern = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
            uses = [one for one in pages.passages if one.is_ours and one.language == language]
            uses = [one for one in uses if pattern.search(one.text)]
            if uses:
                times = "once" if len(uses) == 1 else f"in {len(uses)} texts"
                yield uses[0].found(f"no term explains '{word}', which is used {times}", "explain it in terms.yaml")


def _explained(pages: Pages, language: str) -> str:
    """The names of all terms and themes, and what terms say, as one text."""
    texts = []
    for one in pages.passages:
        kind = one.item.kind if one.item else ""
        if one.language == language and (
            (kind == "term" and one.field in EXPLAINING) or (kind == "theme" and one.field == "name")
        ):
            texts.append(fold(one.text))
    return "\n".join(texts)
