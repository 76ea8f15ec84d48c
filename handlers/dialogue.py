"""The one table of what is asked and who answers: `Dialogue.answer` for texts, `Dialogue.act` for buttons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from handlers.actions import decode, link_to
from handlers.brief import brief, pages_offered
from handlers.comparison import compare, in_common, only_in
from handlers.documents import documents, list_documents
from handlers.goals import goals
from handlers.initiatives import detail, municipalities_with, municipalities_without, topic_in_municipality
from handlers.keeping import NOTHING_STORED, Keeping
from handlers.memory import NOTHING_KEPT, Erase, Kept
from handlers.municipalities import list_municipalities, list_strategies, overview, overviews
from handlers.news import whats_new
from handlers.numbers import count, figures
from handlers.partners import partners
from handlers.parts import paragraph
from handlers.pictures import compare_picture, matrix, pictures_offered, strategies_in_time
from handlers.privacy import asks_to_erase, confirmation, erase, my_data, privacy
from handlers.reply import Reply, joined
from handlers.session import Session
from handlers.settings import settings, settings_asked
from handlers.sources import source
from handlers.subscriptions import offer, subscribe, subscriptions, unsubscribe
from handlers.themes import define, list_themes
from handlers.tour import asks_whose, chosen, offered, position, tour, typed
from handlers.turn import Turn
from handlers.typed import command_in
from handlers.unsure import clarify, elsewhere, gone, unknown
from handlers.welcome import help_me, talk
from handlers.when import dates, in_force, order
from knowledge.asof import as_of, before
from knowledge.built import built_understander
from knowledge.gone import still_there
from knowledge.library import Library
from knowledge.loading import SHIPPED
from knowledge.model import LANGUAGES
from knowledge.query import Query, Subject
from knowledge.then import EARLIER
from knowledge.understanding import Understander, Understanding, load_understander

HANDLERS: dict[str, Callable[[Turn], Reply]] = {
    "municipalities_with": municipalities_with,
    "municipalities_without": municipalities_without,
    "topic_in_municipality": topic_in_municipality,
    "overview": overview,
    "overviews": overviews,
    "compare": compare,
    "in_common": in_common,
    "only_in": only_in,
    "documents": documents,
    "dates": dates,
    "in_force": in_force,
    "order": order,
    "count": count,
    "figures": figures,
    "goals": goals,
    "partners": partners,
    "detail": detail,
    "define": define,
    "source": source,
    "list_municipalities": list_municipalities,
    "list_strategies": list_strategies,
    "list_themes": list_themes,
    "list_documents": list_documents,
    "elsewhere": elsewhere,
    "help": help_me,
    "identity": talk,
    "greeting": talk,
    "thanks": talk,
    "goodbye": talk,
    "how_are_you": talk,
    "praise": talk,
    "complaint": talk,
    "switch_language": talk,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "subscriptions": subscriptions,
    "settings": settings,
    "tour": tour,
    "privacy": privacy,
    "my_data": my_data,
    "erase": erase,
    "whats_new": whats_new,
    "matrix": matrix,
    "timeline": strategies_in_time,
    "compare_picture": compare_picture,
    "brief": brief,
    "gone": gone,
}
"""Intent -> who answers it."""

KEEPS_SUBJECT = frozenset(
    {"greeting", "thanks", "goodbye", "how_are_you", "praise", "complaint", "identity", "help", "source", "subscribe",
     "unsubscribe", "subscriptions", "settings", "whats_new", "switch_language", "list_themes", "tour", "privacy",
     "my_data", "erase"}
)  # fmt: skip
"""After these the last subject still stands: "fedt, tak" - "inden hvilket år?"."""


LEAVES_TOPIC = frozenset({"dates", "documents", "in_force", "partners", "source", "figures", "goals"})
"""After these, about the same municipality, the topic of before still stands: "gør Kolding det samme?"."""
SIDE_BY_SIDE = frozenset({"compare", "in_common", "only_in", "overviews"})
"""These take more than one municipality."""
A_FEW = 4
SEEN = 12
"""Initiatives that are remembered as told of, for "tilbage til fonden"."""


class Dialogue:
    """Answers turns from one base. Holds nothing of any chat: sessions come in and go out."""

    def __init__(
        self,
        library: Library,
        understander: Understander,
        today: Callable[[], date] = date.today,
        keeping: Keeping = NOTHING_STORED,
    ) -> None:
        self.library = library
        self.understander = understander
        self.today = today
        self.keeping = keeping
        self._then: dict[str, Library] = {}
        """Year or "earlier" -> the base as it was; as many as there are years that the base tells of."""

    def answer(
        self, text: str, session: Session, language: str = "", kept: Kept = NOTHING_KEPT
    ) -> tuple[Reply, Session]:
        """The reply to a text, and the session after it. `language`: the answer's; left out, the question's own."""
        session = self._still_known(session)
        action, its_language = command_in(text)
        if action:
            spoken = language or session.language or its_language
            return self.act(action, replace(session, language=spoken), kept)
        small = (
            confirmation(text, session)
            or settings_asked(text)
            or typed(text, session, self.library, self.understander.operators.numbers)
        )
        if small:
            shown = self.understander.language_of(self.understander.lexicon.read(text))
            spoken = language or session.language or shown or LANGUAGES[0]
            return self._reply(Understanding(spoken, small, 1.0), spoken, session, kept)
        found = self.understander.understand(text, session.subject, session.language)
        if found.query:
            found = replace(found, query=chosen(found.query, session, self.library))
        spoken = language or found.language
        spoken = spoken if spoken in LANGUAGES else LANGUAGES[0]
        reply, after = self._reply(found, spoken, session, kept)
        if found.rest:
            rest = self.understander.understand(found.rest, after.subject, spoken)
            further, after = self._reply(rest, spoken, after, kept)
            reply = joined(reply, further) if further.about.status == "answered" else reply
        return reply, after

    def act(self, action: str, session: Session, kept: Kept = NOTHING_KEPT) -> tuple[Reply, Session]:
        """The reply to a pressed button or a deep link."""
        session = self._still_known(session)
        query = decode(action, self.library)
        chosen_language = query.aspect if query and query.intent == "settings" else ""
        language = next((one for one in (chosen_language, session.language) if one in LANGUAGES), LANGUAGES[0])
        found = Understanding(language, query or Query("gone"), 1.0 if query else 0.0)
        return self._reply(found, language, session, kept)

    def _library(self, then: str) -> Library:
        """The base as it was in a year, or what was replaced in it since; itself where no time is asked for."""
        if not then:
            return self.library
        if then != EARLIER:  # before the first year that the base tells of all years are alike
            then = str(max(int(then), self.library.years.start - 1))
        if then not in self._then:
            knowledge = self.library.knowledge
            self._then[then] = Library(
                before(knowledge) if then == EARLIER else as_of(knowledge, date(int(then), 12, 31))
            )
        return self._then[then]

    def _as_told(self, query: Query) -> tuple[Query, tuple[str, ...]]:
        """The query without municipalities of which nothing is told of the time that it asks for, and these; where
        that is all of them, it is asked of now."""
        there = self._library(query.then).municipalities
        untold = tuple(one for one in query.municipalities if one not in there)
        left = tuple(one for one in query.municipalities if one in there)
        if not untold or not query.then:
            return query, ()
        if not left:
            return replace(query, then=""), untold
        beside = len(left) > 1 or query.intent not in SIDE_BY_SIDE
        intent = query.intent if beside else "topic_in_municipality" if query.topics else "overview"
        return replace(query, municipalities=left, intent=intent), untold

    def _still_known(self, session: Session) -> Session:
        """The session without what the base has lost since it was saved."""
        subject = still_there(session.subject, self.library)
        return session if subject is session.subject else replace(session, subject=subject)

    def names(self, language: str) -> tuple[str, ...]:
        """Names of municipalities and themes, for completion."""
        places = [one.short[language] for one in self.library.municipalities.values()]
        return (*places, *(one.name[language] for one in self.library.themes.values()))

    def _reply(self, found: Understanding, language: str, session: Session, kept: Kept) -> tuple[Reply, Session]:
        asked = found.query or Query("unknown")
        query, untold = self._as_told(asked)
        library = self._library(query.then)
        turn = Turn(
            library,
            query,
            language,
            self.today(),
            found.confidence,
            found.outside,
            found.options,
            session,
            kept,
            self.keeping,
        )
        if found.options:
            reply = clarify(turn)
        elif found.query is None:
            reply = unknown(turn)
        elif query.intent == "overview" and len(query.municipalities) > 1:
            reply = overviews(turn)
        else:
            reply = HANDLERS[query.intent](turn)
        if query.then:
            reply = replace(reply, blocks=(paragraph(turn.say("then", then=query.then)), *reply.blocks))
        if untold:
            places = turn.listed([self.library.municipalities[one].short[language] for one in untold])
            told = turn.say("then-untold", places=places, then=asked.then, rest="no" if query.then else "yes")
            reply = replace(reply, blocks=(paragraph(told), *reply.blocks))
        return self._around(turn, offer(turn, reply)), self._after(turn, reply)

    def _around(self, turn: Turn, reply: Reply) -> Reply:
        """The reply with what is still under way: that nothing was erased, and the way back to the tour."""
        if turn.query.intent in ("tour", "erase"):
            return reply
        if turn.session.pending == "erase":
            reply = replace(reply, blocks=(paragraph(turn.say("erase-kept")), *reply.blocks))
        shown = (*pictures_offered(turn, reply), *pages_offered(turn, reply))
        link = link_to(turn.query, self.library) if reply.about.status == "answered" else ""
        return replace(reply, buttons=(*reply.buttons, *shown, *offered(turn)), link=link)

    def _after(self, turn: Turn, reply: Reply) -> Session:
        """What the chat remembers after the turn."""
        if Erase() in reply.changes:
            return Session(turn.language)
        intent, session = turn.query.intent, turn.session
        subject = self._subject(session.subject, turn.query, reply, turn.language)
        if intent == "tour":
            return Session(turn.language, subject, position(turn), "role" if asks_whose(turn) else "")
        asked = intent == "erase" and asks_to_erase(turn)
        return Session(turn.language, subject, session.tour, "erase" if asked else "")

    def _subject(self, before: Subject, query: Query, reply: Reply, language: str) -> Subject:
        """What the next question may lean on."""
        if query.intent == "tour" and len(reply.about.municipalities) == 1:  # the tour showed one as a whole
            query = Query("overview", reply.about.municipalities)
        if query.intent in KEEPS_SUBJECT or reply.about.status != "answered":
            if query.intent == "elsewhere":
                return replace(before, query=query, topics=query.topics, language=language)
            return replace(before, language=language)
        carried = reply.about
        places = carried.municipalities
        listed = carried.initiatives if len(places) == 1 else places
        seen = carried.initiatives if len(carried.initiatives) <= A_FEW else ()
        return Subject(
            query,
            places,
            carried.initiatives,
            carried.documents,
            carried.strategies,
            language,
            _group(before, places),
            self._topics(before, query, places),
            listed if len(listed) > 1 else before.listed,
            tuple(dict.fromkeys((*seen, *before.seen)))[:SEEN],
        )

    def _topics(self, before: Subject, query: Query, places: tuple[str, ...]) -> tuple[str, ...]:
        """What the conversation is about after the query."""
        topics = query.topics or query.without
        if topics:
            library = self.library
            items = library.items_on(before.topics)
            carried_on = set(topics) <= {*before.topics, *library.main_themes(before.topics), *items}
            return before.topics if carried_on else topics
        goes_on = query.intent in LEAVES_TOPIC and set(places) <= {*before.municipalities, *before.group}
        return before.topics if goes_on else ()


def _group(before: Subject, places: tuple[str, ...]) -> tuple[str, ...]:
    """The municipalities spoken of together or in a row, the latest last."""
    if len(places) > 1:
        return places
    spoken_of = (*before.group, *before.municipalities[:1])
    return tuple(dict.fromkeys(one for one in spoken_of if one not in places)) + places


def load_dialogue(
    root: Path = SHIPPED, folder: Path | None = None, keeping: Keeping = NOTHING_STORED, day: date | None = None
) -> Dialogue:
    """The dialogue over the base at `root`; in `folder` it is kept as built, for next time. Raises KnowledgeError.

    `day`: over the base as it was then, and as if it were that day.
    """
    if day:
        understander = load_understander(root, day)
        return Dialogue(understander.library, understander, lambda: day, keeping)
    understander = built_understander(root, folder)
    return Dialogue(understander.library, understander, keeping=keeping)
