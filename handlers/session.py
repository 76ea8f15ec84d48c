"""What a chat remembers between turns; everything in it survives JSON."""

from dataclasses import dataclass, field
from typing import Any, Self

from knowledge.query import Subject


@dataclass(frozen=True)
class Session:
    """The language that the person chose or last wrote, and what the last answers were about."""

    language: str = ""
    subject: Subject = field(default_factory=Subject)

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"language": self.language, "subject": self.subject.to_dict()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The session that `to_dict` wrote."""
        return cls(values.get("language", ""), Subject.from_dict(values.get("subject", {})))
