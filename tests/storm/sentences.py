"""What people write: the sentences of the tests' dialogues and phrases, and whatever else a keyboard can."""

from functools import cache
from pathlib import Path
from random import Random

import yaml

TESTS = Path(__file__).parents[1]
ODD = (
    "?", "...", "\U0001f600", "<b>hej</b>", "&amp; <a href='x'>", "_*[`", "'; DROP TABLE chats; --", "\u202egnirts",
    "e\u0301a\u030a", "\u0600\u0627", "x" * 4096, "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 300, "a\nb\n\nc",
    "Aarhus " * 400, "{name} %s %(x)d", "/", "//hjaelp", "@", "@VejviserBotten", "http://x.dk/?a=1&b=<2>", "\u200b",
)  # fmt: skip
ALPHABET = "abcdefghijklmnopqrstuvwxyzæøåÆØÅ0123456789 .,?!<>&\"'/@_-\n\t\u00a0\u200d\u0301\U0001f600漢"


@cache
def known() -> tuple[str, ...]:
    """All sentences of the tests."""
    found: set[str] = set()
    for path in sorted(TESTS.glob("phrases/*/*.yaml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            found |= {entry["say"], entry.get("after", "")}
    for path in sorted(TESTS.glob("dialogues/*.yaml")):
        found |= {turn.get("say", "") for turn in yaml.safe_load(path.read_text("utf-8"))["turns"]}
    return tuple(sorted(one for one in found if one.strip() and not one.startswith("/")))


def sentence(chance: Random) -> str:
    """One of them, sometimes two in one, with a slip of the finger, or no sentence at all."""
    kind = chance.random()
    if kind < 0.7:
        return chance.choice(known())
    if kind < 0.78:
        return f"{chance.choice(known())} {chance.choice(known())}"
    if kind < 0.88:
        return _misspelt(chance, chance.choice(known()))
    return odd(chance)


def odd(chance: Random) -> str:
    """What nobody would call a question."""
    if chance.random() < 0.5:
        return chance.choice(ODD)
    return "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, 200)))


def _misspelt(chance: Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(["", text[at] * 2, chance.choice(ALPHABET)]) + text[at + 1 :]
