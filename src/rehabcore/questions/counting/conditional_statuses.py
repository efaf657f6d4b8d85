"""Legal statuses that last no longer than the sentence on which they depend.

Who is conditionally released serves the rest of a sentence outside, so the status ends with the
sentence at the latest. Of probation and of a suspended sentence this is not so everywhere: they end
with the sentence where the country says so, and elsewhere nobody knows how long they go on after
it. A status depends on the sentences that run when it begins, and on those that begin before these
have ended. If none is on file, it goes on until a record ends it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve

from rehabcore.questions.counting.sentencing import Sentencing, sentencing
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import CaseFile, LegalStanding
from rehabcore.rules.time.days import ONE_DAY, OPEN, Ending
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    PartialDay,
    days_between,
    first_of,
    last_of,
)
from rehabcore.strict.vocabulary import LegalStatus

CONDITIONAL = frozenset(
    {LegalStatus.CONDITIONAL_RELEASE, LegalStatus.PROBATION, LegalStatus.SUSPENDED}
)
"""The legal statuses that depend on a sentence which is not served in custody."""


def standings_within_sentences(view: CaseFile, policy: RecordsPolicy) -> Iterator[LegalStanding]:
    """The legal statuses on file, of which those without a last day end with their sentence."""
    if not any(map(_depends, view.legal_standings)):  # as most files are; the rest takes longer
        yield from view.legal_standings
        return
    found = sentencing(view.sentences, policy)
    certain = {LegalStatus.CONDITIONAL_RELEASE, *policy.sentences.statuses_that_end}
    for standing in view.legal_standings:
        if _depends(standing):
            yield _within(standing, found, certain=standing.status in certain)
        else:
            yield standing


def _depends(standing: LegalStanding) -> bool:
    """Whether a sentence may end the status, because no day does."""
    return standing.status in CONDITIONAL and isinstance(standing.span.end, Ending)


def _within(standing: LegalStanding, found: Sentencing, *, certain: bool) -> LegalStanding:
    """The status, up to the end of its sentence.

    ``certain`` says that it certainly ends with the sentence; else it may go on.
    """
    start, end = standing.span.start, standing.span.end
    first, last = (
        (EARLIEST_DAY, LATEST_DAY)
        if isinstance(start, Ending)
        else (first_of(start), last_of(start))
    )
    low = _first_end(found, first)
    high = _last_end(found, last) if certain else LATEST_DAY
    if end is not OPEN:
        low = first + ONE_DAY
    if low > LATEST_DAY or (end is not OPEN and high == LATEST_DAY):
        return standing
    days = days_between(start, low if low == high else PartialDay(low, high))
    return evolve(standing, span=days)


def _first_end(found: Sentencing, after: date) -> date:
    """The first day after another on which a sentence may have ended and none certainly runs.

    ``date.max`` if there is none, which is so if no sentence is on file that may run later.
    """
    ends = [max(told.end.low, after + ONE_DAY) for told in found.apart if told.end.high > after]
    sure = list(_runs((told.start.high, told.end.low) for told in found.together))
    return min(
        (next((end for start, end in sure if start <= day < end), day) for day in ends),
        default=date.max,
    )


def _last_end(found: Sentencing, after: date) -> date:
    """The first day after another on which a sentence has certainly ended and none may run."""
    may = _runs((told.start.low, told.end.high) for told in found.apart)
    return next((end for _, end in may if after < end <= LATEST_DAY), LATEST_DAY)


def _runs(spans: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Half-open spans, those that touch or overlap joined, in order; empty ones are left out."""
    run: tuple[date, date] | None = None
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if run is not None and start <= run[1]:
            run = run[0], max(run[1], end)
        else:
            if run is not None:
                yield run
            run = start, end
    if run is not None:
        yield run
