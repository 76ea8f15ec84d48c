"""Takes out of a question what could point at a person, before anybody may write the question down."""

import re
import unicodedata

MAIL, NUMBER, IBAN = "[mail]", "[number]", "[iban]"
"""What stands where something was taken out; no digit and no "@" is in them."""
LONGEST_NUMBER = 8
"""Digits from which on a number is taken out however it is grouped: CPR, phone, account and card numbers."""
LONGEST_RUN = 6
"""Digits in one piece from which on they are taken out: a date of birth, an account number without its bank's."""

# Between the digits of one number people write spaces, dashes, dots, slashes, brackets; a comma and a space part two.
_GAP = r"(?:,(?!\s)|[^\w,@\[\]]){0,3}"
_MAIL = re.compile(r"[^\s@]*\s?@+\s?[^\s@]*")
_IBAN = re.compile(
    r"(?<![^\W\d_])[a-z]{2}\d{2}(?:[\s.-]?[a-z0-9]{4}){3,7}(?:[\s.-]?[a-z0-9]{1,3})?(?![^\W_])", re.IGNORECASE
)
_DATE = re.compile(r"(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})(?!\d)")
_LABELLED = re.compile(
    r"\b((?:cpr|reg|konto|kontonr|kontonummer|registreringsnummer|account|sort code|tlf|telefon|mobil|phone|tel)\w*"
    r"(?:[\s.:#-]|nr|no|nummer|number|er|is)*)"
    rf"\+?\d(?:{_GAP}\d){{2,}}",
    re.IGNORECASE,
)
_RUN = re.compile(rf"\d{{{LONGEST_RUN},}}")
_GROUPED = re.compile(rf"(?:\+{_GAP})?\d(?:{_GAP}\d){{{LONGEST_NUMBER - 1},}}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-\u2013/]\s?(?:19|20)\d\d)?")

LONGEST_KEPT = 500
"""Characters of a question that are kept at most; what is longer was hardly a question."""


def without_masks(text: str) -> str:
    """A kept question without the marks of what was taken out of it."""
    for mark in (MAIL, NUMBER, IBAN):
        text = text.replace(mark, " ")
    return " ".join(text.split())


def kept_form(text: str) -> str:
    """A question as it may be written down."""
    return mask(text)[:LONGEST_KEPT]


def mask(text: str) -> str:
    """`text` without numbers of persons, phones, accounts and cards, dates to the day, IBANs and mail addresses.

    Years, spans of years ("2009-2014") and figures of up to five digits stay. In doubt it takes out too much.
    """
    text = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    text = _MAIL.sub(MAIL, text)
    text = _IBAN.sub(IBAN, text)
    text = _LABELLED.sub(rf"\1{NUMBER}", text)
    text = _GROUPED.sub(lambda found: found[0] if _YEARS.fullmatch(found[0]) else NUMBER, text)
    return _RUN.sub(NUMBER, _DATE.sub(NUMBER, text))
