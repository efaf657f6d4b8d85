"""A timeline as a document: the answers with their days, and what they rest on."""

from collections.abc import Iterator
from itertools import groupby

from rehabcore.casework.results import TimelineResult
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph, Tone
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.judging.over_time import Piece
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer


def describe_timeline(result: TimelineResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe the answers of a programme over a window of days."""
    say, program = phrasing.wording.say, phrasing.program(result.program_id)
    yield Heading(1, say("timeline.title", program=program))
    yield Paragraph(say("timeline.window", days=phrasing.days(result.verdicts.within)))
    yield Paragraph(say("timeline.as_filed"))
    yield Paragraph(say("match.advice"))
    pieces = result.verdicts.pieces
    runs = groupby(pieces, key=lambda piece: piece.verdict.answer)
    yield Listing(tuple(_run(list(run), phrasing) for _, run in runs))
    if phrasing.full:
        proofs = tuple(_proof(piece, phrasing) for piece in pieces)
        yield Folded(say("part.proofs"), proofs)


def _run(run: list[Piece], phrasing: Phrasing) -> Item:
    """The pieces with one answer; if its reasons change, with the days of each."""
    answer = run[0].verdict.answer
    tone: Tone = answer.value  # as one of three, before a comparison narrows it
    words = f"{_days(run, phrasing)}: {phrasing.wording.say(f'answer.{tone}')}"
    if answer is Answer.MET:
        return Item(words, tone=tone)
    alike = groupby(run, key=lambda piece: phrasing.deciding(piece.verdict))
    told = [(reasons, list(pieces)) for reasons, pieces in alike]
    if len(told) == 1:
        return Item(words, told[0][0], tone=tone)
    parts = tuple(Item(_days(pieces, phrasing), reasons) for reasons, pieces in told)
    return Item(words, parts, tone=tone)


def _days(pieces: list[Piece], phrasing: Phrasing) -> str:
    return phrasing.days(Span(pieces[0].span.start, pieces[-1].span.end))


def _proof(piece: Piece, phrasing: Phrasing) -> Item:
    answer = piece.verdict.answer.value
    words = f"{phrasing.days(piece.span)}: {phrasing.wording.say(f'answer.{answer}')}"
    return Item(words, phrasing.reasons(piece.verdict), tone=piece.verdict.answer.value)
