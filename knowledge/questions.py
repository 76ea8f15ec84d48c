"""The kinds of question, one rule each: slots and cues -> query, in the order in which they are tried."""

from dataclasses import replace

from knowledge.message import FLOOR, LISTS, Message
from knowledge.query import Query

Places = tuple[str, ...]
ON_ONE_TOPIC = ("topic_in_municipality", "municipalities_with", "detail")
"""After these a comparison is of the same topic: "hvad er forskellen på de to?"."""
ON_TOPIC = 0.4
"""How well "when" must fit where a topic is named that may be what is asked for."""
SURELY = 0.8
"""How well utterances must fit where the slots say otherwise."""


def question(message: Message, given: Places = (), *, bare: bool = False) -> Query | None:
    """The question by its slots and cues.

    `given`: the municipalities that the last answer was about, where the message names none. With `bare` only the
    kinds that a cue asks for are meant: the message names nothing itself.
    """
    if message.has("overall") and not (message.says_they or message.says_it):
        given = ()  # "hvor mange strategier er der i alt?"
    places = message.slots.municipalities or given
    for rule in RULES:
        if query := rule(message, places):
            return query
    return None if bare else plain(message, places)


def plain(message: Message, places: Places) -> Query | None:
    """No cue: the slots alone tell the kind."""
    slots = message.slots
    topics = message.topics or message.without
    found = message.library.items_in(topics, places[0]) if places else ()
    begins_with_verb = 0 in message.places_of("auxiliary")
    if places and topics and not found and not begins_with_verb and message.goals_touched(places[0]):
        return Query("goals", places)
    goals_only = topics and all(one in message.library.goals for one in topics)
    if topics and places:
        topics = message.library.main_themes(topics) if goals_only else topics
        return Query("topic_in_municipality", places, topics, slots.topics.join)
    if topics:
        return Query("municipalities_with", (), topics, slots.topics.join)
    if len(places) > 1:
        return Query("compare", places)
    if places:
        asks_otherwise = message.has("count_cue", "when_cue") and message.best("overview") < FLOOR
        return None if asks_otherwise else Query("overview", places)
    if slots.documents:
        return Query("documents", documents=slots.documents)
    if slots.terms and (message.has("define_cue") or len(message.reading.tokens) <= 3):
        return Query("define", terms=slots.terms)
    return None


def hinted(message: Message) -> Query | None:
    """Nothing but hints, and nothing that speaks against them."""
    if message.clean and len(message.slots.topics.ids) <= 2 and (message.has("which") or message.evidence.domain):
        message.topics = message.slots.topics.ids
        return plain(message, message.slots.municipalities)
    return None


def close_readings(message: Message) -> tuple[Query, ...]:
    """Themes that the words hint at alike, none of them by name ("viden"): two or three, or none to ask back about."""
    themes = message.library.main_themes(message.slots.topics.ids)
    if message.evidence.against or message.subject.query or message.slots.numbers or not 2 <= len(themes) <= 3:
        return ()
    place = message.slots.municipalities
    intent = "topic_in_municipality" if place else "municipalities_with"
    return tuple(Query(intent, place, (theme,)) for theme in themes)


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
        return Query("dates", message.library.owners(slots.milestones), milestones=slots.milestones, year=slots.year)
    return None


def all_but(message: Message, places: Places) -> Query | None:
    """ "hvem ud over Aarhus har en mentorordning?"."""
    topics = message.topics or message.without
    names = [one.start for one in message.reading.of("municipality")]
    near = any(at < one <= at + 3 for at in message.places_of("except") for one in names)
    if near and topics:
        return Query(
            "municipalities_with", (), topics, message.slots.topics.join, excluding=message.slots.municipalities
        )
    return None


def in_order(message: Message, places: Places) -> Query | None:
    """First, last, next, or all in order of time."""
    slots, named = message.slots, message.slots.municipalities
    if message.has("themes") and not message.has("strategies"):
        return None  # "hvilke temaer kan jeg sortere efter?"
    aspects = [name for name in ("sorted", "next", "last", "first") if message.has(name)]
    if message.has("compare_cue"):  # "next to each other", "stil op ved siden af"
        aspects = [name for name in aspects if name not in (("next", "sorted") if len(named) > 1 else ("next",))]
    if len(named) > 1 and message.has("before", "after") and not message.topics:
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


def side_by_side(message: Message, places: Places) -> Query | None:
    """Compare, what is shared, what one has and the other lacks."""
    library = message.library
    topics = library.main_themes(message.topics) if message.goals_named == message.topics else message.topics
    compares = message.has("compare_cue")
    if compares and not message.slots.municipalities and message.has("these") and len(message.group) > 1:
        last = message.subject.query
        same = library.main_themes(last.topics) if last and last.intent in ON_ONE_TOPIC else ()
        return Query("compare", message.group, topics or same)
    if not message.slots.municipalities and not (compares or message.has("common_cue")):
        return None
    owners = library.owners(topics) if len(topics) > 1 else ()
    if not places and not topics and compares and message.has("municipalities") and message.clean:
        return Query("compare", tuple(library.municipalities)) if len(library.municipalities) <= 6 else None
    if len(places) < 2 and not (compares and len(owners) > 1):
        return None
    if message.has("when_cue", "document_cue") and not compares:
        return None
    places = places if len(places) > 1 else owners
    if message.slots.negated and not topics and not message.without:
        return Query("only_in", places)
    if message.has("common_cue") and message.best("in_common") >= message.best("compare") and not topics:
        return Query("in_common", places)
    if topics and not compares:
        return Query("topic_in_municipality", places, topics)
    return Query("compare", places, topics)


def papers(message: Message, places: Places) -> Query | None:
    """Documents and their links."""
    slots, library = message.slots, message.library
    if message.has("when_cue", "force_cue") and message.best("dates", "in_force") >= message.best(
        "documents", "list_documents"
    ):
        return None
    asked = any(place not in message.topic_places for place in message.places_of("document_cue"))
    if (
        message.has("count_cue")
        and (not slots.municipalities or message.has("initiatives"))
        and not message.has("these")
    ):
        return None
    nouns = ("themes", "municipalities", "partners", "initiatives")
    if slots.documents == ("overblik-2014",) and message.has(*nouns) and not message.has("strong_document", "when_cue"):
        return None
    if message.has("documents") and message.has("list_cue") and "overblik-2014" in slots.documents and not places:
        return Query("list_documents")
    leans = message.says_they or message.says_it
    theirs = slots.municipalities or (places if leans and len(places) == 1 else ())
    if message.has("these") and not slots.municipalities and len(message.group) > 1:
        theirs = places = message.group
    if (
        not asked
        and theirs
        and message.has("fetch")
        and message.has("strategies")
        and not message.has("which", "content_cue")
    ):
        own = any(library.items_in(message.topics, place) for place in places)
        return None if own else Query("documents", places)
    evaluations = [one for one in slots.documents if library.documents[one].kind == "evaluation"]
    if evaluations and slots.negated and message.has("which", "strategies") and not slots.municipalities:
        return Query("municipalities_without", documents=tuple(evaluations))
    if slots.documents and (asked or (slots.titled and not message.topics)):
        if (
            slots.municipalities
            and not asked
            and (message.best("overview", "detail") >= 0.6 or message.has("content_cue"))
        ):
            return None
        theirs_too = {
            paper
            for one in message.topics
            if one in library.initiatives
            for paper in library.initiatives[one].documents
        }
        if (
            slots.topics.named
            and message.topics
            and message.has("which")
            and message.best("documents") < 0.7
            and not theirs_too
        ):
            return None
        owners = library.owners(slots.documents) or places
        return Query("documents", owners, documents=(*_strategy_too(message, owners), *slots.documents))
    if not asked:
        return None
    fit = message.best("documents", "list_documents")
    initiatives = tuple(one for one in message.topics if one in library.initiatives)
    if places:
        strong = message.has("strong_document")
        own = any(library.items_in(message.topics, place) for place in places)
        needed = (
            (0.55 if own or not strong else 0.2)
            if message.topics
            else 0.0
            if strong
            else 0.3
            if slots.municipalities
            else 0.4
        )
        return Query("documents", places, initiatives) if fit >= needed else None
    if message.topics:
        owners = library.having(message.topics, every=False)
        return Query("documents", owners, message.topics) if fit >= (0.75 if message.has("which") else FLOOR) else None
    return (
        Query("list_documents") if fit >= 0.6 or (fit >= 0.35 and message.has("documents") and message.clean) else None
    )


def _strategy_too(message: Message, owners: Places) -> tuple[str, ...]:
    """The strategy's own papers where they are asked for beside another: "the strategy and the evaluation"."""
    papers = [one.start for one in message.reading.of("document") if not one.hint]
    strategies = message.places_of("strategies")
    joined = any(
        min(one, other) < at < max(one, other)
        for at in message.places_of("and")
        for one in strategies
        for other in papers
    )
    return message.library.strategy_papers(owners[0]) if joined and len(owners) == 1 else ()


def counted(message: Message, places: Places) -> Query | None:
    """How many of something."""
    slots, topics = message.slots, message.topics
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


def most(message: Message, places: Places) -> Query | None:
    """ "hvem har flest indsatser?", "the fewest themes"."""
    aspect = "most" if message.has("most") else "fewest" if message.has("fewest") else ""
    if not aspect or not message.has("initiatives", "themes", "list_cue") or message.topics or message.slots.numbers:
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
    if dated and message.has("figure_cue", "when_cue"):
        return Query("goals", (), tuple(dated))
    return None


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
    owners = places or library.owners(message.slots.documents) or library.owners(of_year)
    ended = message.has("ended") or (message.slots.negated and message.asks_all)
    return Query("in_force", owners, aspect="ended" if ended and not owners else "")


def dates(message: Message, places: Places) -> Query | None:
    """When, and what a strategy is called."""
    slots, library = message.slots, message.library
    aspect = (
        "before" if message.has("before") else "after" if message.has("after") and message.has("strategies") else ""
    )
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


def missing(message: Message, places: Places) -> Query | None:
    """Which do not."""
    slots = message.slots
    if not message.without or slots.municipalities:
        return None
    if message.best("define") >= SURELY and message.has("define_cue"):
        # "ordet forstår jeg ikke": the speaker lacks it, no municipality does.
        return Query("define", (), message.without)
    if not message.topics and len(places) == 1 and not message.has("which"):
        return None
    return Query("municipalities_without", (), message.topics, slots.topics.join, message.without)


def peculiar(message: Message, places: Places) -> Query | None:
    """What only one has."""
    fit = message.best("only_in")
    if message.topics or not places or fit < 0.4 or not (message.has("only") or fit >= 0.7):
        return None
    return Query("only_in", places[:2])


def partners(message: Message, places: Places) -> Query | None:
    """With whom; who works with an organisation."""
    slots, library = message.slots, message.library
    if slots.organisations:
        sites = [one for one in slots.organisations if library.organisations[one].place]
        if sites:
            return Query("detail", (), tuple(item for one in sites for item in library.work_with(one)))
        return Query("partners", slots.municipalities, message.topics, organisations=slots.organisations)
    if message.has("partners") and message.has("list_cue") and not places and not message.has("municipalities"):
        return Query("partners")
    if not message.has("partner_cue"):
        return None
    fit = message.best("partners")
    if (
        message.topics
        and not places
        and message.has("which", "municipalities")
        and (not message.has("partners") or "partnerskaber" in message.themes_named)
    ):
        return None
    topics = tuple(
        one for one in message.topics if one != "partnerskaber" or not places
    )  # "sammen med" is the question
    if (places or topics) and fit >= FLOOR:
        return Query("partners", places, topics)
    if message.has("partners") and not message.topics and (places or message.clean) and fit >= 0.3:
        return Query("partners", places)
    return None


def goals(message: Message, places: Places) -> Query | None:
    """Visions, objectives, targets."""
    named = message.goals_named
    asked = message.has("goal_cue", "figure_cue", "when_cue") or message.slots.numbers
    if named and message.slots.municipalities and not asked and (themes := message.themes_named):
        return Query("topic_in_municipality", places, (*themes, *named))
    if named and len(named) == len(message.topics):
        owners = message.library.owners(named)
        if message.slots.municipalities and not set(owners) & set(places) and not message.has("goal_cue"):
            return None
        return Query("goals", places) if places else Query("goals", (), named)
    if (
        message.has("goal_cue")
        and not message.topics
        and message.fit_of_all.get("goals", 0.0) >= (0.15 if places else FLOOR)
    ):
        return Query("goals", places)
    return None


def explained(message: Message, places: Places) -> Query | None:
    """What a word means."""
    if message.slots.municipalities:
        return None
    if message.slots.terms and message.best("define") >= SURELY and not message.topics:
        return Query("define", terms=message.slots.terms)
    if not message.has("define_cue"):
        return None
    if places and message.topics and (message.says_they or message.has("there")):
        return None  # "hvad er deres pulje til?"
    if (
        message.slots.terms
        and not message.themes_named
        and not message.has("which")
        and len(message.reading.tokens) <= 7
    ):
        return Query("define", terms=message.slots.terms)
    short = len(message.reading.tokens) <= 6
    if message.topics and (short or message.best("define", "detail") >= 0.4) and not message.has("which"):
        return Query("define", (), message.topics)
    if message.slots.terms and not message.topics:
        return Query("define", terms=message.slots.terms)
    return None


def listed(message: Message, places: Places) -> Query | None:
    """All municipalities, themes, documents, partners or initiatives."""
    if message.names_something or message.evidence.against > 0.5:
        return None
    if message.subject.query and message.opens_elliptic and not message.has("municipalities"):
        return None
    if (
        0 < len(message.subject.initiatives) < 3
        and len(message.reading.tokens) <= 4
        and not message.has("municipalities")
        and not message.has("list_cue")
    ):
        return None  # "which fields?"
    if message.has("initiatives") and message.has("list_cue") and not message.has("strategies", "documents", "themes"):
        return None if places else Query("overview", tuple(message.library.municipalities))
    fitting = [one for one in message.scores if one.intent in LISTS and one.score >= FLOOR]
    if message.has("themes") and not message.has("municipalities", "strategies", "documents") and fitting:
        return Query("list_themes")
    if fitting and (not message.subject.query or message.top in LISTS):
        return Query(fitting[0].intent)
    if message.slots.topics.named and len(message.reading.tokens) > 5:
        return None
    if message.has("list_cue") or len(message.reading.tokens) <= 2:
        for name, intent in (
            ("partners", "partners"), ("documents", "list_documents"), ("themes", "list_themes"),
            ("initiatives", "overview"), ("strategies", "list_strategies"), ("municipalities", "list_municipalities"),
        ):  # fmt: skip
            if message.has(name) and not (places and intent in ("partners", "overview")):
                return Query(intent, tuple(message.library.municipalities) if intent == "overview" else ())
    return None


RULES = (
    dated_steps, all_but, most, in_order, side_by_side, papers, counted, figures, in_force, dates, missing, peculiar,
    partners,
    goals, explained, listed,
)  # fmt: skip
"""Tried from left to right; the first that gives a query wins."""
