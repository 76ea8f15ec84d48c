"""The server itself: takes calls over HTTP, checks them by the rules, lets faults happen, and answers."""

import asyncio
import json
import re
import typing
from typing import Any

from aiogram.types import BufferedInputFile
from aiohttp import web

from tests.fake_telegram import answers_chats, answers_profile, answers_queries, answers_sending, answers_updates
from tests.fake_telegram.answers import ANSWERS
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.schema import check_parameters, decode, read_form
from tests.fake_telegram.state import TOKEN, Call, Query, Sent, World
from tests.fake_telegram.told import as_message
from tests.telegram_gate import report

MODULES = (answers_chats, answers_profile, answers_queries, answers_sending, answers_updates)
"""What fills the table of answers."""
Form = list[tuple[str, str]]


class FakeTelegram(World):
    """The server: `async with FakeTelegram() as fake` starts it, `fake.root` is for VEJVISER_TELEGRAM_API."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__(token)
        self.root = ""
        self._right: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        self._unheard: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        """Calls that were carried out without the bot hearing so: it may well repeat them."""
        self._unheard_before: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        """Those from before the server last forgot."""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> typing.Self:
        application = web.Application(client_max_size=2**26)
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.root = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.updates.polls += 1
        await self.webhook.remove()
        await self.updates.tell()
        if self._runner:
            await self._runner.cleanup()
        report(self.violations)

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these, one each; "webhook" is a delivery."""
        self.faults.plan(method, *faults)

    def called(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def claim(self) -> list[str]:
        """What the bot did wrong so far; the test has planted it, and it no longer fails the run."""
        claimed = list(self.violations)
        self.violations.clear()
        return claimed

    def forget(self, kept: int) -> None:
        """Lets go of what is over."""
        super().forget(kept)
        self._right.clear()
        self._unheard, self._unheard_before = set(), self._unheard

    async def push(self, kind: str, value: dict[str, Any]) -> None:
        """Something happens in a chat: the bot gets it by getUpdates or its webhook, if it asks for this kind."""
        if kind == "callback_query":
            message = value.get("message") or {"chat": {"id": 0}}
            under = self.find(message["chat"]["id"], message.get("message_id"))
            self.pressed[value["id"]] = Query(under=under, look=under.look if under else None)
        elif kind == "inline_query":
            self.asked[value["id"]] = Query()
        else:
            self.hear(value)
        await self.updates.put({"update_id": self.number(), kind: value})

    async def delivered(self) -> None:
        """Waits until the bot has acknowledged all updates."""
        await self.updates.emptied()

    async def polled(self) -> None:
        """Waits until the bot has begun to ask for updates."""
        await self.updates.polled()

    def as_message(self, sent: Sent) -> dict[str, Any]:
        """The message as the API tells it."""
        return as_message(self, sent)

    @property
    def limit(self) -> int:
        """Messages a second that are taken; 0: any number."""
        return self.flood.overall

    @limit.setter
    def limit(self, value: int) -> None:
        self.flood.overall = value

    @property
    def early(self) -> int:
        """Messages that came although the bot was told to wait."""
        return self.flood.early

    @property
    def commands(self) -> dict[str, list[dict[str, Any]]]:
        """The menu that is for everybody, by language."""
        return {language: menu for (scope, language), menu in self.menus.items() if scope == "default"}

    @property
    def unanswered(self) -> list[str]:
        """Pressed buttons that the bot has not acknowledged."""
        return [number for number, query in self.pressed.items() if not query.answered]

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
        fault = self.faults.next(method, dict(form))
        if fault.slow:
            await asyncio.sleep(fault.slow)
        if fault.held:
            await fault.held.wait()
        if fault.strikes and not fault.done:
            self.calls.append(Call(method, {}))
            return await _faulty(request, fault)
        if fault.strikes or fault.late:
            self._unheard.add(_same(method, form))
        answer = await self._carry_out(method, form, files)
        if fault.late:
            await asyncio.sleep(fault.late)
        return await _faulty(request, fault) if fault.strikes else answer

    async def _carry_out(self, method: str, form: Form, files: dict[str, BufferedInputFile]) -> web.Response:
        parameters: dict[str, Any] = {}
        try:
            parameters = {**decode(method, form), **files}
            self.calls.append(Call(method, parameters))
            self._check(method, form, parameters)
            if method not in ANSWERS:
                raise Refused(f"{method} is not known to the fake", 404)
            return web.json_response({"ok": True, "result": await ANSWERS[method](self, parameters)})
        except Refused as refusal:
            if not refusal.fair and _same(method, form) not in self._unheard | self._unheard_before:
                self.violations.append(f"{method}: {refusal} ({json.dumps(parameters, default=str)[:300]})")
            return _answer(refusal.code, str(refusal), **refusal.parameters)

    def _check(self, method: str, form: Form, parameters: dict[str, Any]) -> None:
        """Raises Refused. What differs from an earlier call in its chat alone is right as well: else a measurement of
        notices would measure this server."""
        chat = str(parameters.get("chat_id", ""))
        same = (method, tuple(one for one in form if one[0] != "chat_id"))
        if same in self._right and re.fullmatch(r"-?\d+", chat):
            return
        check_parameters(method, parameters)
        if chat and len(form) == len(parameters):  # a file is not in the form
            self._right.add(same)


def _same(method: str, form: Form) -> tuple[str, tuple[tuple[str, str], ...]]:
    return method, tuple(form)


async def _faulty(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.halfway:
        begun = web.StreamResponse(headers={"Content-Length": "100", "Content-Type": "application/json"})
        await begun.prepare(request)
        await begun.write(b'{"ok":true,"resu')
    if (fault.reset or fault.halfway) and request.transport:
        request.transport.abort()
    if fault.html:
        return web.Response(status=fault.status, text=fault.html, content_type="text/html")
    if fault.status == 429:
        return _answer(429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after)
    return _answer(fault.status or 500, fault.description or "Internal Server Error")


def _answer(code: int, description: str, **parameters: int) -> web.Response:
    prefix = "Bad Request: " if code == 400 else ""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": prefix + description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)
