"""Where a fault came from is told without its words."""

import re

import pytest

from bot.failure import where


def test_where_a_fault_came_from_without_its_words() -> None:
    with pytest.raises(ValueError, match="words") as raised:
        raise ValueError("words of a person")
    assert re.fullmatch(r"bot/test_failure\.py:\d+", where(raised.value))
    assert where(ValueError()) == "?"
