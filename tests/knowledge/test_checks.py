"""Each rule of `vejviser check` finds a fault that is planted for it, where it stands, and lets the shipped base be."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

import pytest
import yaml

from knowledge.checks.finding import Finding
from knowledge.checks.readability import lix
from knowledge.checks.rules import BY_ID, TABLE, findings
from knowledge.loading import SHIPPED

TODAY = date(2026, 11, 28)
AARHUS = "data/municipalities/aarhus.yaml"
UPDATES = "data/updates.yaml"
NEWEST = [one["id"] for one in yaml.safe_load((SHIPPED / UPDATES).read_text("utf-8")) if "base" in one][-1]
"""The update that knows the base's digest."""
UNKNOWN = "rundbordsdrift"
"""A word that the base's settings do not list and that no term will ever explain."""
LONG_SENTENCE = (
    "Kommunens tværsektorielle beskæftigelsesindsatser koordinerer socialøkonomiske virksomhedsfællesskabers"
    " udviklingsmuligheder, uddannelsespartnerskaber, iværksætterinitiativer og erhvervsfremmeaktiviteter gennem"
    " helhedsorienterede samarbejdsaftaler"
)


@dataclass(frozen=True)
class Planted:
    """A fault to plant: in `file` the first `old` (a pattern) becomes `new`; it is told where `mark` then stands."""

    rule: str
    file: str
    old: str
    new: str
    mark: str
    entry: str
    message: str


def field(rule: str, entry: str, name: str, text: str, message: str, language: str = "da") -> Planted:
    """A text that is written into a field of an initiative in place of what stands there."""
    file = f"data/municipalities/{entry.partition('-')[0]}.yaml"
    before = rf"- id: {entry}\n(?:(?!  - id).*\n)*?    "
    if name == "name":  # in braces, on one line
        return Planted(
            rule,
            file,
            rf"({before}name: \{{(?:.*, )?{language}: )[^,}}\n]+",
            rf"\g<1>{text}",
            f"{language}: {text}",
            entry,
            message,
        )
    old = rf"({before}{name}:\n(?:      .*\n)*?      {language}: ).*"
    return Planted(rule, file, old, rf"\g<1>{text}", f"{language}: {text}", entry, message)


DOCUMENT = """\
- id: andet
  kind: note
  title: {da: Et helt andet papir, en: Quite another paper}
  publisher: X
  website: x.dk
  links:
    - kind: document
      url: https://www.docplayer.dk/4011892-Historien-om-en-vild-vision-med-overraskende-synergier.html/
"""
DOCUMENTS = "data/documents.yaml"
TOGETHER = (
    Planted("same-address", DOCUMENTS, r"\Z", DOCUMENT,
            "      url: https://www.docplayer", "andet", "'ikast-brande-vision-vestergade-historien' has this address"),
    Planted("untold", AARHUS, r"website: .*", "website: aarhus.com", "", NEWEST, "the base has changed"),
    Planted("same-alias", "data/organisations.yaml", r"aliases: \[Den Sociale Kapitalfond", "aliases: [Dansk Industri",
            "aliases: [Dansk Industri, Kapital", "den-sociale-kapitalfond", "a way to write 'di', too"),
    Planted("spaces", "phrases/da/thanks.yaml", r"^utterances:$", "utterances:  ",
            "utterances:  ", "", "spaces stand at the end"),
    Planted("language-order", AARHUS, r"\{da: (Anerk.*), en: (Recogn.*)\}", r"{en: \2, da: \1}",
            "{en: Recogn", "aarhus-synlighed", "English stands before Danish"),
    Planted("place-order", "data/denmark.yaml", r"Faxe, Greve", "Greve, Faxe", "Greve, Faxe", "", "'Greve' does not"),
    Planted("update-order", UPDATES, r"(id: 2026-11-22-kolding\n  date:) .*", r"\1 2026-11-01",
            "date: 2026-11-01", "2026-11-22-kolding", "older than the update before it"),
    Planted("misspelt-name", "data/municipalities/roskilde.yaml",
            r"Sammen med Frivilligcenter Roskilde", "Sammen med Frivilligcentret Roskilde",
            "Frivilligcentret Roskilde", "roskilde-frivilligcenter", "nearly the name 'Frivilligcenter Roskilde'"),
    field("unfinished", "kolding-afknopning", "summary", "'TODO: mere'", "'TODO' only keeps the place"),
    field("same-name", "kolding-vejledning", "name", "Tiltrækning af virksomheder",
          "is the name of 'kolding-tiltraekning'"),
    field("alike-name", "aarhus-offentlig-privat-samarbejde", "name", "Et netværk for interessenter",
          "nearly the name of 'aarhus-netvaerk'"),
    field("alike-text", "kolding-pulje", "summary", "De socialøkonomiske virksomheder skal ses og anerkendes!",
          "nearly the same as 'aarhus-synlighed'"),
    field("same-in-both", "kolding-tiltraekning", "summary",
          "Kommunen vil tiltrække flere socialøkonomiske virksomheder.", "same in Danish and English", "en"),
    field("wrong-language", "koebenhavn-effekter", "summary", "The effects are to be seen by all of them.",
          "should be Danish and reads as English"),
    field("wrong-language", "koebenhavn-netvaerk", "name", "Netværk til alle",
          "should be English and reads as Danish", "en"),
    field("abbreviation", "koebenhavn-raadgivning", "summary", "Rådgivningen i LAG'en skal være målrettet.",
          "nothing explains 'LAG'"),
    field("word-of-the-field", "koebenhavn-pilotprojekter", "summary", f"Kommunen hjælper med {UNKNOWN}.",
          f"no term explains '{UNKNOWN}', which is used once"),
    field("too-long", "koebenhavn-lovgivning", "name", f"{'Meget lang ' * 9}tekst", "of a name at most 70"),
    field("hard-to-read", "koebenhavn-vidensinstitutioner", "summary", LONG_SENTENCE, "is hard to read (LIX"),
    field("misspelt-name", "koebenhavn-indkoeb", "summary", "Her hjælper Silkebogs mange skoler.",
          "'Silkebogs' is nearly the name 'Silkeborg'"),
    field("typography", "koebenhavn-en-indgang", "summary", 'Der er "én indgang" til kommunen.',
          "should be 'Der er „én indgang“"),
    field("typography", "koebenhavn-investeringsfond", "name", 'Fond 2" bred', "stands alone"),
)  # fmt: skip
"""These do not touch each other, so that one look finds them all."""
ALONE = (
    Planted("no-date", DOCUMENTS, r"\n  dated: 2014-12-10", "", "", "kolding-2014", "has a date: 'overblik-2014'"),
    Planted("untraceable", DOCUMENTS, r"  dated: 2014-09-04\n", "",
            "- id: roskilde-notat-2014", "roskilde-notat-2014", "neither an address nor a date"),
    Planted("base", "data/checks.yaml", r"^lix: .*", "lix: hard", "lix: hard", "", "integer"),
)  # fmt: skip

Plant = Callable[..., str]


@cache
def shipped() -> list[Finding]:
    """What is found in the base that ships."""
    return findings(SHIPPED, today=TODAY)


def new(base: Path, today: date = TODAY) -> list[Finding]:
    """What is found in the copy and not in the base that ships, wherever its lines have moved to."""
    known = {(one.file, one.rule, one.message) for one in shipped()}
    return [one for one in findings(base, today=today) if (one.file, one.rule, one.message) not in known]


def planted_in(base: Path, file: str, old: str, new: str, count: int = 1) -> str:
    """Replaces the first match of a pattern in a file (count 0: all of them); gives the file's text."""
    path = base / file
    text, changed = re.subn(old, new, path.read_text("utf-8"), count=count, flags=re.MULTILINE)
    assert changed, f"found nothing like {old!r} in {file}"
    path.write_text(text, "utf-8")
    return text


@pytest.fixture
def plant(base: Path) -> Plant:
    """Puts a fault into the copy."""
    return partial(planted_in, base)


def assert_told(fault: Planted, found: list[Finding], text: str) -> None:
    """Among what is found is the fault, on its line, with its entry and what to do about it."""
    told = [one for one in found if one.rule == fault.rule and one.entry == fault.entry]
    assert told, [one for one in found if one.entry == fault.entry]
    assert fault.message in told[0].message
    assert told[0].weight == BY_ID[fault.rule].weight
    assert told[0].hint or fault.rule in ("base", "untold")
    if fault.mark:
        start = max(0, text.find(f"id: {fault.entry}\n") - 2)
        assert (told[0].file, told[0].line) == (fault.file, text.count("\n", 0, text.index(fault.mark, start)) + 1)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Finding]]:
    """A copy with all faults in it that do not touch each other, and what is found there."""
    base = tmp_path_factory.mktemp("planted") / "base"
    for folder in ("data", "phrases"):
        shutil.copytree(SHIPPED / folder, base / folder)
    planted_in(base, "data/checks.yaml", r"^(words_of_the_field:\n  da: \[)", rf"\g<1>{UNKNOWN}, ")
    for fault in TOGETHER:
        planted_in(base, fault.file, fault.old, fault.new)
    return base, new(base)


@pytest.mark.parametrize("fault", TOGETHER, ids=lambda fault: fault.rule)
def test_a_planted_fault_is_named_where_it_stands(planted: tuple[Path, list[Finding]], fault: Planted) -> None:
    """Among many others."""
    base, found = planted
    assert_told(fault, found, (base / fault.file).read_text("utf-8"))


def test_nothing_is_found_but_what_is_planted(planted: tuple[Path, list[Finding]]) -> None:
    """A fault is not told by several rules, as far as it is not several."""
    expected = {(fault.rule, fault.entry) for fault in TOGETHER}
    beside = {("wrong-language", "kolding-tiltraekning")}
    assert {(one.rule, one.entry) for one in planted[1]} - expected - beside == set()


@pytest.mark.parametrize("fault", ALONE, ids=lambda fault: fault.rule)
def test_a_fault_that_touches_much_is_named_too(base: Path, plant: Plant, fault: Planted) -> None:
    """It is told with all that it touches."""
    text = plant(fault.file, fault.old, fault.new)
    assert_told(fault, new(base), text)


def test_every_rule_is_tried() -> None:
    """A rule that nothing is planted for may find nothing at all."""
    elsewhere = {
        "unknown-topic", "contradiction", "outside", "twin-sentence",  # test_checking.py
        "reworded",  # tests/bot/test_check.py
        "no-source", "old", "coverage", "stolen-sentence",  # below
    }  # fmt: skip
    assert {rule.id for rule in TABLE} == elsewhere | {fault.rule for fault in (*TOGETHER, *ALONE)}
    assert len({rule.id for rule in TABLE}) == len(TABLE)


def test_an_entry_without_source_prevents_loading(base: Path, plant: Plant) -> None:
    """So it is told by the model, and with the entry's id."""
    plant(AARHUS, r"^    sources: .*\n", "")
    [told] = new(base)
    assert (told.rule, told.weight, told.entry, told.message) == ("base", "error", "aarhus-2012", "is missing")


def test_old_facts_are_told_once_a_municipality(base: Path, plant: Plant) -> None:
    """However many there are; a source that was seen lately makes them young."""
    old = [one for one in shipped() if one.rule == "old"]
    assert [one.weight for one in old] == ["info"] * len({one.file for one in old})
    assert old
    years = re.findall(r"^  (?:dated|seen): (\d{4})", (base / DOCUMENTS).read_text("utf-8"), re.MULTILINE)
    ages = [TODAY.year - int(year) for year in years]
    assert [one for one in findings(base, older_than=max(ages) + 1, today=TODAY) if one.rule == "old"] == []
    plant(DOCUMENTS, r"(id: roskilde-notat-2014\n(?:  .*\n)*?  )dated: ", r"\1DATED: ")
    plant(DOCUMENTS, r"^  (dated|seen): \d{4}.*", r"  \1: 2026-11", count=0)
    plant(DOCUMENTS, "DATED: ", "dated: ")
    told = {one.entry: one.message for one in findings(base, today=TODAY) if one.rule == "old"}
    assert set(told) == {"roskilde"}
    assert re.match(r"\d+ of \d+ facts rest .* the newest of those is of 2014-09-04", told["roskilde"])


def test_a_sentence_of_commonplace_words_may_be_stolen(base: Path, plant: Plant) -> None:
    """Where another kind of question has just those words."""
    sentence = "- hvad kan du {municipality}?"
    text = plant("phrases/da/overview.yaml", r"(utterances:\n)", rf"\1{sentence}" + "\n")
    line = text.splitlines().index(sentence) + 1
    told = [one for one in new(base) if one.rule in ("stolen-sentence", "twin-sentence")]
    assert [(one.rule, one.file, one.line) for one in told] == [("stolen-sentence", "phrases/da/overview.yaml", line)]


def test_questions_that_are_known_by_heart_alone(base: Path, plant: Plant) -> None:
    """Told where asked for, with a sentence that would be read as something else."""
    assert not [one for one in shipped() if one.rule == "coverage"]
    plant("data/checks.yaml", r"^coverage: .*", "coverage: 40")
    for path in (base / "phrases").glob("*/[a-z]*.yaml"):  # the first few sentences of each will do
        path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:7]), "utf-8")
    told = [one for one in findings(base, deep=True, today=TODAY) if one.rule == "coverage"]
    assert told
    for one in told:
        sentence = re.search(r"'(.*)' would be read as \w+$", one.message)
        assert sentence
        assert sentence[1] in (base / one.file).read_text("utf-8").splitlines()[one.line - 1].replace("''", "'")


def test_what_an_editor_accepts_is_told_no_more(base: Path, plant: Plant) -> None:
    """Of these entries and this rule alone; a base without the file has the same limits."""
    plant(AARHUS, r"da: Frivillig mentorordning", "da: Et netværk for interessenter")
    told = ("alike-name", "aarhus-mentorordning")
    assert told in [(one.rule, one.entry) for one in new(base)]
    accepted = "  - {rule: alike-name, entries: [aarhus-mentorordning], why: There are two networks.}\n"
    plant("data/checks.yaml", r"^accepted:\n", f"accepted:\n{accepted}")
    assert [one.rule for one in new(base)] == ["untold"]
    (base / "data" / "checks.yaml").unlink()
    assert told in [(one.rule, one.entry) for one in new(base)]


def test_lix() -> None:
    """Words a sentence, plus how many of a hundred have more than six letters."""
    assert lix("Det er en kat. Den sover nu.") == pytest.approx(3.5)
    assert lix("Kommunerne sover.") == pytest.approx(2 + 50)
    assert lix("") == 0


def test_the_base_that_ships() -> None:
    """No error, and no warning but those that an editor has looked at."""
    assert [one for one in shipped() if one.weight == "error"] == []
    assert [f"{one.rule} {one.entry}" for one in shipped() if one.weight == "warning"] == []
