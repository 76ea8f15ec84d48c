"""The questions one can ask the facts, answered from the base that ships."""

import pytest

from knowledge.library import Library

PLACES = ("aarhus", "ikast-brande", "koebenhavn", "kolding", "roskilde")


def test_by_theme(library: Library) -> None:
    """Initiatives of a theme, in the order of the files; of an initiative, itself; of a goal or nothing, none."""
    assert library.initiatives_on("mentorordning") == ("aarhus-mentorordning", "roskilde-mentorordning")
    assert library.initiatives_on("roskilde-phd") == ("roskilde-phd",)
    assert library.initiatives_on("roskilde-vision") == ()
    assert library.initiatives_on("no-such") == ()


def test_items(library: Library) -> None:
    """Each once, and goals that are named themselves."""
    assert library.items_on(["mentorordning", "aarhus-mentorordning"]) == library.initiatives_on("mentorordning")
    assert library.items_on(["ikast-brande-200-arbejdspladser"]) == ("ikast-brande-200-arbejdspladser",)
    assert library.items_on([]) == ()


@pytest.mark.parametrize(
    ("topics", "every", "places"),
    [
        (["mentorordning"], False, "aarhus roskilde"),
        (["pilotprojekter"], False, "koebenhavn roskilde"),
        (["mentorordning", "pilotprojekter"], False, "aarhus koebenhavn roskilde"),
        (["mentorordning", "pilotprojekter"], True, "roskilde"),
        (["afknopning", "mentorordning"], True, ""),
        (["no-such"], False, ""),
        ([], True, ""),
        ([], False, ""),
    ],
)
def test_having(library: Library, topics: list[str], every: bool, places: str) -> None:
    """Municipalities with any, or every one, of the topics."""
    assert sorted(library.having(topics, every=every)) == places.split()


def test_answers_keep_the_order_of_the_files(library: Library) -> None:
    """Whatever order is asked in."""
    order = list(library.municipalities)
    assert sorted(order) == list(PLACES)
    assert library.owners(["roskilde-phd", "kolding-pulje", "aarhus-netvaerk"]) == tuple(
        one for one in order if one in ("aarhus", "kolding", "roskilde")
    )


def test_owners(library: Library) -> None:
    """Everything has one; what is unknown, and the papers of nobody, have none."""
    assert library.owners(["koebenhavn-evaluering"]) == ("koebenhavn",)
    assert library.owners(["overblik-2014", "no-such"]) == ()
    assert library.items_in(["roskilde-phd", "kolding-pulje"], "kolding") == ("kolding-pulje",)


def test_themes_of(library: Library) -> None:
    """All themes of what is asked for, and the main one of each."""
    assert library.themes_of(["aarhus-mentorordning"]) == ("mentorordning", "raadgivning", "frivillighed")
    assert library.main_themes(["aarhus-mentorordning", "netvaerk"]) == ("mentorordning", "netvaerk")
    assert library.themes_of(["no-such"]) == ()


def test_theme_sets_hold_the_themes_of_the_initiatives(library: Library) -> None:
    """In the order of the themes, and none without an initiative there."""
    for place in library.municipalities:
        themes = library.theme_set(place)
        assert list(themes) == [one for one in library.themes if one in themes]
        assert all(library.items_in([theme], place) for theme in themes)


def test_current_strategies(library: Library) -> None:
    """The newest of each: Kolding's of 2009 is replaced."""
    current = {place: one.id for place in PLACES if (one := library.current_strategy(place))}
    assert current == {
        "aarhus": "aarhus-2012",
        "ikast-brande": "ikast-brande-2020",
        "koebenhavn": "koebenhavn-2010",
        "kolding": "kolding-2014",
        "roskilde": "roskilde-2014",
    }
    newer = library.replaced_by("kolding-2009")
    assert newer
    assert newer.id == "kolding-2014"
    assert library.replaced_by("kolding-2014") is None


def test_by_date(library: Library) -> None:
    """Oldest first; the one whose beginning nobody knows comes last."""
    found = [one.id for one in library.by_date]
    assert found[:3] == ["kolding-2009", "koebenhavn-2010", "aarhus-2012"]
    assert found[-1] == "ikast-brande-2020"
    assert len(found) == 6


def test_partners(library: Library) -> None:
    """In both directions."""
    assert library.work_with("den-sociale-kapitalfond") == ("koebenhavn-investeringsfond",)
    assert library.partners_of(["roskilde-mentorordning"]) == ("erhvervsforum-roskilde", "di", "da")
    assert library.partners_of(["aarhus-netvaerk"]) == ()
    for organisation in library.organisations:
        for one in library.work_with(organisation):
            assert organisation in library.partners_of([one])


def test_figures(library: Library) -> None:
    """Numbers that a source gives, and not the single ones that any sentence may have."""
    assert {200, 8, 3} <= library.figures
    assert 1 not in library.figures


def test_items_by_id(library: Library) -> None:
    """An initiative or a goal."""
    assert library.item("roskilde-phd") is library.initiatives["roskilde-phd"]
    assert library.item("roskilde-vision") is library.goals["roskilde-vision"]
    assert library.item("roskilde") is None
