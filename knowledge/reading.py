"""A message as it is read: its words, and the names and terms that were found in it."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from knowledge.words import Token

Kind = Literal["municipality", "place", "topic", "document", "organisation", "term", "milestone", "outside"]

Operator = tuple[str, str]
"""Language and name of a list of small words."""


class Mention(NamedTuple):
    """A known name or term in a message."""

    kind: Kind
    id: str
    weight: float
    """1 for a term, more for a longer phrase, less for a hint or a repaired spelling."""
    positions: tuple[int, ...]
    """Places of its words among the tokens."""
    language: str = ""
    hint: bool = False
    text_only: bool = False
    exact: bool = False
    """A term of one word that is written just so."""
    spares: bool = False
    """The term names what the topic saves people from."""

    @property
    def start(self) -> int:
        return self.positions[0]


@dataclass
class Reading:
    """A message with what the lexicon found in it."""

    tokens: list[Token]
    stems: list[set[str]]
    """Per token: its stem, that of its repaired spelling, and those of the parts of a compound."""
    mentions: list[Mention] = field(default_factory=list)
    repaired: dict[int, int] = field(default_factory=dict)
    """Token -> edits that its spelling took."""
    split: set[int] = field(default_factory=set)
    """Tokens known only in part: one part of a compound."""
    joined: set[int] = field(default_factory=set)
    """Tokens that are compounds of two known words."""
    known: set[int] = field(default_factory=set)
    """Tokens that any word list knows."""
    native: set[int] = field(default_factory=set)
    """Tokens that the language of the message knows, where it is clear which that is."""
    spotted: dict[Operator, set[int]] | None = None
    """Where `Operators` saw each in these words, once it has looked; copies share it, for the words are the same."""
    found: dict[str, dict[str, list[int]]] = field(default_factory=dict, init=False)
    """Language -> where each operator stands for it, once that was asked for."""

    def in_language(self, language: str, known: Container[str]) -> "Reading":
        """The same, without what only seems to be of the other language: "makes" is no "makker", "have" no garden.

        `known`: the stems that the language has. Whole phrases and words that are written alike stand.
        """
        kept = [
            one
            for one in self.mentions
            if one.language in ("", language)
            or one.exact
            or not (one.hint or (len(one.positions) == 1 and self.tokens[one.start].stem in known))
        ]
        native = {place for place, token in enumerate(self.tokens) if token.stem in known}
        return replace(self, mentions=kept, native=native)

    def without_cues(self, places: set[int]) -> "Reading":
        """The same, without topics that one word names which stands at one of these places."""
        kept = [one for one in self.mentions if one.kind != "topic" or not places.issuperset(one.positions)]
        return replace(self, mentions=kept) if len(kept) < len(self.mentions) else self

    def of(self, *kinds: Kind) -> list[Mention]:
        """The mentions of those kinds, in the order of the message."""
        return [one for one in self.mentions if one.kind in kinds]

    def covered(self, *kinds: Kind) -> set[int]:
        """Tokens that mentions of those kinds take up."""
        return {place for one in self.of(*kinds) for place in one.positions}
