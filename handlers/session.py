"""What a chat remembers between turns; everything in it survives JSON."""

from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

from knowledge.query import Subject


@dataclass(frozen=True)
class Tour:
    """Where the person is on the guided tour."""

    role: str = ""
    """Whose tour it is, a key of `handlers.tour.ROUTES`; "": nobody has begun one."""
    step: int = 0
    """The step that was shown last, from 1; 0: none."""
    left: bool = False
    """Whether the person left it; it can still be taken up again."""

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The position that was written; keys of a later version are passed over."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})


@dataclass(frozen=True)
class Session:
    """The language that the person chose or last wrote, what the last answers were about, and what is under way."""

    language: str = ""
    subject: Subject = field(default_factory=Subject)
    tour: Tour = field(default_factory=Tour)
    pending: Literal["", "erase", "role"] = ""
    """What the last reply asked for: a yes to erasing, or whose tour it shall be."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "language": self.language,
            "subject": self.subject.to_dict(),
            "tour": dict(vars(self.tour)),
            "pending": self.pending,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The session that `to_dict` wrote."""
        return cls(
            values.get("language", ""),
            Subject.from_dict(values.get("subject", {})),
            Tour.from_dict(values.get("tour", {})),
            values.get("pending", ""),
        )
