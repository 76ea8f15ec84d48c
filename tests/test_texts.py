"""The bot's own words: whole and alike in both languages, each used, and each given what it asks for."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from jinja2 import Environment, nodes

from bot.channels.web_errors import SPOKEN
from bot.links.finding import KINDS, WHY
from handlers.actions import COMMANDS
from handlers.dialogue import HANDLERS
from handlers.picture import State
from handlers.reply import LinkKind
from handlers.texts import CATALOGUES, TextError, say
from handlers.tour import ROUTES, STEPS
from handlers.welcome import talk
from knowledge.gaps import GAPS
from knowledge.model import LANGUAGES, SEASONS, Document, Language, StrategyKind, Update

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "bot" / "channels" / "templates"
LINKS = get_args(LinkKind)
STATES = tuple(one.replace("_", "-") for one in get_args(State))
UPDATES = get_args(get_type_hints(Update)["kind"])
PREFIXES: dict[str, tuple[str, ...]] = {
    "season-": tuple(SEASONS),
    "strategy-": ("adopted", "launched", "presented"),
    "paper-": get_args(get_type_hints(Document)["kind"]),
    "link-": LINKS,
    "terminal-link-": LINKS,
    "telegram-link-": LINKS,
    "web-link-": LINKS,
    "web-error-": (*SPOKEN.values(), "refused"),
    "web-error-text-": (*SPOKEN.values(), "refused"),
    "operators-command-": ("status", "announce", "unanswered", "reload"),
    "telegram-command-": tuple({one for words in COMMANDS.values() for one in words.values()}),
    "count-": ("strategies", "themes", "documents", "initiatives", "partners", "municipalities"),
    "order-": ("sorted", "reversed"),
    "year-": ("strategies", "before", "after"),
    "tour-title-": tuple(STEPS),
    "tour-role-": tuple(ROUTES),
    "tour-for-": tuple(ROUTES),
    "privacy-": ("address", "session", "waiting", "subscriptions", "times"),
    "my-data-language-": get_args(Language),
    "typed-": ("yes", "no", "next", "back", "all", "again", "leave", "step", "settings", *ROUTES),
    "ask-": ("overview", "documents", "dates", "partners", "goals"),
    "news-": UPDATES,
    "state-": STATES,
    "counted-": STATES,
    "link-kind-": ("document", "page"),
    "draft-": UPDATES,
    "judge-": ("yes", "no"),
    "gap-": GAPS,
    "editors-": (*get_args(StrategyKind), "initiative", "goal", "milestone"),
    "links-kind-": KINDS,
    "links-why-": WHY,
}
"""Keys that the code puts together, f"season-{...}": what can follow each beginning."""
NAMED_LIKE_THE_INTENT = tuple(intent.replace("_", "-") for intent, handler in HANDLERS.items() if handler is talk)
YEARS = {"year", "start", "until"}
"""Values that are years: a number would be written "2.014"."""


class _Parts(Visitor):
    """Collects what a pattern is made of."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.texts: list[str] = []

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: ftl.TextElement) -> None:
        self.texts.append(node.value)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:
        pytest.fail(f"refers to '{node.id.name}': every text stands for itself, for each is parsed alone")

    def visit_TermReference(self, node: ftl.TermReference) -> None:
        pytest.fail(f"refers to '-{node.id.name}': every text stands for itself, for each is parsed alone")


@cache
def catalogue(language: str) -> dict[str, _Parts]:
    """Key -> what its text is made of, of all catalogues of a language. Fails on a fault and on a key given twice."""
    found: dict[str, _Parts] = {}
    for path in sorted(CATALOGUES.glob(f"{language}*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path.name}: '{entry.id.name}' is given twice"
                parts = found[entry.id.name] = _Parts()
                parts.visit(entry)
    return found


@dataclass(frozen=True)
class Call:
    """A call of `say`: where, with which keys (one of them each time), and with which values."""

    place: str
    keys: tuple[str, ...]
    values: dict[str, ast.expr]
    whole: bool
    """Whether the values are all named there, and none come by `**`."""


def calls() -> Iterator[Call]:
    """Every call of `say` in the handlers, the bot, and the pages' templates."""
    yield from template_calls()
    for package in ("handlers", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            name = path.relative_to(ROOT).as_posix()
            outer = [
                node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            ]
            for scope in outer:
                for node in ast.walk(scope):
                    if isinstance(node, ast.Call) and _is_say(node.func) and not _passes_on(node):
                        values = {one.arg: one.value for one in node.keywords if one.arg}
                        whole = all(one.arg for one in node.keywords)
                        place = f"{name}:{node.lineno}"
                        yield Call(place, tuple(_keys(_key_of(node), scope, place)), values, whole)


def template_calls() -> Iterator[Call]:
    """The same of the templates, where the language is a given."""
    for path in sorted(TEMPLATES.glob("*.html")):
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
            if not (isinstance(call.node, nodes.Name) and call.node.name == "say"):
                continue
            place, key = f"{path.name}:{call.lineno}", call.args[0]
            assert isinstance(key, nodes.Const), f"{place}: cannot tell which text is meant"
            values: dict[str, ast.expr] = {one.key: ast.Name("given") for one in call.kwargs}
            assert not YEARS & values.keys(), f"{place}: a year goes in from the code"
            yield Call(place, (key.value,), values, whole=True)


def _is_say(function: ast.expr) -> bool:
    """`say` itself, or the method of a turn."""
    match function:
        case ast.Name(id="say") | ast.Attribute(attr="say"):
            return True
    return False


def _key_of(call: ast.Call) -> ast.expr:
    """`turn.say(key)` and `say(language, key)`."""
    return call.args[0 if isinstance(call.func, ast.Attribute) else 1]


def _passes_on(call: ast.Call) -> bool:
    """Turn.say itself hands a key on that somebody else chose."""
    return ast.unparse(call) == "say(self.language, key, **values)"


def _keys(key: ast.expr, scope: ast.AST, place: str) -> Iterator[str]:
    """Every key that the expression can stand for."""
    match key:
        case ast.Constant(value=str(one)):
            yield one
        case ast.IfExp(body=one, orelse=other):
            yield from _keys(one, scope, place)
            yield from _keys(other, scope, place)
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), ast.FormattedValue()]) if prefix in PREFIXES:
            yield from (prefix + end for end in PREFIXES[prefix])
        case ast.Name(id=name) if values := list(_assigned(name, scope)):
            for value in values:
                yield from _keys(value, scope, place)
        case ast.Call() if ast.unparse(key) == "turn.query.intent.replace('_', '-')":
            yield from NAMED_LIKE_THE_INTENT
        case _:
            pytest.fail(f"{place}: cannot tell which text is meant by {ast.unparse(key)}; see PREFIXES")


def _assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets):
            yield node.value


def test_both_languages_have_the_same_texts() -> None:
    """Every key stands in every language."""
    first, *others = (catalogue(language) for language in LANGUAGES)
    assert [sorted(first.keys() ^ other.keys()) for other in others] == [[] for _ in others]


def test_both_languages_ask_for_the_same_values() -> None:
    """A text has the same variables in every language."""
    first, *others = (catalogue(language) for language in LANGUAGES)
    for other in others:
        assert [key for key in first.keys() & other.keys() if first[key].variables != other[key].variables] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said(language: str) -> None:
    """Each by itself; one that is in no catalogue is a fault."""
    for key, parts in catalogue(language).items():
        assert say(language, key, **dict.fromkeys(parts.variables, "1")).strip(), key
    with pytest.raises(TextError):
        say(language, "no-such-text")


def test_every_text_that_is_said_exists() -> None:
    """No key in the code is missing in a catalogue."""
    for language in LANGUAGES:
        missing = [f"{one.place}: {key}" for one in calls() for key in one.keys if key not in catalogue(language)]
        assert missing == [], language


def test_every_text_is_said() -> None:
    """No text is left over from what was once said."""
    said = {key for one in calls() for key in one.keys}
    for language in LANGUAGES:
        assert sorted(catalogue(language).keys() - said) == [], language


def test_every_text_gets_its_values() -> None:
    """Whoever says a text names every value in it."""
    lacking = [
        f"{one.place}: {key} lacks {sorted(missing)}"
        for one in calls()
        for key in one.keys
        if one.whole and key in catalogue("da") and (missing := catalogue("da")[key].variables - one.values.keys())
    ]
    assert lacking == []


def test_years_are_given_as_text() -> None:
    """A year goes in as `str(...)`, or from a function of ours whose name says that it is the spoken year."""
    numbers = [
        f"{one.place}: {name}={ast.unparse(value)}"
        for one in calls()
        for name, value in one.values.items()
        if name in YEARS
        and not (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"str", "_year"})
    ]
    assert numbers == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_typographic(language: str) -> None:
    """Straight double quotes belong to code."""
    assert [key for key, parts in catalogue(language).items() if any('"' in text for text in parts.texts)] == []
