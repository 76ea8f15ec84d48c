"""The feeds: what a feed reader finds in them, what RFC 4287 wants of them, and that they are not sent in vain."""

import re
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import httpx
import pytest

from bot.channels.web_feeds import entry, identity, updates_on
from bot.conversation import Conversation
from handlers.dialogue import Dialogue
from handlers.memory import Scope
from handlers.scopes import EVERYTHING
from knowledge.library import Library
from tests.web import browser, serving, soup

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
async def client(dialogue: Dialogue) -> AsyncIterator[httpx.AsyncClient]:
    """A feed reader."""
    async with serving(Conversation(dialogue)) as root, browser(root) as reader:
        yield reader


def paths(library: Library) -> list[str]:
    """Every feed."""
    own = [f"/feed/k/{key}.atom" for key in library.municipalities] + [f"/feed/t/{key}.atom" for key in library.themes]
    return [prefix + path for prefix in ("", "/en") for path in ("/feed/all.atom", *own)]


def check_person_and_text(feed: ElementTree.Element) -> None:
    """What RFC 4287 requires, 4.1.1 and 4.1.2."""
    assert feed.tag == f"{ATOM}feed"
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (only,) = one.findall(f"{ATOM}{name}")
            assert only.text
            assert only.text.strip() == only.text
        moment = one.findtext(f"{ATOM}updated") or ""
        assert MOMENT.fullmatch(moment)
        assert urlsplit(one.findtext(f"{ATOM}id") or "").scheme == "urn"
        alternates = [link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert urlsplit(alternates[0].get("href", "")).scheme == "http"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Vejviser"
    selves = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(selves) == 1
    entries = feed.findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids))
    newest = max((one.findtext(f"{ATOM}updated") or "" for one in entries), default="")
    assert (feed.findtext(f"{ATOM}updated") or "") >= newest
    assert [one for one in entries if one.find(f"{ATOM}content") is None] == []
    known = {"id", "title", "updated", "author", "generator", "rights", "link", "entry", "published", "content", "name"}
    assert {one.tag.removeprefix(ATOM) for one in feed.iter()} - known == {"feed"}


async def test_every_feed_is_valid(client: httpx.AsyncClient, library: Library) -> None:
    ids = set()
    for path in paths(library):
        response = await client.get(path)
        assert response.status_code == 200, path
        assert response.headers["content-type"] == "application/atom+xml"
        feed = ElementTree.fromstring(response.content)
        check_person_and_text(feed)
        links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == str(client.base_url.join(path))
        assert (await client.get(links["alternate"])).status_code == 200
        ids.add(feed.findtext(f"{ATOM}id"))
    assert len(ids) == len(paths(library))


async def test_a_feed_reader_understands_them(client: httpx.AsyncClient, library: Library) -> None:
    for path in paths(library):
        parsed = feedparser.parse((await client.get(path)).content)
        assert not parsed.bozo, path
        assert parsed.version == "atom10"
    parsed = feedparser.parse((await client.get("/feed/k/aarhus.atom")).content)
    assert parsed.feed.title == "Nyt om Aarhus"
    assert parsed.feed.language == "da"
    # The newest first.
    published = [one.updated for one in parsed.entries]
    assert published == sorted(published, reverse=True)
    assert all("Aarhus" in one.title for one in parsed.entries)
    assert parsed.entries[-1].title == "Nyt: Aarhus"
    assert "2012" in parsed.entries[-1].content[0].value
    for one in parsed.entries:
        assert (await client.get(one.link)).status_code == 200


async def test_what_the_reader_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/feed/all.atom")
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    assert parsedate_to_datetime(changed).tzinfo
    for headers, status in (
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f'"other", W/{tag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"', "If-Modified-Since": changed}, 200),
        ({"If-Modified-Since": changed}, 304),
        ({"If-Modified-Since": "Sat, 01 Jan 2022 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ):
        response = await client.get("/feed/all.atom", headers=headers)
        assert response.status_code == status, headers
        assert response.headers["etag"] == tag
        assert bool(response.content) == (status == 200)


async def test_the_public_address_stands_in_the_feed_and_in_no_id(dialogue: Dialogue) -> None:
    async with (
        serving(Conversation(dialogue), web_address="https://vejviser.dk") as root,
        browser(root) as public,
    ):
        text = (await public.get("/feed/all.atom")).text
    assert 'href="https://vejviser.dk/feed/all.atom"' in text
    async with serving(Conversation(dialogue)) as root, browser(root) as local:
        here = (await local.get("/feed/all.atom")).text
    assert re.findall("<id>.*</id>", here) == re.findall("<id>.*</id>", text)


def test_ids_never_change() -> None:
    """Readers know by them what they have shown."""
    assert identity("update/2026-11-22-roskilde", "da") == "urn:uuid:ea3f7bce-2524-5034-89c7-7c13020bcd9e"


def test_a_feed_tells_what_subscribers_are_told(library: Library) -> None:
    assert updates_on(library, EVERYTHING) == list(library.updates)
    aarhus = updates_on(library, Scope("aarhus"))
    assert [one.id for one in aarhus][-2:] == ["2026-11-28-siden-2014", "2026-11-22-aarhus"]
    told = {one.id for one in library.updates if "aarhus" in {part.municipality for part in library.touched(one)}}
    assert {one.id for one in aarhus} == told
    mentors = {one.id for one in updates_on(library, Scope(theme="mentorordning"))}
    assert {"2026-11-22-aarhus", "2026-11-22-roskilde"} <= mentors
    assert "2026-11-22-kolding" not in mentors


def test_an_entry_leads_to_what_it_is_about(library: Library) -> None:
    assert entry(library, updates_on(library, Scope("aarhus"))[0], "en").page == "/k/aarhus"


async def test_pages_name_the_feeds(client: httpx.AsyncClient) -> None:
    page = soup(await client.get("/t/mentorordning"))
    for link in page.select("link[type='application/atom+xml']"):
        assert (await client.get(str(link["href"]))).status_code == 200
