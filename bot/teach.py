"""`vejviser teach`: shows what a new sentence would change, asks, and puts it into the phrase file of its intent."""

from collections.abc import Sequence
from pathlib import Path

from bot.channels.streams import standard_input, write
from bot.channels.terminal_view import clean
from bot.config import Settings
from bot.question_groups import Group, grouped, like
from bot.store import Store
from bot.store_database import Database, StoreError
from bot.store_questions import Question
from bot.teaching import Teacher, Trial, is_read_as, told
from bot.unanswered import mask, without_masks
from bot.unanswered_list import NONE_KEPT, NOT_KEPT, lines_of
from knowledge.teaching import Lesson, with_slots

SHOWN = 20
"""Groups to pick from, and sentences that would be read otherwise, shown at most."""


class Left(Exception):
    """Whoever was asked left without an answer; nothing was written."""


class Lessons:
    """One sitting: everything that is kept, and the base that is taught."""

    def __init__(self, settings: Settings, root: Path) -> None:
        """Raises KnowledgeError."""
        self._settings = settings
        self._teacher = Teacher(root)
        self._lines = standard_input()

    async def from_the_list(self, yes: bool) -> bool:
        """Has a kept question picked, and teaches it. True: it was written. Raises StoreError and OSError."""
        kept = await self._kept()
        groups = [one for one in grouped(kept, self._teacher.understander) if not one.understood or one.not_helped]
        if not groups:
            _tell(NONE_KEPT if self._settings.unanswered_days else NOT_KEPT)
            return False
        for number, group in enumerate(groups[:SHOWN], 1):
            _tell(*lines_of(group, number))
        group = groups[self._number(min(len(groups), SHOWN)) - 1]
        return await self._teach(group.text, "", group.language, yes, kept, group)

    async def of(self, question: str, intent: str, language: str, yes: bool) -> bool:
        """Teaches this question, "" for an intent that is asked for. True: it was written. Raises as the other."""
        try:
            kept = await self._kept()
        except StoreError as error:
            # The base can be taught without it.
            _tell(f"The questions that are kept are out of reach: {error}")
            kept = []
        return await self._teach(question, intent, language, yes, kept, None)

    async def _teach(
        self, question: str, intent: str, language: str, yes: bool, kept: Sequence[Question], group: Group | None
    ) -> bool:
        asked = without_masks(mask(clean(question).replace("\n", " ")))
        teacher = self._teacher
        found = teacher.understander.understand(asked, language=language)
        language = language or found.language
        sentence = with_slots(teacher.understander, asked, language)
        if not intent:
            near = group.nearest if group else found.scores[0] if found.scores else None
            intent = self._asked("Intent", near.intent if near else "")
            sentence = self._asked("Sentence", sentence)
        lesson = Lesson(language, intent, sentence)
        _tell(f"Trying '{sentence}' for {intent} ...")
        trial = teacher.attempt(lesson, asked)
        _tell(*_shown(trial))
        if trial.refused:
            return False
        if not yes and self._asked("Write it? yes or no", "no").casefold() not in ("y", "yes"):
            _tell("Nothing was written.")
            return False
        teacher.write(trial)
        teacher.learn()
        now = teacher.understander.understand(trial.asked, language=language)
        _tell(f"Written to {teacher.root / lesson.file}.", f"'{trial.asked}' is read as {told(now)}.")
        await self._erase(
            [*like(asked, language, kept, teacher.understander), *(group.questions if group else ())], lesson
        )
        return True

    async def _kept(self) -> list[Question]:
        """The questions that are kept; none where there is no database yet."""
        database = Database(self._settings.database.get_secret_value())
        await database.close()
        if database.file and not database.file.exists():
            return []
        store = await Store.open(self._settings)
        try:
            return await store.questions.kept()
        finally:
            await store.close()

    async def _erase(self, candidates: Sequence[Question], lesson: Lesson) -> None:
        """Erases those of the questions that are now taken for what was taught."""
        understand = self._teacher.understander.understand
        numbers = {
            one.number
            for one in candidates
            if is_read_as(understand(without_masks(one.text), language=one.language), lesson.intent)
        }
        if not numbers:
            return
        store = await Store.open(self._settings)
        try:
            gone = await store.questions.erase(numbers)
        finally:
            await store.close()
        _tell(f"{gone} kept {'question was' if gone == 1 else 'questions were'} erased, for now they are understood.")

    def _number(self, most: int) -> int:
        while True:
            typed = self._asked(f"Which one? 1 to {most}", "")
            if typed.isdecimal() and 1 <= int(typed) <= most:
                return int(typed)

    def _asked(self, what: str, otherwise: str) -> str:
        """What is typed, `otherwise` for an empty line. Raises Left where there is neither, or nothing more comes."""
        write(f"{what}{f' [{otherwise}]' if otherwise else ''}: ")
        typed = next(self._lines, None)
        if typed is None or not (typed.strip() or otherwise):
            write("\n")
            raise Left
        return clean(typed).strip() or otherwise


def _shown(trial: Trial) -> list[str]:
    lines = trial.diff.splitlines()
    if trial.after:
        lines.append(f"'{trial.asked}': {trial.before} -> {trial.after}")
    if trial.refused:
        return [*lines, *trial.refused, "Nothing was written."]
    lines += [
        "No sentence is taken from another kind of question.",
        f"Of {trial.tried} example sentences {len(trial.changed) or 'none'} would be read otherwise.",
        *(f"  {one.sentence}: {one.before} -> {one.after}" for one in trial.changed[:SHOWN]),
    ]
    if len(trial.changed) > SHOWN:
        lines.append(f"  ... and {len(trial.changed) - SHOWN} more")
    return lines


def _tell(*lines: str) -> None:
    write("".join(f"{line}\n" for line in lines))
