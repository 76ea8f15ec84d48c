"""Draws strategies on an axis of years. Bars differ by their form: full, hatched where over, dashed where not known."""

from bot.drawing.canvas import BODY, INNER, LEFT, LINE, RIGHT, SMALL, TEXT_ROOM, Anchor, Canvas, Paint, wrapped
from handlers.picture import Period, Timeline

BAR = 34
SPACE = 30
APART = 130
"""Pixels from one year on the axis to the next that has its number."""
MARKED = 60
"""Pixels at the known end of a period whose other end is not known."""
STEPS = (1, 2, 5, 10, 20, 50, 100)
UNKNOWN = "?"
"""Stands where a period begins or ends at a time that nobody knows."""


class _Axis:
    """Years -> pixels."""

    def __init__(self, timeline: Timeline) -> None:
        self.first, self.end = timeline.first, timeline.last + 1
        self.today = self.at(timeline.today)
        step = next((one for one in STEPS if one * INNER / (self.end - self.first) >= APART), STEPS[-1])
        self.numbered = [one for one in range(self.first, self.end) if one % step == 0]

    def at(self, year: float) -> float:
        """Where a point in time lies; what is off the axis lies at its edge."""
        inside = min(max(year, self.first), self.end)
        return LEFT + (inside - self.first) * INNER / (self.end - self.first)


def draw_timeline(canvas: Canvas, top: float, timeline: Timeline) -> float:
    """Draws it below `top`; the y where it ends."""
    axis = _Axis(timeline)
    canvas.text(axis.today + 2, top + SMALL - 8, timeline.today_label, SMALL, strong=True, anchor="end")
    y = top + SMALL * LINE
    _scale(canvas, y, axis)
    y += SMALL + 20
    for period in timeline.periods:
        y = _period(canvas, y + SPACE, axis, period)
    return y + SPACE


def _scale(canvas: Canvas, y: float, axis: _Axis) -> None:
    """The numbers of years below the mark of today."""
    canvas.line(LEFT, y + 6, RIGHT, y + 6, "faint")
    canvas.line(axis.today, y - 4, axis.today, y + 16, "ink", thick=5)
    for year in axis.numbered:
        at = axis.at(year)
        canvas.line(at, y, at, y + 12, "faint")
        anchor: Anchor = "start" if at < LEFT + SMALL else "end" if at > RIGHT - SMALL else "middle"
        canvas.text(at, y + 16 + SMALL * 0.8, str(year), SMALL, paint="faint", anchor=anchor)


def _period(canvas: Canvas, y: float, axis: _Axis, period: Period) -> float:
    told: Paint = "past" if period.state in ("expired", "replaced") else "mark"
    texts: tuple[tuple[str, int, Paint, bool], ...] = (
        (period.name, BODY, "ink", True),
        (period.title, SMALL, "ink", False),
        (period.told, SMALL, told, True),
    )
    for text, size, paint, strong in texts:
        for line in wrapped(text, size, TEXT_ROOM, strong):
            canvas.text(LEFT, y + size, line, size, paint=paint, strong=strong)
            y += size * LINE
    _bar(canvas, y + 14, axis, period)
    return y + 14 + BAR


def _bar(canvas: Canvas, y: float, axis: _Axis, period: Period) -> None:
    """Its time on the axis, which goes on behind it as a thin line with every numbered year."""
    middle = y + BAR / 2
    canvas.line(LEFT, middle, RIGHT, middle, "line")
    for year in axis.numbered:
        canvas.line(axis.at(year), middle - 9, axis.at(year), middle + 9, "line")
    canvas.line(axis.today, y - 4, axis.today, y + BAR + 4, "ink", thick=5)
    start = axis.at(axis.first if period.start is None else period.start)
    end = axis.at(axis.end if period.end is None else period.end)
    if period.end is None:
        end = max(axis.today - 4, start + 2 * BAR)
    width = max(end - start, BAR)
    paint: Paint = "past" if period.state in ("expired", "replaced") else "mark"
    canvas.box(start, y, width, BAR, "ground")
    if period.start is None or period.end is None:
        known = min(MARKED, width / 2)
        at = start + width - known if period.start is None else start
        if period.start is not None or period.end is not None:
            _fill(canvas, at, y, known, paint, period)
        canvas.frame(start, y, width, BAR, paint, dashed=True)
        unknown_at = start + 0.3 * BAR if period.start is None else start + width - 0.3 * BAR
        anchor: Anchor = "start" if period.start is None else "end"
        canvas.text(unknown_at, y + BAR - 6, UNKNOWN, SMALL, paint=paint, strong=True, anchor=anchor)
    else:
        _fill(canvas, start, y, width, paint, period)
        canvas.frame(start, y, width, BAR, paint)


def _fill(canvas: Canvas, x: float, y: float, width: float, paint: Paint, period: Period) -> None:
    """Full where the strategy may still be in force, hatched where it is over."""
    if period.state in ("expired", "replaced"):
        canvas.hatching(x, y, width, BAR, paint)
    else:
        canvas.box(x, y, width, BAR, paint)
