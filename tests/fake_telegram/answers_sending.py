"""Messages that the bot sends, edits and deletes."""

from typing import Any

from tests.fake_telegram.answers import Parameters, answers
from tests.fake_telegram.contents import check_file, check_photo, read_caption, read_message
from tests.fake_telegram.html import Read
from tests.fake_telegram.keyboards import check_markup, keyboard_of
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.state import Sent, World
from tests.fake_telegram.told import as_message

UNMODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
NOT_FOUND = "message to edit not found"
ACTIONS = {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
           "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}  # fmt: skip


@answers("sendMessage")
async def send_message(world: World, parameters: Parameters) -> dict[str, Any]:
    return _send(world, parameters, read_message(parameters))


@answers("sendDocument")
async def send_document(world: World, parameters: Parameters) -> dict[str, Any]:
    return _send(world, parameters, read_caption(parameters), file=check_file(parameters["document"]))


@answers("sendPhoto")
async def send_photo(world: World, parameters: Parameters) -> dict[str, Any]:
    return _send(world, parameters, read_caption(parameters), photo=check_photo(parameters["photo"]))


@answers("sendChatAction")
async def send_chat_action(world: World, parameters: Parameters) -> bool:
    if parameters["action"] not in ACTIONS:
        raise Refused("wrong parameter action in request")
    _check_topic(world, int(parameters["chat_id"]), parameters)
    world.enter(parameters)
    return True


@answers("editMessageText")
async def edit_message_text(world: World, parameters: Parameters) -> dict[str, Any] | bool:
    read = read_message(parameters)
    if "inline_message_id" in parameters:
        return _edit_posted(world, parameters, read.text)
    sent = _to_edit(world, parameters)
    if sent.file or sent.photo:
        raise Refused("there is no text in the message to edit")
    return _edit(world, sent, read, parameters)


@answers("editMessageCaption")
async def edit_message_caption(world: World, parameters: Parameters) -> dict[str, Any]:
    read = read_caption(parameters)
    sent = _to_edit(world, parameters)
    if not (sent.file or sent.photo):
        raise Refused("there is no caption in the message to edit")
    return _edit(world, sent, read, parameters)


@answers("editMessageReplyMarkup")
async def edit_message_reply_markup(world: World, parameters: Parameters) -> dict[str, Any] | bool:
    if keyboard_of(parameters):
        check_markup(parameters["reply_markup"])
    if "inline_message_id" in parameters:
        text, _ = world.posted.get(parameters["inline_message_id"], ("", []))
        return _edit_posted(world, parameters, text)
    sent = _to_edit(world, parameters)
    return _edit(world, sent, Read(sent.text), parameters, sent.entities)


@answers("deleteMessage")
async def delete_message(world: World, parameters: Parameters) -> bool:
    return _delete(world, int(parameters["chat_id"]), [parameters["message_id"]])


@answers("deleteMessages")
async def delete_messages(world: World, parameters: Parameters) -> bool:
    if not 1 <= len(parameters["message_ids"]) <= 100:
        raise Refused("message identifiers are not specified, or too many")
    return _delete(world, int(parameters["chat_id"]), parameters["message_ids"])


def _send(
    world: World,
    parameters: Parameters,
    read: Read,
    file: tuple[str, bytes] | None = None,
    photo: tuple[str, bytes] | None = None,
) -> dict[str, Any]:
    chat = int(parameters["chat_id"])
    _check_topic(world, chat, parameters)
    _check_answered(world, chat, parameters)
    world.enter(parameters)
    topic = parameters.get("message_thread_id")
    keyboard = keyboard_of(parameters)
    sent = Sent(chat, world.number(), read.text, keyboard, parameters, file, photo, read.told(), topic)
    world.keep(sent)
    return as_message(world, sent)


def _check_topic(world: World, chat: int, parameters: Parameters) -> None:
    topic = parameters.get("message_thread_id")
    if topic is None:
        return
    if (chat, topic) in world.deleted_topics:
        raise Refused("message thread not found", fair=True)
    if topic not in world.topics.get(chat, set()):
        raise Refused("message thread not found")
    if (chat, topic) in world.closed_topics:
        raise Refused("TOPIC_CLOSED", fair=True)


def _check_answered(world: World, chat: int, parameters: Parameters) -> None:
    answered = parameters.get("reply_parameters")
    if not answered or answered.get("allow_sending_without_reply"):
        return
    number = answered["message_id"]
    if number not in world.heard.get(chat, set()) and not world.find(chat, number):
        raise Refused("message to be replied not found")


def _to_edit(world: World, parameters: Parameters) -> Sent:
    if "chat_id" not in parameters:
        raise Refused("chat_id is empty")
    sent = world.find(int(parameters["chat_id"]), parameters.get("message_id"))
    if sent is None:
        number = parameters.get("message_id", 0)
        known = any(one.number == number for one in world.sent if one.deleted)
        raise Refused(NOT_FOUND, fair=known or number <= world.forgotten)
    return sent


def _edit(
    world: World, sent: Sent, read: Read, parameters: Parameters, look: list[dict[str, str | int]] | None = None
) -> dict[str, Any]:
    world.enter(parameters)
    entities = read.told() if look is None else look
    keyboard = keyboard_of(parameters)
    pressed_on, sent.pressed = sent.pressed or sent.look, None
    if (read.text, entities, keyboard) == (sent.text, sent.entities, sent.keyboard):
        # Pressed twice in a row, before the first had its effect: what the bot is told of the message is no longer so.
        raise Refused(UNMODIFIED, fair=pressed_on != sent.look)
    sent.before.append(sent.text)
    sent.text, sent.entities, sent.keyboard = read.text, entities, keyboard
    return as_message(world, sent)


def _edit_posted(world: World, parameters: Parameters, text: str) -> bool:
    posted = parameters["inline_message_id"]
    if posted not in world.posted:
        raise Refused("MESSAGE_ID_INVALID")
    if world.posted[posted] == (text, keyboard_of(parameters)):
        raise Refused(UNMODIFIED)
    world.posted[posted] = (text, keyboard_of(parameters))
    return True


def _delete(world: World, chat: int, numbers: list[int]) -> bool:
    found = [sent for number in numbers if (sent := world.find(chat, number))]
    if not found:
        raise Refused("message to delete not found", fair=max(numbers) <= world.forgotten)
    world.enter({"chat_id": chat})
    for sent in found:
        sent.deleted = True
    return True
