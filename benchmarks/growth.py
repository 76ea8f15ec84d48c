"""Does an answer stay quick as the base grows? Ours beside bm25s, tantivy and a bare scan, on the same data."""

import argparse
import gc
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.machine import machine, peak_mb, percentile, table
from benchmarks.synthetic import SEED, fresh, municipalities
from knowledge.loading import Knowledge, load_knowledge
from knowledge.words import clean, tokens

SYSTEMS = ("vejviser", "bm25s", "tantivy", "rapidfuzz")
ASKED = 1_000
SCANNED = 50
"""Questions that the bare scan gets: all of them would take it ten minutes."""
KINDS = ("theme", "theme in place", "overview", "words", "words", "name", "misspelt", "out of scope")
OUTSIDE = (
    "hvilke kommuner har en svømmehal?", "hvornår bliver mit affald hentet?", "what is the weather in Aarhus tomorrow?",
    "hvordan søger jeg pas?", "who won the football match yesterday?", "hvad koster en parkeringslicens?",
    "how do I renew my driving licence?", "skriv et digt om efteråret", "what is the capital of Mongolia?",
    "hvor finder jeg en tandlæge?",
)  # fmt: skip
Question = dict[str, str]
"""`q`, `kind`, and `find`: the initiative that the answer must hold ("": none in particular)."""
Ask = Callable[[str, bool], set[str]]
"""A question, and whether a new conversation begins -> ids of the initiatives found."""


def make_questions(size: int) -> list[Question]:
    """A mixed thousand: themes, municipalities, rare words and names, misspelt ones, out of scope, follow-ups."""
    shipped = load_knowledge()
    chance = random.Random(SEED + 1)
    holder: dict[str, str] = {}
    for _, item in fresh(shipped, size):
        for language in ("da", "en"):
            text = item["name"][language] + " " + item["summary"][language]
            for stem in {one.stem for one in tokens(clean(text))}:
                holder[stem] = item["id"] if stem not in holder else ""
    wanted = set(chance.sample(range(size - 31), min(3 * ASKED, size - 31)))
    items = [item for number, (_, item) in enumerate(fresh(shipped, size)) if number in wanted]
    chance.shuffle(items)
    names = dict(municipalities(shipped))
    found: list[Question] = []
    rare = _rare(items, holder)
    while len(found) < ASKED:
        language = chance.choice(("da", "en"))
        theme = chance.choice(shipped.themes).name[language].lower()
        place = chance.choice(list(names.values()))
        item = items[len(found) % len(items)]
        kind = chance.choice(KINDS)
        danish, find = language == "da", ""
        if kind == "theme":
            q = f"hvilke kommuner har {theme}?" if danish else f"which municipalities have {theme}?"
        elif kind == "theme in place":
            q = f"har {place} {theme}?" if danish else f"does {place} have {theme}?"
        elif kind == "overview":
            q = f"hvad gør {place}?" if danish else f"what does {place} do?"
        elif kind == "words":
            find, words = next(rare)
            q = f"hvilke kommuner arbejder med {words[0]} og {words[1]}?"
        elif kind == "name":
            q = f"fortæl mig om {item['name']['da']}" if danish else f"tell me about {item['name']['en']}"
            find = item["id"]
        elif kind == "misspelt":
            q = f"hvilke kommuner har {_misspelt(theme, chance)} i {_misspelt(place, chance)}?"
        else:
            q = chance.choice(OUTSIDE).replace("?", f" {_nonsense(chance)}?")
        found.append({"q": q, "kind": kind, "find": find})
        if kind in ("theme in place", "overview") and len(found) < ASKED:
            other = chance.choice(list(names.values()))
            found.append({"q": f"og {other}?" if danish else f"and {other}?", "kind": "follow-up", "find": ""})
    return found


def _rare(items: list[dict[str, Any]], holder: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Initiatives with two words that no other's text has."""
    while True:
        for item in items:
            text = f"{item['name']['da']} {item['summary']['da']}"
            words = [one.written for one in tokens(clean(text)) if holder[one.stem] == item["id"] and len(one.stem) > 3]
            if len(words) > 1:
                yield item["id"], words


def _nonsense(chance: random.Random) -> str:
    """A word that no list has, another each time, so that nothing remembered helps."""
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiouyøå") for _ in range(chance.randint(2, 5)))


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(word) - 1))
    if chance.random() < 0.5:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


# ---- what is measured; each builds what it needs and gives a function that asks it


def texts(shipped: Knowledge, size: int) -> Iterator[tuple[str, str]]:
    """Id and whole text of every added initiative, with municipality and themes, for what searches texts."""
    names = dict(municipalities(shipped))
    themes = {one.id: one.name for one in shipped.themes}
    for place, item in fresh(shipped, size):
        parts = [names[place], *(f"{themes[one].da} {themes[one].en}" for one in item["themes"])]
        parts += [item[field][language] for field in ("name", "summary") for language in ("da", "en")]
        yield item["id"], " ".join(parts)


def vejviser(size: int) -> Ask:
    from benchmarks.synthetic import base
    from handlers.dialogue import Dialogue
    from handlers.session import Session
    from knowledge.library import Library
    from knowledge.phrases import load_phrases
    from knowledge.understanding import Understander

    library = Library(base(size))
    dialogue = Dialogue(library, Understander(library, load_phrases()))
    session = Session()

    def ask(question: str, new: bool) -> set[str]:
        nonlocal session
        reply, session = dialogue.answer(question, Session() if new else session)
        return set(reply.about.initiatives) if reply.about.status == "answered" else set()

    return ask


def bm25s(size: int) -> Ask:
    import bm25s as library

    ids, corpus = zip(*texts(load_knowledge(), size), strict=True)
    retriever = library.BM25()
    retriever.index(library.tokenize(corpus, stopwords=None, show_progress=False), show_progress=False)
    del corpus

    def ask(question: str, new: bool) -> set[str]:
        words = library.tokenize([question], stopwords=None, return_ids=False, show_progress=False)
        places, _ = retriever.retrieve(words, k=10, show_progress=False)
        return {ids[int(place)] for place in places[0]}

    return ask


def tantivy(size: int) -> Ask:
    import tantivy as library

    schema = library.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw").add_text_field("text")
    index = library.Index(schema.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for key, text in texts(load_knowledge(), size):
        writer.add_document(library.Document(id=key, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str, new: bool) -> set[str]:
        query, _ = index.parse_query_lenient(question, ["text"])
        return {str(searcher.doc(address)["id"][0]) for _, address in searcher.search(query, 10).hits}

    return ask


def rapidfuzz(size: int) -> Ask:
    from rapidfuzz import process

    vocabulary = list({one.folded: None for _, text in texts(load_knowledge(), size) for one in tokens(clean(text))})

    def ask(question: str, new: bool) -> set[str]:
        for one in tokens(clean(question)):
            process.extract(one.folded, vocabulary, limit=5)
        return set()

    return ask


def measure(system: str, size: int, path: Path) -> dict[str, Any]:
    """Builds and asks in this process; run it in one of its own. With garbage collection as in production."""
    questions: list[Question] = json.loads(path.read_text("utf-8"))
    if system == "rapidfuzz":
        questions = questions[:: len(questions) // SCANNED]
    gc.disable()
    start = perf_counter()
    ask = {"vejviser": vejviser, "bm25s": bm25s, "tantivy": tantivy, "rapidfuzz": rapidfuzz}[system](size)
    built = perf_counter() - start
    gc.collect()
    gc.freeze()
    gc.enable()
    for one in questions[: 2 if system == "rapidfuzz" else 50]:  # warm
        ask(one["q"], True)
    took: dict[str, list[float]] = {}
    hits: list[bool] = []
    for one in questions:
        new = one["kind"] != "follow-up"
        start = perf_counter()
        found = ask(one["q"], new)
        took.setdefault(one["kind"], []).append((perf_counter() - start) * 1000)
        if one["find"]:
            hits.append(one["find"] in found)
    return {"built": built, "peak": peak_mb(), "took": took, "found": sum(hits) / len(hits) if hits else 0.0}


def run(sizes: list[int], systems: list[str], kinds: bool) -> None:
    rows, details = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.json"
            _self("--questions", str(size), "--file", str(path))
            for system in systems:
                result = json.loads(_self("--measure", system, "--sizes", str(size), "--file", str(path)))
                all_took = [one for listed in result["took"].values() for one in listed]
                rows.append([
                    f"{size:,}", system, *(f"{value:.2f}" for value in _spread(all_took)),
                    f"{result['built']:.1f}", f"{result['peak']:.0f}",
                    "-" if system == "rapidfuzz" else f"{result['found']:.0%}",
                ])  # fmt: skip
                if system == "vejviser":
                    details += [
                        [f"{size:,}", kind, *(f"{value:.2f}" for value in _spread(listed)), str(len(listed))]
                        for kind, listed in sorted(result["took"].items())
                    ]
                print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(machine())
    print(f"\n{ASKED:,} mixed questions, warm, one after the other; the bare scan gets {SCANNED} of them.\n")
    head = ["initiatives", "what", "median ms", "p99 ms", "max ms", "build s", "peak MB", "found"]
    print(table(head, rows))
    if kinds and details:
        print("\nvejviser by kind of question\n")
        print(table(["initiatives", "kind", "median ms", "p99 ms", "max ms", "n"], details))


def _spread(values: list[float]) -> tuple[float, float, float]:
    return percentile(values, 0.5), percentile(values, 0.99), max(values)


def _self(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.growth", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of initiatives, with commas between")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help=f"any of {', '.join(SYSTEMS)}")
    parser.add_argument("--kinds", action="store_true", help="a second table: ours by kind of question")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--questions", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    sizes = [int(one) for one in given.sizes.split(",")]
    if given.questions:
        given.file.write_text(json.dumps(make_questions(given.questions)), "utf-8")
    elif given.measure:
        print(json.dumps(measure(given.measure, sizes[0], given.file)))
    else:
        run(sizes, given.systems.split(","), given.kinds)


if __name__ == "__main__":
    main()
