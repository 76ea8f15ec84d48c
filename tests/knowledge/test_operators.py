"""The small words of a message are found in their forms, in phrases, in both languages; rules ask for none besides."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import knowledge
from knowledge.message import CUES, NOUNS
from knowledge.phrases import OPERATORS
from knowledge.sentences import ASKS, BEGINS
from knowledge.understanding import NO_TOPICS, Understander

RULES = sorted(Path(knowledge.__path__[0]).glob("*.py"))
ASKING = {"has", "places_of", "find", "finds"}
"""What rules ask for operators with."""


@pytest.mark.parametrize(
    ("text", "name", "language", "places"),
    [
        ("hvilke kommuner har ikke netværk", "not", "da", [3]),
        ("which municipalities have no network", "no", "en", [3]),
        ("hvem har mentorer og hvem har netværk", "which", "da", [0, 4]),
        ("which municipalities", "which", "da", []),
        ("kan jeg få strategien som download", "document_cue", "da", [5]),
        ("", "which", "da", []),
    ],
)
def test_places(understander: Understander, text: str, name: str, language: str, places: list[int]) -> None:
    """Grammar is of one language, what is counted or asked for of both."""
    reading = understander.lexicon.read(text)
    assert understander.operators.find(reading, name, language) == places
    assert understander.operators.find_all(reading, language).get(name, []) == places


def asked_for(tree: ast.AST) -> Iterator[str]:
    """The names in the calls that ask for operators."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=asks) | ast.Name(id=asks), args=given) if asks in ASKING:
                yield from (str(one.value) for one in given if isinstance(one, ast.Constant))


def test_rules_ask_for_operators_that_there_are() -> None:
    """A misspelt one would be found in no message, and nobody would be told."""
    asked = {name for path in RULES for name in asked_for(ast.parse(path.read_text("utf-8")))}
    assert len(asked) > 50
    assert asked | {*CUES, *NOUNS, *ASKS, *BEGINS, *NO_TOPICS} <= {*OPERATORS}
