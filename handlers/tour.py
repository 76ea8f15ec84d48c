"""The guided tour: a few short steps made from the base, at whose pace and for whom the person chooses."""

from collections.abc import Callable
from dataclasses import replace

from handlers.actions import encode
from handlers.municipalities import overview
from handlers.parts import about, document_links, paragraph, period_over, point, read_line, reply, source_line, suggest
from handlers.reply import Block, Bullets, Button, Reply, Span
from handlers.session import Session, Tour
from handlers.turn import Turn
from handlers.typed import means, step_in
from handlers.welcome import examples
from knowledge.library import Library
from knowledge.query import Query

INTRODUCED = "socialoekonomi"
"""The word of the base that the first step explains; a base without it has no such step."""
NEWCOMER = "newcomer"
ROUTES = {
    NEWCOMER: ("what", "who", "themes", "place", "ask", "notices"),
    "staff": ("who", "themes", "place", "ask"),
    "coordinator": ("who", "themes", "ask", "notices"),
}
"""Role -> steps."""
LEAVE = Query("tour", aspect="leave")
THEMES = 8
PLACES = 12
"""Most themes that are told, and municipalities that are offered."""


def tour(turn: Turn) -> Reply:
    """A step of the tour, the question whose tour it shall be, the list of the steps, or the leaving."""
    library, aspect, here = turn.library, turn.query.aspect, position(turn)
    if aspect == "leave":
        return _left(turn, here)
    steps = route(library, here.role)
    if aspect == "steps" or turn.query.number > len(steps):
        return _steps(turn, here, steps)
    if not here.step:
        return _whose(turn)
    shown = STEPS[steps[here.step - 1]](turn)
    head = paragraph(Span(_head(turn, here, steps), strong=True))
    again: tuple[Button, ...] = ()
    if not turn.query.number:
        head = paragraph(turn.say("tour-resume"), " ", *head.spans)
        again = (_page(turn.say("tour-again"), Query("tour", aspect="again")),)
    return replace(
        shown, blocks=(head, *shown.blocks), buttons=(*shown.buttons, *_navigation(turn, here, len(steps)), *again)
    )


def position(turn: Turn) -> Tour:
    """Where the person is after the turn; step 0: nowhere yet, they are asked whose tour it shall be."""
    query, before = turn.query, turn.session.tour
    last = len(route(turn.library, before.role))
    if query.aspect == "again":
        return Tour()
    if query.aspect == "leave":
        return replace(before, left=True)
    if query.aspect == "steps":
        return replace(before, left=False)
    if query.number:
        role = query.aspect or NEWCOMER
        return Tour(role, query.number) if query.number <= len(route(turn.library, role)) else before
    return Tour() if before.step >= last else replace(before, left=False)


def asks_whose(turn: Turn) -> bool:
    """Whether the reply to the turn asks whose tour it shall be."""
    return not position(turn).step and turn.query.aspect not in ("leave", "steps") and not turn.query.number


def offered(turn: Turn) -> tuple[Button, ...]:
    """The way back to the tour for somebody who asked something in between: the step after the one they saw last."""
    here = turn.session.tour
    steps = route(turn.library, here.role)
    if here.left or not 0 < here.step < len(steps):
        return ()
    label = turn.say("tour-go-on", step=here.step + 1, steps=len(steps))
    return (Button(label, encode(_to(here, here.step + 1))),)


def route(library: Library, role: str) -> tuple[str, ...]:
    """The steps for a role (an unknown one: a newcomer's), without those that the base has nothing for."""
    lacking = set()
    if INTRODUCED not in library.terms:
        lacking.add("what")
    if not library.strategies:
        lacking.add("who")
    return tuple(one for one in ROUTES.get(role, ROUTES[NEWCOMER]) if one not in lacking)


def typed(text: str, session: Session, library: Library, numbers: dict[str, int]) -> Query | None:
    """What a text means to somebody on the tour, or just asked whose it shall be; None: it is a question like any."""
    here = session.tour
    if session.pending == "role":
        role = next((one for one in ROUTES if means(text, one)), "")
        if role:
            return _to(Tour(role), 1)
    if not here.step or here.left:
        return None
    if number := step_in(text, numbers):
        return _to(here, number)
    if means(text, "next"):
        return _to(here, here.step + 1) if here.step < len(route(library, here.role)) else LEAVE
    if means(text, "back"):
        return _to(here, max(here.step - 1, 1))
    for name, aspect in (("all", "steps"), ("leave", "leave"), ("again", "again")):
        if means(text, name):
            return Query("tour", aspect=aspect)
    return None


def chosen(query: Query, session: Session, library: Library) -> Query:
    """Where the tour has just asked for a municipality, the one that is named is the choice."""
    here = session.tour
    steps = route(library, here.role)
    asked = not here.left and 0 < here.step <= len(steps) and steps[here.step - 1] == "place"
    if asked and query.intent == "overview" and len(query.municipalities) == 1 and not query.full:
        return replace(_to(here, here.step), municipalities=query.municipalities)
    return query


def _to(here: Tour, step: int) -> Query:
    return Query("tour", aspect=here.role if here.role in ROUTES and here.role != NEWCOMER else "", number=step)


def _head(turn: Turn, here: Tour, steps: tuple[str, ...]) -> str:
    title = turn.say(f"tour-title-{steps[here.step - 1]}")
    return turn.say("tour-step", step=here.step, steps=len(steps), title=title)


def _navigation(turn: Turn, here: Tour, last: int) -> tuple[Button, ...]:
    ways = []
    if here.step > 1:
        ways.append(_page(turn.say("tour-back"), _to(here, here.step - 1)))
    if here.step < last:
        ways.append(_page(turn.say("tour-next"), _to(here, here.step + 1)))
    ways.append(_page(turn.say("tour-all"), Query("tour", aspect="steps")))
    end = turn.say("tour-leave" if here.step < last else "tour-end")
    return (*ways, _page(end, LEAVE))


def _page(label: str, query: Query) -> Button:
    """A button from page to page of the tour."""
    return Button(label, encode(query), in_place=True)


def _whose(turn: Turn) -> Reply:
    points, buttons = [], []
    for role in ROUTES:
        label = turn.say(f"tour-role-{role}")
        points.append(point(f"{label}: ", turn.say(f"tour-for-{role}", steps=len(route(turn.library, role)))))
        buttons.append(_page(label, _to(Tour(role), 1)))
    return reply(turn, (paragraph(turn.say("tour-welcome")), Bullets(tuple(points))), about(turn), (), tuple(buttons))


def _steps(turn: Turn, here: Tour, steps: tuple[str, ...]) -> Reply:
    buttons = [
        _page(f"{number}. {turn.say(f'tour-title-{one}')}", _to(here, number)) for number, one in enumerate(steps, 1)
    ]
    buttons.append(_page(turn.say("tour-again"), Query("tour", aspect="again")))
    return reply(turn, (paragraph(turn.say("tour-steps", count=len(steps))),), about(turn), (), tuple(buttons))


def _left(turn: Turn, here: Tour) -> Reply:
    finished = here.step >= len(route(turn.library, here.role))
    text = turn.say("tour-finished" if finished else "tour-left")
    return reply(turn, (paragraph(text),), about(turn), (), (), examples(turn))


# ---- the steps


def _what(turn: Turn) -> Reply:
    term = turn.library.terms[INTRODUCED]
    documents = [one.document for one in term.sources]
    blocks = (paragraph(turn.text(term.definition), " ", turn.say("tour-what")), read_line(turn, documents))
    return reply(turn, blocks, about(turn), document_links(turn, documents))


def _who(turn: Turn) -> Reply:
    """The strategies as a line for each year in which one came."""
    library = turn.library
    by_year: dict[str, list[str]] = {}
    for strategy in library.by_date:
        place = turn.place(library.owner[strategy.id])
        if strategy.first_in_denmark:
            place = turn.say("tour-first", place=place)
        elif strategy.replaces:
            place = turn.say("tour-new", place=place)
        year = str(strategy.begins.year) if strategy.begins else turn.say("tour-undated")
        by_year.setdefault(year, []).append(place)
    places = library.owners(library.strategies)
    current = [one for place in places if (one := library.current_strategy(place))]
    over = tuple(library.owner[one.id] for one in current if period_over(turn, one))
    blocks: list[Block] = [
        paragraph(turn.say("tour-who", count=len(places))),
        Bullets(tuple(point(f"{year}: ", turn.listed(names)) for year, names in by_year.items())),
    ]
    if over:
        blocks.append(paragraph(turn.say("tour-over", places=turn.places(over))))
    blocks.append(source_line(turn, library.strategies))
    return reply(turn, blocks, about(turn, municipalities=places, strategies=library.strategies))


def _themes(turn: Turn) -> Reply:
    """The themes that most municipalities work with, each with how often it occurs."""
    library = turn.library
    counted = {
        one: (len(library.having([one], every=False)), len(library.initiatives_on(one))) for one in library.themes
    }
    common = sorted((one for one in counted if counted[one][1]), key=lambda one: counted[one], reverse=True)
    points = [
        point(
            f"{turn.topic(one)}: ", turn.say("tour-theme", municipalities=counted[one][0], initiatives=counted[one][1])
        )
        for one in common[:THEMES]
    ]
    blocks: list[Block] = [paragraph(turn.say("tour-themes", initiatives=len(library.initiatives)))]
    blocks.append(Bullets(tuple(points)))
    if len(common) > THEMES:
        blocks.append(paragraph(turn.say("and-more", count=len(common) - THEMES)))
    return reply(
        turn,
        (*blocks, source_line(turn, library.initiatives)),
        about(turn, themes=common[:THEMES]),
        (),
        (),
        suggest(turn, (turn.say("ask-themes"), Query("list_themes"))),
    )


def _place(turn: Turn) -> Reply:
    """A municipality as a whole; before one is chosen, those that there are."""
    places = turn.library.told or tuple(turn.library.municipalities)
    wanted = turn.query.municipalities or (places if len(places) == 1 else ())
    if wanted:
        told = overview(replace(turn, query=Query("overview", wanted[:1])))
        return replace(told, about=replace(told.about, intent="tour"), suggestions=())
    here = position(turn)
    buttons = tuple(
        _page(turn.place(one), replace(_to(here, here.step), municipalities=(one,))) for one in places[:PLACES]
    )
    blocks = [paragraph(turn.say("tour-place"))]
    if len(places) > PLACES:
        blocks.append(paragraph(turn.say("tour-place-more", count=len(places) - PLACES)))
    return reply(turn, blocks, about(turn), (), buttons)


def _ask(turn: Turn) -> Reply:
    blocks = (paragraph(turn.say("tour-ask")), paragraph(turn.say("help-more")))
    return reply(turn, blocks, about(turn), (), (), examples(turn))


def _notices(turn: Turn) -> Reply:
    library = turn.library
    if not turn.keeping.stored:
        return reply(turn, (paragraph(turn.say("subscribe-nowhere")),), about(turn))
    place = next(iter((*turn.subject.municipalities, *library.told, *library.municipalities)))
    theme = next(iter(library.themes))
    asked = [
        (turn.say("tour-notice-place", place=turn.place(place)), Query("subscribe", (place,))),
        (turn.say("tour-notice-theme", topic=turn.topic(theme).lower()), Query("subscribe", (), (theme,))),
    ]
    blocks = paragraph(turn.say("tour-notices")), paragraph(turn.say("tour-notices-stop", place=turn.place(place)))
    return reply(turn, blocks, about(turn), (), (), suggest(turn, *asked))


STEPS: dict[str, Callable[[Turn], Reply]] = {
    "what": _what,
    "who": _who,
    "themes": _themes,
    "place": _place,
    "ask": _ask,
    "notices": _notices,
}
