"""Questions for documents and their links."""

from knowledge.message import FLOOR, Message
from knowledge.query import Places, Query

TITLES = "titles"
"""`Query.aspect` of a question for the strategies of which no more is known."""


def titles(message: Message, places: Places) -> Query | None:
    """ "Hvilke strategier kendes kun ved titlen?"."""
    if message.slots.municipalities or message.topics or not message.has("name_cue"):
        return None
    return Query("list_strategies", aspect=TITLES) if message.has("only") and message.has("strategies") else None


def papers(message: Message, places: Places) -> Query | None:
    """Documents and their links."""
    slots, library = message.slots, message.library
    if titled := message.title_alone:
        return Query("documents", library.owners(titled), documents=titled)
    if message.has("when_cue", "force_cue") and message.best("dates", "in_force") >= message.best(
        "documents", "list_documents"
    ):
        return None
    if message.top == "goals" and message.best("goals") >= 0.7 and message.best("documents") < FLOOR:
        return None  # "what does Roskilde want to achieve with its strategy?"
    papers_of_then = {place - step for place in message.places_of("strategies") for step in (1, 2)}
    aside = message.topic_places | (papers_of_then & set(message.places_of("old_cue")))  # "their original strategy"
    asked = any(place not in aside for place in message.places_of("document_cue"))
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
        and not message.has("content_cue")
        and message.at_most_where
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
