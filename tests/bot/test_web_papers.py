"""The page to hand out, as the web page gives it: a PDF of one side, sent once, made beside the answers."""

import asyncio
import io
import threading
from collections.abc import AsyncIterator

import httpx
import pytest
from pypdf import PdfReader

from bot import printing
from bot.channels import web_papers
from bot.conversation import Conversation
from handlers.dialogue import Dialogue
from handlers.paper import Paper
from tests.drivers import WebDriver
from tests.web import browser, one, serving, soup


@pytest.fixture
async def client(dialogue: Dialogue) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody before a meeting."""
    async with serving(Conversation(dialogue)) as root, browser(root) as reader:
        yield reader


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/k/aarhus.pdf", "da", "Aarhus – Socialøkonomi i kommunen"),
        ("/en/k/koebenhavn.pdf", "en", "Copenhagen – Social economy in the municipality"),
        ("/t/mentorordning.pdf", "da", "Mentorordning – Tema i kommunernes socialøkonomi"),
        ("/en/t/mentorordning.pdf", "en", "Mentor schemes – A theme of municipal social economy"),
    ],
)
async def test_one_page(client: httpx.AsyncClient, path: str, language: str, title: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-language"] == language
    assert response.headers["content-disposition"] == f'inline; filename="{path.rpartition("/")[2]}"'
    assert response.headers["cache-control"].startswith("public")
    assert "set-cookie" not in response.headers
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 1
    assert reader.metadata
    assert reader.metadata.title == title


async def test_what_somebody_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    tag = (await client.get("/k/aarhus.pdf")).headers["etag"]
    again = await client.get("/k/aarhus.pdf", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await client.get("/en/k/aarhus.pdf", headers={"If-None-Match": tag})).status_code == 200
    head = await client.head("/k/aarhus.pdf")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert int(head.headers["content-length"]) == len((await client.get("/k/aarhus.pdf")).content)


@pytest.mark.parametrize(
    "path", ["/k/arhus.pdf", "/t/aarhus.pdf", "/k/mentorordning.pdf", "/i/roskilde-mentorordning.pdf", "/k/.pdf"]
)
async def test_of_nothing_else_is_there_a_page(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


async def test_a_misspelt_one_is_told_what_comes_near(client: httpx.AsyncClient) -> None:
    links = [link["href"] for link in soup(await client.get("/en/k/arhus.pdf")).select("main li a")]
    assert "/en/k/aarhus" in links


async def test_pages_and_answers_lead_to_it(client: httpx.AsyncClient) -> None:
    """In the language that is spoken."""
    for path in ("/k/aarhus", "/en/t/mentorordning"):
        assert one(soup(await client.get(path)), "a[type='application/pdf']")["href"] == f"{path}.pdf"
    driver = WebDriver(client)
    await driver.say("send mig Aarhus på én side")
    await driver.say("what about mentor schemes, on one page?")
    danish, english = await driver.read()
    assert danish.file
    assert english.file
    assert (danish.file[0], english.file[0]) == ("aarhus.pdf", "mentorordning.pdf")
    assert danish.file[1] == (await client.get("/k/aarhus.pdf")).content
    assert english.file[1] == (await client.get("/en/t/mentorordning.pdf")).content


async def test_answers_do_not_wait_for_it(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is printed, slowly, the page answers."""
    answered = threading.Event()

    def slow(page: Paper) -> bytes:
        assert answered.wait(30), "the page did not answer meanwhile"
        return printing.pdf_of(page)

    monkeypatch.setattr(web_papers, "pdf_of", slow)
    printed = asyncio.create_task(client.get("/k/aarhus.pdf", timeout=60))
    assert "4 indsatser" in (await client.post("/", data={"text": "hvad gør Aarhus?"}, timeout=20)).text
    assert not printed.done()
    answered.set()
    assert (await printed).content.startswith(b"%PDF")
