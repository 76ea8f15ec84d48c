"""Draws themes by municipalities: a disc with the number of initiatives, or a small dash where there is none."""

from math import cos, radians, sin

from bot.drawing.canvas import BODY, INNER, LEFT, LINE, RIGHT, SMALL, WIDTH, Canvas, width_of, wrapped
from handlers.picture import Grid, Row

COLUMN = 108
WIDE_COLUMN = 225
"""Where the names stand above the columns without rising."""
NARROWEST_LABEL = 400
DISC = 27
ROW_SPACE = 18
SLANT = 45
"""Degrees by which longer names rise above the columns."""


def draw_grid(canvas: Canvas, top: float, grid: Grid) -> float:
    """Draws it below `top`; the y where it ends."""
    names = grid.columns
    few = len(names) * WIDE_COLUMN <= INNER / 2
    level = few and all(width_of(one, BODY, strong=True) < WIDE_COLUMN for one in names)
    column = WIDE_COLUMN if level else min(COLUMN, (INNER - NARROWEST_LABEL) / max(len(names), 1))
    first = RIGHT - column * len(names)
    centres = [first + column * (number + 0.5) for number in range(len(names))]
    y = top + (_level_head(canvas, top, names, centres) if level else _slanting_head(canvas, top, names, centres))
    for group in grid.groups:
        if group.title:
            canvas.box(LEFT, y, INNER, BODY * LINE + 22, "band")
            canvas.text(LEFT + 12, y + 8 + BODY, group.title, BODY, strong=True)
            y += BODY * LINE + 22
        for row in group.rows:
            y = _row(canvas, y, row, first - LEFT - ROW_SPACE, centres)
    return _legend(canvas, y, grid.legend)


def _level_head(canvas: Canvas, top: float, names: tuple[str, ...], centres: list[float]) -> float:
    """The names side by side. Its height."""
    for name, centre in zip(names, centres, strict=True):
        canvas.text(centre, top + BODY + 12, name, BODY, strong=True, anchor="middle")
    return BODY * LINE + 24


def _slanting_head(canvas: Canvas, top: float, names: tuple[str, ...], centres: list[float]) -> float:
    """The names, rising to the right; where one would leave the picture, all rise steeper. Its height."""
    slant = SLANT
    widths = [width_of(one, BODY, strong=True) for one in names]
    ends = list(zip(centres, widths, strict=True))
    while slant < 90 and any(centre + width * cos(radians(slant)) > WIDTH - 10 for centre, width in ends):
        slant += 5
    rise = sin(radians(slant))
    height = max((width * rise for width in widths), default=0) + BODY
    for name, centre in zip(names, centres, strict=True):
        canvas.text(centre + BODY / 3 * rise, top + height - 12, name, BODY, strong=True, turned=-slant)
    return height


def _row(canvas: Canvas, y: float, row: Row, room: float, centres: list[float]) -> float:
    canvas.line(LEFT, y, RIGHT, y, "line")
    lines = wrapped(row.label, BODY, room)
    height = max(len(lines) * BODY * LINE, 2 * DISC) + ROW_SPACE
    middle = y + height / 2
    for number, line in enumerate(lines):
        canvas.text(LEFT, middle + (number - len(lines) / 2 + 0.5) * BODY * LINE + BODY * 0.34, line, BODY)
    for count, centre in zip(row.counts, centres, strict=True):
        _cell(canvas, centre, middle, count)
    return y + height


def _cell(canvas: Canvas, x: float, y: float, count: int) -> None:
    if count:
        canvas.disc(x, y, DISC, "mark")
        canvas.text(x, y + BODY * 0.34, str(count), BODY, paint="on-mark", strong=True, anchor="middle")
    else:
        canvas.line(x - 9, y, x + 9, y, "faint", thick=4)


def _legend(canvas: Canvas, y: float, legend: tuple[str, str]) -> float:
    canvas.line(LEFT, y, RIGHT, y, "line")
    y += DISC + ROW_SPACE
    x: float = LEFT + DISC
    for count, words in zip((1, 0), legend, strict=True):
        _cell(canvas, x, y, count)
        canvas.text(x + DISC + 14, y + SMALL * 0.34, words, SMALL)
        x += DISC + 14 + width_of(words, SMALL) + 2 * DISC
    return y + DISC + ROW_SPACE
