"""Text -> words that can be compared: folding of letters, stems that Danish and English inflection leaves alike."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST = 2_000
"""Characters of a message that are read; a question is shorter, and what follows would only cost time."""

_FOLDS = str.maketrans(
    {"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss", "’": "'", "‘": "'", "`": "'", "´": "'"}
)
_BARE = str.maketrans({"å": "a", "ø": "o", "æ": "a"})
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\b\.?")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*'?")
_BREAK = frozenset(",.;:?!\n")
_STOP = frozenset(".;:?!\n")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")

_ENDINGS = tuple(
    sorted(
        [
            "elserne",
            "elsens",
            "elsen",
            "ernes",
            "erne",
            "enes",
            "edes",
            "ens",
            "ets",
            "ers",
            "ene",
            "ede",
            "est",
            "ing",
            "ed",
            "er",
            "en",
            "et",
            "es",
            "e",
            "s",
            "elser",
            "else",
            "ation",
            "ations",
            "ment",
            "ments",
            "heder",
            "heden",
            "hed",
            "ship",
            "eri",
            "at",
        ],
        key=len,
        reverse=True,
    )
)
_LEAST_LEFT = {"s": 3, "e": 3, "at": 5, "ation": 5, "hed": 4, "eri": 4, "ment": 4, "ship": 4}
_BY_LAST_LETTER = {
    letter: tuple((one, len(one), _LEAST_LEFT.get(one, 3)) for one in _ENDINGS if one[-1] == letter)
    for letter in {one[-1] for one in _ENDINGS}
}
"""Most words end in a letter that no ending, or only a few, end in: (ending, its length, letters it must leave)."""


class Token(NamedTuple):
    """One word of a message: as written, folded, and its stem; `start` is its place among the characters."""

    written: str
    folded: str
    stem: str
    start: int
    breaks: bool = False
    """A comma or full stop stands before it."""
    stop: str = ""
    """The mark that ends the sentence before it: one of . ; : ? ! or a new line."""

    @property
    def capital(self) -> bool:
        """Begins with a capital letter."""
        return self.written[:1].isupper()


def clean(text: str) -> str:
    """The text as it is read: NFKC, without invisible and control characters, at most LONGEST characters."""
    text = unicodedata.normalize("NFKC", text[: LONGEST * 2].encode("utf-8", "replace").decode("utf-8"))
    text = _INVISIBLE.sub("", text)
    if text.isprintable():
        return text[:LONGEST]
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") else letter for letter in text)[
        :LONGEST
    ]


@lru_cache(maxsize=4_096)
def fold(word: str) -> str:
    """Lower case, aa/ae/oe for the Danish letters, other accents dropped: "Århus" and "aarhus" are one word."""
    word = word.casefold().translate(_FOLDS)
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def bare(word: str) -> str:
    """A word as people without Danish keys may write it: "Kobenhavn", "Arhus", "radgivning"."""
    return fold(word.casefold().translate(_BARE))


@lru_cache(maxsize=4_096)
def stem(word: str) -> str:
    """The part of a folded word that inflection leaves: "netværkene", "netværket" -> "netvaerk".

    Light on purpose, and one for both languages: endings come off while three letters stay (four after the first);
    then a doubled consonant and the "r" of "centr-" go, so that all forms of a word meet.
    """
    if len(word) <= 3 or word[0].isdigit():
        return word
    if word.endswith("ies") and len(word) > 5:
        word = word[:-3] + "y"
    if word.endswith("igt"):
        word = word[:-1]
    least = 3
    while True:
        size = len(word)
        for ending, length, leaves in _BY_LAST_LETTER.get(word[-1], ()):
            left = size - length
            if left >= least and left >= leaves and word.endswith(ending) and not word.endswith("ss"):
                word, least = word[:left], 4
                break
        else:
            break
    if len(word) > 4 and word[-1] == "t" and word[-2] in "bdgknpv":
        word = word[:-1]  # "anerkendt", "effekt": a participle's ending, or kept off both forms alike
    if len(word) > 5 and word[-1] == "n" and word[-2] not in "aeiouyn":
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouy":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("tr") else word


def without_apostrophe(folded: str) -> str:
    """A folded word without its apostrophe: "founder's" and "pdf'en" lose the ending, "don't" keeps it."""
    folded = folded.rstrip("'")
    root, mark, tail = folded.partition("'")
    if mark and len(tail) <= 3 and root:
        return root + tail if tail in ("t", "re", "ve", "ll", "d", "m") else root
    return folded


def words_of(text: str) -> list[str]:
    """The words of a phrase as `tokens` finds them, as written."""
    if "." in text:
        text = _ABBREVIATION.sub(lambda match: match[0].replace(".", "").ljust(len(match[0])), text)
    return _WORD.findall(text)


def tokens(text: str) -> list[Token]:
    """The words of an already `clean` text; "ph.d." is one word, "Ikast-Brande" and "pdf'en" are two and one."""
    text = _ABBREVIATION.sub(lambda match: match[0].replace(".", "").ljust(len(match[0])), text)
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()] if found else ""
        stop = next((mark for mark in between if mark in _STOP), "")
        after_number = found and found[-1].written.isdecimal() and not match[0][0].isupper()
        if stop == "." and (after_number or match[0].isdecimal()):
            stop = ""  # "2. pinsedag", "kl. 9"
        end = match.end()
        written = match[0]
        folded, root = _forms(written)
        found.append(Token(written, folded, root, match.start(), not _BREAK.isdisjoint(between), stop))
    return found


@lru_cache(maxsize=4_096)
def _forms(written: str) -> tuple[str, str]:
    """A word folded, and its stem."""
    folded = without_apostrophe(fold(_DRAWN_OUT.sub(r"\1", written)))  # "hjææælp"
    return folded, stem(folded)
