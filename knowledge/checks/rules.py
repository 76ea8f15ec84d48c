"""All rules in one table, and what they find in a base: `vejviser check` tells it, whatever form it has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.changes import untold
from knowledge.checking import LOADS, RULES, loaded, told
from knowledge.checks.duplicates import alike_name, alike_text, same_address, same_alias, same_name
from knowledge.checks.finding import Finding, Found, Weight
from knowledge.checks.jargon import abbreviation, unexplained_word
from knowledge.checks.languages import same_in_both, unfinished, wrong_language
from knowledge.checks.layout import language_order, place_order, spaces, update_order
from knowledge.checks.names import misspelt_name
from knowledge.checks.pages import Pages
from knowledge.checks.readability import hard_to_read, too_long
from knowledge.checks.settings import CheckSettings, load_settings
from knowledge.checks.sources import no_date, no_source, old, untraceable
from knowledge.checks.typography import typography
from knowledge.checks.unseen import uncovered
from knowledge.library import Library
from knowledge.phrases import Phrasebook
from knowledge.yamlfile import Fault


@dataclass(frozen=True)
class Desk:
    """What a rule may look at."""

    root: Path
    pages: Pages
    settings: CheckSettings
    library: Library
    phrasebook: Phrasebook
    today: date


@dataclass(frozen=True)
class Rule:
    """One thing that is looked at."""

    id: str
    weight: Weight
    about: str
    """What is found by it, in a few words."""
    find: Callable[[Desk], Iterator[Found]] | None = None
    """None: it is found on the way to a base that can be looked at."""
    deep: bool = False
    """Looked at only where asked for: it takes long, or tells much."""


TABLE = (
    Rule(LOADS, "error", "a file that cannot be read, or does not make a base"),
    *(Rule(name, "error", (find.__doc__ or "").partition("\n")[0].rstrip(".")) for name, find in RULES.items()),
    Rule("no-source", "error", "an entry without source", lambda desk: no_source(desk.pages)),
    Rule("no-date", "error", "an entry none of whose sources has a date", lambda desk: no_date(desk.pages)),
    Rule("untraceable", "error", "a source with neither address nor date", lambda desk: untraceable(desk.pages)),
    Rule("same-address", "error", "two documents at one address", lambda desk: same_address(desk.pages)),
    Rule("unfinished", "error", "a text that only keeps the place of one", lambda desk: unfinished(desk.pages)),
    Rule("untold", "warning", "a change that no update tells of"),
    Rule("reworded", "warning", "an update that has changed since it was announced"),
    Rule("same-name", "warning", "two entries under one name", lambda desk: same_name(desk.pages)),
    Rule("alike-name", "warning", "two entries under nearly one name", lambda desk: alike_name(desk.pages)),
    Rule("alike-text", "warning", "two texts in nearly the same words", lambda desk: alike_text(desk.pages)),
    Rule("same-alias", "warning", "one way to write two names", lambda desk: same_alias(desk.pages)),
    Rule("same-in-both", "warning", "a text that is not translated", lambda desk: same_in_both(desk.pages)),
    Rule("wrong-language", "warning", "a text in the other language",
         lambda desk: wrong_language(desk.pages, desk.phrasebook)),
    Rule("abbreviation", "warning", "an unexplained abbreviation",
         lambda desk: abbreviation(desk.pages, desk.settings)),
    Rule("word-of-the-field", "warning", "a word that no term explains",
         lambda desk: unexplained_word(desk.pages, desk.settings)),
    Rule("too-long", "warning", "a text that is too long", lambda desk: too_long(desk.pages, desk.settings)),
    Rule("hard-to-read", "warning", "a text that is hard to read",
         lambda desk: hard_to_read(desk.pages, desk.settings)),
    Rule("misspelt-name", "warning", "a name that is nearly right",
         lambda desk: misspelt_name(desk.pages, desk.settings)),
    Rule("typography", "warning", "other quotation marks or dashes than the base has",
         lambda desk: typography(desk.pages)),
    Rule("spaces", "warning", "spaces at a line's end", lambda desk: spaces(desk.root)),
    Rule("language-order", "warning", "English before Danish", lambda desk: language_order(desk.pages)),
    Rule("place-order", "warning", "municipalities out of the alphabet", lambda desk: place_order(desk.pages)),
    Rule("update-order", "warning", "updates that are not oldest first", lambda desk: update_order(desk.pages)),
    Rule("old", "info", "facts that rest on old sources alone",
         lambda desk: old(desk.pages, desk.settings.older_than, desk.today)),
    Rule("coverage", "warning", "questions that are understood only where they are listed",
         lambda desk: uncovered(desk.root, desk.library, desk.phrasebook, desk.settings.coverage), deep=True),
)  # fmt: skip
BY_ID = {rule.id: rule for rule in TABLE}


def findings(root: Path, *, older_than: int = 0, deep: bool = False, today: date | None = None) -> list[Finding]:
    """All that is found in the base below `root`, in the order of the files.

    Of a base that cannot be loaded: what prevents it, and nothing else. `older_than` 0: what the base itself says.
    """
    settings, wrong = load_settings(root)
    if older_than:
        settings = replace(settings, older_than=older_than)
    base = loaded(root)
    pages = Pages(root)
    faults = [(LOADS, fault) for fault in wrong] + list(told(root, base))
    if base.library and base.phrasebook:
        faults += [("untold", fault) for fault in untold(root, base.library)]
    found = {_of_fault(rule, fault, pages) for rule, fault in faults}
    if base.library and base.phrasebook:
        desk = Desk(root, pages, settings, base.library, base.phrasebook, today or date.today())
        for rule in TABLE:
            if rule.find and (deep or not rule.deep):
                found |= {_finding(rule, one) for one in rule.find(desk) if not settings.accepts(rule.id, one.entry)}
    return sorted(found)


def _of_fault(rule: str, fault: Fault, pages: Pages) -> Finding:
    entry = pages.entry_at(fault.file, fault.field)
    return Finding(fault.file, fault.line, fault.field, fault.message, rule, BY_ID[rule].weight, entry)


def _finding(rule: Rule, found: Found) -> Finding:
    fault = found.file.fault(found.path, found.message)
    return Finding(
        fault.file, found.line or fault.line, fault.field, fault.message, rule.id, rule.weight, found.entry, found.hint
    )
