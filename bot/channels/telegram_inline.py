"""Inline mode: behind the bot's name in any chat, answers to pick from and post, while the question is still typed."""

import asyncio
import logging
from functools import partial
from textwrap import shorten

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes, InlineQueryHandler

from bot.channels.telegram_notices import CHANNEL
from bot.channels.telegram_send import AT_ONCE_AGAIN, NO_PREVIEW, until_done
from bot.channels.telegram_turns import HELP, App, spoken_by
from bot.channels.telegram_view import posted_message
from bot.conversation import Conversation
from handlers.dialogue import Dialogue
from handlers.finding import Found, found
from handlers.picture import Picture
from handlers.reply import Reply, SourceLine, opening
from handlers.session import Session
from handlers.texts import say
from knowledge.model import LANGUAGES

LOG = logging.getLogger(__name__)
PAGE = 50
"""Results that are given at once, and at most what Telegram takes."""
CACHE_SECONDS = 300
"""For so long Telegram may give the same results to the same person."""
DESCRIBED = 150
"""Letters of an answer that are seen in the list."""

Context = ContextTypes.DEFAULT_TYPE


class InlineMode:
    """The handler of inline queries. Nothing is kept of them, and nobody asks Telegram what was chosen."""

    def __init__(self, conversation: Conversation, language: str) -> None:
        self._conversation = conversation
        self._language = language

    def handle_with(self, application: App) -> None:
        """Adds the handler."""
        application.add_handler(InlineQueryHandler(self.offer))

    async def offer(self, update: Update, context: Context) -> None:
        """Answers that fit what was typed so far, a page at a time."""
        query = update.inline_query
        if query is None:
            return
        # The private chat has the number of the person: what is set there holds here.
        chosen = await self._conversation.language_of(CHANNEL, str(query.from_user.id))
        language = chosen if chosen in LANGUAGES else spoken_by(update, self._language)
        dialogue = self._conversation.dialogue
        start = int(query.offset) if query.offset.isdecimal() else 0
        there_is = found(dialogue.understander, query.query, language)
        page = there_is[start : start + PAGE]
        results = []
        for one in page:
            if reply := _postable(dialogue, one, language):
                results.append(_result(one, reply, context.bot.username))
            await asyncio.sleep(0)  # fifty answers in one go would hold up everybody else
        nothing = InlineQueryResultsButton(say(language, "telegram-nothing-found"), start_parameter=HELP)
        answer = partial(
            query.answer,
            results,
            cache_time=CACHE_SECONDS,
            # In the person's language: others who type the same must not get theirs from Telegram's cache.
            is_personal=True,
            next_offset=str(start + PAGE) if start + PAGE < len(there_is) else "",
            button=None if results or start else nothing,
        )
        try:
            await until_done(answer, AT_ONCE_AGAIN)
        except TelegramError as fault:
            # Most likely more was typed in the meantime, and the next query is on its way.
            level = logging.INFO if isinstance(fault, BadRequest) else logging.WARNING
            LOG.log(level, "an inline query could not be answered: %s", type(fault).__name__)


def _postable(dialogue: Dialogue, one: Found, language: str) -> Reply | None:
    """The answer, if it can be posted: in words, and with its source."""
    reply, _ = dialogue.act(one.payload, Session(language))
    words = not reply.paper and not any(isinstance(block, Picture) for block in reply.blocks)
    sourced = any(isinstance(block, SourceLine) for block in reply.blocks)
    return reply if words and sourced and reply.link else None


def _result(one: Found, reply: Reply, bot: str) -> InlineQueryResultArticle:
    posted = posted_message(reply, bot)
    return InlineQueryResultArticle(
        one.payload,
        shorten(one.title, DESCRIBED, placeholder=" …"),
        InputTextMessageContent(posted.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=posted.keyboard,
        description=opening(reply, DESCRIBED),
    )
