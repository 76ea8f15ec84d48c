"""What could point at a person is gone before a question is written down; years and figures stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.unanswered import mask

words = st.text(st.characters(categories=("Ll", "Lu", "Zs"), include_characters=".,:?!()"), max_size=30)
gaps = st.sampled_from(["", " ", "-", ".", " - ", "\u2013", "\u00a0", "\u200b"])


def digits(text: str) -> str:
    """The digits of a text, one behind the other."""
    return "".join(one for one in text if one.isdecimal())


def number(*groups: int) -> st.SearchStrategy[str]:
    """A number in groups of so many digits, with the same gap between all of them."""
    parts = st.tuples(*(st.text("0123456789", min_size=one, max_size=one) for one in groups))
    return st.builds(lambda one, gap: gap.join(one), parts, gaps)


cpr = st.builds(lambda day, gap, rest: f"{day:%d%m%y}{gap}{rest:04}", st.dates(), gaps, st.integers(0, 9999)) | number(
    2, 2, 2, 4
)
phone = st.builds(
    lambda code, gap, rest: f"{code}{gap}{rest}",
    st.sampled_from(["", "+45", "0045", "(+45)"]),
    st.sampled_from(["", " "]),
    st.one_of(number(8), number(2, 2, 2, 2), number(3, 2, 3), number(4, 4)),
).filter(lambda one: not re.fullmatch(r"(19|20)\d\d( - |[-\u2013])(19|20)\d\d", one))
account = st.one_of(number(4, 10), number(4, 7), number(4, 6), number(4, 3, 3), number(4, 4, 4, 4))
iban = st.builds(
    lambda land, rest, gap: gap.join(re.findall(".{1,4}", land + rest)),
    st.sampled_from(["DK", "dk", "NO", "GB29NWBK", "NL91ABNA"]),
    st.text("0123456789", min_size=16, max_size=16),
    st.sampled_from(["", " ", "-"]),
)
mail = st.emails()


@given(words, st.one_of(cpr, phone, account), words)
def test_no_number_is_left(before: str, secret: str, after: str) -> None:
    """Nothing of it, wherever it stands and however it is grouped."""
    assert digits(mask(before + secret + after)) == ""


@given(words, iban, words)
def test_no_iban_is_left(before: str, secret: str, after: str) -> None:
    """Nothing of its digits."""
    assert digits(mask(f"{before} {secret} {after}")) == ""


@given(words, mail, words)
def test_no_mail_address_is_left(before: str, secret: str, after: str) -> None:
    """Neither the person nor the place."""
    masked = mask(f"{before} {secret} {after}")
    assert "@" not in masked
    assert secret.rsplit("@", 1)[1] not in masked.split()


@given(st.text(st.sampled_from("0123456789 -./+@abkDK\u200b\u0661\uff11"), max_size=60))
def test_any_text(text: str) -> None:
    """Found by patterns other than the code's: no run, no grouped number, no address; masking twice changes nothing."""
    masked = mask(text)
    assert not re.search(r"\d{6}|@", masked)
    assert not re.search(r"\d{6} ?-? ?\d{4}|\d{4} \d{4}|\d\d \d\d \d\d \d\d|\d{3} \d\d \d{3}", masked)
    assert mask(masked) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mit cpr er 010190-1234, kan jeg få hjælp?", "mit cpr er [number], kan jeg få hjælp?"),
        ("cpr-nr. 0101901234", "cpr-nr. [number]"),
        ("født 01.01.90", "født [number]"),
        ("ring på +45 12 34 56 78 i morgen", "ring på [number] i morgen"),
        ("tlf. 112", "tlf. [number]"),
        ("skriv til anne.hansen@kommune.dk, tak", "skriv til [mail] tak"),
        ("anne @ kommune.dk", "[mail]"),
        ("reg.nr. 1234 kontonr. 123456", "reg.nr. [number] kontonr. [number]"),
        ("reg 1234 konto 12345", "reg [number] konto [number]"),
        ("send til DK50 0040 0440 1162 43", "send til [iban]"),
        ("kort 4571 1234 5678 9012", "kort [number]"),
    ],
)
def test_masked(text: str, masked: str) -> None:
    """As people write them."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "hvor mange af de 200 job er skabt i 2014?",
        "strategier 2009-2014",
        "2009 \u2013 2014 eller 2010/2013",
        "i 2009, 2010, 2012 og 2014",
        "50.000 kr. til 12 virksomheder",
        "hvad er § 79 og § 104, stk. 2?",
        "hvem har 3-4 ansatte og 10 % overskud?",
        "Hvad kostede Vestergade 12, 1. sal?",
        "",
    ],
)
def test_what_stays(text: str) -> None:
    """Years and figures are what questions are about."""
    assert mask(text) == text
