"""Picture -> SVG: the title, the parts one below the other, and what must be known when looking, in one column."""

from bot.drawing.canvas import LEFT, LINE, RIGHT, SMALL, TEXT_ROOM, TITLE, Canvas, wrapped
from bot.drawing.grid import draw_grid
from bot.drawing.timeline import draw_timeline
from handlers.picture import Grid, Picture, Timeline

MARGIN = 36


def svg_of(picture: Picture) -> str:
    """The picture as SVG with real text, `WIDTH` pixels wide; it stands by itself, or inline on a page.

    A page that shows it gives it `stylesheet()` for the reader's light or dark, and the table beside it.
    """
    canvas = Canvas()
    y: float = MARGIN
    for line in wrapped(picture.title, TITLE, TEXT_ROOM, strong=True):
        canvas.text(LEFT, y + TITLE * 0.8, line, TITLE, strong=True)
        y += TITLE * LINE
    for part in picture.parts:
        match part:
            case Grid():
                y = draw_grid(canvas, y, part)
            case Timeline():
                y = draw_timeline(canvas, y + SMALL / 2, part)
    canvas.line(LEFT, y, RIGHT, y, "faint")
    y += SMALL / 2
    for note in picture.notes:
        for line in wrapped(note, SMALL, TEXT_ROOM):
            canvas.text(LEFT, y + SMALL, line, SMALL, paint="faint")
            y += SMALL * LINE
        y += SMALL / 4
    return canvas.svg(y + MARGIN, picture.alt)
