"""Faults by chance, so spread that a bot which tries again loses nothing; now and then one that it cannot survive."""

from collections import Counter, defaultdict
from collections.abc import Callable
from random import Random

from tests.fake_telegram import Fault

IN_A_ROW = 2
"""So many calls to a chat are struck one after the other, and no more."""
HEAVY = 8
"""So many, where the bot may give up."""
SENDING = ("send", "edit", "delete", "getChatMember")
QUERIES = {"answerCallbackQuery": "callback_query_id", "answerInlineQuery": "inline_query_id"}
BAD_GATEWAY = "<html><h1>502 Bad Gateway</h1></html>"


class Weather:
    """The `by_chance` of a fake server."""

    def __init__(self, chance: Random, share: float, heavy: float, floods: int, lose: Callable[[int], None]) -> None:
        """`share` of the calls is struck, and of these `heavy` more than a bot can bear: then `lose` is told the chat.

        `floods`: how often Telegram tells the bot to wait, for each time takes a second.
        """
        self.share = share
        self.struck: Counter[str] = Counter()
        """How often, by kind."""
        self.excused: set[str] = set()
        """Queries whose answer was lost."""
        self.doubtful: set[int] = set()
        """Chats in which something may have come twice."""
        self.heavy = 0
        """How often a chat was struck more than a bot can bear."""
        self.lost_chats: set[int] = set()
        self._chance = chance
        self._heavy_share = heavy
        self._floods = floods
        self._lose = lose
        self._row: defaultdict[str, int] = defaultdict(int)
        self._left: dict[str, int] = {}

    def __call__(self, method: str, fields: dict[str, str]) -> Fault | None:
        """What the call meets."""
        if method == "getUpdates":
            return self._light("getUpdates", 1, 0.2)
        if method in QUERIES:
            fault = self._light(method, 1, 1.0)
            if fault and fault.strikes:
                self.excused.add(fields[QUERIES[method]])
            return fault
        return self._on_message(fields.get("chat_id", "")) if method.startswith(SENDING) else None

    def _on_message(self, chat: str) -> Fault | None:
        if self._left.get(chat):
            self._left[chat] -= 1
            self.lost_chats.add(int(chat))
            self._lose(int(chat))
            return Fault(status=502, html=BAD_GATEWAY)
        if self._chance.random() < self.share * self._heavy_share:
            self.heavy += 1
            self._left[chat] = HEAVY
        fault = self._light(chat, IN_A_ROW, 1.0)
        if fault and (fault.done or fault.late):
            self.doubtful.add(int(chat))
        return fault

    def _light(self, where: str, most: int, often: float) -> Fault | None:
        if self._row[where] >= most or self._chance.random() >= self.share * often:
            self._row[where] = 0
            return None
        self._row[where] += 1
        kinds = {
            "502": Fault(status=502, html=BAD_GATEWAY),
            "500": Fault(status=500),
            "garbage": Fault(status=200, html='{"ok":tr'),
            "reset": Fault(reset=True),
            "halfway": Fault(halfway=True, done=True),
            "taken, then reset": Fault(reset=True, done=True),
            "slow": Fault(slow=self._chance.uniform(0.05, 0.3)),
            "late": Fault(late=self._chance.uniform(0.05, 0.3)),
        }
        if self._floods and where not in ("getUpdates", *QUERIES):
            kinds["429"] = Fault(status=429, retry_after=1)
        kind = self._chance.choice(list(kinds))
        self._floods -= kind == "429"
        self.struck[kind] += 1
        return kinds[kind]
