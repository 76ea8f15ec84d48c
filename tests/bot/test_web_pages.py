"""The pages of the base: one for each thing in each language, whole and linked; what is missing is told kindly."""

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest

from bot.channels.web_errors import nearest
from bot.channels.web_lists import LISTS
from bot.channels.web_sheets import MOST, Row, section, sheet, words
from bot.channels.web_things import LETTERS, PREFIXES, name_of, page_of, pages_of, shelf
from bot.conversation import Conversation
from handlers.dialogue import Dialogue
from handlers.reply import About
from handlers.session import Session
from knowledge.library import Library
from knowledge.model import LANGUAGES
from tests.conftest import TODAY
from tests.web import browser, one, serving, soup


@pytest.fixture
async def client(storing: Dialogue) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who reads."""
    async with serving(Conversation(storing)) as root, browser(root) as reader:
        yield reader


async def test_every_thing_has_a_page_in_both_languages(client: httpx.AsyncClient, library: Library) -> None:
    """With its name, a description, and links that lead somewhere."""
    addresses: set[str] = set()
    for language, prefix in PREFIXES.items():
        for letter in LETTERS:
            for key in shelf(library, letter):
                path = f"{prefix}/{letter}/{key}"
                response = await client.get(path)
                assert response.status_code == 200, path
                page = soup(response)
                assert one(page, "html")["lang"] == language
                shown_name = library.municipalities[key].name if letter == "k" else name_of(library, key, language)
                assert one(page, "h1").text == shown_name, path
                assert one(page, "title").text.startswith(shown_name)
                assert 20 <= len(str(one(page, "meta[name=description]")["content"])) <= 210, path
                assert one(page, "meta[property='og:title']")["content"] == shown_name
                addresses |= {str(link["href"]) for link in page.select("a[href^='/']")}
    for address in sorted(addresses):
        assert (await client.get(address)).status_code == 200, address


async def test_a_page_tells_its_other_language_its_address_and_its_feed(client: httpx.AsyncClient) -> None:
    page = soup(await client.get("/en/k/aarhus"))
    root = str(client.base_url).rstrip("/")
    assert one(page, "link[rel=canonical]")["href"] == f"{root}/en/k/aarhus"
    assert one(page, "link[hreflang=da]")["href"] == f"{root}/k/aarhus"
    assert one(page, "link[hreflang=x-default]")["href"] == f"{root}/k/aarhus"
    assert one(page, "a.language")["href"] == "/k/aarhus"
    feeds = [link["href"] for link in page.select("link[type='application/atom+xml']")]
    assert feeds == ["/en/feed/all.atom", "/en/feed/k/aarhus.atom"]


async def test_facts_stand_there_with_their_source_and_its_date(client: httpx.AsyncClient) -> None:
    page = soup(await client.get("/i/roskilde-mentorordning"))
    assert "Erhvervsforum Roskilde" in one(page, ".facts").text
    assert "10. december 2014" in one(page, ".sources").text
    assert "punkt 2" in one(page, ".sources").text


async def test_what_has_expired_says_so(client: httpx.AsyncClient) -> None:
    assert "udløbet" in one(soup(await client.get("/k/koebenhavn")), ".note").text


async def test_lists(client: httpx.AsyncClient, library: Library) -> None:
    for prefix in PREFIXES.values():
        for path in LISTS:
            page = soup(await client.get(prefix + path))
            assert one(page, "nav a[aria-current]")["href"] == prefix + path
            assert page.select(".rows li")
    assert len(soup(await client.get("/t")).select(".rows li")) == len(library.themes)
    assert len(soup(await client.get("/d")).select(".rows li")) == len(library.documents)


@pytest.mark.parametrize("path", ["/k/arhus", "/en/k/arhus", "/k/AARHUS", "/aarhus", "/k/aarhus/"])
async def test_what_is_not_there_is_told_with_what_comes_near(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path, follow_redirects=True)
    if path == "/k/aarhus/":  # a slash too much is none
        assert (response.status_code, response.url.path) == (200, "/k/aarhus")
        return
    assert response.status_code == 404
    page = soup(response)
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    prefix = "/en" if path.startswith("/en") else ""
    assert f"{prefix}/k/aarhus" in [link["href"] for link in page.select("main li a")]


@pytest.mark.parametrize(
    "path", ["/x/aarhus", "/k/", "/k/%00", "/k/" + "a" * 3000, "/en/nothing", "/feed/k/x.atom", "/embed"]
)
async def test_no_address_is_a_fault(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path, follow_redirects=True)).status_code in (200, 404)


async def test_a_wrong_method_is_told(client: httpx.AsyncClient) -> None:
    response = await client.post("/k/aarhus")
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


async def test_a_search_leads_to_the_page_or_shows_what_comes_near(client: httpx.AsyncClient) -> None:
    found = await client.post("/find", data={"name": "kolding"})
    assert (found.status_code, found.headers["location"]) == (303, "/k/kolding")
    page = soup(await client.post("/en/find", data={"name": "mentor"}))
    assert "/en/t/mentorordning" in [link["href"] for link in page.select(".rows a")]
    assert "Ingen sider" in one(soup(await client.post("/find", data={"name": "qqqqqqqq"})), "#found").text
    assert (await client.post("/find", data={})).status_code == 200


async def test_privacy_has_the_words_of_the_chat(client: httpx.AsyncClient, storing: Dialogue) -> None:
    text = soup(await client.get("/privacy")).text
    assert "Ansvarlig: Prøve Kommune, post@proeve.dk" in text
    assert "én cookie" in text
    assert "one cookie" in soup(await client.get("/en/privacy")).text


async def test_accessibility_tells_whom_to_write_to(client: httpx.AsyncClient) -> None:
    assert "post@proeve.dk" in soup(await client.get("/accessibility")).text


async def test_a_new_base_is_shown_at_once(dialogue: Dialogue, library: Library) -> None:
    conversation = Conversation(Dialogue(library, dialogue.understander, lambda: date(2013, 1, 1)))
    async with serving(conversation) as root, browser(root) as client:
        assert soup(await client.get("/k/koebenhavn")).select(".note") == []
        conversation.dialogue = Dialogue(library, dialogue.understander, lambda: TODAY)
        assert soup(await client.get("/k/koebenhavn")).select(".note")


def test_a_long_list_is_counted() -> None:
    (made,) = section("x", [Row(words(str(number))) for number in range(MOST + 7)])
    assert (len(made.rows), made.more) == (MOST, 7)
    assert section("x", []) == ()


def test_every_sheet_knows_its_question(library: Library, dialogue: Dialogue) -> None:
    """But for an organisation that nothing is told of."""
    for letter in LETTERS:
        for key in shelf(library, letter):
            for language in LANGUAGES:
                made = sheet(library, letter, key, language, TODAY)
                reply, _ = dialogue.act(made.action, dialogue_session())
                assert reply.about.status == "answered" or (letter == "o" and not made.sections), key


def dialogue_session() -> Session:
    """One that nobody has begun."""
    return Session(language="da")


def test_pages_of_an_answer_are_few(library: Library) -> None:
    everywhere = About("answered", "x", municipalities=tuple(library.municipalities), themes=tuple(library.themes))
    assert pages_of(library, everywhere, "da") == ()
    narrow = About("answered", "x", municipalities=("aarhus",), initiatives=("aarhus-mentorordning",))
    assert [one_page.label for one_page in pages_of(library, narrow, "da")] == [
        "Frivillig mentorordning (Aarhus)",
        "Om Aarhus",
    ]


def test_nearest_names(library: Library) -> None:
    assert nearest(library, "arhus", "da")[0].url == "/k/aarhus"
    assert nearest(library, "copenhagen", "en")[0].url == "/en/k/koebenhavn"
    assert nearest(library, "", "da") == ()
    assert page_of(library, "nothing") == ""
