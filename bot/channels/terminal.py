"""`vejviser chat`: the conversation in a terminal, or line by line through a pipe.

What a person typed is remembered (arrow up) until they leave and is never written to a file: their
questions are their own.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory

from bot.announcing import Announcer
from bot.channels.streams import columns, is_terminal, shows_style, standard_input, write
from bot.channels.terminal_style import styled
from bot.channels.terminal_view import Look, choices_of, clean, plain
from bot.conversation import Conversation, Incoming
from bot.failure import failure_reply
from bot.pull import Pull
from handlers.reply import Button, File, Reply
from handlers.texts import say

CHANNEL = "terminal"
PROMPT = "> "
MENU_ROWS = 5
"""Rows kept free below the prompt for completions."""
SHORTEST_START = 2
"""Letters of a name that must be typed before it is offered."""

log = logging.getLogger(__name__)


class Chat:
    """One person's conversation: their lines in, replies out, and the numbers of the last reply's choices."""

    def __init__(self, conversation: Conversation, language: str = "", person: str = "") -> None:
        """`language` is the one to begin in, "" for Danish; a question in the other changes it. `person`: who talks."""
        self.language = language or "da"
        self.choices: tuple[Button, ...] = ()
        """What the last reply offers, in the order of the numbers from 1."""
        self._hint = language
        self._person = person
        self._conversation = conversation

    async def take(self, line: str) -> Reply:
        """The reply to a line: a question, or the number or the label of a choice of the last reply."""
        button = self._pressed(line)
        incoming = Incoming(
            channel=CHANNEL,
            chat=self._person,
            text=button.label if button else line,
            action=button.action if button else "",
            language=self._hint,
        )
        try:
            reply = await self._conversation.take(incoming)
        except Exception:
            # The person can still ask something else, so the chat goes on.
            log.exception("no answer")
            reply = failure_reply(self.language)
        self.language, self.choices = reply.language, choices_of(reply)
        return reply

    def also_offers(self, notice: Reply) -> int:
        """Has a notice's choices go on from those of the last reply; the number of the first."""
        first = len(self.choices) + 1
        self.choices += choices_of(notice)
        return first

    def names(self) -> tuple[str, ...]:
        """Names of municipalities and themes in the language that is spoken now."""
        return self._conversation.dialogue.names(self.language)

    def _pressed(self, line: str) -> Button | None:
        wanted = line.strip().casefold()
        numbers = {str(number): button for number, button in enumerate(self.choices, 1)}
        labels = {button.label.strip().casefold(): button for button in reversed(self.choices)}
        return numbers.get(wanted.removesuffix(".")) or labels.get(wanted)


class NameCompleter(Completer):
    """Completes the names that the base knows, wherever in the line they begin and however many words they have."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        """`names` is asked at each key, since the conversation may change its language."""
        self._names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The names that go on from what stands before the cursor; the longest such start counts."""
        names = {name.casefold(): name for name in self._names()}
        # No start has more words than a name has, however long the line is.
        most = max((name.count(" ") + 1 for name in names), default=0)
        words = document.current_line_before_cursor.rsplit(" ", most)[-most:] if most else []
        for first in range(len(words)):
            start = " ".join(words[first:])
            if len(start) < SHORTEST_START:
                return
            folded = start.casefold()
            if found := [name for key, name in names.items() if key.startswith(folded) and key != folded]:
                yield from (Completion(name, start_position=-len(start)) for name in found)
                return


def chat(conversation: Conversation, language: str = "", person: str = "", announcer: Announcer | None = None) -> None:
    """Talks with a person until they leave: Ctrl-C, Ctrl-D, the end of a pipe, or a word such as "q"; then closes.

    With an announcer, and where the conversation has a store, the person's notices are shown before each prompt.
    """
    with asyncio.Runner() as runner:
        try:
            _chat(conversation, language, person, announcer, runner)
        finally:
            runner.run(conversation.close())


def _chat(
    conversation: Conversation, language: str, person: str, announcer: Announcer | None, runner: asyncio.Runner
) -> None:
    talk = Chat(conversation, language, person)
    look = styled if shows_style() else plain
    leave = {word for spoken in ("da", "en") for word in say(spoken, "chat-leave").split()}
    pull = None
    if announcer and conversation.store:
        runner.run(announcer.announce())
        pull = Pull(conversation.store, CHANNEL, announcer.library_with, talk.language)

    def news() -> None:
        if pull:
            runner.run(_tell(talk, pull, person, look))

    try:
        typed = _typed(talk, news) if is_terminal(sys.stdin) and is_terminal(sys.stdout) else _piped(news)
        for line in typed:
            if line.strip().casefold() in leave:
                return
            if line.strip():
                reply = runner.run(talk.take(line))
                write(f"{look(reply, columns(), 1)}\n")
                if reply.file:
                    write(f"{handed_over(reply.file, reply.language, Path.cwd())}\n\n")
    except KeyboardInterrupt:
        return


async def _tell(talk: Chat, pull: Pull, person: str, look: Look) -> None:
    """Shows the notice of what is due, if anything is."""
    async with pull.due(person) as notice:
        if notice:
            write(f"{look(notice, columns(), talk.also_offers(notice))}\n")


def handed_over(file: File, language: str, folder: Path) -> str:
    """Writes the file into the folder, for its owner's eyes and over no other file; a line that tells where it is."""
    name = Path(file.name)
    for number in count(1):
        path = folder / (f"{name.stem}-{number}{name.suffix}" if number > 1 else name.name)
        try:
            with open(path, "xb", opener=partial(os.open, mode=0o600)) as out:
                out.write(file.content)
        except FileExistsError:
            continue
        except OSError as fault:
            return say(language, "terminal-file-failed", path=clean(str(path)), fault=fault.strerror or str(fault))
        break
    return say(language, "terminal-file", path=clean(str(path)))


def _piped(news: Callable[[], None]) -> Iterable[str]:
    """The lines of standard input; `news` is called before each is read."""
    lines = standard_input()
    while True:
        news()
        if (line := next(lines, None)) is None:
            return
        yield line


def _typed(talk: Chat, news: Callable[[], None]) -> Iterable[str]:
    """The lines that a person types at the prompt, after a greeting; `news` is called before each prompt."""
    write(say(talk.language, "chat-greeting") + "\n" + say(talk.language, "chat-hint") + "\n\n")
    session: PromptSession[str] = PromptSession(
        PROMPT,
        history=InMemoryHistory(),
        completer=NameCompleter(talk.names),
        reserve_space_for_menu=MENU_ROWS,
    )
    while True:
        news()
        try:
            # Pasted text may have several lines; they are one question.
            yield " ".join(session.prompt().splitlines())
        except EOFError:
            return
