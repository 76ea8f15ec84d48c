"""The command `vejviser`. Each subcommand imports what it needs when it runs, so that `ask` starts fast."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.store import Store
    from handlers.dialogue import Dialogue
    from handlers.keeping import Keeping

BASE_AT_FAULT = 2
"""Exit status where the knowledge base cannot be loaded."""

app = typer.Typer(
    help="Answers questions about Danish municipalities' strategies for the social economy.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

new = typer.Typer(help="Begin an entry of a knowledge base.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(new, name="new")

Knowledge = Annotated[Path | None, typer.Option(metavar="DIR", help="Another knowledge base than the one that ships.")]
Language = Literal["da", "en"]


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
    with _quiet_edge():
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
    with _quiet_edge():
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
            _say(f"Nothing of this conversation will be kept: {error}")
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
    with _quiet_edge():
        import bot.handout

        dialogue = _dialogue(knowledge)
        page = bot.handout.page_on(dialogue, " ".join(name), lang or "")
        if page is None:
            _say(bot.handout.nothing_on(dialogue, " ".join(name), lang or ""))
            raise typer.Exit(1)
        if told := bot.handout.write_page(page, output):
            print(told)


@app.command()
def run(knowledge: Knowledge = None) -> None:
    """Serve the page, and with the token in VEJVISER_TELEGRAM_TOKEN Telegram, too."""
    with _settings() as settings:
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
    with _settings() as settings:
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
    with _settings() as settings:
        import asyncio

        import bot.outbox

        print(asyncio.run(bot.outbox.standing(settings, retry)))


@app.command()
def inbox() -> None:
    """Tell how many updates of Telegram wait to be answered, and what could not be."""
    with _settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.inbox(settings)))


@app.command()
def status(knowledge: Knowledge = None) -> None:
    """Tell how the bot stands: the base, what is kept, and what waits to be sent; beside a running bot, too."""
    with _settings() as settings:
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
    with _settings() as settings:
        import asyncio

        import bot.unanswered_list

        understander = _dialogue(knowledge).understander
        print(asyncio.run(bot.unanswered_list.unanswered(settings, understander, as_json)))


@app.command()
def teach(
    question: Annotated[list[str] | None, typer.Argument(help="Left out: one of those that are kept.")] = None,
    intent: Annotated[str, typer.Option(metavar="NAME", help="What it asks: the name of a phrase file.")] = "",
    lang: Annotated[Language | None, typer.Option(help="The phrase file's language; else the question's own.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Write it without asking, where nothing speaks against it.")
    ] = False,
    knowledge: Knowledge = None,
) -> None:
    """Put a question into the phrase file of what it asks, once you have seen what that changes."""
    with _settings() as settings:
        import asyncio

        import bot.teach
        from knowledge.loading import SHIPPED

        lessons = bot.teach.Lessons(settings, knowledge or SHIPPED)
        words = " ".join(question or [])
        try:
            done = asyncio.run(lessons.of(words, intent, lang or "", yes) if words else lessons.from_the_list(yes))
        except bot.teach.Left:
            done = False
        raise typer.Exit(0 if done else 1)


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date (on SQLite every start does so)."""
    with _settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.migrate(settings)))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Copy the SQLite database as it is at one moment, while the bot runs."""
    with _settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.backup(settings, file)))


@app.command()
def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A SQLite file, or postgresql://user@host/name.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Another one, empty; called again, it is continued.")],
) -> None:
    """Copy a database into another, of the same kind or the other; stop the bot first."""
    with _settings() as settings:
        import asyncio

        import bot.copying

        print(asyncio.run(bot.copying.copy_database(settings, source, target)))


@app.command()
def rotate_key() -> None:
    """Seal everything anew under a new key; the bot may run."""
    with _settings() as settings:
        import asyncio

        import bot.upkeep

        print(asyncio.run(bot.upkeep.rotate_key(settings)))


@app.command()
def check(
    directory: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Left out: the base that ships.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail where there are warnings, too.")] = False,
    mend: Annotated[bool, typer.Option("--fix", help="First mend what is safe to mend, and tell it.")] = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Ask each sentence of the phrase files as if it were not listed (slow).")
    ] = False,
    older_than: Annotated[
        int | None, typer.Option(metavar="YEARS", min=1, help="When a source is old; else as checks.yaml says.")
    ] = None,
    form: Annotated[
        Literal["people", "sarif", "github"], typer.Option("--format", help="For whom it is told.")
    ] = "people",
) -> None:
    """Tell what is wrong with a knowledge base and what to look at, each with file, line, entry and what to do."""
    with _quiet_edge():
        import bot.check
        from knowledge.loading import SHIPPED

        looking = bot.check.Looking(older_than or 0, deep, strict)
        sound = bot.check.check(directory or SHIPPED, form, looking, mend)
        raise typer.Exit(0 if sound else 1)


@app.command()
def schema(
    directory: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Left out: the base that ships.")] = None,
) -> None:
    """Write the JSON Schema of every file of a base and name it in their first lines, for programs that check by it."""
    with _quiet_edge():
        from knowledge.loading import SHIPPED
        from knowledge.schemas import write

        written = write(directory or SHIPPED)
        for path in written:
            print(path.relative_to(directory or SHIPPED).as_posix())
        print(f"{len(written) or 'No'} {'file' if len(written) == 1 else 'files'} written in {directory or SHIPPED}")


@new.command()
def municipality(
    name: Annotated[list[str], typer.Argument(help="One of Denmark's municipalities.")],
    knowledge: Knowledge = None,
) -> None:
    """Write a municipality's file, with a comment at each field on what belongs there."""
    with _quiet_edge():
        from knowledge.loading import SHIPPED
        from knowledge.skeleton import NotMade, new_municipality

        base = knowledge or SHIPPED
        try:
            made = new_municipality(base, " ".join(name))
        except NotMade as error:
            _say(str(error))
            raise typer.Exit(1) from None
        print(f"{made.file.as_posix()} is written, and its strategy stands last in {made.documents.as_posix()}.")
        print(f"{made.places} lines say UDFYLD: fill them in. `vejviser check` tells which are left;")
        print("until there are none, the base starts no bot.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A text or a PDF; - for standard input.")],
    municipality: Annotated[str, typer.Option(metavar="NAME", help="The municipality that it is about.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A new file; left out: standard output.")
    ] = None,
    knowledge: Knowledge = None,
) -> None:
    """Draft the entries of a strategy, for a person to correct: nothing of it enters the base by itself."""
    with _quiet_edge():
        from bot.importing import NotDrafted, draft
        from knowledge.loading import SHIPPED

        base = knowledge or SHIPPED
        try:
            drafted = draft(file, municipality, base, output)
        except NotDrafted as error:
            _say(str(error))
            raise typer.Exit(1) from None
        if output is None:
            print(drafted, end="")
        else:
            with output.open("x", encoding="utf-8", newline="\n") as out:
                out.write(drafted)


@app.command()
def changes(
    since: Annotated[str, typer.Option(metavar="REV|DIR", help="A git revision, or a folder with the earlier base.")],
    knowledge: Knowledge = None,
) -> None:
    """Tell what has changed in a knowledge base, and draft the updates.yaml entries that tell people of it."""
    with _quiet_edge():
        from bot.changes import changes_since
        from knowledge.changes import NoSuchState
        from knowledge.loading import SHIPPED

        try:
            print(changes_since(since, knowledge or SHIPPED), end="")
        except NoSuchState as error:
            _say(str(error))
            raise typer.Exit(1) from None


@app.command()
def links(
    private: Annotated[
        bool, typer.Option("--private", help="Look also at addresses in this machine's own network, as of an intranet.")
    ] = False,
    lang: Annotated[Language | None, typer.Option(help="The report's language; else VEJVISER_LANGUAGE.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Look whether every address in a knowledge base still works, and note there when; stopped, it goes on."""
    with _settings() as settings:
        import bot.links.run
        from knowledge.loading import SHIPPED

        raise typer.Exit(bot.links.run.look(knowledge or SHIPPED, lang or settings.language, private=private))


@app.command()
def history(
    entry: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry, also of one that is gone.")],
    knowledge: Knowledge = None,
) -> None:
    """Tell who changed what of an entry, and when, newest first: what git knows of it."""
    with _quiet_edge():
        from bot.history import NoHistory, history_of
        from knowledge.loading import SHIPPED

        try:
            for line in history_of(entry, knowledge or SHIPPED):
                print(line)
        except NoHistory as error:
            _say(str(error))
            raise typer.Exit(1) from None


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


@contextmanager
def _quiet_edge() -> Iterator[None]:
    """Where errors end: faults of the base and a full disk are told; a reader who left is no error."""
    from knowledge.loading import KnowledgeError

    try:
        yield
        if sys.stdout:
            sys.stdout.flush()
    except KnowledgeError as error:
        for fault in error.faults:
            _say(str(fault))
        raise typer.Exit(BASE_AT_FAULT) from None
    except BrokenPipeError:
        _drop_what_waits()
    except OSError as error:
        _drop_what_waits()
        _say(f"Stopped, for what should be written or read cannot be: {error}")
        raise typer.Exit(1) from None


@contextmanager
def _settings() -> Iterator["Settings"]:
    """The settings; faults of theirs and of the store end here, in a line each."""
    with _quiet_edge():
        from bot.config import ConfigError, load_settings
        from bot.store_database import StoreError

        gc.enable()
        try:
            yield load_settings()
        except (ConfigError, StoreError) as error:
            _say(str(error))
            raise typer.Exit(1) from None


def _user() -> str:
    """Whose chat the terminal's is; "" where the system has no name for them."""
    import getpass

    try:
        return getpass.getuser().encode("utf-8", "replace").decode()
    except (OSError, KeyError, ImportError):
        return ""


def _drop_what_waits() -> None:
    """What is left in standard output's buffer would fail once more when Python ends."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
