"""Words typed instead of a pressed button ("ja", "næste", "trin 3"), and commands; each is read only where it fits."""

import re
from functools import cache
from itertools import pairwise

from handlers.actions import COMMANDS
from handlers.texts import say
from knowledge.model import LANGUAGES
from knowledge.words import fold

_BEHIND = re.compile(r"\([^)]*\)\s*$")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def means(text: str, name: str) -> bool:
    """Whether the whole text is one of those in `typed-<name>`, in either language."""
    return " ".join(_words(_BEHIND.sub("", text))) in _meant(name)


def step_in(text: str, numbers: dict[str, int]) -> int:
    """The step of "trin 3", "gå til trin tre" or "3. Hvem har strategier?"; 0: none. `numbers`: stem -> number."""
    words = _words(text)
    if re.match(r"\s*\d\.\s", text):
        return int(words[0])
    for word, following in pairwise(words):
        if len(words) <= 4 and word in _meant("step"):
            return int(following[:3]) if following.isdecimal() else numbers.get(following, 0)
    return 0


def command_in(text: str) -> tuple[str, str]:
    """The payload of "/rundtur" or "/tour@VejviserBot", and the language of its word; "", "" where it is no command."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first.startswith("/"):
        word = first[1:].partition("@")[0].lower()
        for language, commands in COMMANDS.items():
            if word in commands:
                return commands[word], language
    return "", ""


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@cache
def _meant(name: str) -> frozenset[str]:
    listed = [one for language in LANGUAGES for one in say(language, f"typed-{name}").split("|")]
    return frozenset(" ".join(_words(one)) for one in listed)
