"""Hand-made replies, and a dialogue that gives them, where a test is about the channel and not about the answer."""

from handlers.dialogue import Dialogue
from handlers.keeping import NOTHING_STORED
from handlers.memory import NOTHING_KEPT, Kept
from handlers.reply import About, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from handlers.session import Session
from knowledge.query import Subject

REPLY = Reply(
    "da",
    (
        Paragraph(
            (
                Span("To kommuner har "),
                Span("mentorordninger", strong=True),
                Span(", se "),
                Span("siden", url="https://example.org/side"),
                Span("."),
            )
        ),
        Bullets(((Span("Aarhus: netværk af mentorer"),), (Span("Roskilde: mentorordning for nye virksomheder"),))),
        SourceLine("Kilde: Overblik, april 2014"),
    ),
    About("answered", "municipalities_with", 0.9, municipalities=("aarhus", "roskilde"), themes=("mentor",)),
    links=(Link("Overblik", "https://example.org/overblik.pdf", "document"),),
    buttons=(Button("Vis flere", "more_1"),),
    suggestions=(Button("Hvad gør Aarhus?", "overview_aarhus"),),
)


class Parrot(Dialogue):
    """Repeats what it is told, with how many turns the conversation had before; "crash" makes it fail."""

    def __init__(self) -> None:
        self.keeping = NOTHING_STORED

    def answer(
        self, text: str, session: Session, language: str = "", kept: Kept = NOTHING_KEPT
    ) -> tuple[Reply, Session]:
        """The text; the turns are kept in the session's subject."""
        if text == "crash":
            raise RuntimeError("planted")
        return self._told(f"text {text!r}", session, language)

    def act(self, action: str, session: Session, kept: Kept = NOTHING_KEPT) -> tuple[Reply, Session]:
        """The action."""
        return self._told(f"action {action}", session, "")

    def names(self, language: str) -> tuple[str, ...]:
        """One name of one word, and one of three that differs by language."""
        return ("Kolding", "Social capital fund" if language == "en" else "Køb med omtanke")

    def _told(self, text: str, session: Session, language: str) -> tuple[Reply, Session]:
        turns = session.subject.strategies
        spoken = language or session.language or "da"
        reply = Reply(
            spoken,
            (Paragraph((Span(f"{text} after {len(turns)}"),)),),
            About("answered", "parrot"),
            buttons=REPLY.buttons,
            suggestions=REPLY.suggestions,
        )
        return reply, Session(spoken, Subject(strategies=(*turns, "turn")))
