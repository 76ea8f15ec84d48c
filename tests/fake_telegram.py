"""A Bot API server on loopback that is stricter than Telegram's own: what it accepts, Telegram accepts.

Parameters are checked against aiogram's models, a schema that is not the library's under test. Whatever is wrong
with a call is answered as Telegram would and kept in `FakeTelegram.violations`; what a test wishes for (`fail`) is not.
"""

import asyncio
import contextlib
import functools
import itertools
import json
import re
import time
import types
import typing
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiogram.methods
from aiogram.types import BufferedInputFile
from aiohttp import web
from pydantic import BaseModel, ValidationError

TOKEN = "123456789:AAFakeTokenFor-Tests_only0123456789"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Vejviser", "username": "VejviserBot"}
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "a", "code", "pre", "blockquote"}
GONE = "chat not found"
"""What the bot can know only by trying, so it breaks no rule."""
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKENS = re.compile(
    r"<(/?)([a-zA-Z-]+)((?:\s+[a-z-]+=\"[^\"<>]*\")*)\s*>|&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);|([<>&])|([^<>&]+)"
)
_ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
# What Telegram takes out, or takes for no text at all (tdlib's clean_input_string and strip_empty_characters).
_TAKEN_OUT = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_EMPTY = re.compile(
    "[\\s\x00-\x20\xa0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)


class Refused(Exception):
    """A call that Telegram refuses, with its code and description."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters


@dataclass
class Fault:
    """What the next call of a method meets instead of an answer."""

    status: int = 0
    retry_after: int = 0
    """Seconds; with status 429."""
    html: str = ""
    """A body that is no JSON, as a proxy in between sends it."""
    description: str = ""
    reset: bool = False
    """The connection is cut."""
    slow: float = 0.0
    """Seconds before anything happens."""
    done: bool = False
    """The call is carried out all the same; only its answer is lost."""


@dataclass
class Sent:
    """A message of the bot."""

    chat: int
    number: int
    text: str
    keyboard: list[list[dict[str, Any]]]
    parameters: dict[str, Any]
    file: tuple[str, bytes] | None = None
    """Name and content of a document."""
    photo: tuple[str, bytes] | None = None
    """Name and content of a photo, whose caption is the text."""


@dataclass
class Call:
    """One call of the bot, and when it came (seconds, monotonic)."""

    method: str
    parameters: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@functools.lru_cache(maxsize=256)
def parse_html(text: str) -> str:
    """The text that is seen. Raises Refused where Telegram's HTML mode has no reading, or where it only guesses one."""
    seen: list[str] = []
    open_tags: list[str] = []
    for one in _TOKENS.finditer(text):
        closing, tag, attributes, entity, stray, plain = one.groups()
        if plain is not None:
            seen.append(plain)
        elif stray is not None:
            raise Refused(f"can't parse entities: unescaped '{stray}' at offset {one.start()}")
        elif entity is not None:
            seen.append(_character(entity))
        elif tag not in TAGS:
            raise Refused(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {one.start()}')
        elif closing:
            if not open_tags or open_tags.pop() != tag:
                raise Refused(f"can't parse entities: Unmatched end tag at byte offset {one.start()}")
        else:
            if tag in open_tags:
                raise Refused(f"can't parse entities: <{tag}> within <{tag}>")
            _check_attributes(tag, dict(_ATTRIBUTE.findall(attributes)))
            open_tags.append(tag)
    if open_tags:
        raise Refused(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return "".join(seen)


def _character(entity: str) -> str:
    if entity.startswith("#"):
        number = int(entity[2:], 16) if entity[1] == "x" else int(entity[1:])
        return chr(number)
    if entity not in NAMED:
        raise Refused(f"can't parse entities: unknown entity &{entity};")
    return NAMED[entity]


def _check_attributes(tag: str, attributes: dict[str, str]) -> None:
    if tag == "a" and set(attributes) == {"href"}:
        return check_address(re.sub(r"&([a-z#0-9]+);", lambda one: _character(one[1]), attributes["href"]))
    if attributes or tag == "a":
        raise Refused(f"can't parse entities: wrong attributes {sorted(attributes)} of <{tag}>")
    return None


def check_address(url: str) -> None:
    """Raises Refused for what Telegram calls a wrong HTTP URL."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\x21-\x7e]+", url):
        raise Refused(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in host.strip(".") or ".." in host or "@" in parts.netloc:
        raise Refused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_text(text: object) -> None:
    """Raises Refused for a text that the API does not take: empty, too long, or with characters it drops."""
    seen = _TAKEN_OUT.sub("", str(text))
    if _EMPTY.fullmatch(seen):
        raise Refused("message text is empty")
    if units(str(text)) > 4096:
        raise Refused("message is too long")
    if stray := re.search("[\x00-\x08\x0b-\x1f\x7f]", str(text)):
        raise Refused(f"control character {stray[0]!r}")


def check_keyboard(keyboard: list[list[dict[str, Any]]]) -> None:
    """Raises Refused for buttons that the API does not take."""
    buttons = [button for row in keyboard for button in row]
    if not all(keyboard) or not 1 <= len(buttons) <= 100 or max(len(row) for row in keyboard) > 8:
        raise Refused("reply markup is empty, or too big")
    for button in buttons:
        check_text(button["text"])
        if "\n" in button["text"]:
            raise Refused("button text must be one line")
        if len(button) != 2 or not {"url", "callback_data"} & set(button):
            raise Refused("can't parse inline keyboard button: exactly one kind of button is allowed")
        if "url" in button:
            check_address(button["url"])
        elif not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused("BUTTON_DATA_INVALID")


def check_message(parameters: dict[str, Any]) -> str:
    """The text that is seen of a sendMessage or editMessageText. Raises Refused."""
    mode = parameters.get("parse_mode")
    if mode not in (None, "HTML"):
        raise Refused("unsupported parse_mode")
    text = parse_html(parameters["text"]) if mode else parameters["text"]
    check_text(text)
    markup = parameters.get("reply_markup")
    if markup:
        check_keyboard(markup["inline_keyboard"])
    return str(text)


def check_parameters(method: str, parameters: dict[str, Any]) -> None:
    """Raises Refused for an unknown method or parameter, a missing one, or one of a wrong type."""
    model = getattr(aiogram.methods, method[:1].upper() + method[1:], None)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise Refused("Not Found: method not found", 404)
    if any(re.search("[\ud800-\udfff]", text) for text in _texts(parameters)):
        raise Refused("strings must be encoded in UTF-8")
    try:
        checked = model.model_validate(parameters)
    except ValidationError as error:
        raise Refused(f"{method}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from None
    if unknown := sorted(_unknown(checked)):
        raise Refused(f"{method}: unknown parameter {', '.join(unknown)}")


def _unknown(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from value.model_extra or {}
        for name in type(value).model_fields:
            yield from _unknown(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _unknown(one)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


async def read_form(request: web.Request) -> tuple[list[tuple[str, str]], dict[str, BufferedInputFile]]:
    """The fields of a form, and of one in parts its files by the name of their field. Raises Refused."""
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


def check_file(file: object) -> tuple[str, bytes]:
    """Name and content of an uploaded file. Raises Refused where there is none, or it is empty, unnamed or too big."""
    if not isinstance(file, BufferedInputFile):
        raise Refused("wrong file identifier/HTTP URL specified")
    if not file.data:
        raise Refused("file must be non-empty")
    if not file.filename or "/" in file.filename or len(file.data) > 50_000_000:
        raise Refused("Request Entity Too Large, or a file without a name")
    return file.filename, file.data


def check_caption(parameters: dict[str, Any]) -> str:
    """The caption that is seen: like a message, but shorter, and there need not be one. Raises Refused."""
    caption = parameters.get("caption")
    seen = check_message({**parameters, "text": caption or "-"})
    if units(seen) > 1024:
        raise Refused("message caption is too long")
    return seen if caption else ""


def check_photo(file: object) -> tuple[str, bytes]:
    """Name and content of an uploaded PNG. Raises Refused where it is none, or is too big or too slim for a photo."""
    name, content = check_file(file)
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        raise Refused("IMAGE_PROCESS_FAILED")
    if len(content) > 10_000_000:
        raise Refused("PHOTO_SAVE_FILE_INVALID: too big for a photo")
    width, height = png_size(content)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refused("PHOTO_INVALID_DIMENSIONS")
    return name, content


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def decode(method: str, form: list[tuple[str, str]]) -> dict[str, Any]:
    """The parameters of a form: texts as they are, everything else as the JSON in it. Raises Refused."""
    model = getattr(aiogram.methods, method[:1].upper() + method[1:], None)
    fields = getattr(model, "model_fields", {})
    parameters: dict[str, Any] = {}
    for name, text in form:
        if name not in fields or str in _kinds(fields[name].annotation):
            parameters[name] = text
            continue
        try:
            parameters[name] = json.loads(text)
        except ValueError:
            raise Refused(f"can't parse {name}: no JSON") from None
    return parameters


def _kinds(annotation: Any) -> tuple[Any, ...]:
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    return typing.get_args(annotation) if union else (annotation,)


class FakeTelegram:
    """The server: `async with FakeTelegram() as fake` starts it, `fake.root` is for VEJVISER_TELEGRAM_API."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.root = ""
        self.chats: dict[int, dict[str, Any]] = {}
        self.blocked: set[int] = set()
        """Chats that have shut the bot out."""
        self.gone: set[int] = set()
        """Chats that there were once."""
        self.moved: dict[int, int] = {}
        """Groups that are supergroups now, with another number."""
        self.limit = 0
        """Messages a second that are taken; 0: any number."""
        self.early = 0
        """Messages that came although the bot was told to wait."""
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.violations: list[str] = []
        self._right: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._updates: list[dict[str, Any]] = []
        self._allowed: list[str] | None = None
        self._numbers = itertools.count(1000)
        self._answered: dict[str, bool] = {}
        self._changed = asyncio.Condition()
        self._poll = 0
        self._last_second: deque[float] = deque()
        self._closed_until = 0.0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> typing.Self:
        application = web.Application(client_max_size=2**22)
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.root = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._poll += 1
        await self._tell()
        if self._runner:
            await self._runner.cleanup()

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these, one each."""
        self._faults[method].extend(faults)

    def called(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def number(self) -> int:
        """A fresh number for a message, an update or a query."""
        return next(self._numbers)

    async def push(self, kind: str, value: dict[str, Any]) -> None:
        """Something happens in a chat: the bot gets it by getUpdates, if it asks for this kind."""
        if kind == "callback_query":
            self._answered[value["id"]] = False
        self._updates.append({"update_id": self.number(), kind: value})
        await self._tell()

    async def delivered(self) -> None:
        """Waits until the bot has acknowledged all updates."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._wanted())

    async def polled(self) -> None:
        """Waits until the bot has begun to ask for updates."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._poll > 0)

    def _wanted(self) -> list[dict[str, Any]]:
        return [one for one in self._updates if self._allowed is None or set(one) & set(self._allowed)]

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        found = re.fullmatch(r"/bot([^/]+)/(\w+)", request.path)
        if not found:
            return _answer(404, "Not Found")
        token, method = found.groups()
        try:
            form, files = await read_form(request)
        except ConnectionResetError:
            # The bot was killed in the middle of a call, which then has not happened.
            return _answer(400, "no whole request")
        except ValueError:
            return _answer(400, "can't parse the form")
        if token != self.token:
            return _answer(401, "Unauthorized")
        fault = self._faults[method].popleft() if self._faults[method] else Fault()
        if fault.slow:
            await asyncio.sleep(fault.slow)
        if not _strikes(fault):
            return await self._carry_out(method, form, files)
        if fault.done:
            await self._carry_out(method, form, files)
        else:
            self.calls.append(Call(method, {}))
        if fault.reset and request.transport:
            request.transport.abort()
        return _faulty(fault)

    async def _carry_out(
        self, method: str, form: list[tuple[str, str]], files: dict[str, BufferedInputFile]
    ) -> web.Response:
        parameters: dict[str, Any] = {}
        try:
            parameters = {**decode(method, form), **files}
            self.calls.append(Call(method, parameters))
            self._check(method, form, parameters)
            action = getattr(self, f"_do_{method}", None)
            if action is None:
                raise Refused(f"{method} is not known to the fake", 404)
            return web.json_response({"ok": True, "result": await action(parameters)})
        except Refused as refusal:
            if refusal.code in (400, 404) and not refusal.parameters and str(refusal) != GONE:
                self.violations.append(f"{method}: {refusal} ({json.dumps(parameters, default=str)[:300]})")
            return _answer(refusal.code, str(refusal), **refusal.parameters)

    def _check(self, method: str, form: list[tuple[str, str]], parameters: dict[str, Any]) -> None:
        """Raises Refused. What differs from an earlier call in its chat alone is right as well: else a measurement of
        notices would measure this server."""
        chat = str(parameters.get("chat_id", ""))
        same = (method, tuple(one for one in form if one[0] != "chat_id"))
        if same in self._right and re.fullmatch(r"-?\d+", chat):
            return
        check_parameters(method, parameters)
        if chat and len(form) == len(parameters):  # a file is not in the form
            self._right.add(same)

    async def _do_getMe(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _do_deleteWebhook(self, parameters: dict[str, Any]) -> bool:
        if parameters.get("drop_pending_updates"):
            self._updates.clear()
        return True

    async def _do_setMyCommands(self, parameters: dict[str, Any]) -> bool:
        for command in parameters["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused("BOT_COMMAND_INVALID")
        code = parameters.get("language_code", "")
        if code and not re.fullmatch("[a-z]{2}", code):
            raise Refused("Invalid language code specified")
        self.commands[code] = parameters["commands"]
        return True

    async def _do_getUpdates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset, limit = parameters.get("offset", 0), parameters.get("limit", 100)
        if offset < 0 or not 1 <= limit <= 100 or not 0 <= parameters.get("timeout", 0) <= 50:
            raise Refused("getUpdates: a number is out of its range")
        self._allowed = parameters.get("allowed_updates", self._allowed) or None
        self._poll += 1
        mine = self._poll
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        await self._tell()
        async with self._changed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(parameters.get("timeout", 0)):
                    await self._changed.wait_for(lambda: self._wanted() or self._poll != mine)
        if self._poll != mine:
            raise Refused("Conflict: terminated by other getUpdates request", 409)
        return self._wanted()[:limit]

    async def _do_sendMessage(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return self._send(parameters, check_message(parameters))

    async def _do_sendDocument(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return self._send(parameters, check_caption(parameters), check_file(parameters["document"]))

    async def _do_sendPhoto(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return self._send(parameters, check_caption(parameters), photo=check_photo(parameters["photo"]))

    def _send(
        self,
        parameters: dict[str, Any],
        text: str,
        file: tuple[str, bytes] | None = None,
        photo: tuple[str, bytes] | None = None,
    ) -> dict[str, Any]:
        chat = self.chats.get(int(parameters["chat_id"]))
        if chat is None:
            raise Refused("the test has no such chat")
        if chat["id"] in self.gone:
            raise Refused(GONE)
        if chat["id"] in self.moved:
            moved = self.moved[chat["id"]]
            raise Refused("group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved)
        self._keep_to_limit()
        if chat["id"] in self.blocked:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        keyboard = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
        self.sent.append(Sent(chat["id"], self.number(), text, keyboard, parameters, file, photo))
        return self.as_message(self.sent[-1])

    def _keep_to_limit(self) -> None:
        now = time.monotonic()
        while self._last_second and self._last_second[0] <= now - 1:
            self._last_second.popleft()
        self.early += now < self._closed_until
        if self.limit and len(self._last_second) >= self.limit:
            self._closed_until = now + 1
        if now < self._closed_until:
            raise Refused("Too Many Requests: retry after 1", 429, retry_after=1)
        self._last_second.append(now)

    async def _do_editMessageText(self, parameters: dict[str, Any]) -> dict[str, Any]:
        found = [one for one in self.sent if one.number == parameters.get("message_id")]
        if not found or found[0].chat != int(parameters["chat_id"]):
            raise Refused("message to edit not found")
        text = check_message(parameters)
        keyboard = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
        if (text, keyboard) == (found[0].text, found[0].keyboard):
            raise Refused("message is not modified")
        found[0].text, found[0].keyboard = text, keyboard
        return self.as_message(found[0])

    async def _do_answerCallbackQuery(self, parameters: dict[str, Any]) -> bool:
        if self._answered.get(parameters["callback_query_id"], True):
            raise Refused("query is too old and response timeout expired or query ID is invalid")
        if units(parameters.get("text") or "") > 200:
            raise Refused("MESSAGE_TOO_LONG")
        self._answered[parameters["callback_query_id"]] = True
        return True

    @property
    def unanswered(self) -> list[str]:
        """Pressed buttons that the bot has not acknowledged."""
        return [query for query, answered in self._answered.items() if not answered]

    def as_message(self, sent: Sent) -> dict[str, Any]:
        """The message as the API tells it."""
        message = {"message_id": sent.number, "date": int(time.time()), "chat": self.chats[sent.chat], "from": BOT}
        markup = {"reply_markup": {"inline_keyboard": sent.keyboard}} if sent.keyboard else {}
        caption = {"caption": sent.text} if sent.text else {}
        if sent.photo:
            width, height = png_size(sent.photo[1])
            size = {"file_id": f"P{sent.number}", "file_unique_id": str(sent.number), "width": width, "height": height}
            return {**message, "photo": [size], **caption, **markup}
        if sent.file is None:
            return {**message, "text": sent.text, **markup}
        name, content = sent.file
        document = {"file_id": f"F{sent.number}", "file_unique_id": str(sent.number), "file_name": name}
        return {**message, "document": {**document, "file_size": len(content)}, **caption, **markup}


def _strikes(fault: Fault) -> bool:
    return bool(fault.status or fault.reset)


def _faulty(fault: Fault) -> web.Response:
    if fault.html:
        return web.Response(status=fault.status, text=fault.html, content_type="text/html")
    if fault.status == 429:
        return _answer(429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after)
    return _answer(fault.status or 500, fault.description or "Internal Server Error")


def _answer(code: int, description: str, **parameters: int) -> web.Response:
    prefix = "Bad Request: " if code == 400 else ""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": prefix + description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)
