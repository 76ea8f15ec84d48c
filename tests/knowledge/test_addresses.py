"""Where addresses stand in a base, and the file that tells when each was last there."""

from pathlib import Path

import pytest

from knowledge.addresses import Use, addresses
from knowledge.loading import KnowledgeError, load_knowledge
from knowledge.model import Sighting, parse_day


def test_each_place_is_told(base: Path) -> None:
    """By file, line and the entry's id; sites' names as the addresses of their front pages, however deep a field is."""
    updates = base / "data" / "updates.yaml"
    updates.write_text(
        "- id: one\n  link:\n    kind: page\n    url: https://kk.dk/ny\n- id: two\n  deep: [{er: ['https://kk.dk/ny']}]\n"
        "  text: se https://kk.dk/tekst\n",
        "utf-8",
    )
    found = addresses(base)
    assert found["https://kk.dk/ny"] == (Use("data/updates.yaml", 4, "one"), Use("data/updates.yaml", 6, "two"))
    assert [use.id for use in found["https://kk.dk"]][-1] == "koebenhavn"
    assert str(found["https://kk.dk"][-1]).startswith("data/municipalities/koebenhavn.yaml:")
    assert all(url.startswith(("http://", "https://")) and " " not in url for url in found)


def test_what_was_seen_is_read(base: Path) -> None:
    """Also of addresses that the base does not have any more; a file with nothing but comments tells nothing."""
    file = base / "data" / "links.yaml"
    assert load_knowledge(base).sightings == {}
    file.write_text("# Nothing yet.\n", "utf-8")
    assert load_knowledge(base).sightings == {}
    file.write_text("'http://a.dk/x.pdf': {seen: 2026-11-27, type: application/pdf, failed: 2027-01-12}\n", "utf-8")
    assert load_knowledge(base).sightings == {
        "http://a.dk/x.pdf": Sighting(
            seen=parse_day("2026-11-27"), type="application/pdf", failed=parse_day("2027-01-12")
        )
    }


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("http://a.dk: {seen: 2026-11}", "http://a.dk.seen: must be a whole day such as 2014-06-10"),
        ("http://a.dk: {type: text/html}", "http://a.dk: must have 'seen' or 'failed'"),
        ("http://a.dk: {seen: 2026-11-27, failed: 2026-11-26}", "http://a.dk: failed before it was last seen"),
        ("http://a.dk: {seen: 2026-11-27, type: PDF}", "http://a.dk.type: must be a type of file such as"),
        ("http://a.dk: {sene: 2026-11-27}", "http://a.dk.sene: is not a field"),
        ("http://a.dk: 2026-11-27", "http://a.dk: must be a valid dictionary"),
        ("a.dk: {seen: 2026-11-27}", "must be an address that begins with http"),
        ("- http://a.dk", "must be names with their values"),
        ("http://b.dk: {seen: 2026-11-27}", "http://b.dk: stands twice"),
    ],
)
def test_faults_are_told_with_their_line(base: Path, line: str, fault: str) -> None:
    before = "" if line.startswith("-") else "http://b.dk: {seen: 2026-11-27}\n"
    (base / "data" / "links.yaml").write_text(f"# Head.\n{before}{line}\n", "utf-8")
    with pytest.raises(KnowledgeError) as error:
        load_knowledge(base)
    told = str(error.value.faults[0])
    assert (told.startswith(f"data/links.yaml:{3 if before else 1}: "), fault in told) == (True, True), told
