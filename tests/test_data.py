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
    """Five."""
    assert sorted(ids(PLACES)) == sorted(EXPECTED["municipalities"])
    assert len(PLACES) == 5


def test_strategies() -> None:
    """Six, each with its municipality."""
    found = {strategy.id: {"municipality": place.id} for place in PLACES for strategy in place.strategies}
    assert found == EXPECTED["strategies"]
    assert len(found) == 6


def test_what_is_known_of_when() -> None:
    """Dates and periods, each as exact as a source gives it, and none where no source does."""
    found = {
        one.id: (str(one.begins or ""), str(one.period.until or "") if one.period else "", one.replaces or "")
        for place in PLACES
        for one in place.strategies
    }
    assert found == {
        "roskilde-2014": ("2014-autumn", "", ""),
        "aarhus-2012": ("2012", "", ""),
        "koebenhavn-2010": ("2010", "2013", ""),
        "ikast-brande-2020": ("", "2020", ""),
        "kolding-2009": ("2009", "", ""),
        "kolding-2014": ("2014", "", "kolding-2009"),
    }


def test_first_in_denmark_and_evaluated() -> None:
    """Kolding's of 2009 was the country's first; Copenhagen's is the one that was evaluated."""
    strategies = [one for place in PLACES for one in place.strategies]
    assert [one.id for one in strategies if one.first_in_denmark] == ["kolding-2009"]
    assert [(one.id, one.evaluation) for one in strategies if one.evaluation] == [
        ("koebenhavn-2010", "koebenhavn-evaluering")
    ]


def test_themes() -> None:
    """Twenty, in the order in which lists show them."""
    assert ids(KNOWLEDGE.themes) == EXPECTED["themes"]
    assert len(KNOWLEDGE.themes) == 20


def test_initiatives() -> None:
    """Thirty-one, each under its municipality's strategy, with its themes and the partners that a source names."""
    names = {one.id: one.name for one in KNOWLEDGE.organisations if not one.place}
    found: dict[str, dict[str, list[str]]] = {}
    for place in PLACES:
        for one in place.initiatives:
            assert one.strategy in ids(place.strategies), one.id
            assert one.id.startswith(place.id), one.id
            found[one.id] = {"themes": list(one.themes)}
            if partners := [names[key] for key in one.partners if key in names]:
                found[one.id]["partners"] = partners
    assert found == EXPECTED["initiatives"]
    assert len(found) == 31


def test_goals() -> None:
    """Four, with their themes."""
    found = {goal.id: {"themes": list(goal.themes)} for place in PLACES for goal in place.goals}
    assert found == EXPECTED["goals"]
    assert len(found) == 4


def test_documents() -> None:
    """Ten; only the two that were read have a date."""
    found: dict[str, dict[str, str]] = {}
    for one in KNOWLEDGE.documents:
        found[one.id] = {"kind": one.kind}
        if one.municipality:
            found[one.id]["municipality"] = one.municipality
        if one.dated:
            found[one.id]["dated"] = str(one.dated)
    assert found == EXPECTED["documents"]
    assert len(found) == 10


def test_every_fact_tells_its_source_and_how_old_that_is() -> None:
    """Strategies, steps, goals, initiatives and figures each have a source, and its document has a date."""
    dated = {one.id for one in KNOWLEDGE.documents if one.dated}
    facts = 0
    for place in PLACES:
        for path, value in fields(place):
            if path.endswith("sources"):
                facts += 1
                assert value, path
                assert all(isinstance(one, Source) and one.document in dated for one in value), path
    assert facts >= 6 + 31 + 4


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
    """Five regions, and our own five among their municipalities."""
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
    """With all that the base held of it, on the day on which it was made."""
    library = Library(KNOWLEDGE)
    assert len(library.updates) == len(PLACES)
    for place in PLACES:
        [update] = [one for one in library.updates if place.id in one.affects]
        assert (str(update.date), update.kind) == ("2026-11-22", "added")
        own = ids([*place.strategies, *place.milestones, *place.goals, *place.initiatives])
        papers = [one.id for one in KNOWLEDGE.documents if one.municipality == place.id]
        assert set(update.affects) == {place.id, *own, *papers}


def test_no_change_of_the_base_is_left_untold() -> None:
    """After an edit: `vejviser check` says what to do."""
    assert [str(one) for one in warnings()] == []
