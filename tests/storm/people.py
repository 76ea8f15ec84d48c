"""The people: each thing that may happen next, in whose chat and with what words, by chance."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from handlers.actions import COMMANDS
from tests.fake_telegram import FakeTelegram, Sent
from tests.storm import happenings as happen
from tests.storm.happenings import Chat
from tests.storm.ledger import Asked, Ledger
from tests.storm.sentences import odd, sentence

FIRST_PERSON, FIRST_GROUP = 500_001, -500_001
WORDS = sorted({word for words in COMMANDS.values() for word in words})
MADE_UP = ("help", "overview_nowhere", "page_9", "erase", "x" * 64, "æøå", "compare_aarhus_", "../..", "0")
"""What buttons of other times could have meant."""
PAYLOADS = ("", " overview_aarhus", " compare_aarhus_kolding", " nonsense!", " " + "a" * 64, " a b c")


class People:
    """Twelve people, four groups and a channel; or many times as many people and groups."""

    def __init__(self, fake: FakeTelegram, chance: Random, ledger: Ledger, marked: bool, times: int = 1) -> None:
        """`marked`: questions carry tokens."""
        self.fake = fake
        self.ledger = ledger
        self.happened: Counter[str] = Counter()
        """How often, by kind."""
        self.asked: Counter[int] = Counter()
        """Where questions carry no tokens: how many in each person's chat, in this round."""
        self._marked = marked
        self._chance = chance
        self._people = [
            Chat(FIRST_PERSON + one, language=chance.choice(["da", "en", "de", None])) for one in range(12 * times)
        ]
        self._groups = [
            Chat(FIRST_GROUP - one, "supergroup", topics=chance.choice([(), (5, 9)])) for one in range(4 * times)
        ]
        self._channel = Chat(-900_001, "channel")
        self._moves = 0
        for chat in (*self._people, *self._groups, self._channel):
            fake.chats[chat.number] = chat.told()
        for group in self._groups:
            fake.administrators[group.number] = {group.person()["id"]: "creator"}

    async def happen(self) -> None:
        """Something."""
        kinds: dict[Callable[[], Any], int] = {
            self._ask: 30, self._ask_oddly: 4, self._command: 6, self._press: 14, self._press_old: 5, self._media: 6,
            self._edit: 6, self._forward: 2, self._leave_or_return: 3, self._speak_to: 8, self._speak_among: 5,
            self._report: 5, self._inline: 8, self._post: 2, self._move: 1, self._come_or_go: 1,
        }  # fmt: skip
        (kind,) = self._chance.choices(list(kinds), list(kinds.values()))
        self.happened[kind.__name__.strip("_")] += 1
        await kind()

    async def _tell(self, kind: str, value: dict[str, Any]) -> None:
        await self.fake.push(kind, happen.checked(kind, value))

    def _person(self) -> Chat | None:
        chat = self._chance.choice(self._people)
        return None if chat.away else chat

    def _expected(self, chat: Chat, text: str, topic: int | None = None) -> str:
        """The text with a token, so that its answer is waited for."""
        if not self._marked:
            self.asked[chat.number] += chat.kind == "private"
            return text
        token = self.ledger.token()
        self.ledger.open[token] = Asked(chat.number, topic)
        return f"{text[:4000]} {token}"

    async def _write(self, chat: Chat, topic: int | None = None, **more: Any) -> None:
        written = happen.message(self.fake, chat, topic, **more)
        if "text" in more:
            chat.asked = [*chat.asked[-5:], (written["message_id"], more["text"])]
        await self._tell("message", written)

    async def _ask(self) -> None:
        """A question, or some in a row."""
        chat = self._person()
        for _ in range(self._chance.choice([1, 1, 1, 2, 4]) if chat else 0):
            assert chat
            text = sentence(self._chance).strip()
            if text and not text.startswith("/"):
                await self._write(chat, text=self._expected(chat, text))

    async def _ask_oddly(self) -> None:
        if chat := self._person():
            await self._write(chat, text=odd(self._chance)[:4096] or "?")

    async def _command(self) -> None:
        if chat := self._person():
            start = "/start" + self._chance.choice(PAYLOADS)
            command = start if self._chance.random() < 0.4 else f"/{self._chance.choice(WORDS)}"
            await self._write(chat, text=command)

    async def _press(self) -> None:
        """One of the newest buttons, in whichever chat."""
        await self._press_under([sent for sent in self.fake.sent[-60:] if _data(sent)], self._chance.random() < 0.1)

    async def _press_old(self) -> None:
        """One that may be gone: of long ago, or of another time."""
        if self._chance.random() < 0.5:
            return await self._press_under([sent for sent in self.fake.sent[:60] if _data(sent)], True)
        if chat := self._person():
            under = {"message_id": 1, "date": 0, "chat": chat.told()}
            data = self._chance.choice(MADE_UP)
            await self._tell("callback_query", happen.press(self.fake, chat, under, data))
        return None

    async def _press_under(self, messages: list[Sent], inaccessible: bool) -> None:
        if not messages:
            return
        sent = self._chance.choice(messages)
        chat = next((one for one in (*self._people, *self._groups) if one.number == sent.chat), None)
        if chat is None or chat.away or sent.deleted:
            return
        under = {"message_id": sent.number, "date": 0, "chat": chat.told()} if inaccessible else {}
        under = under or {**self.fake.as_message(sent), "chat": chat.told()}
        for _ in range(self._chance.choice([1, 1, 1, 2])):
            data = self._chance.choice(_data(sent))
            await self._tell("callback_query", happen.press(self.fake, chat, under, data))

    async def _media(self) -> None:
        chat = self._chance.choice([*self._people, *self._groups])
        if not chat.away:
            found = happen.media(self._chance)
            captioned = happen.CAPTIONED & set(found)
            caption: dict[str, Any] = (
                {"caption": sentence(self._chance)[:1000]} if captioned and self._chance.random() < 0.4 else {}
            )
            for _ in range(3 if "media_group_id" in found else 1):
                await self._write(chat, **found, **caption)

    async def _edit(self) -> None:
        """Something written earlier is put right."""
        chat = self._chance.choice([*self._people, *self._groups])
        if chat.away or not chat.asked:
            return
        number, _ = self._chance.choice(chat.asked)
        text = sentence(self._chance)[:4000] or "?"
        head = happen.message(self.fake, chat, text=text)
        await self._tell("edited_message", {**head, "message_id": number, "edit_date": head["date"]})

    async def _forward(self) -> None:
        if chat := self._person():
            await self._write(chat, text=sentence(self._chance)[:4000] or "?", **happen.forwarded(self._chance))

    async def _leave_or_return(self) -> None:
        """A person blocks the bot, or lets it in again and begins anew."""
        chat = self._chance.choice(self._people)
        chat.away = not chat.away
        if chat.away:
            self.fake.blocked.add(chat.number)
            self.ledger.lose(chat.number)
            self.asked[chat.number] = 0
            return await self._tell("my_chat_member", happen.membership(chat, "member", "kicked"))
        self.fake.blocked.discard(chat.number)
        await self._tell("my_chat_member", happen.membership(chat, "kicked", "member"))
        return await self._write(chat, text="/start")

    async def _speak_to(self) -> None:
        """In a group somebody speaks to the bot."""
        chat = self._chance.choice(self._groups)
        if chat.away:
            return
        topic = self._chance.choice([*chat.topics, None])
        words = " ".join(sentence(self._chance).split())[:3900].replace("@", "").lstrip("/") or "?"
        answers = [sent for sent in self.fake.sent[-60:] if sent.chat == chat.number and sent.topic == topic]
        if self._chance.random() < 0.2:
            return await self._write(chat, topic, text=f"/{self._chance.choice(WORDS)}@VejviserBot")
        if answers and self._chance.random() < 0.4:
            under = {**self.fake.as_message(self._chance.choice(answers)), "chat": chat.told()}
            return await self._write(chat, topic, text=self._expected(chat, words, topic), reply_to_message=under)
        return await self._write(chat, topic, text=self._expected(chat, f"@VejviserBot {words}", topic))

    async def _speak_among(self) -> None:
        """In a group people speak to each other; the bot, with privacy mode off, hears it and says nothing."""
        chat = self._chance.choice(self._groups)
        if chat.away:
            return
        token = self.ledger.token()
        self.ledger.silent.add(token)
        words = sentence(self._chance)[:4000].replace("@", "").lstrip("/")
        await self._write(chat, self._chance.choice([*chat.topics, None]), text=f"{words} {token}")

    async def _report(self) -> None:
        chat = self._chance.choice([*self._groups, *self._people])
        if not chat.away:
            await self._write(chat, **happen.service(self.fake, self._chance, chat))

    async def _inline(self) -> None:
        """Somebody types on behind the bot's name, then chooses."""
        if chat := self._person():
            words = sentence(self._chance)[:100]
            for end in sorted(self._chance.sample(range(len(words) + 1), min(3, len(words) + 1))):
                offset = self._chance.choice(["", "", "50", "never"])
                kind = self._chance.choice(["sender", "private", "group", "supergroup", "channel"])
                await self._tell("inline_query", happen.typed_inline(self.fake, chat, words[:end], offset, kind))
            if self.fake.inline and self.fake.inline[-1].results:
                chosen = self._chance.choice(self.fake.inline[-1].results)
                result = {"result_id": chosen["id"], "from": chat.person(), "query": words}
                await self._tell("chosen_inline_result", result)

    async def _post(self) -> None:
        """In a channel to which somebody has added the bot."""
        kind = self._chance.choice(["channel_post", "edited_channel_post"])
        edited = {"edit_date": 1_800_000_000} if kind == "edited_channel_post" else {}
        await self._tell(kind, happen.message(self.fake, self._channel, text="Nyt fra os", **edited))

    async def _move(self) -> None:
        """A group becomes a supergroup with another number."""
        at = self._chance.randrange(len(self._groups))
        old = self._groups[at]
        if old.away:
            return
        self._moves += 1
        new = Chat(old.number - 1000 * self._moves, "supergroup")
        self.fake.chats[new.number] = new.told()
        self.fake.administrators[new.number] = {new.person()["id"]: "creator"}
        self.fake.moved[old.number] = new.number
        self.ledger.lose(old.number)
        old_told = Chat(old.number, "group")
        await self._tell("message", happen.message(self.fake, old_told, migrate_to_chat_id=new.number))
        await self._tell("message", happen.message(self.fake, new, migrate_from_chat_id=old.number))
        self._groups[at] = new

    async def _come_or_go(self) -> None:
        """The bot is taken out of a group, or let in again."""
        chat = self._chance.choice(self._groups)
        chat.away = not chat.away
        if chat.away:
            self.fake.blocked.add(chat.number)
            self.ledger.lose(chat.number)
            return await self._tell("my_chat_member", happen.membership(chat, "member", "kicked"))
        self.fake.blocked.discard(chat.number)
        return await self._tell("my_chat_member", happen.membership(chat, "left", "member"))


def _data(sent: Sent) -> list[str]:
    return [button["callback_data"] for row in sent.keyboard for button in row if "callback_data" in button]
