"""`vejviser chat`: what a person types and what they get, on a terminal and through a pipe."""

import io
import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.channels.terminal import Chat, NameCompleter, handed_over
from bot.channels.terminal import chat as talk
from bot.conversation import Conversation
from handlers.reply import File, Reply, reply_text
from handlers.session import Session
from tests.bot.process import OnTerminal, vejviser
from tests.bot.standin import REPLY, Parrot
from tests.drivers import Seen, TerminalDriver

COLOUR_OR_LINK = re.compile(r"\x1b\[[0-9;]*3[0-7][0-9;]*m|\x1b\]8;")


@pytest.fixture
def chat() -> Chat:
    return Chat(Conversation(Parrot()))


@pytest.mark.parametrize("typed", ["1", " 1 ", "1.", "Vis flere", "vis FLERE "])
async def test_number_or_label_presses_a_button(chat: Chat, typed: str) -> None:
    await chat.take("hej")
    assert reply_text(await chat.take(typed)) == "action more_1 after 1"


async def test_suggestions_are_numbered_after_the_buttons(chat: Chat) -> None:
    await chat.take("hej")
    assert reply_text(await chat.take("2")) == "action overview_aarhus after 1"


@pytest.mark.parametrize("typed", ["0", "3", "2014", "-1", "1 2", "²", "9" * 5000])
async def test_other_numbers_are_questions(chat: Chat, typed: str) -> None:
    await chat.take("hej")
    assert reply_text(await chat.take(typed)) == f"text {typed!r} after 1"


async def test_numbers_mean_nothing_before_the_first_answer(chat: Chat) -> None:
    assert reply_text(await chat.take("1")) == "text '1' after 0"


async def test_language_to_begin_in() -> None:
    assert (await Chat(Conversation(Parrot()), "en").take("hej")).language == "en"


async def test_a_failure_does_not_end_the_chat(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    await chat.take("hej")
    with caplog.at_level(logging.ERROR):
        assert (await chat.take("crash")).about.status == "unknown"
    assert reply_text(await chat.take("hej")).startswith("text 'hej'")


async def test_driver_says_presses_and_reads() -> None:
    driver = TerminalDriver(Conversation(Parrot()))
    await driver.say("hej")
    assert await driver.read() == [Seen("text 'hej' after 0", ("Vis flere", "Hvad gør Aarhus?"))]
    await driver.press("Hvad gør Aarhus?")
    (seen,) = await driver.read()
    assert seen.text == "action overview_aarhus after 1"
    assert await driver.read() == []
    with pytest.raises(AssertionError, match="no choice 'Noget andet'"):
        await driver.press("Noget andet")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("hvad gør kol", ["hvad gør Kolding"]),
        ("KO", ["Kolding"]),
        ("kø", ["Køb med omtanke"]),
        ("hvem vil køb me", ["hvem vil Køb med omtanke"]),
        ("køb  me", []),
        ("k", []),
        ("", []),
        ("Kolding", []),
        ("ord " * 30_000 + "kold", ["ord " * 30_000 + "Kolding"]),
    ],
)
def test_names_are_completed(typed: str, completed: list[str]) -> None:
    completer = NameCompleter(lambda: Parrot().names("da"))
    found = completer.get_completions(Document(typed), CompleteEvent())
    assert [typed[: len(typed) + one.start_position] + one.text for one in found] == completed


def test_names_follow_the_language(chat: Chat) -> None:
    assert "Køb med omtanke" in chat.names()
    assert "Social capital fund" in Chat(Conversation(Parrot()), "en").names()


def test_a_conversation_on_a_terminal() -> None:
    with OnTerminal("chat") as terminal:
        greeting = terminal.wait_for(">")
        assert "Hej!" in greeting
        assert "Ctrl-D" in greeting
        terminal.type("Hvad gør Kold")
        terminal.wait_for("Kolding")  # the menu of completions
        answer = terminal.answer_to("ing?")
        assert COLOUR_OR_LINK.search(answer)
        assert re.search(r"^\S*1  ", answer, re.MULTILINE)
        assert len(terminal.answer_to("1").split()) > 1
        terminal.type("\x04")
        assert terminal.ends() == 0
        assert "Traceback" not in terminal.shown


def test_ctrl_c_leaves_quietly_and_no_color_is_heeded() -> None:
    with OnTerminal("chat", "--lang", "en", NO_COLOR="1") as terminal:
        assert "Hello!" in terminal.wait_for(">")
        answer = terminal.answer_to("what does Kolding do?")
        assert "Kolding" in answer
        assert not COLOUR_OR_LINK.search(answer)
        terminal.type("\x03")
        assert terminal.ends() == 0
        assert "Traceback" not in terminal.shown


def test_a_terminal_that_can_do_nothing() -> None:
    with OnTerminal("chat", TERM="dumb") as terminal:
        terminal.wait_for(">")
        terminal.type("hej\r")
        shown = terminal.wait_for("1  ")
        terminal.type("slut\r")
        assert terminal.ends() == 0
        assert "\x1b" not in shown + terminal.shown


def test_through_a_pipe() -> None:
    done = vejviser("chat", stdin="\nhvad gør Kolding?\n \n1\n\xff\nquit\nhvad gør Aarhus?\n".encode("latin-1"))
    shown = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.count("\n1  ") >= 2
    assert "\x1b" not in shown
    assert "Hej! Jeg er en robot" not in shown.split("\n\n")[0]


FILE = File("vejviser-data.json", b'{"a": 1}')


class HandsOver(Parrot):
    """Answers each text with a file."""

    def _told(self, text: str, session: Session, language: str) -> tuple[Reply, Session]:
        return replace(REPLY, file=FILE), session


def test_a_file_is_written_to_the_current_folder_and_its_place_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"mine data\nmine data\nq\n")))
    talk(Conversation(HandsOver()))
    shown = capsysbinary.readouterr().out.decode()
    assert f"Filen ligger her: {tmp_path}/vejviser-data.json\n" in shown
    assert f"Filen ligger her: {tmp_path}/vejviser-data-2.json\n" in shown
    assert (tmp_path / "vejviser-data.json").read_bytes() == FILE.content


def test_a_file_overwrites_nothing_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "vejviser-data.json").write_text("mine")
    (tmp_path / "vejviser-data-2.json").symlink_to(tmp_path / "elsewhere")
    assert handed_over(FILE, "en", tmp_path) == f"The file is here: {tmp_path}/vejviser-data-3.json"
    assert (tmp_path / "vejviser-data.json").read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
    assert (tmp_path / "vejviser-data-3.json").stat().st_mode & 0o777 == 0o600


def test_a_name_leads_to_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    handed_over(File("../a.json", b"{}"), "da", tmp_path / "here")
    assert [one.name for one in tmp_path.rglob("*.json")] == ["a.json"]
    assert (tmp_path / "here" / "a.json").exists()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    told = handed_over(FILE, "da", tmp_path / "gone")
    assert told.startswith(f"Filen kunne ikke skrives til {tmp_path}/gone/vejviser-data.json: ")


def test_a_conversation_goes_on_at_the_next_start(tmp_path: Path) -> None:
    folders = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    first = vejviser("chat", stdin="hvad gør Kolding?\n".encode(), **folders)
    second = vejviser("chat", stdin="hvornår var det?\n".encode(), **folders)
    assert (first.stderr, second.stderr) == (b"", b"")
    assert "Kolding" in second.stdout.decode()
    assert "Kolding" not in vejviser("chat", stdin="hvornår var det?\n".encode()).stdout.decode()


def test_without_a_database_it_says_so_and_talks(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = vejviser(
        "chat",
        stdin="hvad gør Kolding?\nhvornår var det?\n".encode(),
        VEJVISER_DATABASE=str(tmp_path / "file" / "v.db"),
    )
    assert done.returncode == 0
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("Nothing of this conversation will be kept: the database ")
    assert done.stdout.decode().count("Kolding") > 1
