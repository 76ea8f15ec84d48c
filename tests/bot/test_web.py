"""The chat on the page as it is served: cookie, forms, what a link may do, what is escaped, refused, and logged."""

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from bot.announcing import Announcer
from bot.channels.web_security import BODY_BYTES
from bot.channels.web_site import templates
from bot.channels.web_view import shown
from bot.conversation import Conversation, Incoming
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.picture import Grid, Group, Period, Picture, Row, Table, Timeline
from handlers.reply import Link, Reply
from handlers.session import Session
from handlers.texts import say
from knowledge.loading import SHIPPED
from tests.bot.conftest import HandMade, reply_of
from tests.databases import sqlite_settings
from tests.drivers import WebDriver
from tests.web import browser, one, serving, soup, values_of

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<b>gnivlah</b>\u0000\x1b[31m",
    "<a href='data:text/html,<script>alert(1)</script>'>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
)


@pytest.fixture
async def kept(storing: Dialogue, tmp_path: Path) -> AsyncIterator[Conversation]:
    """A conversation over a real store."""
    conversation = Conversation(storing, await Store.open(sqlite_settings(tmp_path)))
    yield conversation
    await conversation.close()


@pytest.fixture
async def root(kept: Conversation) -> AsyncIterator[str]:
    """The page."""
    async with serving(kept) as address:
        yield address


@pytest.fixture
async def client(root: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody's browser."""
    async with browser(root) as one_client:
        yield one_client


async def rows(conversation: Conversation) -> int:
    """How many chats are kept."""
    assert conversation.store
    async with conversation.store.database.reading() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM chats")).scalar_one())


async def test_who_only_reads_gets_no_cookie_and_no_row(client: httpx.AsyncClient, kept: Conversation) -> None:
    for path in ("/", "/en/", "/?q=hvem har mentorordning", "/?q=abonner på alt", "/k/aarhus", "/news", "/nothing"):
        response = await client.get(path)
        assert "set-cookie" not in response.headers, path
    assert await rows(kept) == 0


async def test_the_cookie_holds_a_signed_name_and_nothing_else(client: httpx.AsyncClient) -> None:
    response = await client.post("/", data={"text": "hvad gør Kolding?"})
    (cookie,) = response.headers.get_list("set-cookie")
    assert re.fullmatch(
        r"chat=[A-Za-z0-9_-]{32}\.[A-Za-z0-9_-]{43}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax", cookie
    )


async def test_behind_tls_the_cookie_needs_it(kept: Conversation) -> None:
    async with serving(kept, web_address="https://vejviser.dk") as root, browser(root) as client:
        response = await client.post("/", data={"text": "hej"})
        assert response.headers["set-cookie"].startswith("__Host-chat=")
        assert response.headers["set-cookie"].endswith("; SameSite=Lax; Secure")
        assert response.headers["strict-transport-security"]
        page = soup(await client.get("/k/aarhus"))
        assert one(page, "link[rel=canonical]")["href"] == "https://vejviser.dk/k/aarhus"


async def test_within_a_frame_the_cookie_is_that_sites_alone(kept: Conversation) -> None:
    parents = "https://intranet.kommune.dk"
    async with (
        serving(kept, web_address="https://vejviser.dk", web_parents=parents) as root,
        browser(root) as client,
    ):
        response = await client.post("/", data={"text": "hej"})
        assert response.headers["set-cookie"].endswith("; SameSite=None; Partitioned; Secure")
        assert f"frame-ancestors {parents}" in response.headers["content-security-policy"]
        assert "x-frame-options" not in response.headers


@pytest.mark.parametrize("cookie", ["x", "a.b", "A" * 32 + "." + "B" * 43, "æ", ""])
async def test_a_cookie_that_was_not_signed_here_is_none(client: httpx.AsyncClient, cookie: str) -> None:
    response = await client.post("/", data={"text": "hej"}, headers={b"Cookie": f"chat={cookie}".encode()})
    assert response.status_code == 200
    assert response.headers["set-cookie"].startswith("chat=")


async def test_the_cookie_survives_a_restart(storing: Dialogue, tmp_path: Path) -> None:
    cookies = httpx.Cookies()
    for question, answer in (("hvad gør Kolding?", "7 indsatser"), ("hvornår er den fra?", "2009")):
        conversation = Conversation(storing, await Store.open(sqlite_settings(tmp_path)))
        async with serving(conversation) as root, browser(root, cookies=cookies) as client:
            driver = WebDriver(client)
            await driver.say(question)
            (seen,) = await driver.read()
            assert answer in seen.text
            cookies = httpx.Cookies(dict(client.cookies.items()))
        await conversation.close()


async def test_two_browsers_are_two_chats(root: str) -> None:
    async with browser(root) as anne, browser(root) as bo:
        first, second = WebDriver(anne), WebDriver(bo)
        await first.say("hvad gør Kolding?")
        await second.say("hvad gør Aarhus?")
        await first.say("hvornår er strategien fra?")
        assert "2009" in (await first.read())[-1].text


# ---- links


async def test_a_link_answers_and_a_further_question_leans_on_it(client: httpx.AsyncClient) -> None:
    page = soup(await client.get("/", params={"q": "hvad gør Roskilde?"}))
    assert "9 indsatser" in one(page, ".turn .reply").text
    form = one(page, "form[data-ask]")
    answered = soup(await client.post("/", data={**values_of(form), "text": "hvornår er strategien fra?"}))
    assert "efteråret 2014" in one(answered, ".turn .reply").text


async def test_a_link_changes_nothing(client: httpx.AsyncClient, kept: Conversation) -> None:
    for question in ("abonner på Kolding", "stop alle beskeder", "slet alt om mig", "/minedata", "mine abonnementer"):
        page = soup(await client.get("/", params={"q": question}))
        assert page.select(".turn") == [], question
        assert one(page, "#text")["value"] == question
    assert await rows(kept) == 0
    answered = soup(
        await client.post("/", data={**values_of(one(page, "form[data-ask]")), "text": "abonner på Kolding"})
    )
    assert "Du får nu besked om Kolding" in one(answered, ".turn .reply").text


async def test_a_page_on_a_thing_is_leant_on_as_well(client: httpx.AsyncClient) -> None:
    page = soup(await client.get("/k/koebenhavn"))
    form = one(page, "form[data-ask]")
    answered = soup(await client.post("/", data={**values_of(form), "text": "gælder den stadig?"}))
    assert "2010" in one(answered, ".turn .reply").text


async def test_no_address_has_a_question(client: httpx.AsyncClient) -> None:
    driver = WebDriver(client)
    await driver.say("hvem har mentorordning?")
    page = await client.post("/", data={"text": "x"}, follow_redirects=False)
    assert page.status_code in (200, 403)
    assert "mentorordning%3F" not in page.text


# ---- forms


async def test_another_sites_page_cannot_ask(client: httpx.AsyncClient, kept: Conversation) -> None:
    driver = WebDriver(client)
    await driver.say("abonner på Kolding")
    values = values_of(one(await driver.open(), "form[data-ask]"))
    foreign: tuple[dict[str, str], ...] = (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    )
    for headers in foreign:
        response = await client.post("/", data={**values, "press": "unsubscribe_kolding Stop"}, headers=headers)
        assert response.status_code == 403, headers
        assert "Stop" not in soup(response).text
    for token in ("", "x", "æ"):
        response = await client.post("/", data={**values, "token": token, "text": "stop alle beskeder"})
        assert response.status_code == 403
        assert one(soup(response), "#text")["value"] == "stop alle beskeder"
        response = await client.post("/", data={**values, "token": token, "press": "unsubscribe_kolding Stop"})
        assert one(soup(response), ".note button")["value"] == "unsubscribe_kolding Stop"
    await driver.say("/abonnementer")
    assert "Kolding" in (await driver.read())[-1].text
    assert await rows(kept) == 1


async def test_an_empty_question_is_asked_for(client: httpx.AsyncClient) -> None:
    for data in ({}, {"text": "  "}, {"press": ""}):
        response = await client.post("/", data=data)
        assert response.status_code == 422
        assert one(soup(response), "[role=alert]").text == "Skriv et spørgsmål først."


async def test_what_is_too_long_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/", data={"text": "a" * BODY_BYTES})
    assert response.status_code == 413
    assert "for langt" in one(soup(response), "h1").text

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"text=" + b"a" * 1000

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/", content=pieces(), headers=headers)).status_code == 413


async def test_whatever_comes_as_a_form_is_answered(client: httpx.AsyncClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for content in (
        b"text=%00%ff%fe",
        b"\xff\xfe",
        b"text=hej&text=igen",
        b"press=%20",
        b"press=no_such_thing+x",
        b"&&=;",
    ):
        assert (await client.post("/", content=content, headers=form)).status_code in (200, 403, 422), content
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", ""):
        client.cookies.clear()
        response = await client.post("/", content=b"--x\r\nnonsense", headers={"Content-Type": kind})
        assert response.status_code in (400, 422), kind


async def test_a_file_in_place_of_a_text_is_no_question(client: httpx.AsyncClient) -> None:
    assert (await client.post("/", files={"text": ("a.txt", b"hej")})).status_code == 400


async def test_the_script_gets_the_turn_alone(client: httpx.AsyncClient) -> None:
    response = await client.post("/", data={"text": "hvad gør Kolding?"}, headers={"X-Vejviser-Part": "turn"})
    assert "<html" not in response.text
    assert response.headers["cache-control"] == "no-store"
    turn = one(soup(response), ".turn")
    assert turn["data-token"]
    again = await client.post("/", data={"text": "og Aarhus?", "token": str(turn["data-token"])})
    assert "4 indsatser" in one(soup(again), ".turn .reply").text


async def test_each_page_speaks_its_language(client: httpx.AsyncClient) -> None:
    driver = WebDriver(client, "en")
    assert one(await driver.open(), "html")["lang"] == "en"
    await driver.press("Which municipalities work with mentor schemes?")
    assert "2 of the 5" in (await driver.read())[0].text
    danish = WebDriver(client)
    await danish.press("Hvad laver Aarhus?")
    assert "4 indsatser" in (await danish.read())[0].text


async def test_erasing_takes_the_cookie_along(client: httpx.AsyncClient, kept: Conversation) -> None:
    driver = WebDriver(client)
    await driver.say("slet alt om mig")
    assert await rows(kept) == 1
    await driver.press("Slet alt om mig")
    assert await rows(kept) == 0
    assert dict(client.cookies) == {}


# ---- what is escaped


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_a_person_writes_stays_words(client: httpx.AsyncClient, payload: str) -> None:
    for response in (
        await client.post("/", data={"text": payload}),
        await client.get("/", params={"q": payload}),
        await client.get("/", params={"q": f"abonner på Kolding {payload}"}),
        await client.post("/", data={"press": f"what_aarhus {payload}", "token": "x"}),
        await client.post("/find", data={"name": payload}),
        await client.get(f"/k/{quote(payload, safe='')}"),
    ):
        harmless(response)


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_the_base_says_stays_words(hand_made: HandMade, payload: str) -> None:
    hand_made.replies["x"] = replace(
        hand_made.replies["mentor"],
        links=(Link(payload, payload, "page"), Link(payload, "javascript:alert(1)", "page")),
    )
    hand_made.replies["y"] = reply_of(payload)
    hand_made.replies["z"] = replace(hand_made.replies["mentor"], blocks=(picture_saying(payload),))
    conversation = Conversation(hand_made)
    for question in ("x", "y", "z"):
        harmless(rendered(await conversation.take(Incoming("web", "1", question))))


def picture_saying(text: str) -> Picture:
    """A picture that has the text wherever one can stand."""
    grid = Grid((text,), (Group(text, (Row(text, (1,)),)),), (text, text))
    period = Period(text, text, text, "unknown", None, None)
    parts = (grid, Timeline(2009, 2026, 2026.8, text, (period,)))
    return Picture("p", text, parts, (text,), text, Table((text, text), ((text, text),)))


def rendered(reply: Reply) -> httpx.Response:
    """The turn as the page would show it."""
    turn = shown(reply, "x")
    html = templates().get_template("turn.html").render(turn=turn, say=partial(say, "da"), prefix="", token="")
    return httpx.Response(200, text=html)


def harmless(response: httpx.Response) -> None:
    """No element and no address that a payload has brought."""
    page = soup(response)
    assert [one for one in page.select("script") if not str(one.get("src", "")).startswith("/static/")] == []
    assert page.select("img, math, style, iframe, object, embed, svg[onload], b") == []
    assert [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    for link in page.select("a[href]"):
        assert re.match(r"https?://|/|#|data:application/octet-stream;base64,", str(link["href"])), link
    assert not re.search("[\x00\x1b\u202e]", response.text)


# ---- what is told to browsers


async def test_every_response_has_the_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/", "/nothing", "/static/page.js", "/api/openapi.json", "/feed/all.atom"):
        headers = (await client.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; "), path
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


async def test_a_page_with_a_token_is_kept_by_nobody_else(client: httpx.AsyncClient) -> None:
    headers = (await client.get("/")).headers
    assert headers["cache-control"] == "private, no-cache"
    assert headers["vary"] == "Cookie"


async def test_static_files_are_kept_for_good_where_their_address_tells_their_content(
    client: httpx.AsyncClient,
) -> None:
    page = soup(await client.get("/"))
    for sheet in page.select("link[rel=stylesheet]"):
        assert "immutable" in (await client.get(str(sheet["href"]))).headers["cache-control"]
    assert (await client.get("/static/embed.js")).headers["cache-control"] == "no-cache"
    assert (await client.get("/static/../web.py")).status_code == 404


async def test_the_first_load_is_small(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    files = [
        str(tag.get("href") or tag["src"]) for tag in soup(page).select("link[rel=stylesheet], script, link[rel=icon]")
    ]
    assert len(files) == 4
    weight = len(page.content) + sum([len((await client.get(one_file)).content) for one_file in files])
    assert weight < 40_000


async def test_other_names_are_not_answered(root: str, kept: Conversation) -> None:
    async with browser(root) as client:
        assert (await client.get("/", headers={"Host": "evil.example"})).status_code == 400
    async with serving(kept, web_address="https://vejviser.dk") as served, browser(served) as client:
        assert (await client.get("/", headers={"Host": "vejviser.dk"})).status_code == 200


# ---- floods and faults


async def test_a_flood_is_slowed(kept: Conversation) -> None:
    async with serving(kept, web_limit=5) as root, browser(root) as client:
        codes = [(await client.get("/")).status_code for _ in range(6)]
        assert codes == [200] * 5 + [429]
        response = await client.get("/api/names?start=a")
        assert response.status_code == 429
        assert 1 <= int(response.headers["retry-after"]) <= 12
        assert response.json()["error"]


async def test_the_proxy_says_who_the_client_is_where_it_is_believed(kept: Conversation) -> None:
    forwarded = {"X-Forwarded-For": "192.0.2.7"}, {"X-Forwarded-For": "192.0.2.8"}
    async with serving(kept, web_limit=1, web_proxies="127.0.0.1") as root, browser(root) as client:
        assert [(await client.get("/", headers=one_header)).status_code for one_header in forwarded] == [200, 200]
    async with serving(kept, web_limit=1) as root, browser(root) as client:
        assert [(await client.get("/", headers=one_header)).status_code for one_header in forwarded] == [200, 429]


async def test_a_fault_is_told_with_an_id_and_logged_without_words(
    hand_made: HandMade, library: object, caplog: pytest.LogCaptureFixture
) -> None:
    hand_made.library = library  # type: ignore[assignment]
    hand_made.today = lambda: date(2026, 11, 27)
    async with serving(Conversation(hand_made)) as root, browser(root) as client:
        with caplog.at_level(logging.DEBUG):
            response = await client.post("/", data={"text": "crash"})
        assert response.status_code == 500
        number = one(soup(response), "code").text
        assert any(f"fault {number}: KeyError at " in line for line in caplog.messages)
        assert "what the person wrote" not in caplog.text + response.text


async def test_no_question_is_logged(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await client.post("/", data={"text": "hvem har zebrafisk i kælderen"})
        await client.get("/", params={"q": "hvem har zebrafisk i kælderen"})
        await client.get("/api/answer", params={"q": "hvem har zebrafisk i kælderen"})
        await client.get("/k/zebrafisk")
        await client.post("/find", data={"name": "zebrafisk"})
    # Of what stands around ours, tests/bot/test_app.py reads all that a process writes.
    ours = [record for record in caplog.records if record.name.startswith(("bot", "handlers", "knowledge"))]
    assert [record for record in ours if "zebrafisk" in record.getMessage()] == []
    assert any("unknown" in line and "took_ms=" in line for line in caplog.messages)
    assert any(line.startswith("GET / 200 took_ms=") for line in caplog.messages)


# ---- notices


async def test_notices_stand_on_the_page_at_the_next_visit(kept: Conversation) -> None:
    assert kept.store
    announcer = Announcer(kept, kept.store, SHIPPED, automatic=True)
    await kept.store.outbox.begin([])
    async with serving(kept, announcer.library_with) as root, browser(root) as client:
        driver = WebDriver(client)
        await driver.say("abonner på Kolding uden stille timer")
        await driver.say("abonner på Kolding")
        assert (await driver.open()).select(".notice") == []
        await announcer.announce()
        assert soup(await client.get("/", headers={"Sec-Purpose": "prefetch"})).select(".notice") == []
        async with kept.store.database.writing() as connection:
            await connection.exec_driver_sql("UPDATE outbox SET due = '2026-01-01 00:00:00'")
        notice = one(await driver.open(), ".notice")
        assert "Kolding er med fra begyndelsen" in notice.text
        assert "Stop besked om Kolding" in [button.text for button in notice.select("button")]
        assert (await driver.open()).select(".notice") == []


async def test_a_conversation_without_a_store_goes_on_in_memory(dialogue: Dialogue) -> None:
    async with serving(Conversation(dialogue)) as root, browser(root) as client:
        driver = WebDriver(client)
        await driver.say("hvad gør Kolding?")
        await driver.say("hvornår er strategien fra?")
        assert "2009" in (await driver.read())[-1].text


def test_the_help_of_the_page_is_that_of_the_dialogue(dialogue: Dialogue) -> None:
    """The first page's examples are suggestions of the help."""
    reply, _ = dialogue.act("help", Session(language="da"))
    assert len(reply.suggestions) == 3
