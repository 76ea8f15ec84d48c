"""All that buttons lead to, walked once for all tests of this folder."""

import pytest

from handlers.dialogue import Dialogue
from knowledge.model import LANGUAGES
from tests.handlers.queries import Pressed, reachable


@pytest.fixture(scope="session")
def pressed(dialogue: Dialogue) -> dict[str, list[Pressed]]:
    """Every button of every reply, with what it gives, by language."""
    return {language: reachable(dialogue, language) for language in LANGUAGES}
