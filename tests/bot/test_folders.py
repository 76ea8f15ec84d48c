"""Where files go that can be made anew."""

from pathlib import Path

import pytest

from bot.folders import cache_folder
from tests.bot.process import vejviser


def test_as_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "vejviser"


@pytest.mark.parametrize("said", ["", "relative/folder"])
def test_else_in_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str) -> None:
    """A path that is not absolute is to be passed over."""
    monkeypatch.setenv("XDG_CACHE_HOME", said)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "vejviser"


def test_the_command_keeps_the_base_there_and_answers_alike(tmp_path: Path) -> None:
    """Once nothing is kept, once it is, and once it cannot be."""
    question = ["ask", "--lang", "en", "which municipalities run mentor schemes?"]
    first, second = (vejviser(*question, XDG_CACHE_HOME=str(tmp_path)) for _ in range(2))
    never = vejviser(*question, XDG_CACHE_HOME="/dev/null")
    assert [path.name for path in (tmp_path / "vejviser").iterdir()] == ["base.pickle"]
    assert first.stdout == second.stdout == never.stdout
    assert [one.stderr for one in (first, second, never)] == [b"", b"", b""]
    assert b"Aarhus" in first.stdout
