"""What the fields of records may hold, in marks that pydantic reads: who loads a kept base need not import pydantic."""

from collections.abc import Callable
from typing import Any

Schema = Any
"""Pydantic's description of what it accepts, a dictionary."""


class Limits:
    """Bounds of a text, a number or the length of a list, by pydantic's names for them."""

    def __init__(self, **bounds: str | int) -> None:
        self.bounds = bounds

    def __get_pydantic_core_schema__(self, kind: Any, describe: Callable[[Any], Schema]) -> Schema:
        """Pydantic asks this of what stands in an `Annotated`."""
        return {**describe(kind), **self.bounds}


class ReadBy:
    """A function that makes a field's value of what stands in the file; it raises ValueError."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self.read = read

    def __get_pydantic_core_schema__(self, kind: Any, describe: Callable[[Any], Schema]) -> Schema:
        """The same."""
        function = {"type": "no-info", "function": self.read}
        return {"type": "function-before", "function": function, "schema": describe(kind)}
