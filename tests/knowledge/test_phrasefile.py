"""One sentence more in a phrase file: every other byte stays, and it reads as it was meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loading import SHIPPED
from knowledge.phrasefile import NotAdded, with_sentence
from knowledge.yamltext import parse

FILES = sorted(SHIPPED.glob("phrases/*/[a-z]*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_files_that_ship_get_a_line_at_their_end(path: Path) -> None:
    text = path.read_text("utf-8")
    assert with_sentence(text, "hvem har {topic}, mon?") == f"{text}- hvem har {{topic}}, mon?\n"


@pytest.mark.parametrize(
    ("before", "sentence", "after"),
    [
        ("utterances:\n- a", "b", "utterances:\n- a\n- b\n"),
        ("# first\nutterances:\n- a  # why\n\n# more\n", "b", "# first\nutterances:\n- a  # why\n- b\n\n# more\n"),
        ("utterances:\n  - a\nother: [1]\n", "b", "utterances:\n  - a\n  - b\nother: [1]\n"),
        ("utterances:\n- a\n  b\n", "c", "utterances:\n- a\n  b\n- c\n"),
        ("utterances:\n- |\n  a\n# end\n", "b", "utterances:\n- |\n  a\n- b\n# end\n"),
        ("utterances:\r\n- a\r\n", "b", "utterances:\r\n- a\r\n- b\r\n"),
        ("utterances: [a, 'b']  # c\n", "d, e", "utterances: [a, 'b', 'd, e']  # c\n"),
        ("utterances:\n  [a,\n   b]\n", "c", "utterances:\n  [a,\n   b, c]\n"),
        ("utterances:\n- a\n", "{topic} her", "utterances:\n- a\n- '{topic} her'\n"),
        ("utterances:\n- a\n", "yes", "utterances:\n- a\n- 'yes'\n"),
        ("utterances:\n- a\n", "2014", "utterances:\n- a\n- '2014'\n"),
        ("utterances:\n- a\n", "it's: so #1", "utterances:\n- a\n- 'it''s: so #1'\n"),
    ],
)
def test_comments_and_layout_stay(before: str, sentence: str, after: str) -> None:
    assert with_sentence(before, sentence) == after


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"),
        min_size=1,
    )
)
def test_any_sentence_reads_as_it_was_meant(sentence: str) -> None:
    try:
        added = with_sentence("utterances:\n- a\n# end\n", sentence)
    except NotAdded:
        # What YAML cannot hold.
        assert not sentence.isprintable()
    else:
        assert parse(added)[0] == {"utterances": ["a", sentence]}
        assert added.endswith("\n# end\n")


@pytest.mark.parametrize(
    "text", ["", "- a\n", "utterances:\n", "utterances: []\n", "utterances: a\n", "utterances: [a\n"]
)
def test_what_is_no_phrase_file_stays_as_it_is(text: str) -> None:
    with pytest.raises(NotAdded):
        with_sentence(text, "b")
