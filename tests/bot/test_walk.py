"""Whole walks over the real commands, as a person and an editor take them: processes, files and restarts."""

import asyncio
import json
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.loading import SHIPPED
from tests.bot.process import COMMAND, ROOT, OnTerminal, environment, vejviser
from tests.drivers import Seen, TelegramDriver
from tests.fake_telegram import TOKEN, FakeTelegram

PATIENCE = 60.0
CHAT = 900_100_200_300
BEFORE = {"da": "De relevante forvaltninger skal samarbejde bedre på tværs.",
          "en": "The relevant departments are to work together better."}  # fmt: skip
AFTER = {"da": "De relevante forvaltninger skal mødes hver måned.",
         "en": "The relevant departments are to meet every month."}  # fmt: skip
Command = Callable[..., str]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """What leads every command to the same database, as the operator sets it."""
    return {
        "VEJVISER_DATABASE": str(tmp_path / "data" / "vejviser.db"),
        "VEJVISER_KEY_FILE": str(tmp_path / "key" / "data.key"),
        "VEJVISER_OPERATOR": "Prøve Kommune, post@proeve.dk",
        "VEJVISER_ANNOUNCE": "off",
        "VEJVISER_WEB": "127.0.0.1:0",
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def command(env: dict[str, str]) -> Command:
    """Runs a command to its end; what it prints. It must end well."""

    def run(*words: str, stdin: str = "") -> str:
        done = vejviser(*words, stdin=stdin.encode(), **env)
        assert (done.returncode, done.stderr.decode()) == (0, ""), words
        return done.stdout.decode()

    return run


class Person:
    """Somebody in Telegram, before a bot that is a process of its own."""

    def __init__(self, fake: FakeTelegram, language: str = "da") -> None:
        self._driver = TelegramDriver(fake, lambda: asyncio.sleep(0), language)
        self._unread: list[Seen] = []

    async def say(self, text: str) -> Seen:
        """Writes; the answer."""
        await self._driver.say(text, CHAT)
        return await self.hears()

    async def press(self, label: str) -> Seen:
        """Presses the button; the answer."""
        await self._driver.press(label, CHAT)
        return await self.hears()

    async def hears(self) -> Seen:
        """The next message."""
        async with asyncio.timeout(PATIENCE):
            while not self._unread:
                await asyncio.sleep(0.02)
                self._unread += await self._driver.read(CHAT)
        return self._unread.pop(0)


@dataclass
class Bot:
    """A running bot."""

    pid: int
    told: str = ""
    """Its log, once it has ended."""


@asynccontextmanager
async def running(fake: FakeTelegram, env: dict[str, str], *words: str) -> AsyncIterator[Bot]:
    """`vejviser run`, until it is told to stop; it must then end well, and have told nobody's words nor the token."""
    telegram = {"VEJVISER_TELEGRAM_TOKEN": TOKEN, "VEJVISER_TELEGRAM_API": fake.root, "NO_PROXY": "127.0.0.1"}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "run", *words, cwd=ROOT, env=environment(**{**env, **telegram}), stderr=asyncio.subprocess.PIPE
    )
    bot = Bot(process.pid)
    try:
        yield bot
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            _, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    bot.told = err.decode()
    assert process.returncode == 0, bot.told
    assert [one for one in (TOKEN, str(CHAT), "Kolding") if one in bot.told] == []


def rows(env: dict[str, str]) -> dict[str, int]:
    """How many rows there are of people."""
    database = sqlite3.connect(env["VEJVISER_DATABASE"])
    tables = ("chats", "subscriptions", "exclusions", "outbox", "questions")
    counts = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    database.close()
    return {name: count for name, count in counts.items() if count}


def readable(env: dict[str, str]) -> list[str]:
    """The files beside the database in which the chat's number can be read, in any usual spelling."""
    spelt = [str(CHAT).encode(), str(CHAT).encode("utf-16-le"), CHAT.to_bytes(8, "big"), CHAT.to_bytes(8, "little")]
    files = sorted(Path(env["VEJVISER_DATABASE"]).parent.iterdir())
    assert files
    return [one.name for one in files if any(number in one.read_bytes() for number in spelt)]


async def test_from_an_edit_to_a_notice_to_nothing_left(
    fake: FakeTelegram, base: Path, env: dict[str, str], command: Command
) -> None:
    knowledge = ("--knowledge", str(base))
    person = Person(fake)
    async with running(fake, env, *knowledge):
        assert "Du får nu besked om Kolding: med det samme." in (await person.say("giv mig besked om Kolding")).text
        assert "alle tider af døgnet" in (await person.say("du må skrive til mig hele døgnet")).text

        # The editor.
        file = base / "data" / "municipalities" / "kolding.yaml"
        text = file.read_text("utf-8")
        for language in ("da", "en"):
            assert BEFORE[language] in text
            text = text.replace(BEFORE[language], AFTER[language])
        file.write_text(text, "utf-8")
        assert "warning [untold]" in await asyncio.to_thread(command, "check", str(base))
        draft = await asyncio.to_thread(command, "changes", "--since", str(SHIPPED), *knowledge)
        assert f"{BEFORE['da']} -> {AFTER['da']}" in draft
        with (base / "data" / "updates.yaml").open("a", encoding="utf-8") as updates:
            updates.write(draft)
        checked = await asyncio.to_thread(command, "check", str(base))
        assert "No errors and no warnings" in checked
        preview = await asyncio.to_thread(command, "announce", "--preview", *knowledge)
        assert "1 chat at once, 0 chats by digest" in preview
        assert "Ændret hos Kolding" in preview
        assert "Changed in Kolding" in preview
        assert fake.sent[-1].text.startswith("Jeg skriver")
        assert "queued for 1 chat" in await asyncio.to_thread(command, "announce", *knowledge)
        assert "nothing is queued" in await asyncio.to_thread(command, "announce", *knowledge)

        # The person again.
        notice = await person.hears()
        assert "Ændret hos Kolding: „Samarbejde på tværs af forvaltninger“." in notice.text
        assert "Du får denne besked, fordi du abonnerer på Kolding." in notice.text
        assert readable(env) == []
        stopped = await person.press("Stop besked om Kolding")
        assert stopped.text.startswith("Du får ikke længere besked om Kolding.")
        assert "Prøve Kommune, post@proeve.dk" in (told := (await person.say("/privatliv")).text)
        assert "når du ikke har skrevet i 365 dage" in told
        assert "Det hele står i filen" in (await person.say("/minedata")).text
        handed = (await person.hears()).file
        assert handed
        kept = json.loads(handed[1])
        # What waits is the question itself.
        assert (kept["subscriptions"], kept["session"]["language"], kept["waiting"]) == ([], "da", 1)
        assert rows(env) == {"chats": 1}
        assert "Skal jeg slette alt" in (await person.say("/slet")).text
        assert (await person.press("Slet alt om mig")).text.startswith("Alt om dig er slettet")
        assert rows(env) == {}
    assert readable(env) == []


TOURS = {
    "da": ("/rundtur", "Ny på området", "Næste", "hvem har en mentorordning?", "Aarhus og Roskilde",
           "Fortsæt rundturen (trin 2 af 6)", "Trin 2 af 6 · Hvem har strategier?", "Trin 1 af 6"),
    "en": ("/tour", "New to the field", "Next", "who runs mentor schemes?", "Aarhus and Roskilde",
           "Continue the tour (step 2 of 6)", "Step 2 of 6 · Who has strategies?", "Step 1 of 6"),
}  # fmt: skip


@pytest.mark.parametrize("language", TOURS)
async def test_the_tour_in_telegram_with_a_question_and_a_restart(
    fake: FakeTelegram, env: dict[str, str], language: str
) -> None:
    begin, role, forward, question, answer, go_on, second, first = TOURS[language]
    person = Person(fake, language)
    async with running(fake, env):
        await person.say(begin)
        assert first in (await person.press(role)).text
        answered = await person.say(question)
        assert answer in answered.text
        assert go_on in answered.buttons
    async with running(fake, env):
        step = await person.press(go_on)
        assert step.text.startswith(second)
        while not step.text.startswith(f"{second[:5]}6 "):
            step = await person.press(forward)
    assert len(fake.sent) == 3


@pytest.mark.parametrize("language", TOURS)
def test_the_tour_in_the_terminal_with_a_question_and_a_restart(command: Command, language: str) -> None:
    begin, role, forward, question, answer, go_on, second, first = TOURS[language]
    shown = command("chat", stdin=f"{begin}\n{role}\n{question}\n")
    assert first in shown
    assert answer in shown
    assert go_on in shown
    again = command("chat", stdin=f"{go_on}\n" + f"{forward}\n" * 4)
    assert second in again
    assert f"{second[:5]}6 " in again


def test_a_subscription_made_in_the_terminal_is_told_there(base: Path, env: dict[str, str], command: Command) -> None:
    knowledge = ("--knowledge", str(base))
    command("chat", *knowledge, stdin="giv mig besked om Kolding\nhele døgnet\n")
    newest = (
        "- {id: 2027-01-01-x, date: 2027-01-01, kind: changed, affects: [kolding-2014], text: {da: Ny tekst., en: A.}}"
    )
    with (base / "data" / "updates.yaml").open("a", encoding="utf-8") as updates:
        updates.write(newest)
    assert "queued for 1 chat" in command("announce", *knowledge)
    with OnTerminal("chat", *knowledge, **env) as terminal:
        shown = terminal.wait_for("\x1b[?2004h")
        assert "Hej! Jeg er en robot" in shown
        assert "Ny tekst." in shown
        assert "Stop besked om Kolding" in shown
        assert "Du får ikke længere besked om Kolding" in terminal.answer_to("1")
        terminal.type("q\r")
        assert terminal.ends() == 0
    assert "Ny tekst." not in command("chat", *knowledge)
    assert "waiting  0" in command("outbox")


def test_the_terminal_tells_what_comes_while_one_talks(base: Path, env: dict[str, str], command: Command) -> None:
    with OnTerminal("chat", "--knowledge", str(base), **env) as terminal:
        terminal.wait_for("\x1b[?2004h")
        terminal.answer_to("giv mig besked om alt")
        terminal.answer_to("hele døgnet")
        newest = (
            "- {id: 2027-01-01-x, date: 2027-01-01, kind: changed, affects: [kolding-2014], text: {da: Ny., en: A.}}"
        )
        with (base / "data" / "updates.yaml").open("a", encoding="utf-8") as updates:
            updates.write(newest)
        command("announce", "--knowledge", str(base))
        shown = terminal.answer_to("hvad gør Aarhus?")
        assert shown.index("Aarhus") < shown.index("Ny.")
        assert "Stop besked om alt" in shown
