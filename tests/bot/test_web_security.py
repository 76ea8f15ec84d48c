"""The pieces of the page's security by themselves: names, tokens, buckets, whose address counts, foreign sites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web_security import Chats, client_of, is_foreign

SECRET = b"s" * 32
ADDRESS = "https://vejviser.dk"


def request_with(**headers: str) -> Request:
    """A request with these headers, "_" for "-"."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw})


def test_a_name_comes_back_from_the_cookie() -> None:
    chats, response = Chats(SECRET, secure=False), Response()
    chat = chats.begin()
    chats.remember(response, chat)
    value = response.headers["set-cookie"].partition(";")[0]
    assert chats.chat_of(request_with(cookie=value)) == chat
    assert Chats(b"t" * 32, secure=False).chat_of(request_with(cookie=value)) == ""
    assert chats.chat_of(request_with()) == ""


def test_no_two_chats_have_the_same_name() -> None:
    chats = Chats(SECRET, secure=False)
    assert len({chats.begin() for _ in range(1000)}) == 1000


@given(st.text(max_size=80))
def test_nothing_but_the_token_fits(text: str) -> None:
    chats = Chats(SECRET, secure=False)
    assert not chats.fits("chat", text)
    assert chats.fits("chat", chats.token("chat"))
    assert chats.fits("", text) == (text == "")


def test_a_token_is_one_chats_and_no_name() -> None:
    chats = Chats(SECRET, secure=False)
    assert chats.token("a") != chats.token("b")
    cookie = f"chat={'a' * 32}.{chats.token('a' * 32)}"
    assert chats.chat_of(request_with(cookie=cookie)) == ""


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:0db8:0001:0002"),
        (("2001:db8:1:2::9", 1), "2001:0db8:0001:0002"),
        (("fe80::1%eth0", 1), "fe80:0000:0000:0000"),
        (("testclient", 1), "testclient"),
        (None, ""),
    ],
)
def test_by_what_a_client_is_counted(client: tuple[str, int] | None, counted: str) -> None:
    assert client_of({"type": "http", "client": client}) == counted


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"sec_fetch_site": "same-origin"}, False),
        ({"sec_fetch_site": "none"}, False),
        ({"sec_fetch_site": "same-site"}, True),
        ({"sec_fetch_site": "cross-site", "origin": ADDRESS}, True),
        ({"origin": ADDRESS}, False),
        ({"origin": "http://127.0.0.1:8080", "host": "127.0.0.1:8080"}, False),
        ({"origin": "https://vejviser.dk.evil.example", "host": "vejviser.dk"}, True),
        ({"origin": "null", "host": "vejviser.dk"}, True),
        ({"origin": "https://evil.example", "host": "vejviser.dk"}, True),
    ],
)
def test_which_site_has_sent_it(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(request_with(**headers), ADDRESS) is foreign
