"""Where the commands' errors end: a line each on standard error, and an exit status that tells of which kind."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.config import Settings

BASE_AT_FAULT = 2
"""Exit status where the knowledge base cannot be loaded."""

Knowledge = Annotated[Path | None, typer.Option(metavar="DIR", help="Another knowledge base than the one that ships.")]
Language = Literal["da", "en"]


@contextmanager
def quiet_edge() -> Iterator[None]:
    """Where errors end: faults of the base and a full disk are told; a reader who left is no error."""
    from knowledge.loading import KnowledgeError

    try:
        yield
        if sys.stdout:
            sys.stdout.flush()
    except KnowledgeError as error:
        for fault in error.faults:
            tell(str(fault))
        raise typer.Exit(BASE_AT_FAULT) from None
    except BrokenPipeError:
        _drop_what_waits()
    except OSError as error:
        _drop_what_waits()
        tell(f"Stopped, for what should be written or read cannot be: {error}")
        raise typer.Exit(1) from None


@contextmanager
def reading_settings() -> Iterator["Settings"]:
    """The settings; faults of theirs and of the store end here, in a line each."""
    with quiet_edge():
        from bot.config import ConfigError, load_settings
        from bot.store_database import StoreError

        gc.enable()
        try:
            yield load_settings()
        except (ConfigError, StoreError) as error:
            tell(str(error))
            raise typer.Exit(1) from None


def _drop_what_waits() -> None:
    """What is left in standard output's buffer would fail once more when Python ends."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str) -> None:
    """Writes a line on standard error."""
    print(text, file=sys.stderr)
