"""Questions of time: what happened when, who was first, what is in force, when it was adopted."""

from knowledge.message import FLOOR, SURELY, Message
from knowledge.query import Places, Query

ON_TOPIC = 0.4
"""How well "when" must fit where a topic is named that may be what is asked for."""
CLEARLY = 0.25
"""How much better "what do they do?" must fit than "when?" to be what is asked."""


def dated_steps(message: Message, places: Places) -> Query | None:
    """ "hvad skete der i april 2014?"."""
    slots = message.slots
    if slots.organisations and message.has("when_cue"):
        steps = message.library.milestones.values()
        named = tuple(one.id for one in steps if set(one.organisations) & set(slots.organisations))
        if named:
            return Query("dates", message.library.owners(named), milestones=named)
    if (
        slots.milestones
        and not (message.topics and slots.topics.named and not message.has("when_cue"))
        and not (slots.documents and not message.has("when_cue"))
    ):
        milestones, year = _steps_then(message)
        return Query("dates", message.library.owners(milestones), milestones=milestones, year=year)
    return None


def _steps_then(message: Message) -> tuple[tuple[str, ...], int]:
    """The steps, and the year: "og i juni?" after a question about 2014 is June 2014, where something happened then."""
    slots, last = message.slots, message.subject.query
    if slots.month and not slots.year and last and last.intent == "dates" and last.year:
        then = tuple(one for one in slots.milestones if message.library.milestones[one].date.year == last.year)
        if then:
            return then, last.year
    return slots.milestones, slots.year


def in_order(message: Message, places: Places) -> Query | None:
    """First, last, next, or all in order of time."""
    slots, named = message.slots, message.slots.municipalities
    if message.has("themes") and not message.has("strategies"):
        return None  # "hvilke temaer kan jeg sortere efter?"
    aspects = [name for name in ("sorted", "next", "last", "first") if message.has(name)]
    if message.has("compare_cue"):  # "next to each other", "stil op ved siden af"
        aspects = [name for name in aspects if name not in (("next", "sorted") if len(named) > 1 else ("next",))]
    if len(named) > 1 and message.has("before", "after") and not message.topics and not message.has("compare_cue"):
        aspects = aspects or ["first"]
    elif len(named) == 1 and _right_before_a_name(message, "after") and message.has("which") and not message.topics:
        return Query("order", named, aspect="next")
    elif (
        len(named) == 1
        and _right_before_a_name(message, "before")
        and message.has("which")
        and not message.topics
        and not slots.year
    ):
        return Query("order", named, aspect="previous")
    elif not named and len(places) == 1 and message.says_they and message.has("before") and message.has("which"):
        return Query("order", places, aspect="previous")  # "hvem var før dem?"
    elif message.subject.query and message.subject.query.intent == "order" and message.has("after") and not named:
        aspects = ["next"]
    many = message.has("these")
    if (
        len(places) == 1
        and not named
        and not many
        and message.has("strategies")
        and (message.says_they or message.has("when_cue"))
    ):
        return None  # "hvad hedder deres nyeste strategi?"
    if len(named) == 1 and message.has("when_cue", "name_cue"):
        return None
    if message.slots.ordinal and message.best("order") >= 0.35 and not message.topics:
        return Query("order", (), aspect="ordinal", number=message.slots.ordinal)
    if "first" in aspects and "last" in aspects and not places:
        first, last = message.places_of("first")[0], message.places_of("last")[0]
        return Query("order", aspect="sorted" if first < last else "reversed")
    if not aspects or (slots.year and not places):
        return None
    sure = (len(named) > 1 and message.best("order") >= 0.4) or (message.has("strategies") and aspects[0] == "first")
    if message.topics and slots.topics.named and not sure:
        return None
    if slots.documents and message.best("order") < message.best("documents", "dates"):
        return None
    if len(named) == 1 and aspects[0] in ("last", "first"):
        return None
    needed = FLOOR if not message.clean else 0.0 if message.has("which") and not places else 0.35
    if len(places) < 2 and message.best("order") < needed:
        return None
    if (
        not named
        and aspects[0] in ("first", "last")
        and places
        and not (message.has("which", "these") or message.best("order") >= SURELY)
    ):
        return None
    group = message.group if message.has("these") and not named else ()
    within = named if len(named) > 1 else group or (places if message.has("these") or len(places) > 1 else ())
    return Query("order", named or (places if aspects[0] == "next" else ()), aspect=aspects[0], within=within,
                 counted=not message.has("which"))  # fmt: skip


def _right_before_a_name(message: Message, operator: str) -> bool:
    """ "før København", "lige efter Kolding": a "before" or "after" that a name follows."""
    names = {one.start for one in message.reading.of("municipality")}
    return any(place + 1 in names for place in message.places_of(operator))


def in_force(message: Message, places: Places) -> Query | None:
    """Is it still valid?"""
    if not message.has("force_cue", "ended") or message.topics or message.has("mine"):
        return None
    if message.best("in_force") < (0.35 if places else FLOOR):
        return None
    if message.has("when_cue") and message.best("dates") > message.best("in_force"):
        return None
    library, year = message.library, message.slots.year
    of_year = [one.id for one in library.strategies.values() if year and one.begins and one.begins.year == year]
    ended = message.has("ended") or (message.slots.negated and message.asks_all)
    owners = places or (() if ended else library.owners(message.slots.documents)) or library.owners(of_year)
    return Query("in_force", owners, aspect="ended" if ended and not owners else "")


def dates(message: Message, places: Places) -> Query | None:
    """When, and what a strategy is called."""
    slots, library = message.slots, message.library
    aspect = (
        "before" if message.has("before") else "after" if message.has("after") and message.has("strategies") else ""
    )
    happened = message.has("news_cue") or not message.has("strategies", "documents", "force_cue")
    if slots.year and message.has("after") and len(places) == 1 and happened and not message.topics:
        return Query("whats_new", places, year=slots.year)  # "hvad er der sket i Kolding siden 2014?"
    if slots.year and aspect and not slots.municipalities and not message.topics:
        return Query("dates", year=slots.year, aspect=aspect)
    steps = library.municipalities[places[0]].milestones if len(places) == 1 else ()
    deadlines = any(library.goals[one].deadline for one in message.goals_named)
    if message.goals_named and message.has("when_cue") and steps and not deadlines:
        return Query("dates", places)  # "hvornår blev visionen lagt fast?"
    named = message.has("strategies", "documents") or message.says_it
    if (
        message.has("name_cue")
        and not message.topics
        and len(places) == 1
        and named
        and not message.has("partners", "partner_cue")
    ):
        return Query("dates", places)
    if not (message.has("when_cue") or slots.year):
        return None
    owners = places or library.owners(slots.documents) or library.having(message.topics, every=False)
    dated = [one for one in slots.documents if library.documents[one].dated]
    if dated and (not owners or message.has("document_cue")) and not message.topics:
        return Query("dates", library.owners(slots.documents), documents=slots.documents)
    fit = message.best("dates", "order", "in_force", "list_strategies")
    if not slots.year and fit < FLOOR and message.best("overview") > fit + CLEARLY:
        return None  # "what has Aarhus decided to do?"
    if message.topics and not places and message.has("which") and fit < FLOOR:
        return None
    if owners and (fit >= 0.25 if not message.topics else message.has("when_cue") and fit >= ON_TOPIC):
        return Query("dates", owners if len(owners) < len(library.municipalities) else (), year=slots.year)
    if slots.year and message.has("strategies") and not message.topics and message.clean and not owners:
        return Query("dates", year=slots.year)
    if not owners and fit >= 0.4 and not message.topics and message.clean:
        base = () if slots.year or message.has("strategies") else ("overblik-2014",)
        return Query("dates", year=slots.year, documents=base)
    return None
