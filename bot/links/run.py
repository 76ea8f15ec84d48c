"""`vejviser links`: looks for every address of a base, tells what came of it, and notes in the base what was seen."""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.folders import cache_folder
from bot.links.archive import copy_of
from bot.links.asking import Asker
from bot.links.finding import LOST, Finding, Unreached
from bot.links.judging import looked_at
from bot.links.pace import Pace
from bot.links.report import Copies, report
from bot.links.resuming import Resume
from handlers.texts import say
from knowledge.addresses import addresses, write_sightings
from knowledge.loading import LINKS, load_knowledge
from knowledge.model import Sighting, parse_day

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


def look(root: Path, language: str, *, private: bool = False, pace: Pace | None = None) -> int:
    """The exit status: 1 where something that was meant is not there any more. Raises KnowledgeError and OSError."""
    before = load_knowledge(root).sightings
    uses = addresses(root)
    resume = Resume(cache_folder(), root, date.today())
    found = resume.findings(uses)
    if found:
        _note(say(language, "links-resumed", count=len(found), total=len(uses)))
    try:
        copies = asyncio.run(_look(language, list(uses), before, found, resume, private, pace or Pace()))
    except KeyboardInterrupt:
        _note(say(language, "links-stopped", count=len(found), total=len(uses)))
        return STOPPED
    findings = {url: found[url] for url in uses}
    if findings and not any(one.answered for one in findings.values()):
        # Rather this machine is cut off than that everything is gone at once.
        _note(say(language, "links-offline", count=len(findings)))
        return 1
    for line in report(language, findings, uses, copies):
        print(line)
    sightings = sighted(findings, before)
    if sightings != before:
        write_sightings(root, sightings)
        print(say(language, "links-written", file=f"data/{LINKS}"))
    resume.done()
    return 1 if any(one.kind in LOST for one in findings.values()) else 0


async def _look(
    language: str,
    urls: list[str],
    before: Mapping[str, Sighting],
    found: dict[str, Finding],
    resume: Resume,
    private: bool,
    pace: Pace,
) -> Copies:
    """Adds to `found` what is missing there; returns the archived copies of what is lost."""
    copies = {}
    async with Asker(pace, private=private) as asker:
        with _progress(say(language, "links-looking"), len(urls), len(found)) as progress:

            async def one(url: str) -> None:
                finding = replace(await looked_at(asker, url, before.get(url)), day=str(date.today()))
                found[url] = finding
                resume.add(finding)
                progress.advance(progress.task_ids[0])

            async with asyncio.TaskGroup() as tasks:
                for url in urls:
                    if url not in found:
                        tasks.create_task(one(url))
        lost = [one for one in found.values() if one.kind in LOST]
        if any(one.answered for one in found.values()):
            with _progress(say(language, "links-archive"), len(lost)) as progress:
                for each in lost:
                    try:
                        copies[each.url] = await copy_of(asker, each.url, before.get(each.url))
                    except Unreached:
                        break  # it is asked for one after another: who does not answer now will not for the next one
                    progress.advance(progress.task_ids[0])
    return copies


def sighted(findings: Mapping[str, Finding], before: Mapping[str, Sighting]) -> dict[str, Sighting]:
    """What the base should say of its addresses from now on; what was not clear leaves it as it was.

    So does another type: what was seen is not what was meant.
    """
    noted = {}
    for url, one in findings.items():
        old = before.get(url)
        day = parse_day(one.day)
        if one.kind in ("ok", "moved"):
            noted[url] = Sighting(seen=day, type=one.type or (old.type if old else None))
        elif one.kind in ("dead", "suspicious"):
            seen = old.seen if old and old.seen and old.seen <= day else None
            noted[url] = Sighting(seen=seen, type=old.type if old else None, failed=day)
        elif old:
            noted[url] = old
    return noted


@contextmanager
def _progress(title: str, total: int, done: int = 0) -> Iterator[Progress]:
    """A bar where somebody sits at a terminal; it leaves nothing behind."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal or not total) as progress:
        progress.add_task(title, total=total, completed=done)
        yield progress


def _note(text: str) -> None:
    print(text, file=sys.stderr)
