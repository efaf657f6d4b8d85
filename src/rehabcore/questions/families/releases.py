"""Questions about release from custody: whether the person was ever released, and since when.

Whoever has been in custody and is not in it now is a former prisoner, under any legal status: it is
no status that excludes others. Custody is told by settings and by legal statuses; that a stay ended
is told by its record, and that none followed is assumed if no record says so. If neither a setting
nor a legal status is on file, nothing is known.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial

from attrs import evolve

from rehabcore.questions.families.standing import legal_statuses, settings
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, Filed, LegalStanding
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Ids, together
from rehabcore.rules.facts import NEVER, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import EARLIEST_DAY, Day, Days, Period, last_of, within_one_day
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import LegalStatus, RecordId, Setting

_ANSWERED_BY = ("court", "registry_of_convicts", "holder_of_the_case")

_IN_CUSTODY: dict[object, bool | UnknownKind] = {
    Setting.CUSTODY: True,
    Setting.COMMUNITY: False,
    Setting.RESIDENTIAL: False,
    Setting.HOSPITAL: UnknownKind.MISSING,
    LegalStatus.SENTENCED_CUSTODY: True,
    LegalStatus.CONDITIONAL_RELEASE: False,
    LegalStatus.FORMER_PRISONER: False,
}
"""Whether a setting or a status means custody. Other statuses say nothing of it."""

_RELEASED = (LegalStatus.CONDITIONAL_RELEASE, LegalStatus.FORMER_PRISONER)
"""The statuses of people who have been in custody before."""


def questions(words: CountryWords) -> Iterator[Question]:
    """The questions of this family."""
    yield Question(
        Fact(
            name="former_prisoner",
            shape=Shape.FLAG,
            about="Whether the person has been in custody and is not now, under any legal status.",
            answered_by=_ANSWERED_BY,
        ),
        partial(_former_prisoner, words.records_policy),
    )
    yield Question(
        Fact(
            name="time_since_release",
            shape=Shape.ELAPSED,
            about="Time since the last custody ended; less than any term in custody or without it.",
            unit="calendar time",
            answered_by=_ANSWERED_BY,
        ),
        partial(_time_since_release, words.records_policy),
    )


def _former_prisoner(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether there is a day of the last release."""

    def flag(cell: Cell) -> Cell:
        if isinstance(cell, Known):
            return evolve(cell, value=cell.value is not NEVER)
        if cell.between is not None and cell.between[1] is not NEVER:
            return Known(True, evidence=cell.rests_on)
        return evolve(cell, between=None)

    return _time_since_release(policy, asked, view).map(flag)


def _time_since_release(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day on which the last custody ended; NEVER in custody, and if there was none."""
    if not view.placements and not view.legal_standings:
        return Timeline.constant(asked.fact.absent())
    nothing = Known(False, assumption=Assumption.NONE_ON_FILE)
    custody = settle(_in_custody(policy, view), nothing)
    past = _Past(_brief(view), set(_first_days(view)), {last_of(day) for day in _over(view)})

    def cell(day: date) -> Cell:
        past.reach(day, custody.at(day))
        return past.last_release()

    return Timeline.of_changes({*custody.starts, *past.brief, *past.over_by}, cell)


def _in_custody(policy: RecordsPolicy, view: CaseFile) -> Iterator[Claim]:
    """The claims of whether the person is in custody."""
    for claim in (*settings(view), *legal_statuses(policy, view)):
        if claim.says in _IN_CUSTODY:
            yield evolve(claim, says=_IN_CUSTODY[claim.says])
    for standing, day in _released(view):
        # Of somebody released on a known day it is known that the day before was one in custody.
        # Of all others it is only known that there was such a day.
        record_id, eve = standing.filed.record_id, last_of(day) - ONE_DAY
        if isinstance(day, date) and standing.status is LegalStatus.CONDITIONAL_RELEASE:
            yield Claim(record_id, Span(eve, day), True)
        else:
            yield Claim(record_id, Span(EARLIEST_DAY, last_of(day)), UnknownKind.MISSING)


def _released(view: CaseFile) -> Iterator[tuple[LegalStanding, Day]]:
    """The statuses of somebody who has been in custody, with the day by which that was over."""
    for standing in view.legal_standings:
        if standing.status in _RELEASED and isinstance(standing.span.start, Day):
            yield standing, standing.span.start


def _over(view: CaseFile) -> Iterator[Day]:
    """The days by which custody was over: as a status says, or a stay of which that is known."""
    yield from (day for _, day in _released(view))
    for _, days in _stays(view):
        if isinstance(days, Period) and isinstance(days.end, Day):
            yield days.end


def _brief(view: CaseFile) -> dict[date, RecordId]:
    """The days within which a stay in custody began and ended, each with a record of it."""
    brief: dict[date, RecordId] = {}
    for filed, days in _stays(view):
        if isinstance(days.start, date) and within_one_day(days):
            brief[days.start] = min(filed.record_id, brief.get(days.start, filed.record_id))
    return brief


def _first_days(view: CaseFile) -> Iterator[date]:
    """The first days of stays in custody that may have ended on the same day."""
    for _, days in _stays(view):
        if isinstance(days, Period) and days.first_end == days.start:
            yield days.last_start


def _stays(view: CaseFile) -> Iterator[tuple[Filed, Days]]:
    """The days of stays in custody."""
    for placement in view.placements:
        if _IN_CUSTODY.get(placement.setting) is True:
            yield placement.filed, placement.span
    for standing in view.legal_standings:
        if _IN_CUSTODY.get(standing.status) is True:
            yield standing.filed, standing.span


class _Past:
    """Custody up to a day, followed from one day to the next on which anything changes.

    Args:
        brief: the days within which a stay began and ended, with its record.
        perhaps_brief: the days within which one began and may have ended.
        over_by: the days by which it is known that there was custody, and that it is over.
    """

    def __init__(
        self,
        brief: Mapping[date, RecordId],
        perhaps_brief: Collection[date],
        over_by: Collection[date],
    ) -> None:
        self.brief, self.perhaps_brief, self.over_by = brief, perhaps_brief, over_by
        self._since = date.min
        self._now: Cell = Known(False)
        self._first: date | None = None
        self._sure: date | None = None
        self._may: date | None = None
        self._evidence: Ids = ()
        self._doubt = UnknownKind.MISSING
        self._was = False

    def reach(self, day: date, now: Cell) -> None:
        """Come to a day, from which on the person is in custody or not, or nobody knows."""
        self._leave(day)
        if self._within_a_day(day) or not (_is_in(self._now) and _is_in(now)):
            self._since = day
        self._now = now
        if day in self.brief and not _is_in(now):
            self._sure = self._may = day
            self._evidence = (self.brief[day],)
        self._was = self._was or day in self.over_by

    def _leave(self, day: date) -> None:
        """End what held until a day."""
        if _is_in(self._now):
            within = self._within_a_day(day)
            self._sure = self._since if within else day
            self._may = self._since if within and self._since in self.brief else day
            self._evidence = self._now.rests_on
        elif isinstance(self._now, Unknown):
            self._first = self._first or max(self._since, EARLIEST_DAY)
            self._may, self._doubt = day, self._now.kind
            self._evidence = together((self._evidence, self._now.rests_on))

    def _within_a_day(self, day: date) -> bool:
        """Whether custody, that ends or goes on, may have ended on the day before this one."""
        return self._since in self.perhaps_brief and day == self._since + ONE_DAY

    def last_release(self) -> Cell:
        """The cell of the day on which the last custody ended."""
        evidence = together((self._evidence, self._now.rests_on))
        low = self._sure or self._first
        if _is_in(self._now):
            return Known(NEVER, evidence=self._now.rests_on)
        if isinstance(self._now, Unknown):
            low = low or max(self._since, EARLIEST_DAY)
            return Unknown(self._now.kind, evidence=evidence, between=(low, NEVER))
        if low is None or self._may is None:
            return Known(NEVER, evidence=evidence, assumption=Assumption.NONE_ON_FILE)
        if self._sure == self._may:
            return Known(self._sure, evidence=evidence, assumption=self._now.assumption)
        certain = self._was or self._sure is not None
        between = (low, self._may if certain else NEVER)
        return Unknown(self._doubt, evidence=evidence, between=between)


def _is_in(cell: Cell) -> bool:
    return isinstance(cell, Known) and cell.value is True
