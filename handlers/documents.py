"""The papers: a link to each, and what kind of link it is."""

from handlers.parts import about, document_link, folded, paragraph, point, reply, shown, suggest
from handlers.reply import Block, Link, Paragraph, Reply, SourceLine
from handlers.turn import Turn
from knowledge.model import Document
from knowledge.query import Query

PAPERS = ("overview", "strategy", "evaluation", "note", "information", "case")
"""Kinds of papers that are about strategies themselves; the other kinds are pages on which facts were read."""
TOLD = 10
"""Papers beyond which a list is folded."""


def documents(turn: Turn) -> Reply:
    """The papers that are named, or those of a municipality or an initiative, the strategy first."""
    library, query = turn.library, turn.query
    found = list(query.documents)
    if not found:
        for topic in query.topics:
            if topic in library.initiatives:
                found += library.initiatives[topic].documents
    if not found:
        for place in query.municipalities or library.having(query.topics, every=False):
            found += _papers_of(turn, place)
    lacking = [one for one in query.municipalities if not query.documents and library.current_strategy(one) is None]
    none = [turn.say("no-strategy", place=turn.place(one)) for one in lacking]
    if not found and none:
        found = _papers_of(turn, lacking[0])
    if not found:
        return list_documents(turn)
    head = turn.say("documents-here", count=len(set(found)))
    return _listed(turn, list(dict.fromkeys(found)), " ".join([*none, head]), always=bool(none))


def list_documents(turn: Turn) -> Reply:
    """All papers of the base but the pages of others that its facts were read on; those belong to their facts."""
    found = [
        key for key, one in turn.library.documents.items() if one.kind in PAPERS and (one.municipality or not one.seen)
    ]
    return _listed(turn, found, turn.say("documents-all", count=len(found)))


def _papers_of(turn: Turn, place: str) -> list[str]:
    """The newest strategy's papers, then the municipality's others, and last what others wrote on it."""
    library = turn.library
    strategy = library.current_strategy(place)
    first = list(strategy.documents) if strategy else []
    others = [one for one in library.documents.values() if one.municipality == place and one.id not in first]
    return first + [one.id for one in sorted(others, key=lambda one: one.kind not in PAPERS)]


def _listed(turn: Turn, ids: list[str], head: str, always: bool = False) -> Reply:
    library = turn.library
    papers = [library.documents[one] for one in ids]
    told = shown(turn, papers, TOLD)
    links = tuple(document_link(turn.language, one) for one in told)
    points = [point("", _told(turn, one, link)) for one, link in zip(told, links, strict=True)]
    listed, buttons = folded(turn, points, TOLD, len(papers))
    blocks: list[Block] = [Paragraph(points[0])] if len(points) == 1 and not always else [paragraph(head), *listed]
    if any(one.url not in library.sightings for one in links):
        blocks.append(SourceLine(turn.say("links-unopened")))
    places = library.owners(ids)
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:2]]
    if turn.query.intent != "list_documents":
        asked.append((turn.say("ask-all-documents"), Query("list_documents")))
    else:
        asked.append((turn.say("ask-themes"), Query("list_themes")))
    return reply(
        turn,
        blocks,
        about(turn, municipalities=places, documents=ids, strategies=_strategies(turn, ids)),
        links,
        buttons,
        suggest(turn, *asked),
    )


def _told(turn: Turn, paper: Document, link: Link) -> str:
    """A paper's title, kind and date, and what its link leads to."""
    title = turn.say("quoted", text=turn.text(paper.title))
    parts = [turn.say(f"paper-{paper.kind}", title=title)]
    if paper.dated:
        parts.append(turn.say("paper-dated", date=turn.date(paper.dated)))
    strategy = next((one for one in turn.library.strategies.values() if paper.id in one.documents), None)
    if paper.kind == "evaluation" and strategy:
        parts.append(turn.say("paper-evaluates", title=turn.say("quoted", text=turn.text(strategy.title))))
    if paper.read == "title":
        parts.append(turn.say("paper-title-only"))
    parts.append(turn.say(f"link-{link.kind}", site=paper.website))
    if paper.remark:
        parts.append(turn.text(paper.remark))
    return " ".join(parts)


def _strategies(turn: Turn, ids: list[str]) -> list[str]:
    return [key for key, one in turn.library.strategies.items() if set(ids) & set(one.documents)]
