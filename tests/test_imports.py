"""Who may import whom, and what else must not creep in: the layout's arrows hold only while something checks them."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT: dict[str, set[str]] = {"knowledge": set(), "handlers": {"knowledge"}, "bot": {"knowledge", "handlers"}}
THIRD_PARTY = {"knowledge": {"yaml", "pydantic", "rapidfuzz"}, "handlers": {"babel", "fluent"}}
"""What others' code a package may use; the bot may use all that the project depends on."""
SQL = {"sqlalchemy", "alembic", "aiosqlite", "asyncpg", "sqlite3"}
PRINTING = "bot/printing.py"
"""The only file that knows how pictures and pages are made into files."""
LATE_IMPORTS = {
    "bot/__main__.py",
    "bot/commands_editors.py",
    "bot/edge.py",
    "knowledge/loading.py",
    "knowledge/yamlfile.py",
}
"""Here alone imports stand within functions: each subcommand loads no more than it needs, and a kept base neither
pydantic nor PyYAML."""
ENVIRONMENT = {"bot/config.py"}
TERMINAL_VARIABLES = {"NO_COLOR", "TERM"}
"""What the channels may read of the environment themselves: how the terminal wants to be written to."""
FOLDER_VARIABLES = {"XDG_CACHE_HOME", "LOCALAPPDATA"}
"""What bot/folders.py may: where the system wants files kept."""

FILES = sorted(path.relative_to(ROOT).as_posix() for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))
every_file = pytest.mark.parametrize("file", FILES)


def parsed(file: str) -> ast.Module:
    """The syntax tree of a file, given by its path from the root."""
    return ast.parse((ROOT / file).read_text("utf-8"))


def module_of(file: str) -> str:
    """ "bot/channels/__init__.py" -> "bot.channels"."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module_of(file): file for file in FILES}


def imports_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of all that is imported anywhere in the tree; of `from a import b` both "a" and "a.b"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            name = node.module or ""
            yield node.lineno, name
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)


def packages_in(file: str) -> Iterator[tuple[int, str]]:
    """(line, top-level name) of all that a file imports."""
    return ((line, name.partition(".")[0]) for line, name in imports_in(parsed(file)))


@every_file
def test_arrows(file: str) -> None:
    """A package imports only those of ours that it may."""
    own = file.partition("/")[0]
    ours = {*MAY_IMPORT, "tests", "benchmarks"}
    assert [
        f"{file}:{line}: {name}" for line, name in packages_in(file) if name in ours - {own} - MAY_IMPORT[own]
    ] == []


@every_file
def test_third_party(file: str) -> None:
    """A package uses only the libraries that it may; what has one place stays there: Telegram, SQL, Typst."""
    own = file.partition("/")[0]
    used = [(line, name) for line, name in packages_in(file) if name not in {*sys.stdlib_module_names, *MAY_IMPORT}]
    allowed = THIRD_PARTY.get(own)
    assert [f"{file}:{line}: {name}" for line, name in used if allowed is not None and name not in allowed] == []
    if not file.startswith("bot/channels/telegram"):
        assert [f"{file}:{line}" for line, name in used if name == "telegram"] == []
    if file != PRINTING:
        assert [f"{file}:{line}" for line, name in used if name == "typst"] == []
    if not file.startswith(("bot/store", "bot/migrations/")):
        assert [f"{file}:{line}" for line, name in used if name in SQL] == []


@every_file
def test_imports_stand_at_the_top(file: str) -> None:
    """No import hides within a function."""
    if file in LATE_IMPORTS:
        return
    functions = (node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [f"{file}:{line}: {name}" for function in functions for line, name in imports_in(function)] == []


def test_no_cycles() -> None:
    """Within a package too, imports go one way."""
    graph = {
        module: {name for _, name in imports_in(parsed(file)) if name in MODULES and name != module}
        for module, file in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def environment_reads(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, variable) of each look into the environment; "?" where the code does not say which."""
    named: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="environ") as read),
                args=[ast.Constant(value=str(name)), *_],
            ):
                named[read] = name
            case ast.Call(func=ast.Attribute(attr="getenv") as read, args=[ast.Constant(value=str(name)), *_]):
                named[read] = name
            case ast.Subscript(value=ast.Attribute(attr="environ") as read, slice=ast.Constant(value=str(name))):
                named[read] = name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv", "getenvb"}:
            yield node.lineno, named.get(node, "?")
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from ((node.lineno, "?") for alias in node.names if "env" in alias.name)


@every_file
def test_environment_is_read_in_one_place(file: str) -> None:
    """Settings come from bot/config.py alone."""
    if file in ENVIRONMENT:
        return
    allowed = TERMINAL_VARIABLES if file.startswith("bot/channels/") else set()
    allowed |= FOLDER_VARIABLES if file == "bot/folders.py" else set()
    assert [f"{file}:{line}: {name}" for line, name in environment_reads(parsed(file)) if name not in allowed] == []


@every_file
def test_texts_stand_in_catalogues(file: str) -> None:
    """No Danish word in the code: what people read or write is in .ftl and .yaml.

    Docstrings and other strings that are statements may have some, as examples; so may letters that stand alone
    or in a regular expression's set: they are spelling, not words.
    """
    tree = parsed(file)
    documentation = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = [
        f"{file}:{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation
        if re.search(r"[a-z][æøå]|[æøå][a-z]", re.sub(r"\[[^]]*\]", "", node.value), re.IGNORECASE)
    ]
    assert words == []


@every_file
def test_every_module_says_why_it_exists(file: str) -> None:
    """A module opens with a line on what it is for; only empty files need none."""
    tree = parsed(file)
    assert not tree.body or ast.get_docstring(tree), f"{file} has no docstring"
