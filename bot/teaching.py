"""What one more sentence in a phrase file would change, found out before it is kept, and its writing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path

from handlers.dialogue import HANDLERS, Dialogue
from handlers.session import Session
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.phrasefile import NotAdded, with_sentence
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.teaching import Lesson, examples, filled, refusals, taught
from knowledge.understanding import Understander, Understanding
from knowledge.yamlfile import read_yaml
from knowledge.yamltext import parse


@dataclass(frozen=True)
class Changed:
    """An example sentence that would be read otherwise."""

    sentence: str
    before: str
    after: str


@dataclass(frozen=True)
class Trial:
    """A sentence on trial."""

    lesson: Lesson
    asked: str
    """The question that it is to make understood."""
    refused: tuple[str, ...] = ()
    """Why it must not be kept; then no example sentence was tried."""
    before: str = ""
    """How the question is read now."""
    after: str = ""
    """How it would be read."""
    tried: int = 0
    """How many example sentences were read, before and after."""
    changed: tuple[Changed, ...] = ()
    diff: str = ""
    """Of the phrase file."""


@dataclass
class Teacher:
    """Tries sentences on the base at `root`, and writes them. Raises KnowledgeError where the base has faults."""

    root: Path
    phrasebook: Phrasebook = field(init=False)
    understander: Understander = field(init=False)

    def __post_init__(self) -> None:
        self.learn()

    def learn(self) -> None:
        """Reads the base as it now stands."""
        self.phrasebook = load_phrases(self.root)
        self.understander = Understander(Library(load_knowledge(self.root)), self.phrasebook)

    @property
    def library(self) -> Library:
        """The facts."""
        return self.understander.library

    def attempt(self, lesson: Lesson, asked: str) -> Trial:
        """What the base would be with the sentence in it. `asked` may have slots: they get names of the base."""
        asked = filled(self.library, asked, lesson.language)
        if refused := refusals(self.root, self.library, self.phrasebook, lesson):
            return Trial(lesson, asked, tuple(refused))
        path = self.root / lesson.file
        try:
            old = _text(path)
            new = with_sentence(old, lesson.sentence)
        except NotAdded as error:
            return Trial(lesson, asked, (f"{lesson.file}: {error}",))
        after = Understander(self.library, taught(self.phrasebook, lesson))
        found = after.understand(asked, language=lesson.language)
        trial = Trial(
            lesson,
            asked,
            before=told(self.understander.understand(asked, language=lesson.language)),
            after=told(found),
            diff="".join(_diff(lesson.file, old, new)),
        )
        if not is_read_as(found, lesson.intent):
            return replace(trial, refused=tuple(_why_not(lesson, found)))
        sentences = [*examples(self.library, self.phrasebook), *_unseen(self.root)]
        changed = tuple(_changed(self.understander, after, sentences))
        return replace(trial, tried=len(sentences), changed=changed)

    def write(self, trial: Trial) -> None:
        """Puts the sentence into its file, in one step. Raises NotAdded and OSError."""
        path = self.root / trial.lesson.file
        new = with_sentence(_text(path), trial.lesson.sentence)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(new)
            shutil.copymode(path, part)
            os.replace(part, path)
        except OSError:
            with suppress(OSError):
                os.unlink(part)
            raise


def is_read_as(found: Understanding, intent: str) -> bool:
    """Whether a question is taken for what sentences of `intent` are; some of those end as another kind of question."""
    if found.query is None:
        return False
    ends_otherwise = intent not in HANDLERS and bool(found.scores) and found.scores[0].intent == intent
    return found.query.intent == intent or ends_otherwise


def told(found: Understanding) -> str:
    """A reading in a few words: the kind of question and what fills it."""
    if found.query is None:
        return "not understood"
    slots = found.query.to_dict()
    kind = slots.pop("intent")
    values = [" ".join(map(str, one)) if isinstance(one, tuple | list) else str(one) for one in slots.values()]
    return f"{kind}{' (' if values else ''}{', '.join(values)}{')' if values else ''}"


def _why_not(lesson: Lesson, found: Understanding) -> Iterator[str]:
    yield f"With this sentence it would still not be taken for {lesson.intent}."
    if found.outside:
        yield f"It has a word of '{found.outside}' in phrases/{found.language}/_outside.yaml."


def _text(path: Path) -> str:
    """The file as it stands, line ends and all. Raises NotAdded."""
    if faults := read_yaml(path, path.name).faults:
        raise NotAdded(faults[0].message)
    return path.read_bytes().decode("utf-8")


def _unseen(root: Path) -> Iterator[tuple[str, ...]]:
    """The test sentences beside the base, where there are any: language, sentence, what was said before it."""
    for path in sorted((root.parent / "tests" / "phrases").glob("*/*.yaml")):
        for entry in parse(path.read_text("utf-8"))[0] or ():
            yield path.parent.name, entry["say"], entry.get("after", "")


def _changed(before: Understander, after: Understander, sentences: list[tuple[str, ...]]) -> Iterator[Changed]:
    talks = [Dialogue(one.library, one) for one in (before, after)]
    for language, sentence, *said in sentences:
        readings = []
        for talk in talks:
            session = Session(language)
            if said and said[0]:
                session = talk.answer(said[0], Session())[1]
            readings.append(told(talk.understander.understand(sentence, session.subject, session.language)))
        if readings[0] != readings[1]:
            yield Changed(sentence, *readings)


def _diff(name: str, old: str, new: str) -> Iterator[str]:
    before, after = [text.replace("\r\n", "\n").splitlines(keepends=True) for text in (old, new)]
    for line in unified_diff(before, after, name, name, n=2):
        yield line if line.endswith("\n") else f"{line}\n"
