"""The table of the methods that the fake carries out, and what one of them is."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.fake_telegram.state import World

Parameters = dict[str, Any]
Answer = Callable[[World, Parameters], Awaitable[Any]]
ANSWERS: dict[str, Answer] = {}
"""By the method's name; each module of answers adds its own."""


def answers(method: str) -> Callable[[Answer], Answer]:
    """The function below carries out this method."""

    def add(answer: Answer) -> Answer:
        ANSWERS[method] = answer
        return answer

    return add
