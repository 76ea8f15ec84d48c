"""The command itself: its subcommands, how it ends, and how little it loads."""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot.app
from bot.__main__ import app
from bot.conversation import Conversation
from bot.sealing import new_key
from handlers.reply import reply_text
from handlers.session import Session
from knowledge.loading import SHIPPED
from tests.bot.process import ROOT, environment, vejviser

FAULT = re.compile(r"^data/themes\.yaml:\d+: .*tab", re.MULTILINE)


@pytest.fixture
def broken_base(tmp_path: Path) -> Path:
    """A copy of the shipped base with one tab where spaces belong."""
    for folder in ("data", "phrases"):
        shutil.copytree(SHIPPED / folder, tmp_path / folder)
    themes = tmp_path / "data" / "themes.yaml"
    themes.write_text(themes.read_text("utf-8") + "\tname: x\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("words", [["--help"], []])
def test_help_names_every_subcommand(words: list[str]) -> None:
    done = vejviser(*words)
    shown = (done.stdout + done.stderr).decode()
    assert all(
        re.search(rf"^  {name} ", shown, re.MULTILINE)
        for name in (
            "ask",
            "chat",
            "run",
            "announce",
            "outbox",
            "check",
            "changes",
            "migrate",
            "backup",
            "rotate-key",
            "unanswered",
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
    assert FAULT.search(done.stdout.decode())
    assert re.search(r"^\d+ faults? in ", done.stdout.decode().splitlines()[-1])


def test_check_finds_no_fault_in_what_ships() -> None:
    done = vejviser("check")
    assert (done.returncode, done.stdout.decode().splitlines()) == (0, [f"No faults in {SHIPPED}"])


def test_run_tells_who_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Conversation] = []
    monkeypatch.setattr(bot.app, "run", lambda settings, conversation, base: served.append(conversation))
    monkeypatch.setenv("VEJVISER_OPERATOR", "Kolding Kommune, post@kolding.dk")
    assert CliRunner().invoke(app, ["run"]).exit_code == 0
    reply, _ = served[0].dialogue.act("privacy", Session("da"))
    assert "Ansvarlig: Kolding Kommune, post@kolding.dk" in reply_text(reply)


@pytest.fixture
def edited_base(tmp_path: Path) -> Path:
    """A copy of the shipped base with one fact changed."""
    for folder in ("data", "phrases"):
        shutil.copytree(SHIPPED / folder, tmp_path / folder)
    place = tmp_path / "data" / "municipalities" / "koebenhavn.yaml"
    place.write_text(place.read_text("utf-8").replace("until: 2013", "until: 2015"), "utf-8")
    return tmp_path


def test_check_warns_of_a_change_that_nobody_is_told_of(edited_base: Path) -> None:
    done = vejviser("check", str(edited_base))
    warning, last = done.stdout.decode().splitlines()
    assert re.match(r"warning: data/updates\.yaml:\d+: 4\.base: the base has changed since '2026-11-22-k", warning)
    assert (done.returncode, last) == (0, f"No faults in {edited_base}")


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


def test_unknown_language_is_refused() -> None:
    assert vejviser("ask", "--lang", "de", "x").returncode == 2


def test_ask_loads_no_channel_and_no_database() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "ask", "x"],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.decode().splitlines()}
    assert "handlers" in loaded
    assert loaded.isdisjoint(
        {"telegram", "sqlalchemy", "alembic", "cryptography", "prompt_toolkit", "rich", "httpx", "asyncio"}
    )
