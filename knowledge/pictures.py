"""Questions for something to look at or to hand out: a picture, a timeline, a municipality or a theme on one page."""

from knowledge.message import FLOOR, SOLID, Message
from knowledge.query import Query
from knowledge.slots import resolve

IN_TIME = ("timeline", "dates", "in_force", "order", "list_strategies")
SIDE_BY_SIDE = ("compare", "in_common", "only_in", "compare_picture")
SURELY = 0.8
"""How well a message must fit where no word says that it is to be a picture, or where one says so and others do not."""
FOREIGN = 0.6
"""From so much that speaks against on, a message is about a picture of something else."""

OF = frozenset({"af", "of"})


def pictured(message: Message) -> Query | None:
    """The query of a message that asks for a picture or a page, None where it asks for neither."""
    if message.evidence.against >= FOREIGN or message.slots.unknown_places:
        return None
    if message.has("page_cue") and not message.has("define_cue"):
        return _page(message)
    in_words = message.best("order") > message.best("timeline") or message.best("order") >= SURELY
    if message.has("timeline_cue") and not in_words:
        return Query("timeline", message.slots.municipalities or _meant(message))
    if message.has("picture_cue"):
        return _picture(message)
    best = message.best("matrix")
    if best >= SURELY and best > message.best("list_themes", "compare") and not message.names_something:
        return Query("matrix")
    return None


def _picture(message: Message) -> Query | None:
    """Which picture: by the places that are named or meant, by what is asked of them, by what the last answer was."""
    places, last = message.slots.municipalities, message.subject.query
    topics = message.library.main_themes(message.topics)
    bare = not message.names_something and not message.has("themes", "municipalities")
    if message.has("when_cue", "sorted") or (message.has("strategies") and not places and not topics):
        return Query("timeline", places or _meant(message))
    if len(places) > 1:
        return Query("compare_picture", places, topics)
    if bare and last and last.intent in SIDE_BY_SIDE and len(last.municipalities) > 1:
        return Query("compare_picture", last.municipalities, message.library.main_themes(last.topics))
    if bare and last and last.intent in IN_TIME:
        return Query("timeline", last.municipalities)
    if message.has("these") and len(message.subject.group) > 1:
        return Query("compare_picture", message.subject.group, topics)
    if bare and not message.evidence.names and any(token.folded in OF for token in message.reading.tokens):
        return None  # of something that is not ours: "et billede af rådhuset"
    things = message.slots.organisations or any(one in message.library.initiatives for one in message.topics)
    if things:
        return None  # a photograph of it, which we do not have
    return Query("matrix") if message.best("matrix", "compare_picture") >= FLOOR else None


def _page(message: Message) -> Query | None:
    """Of what: what is named, else what the last answer was about; of several municipalities, side by side."""
    places, last = message.slots.municipalities, message.subject.query
    cues = set(message.places_of("page_cue"))
    named = [one for one in message.reading.of("topic") if cues.isdisjoint(one.positions)]  # a "faktaark" is the page
    found = resolve(named, message.library)
    themes = message.library.main_themes(found.ids if found.strength >= SOLID else ())
    if len(places) > 1:
        return Query("compare_picture", places, themes)
    if places:
        return Query("brief", places)
    if themes:
        return Query("brief", (), themes[:1])
    if len(message.subject.municipalities) == 1:
        return Query("brief", message.subject.municipalities)
    if last and (before := message.library.main_themes(last.topics)):
        return Query("brief", (), before[:1])
    return Query("brief")


def _meant(message: Message) -> tuple[str, ...]:
    """The municipality that a pronoun stands for."""
    return message.subject.municipalities if message.says_they else ()
