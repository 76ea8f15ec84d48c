"""What no source tells is refused, however well the question names what the base has; and only that."""

from pathlib import Path

import pytest
import yaml

from knowledge.library import Library
from knowledge.understanding import Understander

QUESTIONS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("untold.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, listed in QUESTIONS.items() if kind != "told" for text in listed]
)
def test_what_no_source_tells(understander: Understander, kind: str, text: str) -> None:
    """It is refused, and not asked back about."""
    understood = understander.understand(text)
    assert (understood.query, understood.options) == (None, ()), kind


@pytest.mark.parametrize("text", QUESTIONS["told"])
def test_what_only_sounds_like_it(understander: Understander, text: str) -> None:
    """It is answered."""
    assert understander.understand(text).query


def test_years_of_one_municipality(library: Library) -> None:
    """From the first that is told of it to the last."""
    assert library.years_of("koebenhavn") == range(2010, 2014)
    assert library.years_of("aarhus") == range(2012, 2013)
