""" "Hvad er nyt?": what happened to the base, newest first, on a municipality or a theme, since a month or a year."""

from collections.abc import Iterator
from datetime import date

from handlers.background import background, begun_since, happened_since
from handlers.memory import Scope
from handlers.notice import links_of, points
from handlers.parts import MANY, about, folded, paragraph, reply, shown, suggest
from handlers.reply import Block, Bullets, Button, Reply, SourceLine
from handlers.scopes import EVERYTHING, scope_name, scopes_in, scopes_of, together
from handlers.turn import Turn
from knowledge.model import PartialDate, Update
from knowledge.query import Query


def whats_new(turn: Turn) -> Reply:
    """The updates that the question asks for; where there are none, the newest of all."""
    library, query = turn.library, turn.query
    wanted = scopes_in(query, library) or (EVERYTHING,)
    since = _since(turn)
    found = [
        one
        for one in library.updates
        if (not since or one.date.sort_key >= since.sort_key) and _is_on(turn, one, wanted)
    ]
    what = together(turn.language, [scope_name(turn.language, one, library) for one in wanted if one != EVERYTHING])
    on, moment = bool(what), turn.date(since) if since else ""
    blocks: list[Block] = []
    buttons: tuple[Button, ...] = ()
    told = found
    if found:
        key = ("news-on-since" if on else "news-since") if since else ("news-on" if on else "news-all")
        blocks.append(paragraph(turn.say(key, count=len(found), what=what, date=moment)))
        listed, buttons = folded(turn, points(turn.language, shown(turn, found)), total=len(found))
        blocks += listed
    else:
        none = ("news-none-on-since" if on else "news-none-since") if since else ("news-none-on" if on else "news-none")
        blocks.append(paragraph(turn.say(none, what=what, date=moment)))
        told = list(library.updates[:1])
        if told:
            blocks.append(paragraph(turn.say("news-newest", date=turn.date(told[0].date))))
            blocks.append(Bullets(points(turn.language, told)))
    begun: list[str] = []
    if since:
        for place in query.municipalities:
            blocks += _happened(turn, place, since)
            begun += [one.id for one in begun_since(turn, place, since)]
    blocks.append(SourceLine(turn.say("base-age")))
    asked = [
        (turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in query.municipalities[:2]
    ]
    asked += [
        (turn.say("ask-municipalities"), Query("list_municipalities")),
        (turn.say("ask-themes"), Query("list_themes")),
    ]
    return reply(
        turn,
        blocks,
        about(
            turn,
            municipalities=query.municipalities,
            initiatives=begun,
            themes=library.main_themes(query.topics),
        ),
        links_of(library, told[:MANY], turn.language),
        buttons,
        suggest(turn, *asked),
    )


def _happened(turn: Turn, place: str, since: PartialDate) -> Iterator[Block]:
    """What the sources themselves date after that, and what stands beside the strategy."""
    found = happened_since(turn, place, since)
    if found:
        yield paragraph(turn.say("news-happened", place=turn.place(place), date=turn.date(since)))
        yield Bullets(tuple(found))
    yield from background(turn, place)


def _is_on(turn: Turn, update: Update, wanted: tuple[Scope, ...]) -> bool:
    """Whether one entry that the update is about falls under one of the scopes."""
    return any(scope in wanted for one in turn.library.touched(update) for scope in scopes_of(one))


def _since(turn: Turn) -> PartialDate | None:
    """Since when: "siden marts" is the last March that has begun. None: since ever."""
    year, month = turn.query.year, turn.query.number
    if not (year or month):
        return None
    if not year:
        year = turn.today.year - (date(turn.today.year, month, 1) > turn.today)
    return PartialDate(year=year, month=month or None)
