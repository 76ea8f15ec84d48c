"""What the bot tells of itself: who it is, its commands, descriptions and menu button."""

import json
import re
from typing import Any

from tests.fake_telegram.answers import ANSWERS, Answer, Parameters, answers
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.state import BOT, World
from tests.fake_telegram.texts import units

COMMANDS = 100
PROFILE = {"name": ("setMyName", "getMyName", 64), "description": ("setMyDescription", "getMyDescription", 512),
           "short_description": ("setMyShortDescription", "getMyShortDescription", 120)}  # fmt: skip
"""What sets and gets each part of the profile, and how long it may be."""


@answers("getMe")
async def get_me(world: World, parameters: Parameters) -> dict[str, Any]:
    return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}


@answers("setMyCommands")
async def set_my_commands(world: World, parameters: Parameters) -> bool:
    commands = parameters["commands"]
    names = [one["command"] for one in commands]
    if len(names) > COMMANDS or len(set(names)) < len(names):
        raise Refused("BOT_COMMANDS_TOO_MUCH, or one twice")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    world.menus[_place(world, parameters)] = commands
    return True


@answers("getMyCommands")
async def get_my_commands(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    return world.menus.get(_place(world, parameters), [])


@answers("deleteMyCommands")
async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.menus.pop(_place(world, parameters), None)
    return True


@answers("setChatMenuButton")
async def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    chat = parameters.get("chat_id", 0)
    if chat and (chat not in world.chats or chat < 0):
        raise Refused("chat not found", fair=chat > 0)
    world.buttons[chat] = parameters.get("menu_button", {"type": "default"})
    return True


@answers("getChatMenuButton")
async def get_chat_menu_button(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = parameters.get("chat_id", 0)
    return world.buttons.get(chat) or world.buttons.get(0) or {"type": "default"}


def _setting(name: str, longest: int) -> Answer:
    async def answer(world: World, parameters: Parameters) -> bool:
        value = parameters.get(name) or ""
        if units(value) > longest:
            raise Refused(f"{name.upper()}_TOO_LONG")
        world.profile[name, _language(parameters)] = value
        return True

    return answer


def _getting(name: str) -> Answer:
    async def answer(world: World, parameters: Parameters) -> dict[str, str]:
        language = _language(parameters)
        return {name: world.profile.get((name, language)) or world.profile.get((name, ""), "")}

    return answer


def _language(parameters: Parameters) -> str:
    code = str(parameters.get("language_code") or "")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise Refused("Invalid language code specified")
    return code


def _place(world: World, parameters: Parameters) -> tuple[str, str]:
    scope = parameters.get("scope") or {"type": "default"}
    chat = scope.get("chat_id")
    if chat is not None and int(chat) not in world.chats:
        raise Refused("chat not found", fair=True)
    kind = scope["type"] if len(scope) == 1 else json.dumps(scope, sort_keys=True)
    return kind, _language(parameters)


for _name, (_set, _get, _longest) in PROFILE.items():
    ANSWERS[_set] = _setting(_name, _longest)
    ANSWERS[_get] = _getting(_name)
