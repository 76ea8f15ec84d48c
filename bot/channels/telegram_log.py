"""Keeps the bot's token and people's words out of the log, whoever writes to it and at whatever level."""

import logging
import traceback
from types import TracebackType

from telegram.error import InvalidToken

from bot.logs import Form, set_up_logs

HIDDEN = "<telegram token>"
_LIBRARY = "telegram"


class TokenFilter(logging.Filter):
    """Takes the token out of a record: its message, its arguments, and its traceback."""

    def __init__(self, token: str) -> None:
        super().__init__()
        # The part behind the colon is the secret; the number before it is the bot's public id.
        self._secrets = (token, token.partition(":")[2] or token)

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record is kept, without the token."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self._hide(message), ()
        if record.exc_info or record.exc_text:
            # Formatted here, for a handler that formats it itself would print what the exception says.
            record.exc_text = self._hide(record.exc_text or _formatted(record.exc_info))
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self._hide(record.stack_info)
        return True

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


class LibraryFilter(logging.Filter):
    """Lets python-telegram-bot say what happened but not to what: its arguments and exceptions can quote messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for a refused token at the start, which `run` tells in one line, and for everything below WARNING."""
        if record.name.partition(".")[0] != _LIBRARY:
            return True
        fault = record.exc_info[1] if record.exc_info else None
        if record.levelno < logging.WARNING or isinstance(fault, InvalidToken):
            return False
        record.msg = f"{record.msg} ({type(fault).__name__})" if fault else str(record.msg)
        record.args, record.exc_info, record.exc_text = (), None, None
        # Without arguments the message is not formatted, so the template's own "%s" stand for what was left out.
        return True


def guard_logs(token: str, level: str, form: Form = "human") -> None:
    """Sets up logging at `level` where nobody has, and filters every handler of the root logger.

    Handlers added to the root logger later are not filtered: call this last.
    """
    set_up_logs(level, form)
    for handler in logging.getLogger().handlers:
        for old in [one for one in handler.filters if isinstance(one, TokenFilter | LibraryFilter)]:
            handler.removeFilter(old)
        handler.addFilter(LibraryFilter())
        handler.addFilter(TokenFilter(token))


def _formatted(
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | None,
) -> str:
    if not exc_info or exc_info[1] is None:
        return ""
    return "".join(traceback.format_exception(exc_info[1])).rstrip("\n")
