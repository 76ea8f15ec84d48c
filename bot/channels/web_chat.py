"""The chat at `/`: a form that works by itself, one page a turn; the script asks for the turn alone and appends it."""

from time import perf_counter

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.terminal_view import clean
from bot.channels.web_security import is_foreign
from bot.channels.web_site import Site
from bot.channels.web_things import anchor, pages_of
from bot.channels.web_view import Press, Shown, pressed, shown
from bot.conversation import SPEAK_OF_WHAT_IS_KEPT, Incoming
from bot.metrics import count_answer
from bot.pull import Pull
from handlers.dialogue import Dialogue
from handlers.memory import Erase
from handlers.reply import Reply
from handlers.session import Session
from handlers.texts import say
from knowledge.model import LANGUAGES

CHANNEL = "web"
PART = "X-Vejviser-Part"
"""Set by the script, which wants the turn and not the whole page around it."""


class Chat:
    """The pages of the chat."""

    def __init__(self, site: Site, pull: Pull | None = None) -> None:
        """`pull` has the notices for chats that look; None: there are none."""
        self._site = site
        self._pull = pull
        self._examples_of: Dialogue | None = None
        self._example: dict[str, tuple[Press, ...]] = {}

    async def first(self, request: Request, language: str) -> Response:
        """GET /: the empty chat; /?q=... with the answer. Nothing is kept of who only reads, and nothing changed."""
        question = clean(request.query_params.get("q", "")).strip()
        if not question:
            return await self._welcome(request, language)
        start = perf_counter()
        reply = self._readable(question, language)
        if reply is None:
            return self._page(request, language, waiting=question)
        count_answer(CHANNEL, reply.about, perf_counter() - start)
        return self._page(request, language, self._shown(reply, question), before=f" {question}")

    async def _welcome(self, request: Request, language: str) -> HTMLResponse:
        """The empty chat, with what is new for whoever comes back. A page that is only fetched ahead shows nothing."""
        chat = self._site.chats.chat_of(request)
        if self._pull is None or not chat or request.headers.get("sec-purpose"):
            return self._page(request, language)
        async with self._pull.due(chat) as notice:
            return self._page(request, language, notice=shown(notice) if notice else None)

    async def turn(self, request: Request, language: str) -> Response:
        """POST /: a question that was typed or a button that was pressed."""
        form = await request.form(max_files=0)
        chat = self._site.chats.chat_of(request)
        action, label = pressed(_field(form, "press"))
        text = "" if action else _field(form, "text").strip()
        if is_foreign(request, self._site.address(request)):
            # Nothing of it is shown: what its buttons say need not be what they do.
            return self._page(request, language, status=403)
        if not self._site.chats.fits(chat, _field(form, "token")):
            # A page of ours from before the cookie: what was on its way is sent by whoever still wants it.
            press = (Press(label, f"{action} {label}"),) if action and label else ()
            return self._page(request, language, waiting=text, confirm=press, status=403)
        if not action and not text:
            return self._page(request, language, missing=True, status=422)
        new = not chat
        chat = chat or self._site.chats.begin()
        spoken = _field(form, "spoken")
        spoken = spoken if spoken in LANGUAGES else language
        before, asked = pressed(_field(form, "before"))
        if (before or asked) and self._readable(asked, language, before):
            # The page had answered this by its address alone; now that a conversation goes on, it belongs to it.
            await self._site.conversation.take(Incoming(CHANNEL, chat, asked, before, language, spoken))
        incoming = Incoming(CHANNEL, chat, text, action, language, spoken)
        reply = await self._site.conversation.take(incoming)
        erased = Erase() in reply.changes
        response = self._answered(
            request, language, self._shown(reply, label or text or action), "" if erased else chat
        )
        if erased:
            self._site.chats.forget(response)
        elif new:
            self._site.chats.remember(response, chat)
        return response

    def _readable(self, question: str, language: str, action: str = "") -> Reply | None:
        """The answer to a question out of the blue; None where it would change or tell what is kept of a chat."""
        dialogue, session = self._site.conversation.dialogue, Session(language=language)
        reply, _ = dialogue.act(action, session) if action else dialogue.answer(question, session)
        return None if reply.changes or reply.about.intent in SPEAK_OF_WHAT_IS_KEPT else reply

    def _shown(self, reply: Reply, asked: str) -> Shown:
        library = self._site.library
        printed = f"{anchor(library, reply.paper.name, reply.language).url}.pdf" if reply.paper else ""
        return shown(reply, asked, pages_of(library, reply.about, reply.language), printed)

    def _examples(self, language: str) -> tuple[Press, ...]:
        """Questions to begin with, put together once for each base."""
        dialogue = self._site.conversation.dialogue
        if self._examples_of is not dialogue:
            self._examples_of = dialogue
            told = {one: dialogue.act("help", Session(language=one))[0] for one in LANGUAGES}
            self._example = {one: shown(reply).suggestions for one, reply in told.items()}
        return self._example[language]

    def _answered(self, request: Request, language: str, turn: Shown, chat: str) -> HTMLResponse:
        token = self._site.chats.token(chat)
        if PART in request.headers:
            html = self._site.html(request, language, "turn.html", "", turn=turn, token=token)
            return HTMLResponse(html, headers={"Cache-Control": "no-store"})
        return self._page(request, language, turn, token=token)

    def _page(
        self,
        request: Request,
        language: str,
        turn: Shown | None = None,
        *,
        status: int = 200,
        **values: object,
    ) -> HTMLResponse:
        library = self._site.library
        given: dict[str, object] = {
            "turn": turn,
            "examples": self._examples(language),
            "tour": (Press(label := say(language, "web-tour"), f"tour {label}"),),
            "places": library.municipalities.values(),
            "themes": library.themes.values(),
            "waiting": "",
            "confirm": (),
            "notice": None,
            "missing": False,
            "before": "",
            **values,
        }
        return self._site.page(request, language, "chat.html", "/", status, **given)


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return clean(value) if isinstance(value, str) else ""
