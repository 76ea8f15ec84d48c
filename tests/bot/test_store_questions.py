"""Questions that are kept without who asked, and how often answers helped - on both databases."""

from datetime import timedelta

from bot.store import Store
from bot.store_questions import Judged, Question
from tests.databases import NOW, Clock


async def test_questions_are_kept_without_who_asked_and_forgotten(store: Store, clock: Clock) -> None:
    await store.questions.keep("hvor er svømmehallen?", "da")
    clock.wait(days=2)
    await store.questions.keep("why [number]?", "en")
    first, second = await store.questions.kept()
    assert first == Question(first.number, NOW, "da", "hvor er svømmehallen?")
    assert second == Question(second.number, NOW + timedelta(days=2), "en", "why [number]?")
    assert await store.questions.forget(NOW + timedelta(days=1)) == 1
    assert await store.questions.kept() == [second]


async def test_single_questions_are_erased(store: Store) -> None:
    for text in ("en", "to", "tre"):
        await store.questions.keep(text, "da")
    one, _, three = [each.number for each in await store.questions.kept()]
    assert await store.questions.erase([one, three, 4711]) == 2
    assert await store.questions.erase([]) == 0
    assert [each.text for each in await store.questions.kept()] == ["to"]


async def test_answers_are_counted_by_intent(store: Store, clock: Clock) -> None:
    assert await store.questions.judged() == []
    await store.questions.judge("overview", True)
    clock.wait(days=1)
    await store.questions.judge("overview", False, "hvad gør de?", "da")
    await store.questions.judge("overview", True)
    await store.questions.judge("count", False)
    later = NOW + timedelta(days=1)
    assert await store.questions.judged() == [Judged("count", 0, 1, later), Judged("overview", 2, 1, later)]
    (kept,) = await store.questions.kept()
    assert (kept.text, kept.language, kept.intent, kept.asked) == ("hvad gør de?", "da", "overview", later)
