"""How many updates a second are answered over long polling, beside a plain python-telegram-bot that echoes.

Telegram is the tests' strict server on loopback, in a process of its own, and so is each bot. All updates are there at
once. Vejviser keeps inbox and sessions in a SQLite file; as a parrot it repeats what it is told, as the echo does.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.machine import machine, percentile, table
from tests.fake_telegram import TOKEN, FakeTelegram

UPDATES, CHATS, ROUNDS = 2000, 200, 3
TEXTS = ("hvilke kommuner har en mentorordning?", "hvad gør Kolding?", "og Aarhus?", "hvad er et netværk?")
BOTS = ("echo", "parrot", "vejviser")
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 600.0


async def telegram(updates: int, chats: int) -> None:
    """The server: prints its address, and for each line that it reads, what the bot did with all the updates."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with FakeTelegram() as fake:
        for chat in range(1, chats + 1):
            fake.chats[chat] = {"id": chat, "type": "private", "first_name": "A"}
        print(fake.root, flush=True)
        await fake.polled()
        while await lines.readline():
            fake.sent.clear()
            fake.calls.clear()
            started = time.perf_counter()
            fake.updates.waiting += [
                {"update_id": fake.number(), "message": _message(fake, place % chats + 1, place)}
                for place in range(updates)
            ]
            await fake.updates.tell()
            async with asyncio.timeout(PATIENCE):
                while len(fake.sent) < updates:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
            seconds = time.perf_counter() - started
            await fake.delivered()
            told = Counter(one.chat for one in fake.sent)
            print(json.dumps([seconds, len(fake.sent), min(told.values())]), flush=True)


def _message(fake: FakeTelegram, chat: int, place: int) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "da"}
    text = TEXTS[place // CHATS % len(TEXTS)]
    return {"message_id": place, "date": int(time.time()), "chat": fake.chats[chat], "from": person, "text": text}


def echo(root: str) -> None:
    """A bot as python-telegram-bot's first example has it."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def repeat(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    application = ApplicationBuilder().token(TOKEN).base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, repeat))
    application.run_polling()


def parrot() -> None:
    """Vejviser with a dialogue that costs nothing."""
    from bot import app
    from bot.config import load_settings
    from bot.conversation import Conversation
    from bot.store import Store
    from knowledge.loading import SHIPPED
    from tests.bot.conftest import HandMade

    settings = load_settings()
    app.run(settings, Conversation(HandMade(), asyncio.run(Store.open(settings))), SHIPPED)


@asynccontextmanager
async def process(*words: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of them."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", *words, env={**os.environ, **more},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield started
    finally:
        started.kill()
        await started.wait()


def cpu(pid: int) -> float:
    """Processor time of a process so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def run(bot: str, folder: Path, updates: int, chats: int) -> tuple[float, float]:
    """Updates a second, and the bot's milliseconds of processor time for each."""
    module = "benchmarks.updates"
    async with process(module, "--telegram", str(updates), str(chats)) as server:
        assert server.stdout
        assert server.stdin
        root = (await server.stdout.readline()).decode().strip()
        words = ("bot", "run") if bot == "vejviser" else (module, f"--{bot}", root)
        settings = {
            "VEJVISER_TELEGRAM_TOKEN": TOKEN, "VEJVISER_TELEGRAM_LIMIT": "0",
            "VEJVISER_TELEGRAM_API": root, "VEJVISER_WEB": "off",
            "VEJVISER_DATABASE": str(folder / "data" / "v.db"), "VEJVISER_KEY_FILE": str(folder / "key"),
            "VEJVISER_ANNOUNCE": "off", "VEJVISER_LOG_LEVEL": "ERROR", "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        async with process(*words, **settings) as one:
            figures = []
            for _ in range(2):  # the first warms up
                server.stdin.write(b"go\n")
                before = cpu(one.pid)
                seconds, sent, fewest = json.loads(await server.stdout.readline())
                assert (sent, fewest) == (updates, updates // chats), (sent, fewest)
                figures.append((updates / seconds, 1000 * (cpu(one.pid) - before) / updates))
            return figures[-1]


async def measure(bots: list[str], rounds: int, updates: int, chats: int) -> None:
    """The bots in turn, so that what else the machine does hits all of them."""
    found: dict[str, list[tuple[float, float]]] = {one: [] for one in bots}
    for place in range(rounds):
        for one in bots:
            with tempfile.TemporaryDirectory() as folder:
                found[one].append(await run(one, Path(folder), updates, chats))
            rate, cost = found[one][-1]
            print(f"{one} {place}: {rate:.0f}/s, {cost:.2f} ms", file=sys.stderr, flush=True)
    medians = {one: percentile([rate for rate, _ in each], 0.5) for one, each in found.items()}
    rows = [
        [
            one,
            ", ".join(f"{rate:.0f}" for rate, _ in each),
            f"{medians[one]:.0f}",
            f"{percentile([cost for _, cost in each], 0.5):.2f}",
            f"{medians[one] / medians[bots[0]]:.2f}",
        ]
        for one, each in found.items()
    ]
    print(table(["bot", "updates/s", "median", "CPU ms an update", f"of {bots[0]}"], rows))


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.updates", description=__doc__)
    parser.add_argument("--bots", help=f"some of {','.join(BOTS)}", default=",".join(BOTS))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--updates", type=int, default=UPDATES)
    parser.add_argument("--telegram", nargs=2, type=int, help=argparse.SUPPRESS)
    parser.add_argument("--echo", help=argparse.SUPPRESS)
    parser.add_argument("--parrot", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.telegram:
        asyncio.run(telegram(*chosen.telegram))
    elif chosen.echo:
        echo(chosen.echo)
    elif chosen.parrot:
        parrot()
    else:
        print(machine(("python-telegram-bot", "aiohttp", "httpx", "sqlalchemy", "aiosqlite")))
        asyncio.run(measure(chosen.bots.split(","), chosen.rounds, chosen.updates, CHATS))


if __name__ == "__main__":
    main()
