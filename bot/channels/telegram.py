"""The Telegram channel: receives by long polling, hands each turn to the conversation, sends the answer."""

import asyncio
import logging
import re
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, BotCommand, ChatMember, InputFile, LinkPreviewOptions, ReplyParameters, Update
from telegram import Message as Received
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.announcing import Announcer
from bot.channels.base import Service
from bot.channels.telegram_http import Request
from bot.channels.telegram_log import guard_logs
from bot.channels.telegram_notices import CHANNEL, PatientRequest, TelegramNotices
from bot.channels.telegram_view import Message, messages, plain_message
from bot.config import Settings
from bot.conversation import Conversation, Incoming
from bot.delivery import Delivery
from bot.failure import where
from bot.housekeeping import Housekeeping
from bot.printing import pdf_file, png_file
from bot.store_database import StoreError
from handlers.actions import COMMANDS
from handlers.paper import Paper
from handlers.reply import Reply
from handlers.texts import say
from knowledge.loading import SHIPPED
from knowledge.model import LANGUAGES

LOG = logging.getLogger(__name__)
HELP = "help"
REFUSED = "refused"
"""In the application's own data: Telegram stopped knowing the token while the bot ran."""
RECEIVED = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
"""The kinds of update that Telegram is asked for."""
AT_ONCE = 256
"""How many updates are in work at the same time, over all chats."""
FLOOD_RETRIES = 5
"""How often a call is repeated that Telegram told to wait. Notices go back to the outbox instead."""
PACE = 1 / 30
"""Seconds from one message to the next, over all chats: Telegram allows about thirty a second."""
CONNECTIONS = 256
SEND_AGAIN = (0.3, 2.0)
"""Seconds to wait before a message is sent again that the network lost; one message twice is better than none."""
START_RETRIES = 4
"""How often a start without network is repeated: about eight seconds."""
POLL_SECONDS = 25
REQUEST_SECONDS = 15.0
ALBUMS = 1000
"""How many albums are remembered, so that one with ten pictures is answered once."""
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


class InChatOrder(BaseUpdateProcessor):
    """Updates of one chat one after the other, those of different chats side by side."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        # A lock lives for as long as an update of its chat is in work.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the chat's earlier updates, then does this one."""
        chat = update.effective_chat if isinstance(update, Update) else None
        number = chat.id if chat else 0
        lock = self._locks.setdefault(number, asyncio.Lock())
        async with lock:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""


class _PollingRequest(Request):
    """Tells when Telegram no longer knows the token: the library would stop polling but stay alive, deaf.

    To the library it looks as if nothing had come in, so that everything is stopped in order and nothing left behind.
    """

    on_refusal: Callable[[], None] | None = None

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code in (401, 404) and self.on_refusal:
            self.on_refusal()
            return 200, b'{"ok": true, "result": []}'
        return code, payload


@dataclass(frozen=True)
class _Place:
    """Where an answer goes: the chat, its topic if it has topics, and in a group the message that is answered."""

    chat: int
    topic: int | None = None
    answered: int | None = None


class TelegramChannel:
    """The handlers of the Telegram application; they know Telegram and the conversation, nothing of the answers."""

    def __init__(self, conversation: Conversation, language: str) -> None:
        self._conversation = conversation
        self._language = language
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    def handle_with(self, application: App) -> None:
        """Adds the handlers; the first that fits takes the update."""
        new = filters.UpdateType.MESSAGE
        application.add_handler(CommandHandler("start", self.start, filters=new))
        for word, action in {word: one for words in COMMANDS.values() for word, one in words.items()}.items():
            application.add_handler(CommandHandler(word, partial(self.command, action), filters=new))
        application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, self.read))
        application.add_handler(CallbackQueryHandler(self.press))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.move))
        application.add_handler(ChatMemberHandler(self.let_in_or_out, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(self.report)

    async def start(self, update: Update, context: Context) -> None:
        """/start: the help; with the payload of a deep link, what the link asks for."""
        payload = context.args[0] if context.args else ""
        await self._answer(update, context, action=payload if _PAYLOAD.fullmatch(payload) else HELP)

    async def command(self, action: str, update: Update, context: Context) -> None:
        """/help, /rundtur and the like: each stands for an action."""
        await self._answer(update, context, action=action)

    async def read(self, update: Update, context: Context) -> None:
        """A message: its words are the question. In a group only one that speaks to the bot is answered."""
        message = update.message
        if message is None:
            return
        words = message.text or message.caption or ""
        if message.chat.type != ChatType.PRIVATE:
            if not _speaks_to(message, words, context.bot):
                return
            words = _mention(context.bot).sub(r"\1", words).strip()
            await self._answer(update, context, text=words.removeprefix("/"), action="" if words else HELP)
        elif words:
            await self._answer(update, context, text=words.removeprefix("/"))
        elif not self._album_seen(message):
            line = say(self._language_in(update, context), "telegram-only-text")
            await send(context.bot, _place(update), [plain_message(line)])

    async def press(self, update: Update, context: Context) -> None:
        """A pressed button: its action is the question."""
        query = update.callback_query
        if query is None:
            return
        try:
            await query.answer()
        except TelegramError as fault:
            # Telegram refuses this after some minutes of waiting; what was asked is still answered.
            LOG.info("a pressed button could not be acknowledged: %s", type(fault).__name__)
        if query.data and update.effective_chat:
            await self._answer(update, context, action=query.data)

    async def move(self, update: Update, context: Context) -> None:
        """A group became a supergroup, which has another number: what is kept of it goes along."""
        message = update.message
        if message and message.migrate_to_chat_id and self._conversation.store:
            try:
                await self._conversation.store.move(CHANNEL, str(message.chat.id), str(message.migrate_to_chat_id))
            except StoreError as fault:
                # Told again by Telegram when a notice is sent to the old number.
                LOG.error("%s", fault)

    async def let_in_or_out(self, update: Update, context: Context) -> None:
        """The bot was shut out of the chat, or let in again: notices wait for as long as it is out."""
        member = update.my_chat_member
        if member is None or self._conversation.store is None:
            return
        out = member.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        store = self._conversation.store
        try:
            await (store.pause if out else store.resume)(CHANNEL, str(member.chat.id))
        except StoreError as fault:
            LOG.error("%s", fault)

    async def report(self, update: object, context: Context) -> None:
        """A fault: an id into the log, never the person's words, and a kind line with that id to the person."""
        fault = context.error
        if fault is None:
            return
        if not isinstance(update, Update):
            hint = ": another process polls with the same token" if isinstance(fault, Conflict) else ""
            LOG.warning("polling failed, trying again: %s%s", type(fault).__name__, hint)
            return
        if isinstance(fault, Forbidden):
            LOG.info("not sent: the chat has shut the bot out")
            return
        number = secrets.token_hex(4)
        LOG.error("fault %s: %s at %s", number, type(fault).__name__, where(fault))
        if update.effective_chat is None:
            return
        line = say(self._language_in(update, context), "telegram-fault", id=number)
        try:
            await send(context.bot, _place(update), [plain_message(line)])
        except TelegramError as second:
            LOG.warning("fault %s could not be told: %s", number, type(second).__name__)

    async def _answer(self, update: Update, context: Context, text: str = "", action: str = "") -> None:
        place = _place(update)
        incoming = Incoming(CHANNEL, str(place.chat), text, action, self._language_of(update))
        reply: Reply = await self._conversation.take(incoming)
        if context.chat_data is not None:
            context.chat_data["language"] = reply.language
        await send(context.bot, place, messages(reply))

    def _album_seen(self, message: Received) -> bool:
        album = message.media_group_id
        if album is None or album in self._albums:
            return album is not None
        self._albums.append(album)
        return False

    def _language_of(self, update: Update) -> str:
        """The person's, as Telegram has it ("en-GB" is English, too); the operator's choice where the bot lacks it."""
        user = update.effective_user
        code = ((user.language_code if user else None) or "").partition("-")[0].lower()
        return code if code in LANGUAGES else self._language

    def _language_in(self, update: Update, context: Context) -> str:
        """For the channel's own lines: the language of the chat's last answer, else the person's."""
        return str((context.chat_data or {}).get("language") or self._language_of(update))


async def send(bot: Bot, place: _Place, sheets: Iterable[Message]) -> None:
    """Sends the messages in order. Raises TelegramError where one cannot be sent; those after it are then left out."""
    for sheet in sheets:
        where_to: dict[str, Any] = {"message_thread_id": place.topic, "reply_parameters": _answering(place)}
        where_to["rate_limit_args"] = FLOOD_RETRIES
        if sheet.file:
            file = await asyncio.to_thread(pdf_file, sheet.file) if isinstance(sheet.file, Paper) else sheet.file
            document = InputFile(file.content, file.name)
            await _until_sent(partial(bot.send_document, place.chat, document, **where_to))
            continue
        if sheet.picture:
            file = await asyncio.to_thread(png_file, sheet.picture)
            await _until_sent(
                partial(
                    bot.send_photo,
                    place.chat,
                    InputFile(file.content, file.name),
                    caption=sheet.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=sheet.keyboard,
                    **where_to,
                )
            )
            continue
        await _until_sent(
            partial(
                bot.send_message,
                place.chat,
                sheet.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=sheet.keyboard,
                **where_to,
            )
        )


async def _until_sent(call: Callable[[], Awaitable[object]]) -> None:
    for pause in SEND_AGAIN:
        try:
            await call()
            return
        except BadRequest:
            raise
        except NetworkError as fault:
            LOG.info("sending again after %s", type(fault).__name__)
            await asyncio.sleep(pause)
    await call()


def _answering(place: _Place) -> ReplyParameters | None:
    return ReplyParameters(place.answered, allow_sending_without_reply=True) if place.answered else None


def _place(update: Update) -> _Place:
    chat = update.effective_chat
    if chat is None:
        raise ValueError("an update without a chat cannot be answered")
    message = update.effective_message
    if not isinstance(message, Received):
        # A button under a message so old that Telegram no longer says what was in it.
        return _Place(chat.id)
    topic = message.message_thread_id if message.is_topic_message else None
    asked = chat.type != ChatType.PRIVATE and update.message is not None
    return _Place(chat.id, topic, message.message_id if asked else None)


def _speaks_to(message: Received, words: str, bot: Bot) -> bool:
    earlier = message.reply_to_message
    replied = earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot.id
    return bool(words) and (replied or bool(_mention(bot).search(words)))


def _mention(bot: Bot) -> re.Pattern[str]:
    # Alone, or behind a command ("/help@VejviserBot"); not within an e-mail address.
    return re.compile(rf"(^/\w+|(?<!\w))@{re.escape(bot.username)}\b", re.IGNORECASE)


async def _set_menu(application: App) -> None:
    """The commands that Telegram shows; the bot works without them."""
    try:
        for code in (None, *LANGUAGES):
            language = code or "en"
            menu = [
                BotCommand(word, say(language, f"telegram-command-{action}"))
                for word, action in COMMANDS[language].items()
            ]
            await application.bot.set_my_commands(menu, language_code=code, rate_limit_args=FLOOD_RETRIES)
    except TelegramError as fault:
        LOG.warning("the menu of commands could not be set: %s", type(fault).__name__)


def build(
    settings: Settings,
    conversation: Conversation,
    base: Path = SHIPPED,
    announcer: Announcer | None = None,
    beside: Iterable[Service] = (),
) -> App:
    """The application, ready to be run, with notices where the conversation has a store.

    `settings.telegram_token` must be set; `base` is the folder that the dialogue was loaded from. `announcer` is one
    that others use as well; what is `beside` is started after the rest and stopped before it.
    """
    if settings.telegram_token is None:
        raise ValueError("telegram_token is not set")
    # Polling has one connection of its own; a poll may take its full time plus the time of any request.
    polling = _PollingRequest(connections=1, seconds=REQUEST_SECONDS)
    patient = PatientRequest(connections=CONNECTIONS, seconds=REQUEST_SECONDS)
    application: App = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{settings.telegram_api}/bot")
        .base_file_url(f"{settings.telegram_api}/file/bot")
        .get_updates_request(polling)
        .request(patient)
        .rate_limiter(AIORateLimiter(overall_max_rate=1, overall_time_period=PACE))
        .concurrent_updates(InChatOrder())
        .job_queue(None)
        .build()
    )

    services: list[Service] = []
    store = conversation.store
    if store:
        announcer = announcer or Announcer(conversation, store, base, settings.announce)
        notices = TelegramNotices(application.bot)
        delivery = Delivery(store, notices, announcer.library_with, settings.language)
        services = [announcer, delivery, Housekeeping(store, settings)]

    services += beside

    async def begin(_: App) -> None:
        await _set_menu(application)
        for service in services:
            service.start()

    async def end(_: App) -> None:
        for service in reversed(services):
            await service.stop()

    async def let_go(_: App) -> None:
        # Once more, for a start that failed halfway.
        await end(application)
        await conversation.close()

    application.post_init, application.post_stop, application.post_shutdown = begin, end, let_go

    def give_up() -> None:
        if REFUSED not in application.bot_data:  # a second stop would break off what the first has begun
            application.bot_data[REFUSED] = True
            application.stop_running()

    polling.on_refusal = give_up
    TelegramChannel(conversation, settings.language).handle_with(application)
    return application


def run(
    settings: Settings,
    conversation: Conversation,
    base: Path = SHIPPED,
    announcer: Announcer | None = None,
    beside: Iterable[Service] = (),
) -> None:
    """Answers until SIGINT, SIGTERM or SIGABRT; what has been received is answered before it returns.

    Raises SystemExit with one line to read where the token is missing or refused, or Telegram is out of reach.
    """
    if settings.telegram_token is None:
        raise SystemExit(say(settings.language, "telegram-token-missing"))
    guard_logs(settings.telegram_token.get_secret_value(), settings.log_level)
    application = build(settings, conversation, base, announcer, beside)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        application.run_polling(
            allowed_updates=RECEIVED,
            drop_pending_updates=False,
            bootstrap_retries=START_RETRIES,
            timeout=POLL_SECONDS,
            close_loop=False,
        )
    except InvalidToken:
        line = say(settings.language, "telegram-token-refused")
    except TelegramError as fault:
        line = say(settings.language, "telegram-unreachable", api=settings.telegram_api, fault=type(fault).__name__)
    else:
        if REFUSED not in application.bot_data:
            return
        line = say(settings.language, "telegram-token-refused")
    finally:
        # Of a start that failed, the library leaves this open.
        loop.run_until_complete(application.bot.request.shutdown())
        loop.close()
    # Outside of the handlers, so that no traceback follows: PTB's own message quotes the token.
    raise SystemExit(line)
