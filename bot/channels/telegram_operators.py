"""What operators can do from Telegram, and they alone: to others it is as if there were no such commands."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from hashlib import sha256
from textwrap import shorten
from typing import Any

from telegram import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram import Message as Received
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, CommandHandler, ExtBot, filters

from bot.announcing import Announcer, announce, digest_of, new_updates
from bot.channels.telegram_edits import put
from bot.channels.telegram_menu import CODES, FOR_ALL_OTHERS, commands, set_commands
from bot.channels.telegram_send import Place, Shown, place_of, send
from bot.channels.telegram_turns import App, Context
from bot.channels.telegram_view import Message, messages
from bot.config import Settings
from bot.question_groups import Group, grouped
from bot.status import about_base, about_kept, kept_in
from bot.store import Store
from bot.store_database import StoreError
from handlers.notice import preview
from handlers.reply import About, Bullets, Paragraph, Reply, Span
from handlers.texts import listed, say
from knowledge.model import LANGUAGES
from knowledge.model import Update as News

SHOWN = 5
"""How many notices /announce shows in full, in each language."""
POINTS = 20
"""How many faults /reload shows."""
GROUPS = 5
"""How many groups of questions a page of /unanswered has, ..."""
LETTERS = 300
"""... and how many letters of each question."""
_YES, _NO, _PAGE = "operators-announce", "operators-leave", "operators-unanswered"

LOG = logging.getLogger(__name__)

Answer = Callable[[str, str], Awaitable[list[Message]]]
"""Language, and what a button carries -> what is sent."""


class Operators:
    """The commands, and how operators are told what is wrong."""

    def __init__(self, settings: Settings, store: Store, announcer: Announcer, bot: ExtBot[Any]) -> None:
        """Operators are whoever writes in the chats of `settings.operators`."""
        self._settings = settings
        self._store = store
        self._announcer = announcer
        self._bot = bot

    def handle_with(self, application: App) -> None:
        """Adds the handlers. They must stand before those of everybody, which get what these let pass."""
        theirs = filters.UpdateType.MESSAGE & filters.Chat(self._settings.operators)
        for word, answer in self._commands().items():
            application.add_handler(CommandHandler(word, self._answering(answer), theirs))
        for data, answer in ((_YES, self._send), (_NO, self._leave), (_PAGE, self._unanswered)):
            application.add_handler(_TheirButton(self._settings.operators, data, self._answering(answer)))

    async def show_menu(self) -> None:
        """In the operators' chats the menu has their commands, too."""
        for chat in self._settings.operators:
            try:
                for code in CODES:
                    language = code or FOR_ALL_OTHERS
                    menu = [*commands(language), *self._menu(language)]
                    await set_commands(self._bot, menu, BotCommandScopeChat(chat), code)
            except TelegramError as fault:
                # Most likely they have not written to the bot yet.
                LOG.warning("the menu of an operator could not be set: %s", type(fault).__name__)

    async def tell(self, lines: list[str], left_out: int) -> None:
        """Tells all operators of errors; one who cannot be reached holds up nobody."""
        language = self._settings.language
        more = [say(language, "alert-more", count=left_out)] if left_out else []
        for chat in self._settings.operators:
            try:
                await send(self._bot, Place(chat), _told(language, [say(language, "alert"), *more], lines))
            except TelegramError as fault:
                LOG.warning("an operator could not be told of errors: %s", type(fault).__name__)

    def _commands(self) -> dict[str, Answer]:
        return {
            "status": self._status,
            "announce": self._preview,
            "unanswered": self._unanswered,
            "reload": self._reload,
        }

    def _menu(self, language: str) -> list[BotCommand]:
        return [BotCommand(word, say(language, f"operators-command-{word}")) for word in self._commands()]

    def _answering(self, answer: Answer) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        async def handle(update: Update, context: Context) -> None:
            carried = ""
            if query := update.callback_query:
                carried = (query.data or "").partition("_")[2]
                try:
                    await query.answer()
                except TelegramError as fault:
                    LOG.info("a pressed button could not be acknowledged: %s", type(fault).__name__)
            language = self._language_of(update)
            try:
                sheets = await answer(language, carried)
            except StoreError as error:
                sheets = _told(language, [say(language, "status-no-store", fault=str(error))])
            pressed = query.message if query else None
            if query and (query.data or "").startswith(_PAGE) and isinstance(pressed, Received):
                await put(self._bot, place_of(update), [Shown.of(pressed, pressed.reply_markup)], sheets)
            else:
                await send(self._bot, place_of(update), sheets)

        return handle

    def _language_of(self, update: Update) -> str:
        code = ((update.effective_user and update.effective_user.language_code) or "").partition("-")[0]
        return code if code in LANGUAGES else self._settings.language

    async def _status(self, language: str, _: str) -> list[Message]:
        reloader = self._announcer.reloader
        base = about_base(language, self._announcer.library(), await reloader.version(), reloader.read_at)
        try:
            kept = list(about_kept(language, await kept_in(self._store), self._settings.unanswered_days))
        except StoreError as error:
            kept = [say(language, "status-no-store", fault=str(error))]
        return _told(language, [*base.splitlines(), *kept])

    async def _preview(self, language: str, _: str) -> list[Message]:
        if not await self._store.outbox.begun():
            return _told(language, [say(language, "announce-never")])
        library = self._announcer.library()
        news = await new_updates(self._store, library)
        if not news:
            return _told(language, [say(language, "announce-nothing")])
        sheets: list[Message] = []
        heads = []
        for one in news[:SHOWN]:
            for notice in preview(library, one):
                # As it will look, but without buttons: they would act on the operator's own subscriptions.
                sheets += messages(Reply(notice.language, notice.blocks, notice.about, notice.links))
            at_once, by_digest = await self._store.outbox.preview(library.touched(one))
            heads.append(say(language, "announce-each", update=one.id, now=at_once, later=by_digest))
        more = [say(language, "announce-more", count=len(news) - SHOWN)] if len(news) > SHOWN else []
        (question,) = _told(language, [*heads, *more, say(language, "announce-ask")])
        yes = InlineKeyboardButton(say(language, "announce-yes"), callback_data=f"{_YES}_{_fingerprint(news)}")
        no = InlineKeyboardButton(say(language, "announce-no"), callback_data=_NO)
        return [*sheets, Message(question.html, InlineKeyboardMarkup([[yes], [no]]))]

    async def _send(self, language: str, seen: str) -> list[Message]:
        library = self._announcer.library()
        news = await new_updates(self._store, library)
        if not news:
            return _told(language, [say(language, "announce-nothing")])
        if _fingerprint(news) != seen:
            return _told(language, [say(language, "announce-changed")])
        queued = await announce(self._store, library)
        names = [say(language, "announce-queued", update=update, count=count) for update, count in queued]
        return _told(language, [say(language, "announce-done", what=listed(language, names))])

    async def _leave(self, language: str, _: str) -> list[Message]:
        return _told(language, [say(language, "announce-kept")])

    async def _unanswered(self, language: str, begin: str) -> list[Message]:
        kept = await self._store.questions.kept()
        if not kept:
            on = self._settings.unanswered_days
            return _told(language, [say(language, "unanswered-none" if on else "unanswered-off")])
        # Each is read anew, as `vejviser unanswered` does: that takes its time.
        groups = await asyncio.to_thread(grouped, kept, self._announcer.understander())
        start = int(begin) if begin.isdecimal() and int(begin) < len(groups) else 0
        page = groups[start : start + GROUPS]
        head = say(language, "unanswered-some", count=len(kept))
        where_in = say(language, "unanswered-page", first=start + 1, last=start + len(page), groups=len(groups))
        (sheet,) = _told(language, [head, where_in], [_group_told(language, one) for one in page])
        return [Message(sheet.html, _turning(language, start, len(groups)))]

    async def _reload(self, language: str, _: str) -> list[Message]:
        outcome = await self._announcer.refresh()
        key = "reload-refused" if outcome.faults else "reload-done"
        return _told(language, [say(language, key, version=outcome.version)], outcome.faults[:POINTS])


class _TheirButton(CallbackQueryHandler[Context, None]):
    """Takes a button only where an operator presses it: what a button carries can be made up by who presses."""

    def __init__(self, chats: Iterable[int], data: str, callback: Callable[[Update, Context], Any]) -> None:
        super().__init__(callback, pattern=rf"{data}(_|$)")
        self._chats = frozenset(chats)

    def check_update(self, update: object) -> Any:
        """As the library has it."""
        chat = update.effective_chat if isinstance(update, Update) else None
        return super().check_update(update) if chat and chat.id in self._chats else None


def _group_told(language: str, group: Group) -> str:
    """A group in one point, short enough for a page of them to be one message."""
    text = shorten(group.text, LETTERS, placeholder=" …")
    parts = [
        say(language, "unanswered-times", count=len(group.questions), date=str(group.latest), spoken=group.language)
    ]
    if group.not_helped:
        parts.append(say(language, "unanswered-not-helped", count=group.not_helped))
    if group.understood:
        parts.append(say(language, "unanswered-read-as", intent=group.understood))
    if group.nearest and group.nearest.intent != group.understood:
        near = group.nearest
        by = shorten(near.utterance, LETTERS // 4, placeholder=" …")
        parts.append(say(language, "unanswered-nearest", intent=near.intent, score=f"{near.score:.2f}", by=by))
    elif not group.understood:
        parts.append(say(language, "unanswered-nothing-near"))
    return f"{text} ({'; '.join(parts)})"


def _turning(language: str, start: int, groups: int) -> InlineKeyboardMarkup | None:
    """The buttons to the page before, and to the next."""
    pages = (
        (start - GROUPS, say(language, "unanswered-before")),
        (start + GROUPS, say(language, "unanswered-next")),
    )
    row = [InlineKeyboardButton(label, callback_data=f"{_PAGE}_{at}") for at, label in pages if 0 <= at < groups]
    return InlineKeyboardMarkup([row]) if row else None


def _fingerprint(news: Iterable[News]) -> str:
    """What tells one set of new updates from another."""
    return sha256(" ".join(f"{one.id} {digest_of(one)}" for one in news).encode()).hexdigest()[:16]


def _told(language: str, lines: Iterable[str], points: Iterable[str] = ()) -> list[Message]:
    """Lines, and points below the first of them, as messages that each are short enough."""
    head, *rest = (Paragraph((Span(line),)) for line in lines)
    listed_below = tuple((Span(point),) for point in points)
    blocks = (head, *((Bullets(listed_below),) if listed_below else ()), *rest)
    return list(messages(Reply(language, blocks, About("answered", "operators"))))
