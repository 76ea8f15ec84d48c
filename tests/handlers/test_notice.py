"""Notices: what happened, why one is told, and a button that stops just that; a digest is one message."""

from dataclasses import replace

import pytest

from handlers.actions import LONGEST
from handlers.memory import Scope
from handlers.notice import compose, preview
from handlers.reply import Bullets, Reply, reply_text
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import LANGUAGES, Link, PartialDate, Text, Update

each_language = pytest.mark.parametrize("language", LANGUAGES)
DAY = PartialDate(year=2026, month=12, day=1)
FUND = Update(
    id="2026-12-01-fond", date=DAY, kind="changed", affects=("koebenhavn-investeringsfond",),
    text=Text(da="Fonden er skiftet ud.", en="The fund has been replaced."),
    link=Link(kind="page", url="https://kk.dk/fond"),
)  # fmt: skip
PAPER = Update(
    id="2026-12-02-papir", date=PartialDate(year=2026, month=12, day=2), kind="new-document",
    affects=("kolding-strategi-2014",), text=Text(da="Kolding har en strategi.", en="Kolding has a strategy."),
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    """The base that ships, with two updates more."""
    knowledge = load_knowledge()
    return Library(replace(knowledge, updates=(*knowledge.updates, FUND, PAPER)))


def labels(reply: Reply) -> list[tuple[str, str]]:
    return [(one.label, one.action) for one in reply.buttons]


def test_one_update(library: Library) -> None:
    """Danish."""
    notice = compose(library, [(FUND, Scope("koebenhavn", "finansiering"))], "da")
    assert reply_text(notice) == (
        "Ændret – 1. december 2026\n\nFonden er skiftet ud.\n\n"
        "Du får denne besked, fordi du abonnerer på finansiering i København."
    )
    assert labels(notice) == [("Stop besked om finansiering i København", "unsubscribe_koebenhavn_finansiering")]
    assert [(one.title, one.url) for one in notice.links] == [
        ("Læs mere om nyt fra 1. december 2026", "https://kk.dk/fond")
    ]
    assert [one.action for one in notice.suggestions] == ["what_koebenhavn"]
    assert notice.about.municipalities == ("koebenhavn",)


def test_one_update_in_english(library: Library) -> None:
    """The same with an English chat, of a new document."""
    notice = compose(library, [(PAPER, Scope(strategy="kolding-2014"))], "en")
    assert reply_text(notice) == (
        "New document – 2 December 2026\n\nKolding has a strategy.\n\n"
        "You get this notice because you subscribe to the strategy Kolding 2014."
    )
    assert labels(notice) == [("Stop notices about the strategy Kolding 2014", "unsubscribe_kolding-2014")]
    assert [one.kind for one in notice.links] == ["page"]


@each_language
def test_a_digest(library: Library, language: str) -> None:
    """Newest first, each once; every subscription behind it is named and can be stopped by itself."""
    told = [(FUND, Scope()), (PAPER, Scope("kolding")), (FUND, Scope()), (PAPER, Scope("kolding"))]
    notice = compose(library, told, language)
    [points] = [block for block in notice.blocks if isinstance(block, Bullets)]
    assert len(points.items) == 2
    text = reply_text(notice)
    assert text.index(PAPER.text[language]) < text.index(FUND.text[language])
    assert {"da": "2 nyheder", "en": "2 pieces of news"}[language] in text
    assert [action for _, action in labels(notice)] == ["all-unsubscribe", "unsubscribe_kolding"]


@each_language
def test_a_long_digest_is_folded(library: Library, language: str) -> None:
    """The rest is behind a button; nothing is dropped in silence."""
    notice = compose(library, [(one, Scope()) for one in library.updates], language)
    [points] = [block for block in notice.blocks if isinstance(block, Bullets)]
    assert len(points.items) == 6
    more = len(library.updates) - 6
    assert more > 0
    assert {"da": f"… og {more} til.", "en": f"… and {more} more."}[language] in reply_text(notice)
    assert notice.buttons[0].action == "news"


def test_no_notice_is_empty(library: Library) -> None:
    """Nothing to tell is a fault of whoever asks for it."""
    with pytest.raises(ValueError, match="nothing"):
        compose(library, [], "da")


@each_language
def test_a_notice_never_fails_for_what_the_base_no_longer_has(library: Library, language: str) -> None:
    """The subscription's place is gone, or its ids are too long for a button: it is told all the same."""
    for scope in (Scope("gone"), Scope("gone", "too"), Scope(strategy="was-2010"), Scope("a" * 60, "b" * 60)):
        notice = compose(library, [(FUND, scope)], language)
        assert FUND.text[language] in reply_text(notice)
        assert len(notice.buttons) == 1
        assert len(notice.buttons[0].action) <= LONGEST


def test_preview(library: Library) -> None:
    """Both languages, as who follows everything gets it."""
    danish, english = preview(library, PAPER)
    assert (danish.language, english.language) == ("da", "en")
    assert "abonnerer på alt" in reply_text(danish)
    assert "subscribe to everything" in reply_text(english)
