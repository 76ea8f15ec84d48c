"""What programs get: the answer contract's object, the whole base, and a description that holds."""

import csv
import io
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from bot.ask import answers, fields
from bot.channels.web import build
from bot.channels.web_opendata import COLUMNS, plain
from bot.config import Settings
from bot.conversation import Conversation
from handlers.dialogue import Dialogue
from knowledge.library import Library
from knowledge.model import Document, Figure, Source, Text
from tests.web import browser, serving

EXAMPLES = 25
"""How many requests are made up for each operation."""


@pytest.fixture
async def client(storing: Dialogue) -> AsyncIterator[httpx.AsyncClient]:
    """A program."""
    async with serving(Conversation(storing)) as root, browser(root) as program:
        yield program


async def test_an_answer_is_that_of_ask(client: httpx.AsyncClient, dialogue: Dialogue) -> None:
    for question, language in (("hvem har mentorordning?", ""), ("hvem har mentorordning?", "en"), ("qwerty", "da")):
        got = (
            await client.get("/api/answer", params={"q": question, **({"lang": language} if language else {})})
        ).json()
        (wanted,) = answers(dialogue, [question], language, separated=False)
        expected = json.loads(json.dumps(fields(wanted)))
        assert got.pop("took_ms") >= 0
        expected.pop("took_ms")
        assert got == expected
        assert list(got) == list(expected)


async def test_an_answer_promises_nothing_that_needs_a_chat(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/answer", params={"q": "abonner på Kolding"})
    assert "Du får nu besked" not in response.json()["text"]
    assert "set-cookie" not in response.headers
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=" + "a" * 1001, "?q=hej&lang=de", "?lang=da"])
async def test_what_is_no_question_is_refused(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"/api/answer{query}")
    assert response.status_code == 422
    assert response.json()["error"]


async def test_the_whole_base_as_json(client: httpx.AsyncClient, library: Library) -> None:
    response = await client.get("/api/knowledge")
    base = response.json()
    assert base["licence"]["name"] == "CC BY 4.0"
    assert [one["id"] for one in base["municipalities"]] == list(library.municipalities)
    assert [one["id"] for one in base["documents"]] == list(library.documents)
    facts = [
        one for place in base["municipalities"] for part in ("strategies", "initiatives", "goals", "milestones")
        for one in place.get(part, ())
    ]  # fmt: skip
    assert len(facts) == len({*library.strategies, *library.initiatives, *library.goals, *library.milestones})
    assert all(source["document"] in library.documents for one in facts for source in one["sources"])
    assert (await client.get("/api/knowledge", headers={"If-None-Match": response.headers["etag"]})).status_code == 304


async def test_the_facts_as_a_table(client: httpx.AsyncClient, library: Library) -> None:
    response = await client.get("/api/knowledge.csv")
    assert response.content.startswith("\ufeffkind,".encode())
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    by_id = {row["id"]: row for row in rows}
    assert set(by_id) == {*library.strategies, *library.initiatives, *library.goals, *library.milestones}
    assert by_id["roskilde-mentorordning"]["partners"] == "erhvervsforum-roskilde di da"
    assert by_id["roskilde-mentorordning"]["name_en"] == "Mentor scheme"
    assert all(row["sources"] and None not in row for row in rows)


def test_nothing_that_counts_is_left_out() -> None:
    nought = Figure(value=0, what=Text(da="ingen", en="none"), sources=(Source(document="x", section="y"),))
    assert plain(nought)["value"] == 0
    assert "links" not in plain(Document(id="x", kind="note", title=nought.what, publisher="p", website="p.dk"))


async def test_names_for_completion(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/names?start=AAR")).json()["names"][0] == "Aarhus"
    assert "Mentor schemes" in (await client.get("/api/names?start=schemes&lang=en")).json()["names"]
    assert len((await client.get("/api/names?start=s")).json()["names"]) <= 20
    assert (await client.get("/api/names")).status_code == 422


async def test_errors_are_json(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/nothing")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/json")
    assert (await client.delete("/api/answer")).status_code == 405


async def test_the_description_names_where_it_is_served(client: httpx.AsyncClient) -> None:
    told = (await client.get("/api/openapi.json")).json()
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": str(client.base_url).rstrip("/")}]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_is_as_it_is_described(storing: Dialogue, mode: GenerationMode) -> None:
    """Made-up requests, good and bad: every answer is one that the description has."""
    # As it is served to anybody, for its requests go to a host of its own making.
    app = build(Settings(web="0.0.0.0:0", web_limit=0), Conversation(storing))
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    asked: Counter[str] = Counter()

    def check(operation: Any) -> None:
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case[Any]) -> None:
            asked[operation.path] += 1
            case.call_and_validate()

        ask()

    found: list[Any] = list(described.get_all_operations())
    for operation in [one.ok() for one in found]:
        if operation.query or mode is GenerationMode.POSITIVE:  # nothing can be wrong where nothing is asked for
            check(operation)
    assert asked["/api/answer"] >= EXAMPLES
