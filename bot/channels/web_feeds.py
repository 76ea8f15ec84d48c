"""Atom feeds of what is new: of everything, a municipality or a theme; they need no data about who reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.terminal_view import clean
from bot.channels.web_conditional import conditional
from bot.channels.web_site import Site
from bot.channels.web_things import PREFIXES, name_of, page_of
from handlers.memory import Scope
from handlers.notice import happened
from handlers.scopes import EVERYTHING, scopes_of
from handlers.texts import say
from knowledge.library import Library
from knowledge.model import Update

NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without an entry has changed last: it must name a moment, and always the same."""
MOST = 50
"""Entries of a feed, the newest."""


@dataclass(frozen=True)
class Entry:
    """One update in a feed."""

    id: str
    title: str
    updated: str
    text: str
    page: str
    """Path of the page on the first thing that it is about; "/news" where there is none."""


class Feeds:
    """What stands below /feed."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def all(self, request: Request, language: str) -> Response:
        """GET /feed/all.atom."""
        title = say(language, "web-feed-all")
        return self._feed(request, language, "/feed/all.atom", title, "/news", EVERYTHING)

    async def municipality(self, request: Request, language: str) -> Response:
        """GET /feed/k/{key}.atom."""
        key = request.path_params["key"]
        return self._on(request, language, "k", key, Scope(key), key in self._site.library.municipalities)

    async def theme(self, request: Request, language: str) -> Response:
        """GET /feed/t/{key}.atom."""
        key = request.path_params["key"]
        return self._on(request, language, "t", key, Scope(theme=key), key in self._site.library.themes)

    def _on(self, request: Request, language: str, letter: str, key: str, scope: Scope, known: bool) -> Response:
        if not known:
            raise HTTPException(404)
        title = say(language, "web-feed-title", name=name_of(self._site.library, key, language))
        return self._feed(request, language, f"/feed/{letter}/{key}.atom", title, f"/{letter}/{key}", scope)

    def _feed(self, request: Request, language: str, path: str, title: str, page: str, scope: Scope) -> Response:
        library = self._site.library
        updates = updates_on(library, scope)
        changed = max((moment(one) for one in updates), default=NOTHING_YET)
        prefix = PREFIXES[language]
        body = self._site.text(
            "feed.xml",
            id=identity(f"feed{path}", language),
            title=clean(title),
            language=language,
            updated=stamp(changed),
            self_address=f"{self._site.address(request)}{prefix}{path}",
            page_address=f"{self._site.address(request)}{prefix}{page}",
            root=f"{self._site.address(request)}{prefix}",
            rights=say(language, "web-feed-rights"),
            entries=[entry(library, one, language) for one in updates],
        )
        return conditional(request, body.encode(), "application/atom+xml", changed)


def updates_on(library: Library, scope: Scope) -> list[Update]:
    """The newest updates that fall under the scope, as subscribers to it are told of them."""
    found = (
        one
        for one in library.updates
        if scope == EVERYTHING or any(scope in scopes_of(touched) for touched in library.touched(one))
    )
    return [one for one, _ in zip(found, range(MOST), strict=False)]


def entry(library: Library, one: Update, language: str) -> Entry:
    """The update as a feed has it."""
    places = library.owners(one.affects) or _first(key for key in one.affects if key in library.municipalities)
    about = _first(key for key in (*one.affects, *places) if page_of(library, key))
    what = happened(language, one)
    names = [name_of(library, key, language) for key in places or about]
    title = say(language, "web-feed-entry", what=what, names=", ".join(names)) if names else what
    page = page_of(library, about[0]) if about else "/news"
    return Entry(
        identity(f"update/{one.id}", language), clean(title), stamp(moment(one)), clean(one.text[language]), page
    )


def identity(name: str, language: str) -> str:
    """An id that stays the same wherever the page is served, and whatever it is called."""
    return uuid5(NAMESPACE_URL, f"vejviser/{language}/{name}").urn


def moment(one: Update) -> datetime:
    """The beginning of the update's day, UTC."""
    return datetime(one.date.year, one.date.month or 1, one.date.day or 1, tzinfo=UTC)


def stamp(at: datetime) -> str:
    """As RFC 3339 has it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _first(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(keys)[:1]
