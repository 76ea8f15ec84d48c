"""The text of a strategy -> a draft of the base's entries: dates, headings, bullets, goals - all of it a guess."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.draft import Draft, DraftItem, DraftNumber, DraftPaper, DraftStep, DraftStrategy, Place
from knowledge.guessing import Guesser
from knowledge.model import PartialDate
from knowledge.official import plain
from knowledge.sourcedates import DateFound, Dates
from knowledge.sourcetext import Block, blocks, section_of, sentences
from knowledge.unfinished import PLACEHOLDER
from knowledge.words import fold
from knowledge.yamlfile import read_yaml

NAME = 60
"""A name that is longer is cut at a word."""
SURE = 0.55
"""A bullet is taken apart only where the themes of both parts are so sure."""
_AMOUNT = re.compile(r"(?<![\d.,/-])(\d{1,3}(?:\.\d{3})+|\d+)(?![\d/]|\.\d|,\d)\s*(%|pct\.?|procent)?")


@cache
def cues() -> dict[str, Any]:
    """The words that entries are found by."""
    found: dict[str, Any] = read_yaml(Path(__file__).with_name("drafting.yaml"), "drafting.yaml").data
    return found


def slug(text: str) -> str:
    """A text as the end of an id."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


class Drafter:
    """Drafts the entries of one municipality."""

    def __init__(self, guesser: Guesser, municipality: str, publisher: str) -> None:
        """`municipality`: its name in running text; `publisher`: its full name."""
        self._guesser = guesser
        self._name = municipality
        self._publisher = publisher
        self._id = slug(municipality)
        self._dates = Dates(cues()["months"], cues()["seasons"])
        self._taken: set[str] = set()

    def draft(self, text: str, places: Iterable[str]) -> Draft:
        """The draft of a text. `places`: the names of all municipalities, for a text that is told by them."""
        known = {plain(one): one for one in places}
        found = blocks(text, self._dates.is_dated)
        own, before = section_of(found, lambda title: known.get(plain(title), ""), self._name)
        paper = self._paper(found, several=bool(before))
        papers = tuple(self._named_papers(own))
        own = [one for one in own if not re.search(cues()["known_by_title"], one.text, re.IGNORECASE)]
        strategies = tuple(self._strategies(own, paper))
        goals = tuple(self._goals(own))
        initiatives = tuple(self._initiatives(own, {one.text for one in goals}))
        unknown = {slug(name): name for one in (*goals, *initiatives) for name in self._partners(one.text)[1]}
        steps = tuple(self._steps(own, {one.text for one in strategies}, paper.dated))
        return Draft(
            self._id, self._publisher, paper, papers, tuple(unknown.items()), strategies, steps, goals, initiatives
        )

    # ---- documents

    def _paper(self, found: Sequence[Block], *, several: bool) -> DraftPaper:
        """The text itself: its first heading, and the date that stands alone or behind "last updated"."""
        title = next((one.text for one in found if one.kind == "heading"), "")
        dated: PartialDate | None = None
        for one in found:
            if one.kind == "text" and (self._dates.is_dated(one.text) or _has("updated", one.text)):
                dated = next((each.date for each in self._dates.find(one.text)), None)
                if dated:
                    break
        is_plan = any(_has("strategy", one.text) for one in found)
        kind = "note" if fold(title).startswith("nota") else "strategy" if is_plan else "information"
        kind = "overview" if several else kind
        year = str(dated.year) if dated else PLACEHOLDER
        owner = "" if several else f"{self._id}-"
        names = {"overview": "overblik", "note": "notat", "strategy": "strategi", "information": "information"}
        return DraftPaper(f"{owner}{names[kind]}-{year}", kind, title, dated)

    def _named_papers(self, own: Sequence[Block]) -> Iterator[DraftPaper]:
        for one in own:
            if not (match := re.search(cues()["known_by_title"], one.text, re.IGNORECASE)):
                continue
            title = one.text[: match.start()].strip()
            is_plan = _has("strategy", title)
            kind = "evaluation" if _has("evaluation", title) else "strategy" if is_plan else "information"
            short = {"evaluation": "evaluering", "strategy": "strategi"}.get(kind) or slug(_short(title))
            yield DraftPaper(self._new_id(short), kind, title, None, Place(one.section))

    # ---- strategies and steps

    def _strategies(self, own: Sequence[Block], paper: DraftPaper) -> Iterator[DraftStrategy]:
        """Of each sentence that tells of a strategy and when; one without a date where there is none."""
        made: list[DraftStrategy] = []
        first: tuple[str, Place] | None = None
        for one in own:
            for sentence in sentences(one.text) if one.kind == "text" else ():
                if not _has("strategy", sentence):
                    continue
                first = first or (sentence, Place(one.section))
                moments, start, until = self._moments(sentence)
                if moments or start or until:
                    begins = [each.year for each in moments.values()] or [start or until]
                    key = f"{self._id}-{min(begins)}"
                    if key not in {each.id for each in made}:
                        title = self._title(sentence, own, paper)
                        earlier = next((each.id for each in made if each.id < key), "")
                        made.append(
                            DraftStrategy(key, title, sentence, Place(one.section), moments, start, until, earlier)
                        )
        if not made and (first or paper.kind == "strategy"):
            sentence, place = first or ("", Place(paper.title))
            year = str(paper.dated.year) if paper.dated else PLACEHOLDER
            made.append(DraftStrategy(f"{self._id}-{year}", self._title(sentence, own, paper), sentence, place))
        yield from made

    def _moments(self, sentence: str) -> tuple[dict[str, PartialDate], int, int]:
        """The dates of a sentence by what happened then, and the years of a period."""
        found = self._dates.find(sentence)
        start = until = 0
        for one, other in pairwise(found):
            between = sentence[one.end : other.start].strip().casefold()
            if between in ("til", "-", "–", "—", "til og med") and not one.date.month:
                start, until = one.date.year, other.date.year
        if start:
            found = [one for one in found if one.date.year not in (start, until)]
        for one in found:
            if re.search(r"frem (mod|til)\s*$", sentence[: one.start], re.IGNORECASE) and not until:
                until = one.date.year
        found = [one for one in found if one.date.year != until]
        moments: dict[str, PartialDate] = {}
        for name, words in cues()["moments"].items():
            if found and (word := re.search(words, sentence, re.IGNORECASE)):
                moments[name] = min(found, key=lambda one: _apart(one, word.start())).date
        return moments, start, until

    def _title(self, sentence: str, own: Sequence[Block], paper: DraftPaper) -> str:
        quoted = re.search(rf"(?:{cues()['titled']})\s*[\"“”„»']([^\"“”„»«']+)[\"“”„»«']", sentence, re.IGNORECASE)
        if quoted:
            return quoted[1]
        heading = next((one.text for one in own if one.kind == "heading" and _has("strategy", one.text)), "")
        heading = heading or (paper.title if paper.kind == "strategy" else "")
        return heading.partition(": ")[2] or heading

    def _steps(self, own: Sequence[Block], told: set[str], dated: PartialDate | None) -> Iterator[DraftStep]:
        for one in own:
            for sentence in sentences(one.text) if one.kind == "text" and not self._dates.is_dated(one.text) else ():
                if sentence in told:
                    continue
                for each in self._dates.find(sentence):
                    if each.date.month and each.date != dated:
                        key = self._new_id(f"{each.date}")
                        with_whom = self._guesser.organisations(sentence)
                        yield DraftStep(key, each.date, sentence, Place(one.section), with_whom)

    # ---- goals and initiatives

    def _goals(self, own: Sequence[Block]) -> Iterator[DraftItem]:
        """Whole sections on a vision or on aims; elsewhere, single sentences."""
        sections: dict[str, list[str]] = {}
        for one in own:
            if one.kind in ("text", "bullet") and _goal_kind(one.section):
                sections.setdefault(one.section, []).append(one.text)
        for section, texts in sections.items():
            yield self._goal(" ".join(texts), Place(section), _goal_kind(section))
        for one in own:
            for sentence in sentences(one.text) if one.kind == "text" and one.section not in sections else ():
                numbers = self._numbers(sentence)
                if _has("vision", sentence) and re.search(rf"(?:{cues()['vision']})\s+er\b", sentence, re.IGNORECASE):
                    yield self._goal(sentence, Place(one.section), "vision")
                elif re.search(rf"(?:{cues()['aim']})\s+er\b", sentence, re.IGNORECASE) or (
                    _has("aim", sentence) and numbers
                ):
                    yield self._goal(sentence, Place(one.section), "target" if numbers else "objective")

    def _goal(self, text: str, place: Place, kind: str) -> DraftItem:
        names = {"vision": "vision", "objective": "maalsaetning", "target": "maal"}
        figures = self._numbers(text)
        ending = f"{figures[0].value}-{slug(_short(figures[0].what, 24))}" if kind == "target" else names[kind]
        deadline = 0
        for one in self._dates.find(text):
            if re.search(rf"{cues()['deadline']}$", text[: one.start], re.IGNORECASE) and not one.date.month:
                deadline = one.date.year
        return DraftItem(
            self._new_id(ending), _short(text), text, place, self._guesser.themes(text),
            figures=figures, kind=kind, deadline=deadline if kind == "target" else 0,
        )  # fmt: skip

    def _numbers(self, text: str) -> tuple[DraftNumber, ...]:
        """Numbers that are no dates, with what they count."""
        dates = self._dates.find(text)
        found = []
        for match in _AMOUNT.finditer(text):
            if any(one.start <= match.start() < one.end for one in dates):
                continue
            before, after = text[: match.start()], text[match.end() :]
            counted = re.search(cues()["counted"], before, re.IGNORECASE)
            behind = re.split(rf"[,.;:()]|\b(?:{cues()['stops']})\b", after, maxsplit=1)[0].strip()
            what = f"{match[2] or ''} {counted[1] if counted and not behind else behind}".strip()
            value = int(match[1].replace(".", ""))
            if value > 1 and (what or match[2]):
                found.append(DraftNumber(value, what))
        return tuple(found)

    def _initiatives(self, own: Sequence[Block], goals: set[str]) -> Iterator[DraftItem]:
        """Every bullet that stands under no goal; where measures are told without bullets, every paragraph."""
        bulleted = {(one.section, one.label) for one in own if one.kind == "bullet"}
        for one in own:
            if one.kind == "bullet" and not _goal_kind(one.section):
                for number, part in enumerate(parts := self._parts(one.text), 1):
                    yield self._initiative(part, one, number if len(parts) > 1 else 0)
            elif (
                one.kind == "text"
                and _has("measures", one.label or one.section)
                and (one.section, one.label) not in bulleted
                and not self._dates.is_dated(one.text)
                and one.text not in goals
            ):
                yield self._initiative(one.text, one, 0)

    def _initiative(self, text: str, block: Block, part: int) -> DraftItem:
        themes = self._guesser.themes(text)
        if part:
            themes = themes or self._guesser.themes(block.text)
        known, new = self._partners(text)
        ending = themes[0].id if themes else slug(_short(text, 24))
        return DraftItem(
            self._new_id(ending), _short(text), text, Place(block.section, block.item), themes,
            (*known, *map(slug, new)), self._guesser.names(text)[1], self._numbers(text), part=part,
        )  # fmt: skip

    def _partners(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of those that the base knows, and names that it does not."""
        return self._guesser.organisations(text), self._guesser.names(text)[0]

    def _parts(self, text: str) -> list[str]:
        """The things that one bullet names: what "and" joins, where both sides have a theme that the other has not."""
        head, colon, rest = text.partition(": ")
        listed = rest if colon else text
        for joint in re.finditer(r",? (?:og|samt) ", listed):
            left, right = listed[: joint.start()], listed[joint.end() :]
            first, second = self._guesser.themes(left), self._guesser.themes(right)
            if left.endswith("-") or not first or not second or min(first[0].score, second[0].score) < SURE:
                continue
            if first[0].id not in {one.id for one in second} and second[0].id not in {one.id for one in first}:
                return [f"{head}: {one}" if colon else one for one in (left, right)]
        return [text]

    def _new_id(self, ending: str) -> str:
        key = f"{self._id}-{ending}"[:56].strip("-")
        number = next(n for n in range(1, 200) if (f"{key}-{n}" if n > 1 else key) not in self._taken)
        key = f"{key}-{number}" if number > 1 else key
        self._taken.add(key)
        return key


def _has(cue: str, text: str) -> bool:
    return re.search(cues()[cue], text, re.IGNORECASE) is not None


def _goal_kind(section: str) -> str:
    """Of which kind the goals below a heading are, "" where it is a heading of something else."""
    if _has("vision", section):
        return "vision"
    return "objective" if _has("aims_heading", section) and not _has("measures", section) else ""


def _apart(found: DateFound, place: int) -> int:
    return min(abs(found.start - place), abs(found.end - place))


def _short(text: str, most: int = NAME) -> str:
    """The beginning of a text, up to a colon or a comma, cut at a word."""
    begin = re.split(r"[:.;]\s|, ", f"{text} ", maxsplit=1)[0].strip(" .,;:")
    return begin if len(begin) <= most else begin[: begin.rfind(" ", 0, most)] if " " in begin[:most] else begin[:most]
