"""Subscribing, changing, stopping and listing: what the chat is told news of, and how often."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers import resting
from handlers.actions import encode
from handlers.memory import Rhythm, Scope, Subscribe, Subscription, Unsubscribe
from handlers.parts import MANY, about, paragraph, point, reply
from handlers.reply import Block, Bullets, Button, Reply
from handlers.scopes import (
    EVERYTHING,
    aspect_of,
    known,
    left_out,
    query_of,
    rhythm_name,
    rhythm_of,
    scope_name,
    scopes_in,
    subscription_name,
    together,
)
from handlers.turn import Turn
from handlers.welcome import examples
from knowledge.query import Query
from knowledge.subscribing import EACH, UNKNOWN

RHYTHMS = (Rhythm(), Rhythm("daily"), Rhythm("weekly"))
"""What one tap offers; every other hour and weekday is had by writing it."""
OFFERED = 6
"""Municipalities that the menu offers; with more, people write the name."""
FOLLOWED = frozenset(
    {"overview", "topic_in_municipality", "municipalities_with", "municipalities_without", "documents", "dates",
     "in_force", "goals", "partners", "figures", "define", "whats_new", "elsewhere"}
)  # fmt: skip
"""Answers under which a button offers to be told of news on the same."""


def subscribe(turn: Turn) -> Reply:
    """Keeps a subscription for each scope that is named, or says what there is to choose from."""
    library, query = turn.library, turn.query
    if query.aspect == UNKNOWN:
        return _refused(turn)
    if not turn.keeping.stored:
        return _nowhere(turn)
    wanted = scopes_in(query, library)
    had = {one.scope: one for one in turn.kept.subscriptions}
    if not wanted and query.aspect.startswith("quiet"):
        return _rest(turn)
    if not wanted and query.aspect and had:
        wanted = tuple(had)  # "hellere dagligt": all that one has
    if not wanted:
        return _menu(turn)
    lines, changes = [], []
    for scope in wanted:
        before = had.get(scope)
        now = _wanted(turn, scope, before)
        if before == now:
            key = "subscribed-already"
        else:
            key = "subscribed-changed" if before else "subscribed"
            changes.append(Subscribe(now))
        told = _told(turn, now)
        lines.append(turn.say(key, what=told[0], rhythm=told[1]))
    changes += [Subscribe(one) for one in _rested(turn) if one.scope not in wanted]
    kept = {**had, **{one.subscription.scope: one.subscription for one in changes}}
    notes = resting.told(turn, [kept[wanted[0]].rhythm])
    if len(lines) == 1:
        blocks: list[Block] = [paragraph(" ".join((*lines, *notes)))]
        buttons = _taps(turn, kept[wanted[0]])
    else:
        blocks = [Bullets(tuple(point("", line) for line in lines)), *(paragraph(one) for one in notes)]
        buttons = (_list_button(turn),)
    return _answer(turn, blocks, wanted, buttons, changes)


def _rest(turn: Turn) -> Reply:
    """Quiet hours for all that the chat subscribes to."""
    had = turn.kept.subscriptions
    if not had:
        return _menu(turn, turn.say("subscriptions-none"))
    changed = {one.scope: one for one in _rested(turn)}
    rhythms = [changed.get(one.scope, one).rhythm for one in had]
    lines = resting.told(turn, rhythms)
    if any(one.kind != "now" for one in rhythms):
        lines.append(turn.say("quiet-digests"))
    buttons = (*resting.other_hours(turn, rhythms), _list_button(turn))
    return _answer(turn, [paragraph(" ".join(lines))], (), buttons, [Subscribe(one) for one in changed.values()])


def _rested(turn: Turn) -> list[Subscription]:
    """The subscriptions whose quiet hours the query changes."""
    return [
        replace(one, rhythm=rhythm)
        for one in turn.kept.subscriptions
        if (rhythm := resting.rested(turn.query.aspect, one.rhythm)) != one.rhythm
    ]


def unsubscribe(turn: Turn) -> Reply:
    """Stops what is named: just that subscription, or where there is none such, all those within it.

    Where nothing is named and there is more than one, the person chooses. Never is anything stopped that was not
    meant: what still tells of the same is named, with a button that leaves it out there.
    """
    library, query = turn.library, turn.query
    if not turn.keeping.stored:
        return _nowhere(turn)
    had = turn.kept.subscriptions
    if not had:
        return _menu(turn, turn.say("subscriptions-none"))
    if query.full and query.aspect == EACH:
        text = turn.say("unsubscribed-all", count=len(had))
        return _answer(turn, [paragraph(text)], (), (), [Unsubscribe(None)])
    named = scopes_in(query, library)
    if not named and query.aspect != UNKNOWN and len(had) == 1:
        named = (had[0].scope,)
    if not named or query.aspect == UNKNOWN:
        head = turn.say("unsubscribe-none-such" if query.aspect == UNKNOWN else "unsubscribe-which")
        return _listed(turn, head)
    stopped = [one for one in had if one.scope in named]
    if not stopped:
        stopped = [one for one in had if any(_within(turn, one.scope, scope) for scope in named)]
    left = [one for one in had if one not in stopped]
    covering = [
        (one, scope) for scope in named for one in left if _within(turn, scope, one.scope) and _still(one, scope)
    ]
    names = together(turn.language, [subscription_name(turn.language, one, library) for one in stopped])
    asked = together(turn.language, [scope_name(turn.language, one, library) for one in named])
    lines = [turn.say("unsubscribed", what=names) if stopped else turn.say("unsubscribe-not-had", what=asked)]
    buttons: list[Button] = []
    if covering:
        broad = together(turn.language, [subscription_name(turn.language, one, library) for one in dict(covering)])
        lines.append(turn.say("still-told", what=asked, through=broad))
        for one, scope in covering:
            buttons += _without(turn, one, scope)
        if not stopped:
            buttons += [button for one in dict(covering) for button in _stop(turn, one.scope)]
    elif left:
        lines.append(turn.say("subscriptions-left", count=len(left)))
    if left:
        buttons.append(_list_button(turn))
    return _answer(
        turn, [paragraph(" ".join(lines))], named, buttons[:MANY], [Unsubscribe(one.scope) for one in stopped]
    )


def subscriptions(turn: Turn) -> Reply:
    """All that the chat subscribes to, each with a tap to change how often and one to stop it."""
    if not turn.keeping.stored:
        return _nowhere(turn)
    count = len(turn.kept.subscriptions)
    if not count:
        return _menu(turn, turn.say("subscriptions-none"))
    return _listed(turn, turn.say("subscriptions", count=count))


def offer(turn: Turn, given: Reply) -> Reply:
    """The answer with a button for news on the same, where it helps and where that is not subscribed to already."""
    query = turn.query
    if not turn.keeping.stored or query.intent not in FOLLOWED or given.about.status == "clarify" or given.changes:
        return given
    scope = _followed(turn, given)
    if scope is None or any(_within(turn, scope, one.scope) for one in turn.kept.subscriptions):
        return given
    return replace(given, buttons=(*given.buttons, *_subscribe_buttons(turn, [scope])))


def _followed(turn: Turn, given: Reply) -> Scope | None:
    """What the answer is about, where that is one municipality, one theme or one theme in one municipality."""
    query, carried = turn.query, given.about
    topics = turn.library.main_themes(query.topics or query.without)
    places = query.municipalities or (carried.municipalities if not topics else ())
    if len(topics) > 1 or len(places) > 1 or (carried.status == "unknown" and not topics):
        return None
    if not topics and not places:
        return EVERYTHING if query.intent == "whats_new" else None
    return Scope(places[0] if places else "", topics[0] if topics else "")


def _wanted(turn: Turn, scope: Scope, before: Subscription | None) -> Subscription:
    """What the query makes of the subscription: a rhythm that is told alone leaves the rest as it was."""
    query = turn.query
    rhythm = before.rhythm if before else _as_quiet_as(turn.kept.subscriptions)
    told = tuple(
        one
        for one in (*query.excluding, *turn.library.main_themes(query.without))
        if one not in (scope.municipality, scope.theme)
    )
    excluding = before.excluding if before and query.aspect and not told else tuple(dict.fromkeys(told))
    return Subscription(scope, excluding, resting.rested(query.aspect, rhythm_of(query.aspect, rhythm)))


def _as_quiet_as(had: Sequence[Subscription]) -> Rhythm:
    """The rhythm of a new subscription: at once, with the quiet hours that the person has already."""
    first = had[0].rhythm if had else Rhythm()
    return Rhythm(quiet_from=first.quiet_from, quiet_until=first.quiet_until)


def _within(turn: Turn, narrow: Scope, broad: Scope) -> bool:
    """Whether what falls under the one scope falls under the other."""
    if broad == EVERYTHING or narrow == broad:
        return True
    if narrow.strategy:
        return Scope(turn.library.owner.get(narrow.strategy, "")) == broad
    return broad in (Scope(narrow.municipality), Scope(theme=narrow.theme)) and not broad.strategy


def _still(one: Subscription, scope: Scope) -> bool:
    """Whether the subscription does not leave the scope out already."""
    return not set(one.excluding) & {scope.municipality, scope.theme} - {""}


def _without(turn: Turn, one: Subscription, scope: Scope) -> list[Button]:
    """The button that leaves a municipality or a theme out of a broader subscription."""
    if scope.strategy or bool(scope.municipality) == bool(scope.theme):
        return []  # a theme in one municipality cannot be left out by itself
    excluding = (*one.excluding, scope.municipality or scope.theme)
    name = scope_name(turn.language, one.scope, turn.library)
    query = query_of("subscribe", one.scope)
    themes = tuple(key for key in excluding if key in turn.library.themes)
    query = replace(query, without=themes, excluding=tuple(key for key in excluding if key not in themes))
    label = turn.say("leave-out", scope=name, excluded=left_out(turn.language, excluding, turn.library))
    return _button(label, query)


def _refused(turn: Turn) -> Reply:
    """What does not exist cannot be followed; what comes nearest can."""
    query, library = turn.query, turn.library
    near = scopes_in(replace(query, topics=()), library) + scopes_in(Query("subscribe", topics=query.topics), library)
    names = [scope_name(turn.language, one, library) for one in near]
    lines = [
        turn.say("refused-place", places=turn.listed(list(query.unknown_places)))
        if query.unknown_places
        else turn.say("refused-strategy", strategies=turn.listed(names))
        if query.strategies
        else turn.say("refused")
    ]
    if names and not query.strategies:
        lines.append(turn.say("refused-near", names=together(turn.language, names, "or")))
    lines.append(turn.say("refused-known", count=len(library.municipalities), themes=len(library.themes),
                          places=turn.places(tuple(library.municipalities)[:OFFERED])))  # fmt: skip
    buttons = _subscribe_buttons(turn, near or [EVERYTHING]) if turn.keeping.stored else ()
    carried = about(turn, status="unknown")
    return reply(turn, [paragraph(" ".join(lines))], carried, (), tuple(buttons), examples(turn))


def _nowhere(turn: Turn) -> Reply:
    """There is no chat that could be written to, so nothing is promised."""
    return reply(turn, [paragraph(turn.say("subscribe-nowhere"))], about(turn), (), (), examples(turn))


def _menu(turn: Turn, head: str = "") -> Reply:
    """What can be subscribed to, by button and by sentence."""
    library = turn.library
    place, theme = next(iter(library.municipalities)), next(iter(library.themes))
    example = scope_name(turn.language, Scope(place, theme), library)
    blocks = [
        paragraph(f"{head} {turn.say('subscribe-menu')}".strip()),
        paragraph(turn.say("subscribe-how", what=example)),
    ]
    scopes = [EVERYTHING, *(Scope(one) for one in list(library.municipalities)[:OFFERED])]
    return _answer(turn, blocks, (), _subscribe_buttons(turn, scopes), ())


def _listed(turn: Turn, head: str) -> Reply:
    """The subscriptions, each with its two taps."""
    had = turn.kept.subscriptions
    seen = had if turn.query.full else had[:MANY]
    items = []
    buttons: list[Button] = []
    for one in seen:
        what, rhythm = _told(turn, one)
        gone = "" if known(one.scope, turn.library) else " " + turn.say("subscription-gone")
        items.append(point(f"{what[:1].upper()}{what[1:]}: ", f"{rhythm}.", gone))
        kinds = [each.kind for each in RHYTHMS]
        then = RHYTHMS[(kinds.index(one.rhythm.kind) + 1) % len(RHYTHMS)]
        if not gone:
            buttons += _rhythm_button(turn, one, then)
        buttons += _stop(turn, one.scope)
    if len(seen) < len(had):
        buttons.append(Button(turn.say("show-all"), encode(Query("subscriptions", full=True)), in_place=True))
    if len(had) > 1:
        buttons.append(Button(turn.say("stop-all"), encode(Query("unsubscribe", aspect=EACH, full=True))))
    blocks: list[Block] = [paragraph(head), Bullets(tuple(items))]
    if len(seen) < len(had):
        blocks.append(paragraph(turn.say("and-more", count=len(had) - len(seen))))
    rhythms = [one.rhythm for one in had]
    blocks += [paragraph(one) for one in resting.told(turn, rhythms)]
    blocks.append(paragraph(turn.say("subscriptions-how")))
    buttons += resting.other_hours(turn, rhythms)
    return _answer(turn, blocks, tuple(one.scope for one in seen), buttons, ())


def _told(turn: Turn, one: Subscription) -> tuple[str, str]:
    """What, and how often."""
    return subscription_name(turn.language, one, turn.library), rhythm_name(turn.language, one.rhythm)


def _taps(turn: Turn, one: Subscription) -> tuple[Button, ...]:
    """The other rhythms, and a stop."""
    others = [each for each in RHYTHMS if each.kind != one.rhythm.kind]
    return (*(button for each in others for button in _rhythm_button(turn, one, each)), *_stop(turn, one.scope))


def _rhythm_button(turn: Turn, one: Subscription, rhythm: Rhythm) -> list[Button]:
    scope = scope_name(turn.language, one.scope, turn.library)
    label = turn.say("change-rhythm", scope=scope, rhythm=rhythm_name(turn.language, rhythm))
    return _button(label, query_of("subscribe", one.scope, aspect_of(rhythm)))


def _subscribe_buttons(turn: Turn, scopes: Sequence[Scope]) -> tuple[Button, ...]:
    return tuple(
        button
        for one in scopes
        for button in _button(
            turn.say("subscribe-to", scope=scope_name(turn.language, one, turn.library)), query_of("subscribe", one)
        )
    )


def _stop(turn: Turn, scope: Scope) -> list[Button]:
    label = turn.say("stop", scope=scope_name(turn.language, scope, turn.library))
    return _button(label, query_of("unsubscribe", scope))


def _list_button(turn: Turn) -> Button:
    return Button(turn.say("ask-subscriptions"), encode(Query("subscriptions")))


def _button(label: str, query: Query) -> list[Button]:
    """The button, none where its payload would be too long: the same can be written."""
    try:
        return [Button(label, encode(query))]
    except ValueError:
        return []


def _answer(
    turn: Turn,
    blocks: Sequence[Block],
    scopes: Iterable[Scope],
    buttons: Sequence[Button],
    changes: Sequence[Subscribe | Unsubscribe],
) -> Reply:
    library = turn.library
    here = [one for one in scopes if known(one, library)]
    carried = about(
        turn,
        municipalities=[one.municipality for one in here if one.municipality],
        themes=[one.theme for one in here if one.theme],
        strategies=[one.strategy for one in here if one.strategy],
    )
    suggestions = examples(turn)[:1]
    return replace(reply(turn, blocks, carried, (), tuple(buttons), suggestions), changes=tuple(changes))
