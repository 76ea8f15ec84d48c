"""The questions one can ask the facts: what is what, by theme, by municipality, side by side."""

from collections.abc import Iterable, Sequence
from functools import cached_property

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
    Theme,
)

Item = Initiative | Goal
"""What carries themes."""


class Library:
    """Look-ups over a `Knowledge`. All answers keep the order of the files; unknown ids give nothing."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.municipalities: dict[str, Municipality] = {one.id: one for one in knowledge.municipalities}
        self.themes: dict[str, Theme] = {one.id: one for one in knowledge.themes}
        self.terms: dict[str, Term] = {one.id: one for one in knowledge.terms}
        self.organisations: dict[str, Organisation] = {one.id: one for one in knowledge.organisations}
        self.documents: dict[str, Document] = {one.id: one for one in knowledge.documents}
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
        self.figures = {
            figure.value
            for holder in (*self.goals.values(), *self.strategies.values(), *self.initiatives.values())
            for figure in holder.figures
            if figure.value > 1
        }
        """Every number that a source gives."""
        self._by_theme: dict[str, list[str]] = {key: [] for key in self.themes}
        for item in self.initiatives.values():
            for theme in item.themes:
                self._by_theme[theme].append(item.id)

    # ---- initiatives by topic

    def initiatives_on(self, topic: str) -> tuple[str, ...]:
        """Initiatives of a theme; of an initiative's id, itself; of a goal's id, none."""
        if topic in self._by_theme:
            return tuple(self._by_theme[topic])
        return (topic,) if topic in self.initiatives else ()

    def items_on(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Initiatives and goals on any of the topics, each once."""
        found = dict.fromkeys(item for topic in topics for item in self.initiatives_on(topic))
        found.update(dict.fromkeys(topic for topic in topics if topic in self.goals))
        return tuple(found)

    def owners(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The municipalities that the ids belong to, in the base's order."""
        wanted = {self.owner[one] for one in ids if one in self.owner}
        return tuple(key for key in self.municipalities if key in wanted)

    def in_municipality(self, ids: Iterable[str], municipality: str) -> tuple[str, ...]:
        """Those of the ids that belong to the municipality."""
        return tuple(one for one in ids if self.owner.get(one) == municipality)

    def having(self, topics: Sequence[str], *, every: bool) -> tuple[str, ...]:
        """Municipalities with an initiative or goal on any, or on every one, of the topics."""
        sets = [set(self.owners(self.items_on([topic]))) for topic in topics]
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

    def items_of(self, municipality: str) -> tuple[str, ...]:
        """Ids of a municipality's initiatives and goals."""
        place = self.municipalities[municipality]
        return tuple(one.id for one in (*place.initiatives, *place.goals))

    def theme_set(self, municipality: str) -> tuple[str, ...]:
        """Themes of the municipality's initiatives, in the order of the themes."""
        carried = {theme for item in self.municipalities[municipality].initiatives for theme in item.themes}
        return tuple(theme for theme in self.themes if theme in carried)

    # ---- strategies

    def current_strategy(self, municipality: str) -> Strategy | None:
        """The municipality's newest strategy: the one that no other replaces."""
        strategies = self.municipalities[municipality].strategies
        replaced = {one.replaces for one in strategies}
        return next((one for one in reversed(strategies) if one.id not in replaced), None)

    def replaced_by(self, strategy: str) -> Strategy | None:
        """The strategy that took this one's place."""
        return next((one for one in self.strategies.values() if one.replaces == strategy), None)

    @cached_property
    def by_date(self) -> tuple[Strategy, ...]:
        """All strategies, oldest first; those without a known beginning come last."""
        far = PartialDate(year=2100)
        return tuple(sorted(self.strategies.values(), key=lambda one: (one.begins or far).sort_key))

    # ---- partners

    def work_with(self, organisation: str) -> tuple[str, ...]:
        """Initiatives that name the organisation as a partner."""
        return tuple(one.id for one in self.initiatives.values() if organisation in one.partners)

    def partners_of(self, initiatives: Iterable[str]) -> tuple[str, ...]:
        """Organisations that the initiatives name, each once."""
        return tuple(dict.fromkeys(name for one in initiatives for name in self.initiatives[one].partners))
