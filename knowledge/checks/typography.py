"""Quotation marks and dashes: the base has one way to write them in each language."""

import re
from collections.abc import Iterator

from knowledge.checks.finding import Found
from knowledge.checks.pages import Pages

QUOTED = {"da": ("„", "“"), "en": ("'", "'")}
"""The marks around what is quoted."""
NAMED = {"da": "„ “", "en": "' '"}

_KEPT = {"da": re.compile(r"(„[^„“”\"]*“)"), "en": re.compile(r"(‘[^‘’]*’(?!\w))")}
"""Quoted as it should be. In Danish the second mark is the first one elsewhere; in English round marks are as good."""
_PAIRS = re.compile(
    r"„([^„“]+)“|\"([^\"]+)\"|“([^“”]+)”|”([^”]+)”|«([^«»]+)»|»([^«»]+)«|‘([^‘’]+)’|(?<!\w)'([^']+)'(?!\w)"
)
_HALF = re.compile(r"„([^„“”\"]*)[”\"]")
_YEARS = re.compile(r"(?<![\d-])((?:19|20)\d\d)-((?:19|20)\d\d)(?![\d-])")
_DASH = re.compile(r" *— *| (?:-|--) (?=\S)")
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_LEFT = re.compile(r"[\"”«»—]")
"""What has no place in any text, also where it cannot be told what it should be."""


def typography(pages: Pages) -> Iterator[Found]:
    """A text whose marks are others than the base's."""
    for one in pages.passages:
        if one.text != (better := typeset(one.text, one.language)):
            at = next(i for i, letter in enumerate(one.text + "\0") if letter != (better + "\0")[i : i + 1])
            message = f"'{_around(one.text, at)}' should be '{_around(better, at)}'"
            yield one.found(message, "`vejviser check --fix` does it")
        elif wrong := _LEFT.search(one.text):
            hint = f"quotation marks are {NAMED[one.language]} here, and dashes –"
            yield one.found(f"'{_around(one.text, wrong.start())}' has a {wrong[0]} that stands alone", hint)


def typeset(text: str, language: str) -> str:
    """The text with the base's marks, where it is plain which ones are meant."""
    first, last = QUOTED[language]
    text = _APOSTROPHE.sub("'", _YEARS.sub(r"\1–\2", _DASH.sub(" – ", text)))
    if language == "da":
        text = _HALF.sub(rf"„\1{last}", text)
    parts = _KEPT[language if language == "en" else "da"].split(text)
    parts[::2] = [
        _PAIRS.sub(lambda found: f"{first}{next(filter(None, found.groups()))}{last}", one) for one in parts[::2]
    ]
    return "".join(parts)


def _around(text: str, at: int) -> str:
    """A few words around a place."""
    return text[max(0, at - 12) : at + 14].strip()
