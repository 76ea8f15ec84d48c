"""What a run has found so far, kept beside what else can be made anew: one that was stopped is gone on with."""

import json
from collections.abc import Container
from contextlib import suppress
from dataclasses import asdict
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from bot.links.finding import KINDS, Finding

FRESH = timedelta(days=1)
"""What is older is looked for anew."""


class Resume:
    """The findings of a run over one base, a line each. Where they cannot be kept, the next run begins anew."""

    def __init__(self, folder: Path | None, root: Path, today: date) -> None:
        name = blake2b(str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        self._path = folder / f"links-{name}.jsonl" if folder else None
        self._today = today

    def findings(self, wanted: Container[str]) -> dict[str, Finding]:
        """Address -> what was found there, of those that are wanted."""
        try:
            lines = self._path.read_text("utf-8").splitlines() if self._path else []
        except (OSError, UnicodeDecodeError):
            return {}
        found = {}
        for line in lines:
            # The last line of a run that was killed may be half a one.
            with suppress(ValueError, TypeError):
                one = Finding(**json.loads(line))
                age = self._today - date.fromisoformat(one.day)
                if one.url in wanted and one.kind in KINDS and timedelta(0) <= age <= FRESH:
                    found[one.url] = one
        return found

    def add(self, finding: Finding) -> None:
        """Keeps a finding; what could not be told, or only seems dead to a machine that is cut off, is asked again."""
        if self._path and finding.answered and finding.kind != "unclear":
            with suppress(OSError):
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(finding)) + "\n")

    def done(self) -> None:
        """Everything was looked for: the next run begins anew."""
        if self._path:
            with suppress(OSError):
                self._path.unlink()
