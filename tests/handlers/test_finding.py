"""What is found while somebody types: every thing of the base by its name, and only what anybody may be shown."""

import pytest

from handlers.actions import decode
from handlers.dialogue import Dialogue
from handlers.finding import MOST, Found, found
from handlers.session import Session
from knowledge.model import LANGUAGES

each_language = pytest.mark.parametrize("language", LANGUAGES)


def payloads(results: tuple[Found, ...]) -> list[str]:
    return [one.payload for one in results]


@each_language
def test_all_names_are_found(dialogue: Dialogue, language: str) -> None:
    """Each by what it is called, among the first."""
    library = dialogue.library
    names = {
        **{f"what_{key}": one.short[language] for key, one in library.municipalities.items()},
        **{f"who_{key}": one.name[language] for key, one in library.themes.items()},
        **{f"detail_{key}": one.name[language] for key, one in library.initiatives.items()},
        **{f"define_{key}": one.name[language] for key, one in library.terms.items()},
    }
    for payload, name in names.items():
        assert payload in payloads(found(dialogue.understander, name, language))[:12], name


@each_language
@pytest.mark.parametrize(
    "text", ["", "a", "hvad", "stop alle beskeder", "slet alt om mig", "settings", "hvor står det?"]
)
def test_all_can_be_shown_to_anybody(dialogue: Dialogue, language: str, text: str) -> None:
    """None changes anything, none twice, and each is answered."""
    results = found(dialogue.understander, text, language)
    assert len(set(payloads(results))) == len(results) <= MOST
    for one in results:
        assert decode(one.payload, dialogue.library)
        reply, _ = dialogue.act(one.payload, Session(language))
        assert reply.link == one.payload
        assert not reply.changes
        assert one.title.strip()
