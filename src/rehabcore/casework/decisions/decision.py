"""A decision: who decided what and why, on which question, with everything that was known."""

from collections.abc import Iterable
from datetime import date

from attrs import field

from rehabcore.casework.results import Grounds
from rehabcore.records.filing import expires_after, in_order
from rehabcore.rules.criteria import Asked, Compare, Criterion
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import covered_days
from rehabcore.rules.sources import Source
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span
from rehabcore.rules.time.partial import EARLIEST_DAY
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key, shown
from rehabcore.strict.vocabulary import CaseId, DecisionOutcome, ProgramId, StaffId

FOLLOWS: dict[Answer, DecisionOutcome] = {
    Answer.MET: DecisionOutcome.GRANTED,
    Answer.NOT_MET: DecisionOutcome.REFUSED,
    Answer.UNKNOWN: DecisionOutcome.DEFERRED,
}
"""The decision that follows from each answer, and so needs no reason."""


@frozen(kw_only=True)
@checked
class Override:
    """Why, by whose authority and until when a decision may contradict the answer.

    ``reason`` is a code of the agency, so that overrides can be counted. ``authority`` is the
    code of a role that may override, or the citation (``xx-act#art-9``) of a text that allows it.
    ``expires`` is the first day on which it no longer holds, or open; never unknown.
    """

    reason: str
    authority: str
    expires: End

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "reason")
        if "#" not in self.authority:
            yield from codes_only(self, "authority")
        if self.expires is UNSURE:
            expected = "a day, or open: who overrides says until when"
            yield _out_of_range("expires", shown(self.expires.value), expected)


@frozen(kw_only=True)
@checked
class Decision:
    """A person's decision about one entry, made on one day from what was known by then.

    ``grounds`` and ``verdict`` are the complete question and answer. ``episode`` is the run of days
    around the day asked about with the same answer, as it was known. Without a known beginning, it
    begins on ``EARLIEST_DAY``. ``why`` is needed if the decision does not follow from the answer,
    ``override`` if it contradicts the answer, ``review_on`` if it is deferred.

    Raises:
        InputError: nobody decided; the decision is older than what it rests on; the parts belong to
            different questions or days; the answer does not follow from the cells; ``why``,
            ``override`` or ``review_on`` is missing; or ``override`` is not needed.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    program_id: ProgramId
    verdict: Verdict
    episode: Span
    decided_by: StaffId = field(repr=False, metadata=SECRET)
    decided_on: date
    outcome: DecisionOutcome
    why: str = field(default="", repr=False, metadata=SECRET)
    review_on: date | None = None
    override: Override | None = None

    def __repr__(self) -> str:
        day, on = self.decided_on.isoformat(), self.verdict.on.isoformat()
        return f"<Decision of {day}: {self.program_id} on {on} {self.outcome.value}>"

    @property
    def contradicts(self) -> bool:
        """Whether it refuses an entry that is MET, or grants one that is not."""
        if self.outcome is DecisionOutcome.GRANTED:
            return self.verdict.answer is not Answer.MET
        return self.outcome is DecisionOutcome.REFUSED and self.verdict.answer is Answer.MET

    @checked_arguments
    def speaks_of(self, day: date) -> bool:
        """Whether the decision has an effect on a day.

        It has one on the days of its own episode, from the day it was decided, until its override
        expires. A later episode needs a decision of its own, even with the same answer.
        """
        return self.effect is not None and day in self.effect

    @property
    def effect(self) -> Span | None:
        """The days on which the decision has an effect; None if they were over when it was made."""
        expires = self.override.expires if self.override is not None else OPEN
        start = max(self.episode.start, self.decided_on)
        end = min((e for e in (self.episode.end, expires) if isinstance(e, date)), default=OPEN)
        return None if isinstance(end, date) and end <= start else Span(start, end)

    def _problems(self) -> Iterable[Problem]:
        if not self.decided_by.strip():
            expected = "the id of the person who decided; nothing else decides"
            yield missing_key("decided_by", expected)
        yield from self._clock_problems()
        yield from self._question_problems()
        yield from self._reason_problems()

    def _clock_problems(self) -> Iterable[Problem]:
        stamp = self.grounds.stamp
        if stamp.known_at is None:
            yield missing_key("grounds.stamp.known_at", "the day up to which records counted")
        yield from in_order(stamp.known_at, self.decided_on, "decided_on")
        if self.verdict.on != stamp.on:
            expected = f"the day of the question, {stamp.on.isoformat()}"
            yield _out_of_range("verdict.on", shown(self.verdict.on), expected)
        elif stamp.on not in self.episode:
            expected = f"a span that holds {stamp.on.isoformat()}"
            yield _out_of_range("episode", "other days", expected)
        if self.review_on is not None:
            yield from expires_after(self.decided_on, self.review_on, "review_on")

    def _question_problems(self) -> Iterable[Problem]:
        named = self.verdict.criterion.about.id
        offered = [program.program_id for program in self.grounds.programs]
        if self.program_id not in offered or named != self.program_id:
            expected = "the programme of the grounds, whose rule was judged"
            yield Problem.of(self.program_id, "dangling_id", expected, path="program_id")
        if _judged_again(self.verdict) != self.verdict:
            expected = "an answer that follows from what was found"
            found = f'"{self.verdict.answer.value}"'
            yield Problem(code="does_not_follow", path="verdict", found=found, expected=expected)

    def _reason_problems(self) -> Iterable[Problem]:
        if self.outcome is not FOLLOWS[self.verdict.answer] and not self.why.strip():
            yield missing_key(
                "why", "the reason in words: the decision does not follow from the answer"
            )
        if self.outcome is DecisionOutcome.DEFERRED and self.review_on is None:
            yield missing_key("review_on", "the day on which it is looked at again")
        if self.contradicts and self.override is None:
            yield missing_key("override", "an Override: the decision contradicts the answer")
        elif self.override is not None and not self.contradicts:
            expected = "none: the decision does not contradict the answer"
            yield _out_of_range("override", "an override", expected)
        elif self.override is not None:
            latest = max(self.decided_on, self.grounds.stamp.on)
            yield from expires_after(latest, self.override.expires, "override.expires")
            yield from _authority_problems(self.override.authority, self.grounds.sources)


def _out_of_range(path: str, found: str, expected: str) -> Problem:
    return Problem(code="out_of_range", path=path, found=found, expected=expected)


def _authority_problems(authority: str, sources: tuple[Source, ...]) -> Iterable[Problem]:
    source_id, mark, _ = authority.partition("#")
    if mark and source_id not in [source.source_id for source in sources]:
        expected = "a citation of a source of the grounds, or the code of a role"
        yield Problem.of(source_id, "dangling_id", expected, path="override.authority")


def episode(criterion: Criterion, facts: Histories, on: date) -> Span:
    """The longest run of covered days around ``on`` on which the answer is the same."""
    covered = covered_days(criterion, on, since=EARLIEST_DAY)
    answers = verdicts_over(criterion, facts, covered).answers()
    return next(span for span, _ in answers if on in span)


# --- replaying ----------------------------------------------------------------------------


@checked_arguments
def replay(decision: Decision) -> Verdict:
    """Judge again what was judged then: the same criterion, cells and day.

    This needs no case file, no country and no clock, and gives the verdict that the decision
    embeds.
    """
    return _judged_again(decision.verdict)


def _judged_again(verdict: Verdict) -> Verdict:
    cells = cells_of(verdict)
    return judge(
        verdict.criterion, lambda asked: cells.get(asked, asked.fact.absent()), on=verdict.on
    )


def cells_of(verdict: Verdict) -> dict[Asked, Cell]:
    """The cell of every comparison of a verdict, by the fact it asked, in the order of the rule."""
    if isinstance(verdict.criterion, Compare):
        return {verdict.criterion.asked: verdict.cell} if verdict.cell is not None else {}
    return {asked: cell for child in verdict.children for asked, cell in cells_of(child).items()}
