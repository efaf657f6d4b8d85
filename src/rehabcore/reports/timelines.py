"""A timeline as a document: from when to when which answer holds, and what it rests on."""

from collections.abc import Iterator
from itertools import groupby

from rehabcore.casework.results import TimelineResult
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.judging.over_time import Piece
from rehabcore.rules.time.days import Span


def describe_timeline(result: TimelineResult, phrasing: Phrasing) -> Iterator[Block]:
    """The blocks that say what a programme answers over a window of days."""
    say, program = phrasing.wording.say, phrasing.program(result.program_id)
    yield Heading(1, say("timeline.title", program=program))
    yield Paragraph(say("timeline.window", days=phrasing.days(result.verdicts.within)))
    yield Paragraph(say("timeline.as_filed"))
    yield Paragraph(say("match.advice"))
    runs = groupby(result.verdicts.pieces, key=lambda piece: piece.verdict.answer)
    yield Listing(tuple(_run(list(run), phrasing) for _, run in runs))


def _run(run: list[Piece], phrasing: Phrasing) -> Item:
    """The pieces with one answer: the reasons of each, or none if it is told briefly."""
    answer = run[0].verdict.answer
    days = phrasing.days(Span(run[0].span.start, run[-1].span.end))
    words = f"{days}: {phrasing.wording.say(f'answer.{answer.value}')}"
    if phrasing.brief or len(run) == 1:
        return Item(words, _reasons(run[0], phrasing), tone=answer.value)
    pieces = (Item(phrasing.days(piece.span), _reasons(piece, phrasing)) for piece in run)
    return Item(words, tuple(pieces), tone=answer.value)


def _reasons(piece: Piece, phrasing: Phrasing) -> tuple[Item, ...]:
    if phrasing.brief:
        return ()
    if not piece.verdict.in_force:
        dates = phrasing.dates(piece.verdict.criterion.about.in_force)
        return (Item(phrasing.wording.say("match.not_in_force", dates=dates)),)
    return phrasing.reasons(piece.verdict)
