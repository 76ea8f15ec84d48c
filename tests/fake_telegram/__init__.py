"""A Bot API server on loopback that is stricter than Telegram's own: what it accepts, Telegram accepts.

Parameters are checked against aiogram's models, a schema that is not the library's under test. Whatever is wrong
with a call is answered as Telegram would and kept in `FakeTelegram.violations`; what a test wishes for (`fail`) is not.
"""

from tests.fake_telegram.contents import check_caption, check_file, check_message, check_photo, png_size
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.html import parse_html
from tests.fake_telegram.keyboards import check_keyboard
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.schema import check_parameters
from tests.fake_telegram.server import FakeTelegram
from tests.fake_telegram.state import BOT, TOKEN, Call, Sent
from tests.fake_telegram.texts import check_text, units

__all__ = [
    "BOT", "TOKEN", "Call", "FakeTelegram", "Fault", "Refused", "Sent", "check_caption", "check_file",
    "check_keyboard", "check_message", "check_parameters", "check_photo", "check_text", "parse_html", "png_size",
    "units",
]  # fmt: skip
