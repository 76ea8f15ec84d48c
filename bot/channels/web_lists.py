"""What stands on the pages that list: municipalities, themes, documents, and what is new."""

from datetime import date

from bot.channels.web_sheets import Row, Sheet, anchors, paper_row, section
from bot.channels.web_things import anchor, page_of
from bot.channels.web_view import Anchor, Drawing, drawing
from handlers.actions import encode
from handlers.notice import happened
from handlers.picture import Picture
from handlers.pictures import matrix, strategies_in_time
from handlers.reply import Reply
from handlers.turn import Turn
from handlers.when import strategy_dates
from knowledge.library import Library
from knowledge.query import Query

TOUCHED = 5
"""Links under a piece of news, to what it is about."""


def municipalities(turn: Turn) -> Sheet:
    """Each with its newest strategy, and all strategies in time."""
    library = turn.library
    rows = [
        Row(
            anchor(library, key, turn.language),
            strategy_dates(turn, one) if one else turn.say("no-strategy", place=turn.place(key)),
        )
        for key in library.municipalities
        for one in [library.current_strategy(key)]
    ]
    action = encode(Query("list_municipalities"))
    return Sheet(
        turn.say("web-nav-municipalities"),
        sections=section("", rows),
        action=action,
        picture=_picture(strategies_in_time(turn)),
    )


def themes(turn: Turn) -> Sheet:
    """Each with its definition and who works with it, and all of them by municipality."""
    library = turn.library
    rows = [
        Row(
            anchor(library, key, turn.language),
            turn.text(one.definition),
            anchors(turn, library.having([key], every=False)[:TOUCHED]),
        )
        for key, one in library.themes.items()
    ]
    return Sheet(
        turn.say("web-nav-themes"),
        sections=section("", rows),
        action=encode(Query("list_themes")),
        picture=_picture(matrix(turn)),
    )


def documents(turn: Turn) -> Sheet:
    """Each with its publisher and date, by municipality."""
    library = turn.library
    general = [paper_row(turn, one) for one in library.documents.values() if not one.municipality]
    own = [
        section(
            anchor(library, place, turn.language),
            [paper_row(turn, one) for one in library.documents.values() if one.municipality == place],
        )
        for place in library.owners(library.documents)
    ]
    return Sheet(
        turn.say("web-nav-documents"),
        lead=(turn.say("links-unopened"),),
        sections=(*section(turn.say("web-across"), general), *(one for sections in own for one in sections)),
        action=encode(Query("list_documents")),
    )


def news(turn: Turn) -> Sheet:
    """What happened to the base, newest first."""
    library = turn.library
    rows = []
    for one in library.updates:
        what = turn.say("news-point", date=turn.date(one.date), what=happened(turn.language, one))
        touched = [key for key in one.affects if page_of(library, key)]
        rows.append(Row(Anchor(what.rstrip(" :"), ""), turn.text(one.text), anchors(turn, touched[:TOUCHED])))
    return Sheet(turn.say("web-nav-news"), sections=section("", rows), action=encode(Query("whats_new")))


def _picture(reply: Reply) -> Drawing | None:
    """The picture of an answer."""
    return next((drawing(one, reply.language) for one in reply.blocks if isinstance(one, Picture)), None)


LISTS = {"/k": municipalities, "/t": themes, "/d": documents, "/news": news}
"""Path without the language's prefix -> what stands there."""


def list_sheet(library: Library, path: str, language: str, today: date) -> Sheet:
    """The list at a path."""
    return LISTS[path](Turn(library, Query("overview"), language, today))
