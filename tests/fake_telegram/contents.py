"""What a message may hold: its text or caption in a parse mode, its buttons, its file or photo."""

from typing import Any

from aiogram.types import BufferedInputFile

from tests.fake_telegram.html import Read, read_html
from tests.fake_telegram.keyboards import check_markup
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.texts import check_text, units

CAPTION_UNITS = 1024
FILE_BYTES = 50_000_000
PHOTO_BYTES = 10_000_000


def read_text(text: str, mode: str | None) -> Read:
    """The text that is seen. Raises Refused."""
    if mode not in (None, "", "HTML"):
        raise Refused("unsupported parse_mode")
    read = read_html(text) if mode else Read(text)
    check_text(read.text)
    return read


def read_message(parameters: dict[str, Any]) -> Read:
    """The text that is seen of a sendMessage or editMessageText, with its look. Raises Refused."""
    if parameters.get("parse_mode") and parameters.get("entities"):
        raise Refused("parse_mode and entities exclude each other")
    read = read_text(parameters["text"], parameters.get("parse_mode"))
    check_markup(parameters.get("reply_markup"))
    return read


def check_message(parameters: dict[str, Any]) -> str:
    """The text that is seen of a sendMessage or editMessageText. Raises Refused."""
    return read_message(parameters).text


def read_caption(parameters: dict[str, Any]) -> Read:
    """The caption that is seen: like a message, but shorter, and there need not be one. Raises Refused."""
    caption = parameters.get("caption")
    read = read_message({**parameters, "text": caption or "-"})
    if units(read.text) > CAPTION_UNITS:
        raise Refused("message caption is too long")
    return read if caption else Read("")


def check_caption(parameters: dict[str, Any]) -> str:
    """The caption that is seen. Raises Refused."""
    return read_caption(parameters).text


def check_file(file: object) -> tuple[str, bytes]:
    """Name and content of an uploaded file. Raises Refused where there is none, or it is empty, unnamed or too big."""
    if not isinstance(file, BufferedInputFile):
        raise Refused("wrong file identifier/HTTP URL specified")
    if not file.data:
        raise Refused("file must be non-empty")
    if not file.filename or "/" in file.filename or len(file.data) > FILE_BYTES:
        raise Refused("Request Entity Too Large, or a file without a name")
    return file.filename, file.data


def check_photo(file: object) -> tuple[str, bytes]:
    """Name and content of an uploaded PNG. Raises Refused where it is none, or is too big or too slim for a photo."""
    name, content = check_file(file)
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        raise Refused("IMAGE_PROCESS_FAILED")
    if len(content) > PHOTO_BYTES:
        raise Refused("PHOTO_SAVE_FILE_INVALID: too big for a photo")
    width, height = png_size(content)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refused("PHOTO_INVALID_DIMENSIONS")
    return name, content


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
