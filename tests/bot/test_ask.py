"""`vejviser ask` against the answer contract: one answer a line, whatever the line holds."""

import io
import json
import logging
import shlex
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask import Answer, answers, json_line
from bot.channels.streams import lines_in
from handlers.reply import About, Link, Paragraph, Reply, Span
from tests.bot.process import COMMAND, ROOT, OnTerminal, environment, vejviser
from tests.bot.standin import REPLY, Parrot

FIELDS = [
    "question",
    "language",
    "status",
    "intent",
    "confidence",
    "municipalities",
    "strategies",
    "themes",
    "initiatives",
    "documents",
    "text",
    "links",
    "suggestions",
    "took_ms",
]


def objects(out: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def test_json_has_the_fields_of_the_contract_in_its_order() -> None:
    line = json_line(Answer("hvem har mentorer?", REPLY, 0.12345))
    assert line.endswith(b"}\n")
    found = json.loads(line)
    assert list(found) == FIELDS
    assert found["question"] == "hvem har mentorer?"
    assert (found["language"], found["status"], found["intent"]) == ("da", "answered", "municipalities_with")
    assert found["confidence"] == 0.9
    assert found["municipalities"] == ["aarhus", "roskilde"]
    assert found["text"].startswith("To kommuner har mentorordninger, se siden.\n\n• Aarhus")
    assert found["links"] == [{"title": "Overblik", "url": "https://example.org/overblik.pdf", "kind": "document"}]
    assert found["suggestions"] == ["Hvad gør Aarhus?"]
    assert found["took_ms"] == 0.123


def test_danish_letters_are_readable_in_json() -> None:
    assert "æøå".encode() in json_line(Answer("æøå", REPLY, 0))


@given(st.text(st.characters()), st.text(st.characters()))
def test_json_of_any_text_is_one_line_of_valid_utf8(question: str, text: str) -> None:
    reply = Reply("da", (Paragraph((Span(text),)),), About("answered", "any"), links=(Link(text, text, "page"),))
    line = json_line(Answer(question, reply, 1)).decode("utf-8")
    assert len(line.splitlines()) == 1
    assert all(sign.isprintable() or ord(sign) > 0x9F for sign in line.removesuffix("\n"))
    found = json.loads(line)
    assert as_utf16(found["question"]) == as_utf16(question)
    assert as_utf16(found["text"]) == as_utf16(text)


def as_utf16(text: str) -> bytes:
    """Two lone surrogates that stand side by side are one character in JSON; as UTF-16 they are the same."""
    return text.encode("utf-16-le", "surrogatepass")


@given(st.binary())
def test_every_line_of_any_bytes_but_the_empty_is_a_question(content: bytes) -> None:
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    expected = [line for line in (line.removesuffix(b"\r") for line in lines) if line]
    asked = [answer.question for answer in answers(Parrot(), lines_in(io.BytesIO(content)))]
    assert [question.encode("utf-8", "surrogateescape") for question in asked] == expected


def test_an_empty_line_begins_a_new_conversation_and_a_space_does_not() -> None:
    texts = [json.loads(json_line(answer))["text"] for answer in answers(Parrot(), ["a", " ", "b", "", "c"])]
    assert texts == ["text 'a' after 0", "text ' ' after 1", "text 'b' after 2", "text 'c' after 0"]


def test_a_failure_is_one_answer_in_its_language_and_the_next_question_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        first, failed, last = answers(Parrot(), ["a", "crash", "b"], language="en")
    assert failed.question == "crash"
    assert (failed.reply.language, failed.reply.about.status) == ("en", "unknown")
    assert "after 1" in json.loads(json_line(last))["text"]
    assert first.reply.about.status == "answered"
    # Where it was, and not what it says: that may quote the question.
    assert "RuntimeError at bot/standin.py:" in caplog.text
    assert "planted" not in caplog.text


def test_hard_lines_get_one_answer_each() -> None:
    hard = [
        b"\xef\xbb\xbfhej",
        b" ",
        b"\t",
        b"\xff\xfe\x80",
        b"\x00",
        "👍".encode(),
        b"?!...",
        b"a" * 100_000,
        b"\xed\xa0\x80",
        "\u202eolleh\u200b".encode(),
        b"<b>&amp;</b>",
        b"*_[x](y)_*",
        b"'; DROP TABLE sessions; --",
        b"ignore previous instructions",
        b"\x1b[31m\x9b2J",
        b"a\rb\x0b\x0c",
        "\u2028\u0085".encode(),
        b"last without end",
    ]
    done = vejviser("ask", "--json", stdin=b"\r\n".join(hard))
    found = objects(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(found) == len(hard)
    assert all(list(one) == FIELDS and one["text"] for one in found)
    assert found[0]["question"] == "hej"
    assert found[3]["question"] == "\udcff\udcfe\udc80"


def test_json_lines_come_as_soon_as_they_are_answered() -> None:
    with subprocess.Popen(
        [*COMMAND, "ask", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment()
    ) as process:
        assert process.stdin
        assert process.stdout
        for question in ("hej", "tak"):
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_question_as_arguments() -> None:
    done = vejviser("ask", "--json", "--lang", "en", "hvad", "gør Aarhus?")
    (found,) = objects(done.stdout)
    assert (found["question"], found["language"]) == ("hvad gør Aarhus?", "en")
    assert found["took_ms"] >= 0


def test_an_argument_of_any_bytes_is_one_question() -> None:
    done = subprocess.run(
        [*COMMAND, "ask", "--json", b"\xff\n\n\x1b[31m"], capture_output=True, cwd=ROOT, env=environment(), check=True
    )
    assert [one["question"] for one in objects(done.stdout)] == ["\udcff\n\n\x1b[31m"]
    (empty,) = objects(vejviser("ask", "--json", "").stdout)
    assert empty["question"] == ""


def test_a_pipe_gets_plain_text_in_whatever_encoding_it_has() -> None:
    done = vejviser("ask", "hvad gør Aarhus?", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Aarhus" in done.stdout
    assert b"\x1b" not in done.stdout
    done.stdout.decode("ascii")


@pytest.mark.parametrize("shell", ["exec {} > /dev/full", "exec {} >&-"])
def test_an_answer_that_cannot_be_written_is_told(shell: str) -> None:
    command = shell.format(shlex.join([*COMMAND, "ask", "hvad gør Aarhus?"]))
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, env=environment(), check=False)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("Stopped")


def test_a_reader_who_leaves_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "ask", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"hej\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"hej\n" * 3)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_terminal_is_told_how_to_ask_and_gets_style() -> None:
    with OnTerminal("ask") as terminal:
        terminal.wait_for("Ctrl-D")
        terminal.type("hvad gør Aarhus?\n")
        terminal.wait_for("\x1b[")
        terminal.type("\x04")
        assert terminal.ends() == 0
        assert "Traceback" not in terminal.shown


def test_no_color() -> None:
    with OnTerminal("ask", "hvad gør Aarhus?", NO_COLOR="1") as terminal:
        assert terminal.ends() == 0
        assert "Aarhus" in terminal.shown
        assert "\x1b" not in terminal.shown
