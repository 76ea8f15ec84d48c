"""The base as it was: what had begun by a day stands there, what came later does not, and nothing hangs loose."""

from datetime import date
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asof import as_of, before
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.understanding import load_understander

KNOWLEDGE = load_knowledge()
LIBRARY = Library(KNOWLEDGE)


def at(year: int, month: int = 12, day: int = 31) -> Library:
    return Library(as_of(KNOWLEDGE, date(year, month, day)))


def test_what_was_replaced_later_stood_there_then() -> None:
    """Kolding's mentor scheme of 2009 is an earlier one today, and was none in 2010."""
    assert "kolding-mentorordning" in LIBRARY.earlier
    then = at(2010)
    assert not then.earlier
    assert "kolding" in then.having(["mentorordning"], every=False)
    current = then.current_strategy("kolding")
    assert current
    assert current.id == "kolding-2009"


def test_what_came_later_is_not_there_yet() -> None:
    assert {"kolding", "koebenhavn"} <= set(at(2010).municipalities)
    assert "aarhus" not in at(2012, 6, 26).strategies
    assert "aarhus-2012" not in at(2012, 6, 26).strategies
    assert "aarhus-2012" in at(2012, 6, 27).strategies
    assert "silkeborg-2015" not in at(2014).strategies
    assert [one.id for one in at(2016).strategies_of("silkeborg")] == ["silkeborg-2015"]
    assert at(2026).strategies.keys() <= LIBRARY.strategies.keys()
    assert not at(2021).updates


def test_what_nothing_dates_is_left_out() -> None:
    """Kalundborg's strategy: no source says when it was made, nor has a date itself."""
    assert LIBRARY.strategies["kalundborg-strategi"].begins is None
    assert "kalundborg-strategi" not in at(2026).strategies


@given(st.dates(date(2005, 1, 1), date(2030, 12, 31)))
def test_nothing_hangs_loose(day: date) -> None:
    """Whatever an entry refers to is there as well."""
    then = Library(as_of(KNOWLEDGE, day))
    for item in chain(then.initiatives.values(), then.goals.values()):
        assert item.strategy is None or item.strategy in then.strategies
    facts = chain(then.strategies, then.initiatives, then.goals, then.milestones)
    assert {paper for key in facts for paper in then.read_in[key]} <= then.documents.keys()
    for strategy in then.strategies.values():
        assert {*strategy.documents, *([strategy.evaluation] if strategy.evaluation else [])} <= then.documents.keys()
    assert {one.municipality for one in then.documents.values() if one.municipality} <= then.municipalities.keys()


def test_a_later_day_never_knows_less() -> None:
    found = [{*at(year).strategies, *at(year).initiatives} for year in range(2008, 2027)]
    assert all(earlier <= later for earlier, later in pairwise(found))


def test_before_holds_what_was_replaced_and_nothing_else() -> None:
    replaced = {one.replaces for one in LIBRARY.strategies.values() if one.replaces}
    found = Library(before(KNOWLEDGE))
    assert found.strategies.keys() == replaced
    assert {*found.initiatives, *found.goals} == LIBRARY.earlier.keys()


@pytest.mark.parametrize("question", ["hvad laver Silkeborg?", "what does Silkeborg do?"])
def test_who_asks_then_is_understood_as_then(question: str) -> None:
    """Of a municipality that the base did not know yet it knows nothing; phrases of what was not there are no fault."""
    query = load_understander(day=date(2013, 12, 31)).understand(question).query
    assert query
    assert query.intent == "elsewhere"
