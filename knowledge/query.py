"""A question once it is understood: an intent and its slots, as plain values that survive JSON."""

from dataclasses import dataclass, fields
from typing import Any, Literal, Self

Join = Literal["any", "all"]
Places = tuple[str, ...]
"""Ids of municipalities."""


@dataclass(frozen=True)
class Query:
    """What is asked. Ids are those of the base; an empty tuple means that the slot is open."""

    intent: str
    """Which kind of question, e.g. "municipalities_with"; the handlers' table has them all."""
    municipalities: tuple[str, ...] = ()
    """Municipalities that the question names or, in a follow-up, means."""
    topics: tuple[str, ...] = ()
    """Ids of themes, initiatives and goals that are asked for."""
    join: Join = "any"
    """How several topics go together: "any" of them, or "all" in one municipality."""
    without: tuple[str, ...] = ()
    """Topics that must not be there ("netværk, men ikke mentor"), or that a subscription leaves out."""
    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Documents that are named."""
    terms: tuple[str, ...] = ()
    """Words of the glossary that are to be explained."""
    milestones: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    """Places asked for that the base has nothing on, as they are to be shown."""
    year: int = 0
    """A year that is named; 0: none."""
    number: int = 0
    """A figure that is named ("de 200"); 0: none."""
    counted: bool = False
    """How many, rather than which."""
    aspect: str = ""
    """A turn on the intent: "first", "last", "next" ... (order), "municipalities", "strategies" ... (count), a rhythm
    or "unknown" (subscribe; see knowledge.subscribing)."""
    within: tuple[str, ...] = ()
    """Only among these municipalities (a follow-up: "which of the two ...")."""
    excluding: tuple[str, ...] = ()
    """Not these municipalities (a follow-up: "who else ..."; "alt undtagen Aarhus")."""
    full: bool = False
    """Nothing folded away; of a subscription: everything."""
    strategies: tuple[str, ...] = ()
    """Single strategies that a subscription is to."""
    then: str = ""
    """The year whose state is asked for, or "earlier": what has been replaced since; "": what is known today."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it; only what differs from the defaults."""
        blank = Query(self.intent)
        return {name: value for name, value in vars(self).items() if name == "intent" or value != getattr(blank, name)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The query that `to_dict` wrote; keys of a later version are passed over."""
        known = {one.name for one in fields(cls)}
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known
        }
        return cls(**kept)


@dataclass(frozen=True)
class Subject:
    """What the last answer was about: the ground on which a follow-up ("og Aarhus?") stands."""

    query: Query | None = None
    municipalities: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    language: str = ""
    group: tuple[str, ...] = ()
    """Municipalities that were spoken of together, or one after the other, newest last: the ground for "de to"."""
    topics: tuple[str, ...] = ()
    """What the conversation is about, as it was first named; it outlasts a date, a document or a partner."""
    listed: tuple[str, ...] = ()
    """What was listed last, in that order: initiatives of one municipality, or municipalities."""
    seen: tuple[str, ...] = ()
    """Initiatives that were told of by themselves or with a few others, the latest first."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**vars(self), "query": self.query.to_dict() if self.query else None}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The subject that `to_dict` wrote."""
        query = values.get("query")
        return cls(
            query=Query.from_dict(query) if query else None,
            municipalities=tuple(values.get("municipalities", ())),
            initiatives=tuple(values.get("initiatives", ())),
            documents=tuple(values.get("documents", ())),
            strategies=tuple(values.get("strategies", ())),
            language=values.get("language", ""),
            group=tuple(values.get("group", ())),
            topics=tuple(values.get("topics", ())),
            listed=tuple(values.get("listed", ())),
            seen=tuple(values.get("seen", ())),
        )


NOTHING = Subject()
