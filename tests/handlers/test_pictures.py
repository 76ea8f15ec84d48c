"""What pictures say: the numbers of the base, how each strategy stands on a day, and the same in words and a table."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.dialogue import Dialogue
from handlers.picture import NOTHING, Grid, Picture, Timeline, spoken_rows, table_lines
from handlers.pictures import COLUMNS, COMPARED, PERIODS, ROWS, compare_picture, matrix, strategies_in_time
from handlers.reply import Reply, reply_text
from handlers.session import Session
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from tests.conftest import TODAY
from tests.handlers.bases import base_of
from tests.handlers.queries import real_queries

each_language = pytest.mark.parametrize("language", LANGUAGES)
PICTURES = {"matrix": matrix, "timeline": strategies_in_time, "compare_picture": compare_picture}


def shown(library: Library, query: Query, language: str = "da", today: date = TODAY) -> Picture:
    """The picture of the answer."""
    reply = PICTURES[query.intent](Turn(library, query, language, today))
    (picture,) = (one for one in reply.blocks if isinstance(one, Picture))
    return picture


def grid_of(picture: Picture) -> Grid:
    """The part with themes."""
    return next(one for one in picture.parts if isinstance(one, Grid))


def timeline_of(picture: Picture) -> Timeline:
    """The part with years."""
    return next(one for one in picture.parts if isinstance(one, Timeline))


@each_language
def test_the_matrix_has_every_number_of_the_base(library: Library, language: str) -> None:
    """Each theme once, each municipality once, and in each cell as many initiatives as the base holds."""
    grid = grid_of(shown(library, Query("matrix"), language))
    assert grid.columns == tuple(one.short[language] for one in library.municipalities.values())
    ids = {one.name[language]: key for key, one in library.themes.items()}
    rows = {ids[row.label]: row.counts for group in grid.groups for row in group.rows}
    assert rows == {
        theme: tuple(len(library.items_in([theme], place)) for place in library.municipalities)
        for theme in library.themes
    }


def test_the_matrix_begins_with_what_most_have(library: Library) -> None:
    """And says so in words, with its number."""
    picture = shown(library, Query("matrix"))
    spread = [sum(map(bool, row.counts)) for row in grid_of(picture).groups[0].rows]
    assert spread == sorted(spread, reverse=True)
    assert picture.alt == ("20 temaer i 5 kommuner. Mest udbredt: „Rådgivning“ (4 af 5). Flest temaer: København (11).")


@pytest.mark.parametrize(
    ("today", "states"),
    [
        (
            date(2026, 11, 22),
            {"kolding-2009": "replaced", "koebenhavn-2010": "expired", "ikast-brande-2020": "expired"},
        ),
        (
            date(2020, 12, 31),
            {"kolding-2009": "replaced", "koebenhavn-2010": "expired", "ikast-brande-2020": "in_force"},
        ),
        (date(2013, 12, 31), {"koebenhavn-2010": "in_force", "ikast-brande-2020": "in_force"}),
    ],
    ids=str,
)
def test_the_timeline_marks_what_is_over(library: Library, today: date, states: dict[str, str]) -> None:
    """On the day that it is; what has no known end is never called expired."""
    timeline = timeline_of(shown(library, Query("timeline"), "da", today))
    found = {one.id: period.state for one, period in zip(library.by_date, timeline.periods, strict=True)}
    assert found == dict.fromkeys(found, "unknown") | {"kolding-2009": "replaced"} | states
    assert timeline.last == max(today.year, 2020)


def test_the_timeline_tells_years_as_the_base_has_them(library: Library) -> None:
    """Begun, ended, or not known: nothing is made up."""
    timeline = timeline_of(shown(library, Query("timeline")))
    assert [(one.name, one.told, one.start, one.end) for one in timeline.periods] == [
        ("Kolding", "2009–2014 · afløst", 2009, 2014),
        ("København", "2010–2013 · udløbet", 2010, 2014),
        ("Aarhus", "fra 27. juni 2012 · slutår ukendt", 2012 + 5 / 12, None),
        ("Kolding", "fra 2014 · slutår ukendt", 2014, None),
        ("Roskilde", "fra efteråret 2014 · slutår ukendt", 2014 + 8 / 12, None),
        ("Ikast-Brande", "frem mod 2020 (startår ukendt) · udløbet", None, 2021),
    ]
    assert (timeline.first, timeline.last) == (2009, 2026)


def test_a_comparison_groups_what_is_shared_and_what_is_not(library: Library) -> None:
    """Every theme of any of them stands in the one group where it belongs."""
    places = ("aarhus", "koebenhavn", "roskilde")
    grid = grid_of(shown(library, Query("compare_picture", places)))
    told = {group.title: [row.label for row in group.rows] for group in grid.groups}
    assert list(told) == ["Fælles", "Hos flere af dem", "Kun hos Aarhus", "Kun hos København", "Kun hos Roskilde"][:4]
    for group in grid.groups:
        for row in group.rows:
            has = [place for place, count in zip(places, row.counts, strict=True) if count]
            wanted = {"Fælles": 3, "Hos flere af dem": 2}.get(group.title, 1)
            assert len(has) == wanted, row
            if wanted == 1:
                assert group.title == f"Kun hos {library.municipalities[has[0]].short.da}"
    assert sum(map(len, told.values())) == len({theme for place in places for theme in library.theme_set(place)})


def test_a_comparison_on_a_theme_has_that_theme_alone(library: Library) -> None:
    """What was asked for."""
    grid = grid_of(shown(library, Query("compare_picture", ("aarhus", "roskilde"), ("mentorordning",))))
    assert [row.label for group in grid.groups for row in group.rows] == ["Mentorordning"]


@each_language
def test_every_picture_says_itself_in_words_and_in_a_table(library: Library, language: str) -> None:
    """As wide as its head everywhere, with its source and what a dash means."""
    for query in real_queries(library):
        if query.intent in PICTURES:
            picture = shown(library, query, language)
            assert picture.alt.endswith("."), query
            assert all(len(row) == len(picture.table.head) for row in picture.table.rows), query
            assert picture.table.rows, query
            assert any("2014" in note for note in picture.notes), query
            assert library.documents["overblik-2014"].title[language] in picture.notes[-1], query
            numbers = [str(count or NOTHING) for part in picture.parts if isinstance(part, Grid)
                       for group in part.groups for row in group.rows for count in row.counts]  # fmt: skip
            cells = [cell for row in picture.table.rows for cell in row[1:]]
            assert cells[len(cells) - len(numbers) :] == numbers, query


def test_of_a_large_base_a_picture_shows_what_can_be_read_and_says_so(library: Library) -> None:
    """And never more."""
    large = base_of(library, 40, 60)
    places = tuple(large.municipalities)
    whole, time = shown(large, Query("matrix")), shown(large, Query("timeline"))
    both = shown(large, Query("compare_picture", places[:6]))
    assert len(grid_of(whole).columns) == COLUMNS
    assert len(grid_of(whole).groups[0].rows) <= ROWS
    assert "Her er 8 af 40 kommuner; nævn dem, du vil se." in whole.notes
    assert len(timeline_of(time).periods) == PERIODS
    assert "Her er de 10 nyeste af 48 strategier; nævn en kommune for at se dens." in time.notes
    assert len(grid_of(both).columns) == COMPARED
    assert "Her er 3 af 6 kommuner; nævn dem, du vil se." in both.notes


def test_a_municipality_without_initiatives_has_an_empty_matrix(library: Library) -> None:
    """Told as what it is."""
    picture = shown(base_of(library, 1, 0), Query("matrix"))
    assert grid_of(picture).groups == ()
    assert picture.alt == "Kilderne nævner ingen temaer hos Aarhus 0."


def test_a_base_without_strategies_has_an_empty_timeline(library: Library) -> None:
    """Also told."""
    knowledge = library.knowledge
    bare = tuple(replace(one, strategies=(), initiatives=()) for one in knowledge.municipalities)
    picture = shown(Library(replace(knowledge, municipalities=bare)), Query("timeline"))
    assert timeline_of(picture).periods == ()
    assert picture.alt == "Kilderne nævner ingen strategi."


def reply_to(dialogue: Dialogue, *texts: str) -> Reply:
    """The answer to the last of what is said."""
    session, reply = Session(), None
    for text in texts:
        reply, session = dialogue.answer(text, session)
    assert reply
    return reply


@pytest.mark.parametrize(
    ("text", "label", "intent"),
    [
        ("sammenlign Aarhus og København", "Vis som billede", "compare_picture"),
        ("hvad har Kolding og Roskilde til fælles?", "Vis som billede", "compare_picture"),
        ("hvilke temaer er der?", "Vis som billede", "matrix"),
        ("hvornår blev strategierne vedtaget?", "Vis som tidslinje", "timeline"),
        ("gælder strategien i København stadig?", "Vis som tidslinje", "timeline"),
        ("hvem var først?", "Vis som tidslinje", "timeline"),
        ("compare Aarhus and Copenhagen", "Show as a picture", "compare_picture"),
        ("which themes are there?", "Show as a picture", "matrix"),
    ],
)
def test_an_answer_in_words_offers_its_picture(dialogue: Dialogue, text: str, label: str, intent: str) -> None:
    """It stays an answer in words; the button below shows the very picture of it."""
    reply, session = dialogue.answer(text, Session())
    assert not [one for one in reply.blocks if isinstance(one, Picture)]
    (action,) = (one.action for one in reply.buttons if one.label == label)
    picture, _ = dialogue.act(action, session)
    assert picture.about.intent == intent
    if intent == "compare_picture":
        assert picture.about.municipalities == reply.about.municipalities


@pytest.mark.parametrize("action", ["picture", "picture_aarhus", "matrix_aarhus", "timeline_aarhus_kolding", "brief"])
def test_a_link_that_names_too_little_is_answered(dialogue: Dialogue, action: str) -> None:
    """Deep links can be written by anyone."""
    reply, _ = dialogue.act(action, Session())
    assert reply_text(reply)
    assert reply.about.status == ("clarify" if action == "brief" else "answered")


def test_a_municipality_joins_the_picture(dialogue: Dialogue) -> None:
    """ "og Kolding?" after a picture of two gives a picture of three."""
    reply = reply_to(dialogue, "sammenlign Aarhus og København som billede", "og Kolding?")
    assert reply.about.intent == "compare_picture"
    assert reply.about.municipalities == ("aarhus", "koebenhavn", "kolding")


@pytest.mark.parametrize(
    "text",
    ["vis mig et billede af en hund", "generer et billede af rådhuset", "vis tidslinjen i ord", "hvad er et faktaark?",
     "har I et billede af Business Park Staldgården?"],
)  # fmt: skip
def test_what_is_no_question_for_our_pictures(dialogue: Dialogue, text: str) -> None:
    """A photograph, something else, or words on purpose."""
    assert reply_to(dialogue, text).about.intent not in {*PICTURES, "brief"}


def test_the_answer_as_text_has_a_row_a_line(dialogue: Dialogue) -> None:
    """For programs and for those who listen; what is not there is not read out."""
    text = reply_text(reply_to(dialogue, "vis en oversigt over temaer"))
    assert "• Mentorordning: Aarhus 1; Roskilde 1\n" in text
    assert text.startswith("20 temaer i 5 kommuner.")


@each_language
def test_tables_fit_a_terminal(library: Library, language: str) -> None:
    """80 columns hold five municipalities and twenty themes; every word of the table is still there."""
    table = shown(library, Query("matrix"), language).table
    lines = table_lines(table, 80)
    assert max(map(len, lines)) <= 80
    assert len(table.rows) == 20
    assert set("".join(lines).replace(" ", "").replace("-", "")) >= set("123–")
    first = lines[1].index(" ") if lines[1].startswith("-") else lines[2].index(" ")
    told = "".join(line[:first] for line in lines).replace(" ", "")
    assert [row[0] for row in table.rows if row[0].replace(" ", "") not in told] == []


def test_a_narrow_table_breaks_no_word(library: Library) -> None:
    """It is wider than the terminal rather than torn."""
    table = shown(library, Query("timeline")).table
    assert "erhvervsudviklingsstrategien" in " ".join(table_lines(table, 20))


def test_rows_are_spoken_by_their_heads(library: Library) -> None:
    """An empty row says that it is."""
    table = shown(library, Query("matrix", ("aarhus", "kolding"))).table
    assert spoken_rows(replace(table, rows=(("Tema", NOTHING, "2"), ("Andet", NOTHING, NOTHING)))) == [
        "Tema: Kolding 2",
        "Andet: –",
    ]
