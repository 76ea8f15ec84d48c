"""Every reply becomes messages that a server stricter than Telegram accepts."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.channels.telegram_view import IN_PLACE, Message, messages, plain_message, posted_message, web_address
from handlers.picture import Picture, Table
from handlers.reply import About, Block, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from tests.bot.conftest import MENTORS, reply_of
from tests.fake_telegram import check_keyboard, check_parameters, check_text, parse_html, units


def accepted(sheet: Message) -> str:
    """The text that is seen, after the server's own checks."""
    parameters: dict[str, Any] = {"chat_id": 1, "text": sheet.html, "parse_mode": "HTML"}
    if sheet.keyboard:
        parameters["reply_markup"] = sheet.keyboard.to_dict()
        assert parameters["reply_markup"] == InlineKeyboardMarkup(sheet.keyboard.inline_keyboard).to_dict()
        check_keyboard(parameters["reply_markup"]["inline_keyboard"])
    check_parameters("sendMessage", parameters)
    seen = parse_html(sheet.html)
    check_text(seen)
    return seen


def seen_of(reply: Reply) -> list[str]:
    return [accepted(sheet) for sheet in messages(reply)]


def labels(sheet: Message) -> list[list[str]]:
    return [[button.text for button in row] for row in sheet.keyboard.inline_keyboard] if sheet.keyboard else []


def of_blocks(*blocks: Block) -> Reply:
    return Reply("da", blocks, About("answered", "test"))


def test_answer_as_one_message() -> None:
    (sheet,) = messages(MENTORS)
    assert sheet.html == (
        "<b>2 kommuner</b> har en mentorordning:\n\n"
        "• Aarhus: &lt;mentorer&gt; &amp; netværk\n"
        '• <a href="https://www.roskilde.dk/s?a=1&amp;b=2">Roskilde</a>\n\n'
        "<i>Kilde: strategien fra 2014</i>"
    )
    assert labels(sheet) == [["Dokument: Strategi 2014"], ["Vis flere"], ["Hvad gør Aarhus?"]]
    assert accepted(sheet).startswith("2 kommuner har en mentorordning:")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=3000))
def test_a_caption_is_shorter_than_a_message(alt: str) -> None:
    picture = Picture("p", "T", (), (), alt, Table((), ()))
    first, *others = messages(of_blocks(picture, SourceLine("Kilde.")))
    assert first.picture is picture
    assert units(accepted(first)) <= 1024
    assert [one.picture for one in others] == [None] * len(others)
    seen = "".join("".join(accepted(one).split()) for one in (first, *others))
    assert seen.endswith("Kilde.")


@pytest.mark.parametrize(
    ("kind", "danish", "english"),
    [
        ("document", "Dokument: X", "Document: X"),
        ("page", "Side: X", "Page: X"),
        ("search", "Søg: X", "Search: X"),
    ],
)
def test_link_says_what_it_leads_to(kind: Any, danish: str, english: str) -> None:
    for language, label in (("da", danish), ("en", english)):
        (sheet,) = messages(reply_of("svar", language, links=(Link("X", "https://x.dk", kind),)))
        assert labels(sheet) == [[label]]


@pytest.mark.parametrize(
    "text",
    [
        "<b>fed</b>",
        "</i>",
        "<script>alert(1)</script>",
        "&lt;",
        "&",
        "a < b > c",
        '<a href="http://x.dk">',
        "<b",
        "&#0;",
        "*_[]()~`>#+-=|{}.!",
    ],
)
def test_markup_in_the_words_stays_words(text: str) -> None:
    assert seen_of(reply_of(text)) == [text]
    assert seen_of(of_blocks(SourceLine(text), Bullets(((Span(text, strong=True),),)))) == [f"{text}\n\n• {text}"]
    assert accepted(plain_message(text)) == text


def test_markup_cannot_break_out_of_an_address() -> None:
    (sheet,) = messages(of_blocks(Paragraph((Span("her", url="https://x.dk/\"><b>&amp;'<"),))))
    assert accepted(sheet) == "her"
    assert "<b>" not in sheet.html


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x00b\x07c\x1bd\x7fe\x85f", "abcdef"),
        ("a\ud800b\udfffc", "abc"),
        ("a\tb\r\nc\rd", "a b\nc\nd"),
        ("a\u202eb\u2028c", "abc"),
        ("A\u030arhus", "\u00c5rhus"),
    ],
)
def test_what_the_api_refuses_is_taken_out(text: str, left: str) -> None:
    assert seen_of(reply_of(text)) == [left]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\n\n",
        "\x00",
        "\u200b\u200d",
        "\ud83d",
        "\u2800",
        "\ufeff",
        "\u00ad",
        " \u3164 ",
    ],
)
def test_never_an_empty_message(text: str) -> None:
    assert seen_of(reply_of(text)) == ["Jeg har ikke noget at vise dig her."]
    assert seen_of(of_blocks(Bullets(((Span(text),), ())))) == ["Jeg har ikke noget at vise dig her."]
    assert seen_of(of_blocks(SourceLine(text), Paragraph((Span("svar"),)))) == ["svar"]


def test_buttons_alone_are_shown_under_a_line() -> None:
    (sheet,) = messages(Reply("en", (), About("answered", "test"), buttons=(Button("More", "more"),)))
    assert accepted(sheet) == "I have nothing to show you here."
    assert labels(sheet) == [["More"]]


def test_long_answer_breaks_between_blocks() -> None:
    reply = of_blocks(*(Paragraph((Span(letter * 1500),)) for letter in "abc"))
    assert seen_of(reply) == ["a" * 1500 + "\n\n" + "b" * 1500, "c" * 1500]


def test_long_list_breaks_between_points_and_keeps_its_look() -> None:
    reply = of_blocks(Bullets(tuple((Span(letter * 1500, strong=True),) for letter in "abc")))
    first, second = messages(reply)
    assert accepted(first) == "• " + "a" * 1500 + "\n• " + "b" * 1500
    assert second.html == "• <b>" + "c" * 1500 + "</b>"


def test_long_paragraph_breaks_between_sentences_then_words_then_anywhere() -> None:
    sentences = seen_of(reply_of("En sætning. " * 500))
    assert [part[-1] for part in sentences] == ["."] * len(sentences)
    words = seen_of(reply_of("ord " * 2000))
    assert {word for part in words for word in part.split()} == {"ord"}
    assert [len(part) for part in seen_of(reply_of("x" * 10_000))] == [4096, 4096, 1808]


@pytest.mark.parametrize("length", [4094, 4095, 4096, 4097, 4098])
def test_lengths_around_the_limit(length: int) -> None:
    for text in ("x" * length, "&" * length, "\U0001f600" * (length // 2), "x" + "\U0001f600" * (length // 2)):
        parts = seen_of(reply_of(text))
        assert "".join(parts) == text
        assert len(parts) == (1 if units(text) <= 4096 else 2)


def test_break_exactly_at_the_limit_loses_nothing() -> None:
    assert seen_of(reply_of("x" * 4096 + " y")) == ["x" * 4096, "y"]
    assert seen_of(of_blocks(Paragraph((Span("x" * 4096),)), Paragraph((Span("y"),)))) == ["x" * 4096, "y"]


@pytest.mark.parametrize(
    "character",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f44d\U0001f3fd",
        "e\u0301\u0323",
    ],
)
def test_a_character_of_several_code_points_is_not_torn(character: str) -> None:
    for lead in range(8):
        parts = seen_of(reply_of("x" * lead + character * 2500))
        assert len(parts) > 1
        assert not [part for part in parts[1:] if part[0] in "\u200d\U0001f3fd\u0301\u0323"]


def test_a_hundred_kilobytes() -> None:
    sentences = "Et langt svar om <mentorer> & netværk. " * 2600
    for text in (sentences, "x" * 100_000, "\u0301" * 100_000 + "x", " " * 100_000 + "x"):
        parts = seen_of(reply_of(text))
        assert re.sub(r"\s", "", "".join(parts))[-1] == re.sub(r"\s", "", text)[-1]


def test_part_in_which_nothing_is_seen_is_left_out() -> None:
    parts = seen_of(reply_of("svar" + "\u200b" * 9000 + "slut"))
    assert [part.strip("\u200b") for part in parts] == ["svar", "slut"]


def test_keyboard_is_under_the_last_message_only() -> None:
    *before, last = messages(reply_of("ord " * 3000, buttons=(Button("Ja", "yes"),)))
    assert [sheet.keyboard for sheet in before] == [None] * len(before)
    assert labels(last) == [["Ja"]]


def test_short_labels_share_a_row_and_long_ones_do_not() -> None:
    words = ("Ja", "Nej", "Måske", "Ved ikke", "Hvilke kommuner har en mentorordning?", "Hjælp")
    (sheet,) = messages(reply_of("?", suggestions=tuple(Button(word, "do") for word in words)))
    assert labels(sheet) == [["Ja", "Nej", "Måske"], ["Ved ikke"], ["Hvilke kommuner har en mentorordning?"], ["Hjælp"]]


def test_what_cannot_be_a_button_becomes_words() -> None:
    reply = reply_of(
        "svar",
        links=(Link("Filen", "file:///etc/passwd", "document"), Link("Stedet", "http://localhost:80/", "page")),
        buttons=(Button("For lang", "x" * 65), Button("Netop", "ø" * 32), Button("Uden", ""), Button("", "empty")),
    )
    (sheet,) = messages(reply)
    assert labels(sheet) == [["Netop"]]
    assert accepted(sheet) == (
        "svar\n\nDokument: Filen: file:///etc/passwd\n\nSide: Stedet: http://localhost:80/\n\n• For lang\n• Uden"
    )


def test_more_than_a_hundred_buttons() -> None:
    many = tuple(Button(f"Nr. {number}", f"n_{number}") for number in range(120))
    (sheet,) = messages(reply_of("svar", suggestions=many))
    assert len([label for row in labels(sheet) for label in row]) == 100
    assert accepted(sheet).endswith("• Nr. 119")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://kolding.dk", "https://kolding.dk/"),
        ("http://x.dk/søg?q=socialøkonomi", "http://x.dk/s%C3%B8g?q=social%C3%B8konomi"),
        ("https://københavn.dk/a b", "https://xn--kbenhavn-54a.dk/a%20b"),
        ("https://a.dk/?q=%C3%B8", "https://a.dk/?q=%C3%B8"),
        ("", ""),
        ("kolding.dk", ""),
        ("javascript:alert(1)", ""),
        ("ftp://x.dk", ""),
        ("https://", ""),
        ("tg://a", ""),
        ("https://localhost", ""),
        ("https://a..dk", ""),
        ("https://me:secret@x.dk", ""),
        ("https://x.dk:99999", ""),
    ],
)
def test_addresses(url: str, address: str) -> None:
    assert web_address(url) == address


# Every character there is, halves of surrogate pairs among them, and more often those that matter here.
odd = st.characters(categories=["Cs", "Cc", "Cf", "Zs", "So", "Mn"]) | st.sampled_from("<>&\"'. \n")
characters = st.characters() | odd
words = st.text(characters, max_size=60) | st.sampled_from(["<b>", "&amp;", "\ud83d", "\x00", "\u200b"])
long_words = st.builds(lambda text, times: text * times, words, st.sampled_from([1, 1, 1, 200, 3000]))
addresses = words | st.builds("https://{}.dk/{}".format, words, words) | st.sampled_from(["", "https://x.dk/?a=1&b=2"])
spans = st.builds(Span, long_words, st.booleans(), addresses)
rows = st.lists(spans, max_size=3).map(tuple)
bullets = st.builds(Bullets, st.lists(rows, max_size=4).map(tuple))
blocks = st.builds(Paragraph, rows) | bullets | st.builds(SourceLine, long_words)
links = st.builds(Link, words, addresses, st.sampled_from(["document", "page", "search"]))
buttons = st.lists(st.builds(Button, words, words), max_size=5).map(tuple)
replies = st.builds(
    Reply,
    st.sampled_from(["da", "en"]),
    st.lists(blocks, max_size=4).map(tuple),
    st.just(About("answered", "test")),
    st.lists(links, max_size=4).map(tuple),
    buttons,
    buttons,
)


@settings(max_examples=200, deadline=None)
@given(replies)
def test_any_reply_is_accepted(reply: Reply) -> None:
    seen = seen_of(reply)
    assert seen
    assert max(units(text) for text in seen) <= 4096


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.integers(1, 40))
def test_no_visible_character_is_lost(text: str, times: int) -> None:
    kept = re.compile(r"[^0-9A-Za-z]")
    assert kept.sub("", "".join(seen_of(reply_of("y" + text * times)))) == kept.sub("", "y" + text * times)


def test_a_button_that_turns_a_page_says_so_where_there_is_room() -> None:
    buttons = (Button("A", "a", in_place=True), Button("B", "b"), Button("C", "c" * 64, in_place=True))
    (sheet,) = messages(reply_of("x", buttons=buttons))
    assert sheet.keyboard
    data = [str(button.callback_data) for row in sheet.keyboard.inline_keyboard for button in row]
    assert data == [f"{IN_PLACE}a", "b", "c" * 64]
    assert accepted(sheet)


@given(st.text(max_size=300), st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True))
def test_any_answer_can_be_passed_on(text: str, payload: str) -> None:
    (sheet, *_) = messages(reply_of(text, link=payload), "VejviserBot")
    assert sheet.keyboard
    accepted(sheet)
    address = str(sheet.keyboard.inline_keyboard[-1][0].url)
    assert parse_qs(urlsplit(address).query)["url"] == [f"https://t.me/VejviserBot?start={payload}"]


@pytest.mark.parametrize("letters", [10, 4000, 5000, 20_000])
def test_posted_answer_is_one_message_with_its_source(letters: int) -> None:
    source = "Kilde: „Kommunale strategier“ (10. december 2014)."
    links = tuple(Link(f"Strategi {number}", f"https://www.kolding.dk/{number}", "document") for number in range(150))
    reply = Reply(
        "da",
        (Paragraph((Span("ord " * (letters // 4), strong=True),)), SourceLine(source)),
        About("answered", "test"),
        links,
        (Button("Vis flere", "more"),),
        link="what_kolding",
    )
    sheet = posted_message(reply, "VejviserBot")
    text = accepted(sheet)
    assert text.endswith(f"\n\n{source}")
    assert text.startswith("ord")
    assert labels(sheet)[-1] == ["Spørg videre hos Vejviser"]
    assert len(labels(sheet)) == 9
