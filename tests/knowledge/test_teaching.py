"""A question becomes a sentence with slots, and the gate lets no sentence in that takes another's place."""

from pathlib import Path

import pytest

from knowledge.checking import check
from knowledge.loading import SHIPPED
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.teaching import Lesson, examples, filled, refusals, taught, with_slots
from knowledge.understanding import Understander


@pytest.fixture(scope="module")
def phrasebook() -> Phrasebook:
    """The phrases that ship."""
    return load_phrases()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("hvem har mentorer?", "hvem har {topic}?"),
        ("Har  Aarhus Kommune en\nmentorordning?", "Har {municipality} en {topic}?"),
        ("hvad pusler Kolding og Aarhus med?", "hvad pusler {municipality} og {municipality} med?"),
        ("hvad laver de i Paris i 2014?", "hvad laver de i {municipality} i {year}?"),
        ("which councils fancy mentor schemes?", "which councils fancy {topic}?"),
        ("hvem har {topic}, mon?", "hvem har {topic}, mon?"),
        ("hvad er det her for noget?", "hvad er det her for noget?"),
        ("", ""),
    ],
)
def test_names_and_terms_become_slots(understander: Understander, question: str, sentence: str) -> None:
    assert with_slots(understander, question) == sentence


def test_slots_get_names_of_the_base(understander: Understander) -> None:
    both = filled(understander.library, "er {municipality} som {municipality}, og {town}?", "da")
    first, second = [one.short.da for one in understander.library.municipalities.values()][:2]
    assert both == f"er {first} som {second}, og {{town}}?"


def test_no_example_has_a_slot_left(understander: Understander, phrasebook: Phrasebook) -> None:
    listed = list(examples(understander.library, phrasebook))
    assert len(listed) > 1000
    assert [one for one in listed if "{" in one[1]] == []


@pytest.mark.parametrize(
    ("lesson", "why"),
    [
        (Lesson("da", "no_such", "hvad nu?"), "there is no intent 'no_such'; there are add_to_comparison, "),
        (Lesson("da", "overview", "hvad gør {town}?"), "'{town}' is no slot; there are {municipality}, "),
        (Lesson("da", "overview", "hvad gør {"), "'{}' is no slot"),
        (Lesson("da", "overview", "{municipality}?!"), "no word of its own"),
        (Lesson("da", "municipalities_with", "HVEM har {topic}?"), "stands there already"),
        (Lesson("da", "thanks", "farvel farvel igen"), "phrases/da/thanks.yaml: 'farvel farvel igen' is as 'farvel"),
        (Lesson("da", "overview", "mange tak for hjælpen"), "nothing tells the two intents apart"),
    ],
)
def test_what_the_gate_does_not_let_in(
    understander: Understander, phrasebook: Phrasebook, lesson: Lesson, why: str
) -> None:
    (told, *_) = refusals(SHIPPED, understander.library, phrasebook, lesson)
    assert why in told


def test_what_it_lets_in_is_understood(understander: Understander, phrasebook: Phrasebook) -> None:
    question = "hvad har Kolding i kikkerten?"
    assert understander.understand(question).query is None
    lesson = Lesson("da", "overview", with_slots(understander, question))
    assert refusals(SHIPPED, understander.library, phrasebook, lesson) == []
    found = Understander(understander.library, taught(phrasebook, lesson)).understand(question)
    assert found.query
    assert (found.query.intent, found.query.municipalities) == ("overview", ("kolding",))


def test_what_it_says_is_what_check_says(understander: Understander, phrasebook: Phrasebook, base: Path) -> None:
    lesson = Lesson("da", "thanks", "farvel farvel igen")
    path = base / lesson.file
    path.write_text(f"{path.read_text('utf-8')}- {lesson.sentence}\n", "utf-8")
    told = refusals(SHIPPED, understander.library, phrasebook, lesson)
    assert told == [f"{one.file}: {one.message}" for one in check(base)]
