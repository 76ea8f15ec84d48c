"""What a subscription covers and how often it is told: in words, as queries for buttons, and against an update."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.memory import Rhythm, Scope, Subscription
from handlers.texts import Style, listed, say, weekday
from knowledge.library import Library, Touched
from knowledge.query import Query
from knowledge.subscribing import years_of

EVERYTHING = Scope()


def scopes_of(touched: Touched) -> tuple[Scope, ...]:
    """Every scope that one touched entry falls under."""
    place = touched.municipality
    return (
        EVERYTHING,
        *((Scope(place),) if place else ()),
        *(Scope(theme=theme) for theme in touched.themes),
        *(Scope(place, theme) for theme in touched.themes if place),
        *(Scope(strategy=one) for one in touched.strategies),
    )


def matches(subscription: Subscription, touched: Iterable[Touched]) -> bool:
    """Whether an update that touches these entries is told to the subscription.

    One entry must do it by itself: it falls under the scope, and neither its municipality nor any of its themes is
    left out. So who follows procurement in Kolding hears nothing of mentors in Kolding and procurement in Aarhus.
    """
    excluded = set(subscription.excluding)
    return any(
        subscription.scope in scopes_of(one) and excluded.isdisjoint((one.municipality, *one.themes)) for one in touched
    )


def scopes_in(query: Query, library: Library) -> tuple[Scope, ...]:
    """The scopes that a query to subscribe or unsubscribe names; everything is `query.full`."""
    if query.full:
        return (EVERYTHING,)
    found = [Scope(strategy=one) for one in query.strategies]
    themes = [one for one in query.topics if one in library.themes]
    places = query.municipalities
    if themes:
        found += [Scope(place, theme) for place in places or ("",) for theme in themes]
    for key in query.topics:
        if item := library.item(key):  # one initiative is followed by its theme there: an id of its own may end
            found.append(Scope(library.owner[key], *item.themes[:1]))
    if not query.topics:
        found += [Scope(place) for place in places]
    return tuple(dict.fromkeys(found))


def query_of(intent: str, scope: Scope, aspect: str = "", excluding: tuple[str, ...] = ()) -> Query:
    """The query of a button that is about this one scope."""
    return Query(
        intent,
        (scope.municipality,) if scope.municipality else (),
        (scope.theme,) if scope.theme else (),
        strategies=(scope.strategy,) if scope.strategy else (),
        aspect=aspect,
        excluding=excluding,
        full=scope == EVERYTHING,
    )


def known(scope: Scope, library: Library) -> bool:
    """Whether the base still has what the scope names: bases are edited, and subscriptions stay."""
    return (
        scope.municipality in ("", *library.municipalities)
        and scope.theme in ("", *library.themes)
        and scope.strategy in ("", *library.strategies)
    )


def scope_name(language: str, scope: Scope, library: Library) -> str:
    """ "alt", "Kolding", "indkøb og udbud i Kolding", "strategien Kolding 2014"; for what is gone, its id."""
    if scope.strategy:
        if scope.strategy not in library.strategies:
            return scope.strategy
        place = library.municipalities[library.owner[scope.strategy]].short[language]
        year = next((str(one) for one in years_of(library, scope.strategy)), "")
        return say(language, "scope-strategy", name=f"{place} {year}".strip())
    municipality, theme = library.municipalities.get(scope.municipality), library.themes.get(scope.theme)
    place = municipality.short[language] if municipality else scope.municipality
    topic = _small(theme.name[language]) if theme else scope.theme
    if place and topic:
        return say(language, "scope-theme-in", theme=topic, place=place)
    return place or topic or say(language, "scope-everything")


def subscription_name(language: str, one: Subscription, library: Library) -> str:
    """The scope with what is left out: "alt undtagen indkøb og udbud"."""
    name = scope_name(language, one.scope, library)
    return (
        say(language, "scope-except", scope=name, excluded=left_out(language, one.excluding, library))
        if (one.excluding)
        else name
    )


def left_out(language: str, excluding: Iterable[str], library: Library) -> str:
    """Names of municipalities and themes, the municipalities first."""
    scopes = [Scope(one) if one in library.municipalities else Scope(theme=one) for one in excluding]
    scopes.sort(key=lambda one: not one.municipality)
    return together(language, [scope_name(language, one, library) for one in scopes])


def together(language: str, names: Sequence[str], style: Style = "standard") -> str:
    """Names of scopes joined; several are quoted, for there may be an "og" in each."""
    quoted = [say(language, "quoted", text=one) for one in names] if len(names) > 1 else names
    return listed(language, quoted, style)


def rhythm_name(language: str, rhythm: Rhythm) -> str:
    """ "med det samme", "på hverdage kl. 8", "hver mandag kl. 8"."""
    if rhythm.kind == "now":
        return say(language, "rhythm-now")
    if rhythm.kind == "daily":
        return say(language, "rhythm-daily", hour=str(rhythm.hour))
    return say(language, "rhythm-weekly", day=weekday(language, rhythm.weekday), hour=str(rhythm.hour))


def aspect_of(rhythm: Rhythm) -> str:
    """The rhythm as a query spells it."""
    if rhythm.kind == "now":
        return "now"
    return f"daily-{rhythm.hour}" if rhythm.kind == "daily" else f"weekly-{rhythm.weekday}-at-{rhythm.hour}"


def rhythm_of(aspect: str, before: Rhythm) -> Rhythm:
    """The rhythm that a query tells; what it does not tell stays as before. Quiet hours: see `handlers.resting`."""
    kind, *told = aspect.partition("quiet-")[0].rstrip("-").split("-")
    if kind == "daily":
        return replace(before, kind="daily", hour=int(told[0]) if told else before.hour)
    if kind == "weekly":
        hour = int(told[-1]) if "at" in told else before.hour
        return replace(
            before, kind="weekly", hour=hour, weekday=int(told[0]) if told and told[0] != "at" else before.weekday
        )
    return replace(before, kind="now") if kind else before


def _small(name: str) -> str:
    """A theme's name inside a sentence."""
    return name[:1].lower() + name[1:]
