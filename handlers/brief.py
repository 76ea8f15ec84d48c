"""A municipality or a theme on one page, to be handed out at a meeting."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from handlers.actions import encode
from handlers.figures import told
from handlers.paper import Item, Paper, Section, Standing
from handlers.parts import (
    about,
    document_link,
    last_seen,
    old_remarks,
    paragraph,
    partner_names,
    reply,
    source_line,
    standing,
    strategy_links,
    suggest,
)
from handlers.reply import Bullets, Button, Link, Reply, Span, plain_text
from handlers.turn import Turn
from knowledge.model import Goal, Initiative, PartialDate, Strategy
from knowledge.query import Query

OFFERED = {"overview": "place", "define": "theme", "municipalities_with": "theme"}
"""Intent -> what of the question can be had on a page."""
SECTIONS, ITEMS = 12, 8
"""Most sections of the wide column, and most points of each, that can fit a page; the others are counted."""
NAMED = 3
"""Initiatives that are named beside a partner."""
ASKED_BACK = 10
"""Municipalities that are offered where none is named."""


def brief(turn: Turn) -> Reply:
    """The page as a file, with what stands on it in a few words; asked of nothing, the question of what."""
    library = turn.library
    page = paper(turn)
    if page is None:
        places = list(library.municipalities)[:ASKED_BACK]
        asked = tuple(Button(turn.place(one), encode(Query("brief", (one,)))) for one in places)
        return reply(turn, (paragraph(turn.say("brief-of-what")),), about(turn, status="clarify"), (), asked)
    place, theme = (*turn.query.municipalities, "")[0], (*library.main_themes(turn.query.topics), "")[0]
    items = [one.id for one in _initiatives(turn, place, theme)]
    strategies = [one.id for one in _strategies(turn, place, theme)]
    places = [place] if place else list(library.having([theme], every=False))
    themes = [theme] if theme else library.main_themes(items)
    points = [(Span(f"{section.title}: ", strong=True), Span(turn.listed([one.head for one in section.items])))
              for section in page.main]  # fmt: skip
    next_questions = (
        [(turn.say("ask-documents", place=turn.place(place)), Query("documents", (place,)))]
        if place
        else [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places]
    )
    answer = reply(
        turn,
        (
            paragraph(turn.say("brief-here", title=page.title)),
            paragraph(page.lead),
            *([Bullets(tuple(points))] if points else []),
            *old_remarks(turn, places),
            source_line(turn, [*items, *strategies]),
        ),
        about(turn, municipalities=places, strategies=strategies, initiatives=items, themes=themes),
        strategy_links(turn, places),
        (),
        suggest(turn, *next_questions),
    )
    return replace(answer, paper=page)


def paper(turn: Turn) -> Paper | None:
    """The page of the query's municipality, or else of its theme; None where it names neither."""
    library, query = turn.library, turn.query
    themes = library.main_themes(query.topics)
    if not query.municipalities and not themes:
        return None
    place, theme = ("", themes[0]) if not query.municipalities else (query.municipalities[0], "")
    strategies, initiatives = _strategies(turn, place, theme), _initiatives(turn, place, theme)
    goals = _goals(turn, place, theme)
    main = tuple(_by_theme(turn, initiatives) if place else _by_place(turn, [*initiatives, *goals]))
    title = turn.place(place) if place else turn.topic(theme)
    owners = library.having([theme], every=False) if theme else ()
    lead = (
        turn.say("brief-lead-place", count=len(initiatives), themes=len(library.theme_set(place)))
        if place
        else f"{turn.text(library.themes[theme].definition)} "
        + turn.say("brief-lead-theme", count=len(owners), known=len(library.municipalities))
    )
    remarks = [plain_text(one.spans) for one in old_remarks(turn, [place] if place else [])]
    facts = [one.id for one in (*strategies, *initiatives, *goals)]
    day = turn.date(PartialDate(year=turn.today.year, month=turn.today.month, day=turn.today.day))
    return Paper(
        place or theme,
        turn.language,
        turn.say("brief-kind-place" if place else "brief-kind-theme"),
        title,
        lead,
        turn.say("brief-strategies", count=len(strategies)),
        tuple(_standing(turn, one, with_place=not place) for one in strategies),
        turn.say("brief-by-theme" if place else "brief-by-place"),
        main[:SECTIONS],
        tuple(_aside(turn, strategies, initiatives, goals, theme=bool(theme))),
        max(len(main) - SECTIONS, 0),
        turn.say("brief-more", count="{n}"),
        (*remarks, source_line(turn, facts).text, turn.say("silence-is-no-no")),
        turn.say("brief-made", date=day),
    )


def pages_offered(turn: Turn, answer: Reply) -> tuple[Button, ...]:
    """The button that hands over what the answer is about as a page; none where it is not about one thing."""
    kind, query = OFFERED.get(turn.query.intent), turn.query
    if answer.about.status != "answered" or kind is None:
        return ()
    if kind == "place" and len(query.municipalities) == 1:
        name, asked = turn.place(query.municipalities[0]), Query("brief", query.municipalities)
    elif kind == "theme" and len(query.topics) == 1 and query.topics[0] in turn.library.themes:
        name, asked = turn.topic(query.topics[0]), Query("brief", (), query.topics)
    else:
        return ()
    return (Button(turn.say("show-brief", name=name), encode(asked)),)


def _strategies(turn: Turn, place: str, theme: str) -> list[Strategy]:
    """Those of the municipality, newest last; those that the theme's initiatives belong to."""
    library = turn.library
    wanted = library.strategies_on([theme]) if theme else [one.id for one in library.municipalities[place].strategies]
    return [one for one in library.by_date if one.id in wanted]


def _initiatives(turn: Turn, place: str, theme: str) -> list[Initiative]:
    library = turn.library
    return (
        [library.initiatives[one] for one in library.initiatives_on(theme)]
        if theme
        else list(library.initiatives_of(place))
    )


def _goals(turn: Turn, place: str, theme: str) -> list[Goal]:
    if place:
        return list(turn.library.goals_of(place))
    library = turn.library
    return [one for one in library.goals.values() if theme in one.themes and one.id not in library.earlier]


def _standing(turn: Turn, strategy: Strategy, *, with_place: bool) -> Standing:
    years, state = told(turn, strategy)
    place = turn.place(turn.library.owner[strategy.id]) if with_place else ""
    return Standing(place, turn.text(strategy.title), years, standing(turn, strategy), state)


def _by_theme(turn: Turn, initiatives: list[Initiative]) -> Iterable[Section]:
    """Each initiative once, under the first of its themes."""
    for theme in turn.library.themes:
        if own := [one for one in initiatives if one.themes[0] == theme]:
            yield _section(turn.topic(theme), [Item(turn.text(one.name), turn.text(one.summary)) for one in own])


def _by_place(turn: Turn, items: list[Initiative | Goal]) -> Iterable[Section]:
    owner = turn.library.owner
    for place in turn.library.municipalities:
        if own := [one for one in items if owner[one.id] == place]:
            yield _section(turn.place(place), [Item(turn.text(one.name), turn.text(one.summary)) for one in own])


def _aside(
    turn: Turn, strategies: list[Strategy], initiatives: list[Initiative], goals: list[Goal], *, theme: bool
) -> Iterable[Section]:
    """What goes with it: goals and figures, partners, who is not mentioned, papers; each only where there is some.

    `theme`: whether the page is about a theme, of several municipalities.
    """
    library = turn.library
    places = dict.fromkeys(library.owner[one.id] for one in (*initiatives, *goals))
    targets = [] if theme else [Item(turn.text(one.name), turn.text(one.summary)) for one in goals]
    figures = [
        Item(f"{turn.place(library.owner[holder.id]) + ': ' if theme else ''}{figure.value} {turn.text(figure.what)}")
        for holder in (*(() if theme else strategies), *initiatives)
        for figure in holder.figures
    ]
    partners: dict[str, list[str]] = {}
    for one in initiatives:
        for name in partner_names(turn, one):
            partners.setdefault(name, []).append(turn.text(one.name))
    papers = [
        *(key for one in strategies for key in one.documents),
        *(key for one in initiatives for key in one.documents),
    ]
    links = [
        last_seen(library, turn.language, document_link(turn.language, library.documents[one]))
        for one in dict.fromkeys(papers)
    ]
    silent = [turn.place(one) for one in library.municipalities if theme and one not in places]
    for title, items in (
        (turn.say("brief-goals"), [*targets, *figures]),
        (turn.say("brief-partners"), [Item(name, _few(turn, works)) for name, works in partners.items()]),
        (turn.say("brief-silent"), [Item(one) for one in silent]),
        (turn.say("brief-papers"), [Item(one.title, _leads_to(turn, one), one.url) for one in links]),
    ):
        if items:
            yield _section(title, items)


def _few(turn: Turn, names: list[str]) -> str:
    """The names, each once; of many the first."""
    different = list(dict.fromkeys(names))
    few = turn.listed(different[:NAMED])
    return f"{few} …" if len(different) > NAMED else few


def _section(title: str, items: list[Item]) -> Section:
    return Section(title, tuple(items[:ITEMS]), max(len(items) - ITEMS, 0))


def _leads_to(turn: Turn, link: Link) -> str:
    """What the address leads to, for those who have the page on paper; the title of a search says so itself."""
    if link.kind == "search":
        return ""
    return turn.say("brief-link", kind=turn.say(f"link-kind-{link.kind}"), site=urlsplit(link.url).hostname or "")
