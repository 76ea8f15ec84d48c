"""How the API tells a message: the fields of the Message that a call is answered with."""

import time
from typing import Any

from tests.fake_telegram.contents import png_size
from tests.fake_telegram.state import BOT, Sent, World


def as_message(world: World, sent: Sent) -> dict[str, Any]:
    """The message as the API tells it."""
    message = {"message_id": sent.number, "date": int(time.time()), "chat": world.chats[sent.chat], "from": BOT}
    if sent.topic:
        message |= {"message_thread_id": sent.topic, "is_topic_message": True}
    if sent.keyboard:
        message["reply_markup"] = {"inline_keyboard": sent.keyboard}
    if sent.photo or sent.file:
        caption = {"caption": sent.text, "caption_entities": sent.entities} if sent.text else {}
        return {**message, **_attached(sent), **{name: value for name, value in caption.items() if value}}
    return {**message, "text": sent.text, **({"entities": sent.entities} if sent.entities else {})}


def _attached(sent: Sent) -> dict[str, Any]:
    ids = {"file_unique_id": str(sent.number)}
    if sent.photo:
        width, height = png_size(sent.photo[1])
        return {"photo": [{"file_id": f"P{sent.number}", **ids, "width": width, "height": height}]}
    assert sent.file
    name, content = sent.file
    return {"document": {"file_id": f"F{sent.number}", **ids, "file_name": name, "file_size": len(content)}}
