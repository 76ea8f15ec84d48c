"""The commands for those who edit the knowledge base. Each imports what it needs when it runs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.edge import Knowledge, Language, quiet_edge, reading_settings, tell

editors = typer.Typer()
new = typer.Typer(help="Begin an entry of a knowledge base.", no_args_is_help=True, rich_markup_mode=None)
editors.add_typer(new, name="new")


@editors.command()
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
    with reading_settings() as settings:
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


@editors.command()
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
    with quiet_edge():
        import bot.check
        from knowledge.loading import SHIPPED

        looking = bot.check.Looking(older_than or 0, deep, strict)
        sound = bot.check.check(directory or SHIPPED, form, looking, mend)
        raise typer.Exit(0 if sound else 1)


@editors.command()
def schema(
    directory: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Left out: the base that ships.")] = None,
) -> None:
    """Write the JSON Schema of every file of a base and name it in their first lines, for programs that check by it."""
    with quiet_edge():
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
    with quiet_edge():
        from knowledge.loading import SHIPPED
        from knowledge.skeleton import NotMade, new_municipality

        base = knowledge or SHIPPED
        try:
            made = new_municipality(base, " ".join(name))
        except NotMade as error:
            tell(str(error))
            raise typer.Exit(1) from None
        print(f"{made.file.as_posix()} is written, and its strategy stands last in {made.documents.as_posix()}.")
        print(f"{made.places} lines say UDFYLD: fill them in. `vejviser check` tells which are left;")
        print("until there are none, the base starts no bot.")


@editors.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A text or a PDF; - for standard input.")],
    municipality: Annotated[str, typer.Option(metavar="NAME", help="The municipality that it is about.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A new file; left out: standard output.")
    ] = None,
    knowledge: Knowledge = None,
) -> None:
    """Draft the entries of a strategy, for a person to correct: nothing of it enters the base by itself."""
    with quiet_edge():
        from bot.importing import NotDrafted, draft
        from knowledge.loading import SHIPPED

        base = knowledge or SHIPPED
        try:
            drafted = draft(file, municipality, base, output)
        except NotDrafted as error:
            tell(str(error))
            raise typer.Exit(1) from None
        if output is None:
            print(drafted, end="")
        else:
            with output.open("x", encoding="utf-8", newline="\n") as out:
                out.write(drafted)


@editors.command()
def changes(
    since: Annotated[str, typer.Option(metavar="REV|DIR", help="A git revision, or a folder with the earlier base.")],
    knowledge: Knowledge = None,
) -> None:
    """Tell what has changed in a knowledge base, and draft the updates.yaml entries that tell people of it."""
    with quiet_edge():
        from bot.changes import changes_since
        from knowledge.changes import NoSuchState
        from knowledge.loading import SHIPPED

        try:
            print(changes_since(since, knowledge or SHIPPED), end="")
        except NoSuchState as error:
            tell(str(error))
            raise typer.Exit(1) from None


@editors.command()
def links(
    private: Annotated[
        bool, typer.Option("--private", help="Look also at addresses in this machine's own network, as of an intranet.")
    ] = False,
    lang: Annotated[Language | None, typer.Option(help="The report's language; else VEJVISER_LANGUAGE.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Look whether every address in a knowledge base still works, and note there when; stopped, it goes on."""
    with reading_settings() as settings:
        import bot.links.run
        from knowledge.loading import SHIPPED

        raise typer.Exit(bot.links.run.look(knowledge or SHIPPED, lang or settings.language, private=private))


@editors.command()
def history(
    entry: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry, also of one that is gone.")],
    knowledge: Knowledge = None,
) -> None:
    """Tell who changed what of an entry, and when, newest first: what git knows of it."""
    with quiet_edge():
        from bot.history import NoHistory, history_of
        from knowledge.loading import SHIPPED

        try:
            for line in history_of(entry, knowledge or SHIPPED):
                print(line)
        except NoHistory as error:
            tell(str(error))
            raise typer.Exit(1) from None
