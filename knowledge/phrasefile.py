"""Adds a sentence to a phrase file as an editor would: one line more, and all that stands there stays as it is."""

import re
from typing import Any

from knowledge.yamltext import NotYamlError, parse

FIELD = "utterances"


class NotAdded(ValueError):
    """The sentence cannot be put into the file; the text says why."""


def with_sentence(text: str, sentence: str) -> str:
    """The text of a phrase file with the sentence as its last one. Raises NotAdded."""
    listed = _listed(text)
    if listed is None or not listed.value:
        raise NotAdded(f"the file has no list '{FIELD}'")
    last = listed.value[-1]
    added = _into_brackets(text, last, sentence) if listed.flow_style else _as_a_line(text, listed, last, sentence)
    # Whatever else a file may look like: nothing is written that reads otherwise than meant.
    before, after = _data(text), _data(added)
    if after != {**before, FIELD: [*before[FIELD], sentence]}:
        raise NotAdded("the file is laid out in a way that no line can be put into; add the sentence by hand")
    return added


def _as_a_line(text: str, listed: Any, last: Any, sentence: str) -> str:
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    # Of a block ("|") the end is where the next line begins.
    at = last.end_mark.line + (1 if last.end_mark.column else 0)
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += end
    lines.insert(at, f"{' ' * listed.start_mark.column}- {_written(sentence)}{end}")
    return "".join(lines)


def _into_brackets(text: str, last: Any, sentence: str) -> str:
    at = sum(len(line) for line in text.splitlines(keepends=True)[: last.end_mark.line]) + last.end_mark.column
    return f"{text[:at]}, {_written(sentence, flow=True)}{text[at:]}"


def _written(sentence: str, *, flow: bool = False) -> str:
    """The sentence as YAML, in quotation marks only where it needs them."""
    try:
        plain = parse(f"[{sentence}]" if flow else f"- {sentence}")[0] == [sentence]
    except NotYamlError:
        plain = False
    doubled = sentence.replace("'", "''")
    return sentence if plain and not re.match(r"[\"'{\[]", sentence) else f"'{doubled}'"


def _listed(text: str) -> Any:
    """The node of the list of sentences; None where there is none."""
    try:
        node: Any = parse(text)[1]
    except NotYamlError as error:
        raise NotAdded(f"the file is no valid YAML: {error}") from None
    pairs = node.value if node is not None and node.id == "mapping" else ()
    return next((value for key, value in pairs if key.value == FIELD and value.id == "sequence"), None)


def _data(text: str) -> Any:
    try:
        return parse(text)[0]
    except NotYamlError:
        return None
