"""What subscribers are sent: one update or a digest of several, why they get it, and a button that stops just that."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from handlers.actions import encode
from handlers.memory import Scope
from handlers.parts import MANY, document_link, last_seen
from handlers.reply import About, Block, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from handlers.scopes import EVERYTHING, query_of, scope_name, together
from handlers.texts import say, spoken_date
from knowledge.library import Library
from knowledge.model import LANGUAGES, Update
from knowledge.query import Query

LINKS = 5


def compose(library: Library, told: Sequence[tuple[Update, Scope]], language: str) -> Reply:
    """The notice of these updates, each with the scope of the subscription for which the chat is told.

    Raises ValueError where there is nothing to tell: no notice is ever empty.
    """
    if not told:
        raise ValueError("a notice of nothing")
    ordered = sorted(dict(told), key=lambda one: library.updates.index(one))
    blocks: list[Block] = []
    if len(ordered) == 1:
        update = ordered[0]
        head = say(language, "notice-head", what=happened(language, update), date=spoken_date(language, update.date))
        blocks = [Paragraph((Span(head, strong=True),)), Paragraph((Span(update.text[language]),))]
    else:
        head = say(language, "notice-digest", count=len(ordered))
        blocks = [Paragraph((Span(head, strong=True),)), Bullets(points(language, ordered[:MANY]))]
        if len(ordered) > MANY:
            blocks.append(Paragraph((Span(say(language, "and-more", count=len(ordered) - MANY)),)))
    scopes = tuple(dict.fromkeys(scope for _, scope in told))
    names = [scope_name(language, one, library) for one in scopes]
    blocks.append(SourceLine(say(language, "notice-why", scopes=together(language, names))))
    buttons = list(map(partial(_stop, language), scopes, names))
    if len(ordered) > MANY:
        buttons.insert(0, Button(say(language, "ask-news"), encode(Query("whats_new"))))
    touched = {one.municipality for each in ordered for one in library.touched(each)}
    places = tuple(key for key in library.municipalities if key in touched)
    asked = [
        Button(
            say(language, "ask-overview", place=library.municipalities[one].short[language]),
            encode(Query("overview", (one,))),
        )
        for one in places[:2]
    ]
    return Reply(
        language,
        tuple(blocks),
        About("answered", "notice", municipalities=places),
        links_of(library, ordered, language),
        tuple(buttons),
        tuple(asked),
    )


def preview(library: Library, update: Update) -> tuple[Reply, ...]:
    """The notice of an update in every language, as who subscribes to everything gets it."""
    return tuple(compose(library, [(update, EVERYTHING)], language) for language in LANGUAGES)


def points(language: str, updates: Iterable[Update]) -> tuple[tuple[Span, ...], ...]:
    """A point of a list for each: its date and what happened in strong letters, then its text."""
    return tuple(
        (
            Span(
                say(language, "news-point", date=spoken_date(language, one.date), what=happened(language, one)),
                strong=True,
            ),
            Span(f" {one.text[language]}"),
        )
        for one in updates
    )


def happened(language: str, update: Update) -> str:
    """ "Nyt", "Ændret", "Udløbet", "Nyt dokument"."""
    return say(language, f"news-{update.kind}")


def links_of(library: Library, updates: Iterable[Update], language: str) -> tuple[Link, ...]:
    """Where to read more: the update's own link, else the documents that it is about; few, and none twice."""
    found: dict[str, Link] = {}
    for one in updates:
        if one.link:
            title = say(language, "news-more", date=spoken_date(language, one.date))
            found.setdefault(one.link.url, Link(title, one.link.url, one.link.kind))
        elif one.kind == "new-document":
            for key in one.affects:
                if key in library.documents:
                    link = document_link(language, library.documents[key])
                    found.setdefault(link.url, link)
    return tuple(last_seen(library, language, one) for one in islice(found.values(), LINKS))


def _stop(language: str, scope: Scope, name: str) -> Button:
    """Stops just that subscription; where its ids are too long for a button, all of them are shown to choose from."""
    try:
        return Button(say(language, "stop", scope=name), encode(query_of("unsubscribe", scope)))
    except ValueError:
        return Button(say(language, "ask-subscriptions"), encode(Query("subscriptions")))
