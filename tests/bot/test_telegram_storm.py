"""Many people in bad weather before the real application: nothing is wrong, lost, doubled or out of order."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import pytest

from bot.app import build
from bot.channels import telegram_pace
from bot.store import Store
from handlers.dialogue import Dialogue
from tests.bot.conftest import running, settings_for
from tests.databases import sqlite_settings
from tests.fake_telegram import FakeTelegram
from tests.storm.engine import Storm
from tests.storm.ledger import Log, Watched
from tests.storm.weather import Weather

ROUNDS, HAPPENINGS = 3, 60


@pytest.fixture
def errors() -> Iterator[list[str]]:
    """What is logged as an error while the test runs."""
    log = Log()
    logging.getLogger().addHandler(log)
    yield log.errors
    logging.getLogger().removeHandler(log)


@pytest.fixture
async def talk(storing: Dialogue, tmp_path: Path) -> AsyncIterator[Watched]:
    """The conversation over the base that ships, with a store."""
    store = await Store.open(sqlite_settings(tmp_path))
    yield Watched(storing, store)
    await store.close()


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_storm_is_weathered(
    fake: FakeTelegram, talk: Watched, errors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_pace, "PACE", 0.001)
    async with running(build(settings_for(fake), talk)):
        storm = Storm(fake, 7, lambda ledger: Weather(Random(8), 0.08, 0.0, 1, ledger.lose))
        for _ in range(ROUNDS):
            await storm.round(HAPPENINGS)
    assert errors == []
    assert {count for token, count in talk.taken.items() if token not in storm.ledger.lost} == {1}
    assert storm.ledger.silent & set(talk.taken) == set()
    assert storm.weather.struck.total() >= 5
