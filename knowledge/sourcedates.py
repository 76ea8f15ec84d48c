"""Dates as a Danish text writes them: 10. juni 2014, 10/12 2014, april 2014, efteråret 2014, 2014-06-10, 2014."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.model import PartialDate

_ISO = r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)"
_NUMBERS = r"(?P<d2>\d{1,2})[./-](?P<m2>\d{1,2})[./ -]+(?P<y2>(?:19|20)\d\d)"
_YEAR = r"(?P<y5>(?:19|20)\d\d)"


@dataclass(frozen=True)
class DateFound:
    """A date and where it stands in the text."""

    date: PartialDate
    start: int
    end: int


class Dates:
    """Finds dates by the names of months and seasons."""

    def __init__(self, months: list[str], seasons: Mapping[str, str]) -> None:
        self._months = {name: number for number, name in enumerate(months, 1)}
        self._seasons = {name: re.compile(pattern) for name, pattern in seasons.items()}
        named = "|".join(months)
        words = rf"(?:(?P<d3>\d{{1,2}})\.? +)?(?P<m3>{named})\.? +(?P<y3>(?:19|20)\d\d)"
        season = rf"(?P<s4>{'|'.join(f'(?:{one})' for one in seasons.values())}) +(?P<y4>(?:19|20)\d\d)"
        self._pattern = re.compile(rf"(?<!\d)(?:{_ISO}|{_NUMBERS}|{words}|{season}|{_YEAR})(?![\d%])", re.IGNORECASE)

    def find(self, text: str) -> list[DateFound]:
        """All dates, in the order of the text; what is no day of the calendar is left out."""
        found = []
        for match in self._pattern.finditer(text):
            if made := self._made(match.groupdict()):
                found.append(DateFound(made, match.start(), match.end()))
        return found

    def is_dated(self, line: str) -> bool:
        """Whether a line holds a date to the day or the month, and little else."""
        return any(
            one.date.month and len(line) - (one.end - one.start) <= len("sidst opdateret:  ") for one in self.find(line)
        )

    def _made(self, part: dict[str, str | None]) -> PartialDate | None:
        year = next(int(part[name] or "") for name in ("y1", "y2", "y3", "y4", "y5") if part[name])
        month = day = None
        if name := part["m3"]:
            month, day = self._months[name.casefold()], int(part["d3"]) if part["d3"] else None
        elif part["m1"] or part["m2"]:
            month, day = int(part["m1"] or part["m2"] or ""), int(part["d1"] or part["d2"] or "")
        season = next((key for key, one in self._seasons.items() if one.fullmatch((part["s4"] or "").casefold())), None)
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            return None
        return PartialDate(year=year, month=month, day=day, season=season if part["s4"] else None)
