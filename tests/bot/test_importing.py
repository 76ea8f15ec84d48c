"""`vejviser import`: a strategy becomes a draft that a person corrects, and that no base takes unread."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typst

from bot.importing import NotDrafted, draft
from knowledge.checking import check
from knowledge.loading import SHIPPED
from knowledge.yamltext import parse
from tests.bot.process import vejviser

TEXT = """Strategi for sociale virksomheder på Samsø

18. april 2023

Kommunalbestyrelsen vedtog strategien i foråret 2023. Strategien gælder fra 2023 til 2026. I februar 2023 holdt
Erhvervsudvalget et borgermøde om udkastet.

Vores vision

Alle, der vil arbejde, skal kunne finde en plads på øen. Frivillige og virksomheder løfter i flok.

Målsætninger

Målet er at skabe 25 nye job til borgere på kanten af arbejds-
markedet inden 2026.

Indsatser

• En mentorordning, hvor erfarne iværksættere hjælper nye, i samarbejde med Samsø Erhvervskontor og DI.
• Et netværk for socialøkonomiske virksomheder og sociale klausuler i kommunens indkøb.
• Ny hjemmeside med information til
  iværksættere

1) En pulje på 200.000 kr. til forsøg
2) Flere frivillige foreninger med

Side 2 af 3
"""
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The draft of the text above."""
    file = tmp_path_factory.mktemp("source") / "strategi.txt"
    file.write_text(TEXT, "utf-8")
    return draft(file, "Samsø Kommune", SHIPPED, today=DAY)


@pytest.fixture(scope="module")
def data(drafted: str) -> dict[str, list[dict[str, Any]]]:
    """What is in it."""
    found: dict[str, list[dict[str, Any]]] = parse(drafted)[0]
    return found


def test_dates_and_the_title(data: dict[str, list[dict[str, Any]]]) -> None:
    [paper] = data["documents"]
    assert (paper["id"], paper["kind"], paper["dated"]) == ("samsoe-strategi-2023", "strategy", "2023-04-18")
    assert paper["title"]["da"] == "Strategi for sociale virksomheder på Samsø"
    first, *_ = data["strategies"]
    assert (first["id"], first["adopted"]) == ("samsoe-2023", "2023-spring")
    assert first["sources"] == [{"document": paper["id"], "section": paper["title"]["da"]}]
    assert [one["date"] for one in data["milestones"]] == ["2023-02"]


def test_goals(data: dict[str, list[dict[str, Any]]]) -> None:
    vision, aim = data["goals"]
    assert (vision["kind"], vision["sources"][0]["section"]) == ("vision", "Vores vision")
    assert "arbejdsmarkedet inden 2026" in aim["summary"]["da"], "a word that was broken at the line's end"
    [figure] = aim["figures"]
    assert figure["value"] == 25
    assert "nye job til borgere" in figure["what"]["da"] or figure["what"]["da"].endswith("nye job")


def test_initiatives(data: dict[str, list[dict[str, Any]]]) -> None:
    found: dict[int, list[dict[str, Any]]] = {one["sources"][0]["item"]: [] for one in data["initiatives"]}
    for one in data["initiatives"]:
        found[one["sources"][0]["item"]].append(one)
        assert one["strategy"] == data["strategies"][-1]["id"]
    assert list(found) == [1, 2, 3, 4, 5]
    [mentors], klausuler, [page], [fund], _ = found.values()
    assert "mentorordning" in mentors["themes"]
    assert mentors["partners"] == ["di", "samsoe-erhvervskontor"]
    assert [one["themes"][0] for one in klausuler] == ["netvaerk", "indkoeb"], "two things in one bullet"
    assert page["summary"]["da"].endswith("Ny hjemmeside med information til iværksættere")
    assert fund["themes"][0] == "finansiering"
    assert fund["figures"][0]["value"] == 200_000
    assert [one["name"] for one in data["organisations"]] == ["Samsø Erhvervskontor"]


def test_guesses_have_scores(drafted: str) -> None:
    assert "themes: [mentorordning" in drafted
    assert "# mentorordning 0." in drafted


def test_nothing_enters_a_base_unread(base: Path, data: dict[str, list[dict[str, Any]]], drafted: str) -> None:
    """Every entry has its mark and the source's words a second one; a draft that is put into a base is refused."""
    for entries in data.values():
        for one in entries:
            assert one["unread"] is True
            texts = [one[field]["da"] for field in ("summary", "text") if field in one]
            assert all(text.startswith("UDFYLD: ") for text in texts)
    initiatives = drafted[drafted.index("initiatives:\n") :]
    path = base / "data" / "municipalities" / "samsoe.yaml"
    head = "id: samsoe\nname: Samsø Kommune\nshort: {da: Samsø, en: Samsø}\nwebsite: samsoe.dk\n"
    path.write_text(head + initiatives, "utf-8")
    told = [one for one in check(base) if one.file == "data/municipalities/samsoe.yaml"]
    assert sum(one.field.endswith("unread") for one in told) == len(data["initiatives"])
    lines = path.read_text("utf-8").splitlines()
    assert all("unread: true" in lines[one.line - 1] for one in told if one.field.endswith("unread"))
    path.write_text(head + initiatives.replace("unread: true\n    ", ""), "utf-8")
    told = [one for one in check(base) if one.file == "data/municipalities/samsoe.yaml"]
    assert any("is still to be filled in" in one.message for one in told)


def test_a_pdf_is_read_as_the_text_is(tmp_path: Path, data: dict[str, list[dict[str, Any]]]) -> None:
    pages = TEXT.replace("\n• ", "\n- ").replace("arbejds-\nmarkedet", "arbejdsmarkedet")
    pages = pages.replace("\n1) ", "\n- ").replace("\n2) ", "\n- ").replace("Side 2 af 3", "")
    for title in ("Strategi for sociale virksomheder på Samsø", "Vores vision", "Målsætninger", "Indsatser"):
        pages = pages.replace(f"{title}\n", f"= {title}\n", 1)
    (tmp_path / "strategi.typ").write_text(pages.replace("18. april", r"18\. april"), "utf-8")
    pdf = typst.compile(tmp_path / "strategi.typ")
    assert pdf is not None
    (tmp_path / "strategi.pdf").write_bytes(pdf)
    found = parse(draft(tmp_path / "strategi.pdf", "samsø", SHIPPED, today=DAY))[0]
    assert [one["themes"][:1] for one in found["initiatives"]] == [one["themes"][:1] for one in data["initiatives"]]
    assert [one["kind"] for one in found["goals"]] == ["vision", "objective"]
    assert found["documents"][0]["dated"] == "2023-04-18"


def test_a_text_on_several_municipalities_gives_what_is_said_of_one(tmp_path: Path) -> None:
    file = tmp_path / "overblik.txt"
    file.write_text(
        "Overblik over strategier\n\nTre kommuner har en strategi.\n\n"
        "Fanø Kommune\n\nFanø Kommune vedtog sin strategi i 2019.\n\n- Mentorer til nye virksomheder\n\n"
        "Ærø Kommune\n\nÆrø Kommune har en strategi frem mod 2030.\n\n- Et netværk for alle\n\n"
        "Strategi for Ærø (pdf)\n\nSidst opdateret 3/5 2022\n",
        "utf-8",
    )
    found = parse(draft(file, "Ærø", SHIPPED, today=DAY))[0]
    assert [one["id"] for one in found["documents"]] == ["overblik-2022", "aeroe-strategi"]
    [strategy] = found["strategies"]
    assert (strategy["id"], strategy["period"]) == ("aeroe-2030", {"until": 2030})
    assert [one["themes"] for one in found["initiatives"]] == [["netvaerk"]]


@pytest.mark.parametrize(
    ("content", "place", "told"),
    [
        (b"", "Odense", "there is no text in"),
        (b"\x00\x01\x02", "Odense", "is neither text nor a PDF"),
        (b"%PDF-1.7 broken", "Odense", "cannot be read as a PDF"),
        (b"Hej", "Odense", "looks like a strategy"),
        (TEXT.encode(), "Odnse", "did you mean Odense"),
    ],
)
def test_what_cannot_be_drafted_is_said(tmp_path: Path, content: bytes, place: str, told: str) -> None:
    file = tmp_path / "strategi"
    file.write_bytes(content)
    with pytest.raises(NotDrafted, match=told):
        draft(file, place, SHIPPED)


def test_the_command(tmp_path: Path, base: Path) -> None:
    """From standard input to a new file; never over another one, and never into a base."""
    out = tmp_path / "udkast.yaml"
    words = ["import", "-", "--municipality", "Samsø", "--knowledge", str(base), "-o"]
    done = vejviser(*words, str(out), stdin=TEXT.encode("cp1252", "replace"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert out.read_text("utf-8").startswith("# ")
    again = vejviser(*words, str(out), stdin=TEXT.encode())
    assert again.returncode == 1
    assert "exists" in again.stderr.decode()
    inside = base / "data" / "municipalities" / "samsoe.yaml"
    refused = vejviser(*words, str(inside), stdin=TEXT.encode())
    assert (refused.returncode, inside.exists()) == (1, False)
    assert "is in the base" in refused.stderr.decode()
