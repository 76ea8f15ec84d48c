"""Draws `docs/chat.svg`, the README's picture, from a real conversation: `python -m docs.picture`."""

import asyncio
import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from bot.channels.terminal import PROMPT, Chat
from bot.channels.terminal_style import styled
from bot.conversation import Conversation
from handlers.dialogue import load_dialogue

QUESTIONS = ("which municipalities run mentor schemes?", "and in Aarhus?", "hvilke kommuner har en svømmehal?")
WIDTH = 100
MARGIN = 4
"""Columns; not every monospaced font is as narrow as the one the picture is measured for."""
_REMOTE_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Ask the questions one after the other and write what a terminal of `WIDTH` columns shows."""
    chat = Chat(Conversation(load_dialogue()))
    console = Console(file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, legacy_windows=False)
    for question in QUESTIONS:
        console.print(Text(PROMPT, "bold green") + Text(question, "bold"))
        console.print(Text.from_ansi(styled(asyncio.run(chat.take(question)), WIDTH - MARGIN, choices=1)))
    # The picture must not fetch a font from elsewhere; any monospaced one will do.
    picture = _REMOTE_FONTS.sub("", console.export_svg(title="vejviser chat", theme=MONOKAI, unique_id="chat"))
    Path(__file__).with_name("chat.svg").write_text(picture.replace("Fira Code, ", ""), encoding="utf-8")


if __name__ == "__main__":
    main()
