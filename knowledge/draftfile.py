"""A draft -> YAML for a person to correct: each entry in the form of its file, and marked so that no base takes it."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap

from knowledge.draft import Draft, DraftItem, DraftNumber, DraftPaper, DraftStep, DraftStrategy, Place
from knowledge.drafting import cues
from knowledge.unfinished import PLACEHOLDER, UNREAD

WIDTH = 110


def written(draft: Draft, source: str, today: date) -> str:
    """The file's text. `source`: what was read."""
    head = cues()["head"].format(date=today, source=source)
    lines = head.splitlines()
    lines += _section("documents", cues()["documents"], "documents", _papers(draft, today), indent="")
    organisations = [_organisation(key, name) for key, name in draft.organisations]
    lines += _section("organisations", cues()["organisations"], "organisations", organisations, indent="")
    own = cues()["municipality"].format(id=draft.municipality)
    paper = draft.paper.id
    papers = [one.id for one in draft.papers if one.kind == "strategy"] or [paper]
    newest = draft.strategies[-1].id if draft.strategies else f"{draft.municipality}-{PLACEHOLDER}"
    lines += _section("strategies", own, "strategies", [_strategy(one, paper, papers) for one in draft.strategies])
    lines += _section("milestones", own, "milestones", [_step(one, paper) for one in draft.steps])
    lines += _section("goals", own, "goals", [_item(one, paper, "") for one in draft.goals])
    lines += _section("initiatives", own, "initiatives", [_item(one, paper, newest) for one in draft.initiatives])
    return "\n".join(lines) + "\n"


def _section(name: str, where: str, field: str, entries: Sequence[Iterator[str]], indent: str = "  ") -> Iterator[str]:
    """A list of entries, each marked as unread."""
    if not entries:
        return
    yield from ("", f"# {where}:", f"{field}:")
    for entry in entries:
        yield f"{indent}- {UNREAD}: true"
        for line in entry:
            yield f"{indent}  {line}"


def _papers(draft: Draft, today: date) -> list[Iterator[str]]:
    return [_paper(one, draft, today) for one in (draft.paper, *draft.papers)]


def _paper(one: DraftPaper, draft: Draft, today: date) -> Iterator[str]:
    of_all = one.kind == "overview"
    yield f"id: {one.id}"
    yield f"kind: {one.kind}"
    if not of_all:
        yield f"municipality: {draft.municipality}"
    yield f"title: {{da: {_quoted(one.title or PLACEHOLDER)}, en: {PLACEHOLDER}}}"
    yield f"publisher: {PLACEHOLDER if of_all else _quoted(draft.publisher)}"
    yield f"website: {PLACEHOLDER}"
    if one.dated:
        yield f"dated: {one.dated}"
    if one is draft.paper:
        yield f"seen: {today}"
        yield f"read: {PLACEHOLDER}"
    else:
        yield "read: title"
    if one.listed:
        yield f"listed_in: {_source(one.listed, draft.paper.id)}"


def _organisation(key: str, name: str) -> Iterator[str]:
    yield f"id: {key}"
    yield f"name: {_quoted(name)}"
    yield f"aliases: [{_quoted(name)}]"


def _strategy(one: DraftStrategy, paper: str, papers: Sequence[str]) -> Iterator[str]:
    yield f"id: {one.id}"
    yield f"title: {{da: {_quoted(one.title or PLACEHOLDER)}, en: {PLACEHOLDER}}}"
    yield from _own_words("summary", one.text)
    yield from (f"{name}: {moment}" for name, moment in one.moments.items())
    if one.start or one.until:
        years = [f"from: {one.start}"] * bool(one.start) + [f"until: {one.until}"] * bool(one.until)
        yield f"period: {{{', '.join(years)}}}"
    if one.replaces:
        yield f"replaces: {one.replaces}"
    yield f"documents: [{', '.join(papers)}]"
    yield f"sources: [{_source(one.place, paper)}]"


def _step(one: DraftStep, paper: str) -> Iterator[str]:
    yield f"id: {one.id}"
    yield f"date: {one.date}"
    yield from _own_words("text", one.text)
    if one.organisations:
        yield f"organisations: [{', '.join(one.organisations)}]"
    yield f"sources: [{_source(one.place, paper)}]"


def _item(one: DraftItem, paper: str, strategy: str) -> Iterator[str]:
    if one.part:
        yield f"# {cues()['split'].format(part=one.part)}"
    if one.names:
        yield f"# {cues()['names'].format(names=', '.join(one.names))}"
    yield f"id: {one.id}"
    if one.kind:
        yield f"kind: {one.kind}"
    if strategy:
        yield f"strategy: {strategy}"
    yield f"name: {{da: {_quoted(f'{PLACEHOLDER}: {one.name}')}, en: {PLACEHOLDER}}}"
    yield from _own_words("summary", one.text)
    if one.themes:
        scores = ", ".join(f"{each.id} {each.score}" for each in one.themes)
        yield f"themes: [{', '.join(each.id for each in one.themes)}] # {scores}"
    else:
        yield f"themes: [{PLACEHOLDER}]"
    if one.deadline:
        yield f"deadline: {one.deadline}"
    if one.partners:
        yield f"partners: [{', '.join(one.partners)}]"
    if one.figures:
        yield "figures:"
        for each in one.figures:
            yield from _figure(each, one.place, paper)
    yield f"sources: [{_source(one.place, paper)}]"


def _figure(one: DraftNumber, place: Place, paper: str) -> Iterator[str]:
    yield f"  - value: {one.value}"
    yield f"    what: {{da: {_quoted(f'{PLACEHOLDER}: {one.what}')}, en: {PLACEHOLDER}}}"
    yield f"    sources: [{_source(place, paper)}]"


def _own_words(field: str, text: str) -> Iterator[str]:
    """A text of the source, which must not stay as it is."""
    yield f"{field}:"
    yield "  da: >-"
    yield from (f"    {line}" for line in wrap(f"{PLACEHOLDER}: {text}", WIDTH, break_on_hyphens=False))
    yield f"  en: {PLACEHOLDER}"


def _source(place: Place, paper: str) -> str:
    item = f", item: {place.item}" if place.item else ""
    return f"{{document: {paper}, section: {_quoted(place.section or PLACEHOLDER)}{item}}}"


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return text if text == PLACEHOLDER else f"'{doubled}'"
