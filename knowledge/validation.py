"""Data -> a record, or what is wrong with it, by pydantic. A base that is kept as it was built is loaded without."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


class InvalidError(ValueError):
    """The data make no record; `faults` has the path to each field at fault, and what is wrong there."""

    def __init__(self, faults: list[tuple[tuple[str | int, ...], str]]) -> None:
        self.faults = faults
        super().__init__(str(faults))


def validated(data: Any, model: type[T]) -> T:
    """The record of that kind. Raises InvalidError."""
    if model not in _ADAPTERS:
        _ADAPTERS[model] = TypeAdapter(model)
    try:
        record: T = _ADAPTERS[model].validate_python(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise InvalidError([(one["loc"], _plain_message(one)) for one in details]) from None
    return record


_MESSAGES: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "dataclass_type": lambda _: "must be a valid dictionary of fields",
    "dict_type": lambda _: "must be names with their values, no list",
    "unexpected_keyword_argument": lambda _: "is not a field that this entry can have",
    "string_type": lambda _: "must be text; put it in quotation marks",
    "too_short": lambda _: "must have at least one entry",
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda context: f"is longer than {context['max_length']} characters",
}


def _plain_message(detail: Any) -> str:
    """One of pydantic's error details in an editor's words."""
    context, kind = detail.get("ctx") or {}, detail["type"]
    if kind == "string_pattern_mismatch":
        if "http" in str(context.get("pattern")):
            return "must be an address that begins with http:// or https://"
        if "{12}" in str(context.get("pattern")):
            return "must be the 12 signs that `vejviser changes` writes"
        if "[a-z]{2,}" in str(context.get("pattern")):
            return "must be a site's name without http:// and path, such as aarhus.dk"
        if "/[a-z" in str(context.get("pattern")):
            return "must be a type of file such as application/pdf"
        return "must be an id: small letters a-z, digits and hyphens"
    if kind == "literal_error":
        return f"must be one of {context['expected']}"
    if kind in _MESSAGES:
        return _MESSAGES[kind](context)
    return str(detail["msg"]).removeprefix("Value error, ")
