"""How well a kind of question is understood in sentences that nobody has listed yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge.checking import utterances
from knowledge.checks.finding import Found
from knowledge.intents import Intents, IntentScore
from knowledge.library import Library
from knowledge.phrases import Phrasebook
from knowledge.teaching import filled
from knowledge.understanding import Understander
from knowledge.yamlfile import read_yaml

NOTHING = "nothing"


class _Without(Intents):
    """All sentences but one."""

    def __init__(self, intents: Intents) -> None:
        self.__dict__.update(intents.__dict__)
        self.number = -1

    def score(self, frame: Sequence[set[str]], slots: Iterable[str], without: int = -1) -> list[IntentScore]:
        """The intents by how well the others of their sentences fit."""
        return super().score(frame, slots, self.number)


def uncovered(root: Path, library: Library, phrasebook: Phrasebook, least: int) -> Iterator[Found]:
    """Phrase files with many sentences that are understood only because they are listed.

    Each sentence is asked while it is taken out: is the same understood by what all others have in common with it?
    Words weigh as they do with all sentences listed, so the share is a little too good; to weigh them anew each time
    would take hours. Left out are sentences that are about what was said before, for nothing was.
    """
    understander = Understander(library, phrasebook)
    understander.intents = intents = _Without(understander.intents)

    def understood(sentence: str, language: str) -> str:
        query = understander.understand(sentence, language=language).query
        return query.intent if query else NOTHING

    alone: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    count: dict[str, int] = defaultdict(int)
    for number, one in enumerate(utterances(phrasebook)):
        sentence = filled(library, one.written, one.language)
        intents.number = -1
        if understood(sentence, one.language) == one.intent:
            count[one.file] += 1
            intents.number = number
            if (other := understood(sentence, one.language)) != one.intent:
                alone[one.file].append((one.number, one.written, other))
    for name, sentences in sorted(alone.items()):
        covered = 100 * (count[name] - len(sentences)) // count[name]
        if covered < least:
            number, written, other = sentences[0]
            message = (
                f"{covered} % of the {count[name]} sentences would be understood if they were not listed; "
                f"'{written}' would be read as {other}"
            )
            hint = "list more sentences that say the same in the words of these"
            yield Found(read_yaml(root / name, name), ("utterances", number), "", message, hint)
