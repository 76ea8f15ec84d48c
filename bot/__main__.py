"""The command `vejviser`. Each subcommand imports what it needs when it runs, so that `ask` starts fast."""

import gc
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands_editors import editors
from bot.edge import BASE_AT_FAULT, Knowledge, Language, quiet_edge, reading_settings, tell

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.store import Store
    from handlers.dialogue import Dialogue
    from handlers.keeping import Keeping

app = typer.Typer(
    help="Answers questions about Danish municipalities' strategies for the social economy.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(editors)


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="Left out: standard input, one question a line.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    lang: Annotated[Language | None, typer.Option(help="The answer's language; else the question's own.")] = None,
    knowledge: Knowledge = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Answer from the base as it was on that day.")
    ] = None,
) -> None:
    """Answer one question, or each line of standard input (an empty line begins a new conversation)."""
    with quiet_edge():
        import bot.ask
        from bot.channels.streams import shows_style
        from bot.channels.terminal_view import Look, plain

        look: Look | None = None if as_json else plain
        if look and shows_style():
            from bot.channels.terminal_style import styled as look
        bot.ask.ask(_dialogue(knowledge, day=as_of.date() if as_of else None), question or [], lang or "", look)


@app.command()
def chat(
    lang: Annotated[Language | None, typer.Option(help="The language to begin in.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Talk in the terminal."""
    with quiet_edge():
        import asyncio

        import bot.channels.terminal
        from bot.announcing import Announcer
        from bot.config import ConfigError, load_settings
        from bot.conversation import Conversation
        from bot.store import Store
        from bot.store_database import StoreError
        from knowledge.loading import SHIPPED

        settings = store = announcer = None
        try:
            settings = load_settings()
            store = asyncio.run(Store.open(settings))
        except (ConfigError, StoreError) as error:
            tell(f"Nothing of this conversation will be kept: {error}")
        conversation = Conversation(_dialogue(knowledge, _keeping(settings, store is not None)), store)
        if settings and store:
            # Another base is one to try things with: nobody else is told of what it says.
            automatic = settings.announce and knowledge is None
            announcer = Announcer(conversation, store, knowledge or SHIPPED, automatic)
            # No bot may be running on this database, and people are told that what is old is erased.
            asyncio.run(_tidied(store, settings))
        bot.channels.terminal.chat(conversation, lang or "", _user(), announcer)


@app.command()
def brief(
    name: Annotated[list[str], typer.Argument(help="A municipality or a theme, by its name or its id.")],
    lang: Annotated[Language | None, typer.Option(help="The page's language; else that of the words.")] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it, - for standard output; else NAME.pdf here.")
    ] = None,
    knowledge: Knowledge = None,
) -> None:
    """Put a municipality or a theme on one page of A4, as a PDF to print."""
    with quiet_edge():
        import bot.handout

        dialogue = _dialogue(knowledge)
        page = bot.handout.page_on(dialogue, " ".join(name), lang or "")
        if page is None:
            tell(bot.handout.nothing_on(dialogue, " ".join(name), lang or ""))
            raise typer.Exit(1)
        if told := bot.handout.write_page(page, output):
            print(told)


@app.command()
def run(knowledge: Knowledge = None) -> None:
    """Serve the page, and with the token in VEJVISER_TELEGRAM_TOKEN Telegram, too."""
    with reading_settings() as settings:
        import asyncio

        import bot.app
        from bot.conversation import Conversation
        from bot.store import Store
        from knowledge.loading import SHIPPED

        store = asyncio.run(Store.open(settings))
        conversation = Conversation(_dialogue(knowledge, _keeping(settings, stored=True)), store)
        bot.app.run(settings, conversation, knowledge or SHIPPED)


@app.command()
def announce(
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show the notices, and how many would get them.")
    ] = False,
    knowledge: Knowledge = None,
) -> None:
    """Queue what the base tells and was not announced yet; the running bot sends it."""
    with reading_settings() as settings:
        import asyncio

        import bot.outbox
        from bot.channels.terminal_view import plain
        from knowledge.loading import SHIPPED

        base = knowledge or SHIPPED
        told = bot.outbox.preview_new(settings, base, plain) if preview else bot.outbox.announce_new(settings, base)
        print(asyncio.run(told))


@app.command()
def outbox(
    retry: Annotated[bool, typer.Option("--retry", help="Have what failed sent again.")] = False,
) -> None:
    """Tell how many notices wait, are held back, or have failed."""
    with reading_settings() as settings:
        import asyncio

        import bot.outbox

        print(asyncio.run(bot.outbox.standing(settings, retry)))


@app.command()
def inbox() -> None:
    """Tell how many updates of Telegram wait to be answered, and what could not be."""
    with reading_settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.inbox(settings)))


@app.command()
def status(knowledge: Knowledge = None) -> None:
    """Tell how the bot stands: the base, what is kept, and what waits to be sent; beside a running bot, too."""
    with reading_settings() as settings:
        import asyncio

        import bot.status
        from knowledge.loading import SHIPPED

        told, sound = asyncio.run(bot.status.standing(settings, knowledge or SHIPPED))
        print(told)
        if not sound:
            raise typer.Exit(BASE_AT_FAULT)


@app.command()
def unanswered(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    knowledge: Knowledge = None,
) -> None:
    """Show the kept questions that had no answer or a bad one, grouped, with what each comes nearest to."""
    with reading_settings() as settings:
        import asyncio

        import bot.unanswered_list

        understander = _dialogue(knowledge).understander
        print(asyncio.run(bot.unanswered_list.unanswered(settings, understander, as_json)))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date (on SQLite every start does so)."""
    with reading_settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.migrate(settings)))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Copy the SQLite database as it is at one moment, while the bot runs."""
    with reading_settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.backup(settings, file)))


@app.command()
def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A SQLite file, or postgresql://user@host/name.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Another one, empty; called again, it is continued.")],
) -> None:
    """Copy a database into another, of the same kind or the other; stop the bot first."""
    with reading_settings() as settings:
        import asyncio

        import bot.copying

        print(asyncio.run(bot.copying.copy_database(settings, source, target)))


@app.command()
def rotate_key() -> None:
    """Seal everything anew under a new key; the bot may run."""
    with reading_settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.rotate_key(settings)))


def main() -> None:
    """The entry point of `vejviser` and `python -m bot`."""
    # Starting makes many objects and hardly any garbage; what goes on for longer turns the collector on again.
    gc.disable()
    app(prog_name="vejviser")


def _dialogue(knowledge: Path | None, keeping: "Keeping | None" = None, day: date | None = None) -> "Dialogue":
    """The dialogue over the base in `knowledge`, None for the one that ships. Raises KnowledgeError.

    `keeping` None: nothing is stored.
    """
    from bot.folders import cache_folder
    from handlers.dialogue import load_dialogue
    from handlers.keeping import NOTHING_STORED
    from knowledge.loading import SHIPPED

    dialogue = load_dialogue(knowledge or SHIPPED, cache_folder(), keeping or NOTHING_STORED, day)
    # All that is there now stays until the process ends: no answer should wait while the collector goes through it.
    gc.freeze()
    gc.enable()
    return dialogue


async def _tidied(store: "Store", settings: "Settings") -> None:
    """Erases what is old, before the conversation begins."""
    from bot.housekeeping import Housekeeping

    await Housekeeping(store, settings).tidy()
    # The next event loop makes connections of its own.
    await store.close()


def _keeping(settings: "Settings | None", stored: bool) -> "Keeping":
    """How people's data are kept, as they are told who ask; `settings` None: those could not be read."""
    from handlers.keeping import Keeping

    if settings is None:
        return Keeping(stored)
    judged = stored and settings.judged
    return Keeping(
        stored, settings.operator, settings.inactive_days, settings.unanswered_days, judged, settings.access == "invite"
    )


def _user() -> str:
    """Whose chat the terminal's is; "" where the system has no name for them."""
    import getpass

    try:
        return getpass.getuser().encode("utf-8", "replace").decode()
    except (OSError, KeyError, ImportError):
        return ""


if __name__ == "__main__":
    main()
