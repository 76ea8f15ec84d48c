"""The questions one can ask the facts: what is what, by theme, by municipality, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from knowledge.loading import Knowledge
from knowledge.model import (
    Document,
    Goal,
    Initiative,
    Milestone,
    Municipality,
    Organisation,
    PartialDate,
    Strategy,
    Term,
    Text,
    Theme,
    Update,
)

Item = Initiative | Goal
"""What carries themes."""
STRATEGIES = ("strategy", "agreement")
"""Kinds of a strategy that are one: the other kinds have their place beside it."""


@dataclass(frozen=True)
class Touched:
    """One entry that an update is about, by what people can subscribe to; "" and () where it has no such thing."""

    municipality: str = ""
    themes: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()


class Library:
    """Look-ups over a `Knowledge`. All answers keep the order of the files; unknown ids give nothing."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.municipalities: dict[str, Municipality] = {one.id: one for one in knowledge.municipalities}
        self.themes: dict[str, Theme] = {one.id: one for one in knowledge.themes}
        self.terms: dict[str, Term] = {one.id: one for one in knowledge.terms}
        self.organisations: dict[str, Organisation] = {one.id: one for one in knowledge.organisations}
        self.documents: dict[str, Document] = {one.id: one for one in knowledge.documents}
        self.sightings = knowledge.sightings
        self.strategies: dict[str, Strategy] = {}
        self.initiatives: dict[str, Initiative] = {}
        self.goals: dict[str, Goal] = {}
        self.milestones: dict[str, Milestone] = {}
        self.owner: dict[str, str] = {}
        """Municipality of each strategy, initiative, goal, milestone and document."""
        for place in knowledge.municipalities:
            self.strategies.update((one.id, one) for one in place.strategies)
            self.initiatives.update((one.id, one) for one in place.initiatives)
            self.goals.update((one.id, one) for one in place.goals)
            self.milestones.update((one.id, one) for one in place.milestones)
            for one in (*place.strategies, *place.initiatives, *place.goals, *place.milestones):
                self.owner[one.id] = place.id
        self.owner.update((one.id, one.municipality) for one in knowledge.documents if one.municipality)
        self._current = {place.id: _newest(place.strategies) for place in knowledge.municipalities}
        self._replaced = {one.replaces: one for one in self.strategies.values() if one.replaces}
        self.earlier = {
            one.id: one
            for one in (*self.initiatives.values(), *self.goals.values())
            if one.strategy and one.strategy in self._replaced
        }
        """Initiatives and goals of a strategy that another one has replaced: told only to who asks for them."""
        self.figures = {
            figure.value
            for holder in (*self.goals.values(), *self.strategies.values(), *self.initiatives.values())
            for figure in holder.figures
            if figure.value > 1
        }
        """Every number that a source gives."""
        by_theme: dict[str, list[str]] = {key: [] for key in self.themes}
        within: dict[tuple[str, str], list[str]] = defaultdict(list)
        for item in self.initiatives.values():
            for theme in item.themes if item.id not in self.earlier else ():
                by_theme[theme].append(item.id)
                within[theme, self.owner[item.id]].append(item.id)
        self._by_theme = {theme: tuple(ids) for theme, ids in by_theme.items()}
        self._within = {key: tuple(ids) for key, ids in within.items()}
        """Theme and municipality -> initiatives."""
        self.told = tuple(one for one in self.municipalities if any(self.owner[key] == one for key in self.initiatives))
        """Municipalities of which the base has more than titles and dates."""
        self._holders: dict[str, set[str]] = defaultdict(set)
        for theme, municipality in within:
            self._holders[theme].add(municipality)
        self._strategies_on: dict[str, tuple[str, ...]] = {
            theme: tuple(dict.fromkeys([found for one in ids if (found := self.initiatives[one].strategy)]))
            for theme, ids in self._by_theme.items()
        }
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.read_in: dict[str, tuple[str, ...]] = {}
        """Documents that each strategy, initiative, goal and milestone was read in."""
        for group in (self.strategies, self.initiatives, self.goals, self.milestones):
            for key, one in group.items():
                documents = tuple(dict.fromkeys([source.document for source in one.sources]))
                self.read_in[key] = alike.setdefault(documents, documents)
        self._read_on = {
            theme: {document for group in {self.read_in[one] for one in ids} for document in group}
            for theme, ids in self._by_theme.items()
        }

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all entries but the updates."""
        shelves = (self.municipalities, self.themes, self.terms, self.organisations, self.documents, self.strategies)
        return frozenset(chain(*shelves, self.initiatives, self.goals, self.milestones))

    # ---- initiatives by topic

    def initiatives_on(self, topic: str) -> tuple[str, ...]:
        """Initiatives of a theme; of an initiative's id, itself; of a goal's id, none."""
        if topic in self._by_theme:
            return self._by_theme[topic]
        return (topic,) if topic in self.initiatives else ()

    def items_on(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Initiatives and goals on any of the topics, each once."""
        topics = tuple(topics)
        if len(topics) == 1 and topics[0] in self._by_theme:
            return self._by_theme[topics[0]]
        goals = [topic for topic in topics if topic in self.goals]
        return tuple(dict.fromkeys(chain(*map(self.initiatives_on, topics), goals)))

    def items_in(self, topics: Iterable[str], municipality: str) -> tuple[str, ...]:
        """The municipality's initiatives and goals on any of the topics, each once."""
        topics = tuple(topics)
        found: dict[str, None] = {}
        for topic in topics:
            if topic in self._by_theme:
                found.update(dict.fromkeys(self._within.get((topic, municipality), ())))
            elif topic in self.initiatives and self.owner[topic] == municipality:
                found[topic] = None
        found.update(dict.fromkeys(one for one in topics if one in self.goals and self.owner[one] == municipality))
        return tuple(found)

    def strategies_on(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Strategies that the initiatives on any of the topics belong to, each once."""
        found: dict[str, None] = {}
        for topic in topics:
            found.update(dict.fromkeys(self._strategies_on.get(topic, ())))
            if topic in self.initiatives and (strategy := self.initiatives[topic].strategy):
                found[strategy] = None
        return tuple(found)

    def read_on(self, topics: Iterable[str]) -> set[str]:
        """Documents that the initiatives and goals on any of the topics were read in."""
        found: set[str] = set()
        for topic in topics:
            found.update(self._read_on[topic] if topic in self._read_on else self.read_in.get(topic, ()))
        return found

    def owners(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The municipalities that the ids belong to, in the base's order."""
        wanted = {self.owner[one] for one in ids if one in self.owner}
        return tuple(key for key in self.municipalities if key in wanted)

    def having(self, topics: Sequence[str], *, every: bool) -> tuple[str, ...]:
        """Municipalities with an initiative or goal on any, or on every one, of the topics."""
        sets = [
            self._holders.get(topic, set())
            if topic in self._by_theme
            else {self.owner[one] for one in self.items_on([topic])}
            for topic in topics
        ]
        wanted = set.intersection(*sets) if every and sets else set().union(*sets)
        return tuple(key for key in self.municipalities if key in wanted)

    def themes_of(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Themes among the topics, and those that the initiatives and goals among them carry."""
        found: dict[str, None] = {}
        for topic in topics:
            if topic in self.themes:
                found[topic] = None
            elif item := self.item(topic):
                found.update(dict.fromkeys(item.themes))
        return tuple(found)

    def main_themes(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Themes among the topics, and the first theme of each initiative and goal among them."""
        found: dict[str, None] = {}
        for topic in topics:
            if topic in self.themes:
                found[topic] = None
            elif (item := self.item(topic)) and item.themes:
                found[item.themes[0]] = None
        return tuple(found)

    def item(self, key: str) -> Item | None:
        """The initiative or goal of that id."""
        return self.initiatives.get(key) or self.goals.get(key)

    def initiatives_of(self, municipality: str) -> tuple[Initiative, ...]:
        """A municipality's initiatives but for the earlier ones."""
        return tuple(one for one in self.municipalities[municipality].initiatives if one.id not in self.earlier)

    def goals_of(self, municipality: str) -> tuple[Goal, ...]:
        """A municipality's goals but for the earlier ones."""
        return tuple(one for one in self.municipalities[municipality].goals if one.id not in self.earlier)

    def items_of(self, municipality: str) -> tuple[str, ...]:
        """Ids of a municipality's initiatives and goals but for the earlier ones."""
        return tuple(one.id for one in (*self.initiatives_of(municipality), *self.goals_of(municipality)))

    def earlier_on(self, topics: Iterable[str], municipality: str = "") -> tuple[str, ...]:
        """Earlier initiatives and goals on any of the themes, of all municipalities or of the one."""
        wanted = set(topics)
        return tuple(
            key
            for key, one in self.earlier.items()
            if (key in wanted or wanted & set(one.themes)) and municipality in ("", self.owner[key])
        )

    def theme_set(self, municipality: str) -> tuple[str, ...]:
        """Themes of the municipality's initiatives, in the order of the themes."""
        return tuple(theme for theme in self.themes if (theme, municipality) in self._within)

    def by_region(self, places: Iterable[str]) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """The municipalities by region, in the regions' order; regions that have none of them are left out."""
        named = {self.municipalities[place].short.da: place for place in places}
        found = [
            (region.name, tuple(named[name] for name in region.municipalities if name in named))
            for region in self.knowledge.denmark.regions
        ]
        return tuple((region, inside) for region, inside in found if inside)

    # ---- strategies

    def current_strategy(self, municipality: str) -> Strategy | None:
        """The municipality's newest strategy of those that no other replaces, as far as their dates tell."""
        return self._current[municipality]

    def strategies_of(self, municipality: str) -> tuple[Strategy, ...]:
        """The municipality's strategies themselves, those that were replaced among them."""
        return tuple(one for one in self.municipalities[municipality].strategies if one.kind in STRATEGIES)

    def renewed(self, municipality: str) -> tuple[int, ...]:
        """The years in which a strategy of the municipality took another one's place, as far as they are known."""
        newer = (one for one in self.municipalities[municipality].strategies if one.replaces)
        return tuple(one.begins.year for one in newer if one.begins)

    def beside(self, municipality: str) -> tuple[Strategy, ...]:
        """What stands beside the newest strategy: policies, decisions, plans, proposals that nothing has replaced."""
        current = self._current[municipality]
        return tuple(
            one
            for one in self.municipalities[municipality].strategies
            if one is not current and one.id not in self._replaced
        )

    def strategy_papers(self, municipality: str) -> tuple[str, ...]:
        """The documents that hold the municipality's newest strategy itself."""
        strategy = self.current_strategy(municipality)
        return tuple(one for one in strategy.documents if self.documents[one].kind == "strategy") if strategy else ()

    def replaced_by(self, strategy: str) -> Strategy | None:
        """The strategy that took this one's place."""
        return self._replaced.get(strategy)

    @cached_property
    def by_date(self) -> tuple[Strategy, ...]:
        """All strategies themselves, oldest first; those without a known beginning come last."""
        far = PartialDate(year=2100)
        found = [one for one in self.strategies.values() if one.kind in STRATEGIES]
        return tuple(sorted(found, key=lambda one: (one.begins or far).sort_key))

    # ---- updates

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """What happened to the base, newest first; of one day, what stands later in the file."""
        return tuple(sorted(self.knowledge.updates, key=lambda one: one.date.sort_key))[::-1]

    def touched(self, update: Update) -> tuple[Touched, ...]:
        """What each entry that the update is about touches: an initiative its municipality, its themes, its strategy.

        A strategy touches the one that it replaces, too: who follows that one wants to know. A document touches what
        it belongs to. A theme is no municipality's, and a word or an organisation touches nothing.
        """
        return tuple(dict.fromkeys([self._touched(one) for one in update.affects]))

    def _touched(self, key: str) -> Touched:
        place = key if key in self.municipalities else self.owner.get(key, "")
        themes: tuple[str, ...] = self.themes_of([key])
        strategies: tuple[str, ...] = ()
        if key in self.strategies:
            before = self.strategies[key].replaces
            strategies = (key, before) if before else (key,)
        elif key in self.initiatives:
            under = self.initiatives[key].strategy
            strategies = (under,) if under else ()
        elif key in self.documents:
            strategies = tuple(
                one.id for one in self.strategies.values() if key in one.documents or key == one.evaluation
            )
            holders = [one.id for one in self.initiatives.values() if key in one.documents]
            themes = self.themes_of(holders)
        return Touched(place, themes, strategies)

    # ---- partners

    @cached_property
    def years(self) -> range:
        """From the first year that the base tells of to the last."""
        return _span(year for place in self.knowledge.municipalities for year in _years(place))

    def years_of(self, municipality: str) -> range:
        """The same of one municipality."""
        return _span(_years(self.municipalities[municipality]))

    def work_with(self, organisation: str) -> tuple[str, ...]:
        """Initiatives that name the organisation as a partner."""
        return tuple(one.id for one in self.initiatives.values() if organisation in one.partners)

    def partners_of(self, initiatives: Iterable[str]) -> tuple[str, ...]:
        """Organisations that the initiatives name, each once."""
        return tuple(dict.fromkeys(name for one in initiatives for name in self.initiatives[one].partners))


def _span(years: Iterable[int]) -> range:
    told = set(years)
    return range(min(told, default=0), max(told, default=0) + 1)


def _years(place: Municipality) -> Iterator[int]:
    for strategy in place.strategies:
        yield from (one.year for one in (strategy.adopted, strategy.launched, strategy.presented) if one)
        if strategy.period:
            yield from (one for one in (strategy.period.start, strategy.period.until) if one)
    yield from (one.date.year for one in place.milestones)
    yield from (one.deadline for one in place.goals if one.deadline)


def _newest(strategies: Sequence[Strategy]) -> Strategy | None:
    replaced = {one.replaces for one in strategies}
    standing = [one for one in strategies if one.kind in STRATEGIES and one.id not in replaced]
    return standing[-1] if standing else None
