"""`vejviser history`, over real git repositories: who changed what of an entry, whatever happened to the files."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from bot.history import CUT, NoHistory, history_of
from knowledge.history import history
from tests.bot.process import vejviser

KOLDING = "data/municipalities/kolding.yaml"
KEY = "kolding-pulje"
START = """\
id: kolding
name: Kolding Kommune
initiatives:
  - id: kolding-pulje
    name: {da: Pulje, en: Fund}
    figures: [{value: 1, what: {da: mio. kr., en: million}}]
    themes: [a, b]
  - id: kolding-netvaerk
    name: {da: Netværk, en: Network}
"""


class Repository:
    """A checkout with a base in a folder of it."""

    def __init__(self, root: Path) -> None:
        self.base = root / "base"
        (self.base / "data" / "municipalities").mkdir(parents=True)
        self.day = 1
        self.git("init", "--quiet", "--initial-branch=main", cwd=root)

    def git(self, *words: str, author: str = "Anna Æblegård", cwd: Path | None = None) -> None:
        """Runs git, on a day of its own and with nothing of the user's settings."""
        names = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "hidden@example.dk"}
        names |= {one.replace("AUTHOR", "COMMITTER"): value for one, value in names.items()}
        moment = f"2026-03-{self.day:02}T12:00:00+01:00"
        names |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        names |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", *words], cwd=cwd or self.base, env={**os.environ, **names}, check=True,
                       capture_output=True)  # fmt: skip

    def write(self, text: str, file: str = KOLDING) -> None:
        """Writes a file of the base."""
        (self.base / file).write_text(text, "utf-8")

    def commit(self, subject: str, author: str = "Anna Æblegård") -> None:
        """Commits all there is, a day later than the last."""
        self.day += 1
        self.git("add", "--all", author=author)
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, author=author)

    def told(self, key: str = KEY) -> list[str]:
        """What the command prints."""
        return list(history_of(key, self.base))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository in which the entry was added on 2 March."""
    one = Repository(tmp_path)
    one.write(START)
    one.commit("Kolding is there")
    return one


ADDED = "2026-03-02  Anna Æblegård: Kolding is there (added)"


def test_who_changed_what_and_when(repository: Repository) -> None:
    """Newest first, field by field; nobody's address is told."""
    repository.write(START.replace("da: Pulje,", "da: Iværksætterpulje,").replace("value: 1", "value: 2"))
    repository.commit("The fund grows", "Bo Bæk")
    repository.write(START.replace("themes: [a, b]", "themes: [b, c]\n    details: {da: Nyt, en: New}"))
    repository.commit("Themes")
    told = repository.told()
    assert told[-1] == ADDED
    assert told[0] == "2026-03-04  Anna Æblegård: Themes (changed)"
    assert "    themes: now without a and with c" in told
    assert "    details.da: now Nyt" in told
    assert "    name.da: Iværksætterpulje -> Pulje" in told
    second = told.index("2026-03-03  Bo Bæk: The fund grows (changed)")
    assert told[second + 1] == "    name.da: Pulje -> Iværksætterpulje"
    assert "value 2" in told[second + 2]
    assert "example.dk" not in "".join(told)


def test_what_only_moves_is_no_change(repository: Repository) -> None:
    """Within the file, to another file, in another layout; nor is what others of the file do."""
    head, *entries = re.split(r"(?=^  - id)", START, flags=re.MULTILINE)
    repository.write(head + "  # A remark.\n" + "".join(reversed(entries)))
    repository.commit("Sorted")
    repository.write(START.replace("{da: Pulje, en: Fund}", '\n      en: "Fund"\n      da: Pulje'))
    repository.commit("Laid out")
    repository.write(START.replace("da: Netværk", "da: Netværket"))
    repository.commit("The network")
    repository.git("mv", KOLDING, "data/municipalities/kolding-kommune.yaml")
    repository.commit("Renamed")
    assert repository.told() == [ADDED]
    assert [one.subject for one in history("kolding-netvaerk", repository.base).versions] == [
        "The network", "Kolding is there",
    ]  # fmt: skip


def test_it_goes_to_another_municipality(repository: Repository) -> None:
    head, pulje, rest = re.split(r"(?=^  - id)", START, flags=re.MULTILINE)
    repository.write(head + rest)
    repository.write(head.replace("kolding", "aarhus") + pulje, "data/municipalities/aarhus.yaml")
    repository.commit("Handed over")
    assert repository.told()[:2] == [
        "2026-03-03  Anna Æblegård: Handed over (changed)", "    municipality: kolding -> aarhus",
    ]  # fmt: skip


def test_what_an_entry_holds_has_a_history_of_its_own(repository: Repository) -> None:
    repository.write(START.replace("value: 1", "value: 2"))
    repository.commit("The fund grows")
    assert repository.told("kolding") == [ADDED]


def test_an_entry_that_is_gone_and_comes_back(repository: Repository) -> None:
    repository.write(START.replace(KEY, "kolding-pulje-2"))
    repository.commit("Another id")
    assert repository.told() == ["2026-03-03  Anna Æblegård: Another id (removed)", ADDED]
    repository.write(START)
    repository.commit("Back")
    assert repository.told()[0] == "2026-03-04  Anna Æblegård: Back (added)"


def test_what_is_not_committed_yet(repository: Repository) -> None:
    """In a file that git has, in a new one, and in one that is gone."""
    repository.write(START.replace("value: 1", "value: 2"))
    first, field, *_ = repository.told()
    assert (first, "value 2" in field) == ("not committed yet: changed", True)
    repository.write("- id: ny\n  name: Ny\n", "data/terms.yaml")
    assert repository.told("ny") == ["not committed yet: added"]
    (repository.base / KOLDING).unlink()
    assert repository.told() == ["not committed yet: removed", ADDED]


def test_a_file_that_could_not_be_read(repository: Repository) -> None:
    """Counts as what it was before: the entry was not gone meanwhile, and who mended it did what they did."""
    for broken in (START + "\t: [", START.replace("Pulje", "\x00Pulje")):
        repository.write(broken)
        repository.commit("Broken")
    (repository.base / KOLDING).write_bytes(START.encode("utf-16"))
    repository.commit("Broken")
    repository.write(START.replace("value: 1", "value: 2"))
    repository.commit("Mended")
    assert [line for line in repository.told() if line.startswith("2026")] == [
        "2026-03-06  Anna Æblegård: Mended (changed)", ADDED,
    ]  # fmt: skip


@pytest.mark.parametrize("own", [False, True])
def test_a_merge_tells_only_what_is_its_own(repository: Repository, own: bool) -> None:
    """Two people change the entry on two branches; who merges them may decide a third way."""
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write(START.replace("value: 1", "value: 2"))
    repository.commit("Two", "Bo Bæk")
    repository.git("checkout", "--quiet", "main")
    repository.write(START.replace("da: Pulje", "da: Puljen"))
    repository.commit("The name", "Ceci Dam")
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "--strategy=ours", "side")
    both = START.replace("value: 1", "value: 3" if own else "value: 1").replace("da: Pulje", "da: Puljen")
    repository.write(both)
    repository.commit("Merged")
    versions = history(KEY, repository.base).versions
    told = {one.subject: [name for name, *_ in one.fields] for one in versions}
    assert told.get("Merged") == (["figures"] if own else None)
    assert told["The name"] == ["name.da"]
    assert ("Two" in told) == own


def test_only_names_as_they_are_now(repository: Repository) -> None:
    """Whoever has another name today is told by it, where the repository says so."""
    (repository.base.parent / ".mailmap").write_text("Anna Bæk <hidden@example.dk>\n", "utf-8")
    assert repository.told() == [ADDED.replace("Æblegård", "Bæk")]


def test_nothing_drives_the_terminal(repository: Repository) -> None:
    repository.write(START.replace("da: Pulje", 'da: "Pul\\ej"').replace("en: Fund", "en: Funds"))
    repository.commit("Red \x1b[31malert")
    assert "\x1b" not in "".join(repository.told())


def test_a_checkout_that_is_cut_off(repository: Repository, tmp_path: Path) -> None:
    """Says that there is more."""
    repository.write(START.replace("value: 1", "value: 2"))
    repository.commit("Two")
    repository.git("clone", "--quiet", "--depth=1", f"file://{tmp_path}", str(tmp_path / "clone"))
    assert list(history_of(KEY, tmp_path / "clone" / "base"))[-1] == CUT


def test_an_unknown_id(repository: Repository) -> None:
    for asked in ("kolding-pluje", "Kolding Pulje"):
        with pytest.raises(NoHistory, match=f"'{asked}' is the id of no entry.*near are kolding-pulje"):
            repository.told(asked)
    with pytest.raises(NoHistory, match=r"now or earlier$"):
        repository.told("xyzzy")


def test_where_there_is_no_git(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No checkout, nothing committed, a base that git was told to ignore, no git at all."""
    bare = tmp_path_factory.mktemp("bare")
    with pytest.raises(NoHistory, match="not a git repository"):
        list(history_of(KEY, bare))
    fresh = Repository(bare)
    with pytest.raises(NoHistory, match="keeps nothing of"):
        fresh.told()
    fresh.write(START)
    fresh.git("add", "--all")
    with pytest.raises(NoHistory, match="does not have any commits yet"):
        fresh.told()
    done = vejviser("history", KEY, "--knowledge", str(repository.base), PATH="/nowhere")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"git is not installed, and only git knows who changed what\n"


def test_the_command(repository: Repository) -> None:
    done = vejviser("history", KEY, "--knowledge", str(repository.base))
    assert (done.returncode, done.stdout.decode()) == (0, f"{ADDED}\n")
