"""The base that ships: all that the two source texts hold, under ids that others already refer to."""

from collections.abc import Iterable, Iterator
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.checking import warnings
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import PartialDate, Record, Source, Text

EXPECTED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "expected_ids.yaml").read_text("utf-8"))
KNOWLEDGE = load_knowledge()
PLACES = KNOWLEDGE.municipalities
NAMES = ("name", "short")
"""Fields whose text may be the same in both languages: Vision Vestergade, Roskilde."""


def everything() -> Iterator[Record]:
    """All top-level records."""
    yield from (*PLACES, *KNOWLEDGE.themes, *KNOWLEDGE.terms, *KNOWLEDGE.organisations, *KNOWLEDGE.documents)
    yield KNOWLEDGE.denmark


def fields(record: Record, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of each field of the record and of the records in it."""
    for name in (one.name for one in dataclass_fields(record)):
        value = getattr(record, name)
        at = f"{path}.{name}" if path else str(getattr(record, "id", type(record).__name__)) + f".{name}"
        yield at, value
        for number, part in enumerate(value if isinstance(value, tuple) else [value]):
            if isinstance(part, Record):
                yield from fields(part, f"{at}.{number}" if isinstance(value, tuple) else at)


def ids(records: Iterable[Any]) -> list[str]:
    return [one.id for one in records]


def test_municipalities() -> None:
    """Twenty-two."""
    assert sorted(ids(PLACES)) == sorted(EXPECTED["municipalities"])
    assert len(PLACES) == 22


def test_strategies() -> None:
    """Twenty, each with its municipality; a paper that stands beside a strategy is one of them."""
    found = {strategy.id: {"municipality": place.id} for place in PLACES for strategy in place.strategies}
    assert found == EXPECTED["strategies"]
    assert len(found) == 20


def test_what_is_no_strategy_says_so() -> None:
    """An agreement counts as one; policies, decisions, plans and proposals stand beside it."""
    kinds = {one.id: one.kind for place in PLACES for one in place.strategies if one.kind != "strategy"}
    assert kinds == {
        "jammerbugt-partnerskabsaftale": "agreement",
        "frederikshavn-politik": "policy",
        "kolding-politik": "policy",
        "aarhus-2015": "decision",
        "kolding-handleplan": "plan",
        "ikast-brande-lag": "plan",
        "roskilde-2018-forslag": "proposal",
    }


def test_of_what_is_known_by_its_title_nothing_is_claimed() -> None:
    """Neither a summary nor a date, and each of its papers says that the title alone was seen."""
    papers = {one.id: one for one in KNOWLEDGE.documents}
    bare = [one for place in PLACES for one in place.strategies if not one.summary]
    assert sorted(ids(bare)) == ["esbjerg-strategi", "frederikshavn-politik", "horsens-strategi", "kolding-handleplan"]
    for one in bare:
        assert one.begins is None
        assert one.documents
        assert {papers[paper].read for paper in one.documents} == {"title"}


def test_what_is_known_of_when() -> None:
    """Dates and periods, each as exact as a source gives it, and none where no source does."""
    found = {
        one.id: (str(one.begins or ""), str(one.period.until or "") if one.period else "", one.replaces or "")
        for place in PLACES
        for one in place.strategies
    }
    assert found == {
        "roskilde-2014": ("2014-autumn", "", ""),
        "roskilde-2018-forslag": ("", "", ""),
        "aarhus-2012": ("2012-06-27", "", ""),
        "aarhus-2015": ("2015", "", ""),
        "koebenhavn-2010": ("2010", "2013", ""),
        "ikast-brande-2020": ("", "2020", ""),
        "ikast-brande-lag": ("2014", "2020", ""),
        "kolding-2009": ("2009", "", ""),
        "kolding-2014": ("2014", "", "kolding-2009"),
        "kolding-handleplan": ("", "", ""),
        "kolding-politik": ("", "", ""),
        "silkeborg-2015": ("2015", "2020", ""),
        "silkeborg-2020": ("2020", "2025", "silkeborg-2015"),
        "slagelse-strategi": ("", "2020", ""),
        "esbjerg-strategi": ("", "", ""),
        "frederikshavn-politik": ("", "", ""),
        "horsens-strategi": ("", "", ""),
        "jammerbugt-partnerskabsaftale": ("", "", ""),
        "kalundborg-strategi": ("", "", ""),
        "norddjurs-strategi": ("", "", ""),
    }


def test_first_in_denmark_and_evaluated() -> None:
    """Kolding's of 2009 was the country's first; Copenhagen's was evaluated, and so was Kolding's action plan."""
    strategies = [one for place in PLACES for one in place.strategies]
    assert [one.id for one in strategies if one.first_in_denmark] == ["kolding-2009"]
    assert [(one.id, one.evaluation) for one in strategies if one.evaluation] == [
        ("koebenhavn-2010", "koebenhavn-evaluering"),
        ("kolding-handleplan", "kolding-handleplan-evaluering"),
    ]


def test_themes() -> None:
    """Twenty-seven, in the order in which lists show them."""
    assert ids(KNOWLEDGE.themes) == EXPECTED["themes"]
    assert len(KNOWLEDGE.themes) == 27


def test_initiatives() -> None:
    """Ninety, each under a strategy of its municipality's or none, with its themes and partners that a source names."""
    names = {one.id: one.name for one in KNOWLEDGE.organisations if not one.place}
    found: dict[str, dict[str, list[str]]] = {}
    for place in PLACES:
        for one in place.initiatives:
            assert one.strategy is None or one.strategy in ids(place.strategies), one.id
            assert one.id.startswith(place.id), one.id
            found[one.id] = {"themes": list(one.themes)}
            if partners := [names[key] for key in one.partners if key in names]:
                found[one.id]["partners"] = partners
    assert found == EXPECTED["initiatives"]
    assert len(found) == 90


def test_goals() -> None:
    """Twenty-eight, with their themes."""
    found = {goal.id: {"themes": list(goal.themes)} for place in PLACES for goal in place.goals}
    assert found == EXPECTED["goals"]
    assert len(found) == 28


def test_documents() -> None:
    """With its kind, the municipality that it belongs to, and its own date where it has one."""
    found: dict[str, dict[str, str]] = {}
    for one in KNOWLEDGE.documents:
        found[one.id] = {"kind": one.kind}
        if one.municipality:
            found[one.id]["municipality"] = one.municipality
        if one.dated:
            found[one.id]["dated"] = str(one.dated)
    assert found == EXPECTED["documents"]
    assert len(found) == 147


def test_every_fact_tells_its_source_and_how_old_that_is() -> None:
    """Strategies, steps, goals, initiatives and figures have a source; its document has a date or was read on one."""
    dated = {one.id for one in KNOWLEDGE.documents if one.dated or one.seen}
    facts = 0
    for place in PLACES:
        for path, value in fields(place):
            if path.endswith("sources"):
                facts += 1
                assert value, path
                assert all(isinstance(one, Source) and one.document in dated for one in value), path
    assert facts >= 20 + 90 + 28


def test_every_text_is_in_both_languages() -> None:
    """Neither language is a copy of the other, except where a name is the same in both."""
    texts = [(path, value) for record in everything() for path, value in fields(record) if isinstance(value, Text)]
    assert len(texts) > 100
    assert [path for path, text in texts if path.split(".")[-1] not in (*NAMES, "title") and text.da == text.en] == []
    assert [path for path, text in texts if '"' in text.da + text.en] == []


@pytest.mark.parametrize("moment", [(2014, 4), (2014, 6), (2014, 9)])
def test_milestones(moment: tuple[int, int]) -> None:
    """The steps of Roskilde's strategy: April, June and autumn 2014."""
    [roskilde] = [one for one in PLACES if one.id == "roskilde"]
    assert moment in [one.date.sort_key[:2] for one in roskilde.milestones]
    assert all(isinstance(one.date, PartialDate) for one in roskilde.milestones)


def test_figures() -> None:
    """200 jobs, 8 measures, three years of PhD."""
    values = {
        value for place in PLACES for path, value in fields(place) if ".figures." in path and path.endswith(".value")
    }
    assert {200, 8, 3} <= values


def test_all_98_municipalities_are_known_by_name() -> None:
    """Five regions, and our own among their municipalities."""
    regions = [one.municipalities for one in KNOWLEDGE.denmark.regions]
    assert [len(one) for one in regions] == [29, 17, 22, 19, 11]
    names = [name for region in regions for name in region]
    assert len(set(names)) == 98
    assert {place.short.da for place in PLACES} <= set(names)


def test_no_address_pretends_to_be_more_than_it_is() -> None:
    """Where no address is known there is a site to search on, and every listed one says where it is listed."""
    for one in KNOWLEDGE.documents:
        assert one.website
        assert one.links or one.dated or one.listed_in, one.id


def test_every_municipality_was_told_of_when_it_came() -> None:
    """And all that the base holds of it was told of then or later."""
    library = Library(KNOWLEDGE)
    told = {key for one in library.updates for key in one.affects}
    for place in PLACES:
        first = next(one for one in reversed(library.updates) if place.id in one.affects)
        assert first.kind in ("added", "new-document")
        own = ids([*place.strategies, *place.milestones, *place.goals, *place.initiatives])
        papers = [one.id for one in KNOWLEDGE.documents if one.municipality == place.id]
        assert {place.id, *own, *papers} <= told


def test_no_change_of_the_base_is_left_untold() -> None:
    """After an edit: `vejviser check` says what to do."""
    assert [str(one) for one in warnings()] == []
