"""Checks a call's parameters against aiogram's models: a schema that is not the library's under test."""

import json
import re
import types
import typing
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import aiogram.methods
import aiogram.types
from aiogram.types import BufferedInputFile
from aiohttp import web
from pydantic import BaseModel, ValidationError

from tests.fake_telegram.refusal import Refused

UPDATES = frozenset(aiogram.types.Update.model_fields) - {"update_id"}
"""The kinds of update."""
REQUIRED = frozenset({("ReplyParameters", "message_id")})
"""What aiogram's models take for optional, though the bot has to say it."""
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Those that come only to bots that name them."""


def check_parameters(method: str, parameters: dict[str, Any]) -> None:
    """Raises Refused for an unknown method or parameter, a missing one, or one of a wrong type."""
    model = _model(method)
    if model is None:
        raise Refused("Not Found: method not found", 404)
    if any(re.search("[\ud800-\udfff]", text) for text in _texts(parameters)):
        raise Refused("strings must be encoded in UTF-8")
    try:
        checked = model.model_validate(parameters)
    except ValidationError as error:
        raise Refused(f"{method}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from None
    if unknown := sorted({*_unknown(checked), *_outdated(checked)}):
        raise Refused(f"{method}: unknown parameter {', '.join(unknown)}")
    if missing := sorted({one for name in model.model_fields for one in _missing(getattr(checked, name))}):
        raise Refused(f"{method}: {', '.join(missing)} is missing")


def check_kinds(kinds: list[str]) -> None:
    """Raises Refused for a kind of update that there is not."""
    if unknown := sorted(set(kinds) - UPDATES):
        raise Refused(f"allowed_updates: {', '.join(unknown)}")


def decode(method: str, form: list[tuple[str, str]]) -> dict[str, Any]:
    """The parameters of a form: texts as they are, everything else as the JSON in it. Raises Refused."""
    fields = getattr(_model(method), "model_fields", {})
    parameters: dict[str, Any] = {}
    for name, text in form:
        if name in parameters:
            raise Refused(f"{name} is given twice")
        if name not in fields or str in _kinds(fields[name].annotation):
            parameters[name] = text
            continue
        try:
            parameters[name] = json.loads(text)
        except ValueError:
            raise Refused(f"can't parse {name}: no JSON") from None
    return parameters


async def read_form(request: web.Request) -> tuple[list[tuple[str, str]], dict[str, BufferedInputFile]]:
    """The fields of an object or a form, and of one in parts its files by the name of their field."""
    if request.content_type == "application/json":
        fields = await request.json()
        return [(name, one if isinstance(one, str) else json.dumps(one)) for name, one in fields.items()], {}
    if request.content_type != "multipart/form-data":
        body = await request.text()
        return parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)), {}
    texts, files = [], {}
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            texts.append((name, value))
        elif isinstance(value, web.FileField):
            files[name] = BufferedInputFile(value.file.read(), value.filename)
    return texts, files


def _model(method: str) -> type[BaseModel] | None:
    # Method names are not told apart by case; a bot that writes another one than documented is wrong all the same.
    model = getattr(aiogram.methods, method[:1].upper() + method[1:], None) if method[:1].islower() else None
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _models(value: object) -> Iterator[BaseModel]:
    """The model, and all that it holds, however deep."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _models(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _models(one)


def _unknown(value: object) -> Iterator[str]:
    for model in _models(value):
        yield from model.model_extra or {}


def _outdated(value: object) -> Iterator[str]:
    """What the model still knows, but the documented API no longer has."""
    for model in _models(value):
        for name, field in type(model).model_fields.items():
            extra = field.json_schema_extra
            if isinstance(extra, dict) and extra.get("deprecated") and name in model.model_fields_set:
                yield name


def _missing(value: object) -> Iterator[str]:
    """What the model fills in by itself, but a call has to say: which kind of thing it hands over."""
    for model in _models(value):
        kind = type(model)
        for name, field in kind.model_fields.items():
            told = typing.get_origin(field.annotation) is typing.Literal or (kind.__name__, name) in REQUIRED
            if told and name not in model.model_fields_set:
                yield f"{kind.__name__}.{name}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _kinds(annotation: Any) -> tuple[Any, ...]:
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    return typing.get_args(annotation) if union else (annotation,)
