"""Pieces that several answers share: a line for an initiative, the source line, links, remarks on old strategies."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar
from urllib.parse import quote_plus

from handlers.actions import encode
from handlers.picture import State
from handlers.reply import About, Block, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span, Status
from handlers.texts import say, spoken_date
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.model import Document, Goal, Initiative, Strategy
from knowledge.query import Query

T = TypeVar("T")

MANY = 6
"""Points of a list beyond which it is folded."""
SUGGESTED = 3
LINKED = 5
"""Municipalities beyond which an answer links to none of their strategies: each has its own answer."""
SOURCES = 4
"""Sources that are named in a line; of more the number is told."""


def paragraph(*parts: str | Span) -> Paragraph:
    """A paragraph of plain strings and spans."""
    return Paragraph(tuple(Span(part) if isinstance(part, str) else part for part in parts))


def point(head: str, *parts: str) -> tuple[Span, ...]:
    """A point of a list that begins with its subject in strong letters."""
    return (Span(head, strong=True), *(Span(part) for part in parts if part))


def describe(turn: Turn, item: Initiative | Goal, *, details: bool = True) -> str:
    """What an initiative or goal is, with its details and partners."""
    parts = [turn.text(item.summary)]
    if details and item.details:
        parts.append(turn.text(item.details))
    if isinstance(item, Initiative) and (names := partner_names(turn, item)):
        parts.append(turn.say("with-partners", partners=turn.listed(names)))
    return " ".join(parts)


def partner_names(turn: Turn, item: Initiative) -> list[str]:
    """The organisations that an initiative names; a place such as a business park is no partner."""
    organisations = turn.library.organisations
    return [organisations[one].name for one in item.partners if not organisations[one].place]


def shown(turn: Turn, items: Sequence[T], at_most: int = MANY) -> Sequence[T]:
    """Those of the items that a folded list shows: no others need to be put in words."""
    return items if turn.query.full else items[:at_most]


def folded(
    turn: Turn, items: Sequence[tuple[Span, ...]], at_most: int = MANY, total: int = 0
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """A list of points; of a long one the beginning and a button for all. `total`: with those not `shown`."""
    total = total or len(items)
    if turn.query.full or total <= at_most:
        return (Bullets(tuple(items)),), ()
    rest = total - at_most
    blocks = Bullets(tuple(items[:at_most])), paragraph(turn.say("and-more", count=rest))
    return blocks, show_all(turn)


def show_all(turn: Turn) -> tuple[Button, ...]:
    """The button that shows the same answer with nothing folded away."""
    query = Query(
        turn.query.intent, turn.query.municipalities, turn.query.topics, without=turn.query.without, full=True
    )
    try:
        return (Button(turn.say("show-all"), encode(query), in_place=True),)
    except ValueError:  # too long for a button: the question can still be narrowed
        return ()


def source_line(turn: Turn, ids: Iterable[str]) -> SourceLine:
    """Where the facts on these strategies, initiatives, goals and milestones were read, and of what date that is."""
    read_in = turn.library.read_in
    return read_line(turn, {one for group in {read_in.get(one, ()) for one in ids} for one in group})


def read_line(turn: Turn, documents: Collection[str]) -> SourceLine:
    """The documents that the facts were read in, and of what date they are."""
    read = [one for key, one in turn.library.documents.items() if key in documents]
    named = [named_source(turn, one) for one in read[:SOURCES]]
    if len(read) > SOURCES:
        named[-1] = turn.say("sources-more", count=len(read) - SOURCES + 1)
    return SourceLine(turn.say("source-line", count=len(named), sources=turn.listed(named)) if named else "")


def named_source(turn: Turn, document: Document) -> str:
    """A document's title, who published it if it is a page of the web, and its date or that of its reading."""
    title = turn.say("quoted", text=turn.text(document.title))
    seen = turn.say("source-seen", date=turn.date(document.seen)) if document.seen else ""
    date = turn.date(document.dated) if document.dated else seen
    if document.seen and document.publisher:
        return turn.say("source-written", title=title, publisher=document.publisher, date=date)
    return f"{title} ({date})" if date else title


def old_remarks(turn: Turn, municipalities: Iterable[str]) -> tuple[Paragraph, ...]:
    """A remark for each strategy behind the answer whose period is over, in one paragraph."""
    remarks = []
    for one in municipalities:
        strategy = turn.library.current_strategy(one)
        if strategy and (remark := period_over(turn, strategy)):
            remarks.append(remark)
    return (paragraph(" ".join(remarks)),) if remarks else ()


def period_over(turn: Turn, strategy: Strategy) -> str:
    """The remark that the strategy's period is over, "" where it is not or nobody knows."""
    period = strategy.period
    if not period or not period.until or period.until >= turn.today.year:
        return ""
    place = turn.place(turn.library.owner[strategy.id])
    if period.start:
        return turn.say("period-over", place=place, start=str(period.start), until=str(period.until))
    return turn.say("horizon-over", place=place, until=str(period.until))


def standing(turn: Turn, strategy: Strategy) -> State:
    """How a strategy stands today, as far as the sources tell."""
    until = strategy.period.until if strategy.period else None
    if turn.library.replaced_by(strategy.id):
        return "replaced"
    if until is None:
        return "unknown"
    return "expired" if until < turn.today.year else "in_force"


def document_link(language: str, document: Document) -> Link:
    """The best address of a document: itself, a page that holds it, or a search on its publisher's own site."""
    title = document.title[language]
    for kind in ("document", "page"):
        for link in document.links:
            if link.kind == kind:
                return Link(title, link.url, link.kind)
    query = quote_plus(f"site:{document.website} {document.title.da}")
    return Link(
        say(language, "search-title", site=document.website, title=title),
        f"https://duckduckgo.com/?q={query}",
        "search",
    )


def last_seen(library: Library, language: str, link: Link) -> Link:
    """The link with a remark on when it last worked, or that it did not; as it is where nobody has looked."""
    found = library.sightings.get(link.url)
    if found and found.failed:
        title = say(language, "link-failed", title=link.title, date=spoken_date(language, found.failed))
    elif found and found.seen:
        title = say(language, "link-seen", title=link.title, year=str(found.seen.year))
    else:
        return link
    return replace(link, title=title)


def document_links(turn: Turn, ids: Iterable[str]) -> tuple[Link, ...]:
    """A link for each document, none twice."""
    return tuple(document_link(turn.language, turn.library.documents[one]) for one in dict.fromkeys(ids))


def strategy_links(turn: Turn, municipalities: Iterable[str]) -> tuple[Link, ...]:
    """A link to the newest strategy paper of each municipality."""
    found = []
    for one in municipalities:
        strategy = turn.library.current_strategy(one)
        papers = (
            [key for key in strategy.documents if turn.library.documents[key].kind == "strategy"] if strategy else []
        )
        found += papers[:1]
    return document_links(turn, found if len(found) <= LINKED else ())


def suggest(turn: Turn, *queries: tuple[str, Query]) -> tuple[Button, ...]:
    """Next questions as buttons: (text of the question, what it asks); those that outgrow a button are left out."""
    found: dict[str, Button] = {}
    for question, query in queries:
        try:
            found.setdefault(question, Button(question, encode(query)))
        except ValueError:
            continue
    return tuple(found.values())[:SUGGESTED]


def about(
    turn: Turn,
    *,
    status: Status = "answered",
    municipalities: Iterable[str] = (),
    strategies: Iterable[str] = (),
    themes: Iterable[str] = (),
    initiatives: Iterable[str] = (),
    documents: Iterable[str] = (),
) -> About:
    """What the answer carries; every id once."""
    return About(
        status,
        turn.query.intent,
        turn.confidence,
        *(tuple(dict.fromkeys(ids)) for ids in (municipalities, strategies, themes, initiatives, documents)),
    )


def reply(
    turn: Turn,
    blocks: Iterable[Block],
    carried: About,
    links: tuple[Link, ...] = (),
    buttons: tuple[Button, ...] = (),
    suggestions: tuple[Button, ...] = (),
) -> Reply:
    """A reply in the turn's language; a line of sources that has none is left out."""
    blocks = (one for one in blocks if not isinstance(one, SourceLine) or one.text)
    links = tuple(last_seen(turn.library, turn.language, one) for one in links)
    return Reply(turn.language, tuple(blocks), carried, links, buttons, suggestions)
