"""The base as it was: what had begun by a day, or what a later strategy has replaced since."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from knowledge.loading import Knowledge
from knowledge.model import Fact, Goal, Initiative, Milestone, Municipality, Note, PartialDate, Source, Strategy

F = TypeVar("F", bound=Fact)


def pruned(knowledge: Knowledge, keeps: Callable[[Fact], bool], notes: Callable[[Note], bool]) -> Knowledge:
    """The base with those facts and notes only; no strategy is replaced by one that is not there."""
    places = []
    for place in knowledge.municipalities:
        strategies = _kept(place.strategies, keeps)
        there = {one.id for one in strategies}
        places.append(
            replace(
                place,
                strategies=strategies,
                milestones=_kept(place.milestones, keeps),
                goals=tuple(one for one in _kept(place.goals, keeps) if one.strategy is None or one.strategy in there),
                initiatives=tuple(
                    one for one in _kept(place.initiatives, keeps) if one.strategy is None or one.strategy in there
                ),
                remarks=tuple(one for one in place.remarks if notes(one)),
            )
        )
    terms = tuple(replace(one, facts=tuple(fact for fact in one.facts if notes(fact))) for one in knowledge.terms)
    return replace(knowledge, municipalities=tuple(places), terms=terms)


def as_of(knowledge: Knowledge, day: date) -> Knowledge:
    """What the sources tell of up to and on the day.

    A fact counts from its own date on; where it has none, from its strategy's, and where that has none either, from
    the date of the oldest source that it was read in. What none of these dates is left out: nobody says that it was
    there. Words and themes belong to no time; a municipality of which nothing is left is not known yet.
    """
    limit = (day.year, day.month, day.day)
    dated = {one.id: one.dated for one in knowledge.documents if one.dated}
    begins = {one.id: one.begins for place in knowledge.municipalities for one in place.strategies}

    def from_sources(sources: Iterable[Source]) -> PartialDate | None:
        return min((dated[one.document] for one in sources if one.document in dated), default=None)

    def come(own: PartialDate | None, sources: Iterable[Source]) -> bool:
        moment = own or from_sources(sources)
        return moment is not None and moment.sort_key <= limit

    def has_come(fact: Fact) -> bool:
        match fact:
            case Strategy():
                return come(fact.begins, fact.sources)
            case Milestone():
                return come(fact.date, fact.sources)
            case Initiative() | Goal():
                return come(fact.since or begins.get(fact.strategy or ""), fact.sources)
        return come(None, fact.sources)

    left = pruned(knowledge, has_come, lambda note: come(note.date, note.sources))
    used = documents_of(left)
    documents = tuple(one for one in left.documents if one.id in used or (one.dated and one.dated.sort_key <= limit))
    kept = {one.id for one in documents}
    places = tuple(
        _with_papers(one, kept)
        for one in left.municipalities
        if one.strategies or one.initiatives or one.goals or one.milestones
    )
    known = {one.id for one in places}
    return replace(
        left,
        municipalities=places,
        documents=tuple(one if one.municipality in known else replace(one, municipality=None) for one in documents),
        updates=tuple(one for one in left.updates if one.date.sort_key <= limit),
    )


def before(knowledge: Knowledge) -> Knowledge:
    """Only the strategies that others have replaced since, with what stood in them."""
    strategies = [one for place in knowledge.municipalities for one in place.strategies]
    gone = {one.replaces for one in strategies if one.replaces}

    def replaced(fact: Fact) -> bool:
        match fact:
            case Strategy():
                return fact.id in gone
            case Initiative() | Goal():
                return fact.strategy in gone
        return False

    return pruned(knowledge, replaced, lambda _: False)


def _kept(facts: Iterable[F], keeps: Callable[[Fact], bool]) -> tuple[F, ...]:
    return tuple(one for one in facts if keeps(one))


def documents_of(knowledge: Knowledge) -> set[str]:
    """The documents that anything in the base was read in, or is."""
    found: set[str] = set()
    for place in knowledge.municipalities:
        facts: tuple[Fact | Note, ...] = (*place.strategies, *place.milestones, *place.goals, *place.initiatives)
        for one in (*facts, *place.remarks):
            found.update(source.document for source in one.sources)
        for strategy in place.strategies:
            found.update(strategy.documents)
        for initiative in place.initiatives:
            found.update(initiative.documents)
    for term in knowledge.terms:
        found.update(source.document for source in term.sources)
        found.update(source.document for fact in term.facts for source in fact.sources)
    return found


def _with_papers(place: Municipality, documents: set[str]) -> Municipality:
    """The municipality without evaluations that were not there yet."""
    strategies = tuple(
        one if one.evaluation is None or one.evaluation in documents else replace(one, evaluation=None)
        for one in place.strategies
    )
    return replace(place, strategies=strategies)
