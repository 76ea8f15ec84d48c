"""What the bot asks about chats and who is in them."""

from typing import Any

from tests.fake_telegram.answers import Parameters, answers
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.state import BOT, World

RIGHTS = dict.fromkeys(
    ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
     "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
     "can_edit_stories", "can_delete_stories"),
    False,
)  # fmt: skip
"""What an administrator's answer has to say."""


@answers("getChat")
async def get_chat(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = _known(world, parameters)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return {**chat, **more}


@answers("getChatMember")
async def get_chat_member(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = _known(world, parameters)
    return member(world, chat["id"], parameters["user_id"])


@answers("getChatAdministrators")
async def get_chat_administrators(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    chat = _known(world, parameters)
    if chat.get("type") == "private":
        raise Refused("there are no administrators in the private chat")
    return [member(world, chat["id"], person) for person in world.administrators.get(chat["id"], {})]


@answers("getChatMemberCount")
async def get_chat_member_count(world: World, parameters: Parameters) -> int:
    return 2 + len(world.administrators.get(_known(world, parameters)["id"], {}))


@answers("leaveChat")
async def leave_chat(world: World, parameters: Parameters) -> bool:
    chat = _known(world, parameters)
    if chat.get("type") == "private":
        raise Refused("chat member status can't be changed in private chats")
    world.blocked.add(chat["id"])
    return True


def member(world: World, chat: int, person: int) -> dict[str, Any]:
    """Somebody as the API tells who they are in a chat."""
    user = BOT if person == BOT["id"] else {"id": person, "is_bot": False, "first_name": "A"}
    status = world.administrators.get(chat, {}).get(person, "member")
    told = {"status": status, "user": user}
    if status == "administrator":
        return {**told, **RIGHTS}
    return {**told, "is_anonymous": False} if status == "creator" else told


def _known(world: World, parameters: Parameters) -> dict[str, Any]:
    number = int(parameters["chat_id"])
    chat = world.chats.get(number)
    if chat is None or number in world.gone:
        raise Refused("chat not found", fair=number in world.gone)
    if number in world.blocked and number < 0:
        raise Refused(f"Forbidden: bot is not a member of the {chat.get('type')} chat", 403)
    return chat
