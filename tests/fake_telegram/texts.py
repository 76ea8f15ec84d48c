"""What a text may be, whatever it is for: its length in Telegram's units, and that it can be seen and sent."""

import re

from tests.fake_telegram.refusal import Refused

# What Telegram takes out, or takes for no text at all (tdlib's clean_input_string and strip_empty_characters).
_TAKEN_OUT = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_EMPTY = re.compile(
    "[\\s\x00-\x20\xa0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_empty(text: str) -> bool:
    """Whether nothing is left of it that can be seen."""
    return _EMPTY.fullmatch(_TAKEN_OUT.sub("", text)) is not None


def check_text(text: object) -> None:
    """Raises Refused for a text that the API does not take: empty, too long, or with characters it drops."""
    if is_empty(str(text)):
        raise Refused("message text is empty")
    if units(str(text)) > 4096:
        raise Refused("message is too long")
    if stray := _CONTROL.search(str(text)):
        raise Refused(f"control character {stray[0]!r}")


def check_bytes(what: str, value: str, least: int, most: int) -> None:
    """Raises Refused, naming `what`, for a value of another length in bytes."""
    if not least <= len(value.encode()) <= most:
        raise Refused(what)
