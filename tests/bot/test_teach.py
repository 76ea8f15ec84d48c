"""`vejviser unanswered` and `vejviser teach` as they are typed, on both databases, over a copy of the base."""

import asyncio
import json
import subprocess
from pathlib import Path

import pytest

from bot.config import Settings
from bot.question_groups import grouped
from bot.store import Store
from bot.teaching import Teacher, told
from knowledge.teaching import Lesson
from knowledge.understanding import Understander
from tests.bot.process import OnTerminal, vejviser
from tests.databases import Clock

QUESTION = "hvad har Kolding i kikkerten?"
TAUGHT = "hvad har {municipality} i kikkerten?"
SENTENCES = 10
"""As many sentences of each phrase file are left in the copy, so that they are all read soon."""


@pytest.fixture
def base(base: Path, tmp_path: Path) -> Path:
    """A copy of the base that ships, with fewer phrases, and test sentences beside it."""
    for path in base.glob("phrases/*/[a-z]*.yaml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(["# Of an editor.\n", *lines[: SENTENCES + 1]]), "utf-8")
    unseen = tmp_path / "tests" / "phrases" / "da"
    unseen.mkdir(parents=True)
    (unseen / "overview.yaml").write_text(
        "- say: hvad har Aarhus mon i kikkerten\n- say: og i kikkerten?\n  after: hvad gør Kolding?\n", "utf-8"
    )
    return base


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """What leads the command to the database."""
    key = settings.data_key.get_secret_value() if settings.data_key else ""
    return {
        "VEJVISER_DATABASE": settings.database.get_secret_value(),
        "VEJVISER_KEY_FILE": str(settings.key_file),
        "VEJVISER_DATA_KEY": key,
        "VEJVISER_UNANSWERED_DAYS": "30",
    }


async def run(environment: dict[str, str], *words: str, typed: str = "") -> tuple[int, str]:
    """Status and output of a command; it writes no error."""
    done: subprocess.CompletedProcess[bytes] = await asyncio.to_thread(
        vejviser, *words, stdin=typed.encode(), **environment
    )
    assert done.stderr.decode() == ""
    return done.returncode, done.stdout.decode()


async def kept(store: Store) -> list[str]:
    """The questions that are kept."""
    return [one.text for one in await store.questions.kept()]


def sentences(base: Path) -> str:
    """The phrase file that is taught, as it stands."""
    return (base / "phrases" / "da" / "overview.yaml").read_text("utf-8")


async def test_the_list_is_grouped_with_what_comes_nearest(
    store: Store, clock: Clock, environment: dict[str, str]
) -> None:
    await store.questions.keep(QUESTION, "da")
    await store.questions.keep("hvad er\x1b[2J vejret på cykelstien?", "da")
    clock.wait(days=1)
    await store.questions.keep("Hvad har Aarhus i kikkerten", "da")
    await store.questions.keep("kan man låne en bil hos jer?", "da")
    await store.questions.judge("overview", False, "hvad gør Kolding?", "da")
    await store.questions.judge("overview", True)
    status, listed = await run(environment, "unanswered")
    lines = listed.splitlines()
    assert status == 0
    assert lines[0] == "Hvad har Aarhus i kikkerten  (2 times, last on 2026-11-24, da)"
    assert lines[1] == "  nothing is near"
    assert "\n  nearest: " in listed
    assert "hvad gør Kolding?  (1 time, last on 2026-11-24, da, 1 not helped)\n  is read as overview\n" in listed
    assert "hvad er vejret på cykelstien?  (1 time, last on 2026-11-23, da)" in listed
    assert lines[-2:] == [
        "Answers that people judged:",
        "  overview  helped 1, did not help 1, last on 2026-11-24",
    ]
    _, output = await run(environment, "unanswered", "--json")
    found = json.loads(output)
    first = found["groups"][0]
    assert (first["count"], first["latest"], first["not_helped"], first["understood"]) == (2, "2026-11-24", 0, None)
    assert first["nearest"] is None
    assert {"intent", "score", "utterance"} in [set(one["nearest"] or ()) for one in found["groups"]]
    assert found["judged"] == [{"intent": "overview", "helped": 1, "not_helped": 1, "latest": "2026-11-24"}]


async def test_an_empty_list_says_why(store: Store, environment: dict[str, str]) -> None:
    assert (await run(environment, "unanswered"))[1] == "No question without an answer is kept.\n"
    assert "turns it on" in (await run({**environment, "VEJVISER_UNANSWERED_DAYS": "0"}, "unanswered"))[1]
    assert await run(environment, "teach") == (1, "No question without an answer is kept.\n")


async def test_a_question_is_taught_and_leaves_the_list(store: Store, environment: dict[str, str], base: Path) -> None:
    for text in (QUESTION, "hvad har Roskilde i kikkerten", "hvad er vejret på cykelstien?"):
        await store.questions.keep(text, "da")
    before = sentences(base)
    status, shown = await run(environment, "teach", QUESTION, "--intent", "overview", "--yes", "--knowledge", str(base))
    assert status == 0, shown
    assert f"\n+- {TAUGHT}\n" in shown
    assert "No sentence is taken from another kind of question." in shown
    assert f"'{QUESTION}': not understood -> overview (kolding)" in shown
    assert "  hvad har Aarhus mon i kikkerten: not understood -> overview (aarhus)\n" in shown
    assert f"'{QUESTION}' is read as overview (kolding)" in shown
    assert "2 kept questions were erased" in shown
    assert sentences(base) == f"{before}- {TAUGHT}\n"
    assert await kept(store) == ["hvad er vejret på cykelstien?"]
    assert (await run(environment, "ask", "--json", QUESTION, "--knowledge", str(base)))[1].count('"overview"') == 1


async def test_one_of_the_list_is_picked_and_put_otherwise(
    store: Store, environment: dict[str, str], base: Path
) -> None:
    await store.questions.keep(f"{QUESTION} ring [number]", "da")
    typed = f"nine\n7\n1\noverview\n{TAUGHT}\nyes\n"
    status, shown = await run(environment, "teach", "--knowledge", str(base), typed=typed)
    assert status == 0, shown
    assert f"  1  {QUESTION} ring [number]  (1 time" in shown
    assert "Sentence [hvad har {municipality} i kikkerten? ring]: " in shown
    assert sentences(base).endswith(f"- {TAUGHT}\n")
    assert await kept(store) == []


@pytest.mark.parametrize("typed", ["1\noverview\n\n\n", "1\noverview\n", ""])
async def test_nothing_is_written_without_a_yes(
    store: Store, environment: dict[str, str], base: Path, typed: str
) -> None:
    await store.questions.keep(QUESTION, "da")
    before = sentences(base)
    status, _ = await run(environment, "teach", "--knowledge", str(base), typed=typed)
    assert status == 1
    assert sentences(base) == before
    assert await kept(store) == [QUESTION]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("farvel farvel igen", "--intent", "thanks"), "nothing tells the two intents apart"),
        (("hvad gør {municipality}?", "--intent", "no_such"), "there is no intent 'no_such'"),
        (("hvad med krudt og kanoner?", "--intent", "overview"), "It has a word of 'military-war'"),
    ],
)
def test_what_the_gate_refuses_is_not_written_whatever_is_said(
    base: Path, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    before = {path: path.read_bytes() for path in base.rglob("*.yaml")}
    database = str(tmp_path / "none" / "v.db")
    done = vejviser("teach", *words, "--yes", "--knowledge", str(base), VEJVISER_DATABASE=database)
    assert (done.returncode, done.stderr) == (1, b"")
    assert why in done.stdout.decode()
    assert done.stdout.decode().endswith("Nothing was written.\n")
    assert {path: path.read_bytes() for path in base.rglob("*.yaml")} == before
    assert not Path(database).exists()


def test_on_a_terminal(base: Path, tmp_path: Path) -> None:
    paths = {"VEJVISER_DATABASE": str(tmp_path / "d" / "v.db"), "VEJVISER_KEY_FILE": str(tmp_path / "k")}
    with OnTerminal("teach", QUESTION, "--knowledge", str(base), **paths) as terminal:
        terminal.wait_for("Intent [")
        terminal.type("overview\r")
        terminal.wait_for(f"Sentence [{TAUGHT}]: ")
        terminal.type("\r")
        terminal.wait_for("Write it? yes or no [no]: ")
        terminal.type("yes\r")
        terminal.wait_for("is read as overview (kolding)")
        assert terminal.ends() == 0


def test_line_ends_and_mode_of_the_file_stay(base: Path) -> None:
    path = base / "phrases" / "da" / "overview.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o664)
    teacher = Teacher(base)
    teacher.write(teacher.attempt(Lesson("da", "overview", TAUGHT), QUESTION))
    assert path.read_bytes().endswith(f"\r\n- {TAUGHT}\r\n".encode())
    assert path.stat().st_mode & 0o777 == 0o664
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []
    teacher.learn()
    assert told(teacher.understander.understand(QUESTION)) == "overview (kolding)"


async def test_neither_names_nor_the_order_of_words_part_a_group_but_languages_do(
    store: Store, understander: Understander
) -> None:
    for text, language in (
        ("kan man bade der?", "da"), ("Kan man bade der", "da"), ("bade kan man der?", "da"),
        ("kan man bade der?", "en"), ("har Kolding et badeland her?", "da"),
        ("har Aarhus et badeland her?", "da"), ("hvem maler mit hus?", "da"),
    ):  # fmt: skip
        await store.questions.keep(text, language)
    groups = grouped(await store.questions.kept(), understander)
    assert [(one.text, one.language, len(one.questions)) for one in groups] == [
        ("bade kan man der?", "da", 3), ("har Aarhus et badeland her?", "da", 2),
        ("hvem maler mit hus?", "da", 1), ("kan man bade der?", "en", 1),
    ]  # fmt: skip
