"""A conversation may be about what the base no longer has: it goes on with what is left."""

from dataclasses import fields, replace
from typing import Any

from knowledge.library import Library
from knowledge.query import Query, Subject

_IDS = tuple[str, ...]
_OF_SUBJECT = tuple(one.name for one in fields(Subject) if one.type == _IDS)
_OF_QUERY = tuple(one.name for one in fields(Query) if one.type == _IDS and one.name != "unknown_places")
"""The fields that hold ids."""


def still_there(subject: Subject, library: Library) -> Subject:
    """The subject without ids that the base does not have; without its query, where that was about one of them."""
    known = library.ids
    asked = subject.query
    if asked and not all(known.issuperset(getattr(asked, name)) for name in _OF_QUERY):
        subject = replace(subject, query=None)
    if all(known.issuperset(getattr(subject, name)) for name in _OF_SUBJECT):
        return subject
    left: dict[str, Any] = {name: tuple(filter(known.__contains__, getattr(subject, name))) for name in _OF_SUBJECT}
    return replace(subject, **left)
