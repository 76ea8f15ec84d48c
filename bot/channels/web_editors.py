"""/redaktion: the base as its editors look at it, with what is missing; read-only, at an address of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from handlers.figures import told
from handlers.parts import named_source
from handlers.texts import say
from handlers.turn import Turn
from knowledge.gaps import gaps, newest_source
from knowledge.library import Library
from knowledge.model import LANGUAGES, Fact, Goal, Initiative, Milestone, Strategy
from knowledge.query import Query


@dataclass(frozen=True)
class Entry:
    """One fact of a municipality: its id, what it is called, and where it was read."""

    id: str
    kind: str
    name: str
    sources: str
    earlier: bool


@dataclass(frozen=True)
class Line:
    """One municipality."""

    id: str
    name: str
    strategy: str
    initiatives: int
    goals: int
    papers: int
    newest: str
    missing: tuple[str, ...]
    entries: tuple[Entry, ...]


class Editors:
    """The page. `library` gives the base as it is now, for it can be read anew."""

    def __init__(self, library: Callable[[], Library], today: Callable[[], date] = date.today) -> None:
        self._library = library
        self._today = today
        self._templates = Environment(loader=PackageLoader("bot.channels"), autoescape=True, trim_blocks=True)

    async def page(self, request: Request) -> Response:
        """GET /redaktion?lang=da|en&only=KEY: all municipalities, or those that lack a thing."""
        asked = request.query_params.get("lang", "")
        language = asked if asked in LANGUAGES else LANGUAGES[0]
        library = self._library()
        turn = Turn(library, Query("help"), language, self._today())
        lines = [_line(turn, key) for key in library.municipalities]
        kinds = list(dict.fromkeys(one for key in library.municipalities for one in gaps(library, key, turn.today)))
        only = request.query_params.get("only", "")
        if only in kinds:
            lines = [one for one in lines if turn.say(f"gap-{only}") in one.missing]
        html = self._templates.get_template("redaktion.html").render(
            say=partial(say, language),
            language=language,
            lines=lines,
            kinds=[(one, turn.say(f"gap-{one}")) for one in kinds],
            only=only,
            counts={
                "municipalities": len(library.municipalities),
                "initiatives": len(library.initiatives),
                "documents": len(library.documents),
                "terms": len(library.terms),
            },
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})


def _line(turn: Turn, key: str) -> Line:
    library, place = turn.library, turn.library.municipalities[key]
    strategy, newest = library.current_strategy(key), newest_source(library, key)
    return Line(
        key,
        turn.text(place.short),
        " · ".join((turn.text(strategy.title), *told(turn, strategy))) if strategy else "",
        len(library.initiatives_of(key)),
        len(library.goals_of(key)),
        sum(one.municipality == key for one in library.documents.values()),
        turn.date(newest) if newest else "",
        tuple(turn.say(f"gap-{one}") for one in gaps(library, key, turn.today)),
        tuple(_entries(turn, key)),
    )


def _entries(turn: Turn, key: str) -> Iterator[Entry]:
    place = turn.library.municipalities[key]
    for one in (*place.strategies, *place.initiatives, *place.goals, *place.milestones):
        sources = dict.fromkeys(source.document for source in one.sources)
        read = [named_source(turn, turn.library.documents[document]) for document in sources]
        kind, name = _named(turn, one)
        earlier = one.id in turn.library.earlier or turn.library.replaced_by(one.id) is not None
        yield Entry(one.id, turn.say(f"editors-{kind}"), name, turn.listed(read), earlier)


def _named(turn: Turn, one: Fact) -> tuple[str, str]:
    match one:
        case Strategy():
            return one.kind, turn.text(one.title)
        case Initiative() | Goal():
            return "initiative" if isinstance(one, Initiative) else "goal", turn.text(one.name)
        case Milestone():
            return "milestone", f"{turn.date(one.date)}: {turn.text(one.text)}"
    raise TypeError(type(one).__name__)
