"""The command itself: its subcommands, how it ends, and how little it loads."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

import bot.app
from bot.__main__ import app
from bot.conversation import Conversation
from bot.sealing import new_key
from handlers.reply import reply_text
from handlers.session import Session
from knowledge.loading import SHIPPED, load_knowledge
from tests.bot.process import ROOT, environment, vejviser

FAULT = re.compile(r"^data/themes\.yaml:\d+: .*tab", re.MULTILINE)


@pytest.fixture
def broken_base(base: Path) -> Path:
    """A copy of the shipped base with one tab where spaces belong."""
    themes = base / "data" / "themes.yaml"
    themes.write_text(themes.read_text("utf-8") + "\tname: x\n", "utf-8")
    return base


@pytest.mark.parametrize("words", [["--help"], []])
def test_help_names_every_subcommand(words: list[str]) -> None:
    done = vejviser(*words)
    shown = (done.stdout + done.stderr).decode()
    assert all(
        re.search(rf"^  {name} ", shown, re.MULTILINE)
        for name in (
            "ask",
            "chat",
            "brief",
            "run",
            "announce",
            "outbox",
            "check",
            "changes",
            "links",
            "history",
            "new",
            "import",
            "schema",
            "migrate",
            "backup",
            "rotate-key",
            "inbox",
            "unanswered",
            "teach",
        )
    )


@pytest.mark.parametrize("words", [["ask", "--knowledge", ".", "x"], ["chat", "--knowledge", "."]])
def test_a_broken_base_is_told_with_file_and_line(broken_base: Path, words: list[str]) -> None:
    done = vejviser(*[str(broken_base) if word == "." else word for word in words])
    assert (done.returncode, done.stdout) == (2, b"")
    assert FAULT.search(done.stderr.decode())
    assert "Traceback" not in done.stderr.decode()


def test_check_tells_faults_and_counts_them(broken_base: Path) -> None:
    done = vejviser("check", str(broken_base))
    assert done.returncode == 1
    assert re.search(r"^data/themes\.yaml\n  \d+: error \[base\] .*tab", done.stdout.decode(), re.MULTILINE)
    assert re.search(r"^\d+ errors? and no warnings in ", done.stdout.decode().splitlines()[-1])


def test_check_finds_no_fault_in_what_ships() -> None:
    done = vejviser("check")
    assert (done.returncode, done.stdout.decode().splitlines()[-1]) == (0, f"No errors and no warnings in {SHIPPED}")


def test_run_tells_who_runs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[Conversation] = []
    for home in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(home, str(tmp_path / home))
    monkeypatch.setattr(bot.app, "run", lambda settings, conversation, base: served.append(conversation))
    monkeypatch.setenv("VEJVISER_OPERATOR", "Kolding Kommune, post@kolding.dk")
    assert CliRunner().invoke(app, ["run"]).exit_code == 0
    reply, _ = served[0].dialogue.act("privacy", Session("da"))
    assert "Ansvarlig: Kolding Kommune, post@kolding.dk" in reply_text(reply)


@pytest.fixture
def edited_base(base: Path) -> Path:
    """A copy of the shipped base with one fact changed."""
    place = base / "data" / "municipalities" / "koebenhavn.yaml"
    place.write_text(place.read_text("utf-8").replace("until: 2013", "until: 2015"), "utf-8")
    return base


def test_check_warns_of_a_change_that_nobody_is_told_of(edited_base: Path) -> None:
    done = vejviser("check", str(edited_base))
    told = done.stdout.decode()
    updates = load_knowledge(SHIPPED).updates
    number, newest = [(number, one.id) for number, one in enumerate(updates) if one.base][-1]
    warning = rf"^data/updates\.yaml\n  \d+: warning \[untold\] {newest}: {number}\.base: the base has changed since"
    assert re.search(warning, told, re.MULTILINE)
    assert (done.returncode, told.splitlines()[-1]) == (0, f"No errors and 1 warning in {edited_base}")


def test_changes_tells_what_has_changed_and_drafts_an_update(edited_base: Path) -> None:
    done = vejviser("changes", "--since", str(SHIPPED), "--knowledge", str(edited_base))
    assert done.returncode == 0
    printed = done.stdout.decode()
    assert "period.until: 2013 -> 2015" in printed
    assert re.search(r"^- id: \d{4}-\d\d-\d\d-koebenhavn-expired$", printed, re.MULTILINE)


def test_changes_since_nothing_that_there_is(edited_base: Path) -> None:
    done = vejviser("changes", "--since", "no-such-revision", "--knowledge", str(edited_base))
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.decode().splitlines()) == 1


def test_run_with_nothing_to_serve_says_in_one_line_what_to_set() -> None:
    done = vejviser("run", VEJVISER_WEB="off")
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "VEJVISER_TELEGRAM_TOKEN" in line
    assert "vejviser chat" in line


def test_run_says_in_one_line_that_the_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = vejviser("run", VEJVISER_WEB=f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "VEJVISER_WEB=" in line


def test_run_with_a_wrong_setting_names_it() -> None:
    done = vejviser("run", VEJVISER_TELEGRAM_TOKEN="not a token")
    assert done.returncode == 1
    assert done.stderr.startswith(b"VEJVISER_TELEGRAM_TOKEN: ")
    assert b"not a token\n" not in done.stderr


def test_run_with_a_wrong_key_says_so_at_the_start(tmp_path: Path) -> None:
    database = str(tmp_path / "v.db")
    assert vejviser("migrate", VEJVISER_DATABASE=database).returncode == 0
    keys = [new_key(), new_key()]
    assert vejviser("chat", VEJVISER_DATABASE=database, VEJVISER_DATA_KEY=keys[0]).stderr == b""
    done = vejviser("run", VEJVISER_TELEGRAM_TOKEN="123:AA", VEJVISER_DATABASE=database, VEJVISER_DATA_KEY=keys[1])
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("VEJVISER_DATA_KEY has another key than the one that sealed")


@pytest.mark.parametrize(
    ("words", "title", "language"),
    [
        (["aarhus"], "Aarhus", "da"),
        (["mentorordning", "--lang", "en"], "Mentor schemes", "en"),
        (["Copenhagen", "--lang", "en"], "Copenhagen", "en"),
        (["hvad", "gør", "Kolding?"], "Kolding", "da"),
    ],
)
def test_brief_writes_a_page(tmp_path: Path, words: list[str], title: str, language: str) -> None:
    file = tmp_path / "side.pdf"
    file.write_text("older")
    done = vejviser("brief", *words, "--output", str(file))
    assert done.returncode == 0
    assert str(file) in done.stdout.decode()
    reader = PdfReader(file)
    assert len(reader.pages) == 1
    assert reader.metadata
    assert (reader.metadata.title or "").startswith(f"{title} – ")
    assert str(reader.root_object["/Lang"]) == language


def test_brief_writes_to_standard_output() -> None:
    assert vejviser("brief", "kolding", "--output", "-").stdout.startswith(b"%PDF-")


def test_brief_names_its_file_and_writes_over_none(tmp_path: Path) -> None:
    def brief(*more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "bot", "brief", "roskilde", *more]
        return subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False)

    made = brief()
    assert (made.returncode, made.stdout.decode()) == (0, "Filen ligger her: roskilde.pdf\n")
    before = (tmp_path / "roskilde.pdf").read_bytes()
    again = brief("--lang", "en")
    assert again.returncode == 1
    assert "roskilde.pdf" in again.stderr.decode()
    assert (tmp_path / "roskilde.pdf").read_bytes() == before


def test_brief_of_nothing_says_what_there_is() -> None:
    known = load_knowledge(SHIPPED)
    here = {one.short.da for one in known.municipalities}
    missing = next(name for one in known.denmark.regions for name in one.municipalities if name not in here)
    done = vejviser("brief", missing.lower(), "--lang", "en")
    assert done.returncode == 1
    assert done.stdout == b""
    assert f"no page on ‘{missing.lower()}’" in done.stderr.decode()
    assert "Ikast-Brande" in done.stderr.decode()


def test_brief_cannot_write_there(tmp_path: Path) -> None:
    done = vejviser("brief", "aarhus", "--output", str(tmp_path / "gone" / "x.pdf"))
    assert done.returncode == 1
    assert "gone/x.pdf" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_unknown_language_is_refused() -> None:
    assert vejviser("ask", "--lang", "de", "x").returncode == 2


def loaded_by_ask(**changed: str) -> set[str]:
    """The packages that `vejviser ask` imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "ask", "x"],
        capture_output=True,
        cwd=ROOT,
        env=environment(**changed),
        check=True,
    )
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.decode().splitlines()}


def test_ask_loads_no_channel_and_no_database() -> None:
    loaded = loaded_by_ask()
    assert "handlers" in loaded
    assert loaded.isdisjoint(
        {
            "telegram",
            "sqlalchemy",
            "alembic",
            "cryptography",
            "prompt_toolkit",
            "rich",
            "httpx",
            "aiohttp",
            "asyncio",
            "typst",
            "prometheus_client",
        }
    )


def test_a_kept_base_is_loaded_without_what_builds_it(tmp_path: Path) -> None:
    """Which takes longer to import than an answer takes."""
    assert loaded_by_ask(XDG_CACHE_HOME=str(tmp_path)) >= {"yaml", "pydantic"}
    assert loaded_by_ask(XDG_CACHE_HOME=str(tmp_path)).isdisjoint({"yaml", "pydantic", "pydantic_core"})
