"""Conversations: what a short question means after what was said before."""

from typing import Any

import pytest

from handlers.dialogue import Dialogue
from handlers.session import Session
from knowledge.query import Query

Turn = tuple[str, str, dict[str, str]]
"""What is said, and the intent and slots that it must have; "" where only the next turns count."""

CONVERSATIONS: tuple[tuple[Turn, ...], ...] = (
    (
        ("Har Roskilde en mentorordning?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("og Aarhus?", "topic_in_municipality", {"municipalities": "aarhus", "topics": "mentorordning"}),
        ("hvad med Kolding", "topic_in_municipality", {"municipalities": "kolding", "topics": "mentorordning"}),
    ),
    (
        ("Does Roskilde have a mentor scheme?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("and Copenhagen?", "topic_in_municipality", {"municipalities": "koebenhavn", "topics": "mentorordning"}),
    ),
    (
        ("Hvad gør Aarhus?", "overview", {"municipalities": "aarhus"}),
        ("har de også et netværk?", "topic_in_municipality", {"municipalities": "aarhus", "topics": "netvaerk"}),
        ("send mig dokumentet", "documents", {"municipalities": "aarhus"}),
        ("hvornår blev den vedtaget?", "dates", {"municipalities": "aarhus"}),
    ),
    (
        ("What does Aarhus do?", "overview", {"municipalities": "aarhus"}),
        ("do they have a network too?", "topic_in_municipality", {"municipalities": "aarhus", "topics": "netvaerk"}),
        ("can I have the pdf?", "documents", {"municipalities": "aarhus"}),
        ("when was it adopted?", "dates", {"municipalities": "aarhus"}),
    ),
    (
        ("Hvem har et netværk?", "municipalities_with", {"topics": "netvaerk"}),
        ("hvor tit mødes de i Roskilde?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("og hvor mange år løber det i Roskilde?", "detail", {"topics": "roskilde-netvaerk roskilde-playmaker"}),
        ("gør Aarhus det samme?", "topic_in_municipality", {"municipalities": "aarhus", "topics": "netvaerk"}),
        ("who does Roskilde do that with?", "partners", {"municipalities": "roskilde", "topics": "netvaerk"}),
    ),
    (
        ("Who runs networks?", "municipalities_with", {"topics": "netvaerk"}),
        ("and what has Ikast-Brande got instead?", "overview", {"municipalities": "ikast-brande"}),
    ),
    (
        ("Hvem var først?", "order", {"aspect": "first"}),
        ("hvad kalder de deres nye strategi?", "dates", {"municipalities": "kolding"}),
    ),
    (
        ("Har Roskilde pilotprojekter?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("hvilke områder handler det om?", "detail", {"topics": "roskilde-pilotprojekter"}),
        ("og hvad med Aarhus på det punkt?", "topic_in_municipality", {"municipalities": "aarhus"}),
    ),
    (
        ("Who has a mentor scheme?", "municipalities_with", {"topics": "mentorordning"}),
        ("who is behind the one in Roskilde?", "partners", {"municipalities": "roskilde"}),
        ("and which municipalities don't have one?", "municipalities_without", {"without": "mentorordning"}),
    ),
    (
        ("Hvad laver Kolding?", "overview", {"municipalities": "kolding"}),
        ("den der pulje, hvem er den til?", "detail", {"topics": "kolding-pulje"}),
        ("hvad koster den?", "", {}),
    ),
    (
        ("Hvem nævner ikke pilotprojekter?", "municipalities_without", {"without": "pilotprojekter"}),
        ("og hvem gør så?", "municipalities_with", {"topics": "pilotprojekter"}),
    ),
    (
        ("Sammenlign Roskilde og Kolding", "compare", {"municipalities": "kolding roskilde"}),
        ("kun det om rådgivning", "compare", {"municipalities": "kolding roskilde", "topics": "raadgivning"}),
    ),
    (
        ("Which municipalities do without mentors?", "municipalities_without", {"without": "mentorordning"}),
        ("how many is that?", "municipalities_without", {"without": "mentorordning"}),
    ),
    (
        ("Who has premises for this?", "municipalities_with", {"topics": "fysisk-center"}),
        ("which ones don't?", "municipalities_without", {"without": "fysisk-center"}),
    ),
    (
        ("Hvem var først?", "order", {"aspect": "first"}),
        ("hvad gør de?", "overview", {"municipalities": "kolding"}),
    ),
    (
        ("Sammenlign Aarhus og Kolding", "compare", {"municipalities": "aarhus kolding"}),
        ("tag Roskilde med", "compare", {"municipalities": "aarhus kolding roskilde"}),
    ),
    (
        ("Compare Aarhus and Kolding", "compare", {"municipalities": "aarhus kolding"}),
        ("add Roskilde", "compare", {"municipalities": "aarhus kolding roskilde"}),
        ("who was first of them?", "order", {"aspect": "first"}),
    ),
    (
        ("Hvem har en mentorordning?", "municipalities_with", {"topics": "mentorordning"}),
        ("og hvem har ikke?", "municipalities_without", {"without": "mentorordning"}),
    ),
    (
        ("Who has a mentor scheme?", "municipalities_with", {"topics": "mentorordning"}),
        ("and who doesn't?", "municipalities_without", {"without": "mentorordning"}),
    ),
    (
        (
            "Skal der ligge et videnscenter i Kolding?",
            "topic_in_municipality",
            {"municipalities": "kolding", "topics": "kolding-staldgaarden"},
        ),
        ("hvad hedder det?", "detail", {"topics": "kolding-staldgaarden"}),
    ),
    (
        ("Har Aarhus en mentorordning?", "topic_in_municipality", {"municipalities": "aarhus"}),
        ("hvem ellers?", "municipalities_with", {"topics": "mentorordning", "excluding": "aarhus"}),
    ),
    (
        ("Hvad gør Kolding?", "overview", {"municipalities": "kolding"}),
        ("nej, jeg mente København", "overview", {"municipalities": "koebenhavn"}),
        ("gælder den stadig?", "in_force", {"municipalities": "koebenhavn"}),
    ),
    (
        ("What does Kolding do?", "overview", {"municipalities": "kolding"}),
        ("no, I meant Copenhagen", "overview", {"municipalities": "koebenhavn"}),
        ("is it still valid?", "in_force", {"municipalities": "koebenhavn"}),
    ),
    (
        ("Hvornår vedtog Aarhus sin strategi?", "dates", {"municipalities": "aarhus"}),
        ("og Roskilde?", "dates", {"municipalities": "roskilde"}),
        ("hvor står det?", "source", {}),
    ),
    (
        ("Hvor er dokumentet fra Aarhus?", "documents", {"municipalities": "aarhus"}),
        ("og fra Kolding?", "documents", {"municipalities": "kolding"}),
    ),
    (
        ("Hvad er visionen i Roskilde?", "goals", {"municipalities": "roskilde"}),
        ("hvad med Ikast-Brande?", "goals", {"municipalities": "ikast-brande"}),
    ),
    (
        ("Hvem samarbejder Roskilde med?", "partners", {"municipalities": "roskilde"}),
        ("og København?", "partners", {"municipalities": "koebenhavn"}),
    ),
    (
        ("Har Roskilde en mentorordning?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("hvem er med i den?", "partners", {"topics": "roskilde-mentorordning"}),
    ),
    (
        ("Does Roskilde have a PhD?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("how many years does it last?", "detail", {"topics": "roskilde-phd"}),
    ),
    (
        ("Hvad gør Roskilde?", "overview", {"municipalities": "roskilde"}),
        ("tak", "thanks", {}),
        ("har de partnere?", "partners", {"municipalities": "roskilde"}),
    ),
    (
        ("Hvad gør Roskilde?", "overview", {"municipalities": "roskilde"}),
        ("in English please", "overview", {"municipalities": "roskilde"}),
    ),
    (
        ("Hvem har en mentorordning?", "municipalities_with", {"topics": "mentorordning"}),
        ("sig det igen", "municipalities_with", {"topics": "mentorordning"}),
    ),
    (
        ("Hvad gør Odense?", "elsewhere", {"unknown_places": "Odense"}),
        ("så Kolding da?", "overview", {"municipalities": "kolding"}),
    ),
    (
        ("Har Odense en mentorordning?", "elsewhere", {"unknown_places": "Odense"}),
        ("og Roskilde?", "topic_in_municipality", {"municipalities": "roskilde", "topics": "mentorordning"}),
    ),
    (
        ("Hvem har afknopning?", "municipalities_with", {"topics": "afknopning"}),
        ("hvor kan jeg læse om det?", "documents", {"municipalities": "kolding"}),
    ),
    (
        ("Har Kolding pilotprojekter?", "topic_in_municipality", {"municipalities": "kolding"}),
        ("hvem har så?", "municipalities_with", {"topics": "pilotprojekter"}),
    ),
    # Picked from what was listed, put right, more of it, back to it.
    (
        ("hvad er der om Kolding", "overview", {"municipalities": "kolding"}),
        ("den første på listen, hvad er det for noget", "detail", {"topics": "kolding-staldgaarden"}),
        ("og den sidste?", "detail", {"topics": "kolding-pulje"}),
    ),
    (
        ("What does Aarhus do?", "overview", {"municipalities": "aarhus"}),
        ("the last one in that list", "detail", {"topics": "aarhus-synlighed"}),
    ),
    (
        ("Har København rådgivning?", "topic_in_municipality", {"municipalities": "koebenhavn"}),
        ("ikke rådgivning, netværk!", "topic_in_municipality", {"municipalities": "koebenhavn", "topics": "netvaerk"}),
    ),
    (
        ("Who does Roskilde team up with on the PhD?", "partners", {"municipalities": "roskilde"}),
        ("no, I meant the mentor scheme", "partners", {"municipalities": "roskilde", "topics": "mentorordning"}),
        ("not Roskilde, Aarhus", "topic_in_municipality", {"municipalities": "aarhus", "topics": "mentorordning"}),
    ),
    (
        ("Hvem har én indgang?", "municipalities_with", {"topics": "en-indgang"}),
        ("hvad mere laver de?", "overview", {"municipalities": "koebenhavn"}),
    ),
    (
        ("Hvad går Københavns investeringsfond ud på?", "topic_in_municipality", {"municipalities": "koebenhavn"}),
        ("har Kolding noget der ligner?", "topic_in_municipality", {"municipalities": "kolding"}),
        ("tilbage til fonden: hvem er partner?", "partners", {"topics": "koebenhavn-investeringsfond"}),
    ),
    # What the conversation is about outlasts a date or a document.
    (
        ("Har Roskilde en mentorordning?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("hvornår vedtog de det?", "dates", {"municipalities": "roskilde"}),
        ("gør Aarhus det samme?", "topic_in_municipality", {"municipalities": "aarhus", "topics": "mentorordning"}),
    ),
    (
        ("pilotprojekter i roskilde", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("i esbjerg", "elsewhere", {"topics": "pilotprojekter", "unknown_places": "Esbjerg"}),
        ("i aarhus", "topic_in_municipality", {"municipalities": "aarhus", "topics": "pilotprojekter"}),
    ),
    (
        ("networks in aarhus?", "topic_in_municipality", {"municipalities": "aarhus"}),
        ("roskilde too?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("and cph", "topic_in_municipality", {"municipalities": "koebenhavn"}),
        ("which of the three has a yearly event", "municipalities_with", {"within": "aarhus koebenhavn roskilde"}),
    ),
    (
        ("Does Roskilde do anything on research?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("with whom?", "partners", {"topics": "roskilde-phd"}),
        ("for what exactly?", "detail", {"topics": "roskilde-phd"}),
    ),
    (
        ("What makes Ikast-Brande special?", "only_in", {"municipalities": "ikast-brande"}),
        ("compared to Kolding?", "compare", {"municipalities": "ikast-brande kolding"}),
    ),
    (
        (
            "What does Aarhus do for people who need special consideration at work?",
            "topic_in_municipality",
            {"municipalities": "aarhus"},
        ),
        ("And the Vision Vestergade project, what is it?", "define", {"topics": "ikast-brande-vision-vestergade"}),
    ),
    # A new question is not poisoned by the old one.
    (
        ("Hvad gør Aarhus?", "overview", {"municipalities": "aarhus"}),
        ("Hvilke kommuner arbejder med pilotprojekter?", "municipalities_with", {"topics": "pilotprojekter"}),
        ("Hvilke temaer er der?", "list_themes", {}),
        ("Hvad gør Kolding?", "overview", {"municipalities": "kolding"}),
    ),
    (
        ("Har Roskilde en mentorordning?", "topic_in_municipality", {"municipalities": "roskilde"}),
        ("Hvem var først med en strategi?", "order", {"aspect": "first"}),
    ),
    (
        ("Who has a mentor scheme?", "municipalities_with", {"topics": "mentorordning"}),
        ("Hvad gør Kolding?", "overview", {"municipalities": "kolding"}),
        ("Which municipalities have a swimming pool?", "", {}),
        ("har de en mentorordning?", "topic_in_municipality", {"municipalities": "kolding"}),
    ),
)


def slots_of(query: Query, wanted: dict[str, str]) -> dict[str, Any]:
    """The slots that a turn names, ids in order, as one string each; municipalities always."""
    names = {"municipalities": "", **wanted}
    values = {name: getattr(query, name) for name in names}
    return {name: " ".join(sorted(value)) if isinstance(value, tuple) else value for name, value in values.items()}


@pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: " / ".join(said for said, *_ in turns))
def test_conversation(dialogue: Dialogue, turns: tuple[Turn, ...]) -> None:
    """Each turn is understood after those before it, as the chat's session carries them."""
    session = Session()
    for said, intent, slots in turns:
        query = dialogue.understander.understand(said, session.subject, session.language).query
        if intent:
            assert query, said
            wanted = {"municipalities": "", **slots}
            assert (said, query.intent, slots_of(query, slots)) == (said, intent, wanted)
        session = dialogue.answer(said, session)[1]


def test_nothing_before_nothing_meant(dialogue: Dialogue) -> None:
    """What leans on an answer is not guessed where there was none."""
    for said in ("hvad med de andre?", "hvornår var det?", "send mig dokumentet", "har de det?", "and the others?"):
        found = dialogue.understander.understand(said)
        assert found.query is None or not found.query.municipalities, said
