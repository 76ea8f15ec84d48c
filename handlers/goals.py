"""Visions, objectives and targets."""

from handlers.background import earlier_on
from handlers.parts import about, folded, old_remarks, paragraph, point, reply, source_line, strategy_links, suggest
from handlers.reply import Block, Paragraph, Reply
from handlers.themes import list_themes
from handlers.turn import Turn
from knowledge.model import Goal
from knowledge.query import Query


def goals(turn: Turn) -> Reply:
    """What a municipality wants to reach; of all municipalities where none is named."""
    library, query = turn.library, turn.query
    places = query.municipalities or tuple(library.municipalities)
    found = [one for place in places for one in library.goals_of(place)]
    if query.topics:
        found = [library.goals[one] for one in query.topics if one in library.goals]
    holders = library.owners(one.id for one in found)
    points = [point(f"{turn.place(library.owner[one.id])} – {turn.text(one.name)}: ", told(turn, one)) for one in found]
    listed, buttons = folded(turn, points, at_most=12)
    blocks: list[Block] = list(listed) if points else []
    if not query.municipalities and not query.topics:
        blocks.insert(
            0, paragraph(turn.say("goals-all", places=turn.places(holders), known=len(library.municipalities)))
        )
    without = [place for place in query.municipalities if place not in holders]
    for place in without:
        strategy = library.current_strategy(place)
        if strategy:
            title = turn.say("quoted", text=turn.text(strategy.title))
            blocks.append(paragraph(turn.say("goals-none", place=turn.place(place), title=title)))
        else:
            blocks.append(paragraph(turn.say("no-strategy", place=turn.place(place))))
    if not blocks:  # a link to the goals of what is none
        return list_themes(turn)
    shown = query.municipalities or holders
    strategies = [one.id for place in shown if (one := library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in shown[:2]]
    asked.append((turn.say("ask-themes"), Query("list_themes")))
    return reply(
        turn,
        (
            *blocks,
            *_earlier(turn),
            *old_remarks(turn, shown),
            source_line(turn, [one.id for one in found] or strategies),
        ),
        about(
            turn, municipalities=shown, strategies=strategies, themes=[theme for one in found for theme in one.themes]
        ),
        strategy_links(turn, shown),
        buttons,
        suggest(turn, *asked),
    )


def _earlier(turn: Turn) -> tuple[Paragraph, ...]:
    """What the one municipality that is asked for wanted with a strategy that has been replaced."""
    places, library = turn.query.municipalities, turn.library
    if len(places) != 1 or turn.query.topics:
        return ()
    return earlier_on(turn, [one.id for one in library.municipalities[places[0]].goals], places)


def told(turn: Turn, goal: Goal) -> str:
    """A goal with its details."""
    return turn.text(goal.summary) + (f" {turn.text(goal.details)}" if goal.details else "")
