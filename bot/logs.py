"""How the log is written, whatever channels run: for people or as JSON, each line with the turn that it belongs to."""

import json
import logging
import random
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

Form = Literal["human", "json"]
_NOISY = ("aiohttp", "httpx", "httpcore", "aiosqlite", "sqlalchemy", "alembic", "watchfiles", "uvicorn", "multipart")
"""They log every request's address, and the token is part of it; or every statement, with what is kept of whom."""
_TURN: ContextVar[str] = ContextVar("turn", default="")


def begin_turn() -> str:
    """The id of a request or an update, by which its lines are found; it holds for all that is done in this task."""
    _TURN.set(_new_id())
    return _TURN.get()


def turn_id() -> str:
    """The id of what is being done, for a person to name it; a new one where nothing was begun."""
    return _TURN.get() or _new_id()


def _new_id() -> str:
    # It has to be told apart, not to be kept secret, and the system need not be asked for that.
    return f"{random.getrandbits(32):08x}"


def set_up_logs(level: str, form: Form = "human") -> None:
    """Logging at `level`, where nobody has set it up."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else Lines())
    logging.basicConfig(level=level, handlers=[handler])
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


class Lines(logging.Formatter):
    """A line for people: time, level, where it comes from, the turn in brackets, and what there is to say."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(turn)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """As logging has it."""
        turn = _TURN.get()
        record.turn = f" [{turn}]" if turn else ""
        return super().format(record)


class JsonLines(logging.Formatter):
    """An object a line for programs; `extra={"fields": {...}}` of a record become fields of their own."""

    def format(self, record: logging.LogRecord) -> str:
        """As logging has it."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if turn := _TURN.get():
            told["turn"] = turn
        told |= getattr(record, "fields", {})
        # A filter may have formatted the exception before, without what must not be told.
        if exception := record.exc_text or (self.formatException(record.exc_info) if record.exc_info else ""):
            told["exception"] = exception
        return json.dumps(told, ensure_ascii=False, default=str)
