"""Two states of the base are compared entry by entry, and a change that no update tells of is noticed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.changes import changes_since
from knowledge.changes import NoSuchState, compare, digest, entries, entries_at
from knowledge.checking import check, warnings
from knowledge.library import Library
from knowledge.loading import SHIPPED, KnowledgeError, load_knowledge

TODAY = date(2026, 12, 1)
UPDATES = Path("data/updates.yaml")
KOLDING = Path("data/municipalities/kolding.yaml")
COPENHAGEN = Path("data/municipalities/koebenhavn.yaml")
NEW = """\
  - id: kolding-kantine
    strategy: kolding-2014
    name: {da: Socialøkonomisk kantine, en: Social-economy canteen}
    summary: {da: Kommunen åbner en kantine., en: The municipality opens a canteen.}
    themes: [beskaeftigelse, indkoeb]
    sources: [{document: overblik-2014, section: Kolding Kommune}]
"""

Edit = Callable[[Path, str, str], None]


@pytest.fixture
def edit(base: Path) -> Edit:
    """Replaces a pattern in a file of the copy, once."""

    def replaced(path: Path, old: str, new: str) -> None:
        text, count = re.subn(old, new, (base / path).read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert count, f"found nothing like {old!r} in {path}"
        (base / path).write_text(text, "utf-8")

    return replaced


def drafts(printed: str) -> list[dict[str, object]]:
    """The entries that are drafted; what is for the eye stands in comments."""
    return yaml.safe_load(printed) or []


def test_nothing_differs_from_itself(base: Path) -> None:
    """And nothing is drafted."""
    assert compare(entries(SHIPPED), entries(base)) == []
    assert changes_since(str(SHIPPED), base) == f"# No entries differ from {SHIPPED}.\n"


def test_fields_are_compared_by_name(base: Path, edit: Edit) -> None:
    """Added, changed with its fields, removed - whatever the file."""
    edit(COPENHAGEN, r"until: 2013", "until: 2012")
    edit(COPENHAGEN, r"themes: \[indkoeb, information\]", "themes: [indkoeb]")
    edit(Path("data/themes.yaml"), r"name: \{da: Indkøb og udbud", "name: {da: Indkøb")
    edit(KOLDING, r"  - id: kolding-pulje\n(    .*\n)*", NEW)
    found = {one.id: one for one in compare(entries(SHIPPED), entries(base))}
    assert {key: one.how for key, one in found.items()} == {
        "indkoeb": "changed", "koebenhavn-2010": "changed", "koebenhavn-indkoeb": "changed",
        "kolding-kantine": "added", "kolding-pulje": "removed",
    }  # fmt: skip
    assert found["koebenhavn-2010"].fields == (("period.until", 2013, 2012),)
    assert found["koebenhavn-indkoeb"].fields == (("themes", ["indkoeb", "information"], ["indkoeb"]),)
    assert found["indkoeb"].fields == (("name.da", "Indkøb og udbud", "Indkøb"),)
    assert (found["kolding-pulje"].entry.kind, found["kolding-pulje"].entry.municipality) == ("initiative", "kolding")


def test_an_initiative_that_moves_to_another_municipality_has_changed(base: Path) -> None:
    """Although nothing in it did."""
    text = (base / KOLDING).read_text("utf-8")
    found = re.search(r"  - id: kolding-pulje\n(    .*\n)*", text)
    assert found
    (base / KOLDING).write_text(text.replace(found[0], ""), "utf-8")
    place = base / COPENHAGEN
    there, moved_here = re.subn(
        r"^initiatives:\n", lambda head: head[0] + found[0], place.read_text("utf-8"), flags=re.MULTILINE
    )
    assert moved_here == 1
    place.write_text(there, "utf-8")
    [moved] = compare(entries(SHIPPED), entries(base))
    assert (moved.id, moved.fields) == ("kolding-pulje", (("municipality", "kolding", "koebenhavn"),))


def test_what_is_printed(base: Path, edit: Edit) -> None:
    """For the editor's eye: both languages, before and now; and one entry a municipality and kind, ready to edit."""
    edit(COPENHAGEN, r"until: 2013", "until: 2015")
    edit(KOLDING, r"^  - id: kolding-pulje$", NEW + "  - id: kolding-pulje")
    printed = changes_since(str(SHIPPED), base, TODAY)
    assert "# 2 entries differ" in printed
    assert "+ added initiative kolding-kantine (kolding): Socialøkonomisk kantine / Social-economy canteen" in printed
    assert "period.until: 2013 -> 2015" in printed
    assert drafts(printed) == [
        {
            "id": "2026-12-01-koebenhavn-expired", "date": TODAY, "kind": "expired", "affects": ["koebenhavn-2010"],
            "text": {
                "da": "Udløbet hos København: „Strategi for etablering og drift af socialøkonomiske virksomheder“.",
                "en": "Expired in Copenhagen: ‘Strategy for establishing and running social enterprises’.",
            },
            "base": digest(base),
        },
        {
            "id": "2026-12-01-kolding-added", "date": TODAY, "kind": "added", "affects": ["kolding-kantine"],
            "text": {
                "da": "Nyt fra Kolding: „Socialøkonomisk kantine“.",
                "en": "New from Kolding: ‘Social-economy canteen’.",
            },
            "base": digest(base),
        },
    ]  # fmt: skip


def test_a_period_that_ends_in_years_to_come_has_not_expired(base: Path, edit: Edit) -> None:
    """It has changed."""
    edit(COPENHAGEN, r"until: 2013", "until: 2030")
    assert [one["kind"] for one in drafts(changes_since(str(SHIPPED), base, TODAY))] == ["changed"]


def test_what_is_gone_is_told_of_its_municipality(base: Path, edit: Edit) -> None:
    """An update cannot be about what the base no longer has."""
    edit(KOLDING, r"  - id: kolding-pulje\n(    .*\n)*", "")
    edit(UPDATES, r"kolding-pulje, *", "")
    [draft] = drafts(changes_since(str(SHIPPED), base, TODAY))
    assert (draft["kind"], draft["affects"]) == ("changed", ["kolding"])


def test_drafts_are_saved_as_they_are(base: Path, edit: Edit) -> None:
    """Appended to updates.yaml they load, are told, and quiet the warning; the next ones of that day get other ids."""
    edit(COPENHAGEN, r"until: 2013", "until: 2015")
    edit(KOLDING, r"^  - id: kolding-pulje$", NEW + "  - id: kolding-pulje")
    shutil.copytree(SHIPPED, base.parent / "before")
    assert len(warnings(base)) == 1
    for number in (1, 2):
        with (base / UPDATES).open("a", encoding="utf-8") as file:
            file.write(changes_since(str(base.parent / "before"), base, TODAY))
        assert check(base) == []
        assert warnings(base) == []
        library = Library(load_knowledge(base))
        assert len([one for one in library.updates if one.date.month == 12]) == 2 * number


def test_many_names_are_folded(base: Path) -> None:
    """A text has an end."""
    shutil.copytree(SHIPPED, base.parent / "before")
    path = base.parent / "before" / KOLDING
    path.write_text(re.sub(r"(?m)^initiatives:\n(?:[ -].*\n)*", "", path.read_text("utf-8")), "utf-8")
    new = [one["id"] for one in yaml.safe_load((base / KOLDING).read_text("utf-8"))["initiatives"]]
    assert len(new) >= 7
    [draft] = drafts(changes_since(str(base.parent / "before"), base, TODAY))
    assert isinstance(draft["text"], dict)
    assert draft["text"]["da"].endswith(f" og {len(new) - 3} til.")
    assert draft["affects"] == new


def git(folder: Path, *words: str) -> None:
    """Runs git, as nobody in particular."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def test_a_revision_of_git(base: Path, edit: Edit) -> None:
    """Of the base's own folder, wherever that stands in the repository; not committed edits are seen, too."""
    repository = base.parent
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "first")
    edit(COPENHAGEN, r"until: 2013", "until: 2015")
    git(repository, "commit", "-qam", "second")
    edit(COPENHAGEN, r"until: 2015", "until: 2016")

    def ends(since: str) -> list[tuple[object, object]]:
        found = compare(entries_at(since, base), entries(base))
        return [(before, now) for one in found for _, before, now in one.fields]

    assert ends("HEAD") == [(2015, 2016)]
    assert ends("HEAD~1") == [(2013, 2016)]
    for wrong in ("HEAD~7", "--output=x", "no-such"):
        with pytest.raises(NoSuchState, match="git"):
            entries_at(wrong, base)
    assert not (repository / "x").exists()


def test_a_base_without_git_and_a_folder_without_base(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told in one line."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(base.parent))
    with pytest.raises(NoSuchState, match="git"):
        entries_at("HEAD", base)
    with pytest.raises(NoSuchState, match="holds no base"):
        entries_at(str(base / "data" / "municipalities"), base)
    monkeypatch.setenv("PATH", str(base))
    with pytest.raises(NoSuchState, match="not installed"):
        entries_at("HEAD", base)


def test_a_base_with_faults_is_not_compared(base: Path, edit: Edit) -> None:
    """Its faults are told first; those of the earlier one do not matter."""
    edit(COPENHAGEN, r"until: 2013", "until: soon")
    with pytest.raises(KnowledgeError):
        changes_since(str(SHIPPED), base)
    edit(COPENHAGEN, r"until: soon", "until: 2013")
    before = base.parent / "before"
    shutil.copytree(SHIPPED / "data", before / "data")
    (before / "data" / "themes.yaml").write_text("- id: [", "utf-8")
    assert "+ added theme mentorordning: Mentorordning / Mentor schemes" in changes_since(str(before), base)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (COPENHAGEN, r"\A", "# Read once more.\n"),
        (COPENHAGEN, r"period: \{from: 2010, until: 2013\}", "period: {until: 2013, from: 2010}"),
        (Path("data/denmark.yaml"), r"\A", "# names\n"),
        (Path("phrases/da/thanks.yaml"), r"(utterances:\n)", r"\1- jeg siger dig mange gange tusind tak" + "\n"),
        (UPDATES, r"syv indsatser", "7 indsatser"),
    ],
)
def test_how_a_file_is_written_is_no_change(base: Path, edit: Edit, path: Path, old: str, new: str) -> None:
    """Nor are phrases, names of places, and the updates themselves."""
    edit(path, old, new)
    assert digest(base) == digest(SHIPPED)
    assert warnings(base) == []


def test_a_change_that_no_update_tells_is_warned_of_where_the_editor_can_answer(base: Path, edit: Edit) -> None:
    """With the digest to write where nobody need be told; that is no fault, and the base starts."""
    newest = [one["id"] for one in yaml.safe_load((base / UPDATES).read_text("utf-8")) if "base" in one][-1]
    edit(KOLDING, r"da: Virksomhedsfællesskaber", "da: Fællesskaber")
    assert check(base) == []
    [warning] = warnings(base)
    lines = (base / UPDATES).read_text("utf-8").splitlines()
    assert lines[warning.line - 1].startswith("  base: ")
    assert f"'{newest}'" in warning.message
    edit(UPDATES, r"  base: .*", f"  base: {digest(base)}")
    assert warnings(base) == []


def test_updates_that_never_knew_the_base(base: Path, edit: Edit) -> None:
    """Are warned of; a base without any update is not."""
    edit(UPDATES, r"\n  base: .*", "")
    [warning] = warnings(base)
    assert f"base: {digest(base)}" in warning.message
    (base / UPDATES).unlink()
    assert warnings(base) == []
    assert Library(load_knowledge(base)).updates == ()
