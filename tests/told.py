"""Which update is told to which subscription: one table for the rule in `handlers` and for the store's queries."""

from handlers.memory import Scope
from handlers.scopes import EVERYTHING
from knowledge.library import Touched

INDKOEB = Touched("koebenhavn", ("indkoeb", "information"), ("koebenhavn-2010",))
MENTOR = Touched("aarhus", ("mentorordning",), ("aarhus-2012",))
PLACE = Touched("aarhus")
PAPER = Touched()
"""A paper of no municipality."""
TOLD: list[tuple[Scope, tuple[str, ...], tuple[Touched, ...], bool]] = [
    (EVERYTHING, (), (INDKOEB,), True),
    (EVERYTHING, (), (PAPER,), True),
    (Scope("koebenhavn"), (), (INDKOEB,), True),
    (Scope("aarhus"), (), (INDKOEB,), False),
    (Scope(theme="information"), (), (INDKOEB,), True),
    (Scope(theme="mentorordning"), (), (INDKOEB,), False),
    (Scope("koebenhavn", "indkoeb"), (), (INDKOEB,), True),
    # One entry must be both: the theme here, and the municipality there, is neither.
    (Scope("aarhus", "indkoeb"), (), (INDKOEB, MENTOR, PLACE), False),
    (Scope(strategy="aarhus-2012"), (), (MENTOR,), True),
    (Scope(strategy="aarhus-2012"), (), (PLACE,), False),
    (Scope("aarhus"), (), (PAPER,), False),
    # What is left out is left out by its municipality or any of its themes; the rest of the update still counts.
    (EVERYTHING, ("indkoeb",), (INDKOEB,), False),
    (EVERYTHING, ("information",), (INDKOEB,), False),
    (EVERYTHING, ("koebenhavn",), (INDKOEB,), False),
    (EVERYTHING, ("indkoeb",), (INDKOEB, MENTOR), True),
    (EVERYTHING, ("indkoeb",), (PAPER,), True),
    (Scope("koebenhavn"), ("indkoeb",), (INDKOEB, MENTOR), False),
    (Scope(theme="indkoeb"), ("koebenhavn",), (INDKOEB,), False),
    (Scope(strategy="koebenhavn-2010"), ("indkoeb",), (INDKOEB,), False),
    (EVERYTHING, (), (), False),
]
"""Scope, what is left out, what the update touches, whether it is told."""
