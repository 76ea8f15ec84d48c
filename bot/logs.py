"""How the log is written, whatever channels run: one line each, and of the libraries only what went wrong."""

import logging

_NOISY = ("aiohttp", "httpx", "httpcore", "aiosqlite", "sqlalchemy", "alembic", "watchfiles", "uvicorn", "multipart")
"""They log every request's address, and the token is part of it; or every statement, with what is kept of whom."""


def set_up_logs(level: str) -> None:
    """Logging at `level`, where nobody has set it up."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
