"""What `vejviser links` prints: each address that somebody should look at, why, who uses it, and what to do."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.channels.terminal_view import clean
from bot.links.archive import Copy
from bot.links.finding import KINDS, LOST, Finding
from handlers.texts import say
from knowledge.addresses import Use

Copies = Mapping[str, Copy | None]
"""Address -> its archived copy, None where there is none; of what is not in it the archive did not tell."""


def report(
    language: str, findings: Mapping[str, Finding], uses: Mapping[str, tuple[Use, ...]], copies: Copies
) -> Iterator[str]:
    """The lines, what is worst first; of what works only a number, unless it is somewhere else for now."""
    for kind in KINDS:
        told = [one for one in findings.values() if one.kind == kind and (kind != "ok" or one.to)]
        if told:
            yield f"{say(language, f'links-kind-{kind}')}: {len(told)}"
        for one in told:
            yield f"  {clean(one.url)}"
            yield from (f"    {clean(line)}" for line in _about(language, one, copies))
            yield from (f"    {clean(str(use))}" for use in uses.get(one.url, ()))
        if told:
            yield ""
    counts = Counter(one.kind for one in findings.values())
    yield say(
        language, "links-summary",
        total=len(findings), ok=counts["ok"], moved=counts["moved"], changed=counts["changed"],
        suspicious=counts["suspicious"], dead=counts["dead"], unclear=counts["unclear"],
    )  # fmt: skip


def _about(language: str, one: Finding, copies: Copies) -> Iterator[str]:
    if one.why:
        yield say(language, f"links-why-{one.why}") + (f" ({one.status})" if one.status >= 400 else "")
    if one.to:
        yield say(language, "links-to", address=one.to)
    if one.kind in LOST:
        if one.url not in copies:
            yield say(language, "links-archive-silent")
        elif copy := copies[one.url]:
            yield say(language, "links-copy", address=copy.url, date=copy.day)
        else:
            yield say(language, "links-no-copy")
