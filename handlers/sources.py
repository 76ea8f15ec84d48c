"""Where the last answer is from."""

from handlers.parts import about, document_links, named_source, paragraph, point, reply, suggest
from handlers.reply import Bullets, Reply
from handlers.turn import Turn
from knowledge.model import Initiative, Source
from knowledge.query import Query


def source(turn: Turn) -> Reply:
    """The documents, headings and bullets that the last answer was read from; the base's where there was none."""
    library, subject = turn.library, turn.subject
    facts = [*subject.initiatives] or [*subject.strategies]
    if not facts:
        facts = [found.id for place in subject.municipalities if (found := library.current_strategy(place))]
    points = []
    documents: dict[str, None] = {}
    for key in facts[:8]:
        record = library.initiatives.get(key) or library.strategies.get(key)
        if record:
            documents.update(dict.fromkeys(source.document for source in record.sources))
            strategy = record.strategy if isinstance(record, Initiative) else record.id
            if strategy:
                documents.update(dict.fromkeys(library.strategies[strategy].documents[:1]))
            head = turn.topic(key) if key in library.initiatives else turn.text(library.strategies[key].title)
            points.append(point(f"{head}: ", turn.listed([read_at(turn, source) for source in record.sources]), "."))
    documents = documents or {
        key: None
        for key, one in library.documents.items()
        if one.kind in ("overview", "note") and one.dated and not one.seen
    }
    if not points:
        points = [point("", turn.say("paper-source", title=turn.text(library.documents[one].title),
                                     date=_dated(turn, one))) for one in documents]  # fmt: skip
    places = subject.municipalities
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    asked.append((turn.say("ask-all-documents"), Query("list_documents")))
    return reply(
        turn,
        (paragraph(turn.say("source-head")), Bullets(tuple(points))),
        about(turn, municipalities=places, initiatives=subject.initiatives, documents=documents),
        document_links(turn, documents),
        (),
        suggest(turn, *asked),
    )


def read_at(turn: Turn, source: Source) -> str:
    """The document, heading and bullet that a fact was read under, in words."""
    if source.section is None:
        return named_source(turn, turn.library.documents[source.document])
    title = turn.say("quoted", text=turn.text(turn.library.documents[source.document].title))
    dated = _dated(turn, source.document)
    if source.item:
        return turn.say("source-item", title=title, date=dated, section=source.section, item=source.item)
    return turn.say("source-section", title=title, date=dated, section=source.section)


def _dated(turn: Turn, document: str) -> str:
    dated = turn.library.documents[document].dated
    return turn.date(dated) if dated else turn.say("undated")
