"""Which update is told to which subscription, by the rules that the store's queries keep, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.memory import Rhythm, Scope, Subscription
from handlers.scopes import EVERYTHING, aspect_of, matches, query_of, rhythm_of, scopes_in, scopes_of
from knowledge.library import Library, Touched
from knowledge.subscribing import RHYTHM
from tests.told import TOLD


@pytest.mark.parametrize(("scope", "excluding", "touched", "told"), TOLD)
def test_matches(scope: Scope, excluding: tuple[str, ...], touched: tuple[Touched, ...], told: bool) -> None:
    """Scope and exclusions."""
    assert matches(Subscription(scope, excluding), touched) is told


def test_what_an_update_touches_is_derived(library: Library) -> None:
    """An initiative stands for its municipality, themes and strategy, a strategy for the one that it replaces."""
    [kolding] = [one for one in library.updates if one.id == "2026-11-22-kolding"]
    touched = library.touched(kolding)
    assert Touched("kolding", ("finansiering", "beskaeftigelse"), ("kolding-2014",)) in touched
    assert Touched("kolding", (), ("kolding-2014", "kolding-2009")) in touched
    for scope in (EVERYTHING, Scope("kolding"), Scope(theme="afknopning"), Scope("kolding", "afknopning"),
                  Scope(strategy="kolding-2009")):  # fmt: skip
        assert matches(Subscription(scope), touched), scope
    for scope in (Scope("aarhus"), Scope(theme="mentorordning"), Scope("aarhus", "afknopning")):
        assert not matches(Subscription(scope), touched), scope
    assert not matches(Subscription(EVERYTHING, ("kolding",)), touched)


names = st.sampled_from(["", "a", "b"])
themes = st.lists(st.sampled_from(["s", "t", "u"]), max_size=2, unique=True).map(tuple)
entries = st.builds(Touched, names, themes, st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True).map(tuple))
scopes = st.one_of(st.builds(Scope, names, st.sampled_from(["", "s", "t"])), st.builds(Scope, strategy=st.just("x")))


@given(scopes, st.lists(st.sampled_from(["a", "s"]), unique=True).map(tuple), st.lists(entries, max_size=4).map(tuple))
def test_matches_is_what_its_words_say(scope: Scope, excluding: tuple[str, ...], touched: tuple[Touched, ...]) -> None:
    """The rule written out the other way round: field by field."""
    told = any(
        scope.municipality in ("", one.municipality)
        and (not scope.theme or scope.theme in one.themes)
        and (not scope.strategy or scope.strategy in one.strategies)
        and one.municipality not in excluding
        and not set(one.themes) & set(excluding)
        for one in touched
    )
    assert matches(Subscription(scope, excluding), touched) is told
    assert all(scope in scopes_of(one) for one in touched if scope == EVERYTHING)


@given(
    st.one_of(
        st.builds(Rhythm, st.just("now")),
        st.builds(Rhythm, st.just("daily"), st.integers(0, 23)),
        st.builds(Rhythm, st.just("weekly"), st.integers(0, 23), st.integers(0, 4)),
    )
)
def test_a_rhythm_survives_its_button(rhythm: Rhythm) -> None:
    """Whatever was there before."""
    aspect = aspect_of(rhythm)
    assert RHYTHM.fullmatch(aspect)
    then = rhythm_of(aspect, Rhythm("weekly", 5, 3, 18, 6))
    assert (then.kind, then.quiet_from, then.quiet_until) == (rhythm.kind, 18, 6)
    if rhythm.kind != "now":
        assert then.hour == rhythm.hour
    if rhythm.kind == "weekly":
        assert then.weekday == rhythm.weekday


def test_a_scope_survives_its_query(library: Library) -> None:
    """Every one that the base has."""
    places, found = tuple(library.municipalities), [EVERYTHING]
    found += [Scope(place) for place in places] + [Scope(theme=theme) for theme in library.themes]
    found += [Scope(place, theme) for place in places for theme in library.themes]
    found += [Scope(strategy=one) for one in library.strategies]
    assert [scopes_in(query_of("subscribe", one), library) for one in found] == [(one,) for one in found]
