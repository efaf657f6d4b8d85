"""Additive scores: points for criteria, as a country's tables of classification give them."""

from collections.abc import Iterable
from datetime import date

from rehabcore.rules.criteria import Criterion, comparisons
from rehabcore.rules.facts import Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.law.coverage import CALENDAR
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, foremost
from rehabcore.strict.checked import checked, checked_arguments, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem

MOST_POINTS = 1_000
"""The most points that one part can give or take off."""


@frozen(kw_only=True)
@checked
class ScorePart:
    """Points that count while a criterion is met; negative points are taken off.

    A part that is not law on a day gives none.
    """

    points: int
    when: Criterion

    def _problems(self) -> Iterable[Problem]:
        if not 0 < abs(self.points) <= MOST_POINTS:
            expected = f"1 to {MOST_POINTS}, or as many below 0"
            yield Problem.of(self.points, "out_of_range", expected, path="points")


@frozen(kw_only=True)
@checked
class Score:
    """The sum of the points of every part that is met, as the fact ``score_ID``.

    If a part is unknown, the score lies between the least and the most that it can be. The bands of
    a score are comparisons in the rules that ask it.
    """

    id: str
    title: Text
    parts: tuple[ScorePart, ...]
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        if not self.parts:
            expected = "at least one part"
            yield Problem.of([], "empty_group", expected, path="parts")

    @property
    def fact(self) -> Fact:
        """The fact that rules ask."""
        rules = [on_any_day(part.when) for part in self.parts]
        asked = [leaf.asked.fact for rule in rules for leaf in comparisons(rule)]
        answered_by = dict.fromkeys(who for fact in asked for who in fact.answered_by)
        return Fact(
            name=f"score_{self.id}",
            shape=Shape.COUNT,
            about="The sum of the points of every part of the score that is met.",
            title=self.title,
            unit="points",
            answered_by=tuple(answered_by),
        )

    @checked_arguments
    def read(self, facts: Histories) -> Timeline[Cell]:
        """The cells of the score on every day; before ``CALENDAR``, the cell of its first day."""
        histories = [verdicts_over(on_any_day(part.when), facts, CALENDAR) for part in self.parts]

        def cell(day: date) -> Cell:
            return self._cell([history.at(max(day, CALENDAR.start)) for history in histories])

        pieces = [piece for history in histories for piece in history.pieces[1:]]
        return Timeline.of_changes((piece.span.start for piece in pieces), cell)

    def _cell(self, verdicts: list[Verdict]) -> Cell:
        least = most = 0
        for part, verdict in zip(self.parts, verdicts, strict=True):
            if verdict.answer is Answer.MET:
                least, most = least + part.points, most + part.points
            elif verdict.answer is Answer.UNKNOWN:
                least, most = least + min(0, part.points), most + max(0, part.points)
        evidence = tuple(sorted({record for verdict in verdicts for record in verdict.evidence()}))
        if least == most:
            assumed = next((one for v in verdicts for _, one in v.assumptions()), None)
            return Known(most, evidence=evidence, assumption=assumed)
        kind = foremost(kind for verdict in verdicts for kind in verdict.unknown_kinds())
        return Unknown(kind, evidence=evidence, between=(least, most))
