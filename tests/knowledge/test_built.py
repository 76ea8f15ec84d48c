"""What is kept of a base answers as the base does, and whatever may be wrong with it is never noticed."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.built import FILE, built_understander
from knowledge.loading import SHIPPED, KnowledgeError
from knowledge.model import LANGUAGES
from knowledge.understanding import Understander, load_understander
from tests.test_phrases import cases_of


@pytest.fixture
def builds(understander: Understander, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The roots of the bases that were built; the shipped base is not built over and over, but at hand."""
    built: list[Path] = []

    def load(root: Path) -> Understander:
        built.append(root)
        return understander if root == SHIPPED else load_understander(root)

    monkeypatch.setattr("knowledge.built.load_understander", load)
    return built


def test_what_is_kept_understands_as_what_was_built(
    understander: Understander, builds: list[Path], tmp_path: Path
) -> None:
    """The same reading, query, scores and confidence for every unseen sentence."""
    built_understander(folder=tmp_path)
    kept = built_understander(folder=tmp_path)
    assert builds == [SHIPPED]
    assert kept is not understander
    assert kept.library.knowledge == understander.library.knowledge
    for case in (case for language in LANGUAGES for case in cases_of(language)):
        subject = understander.understand(case.after) if case.after else None
        assert subject == (kept.understand(case.after) if case.after else None)
        assert kept.understand(case.say) == understander.understand(case.say), case.say


def test_it_is_for_the_user_alone(builds: list[Path], tmp_path: Path) -> None:
    """Nobody else may read or write it, and nothing else is left in the folder."""
    folder = tmp_path / "made" / "here"
    built_understander(folder=folder)
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert (folder.stat().st_mode & 0o777, (folder / FILE).stat().st_mode & 0o777) == (0o700, 0o600)


def test_an_edit_is_never_missed(base: Path, builds: list[Path], tmp_path: Path) -> None:
    """A file that is changed to the same length at the same time, one that is new, one that is gone."""
    themes = base / "data" / "themes.yaml"
    before = themes.stat()
    built_understander(base, tmp_path)
    themes.write_bytes(themes.read_bytes().replace(b"Mentor schemes", b"Mentor systems"))
    os.utime(themes, ns=(before.st_atime_ns, before.st_mtime_ns))
    changed = built_understander(base, tmp_path)
    assert themes.stat().st_size == before.st_size
    assert changed.library.themes["mentorordning"].name.en == "Mentor systems"
    (base / "data" / "municipalities" / "kolding.yaml").unlink()
    with pytest.raises(KnowledgeError):
        built_understander(base, tmp_path)
    assert len(builds) == 3


def test_a_fault_is_told_as_ever(base: Path, tmp_path: Path) -> None:
    """Each time, whatever is kept of the base as it was before."""
    built_understander(base, tmp_path)
    themes = base / "data" / "themes.yaml"
    themes.write_text(themes.read_text("utf-8") + "\tname: x\n", "utf-8")
    with pytest.raises(KnowledgeError) as expected:
        load_understander(base)
    for _ in range(2):
        with pytest.raises(KnowledgeError) as told:
            built_understander(base, tmp_path)
        assert told.value.faults == expected.value.faults


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "corrupted": _flip,
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "empty": lambda path: os.truncate(path, 0),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "of another version": lambda path: path.write_bytes(b"x" * 32 + path.read_bytes()[32:]),
    "writable by others": lambda path: path.chmod(0o666),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_bad_file_is_built_anew(builds: list[Path], tmp_path: Path, damage: str) -> None:
    """And kept anew, so that the time is lost only once."""
    built_understander(folder=tmp_path)
    DAMAGES[damage](tmp_path / FILE)
    for _ in range(2):
        assert built_understander(folder=tmp_path).understand("Har Aarhus en mentorordning?").query
    assert len(builds) == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
def test_another_users_file_is_not_read(builds: list[Path], tmp_path: Path) -> None:
    built_understander(folder=tmp_path)
    os.chown(tmp_path / FILE, 12345, -1)
    built_understander(folder=tmp_path)
    assert len(builds) == 2


def test_a_folder_that_cannot_be_made(builds: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for _ in range(2):
        assert built_understander(folder=tmp_path / "file" / "folder").library.themes
    assert len(builds) == 2


def test_no_room(builds: list[Path], tmp_path: Path) -> None:
    """Nothing is left of what could not be written in full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        assert built_understander(folder=tmp_path).library.themes
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_nothing_is_kept(builds: list[Path]) -> None:
    assert built_understander() is built_understander()
    assert len(builds) == 2
