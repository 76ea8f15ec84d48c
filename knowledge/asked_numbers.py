"""Questions of how many, and for the figures that the sources name."""

from dataclasses import replace

from knowledge.message import FLOOR, Message
from knowledge.query import Places, Query

NEAR = 4
"""How far behind "how many" stands what is counted."""


def counted(message: Message, places: Places) -> Query | None:
    """How many of something."""
    slots, topics = message.slots, message.topics
    places = places or (message.library.owners(slots.documents) if message.has("initiatives") else ())
    if _asks_target(message, places):
        return Query("goals", places)
    if not message.has("count_cue") or message.goals_named:
        return None
    if message.has("jobs") and not topics:
        return Query("figures", places)
    noun = min((one for one in message.places_of("initiatives")), default=99)
    at = message.places_of("count_cue")[0]
    if len(places) == 1 and (0 < noun - at <= 3 or (message.has("initiatives") and message.says_it)):
        return Query("count", places, aspect="initiatives")
    if topics and not slots.municipalities and not message.has("years"):
        if len(places) == 1 and not message.has("municipalities"):
            return Query("topic_in_municipality", places, topics)
        return Query("municipalities_with", (), topics, slots.topics.join, counted=True)
    if message.without and not places:
        return Query("municipalities_without", (), (), "any", message.without, counted=True)
    if topics:
        return None
    if message.has("years") and not slots.municipalities and message.subject.initiatives and message.subject.query:
        return Query("detail", (), message.subject.initiatives)
    if any(message.library.documents[one].kind == "evaluation" for one in slots.documents):
        return Query("documents", message.library.owners(slots.documents), documents=slots.documents)
    for name in ("initiatives", "strategies", "documents", "themes", "partners", "municipalities"):
        if message.has(name) and not (places and name == "municipalities"):
            return Query("count", places, aspect=name, year=slots.year)
    if places:
        last = message.subject.query
        if not slots.municipalities and last and last.intent == "municipalities_with":
            return Query("municipalities_with", (), last.topics, last.join, counted=True)
        if not slots.municipalities and last and last.intent == "municipalities_without":
            return replace(last, counted=True)
        fits = message.best("count", "figures") >= 0.3 and message.counts_ours
        return Query("count", places, aspect="initiatives") if fits else None
    return None


def _asks_target(message: Message, places: Places) -> bool:
    """ "How many jobs will they create?", of the one municipality that is meant: its goals have the figures."""
    goals = message.library.municipalities[places[0]].goals if len(places) == 1 else ()
    cues = message.has("count_cue") and message.has("goal_cue", "intended_cue", "old_cue")
    counts = message.has("jobs") or any(
        0 < noun - cue <= NEAR for cue in message.places_of("count_cue") for noun in message.places_of("uncounted_cue")
    )
    meant = message.slots.municipalities or message.says_they
    others = message.slots.topics.named and [one for one in message.topics if one in message.library.initiatives]
    return bool(meant and cues and counts and not others and any(goal.figures for goal in goals))


def most(message: Message, places: Places) -> Query | None:
    """ "hvem har flest indsatser?", "the fewest themes"."""
    aspect = "most" if message.has("most") else "fewest" if message.has("fewest") else ""
    last = message.subject.query
    on = last is not None and last.intent == "count" and last.aspect in ("most", "fewest")  # "and the fewest?"
    if not aspect or message.topics or message.slots.numbers:
        return None
    if not on and not message.has("initiatives", "themes", "list_cue"):
        return None
    among = message.group if message.has("these") else ()
    return Query("count", message.slots.municipalities or among, aspect=aspect)


def figures(message: Message, places: Places) -> Query | None:
    """Figures by their value or by what they count."""
    if message.has("name_cue"):
        return None  # "what version number ...?"
    named = [value for value in message.slots.numbers if value in message.library.figures]
    against = message.evidence.outside + message.evidence.unexplained
    if named and named[0] <= 9 and not message.has("initiatives", "years", "goals", "jobs"):
        named = []  # "in three lines"
    told = places or message.goals_named or (against < 1 and (named[:1] > [9] or message.has("initiatives", "years")))
    if named and not message.has("these") and told and (not message.topics or message.goals_named):
        return Query("figures", places, number=named[0])
    counted = [
        one for one in message.topics if one in message.library.initiatives and message.library.initiatives[one].figures
    ]
    if counted and message.slots.topics.named and message.has("figure_cue", "when_cue"):
        return Query("detail", (), tuple(counted))
    if places and message.has("figure_cue") and message.counts_ours:
        these = message.has("these")
        fit = message.fit_of_all.get("figures", 0.0)
        if (not message.topics and (fit >= FLOOR or these)) or fit >= 0.75:
            within = message.group if these else ()
            return Query("figures", () if within else places, within=within)
    dated = [one for one in message.goals_named if message.library.goals[one].deadline]
    if len(places) == 1 and (message.slots.municipalities or message.says_they):
        dated = [one for one in dated if message.library.owner[one] in places]
    if dated and message.has("figure_cue", "when_cue"):
        return Query("goals", (), tuple(dated))
    return None
