"""Subscriptions and news by sentence: to what, except what, how often; and what is new on what, since when."""

import re
from dataclasses import replace

from rapidfuzz import fuzz, process

from knowledge.library import Library
from knowledge.message import LISTS, SOLID, Message
from knowledge.query import Query
from knowledge.quiet import KEPT, quiet_hours
from knowledge.words import fold

UNKNOWN = "unknown"
"""Aspect of a query to subscribe to what the base does not have; its slots then hold what is nearest."""
EACH = "each"
"""Aspect of a query to stop all subscriptions, and not just the one to everything."""
_HOUR = r"([01]?\d|2[0-3])"
RHYTHM = re.compile(
    rf"(?=.)(now|daily(-{_HOUR})?|weekly(-[0-4])?(-at-{_HOUR})?)?((^|-)quiet-({_HOUR}|{KEPT})-({_HOUR}|{KEPT}))?"
)
"""Aspect of a query that says how often: "now", "daily", "daily-8", "weekly", "weekly-0", "weekly-0-at-9"; and when
not, alone or behind that: "quiet-18-8" (see knowledge.quiet)."""
ASKING = ("subscribe_cue", "unsubscribe_cue", "subscriptions_cue", "news_cue")
NEAREST = 3
ALIKE = 60
"""From this score on two names are spelt so alike that the one may be meant by the other."""
SURELY = 0.7
"""How well the utterances of subscribing must fit a message that begins with "who" or "which"."""
SPOKEN = 0.8
"""How well "what is new?" must fit where a topic is named, for that may be what is new."""
LISTED = 0.9
"""How well "all municipalities on the list" must fit to be no wish for notices."""
ALONE = 6
"""Words that a message with nothing but a rhythm may have."""
LEANS_ON = 3
"""Municipalities that "derfra" can stand for."""
HOUR = re.compile(r"(\d{1,2})(?:[.:]\d\d)?(am|pm)?")
FRIDAY = 4


def subscribing(message: Message) -> Query | None:
    """The query of a message about subscriptions, None where it is about something else."""
    cued = message.has("unsubscribe_cue", "subscribe_cue", "subscriptions_cue")
    fit = message.fit_of_all if cued else {}
    off, on, own = (fit.get(one, 0.0) for one in ("unsubscribe", "subscribe", "subscriptions"))
    stops = message.has("unsubscribe_cue") and not message.has("when_cue")
    if stops and off >= 0.4 and (off >= on or message.has("everything")):
        return _scope(message, "unsubscribe")
    tokens = len(message.reading.tokens)
    short = tokens <= 3
    asks = _asks(message) and message.best(*LISTS) < max(on, LISTED)
    rhythm = rhythm_in(message) if asks or tokens <= ALONE else ""
    if (short or (own >= 0.4 and own >= on)) and not rhythm and message.has("subscriptions_cue"):
        return Query("subscriptions")
    named = message.slots.municipalities or message.topics or message.without
    if asks and (short or on >= (0.3 if named or rhythm else 0.4)):
        refuses = message.has("not") and not _excepts(message) and not message.has("everything")
        return _scope(message, "unsubscribe") if refuses else _scope(message, "subscribe", rhythm)
    if rhythm and _is_rhythm_alone(message):
        return Query("subscribe", aspect=rhythm)
    return None


def resting(message: Message) -> Query | None:
    """The query of a message that tells quiet hours; None where it does not, or asks for digests at certain hours.

    They are those of the person, so only what is asked for as well is named: "ingen beskeder om Kolding mellem 18 og
    8" subscribes to nothing.
    """
    quiet = "" if message.has("daily", "weekly", "weekdays") else quiet_hours(message)
    if not quiet:
        return None
    asking = message.places_of("subscribe_cue")
    refuses = any(place < min(asking, default=0) for place in message.places_of("not"))
    if _asks(message) and not refuses:
        query = _scope(message, "subscribe", quiet)
        # "alle tider af døgnet" is no "alt".
        whole = query.full and set(message.places_of("everything")) <= set(message.places_of("any_hour"))
        if not whole and (query.aspect != UNKNOWN or query.unknown_places):
            return query
    return Query("subscribe", aspect=quiet)


def _asks(message: Message) -> bool:
    """Whether notices are asked for; "who followed Kolding?" and "was it in force when ... was updated?" do not."""
    if not message.has("subscribe_cue") or message.has("force_cue"):
        return False
    return 0 not in message.places_of("which") or message.fit_of_all.get("subscribe", 0.0) >= SURELY


def unheard_of(message: Message) -> Query | None:
    """Where a message is about something that the base does not have, but asks for notices of it all the same."""
    if not _asks(message) or message.fit_of_all.get("subscribe", 0.0) < 0.4:
        return None
    query = _scope(message, "subscribe")
    return query if query.aspect == UNKNOWN else None


def _heard(message: Message) -> Message:
    """The message without what only the asking names: "giv mig besked" is no question about giving information."""
    asking = {place for cue in ASKING for place in message.places_of(cue)}
    mentions = [one for one in message.reading.mentions if one.kind != "topic" or asking.isdisjoint(one.positions)]
    return message.of(replace(message.reading, mentions=mentions))


def _named(message: Message) -> tuple[str, ...]:
    """The topics that terms name; hints are not enough to be written to for."""
    topics = message.slots.topics
    return topics.ids if topics.named and topics.strength >= SOLID else ()


def news(message: Message) -> Query | None:
    """ "hvad er nyt i Kolding?", "er der kommet noget nyt siden marts?": what is new on something, or since when."""
    slots = message.slots
    since = bool(slots.month or slots.year) and message.has("after")
    best = max((one.score for one in message.scores), default=0.0)
    fit = message.best("whats_new")
    if fit < (0.4 if since else 0.6) or (fit < best and not since):
        return None
    if (
        slots.unknown_places
        or not message.has("news_cue")
        or all(_is_of_a_thing(message, place) for place in message.places_of("news_cue"))
        or (message.has("name_cue") and message.subject.municipalities)
    ):
        return None  # "hvad kalder de deres nye strategi?"
    themes = message.library.main_themes(_named(_heard(message)))
    if themes and fit < SPOKEN:
        return None  # "where they teach the workers new things?", "the new centre in Ikast-Brande"
    return Query(
        "whats_new", slots.municipalities, themes, year=slots.year if since else 0, number=slots.month if since else 0
    )


def _is_of_a_thing(message: Message, place: int) -> bool:
    """Whether a "new" stands between an article and what is asked of: "what will the new centre contain?"."""
    return place - 1 in message.places_of("definite") and place + 1 in message.topic_places


def _scope(message: Message, intent: str, rhythm: str = "") -> Query:
    """To what, and except what."""
    message = _heard(message)
    slots, library = message.slots, message.library
    places, topics, without = slots.municipalities, _named(message), message.without
    if intent == "unsubscribe":
        topics, without = topics or without, ()
    excluded: tuple[str, ...] = ()
    if intent == "subscribe" and (cuts := _excepts(message)):
        cut = min(cuts)
        excluded = tuple(one.id for one in message.reading.of("municipality") if one.start > cut)
        places = tuple(one for one in places if one not in excluded)
        if topics and not without and all(one.start > cut for one in message.reading.of("topic") if not one.hint):
            topics, without = (), topics
    elif intent == "subscribe" and not topics:
        topics, without = without, ()
    named = bool(places or topics)
    if slots.unknown_places:
        return _nearest(message, intent)
    if not named and not slots.documents and not excluded and not without:
        if not message.clean and not message.has("everything"):
            return _nearest(message, intent)
        if message.says_they or message.says_it:
            places, topics = _leant_on(message)
    strategies = _strategies(message, places)
    if strategies is None:
        return Query(intent, aspect=UNKNOWN, strategies=_of(library, places))
    if strategies:
        places, topics = (), ()
    everything = not (places or topics or strategies) and bool(excluded or without or message.has("everything"))
    if everything and intent == "unsubscribe":
        rhythm = EACH
    return Query(
        intent, places, topics, without=library.main_themes(without), strategies=strategies, aspect=rhythm,
        excluding=excluded, full=everything,
    )  # fmt: skip


def _excepts(message: Message) -> list[int]:
    """Where "undtagen", "but not" and the like begin what is left out."""
    buts = message.places_of("but")
    found = set(message.places_of("except"))
    # "men ikke", "dog ikke": a "not" alone says no more than that something is not wanted.
    found |= {place for place in message.places_of("not") if any(place - 2 <= one < place for one in buts)}
    found |= {place for place in buts if place - 1 in message.places_of("everything")}
    strict = {"undtagen", "undtaget", "except"}
    found |= {place for place, token in enumerate(message.reading.tokens) if token.folded in strict}
    return sorted(found)


def _leant_on(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What "derfra" or "det" means: the municipalities of the last answer, or its topic."""
    subject = message.subject
    topics = message.library.main_themes(subject.query.topics) if subject.query else ()
    if message.says_it and not message.says_they and topics:
        return (subject.municipalities if len(subject.municipalities) == 1 else ()), topics
    return (subject.municipalities if len(subject.municipalities) <= LEANS_ON else ()), ()


def _strategies(message: Message, places: tuple[str, ...]) -> tuple[str, ...] | None:
    """Single strategies that are meant: by their paper, or by municipality and year. None: none is of that year."""
    library, slots = message.library, message.slots
    if slots.documents and slots.titled and not message.topics:
        return tuple(one.id for one in library.strategies.values() if set(one.documents) & set(slots.documents))
    if not (places and slots.year and message.has("strategies")):
        return ()
    found = tuple(one for one in _of(library, places) if slots.year in years_of(library, one))
    return found or None


def _of(library: Library, places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.id for place in places for one in library.municipalities[place].strategies)


def years_of(library: Library, strategy: str) -> tuple[int, ...]:
    """The years that a strategy can be called by, the first of them the best."""
    one = library.strategies[strategy]
    begins = (one.begins.year,) if one.begins else ()
    return (*begins, *((one.period.until,) if one.period and one.period.until else ()))


def _nearest(message: Message, intent: str) -> Query:
    """What comes nearest: of a Danish municipality those of the same region, else what is spelt alike."""
    library, unknown = message.library, message.slots.unknown_places
    known = {place.short.da: place.id for place in library.municipalities.values()}
    regions = [one for one in library.knowledge.denmark.regions if set(one.municipalities) & set(unknown)]
    near = [known[name] for region in regions for name in region.municipalities if name in known]
    names = {key: place.short[message.language] for key, place in library.municipalities.items()}
    words = " ".join(unknown)
    if not unknown:
        names |= {key: theme.name[message.language] for key, theme in library.themes.items()}
        words = " ".join(
            token.folded
            for place, token in enumerate(message.reading.tokens)
            if message.reading.stems[place].isdisjoint(message.lexicon.plain)
        )
    folded = {key: fold(name) for key, name in names.items()}
    alike = [key for _, _, key in process.extract(fold(words), folded, scorer=fuzz.WRatio, score_cutoff=ALIKE)]
    chosen = tuple(dict.fromkeys([*near, *alike]))[:NEAREST]
    places = tuple(one for one in chosen if one in library.municipalities)
    topics = tuple(one for one in chosen if one in library.themes)
    return Query(intent, places, topics, unknown_places=unknown, aspect=UNKNOWN)


def rhythm_in(message: Message) -> str:
    """How often, as RHYTHM spells it; "" where the message does not say. Of the week-end it makes the Monday after."""
    hour = _hour(message)
    days = [
        message.operators.weekdays[one]
        for stems in message.reading.stems
        for one in stems
        if one in message.operators.weekdays
    ]
    if days:
        day = days[0] if days[0] <= FRIDAY else 0
        return f"weekly-{day}" + (f"-at-{hour}" if hour >= 0 else "")
    if message.has("weekly"):
        return "weekly" + (f"-at-{hour}" if hour >= 0 else "")
    if message.has("daily") or hour >= 0:
        return "daily" + (f"-{hour}" if hour >= 0 else "")
    return "now" if message.has("at_once") else ""


def _hour(message: Message) -> int:
    """The hour of the day behind "kl." or "at", -1 where none is told."""
    tokens = message.reading.tokens
    for place in message.places_of("clock"):
        if place + 1 < len(tokens) and (match := HOUR.fullmatch(tokens[place + 1].folded)):
            after = tokens[place + 2].folded if place + 2 < len(tokens) else ""
            hour = int(match[1]) % 12 if match[2] or after in ("am", "pm") else int(match[1])
            hour += 12 * ("pm" in (match[2], after))
            if hour < 24:
                return hour
    return -1


def _is_rhythm_alone(message: Message) -> bool:
    """ "hver mandag kl. 9", "hellere dagligt": nothing else is said or asked."""
    asks = message.has("which", "when_cue", "count_cue", "figure_cue", "tour_cue")
    return len(message.reading.tokens) <= ALONE and not asks and message.clean and not message.names_something
