"""What a terminal is given to show, and what it must never be given."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.terminal_style import styled
from bot.channels.terminal_view import Look, clean, clean_address, plain
from handlers.reply import About, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from tests.bot.standin import REPLY

OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x07\x1b]*\x1b\\")
"""The sequences that styled() may write: colours, and a link's begin and end."""

hostile = st.lists(
    st.sampled_from(
        [
            "\x1b",
            "\x1b[2J",
            "\x1b]0;title\x07",
            "\x1b]8;;http://evil\x1b\\",
            "\x9b31m",
            "\x9d",
            "\x07",
            "\x00",
            "\r",
            "\n",
            "\u202e",
            "\u2028",
            "\ud800",
            "\udfff",
            "[bold]",
            ":smile:",
            "<b>",
            "&amp;",
            "æøå",
            "👩‍👩‍👧",
            "a b ",
        ]
    )
).map("".join)
texts = st.one_of(st.text(st.characters()), hostile)
addresses = st.one_of(texts, texts.map(lambda rest: "https://" + rest))
spans = st.builds(Span, texts, st.booleans(), addresses)
kinds = st.sampled_from(["document", "page", "search"])
runs = st.lists(spans, max_size=3).map(tuple)
replies = st.builds(
    Reply,
    language=st.sampled_from(["da", "en"]),
    blocks=st.lists(
        st.one_of(
            st.builds(Paragraph, runs),
            st.builds(Bullets, st.lists(runs, max_size=3).map(tuple)),
            st.builds(SourceLine, texts),
        ),
        max_size=3,
    ).map(tuple),
    about=st.just(About("answered", "any")),
    links=st.lists(st.builds(Link, texts, addresses, kinds), max_size=2).map(tuple),
    buttons=st.lists(st.builds(Button, texts, st.just("")), max_size=2).map(tuple),
)


def test_piped_answer_in_full() -> None:
    assert plain(REPLY) == (
        "To kommuner har mentorordninger, se siden <https://example.org/side>.\n"
        "\n"
        "• Aarhus: netværk af mentorer\n"
        "• Roskilde: mentorordning for nye virksomheder\n"
        "\n"
        "Kilde: Overblik, april 2014\n"
        "\n"
        "→ Dokument: Overblik <https://example.org/overblik.pdf>\n"
    )


def test_a_page_is_not_taken_for_the_document() -> None:
    link = Link("Strategi", "https://example.org/", "page")
    assert (
        plain(Reply("en", (), About("answered", "any"), links=(link,))) == "→ Page: Strategi <https://example.org/>\n"
    )


def test_choices_are_numbered_and_come_last() -> None:
    assert plain(REPLY, choices=1) == plain(REPLY) + "\n1  Vis flere\n2  Hvad gør Aarhus?\n"


def test_ten_choices_stand_in_line() -> None:
    many = Reply("da", (), About("answered", "any"), buttons=tuple(Button(f"valg {n}", "") for n in range(1, 11)))
    rows = plain(many, choices=1).splitlines()
    assert rows[0] == " 1  valg 1"
    assert rows[9] == "10  valg 10"


@pytest.mark.parametrize("look", [plain, lambda *given: OURS.sub("", styled(*given))])
def test_wrapped_bullets_are_indented(look: Look) -> None:
    rows = look(REPLY, 32, False).splitlines()
    at = rows.index("• Roskilde: mentorordning for")
    assert rows[at + 1] == "  nye virksomheder"


def test_line_breaks_within_a_text_are_kept() -> None:
    reply = Reply("da", (Bullets(((Span("en\nto"),),)),), About("answered", "any"))
    assert plain(reply) == "• en\n  to\n"


def test_links_can_be_clicked_and_colour_is_there() -> None:
    shown = styled(REPLY, 80)
    assert re.search(r"\x1b\]8;[^;]*;https://example\.org/side\x1b\\.*siden", shown)
    assert re.search(r"\x1b\[1mmentorordninger", shown)
    assert "\x1b[36m" in shown


def test_link_of_its_own_shows_its_address_too() -> None:
    assert "→ Dokument: Overblik https://example.org/overblik.pdf\n" in OURS.sub("", styled(REPLY, 80))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("\x1b]8;;http://evil\x1b\\here\x1b]8;;\x1b\\", "here"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]never ended", "never ended"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x08c\x7fd\te", "abcd e"),
        ("abc\u202edef", "abcdef"),
        ("\ud83d", "\ufffd"),
        ("👩‍👩‍👧 æøå", "👩‍👩‍👧 æøå"),
    ],
)
def test_clean(text: str, left: str) -> None:
    assert clean(text) == left


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org/\x1b\\ \x07evil", "https://example.org/evil"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_clean_address(url: str, left: str) -> None:
    assert clean_address(url) == left


@pytest.mark.parametrize("sign", ["\x1b]", "\x1b[", "\x9d", "\x1b[0", "\x1b]8;;a\x07", "æ "])
def test_long_texts_are_shown_at_once(sign: str) -> None:
    """Would take minutes if a sequence without an end were looked for over and over."""
    plain(Reply("da", (SourceLine(sign * 50_000),), About("answered", "any")), 80)


@given(replies, st.sampled_from([0, 1, 40, 200]), st.booleans())
def test_nothing_in_a_reply_drives_a_plain_terminal(reply: Reply, width: int, choices: bool) -> None:
    assert_harmless(plain(reply, width, choices))


@given(replies, st.sampled_from([0, 1, 40, 200]), st.booleans())
def test_nothing_in_a_reply_drives_a_terminal_with_style(reply: Reply, width: int, choices: bool) -> None:
    assert_harmless(OURS.sub("", styled(reply, width, choices)))


@given(replies, st.integers(20, 120))
def test_wrapping_loses_no_word(reply: Reply, width: int) -> None:
    assert plain(reply, width).split() == plain(reply).split()


def assert_harmless(shown: str) -> None:
    shown.encode("utf-8")
    assert {unicodedata.category(sign) for sign in shown.replace("\n", "")}.isdisjoint({"Cc", "Cs"})
    assert not shown or shown.endswith("\n")
