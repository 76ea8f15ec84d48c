"""What becomes of a reply on a page: nothing lost, and no address that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web_view import Download, Part, Press, pressed, shown, typeset
from handlers.reply import Button, File, Link, Span
from tests.bot.conftest import MENTORS, reply_of


def test_every_part_of_a_reply_is_shown() -> None:
    turn = shown(MENTORS, "hvem?")
    assert (turn.asked, turn.language) == ("hvem?", "da")
    assert [part.kind for part in turn.parts] == ["paragraph", "bullets", "source"]
    assert isinstance(turn.parts[1], Part)
    assert turn.parts[1].lines[1] == (Span("Roskilde", url="https://www.roskilde.dk/s?a=1&b=2"),)
    assert [(one.label, one.url) for one in turn.links] == [
        ("Dokument: Strategi 2014", "https://www.kolding.dk/strategi.pdf")
    ]
    assert turn.buttons == (Press("Vis flere", "more_mentor Vis flere"),)
    assert turn.suggestions == (Press("Hvad gør Aarhus?", "overview_aarhus Hvad gør Aarhus?"),)
    assert turn.downloads == ()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x", " ", "/k"])
def test_an_address_that_is_none_becomes_words(url: str) -> None:
    turn = shown(reply_of("x", links=(Link("Her", url, "page"),)))
    assert [(one.label, one.url) for one in turn.links] == [("Side: Her", "")]


def test_a_file_is_carried_by_the_page() -> None:
    turn = shown(reply_of("x", file=File("a.json", b'{"a": 1}')))
    assert turn.downloads == (Download("a.json", "data:application/octet-stream;base64,eyJhIjogMX0="),)


def test_control_characters_are_gone() -> None:
    reply = reply_of("x")
    turn = shown(reply, "a\x00\u202eb")
    assert turn.asked == "ab"
    assert shown(reply_of("a\x1b[31mb")).parts == (Part("paragraph", ((Span("ab"),),)),)


@given(st.text("abc_-0", min_size=1, max_size=64), st.text(max_size=60))
def test_a_button_says_what_was_pressed(action: str, label: str) -> None:
    (press,) = shown(reply_of("x", buttons=(Button(label, action),))).buttons
    assert pressed(press.value) == (action, press.label)


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("(10. december 2014)", "(10.\u00a0december 2014)"),
        ("den 4. september", "den 4.\u00a0september"),
        ("4 September 2014", "4\u00a0September 2014"),
        ("punkt 2. Nyt", "punkt 2. Nyt"),
        ("i 2014. det", "i 2014. det"),
        ("8 Initiatives", "8 Initiatives"),
    ],
)
def test_a_day_stays_with_its_month(text: str, set_text: str) -> None:
    assert typeset(text) == set_text
