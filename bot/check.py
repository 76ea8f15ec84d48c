"""`vejviser check`: looks a base through, mends what is safe to mend, and tells the rest to people or to machines."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.check_annotations import annotations
from bot.check_people import for_people, tell_changes
from bot.check_sarif import sarif
from bot.config import ConfigError, load_settings
from bot.outbox import reworded_in
from bot.store_database import StoreError
from knowledge.checks.finding import Finding, Weight
from knowledge.checks.fixing import fix
from knowledge.checks.rules import findings
from knowledge.library import Library
from knowledge.loading import UPDATES, KnowledgeError, load_knowledge

Format = Literal["people", "sarif", "github"]
FORMATS: dict[Format, Callable[[Path, Sequence[Finding]], None]] = {
    "people": for_people,
    "sarif": lambda base, found: print(sarif(base, found)),
    "github": lambda base, found: print(annotations(base, found), end=""),
}


@dataclass(frozen=True)
class Looking:
    """How closely a base is looked at."""

    older_than: int = 0
    """Years after which a source is old; 0: what the base itself says."""
    deep: bool = False
    strict: bool = False
    """A warning is as bad as an error."""


def check(base: Path, form: Format, looking: Looking, mend: bool = False) -> bool:
    """Tells all that is found in the base, and whether it is as it should be."""
    changes = fix(base) if mend else []
    if form == "people":
        tell_changes(changes)
    found = sorted([*findings(base, older_than=looking.older_than, deep=looking.deep), *_reworded(base)])
    FORMATS[form](base, found)
    bad: set[Weight] = {"error", "warning"} if looking.strict else {"error"}
    return not any(one.weight in bad for one in found)


def _reworded(base: Path) -> list[Finding]:
    """Updates that have changed since they were announced, as far as the settings lead to a database."""
    name = f"data/{UPDATES}"
    try:
        told = asyncio.run(reworded_in(load_settings(), Library(load_knowledge(base)).updates))
    except KnowledgeError:
        return []
    except (ConfigError, StoreError) as error:
        message = f"whether announced updates have changed is not known: {error}"
        return [Finding(name, 1, "", message, "reworded", "info")]
    return [Finding(name, 1, "", one.removeprefix(f"{name}: "), "reworded", "warning") for one in told]
