"""Dosage: how many hours of work on needs are called for, are planned, and were given.

The figures are dated, cited parameters of a country. If it states none, or none for the day, the
target is unknown and a person has to set it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from attrs import evolve

from rehabcore.care.needs.profile import NeedCount, NeedSeen, NeedsProfile
from rehabcore.programs import Program
from rehabcore.records import Attendance, CaseFile, Session
from rehabcore.rules.law.versions import Versions
from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, missing_key, one_of, refuse, shown
from rehabcore.strict.vocabulary import AttendanceOutcome, ProgramId, RecordId

_MOST_NEEDS, _MOST_HOURS, _MOST_MINUTES = 1_000, 10_000, 1_440


@frozen(kw_only=True)
@checked
class Criminogenic:
    """The need domains that bear on reoffending, and the level from which a need counts."""

    domains: frozenset[str]
    count_from: str
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        if not self.domains:
            expected = "at least one domain"
            yield Problem(code="empty_group", path="domains", found="none", expected=expected)


@frozen(kw_only=True)
@checked
class Homework:
    """The minutes with which one finished assignment is credited."""

    minutes: int
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return _within(self, "minutes", 0, _MOST_MINUTES)


@frozen(kw_only=True)
@checked
class DosageRow:
    """The hours that a level of risk calls for, from some number of needs on."""

    risk: str
    needs_from: int
    hours: Decimal

    def _problems(self) -> Iterable[Problem]:
        yield from _within(self, "needs_from", 0, _MOST_NEEDS)
        yield from _within(self, "hours", 0, _MOST_HOURS)


@frozen(kw_only=True)
@checked
class DosageTable:
    """The hours by level of risk and number of needs; ``levels`` lists the levels, lowest first.

    Raises:
        InputError: a row has another level, two rows are for the same case, or a higher risk or
            more needs call for fewer hours.
    """

    levels: tuple[str, ...]
    rows: tuple[DosageRow, ...]

    def _problems(self) -> Iterable[Problem]:
        if not self.rows:
            yield Problem(code="empty_group", path="rows", found="none", expected="a row")
        seen: set[tuple[str, int]] = set()
        for index, row in enumerate(self.rows):
            if row.risk not in self.levels:
                path, expected = f"rows[{index}].risk", one_of(self.levels, row.risk)
                yield Problem.of(row.risk, "unknown_value", expected, path=path)
            if (row.risk, row.needs_from) in seen:
                path, expected = f"rows[{index}].needs_from", "each risk and number of needs once"
                yield Problem.of(row.needs_from, "repeated_item", expected, path=path)
            seen.add((row.risk, row.needs_from))
        yield from self._falls()

    def _falls(self) -> Iterable[Problem]:
        """The problems of rows in which more risk, or more needs, call for fewer hours."""
        # Hours rise in both directions if they rise along every line of one level and of one
        # number of needs: a step in both at once is two such steps.
        counts = sorted({row.needs_from for row in self.rows})
        by_risk = ([(level, count) for level in self.levels] for count in counts)
        by_needs = ([(level, count) for count in counts] for level in self.levels)
        for line in (*by_risk, *by_needs):
            stated = [(case, hours) for case in line if (hours := self.hours(*case)) is not None]
            for (_, less), ((risk, count), more) in pairwise(stated):
                if more < less:
                    found = f"{more} hours for {shown(risk)} with {count} needs"
                    expected = f"at least {less}: not fewer for more risk or more needs"
                    yield Problem(code="out_of_range", path="rows", found=found, expected=expected)

    def hours(self, risk: str, needs: int) -> Decimal | None:
        """The hours for a level of risk with a number of needs; None if no row states them."""
        reached = [row for row in self.rows if row.risk == risk and row.needs_from <= needs]
        return max(reached, key=lambda row: row.needs_from).hours if reached else None


@frozen(kw_only=True)
@checked
class DosagePolicy:
    """The policy of a country on dosage; None for what it does not state.

    Hours can be stated only together with the domains whose needs count.
    """

    criminogenic: Criminogenic | None = None
    targets: Versions[DosageTable] | None = None
    homework: Homework | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.criminogenic is None and (self.targets or self.homework):
            yield missing_key("criminogenic", "the domains whose needs count")

    @checked_arguments
    def count(self, profile: NeedsProfile) -> NeedCount | None:
        """How many needs of a person count; None if the country does not say which do.

        Raises:
            InputError: the level from which a need counts is not a level of the country.
        """
        which = self.criminogenic
        return profile.count(which.domains, which.count_from) if which else None


@frozen(kw_only=True)
@checked
class DosageTarget:
    """The least number of hours that is called for, or why it is not known, and its source."""

    hours: Decimal | None = None
    unknown: UnknownKind | None = None
    cite: tuple[Citation, ...] = ()
    status: Status | None = None


@checked_arguments
def dosage_target(
    policy: DosagePolicy, risk: str | None, needs: NeedCount, *, on: date
) -> DosageTarget:
    """The hours that a risk and a number of criminogenic needs call for on a day.

    If the risk or a need is not known, but every possibility calls for the same hours, the target
    is known; otherwise it is missing. If no figure is stated, or none is in force on the day, a
    person has to set the target.

    Args:
        policy: the country's policy.
        risk: the level of risk; None if it is not known.
        needs: how many needs there are (``NeedsProfile.count``).
        on: the day, which selects the version of the figures.

    Raises:
        InputError: the figures have no such level of risk.
    """
    if policy.targets is None or on not in policy.targets.covered:
        return DosageTarget(unknown=UnknownKind.NEEDS_PERSON)
    version = policy.targets.at(on)
    table = version.value
    if table is None:
        return DosageTarget(unknown=UnknownKind.NEEDS_PERSON, cite=version.cite)
    if risk is not None and risk not in table.levels:
        refuse(risk, "unknown_value", one_of(table.levels, risk), path="risk")
    risks = table.levels if risk is None else (risk,)
    steps = {row.needs_from for row in table.rows}
    counts = {needs.least, *(step for step in steps if needs.least < step <= needs.most)}
    hours, *others = {table.hours(*case) for case in product(risks, counts)}
    target = DosageTarget(hours=hours, cite=version.cite, status=version.status)
    if others:
        return evolve(target, hours=None, unknown=UnknownKind.MISSING)
    return target if hours is not None else evolve(target, unknown=UnknownKind.NEEDS_PERSON)


def called_for(policy: DosagePolicy, profile: NeedsProfile, risk: str | None) -> DosageTarget:
    """The hours that the needs of a person and a level of risk call for.

    Args:
        policy: the country's policy.
        profile: the needs of the person on the day.
        risk: the level of risk; None if it is not known.

    Raises:
        InputError: the figures have no such level of risk.
    """
    count = policy.count(profile)
    if count is None:
        return DosageTarget(unknown=UnknownKind.NEEDS_PERSON)
    return dosage_target(policy, risk, count, on=profile.on)


# --- what is planned ----------------------------------------------------------------------


@frozen(kw_only=True)
@checked
class DosagePlan:
    """The hours that are planned, compared with those that are called for.

    ``enough`` is MET if the target is reached. It is UNKNOWN if the target is not known, or if it
    may be reached by the ``unstated`` programmes, whose hours no source states. ``shortfall`` is
    how many of the target's hours the stated hours do not reach: 0 if they do, None if no target is
    known.
    """

    target: DosageTarget
    planned: Decimal
    unstated: tuple[ProgramId, ...]
    enough: Answer
    shortfall: Decimal | None

    @classmethod
    @checked_arguments
    def of(
        cls, target: DosageTarget, planned: Decimal, unstated: tuple[ProgramId, ...]
    ) -> "DosagePlan":
        """Compare the hours that are planned with a target.

        Args:
            target: the hours that are called for.
            planned: the hours of the programmes that state them.
            unstated: the programmes that count and do not.
        """
        if target.hours is None:
            enough, shortfall = Answer.UNKNOWN, None
        else:
            shortfall = max(target.hours - planned, Decimal(0))
            short = Answer.UNKNOWN if unstated else Answer.NOT_MET
            enough = short if shortfall else Answer.MET
        return cls(
            target=target, planned=planned, unstated=unstated, enough=enough, shortfall=shortfall
        )


@checked_arguments
def planned_dosage(
    policy: DosagePolicy, target: DosageTarget, programs: Iterable[Program]
) -> DosagePlan:
    """Add up the hours of programmes; one that serves no criminogenic need adds none."""
    domains = policy.criminogenic.domains if policy.criminogenic else frozenset()
    counting = [program for program in programs if program.serves & domains]
    stated = [p.dose.hours for p in counting if p.dose is not None and p.dose.hours is not None]
    unstated = tuple(p.program_id for p in counting if p.dose is None or p.dose.hours is None)
    return DosagePlan.of(target, sum(stated, Decimal(0)), unstated)


# --- what was given -----------------------------------------------------------------------


@frozen(kw_only=True)
@checked
class WorkDone:
    """Work on need domains, or on parts of them, done on one day.

    ``minutes`` is how long it took; None stands for one finished assignment of homework, for which
    the country states the minutes.
    """

    domains: frozenset[str]
    on: date
    minutes: int | None = None

    def _problems(self) -> Iterable[Problem]:
        return () if self.minutes is None else _within(self, "minutes", 0, _MOST_MINUTES)


@frozen(kw_only=True)
@checked
class Credit:
    """Minutes that certainly count as dosage, and minutes that may: on needs not known."""

    minutes: int
    unsure_minutes: int

    @property
    def hours(self) -> Fraction:
        """The hours that certainly count, as an exact fraction."""
        return Fraction(self.minutes, 60)


@checked_arguments
def credited(
    policy: DosagePolicy, needs_on: Callable[[date], NeedsProfile], work: Iterable[WorkDone]
) -> Credit | UnknownKind:
    """The part of finished work that counts as dosage: work on criminogenic needs of its own day.

    A need that was lowered since still counts on the days on which it was one. Work on several
    domains counts if one of them is a need of that day.

    Args:
        policy: the country's policy.
        needs_on: gives the person's needs on a day.
        work: all that was done.

    Returns:
        The credit; or *needs a person* if the country does not say which work counts, or does not
        say how much a finished assignment counts.

    Raises:
        InputError: some work is on a need domain that the country does not have.
    """
    work = tuple(work)
    needs = {on: needs_on(on) for on in sorted({one.on for one in work})}
    problems = Problems()
    for index, one in enumerate(work):
        known = [code for need in needs[one.on].needs for code in _codes_of(need)]
        for domain in sorted(one.domains.difference(known)):
            expected = one_of(known, domain)
            problems.note(domain, "unknown_value", expected, path=f"work[{index}].domains")
    problems.done()
    homework = any(one.minutes is None for one in work)
    if policy.criminogenic is None or (homework and policy.homework is None):
        return UnknownKind.NEEDS_PERSON
    each = policy.homework.minutes if policy.homework else 0
    minutes = dict.fromkeys(Answer, 0)
    for one in work:
        counts = _counts(policy.criminogenic, needs[one.on], one.domains)
        minutes[counts] += each if one.minutes is None else one.minutes
    return Credit(minutes=minutes[Answer.MET], unsure_minutes=minutes[Answer.UNKNOWN])


def _counts(criminogenic: Criminogenic, profile: NeedsProfile, domains: frozenset[str]) -> Answer:
    """Whether work on some domains is work on a criminogenic need of the person."""
    domains &= criminogenic.domains
    served = {need.served_by(domains) for need in profile.from_level(criminogenic.count_from)}
    if Answer.MET in served:
        return Answer.MET
    perhaps = served | {need.served_by(domains) for need in profile.unknown}
    return Answer.NOT_MET if perhaps <= {Answer.NOT_MET} else Answer.UNKNOWN


def _codes_of(need: NeedSeen) -> Iterator[str]:
    """The code of a domain, and those of its parts."""
    yield need.domain
    yield from (part.subdomain for part in need.subdomains)


@checked_arguments
def work_done(case: CaseFile, programs: Iterable[Program]) -> tuple[WorkDone, ...]:
    """The work of sessions that the person attended, in the order of their days.

    It is work on all needs that the programme serves, and takes the minutes of the attendance, or
    else those of the session. In doubt it counts less: a session counts if every source says that
    the person took part, with the fewest minutes that one of them tells. If several offices tell
    sessions of one programme on one day, the one counts that tells most. A session without a
    recorded length, or of which the day is not known, adds nothing.

    Args:
        case: the case file, as it was known on a day.
        programs: the programmes that may have been attended.
    """
    serves = {program.program_id: program.serves for program in programs}
    return tuple(
        WorkDone(domains=serves[program_id], on=on, minutes=minutes)
        for (on, program_id), minutes in sorted(minutes_attended(case).items())
        if program_id in serves
    )


def minutes_attended(case: CaseFile) -> dict[tuple[date, ProgramId], int]:
    """The minutes of each day for which the person certainly took part in each programme.

    They are counted as ``work_done`` counts them. Programmes in which nobody knows of any are left
    out.

    Args:
        case: the case file, as it was known on a day.
    """
    attendances: dict[RecordId, list[Attendance]] = defaultdict(list)
    for attendance in case.attendances:
        attendances[attendance.session].append(attendance)
    by_office: dict[tuple[date, ProgramId], Counter[str]] = defaultdict(Counter)
    ids = {session.filed.record_id for session in case.sessions}
    for session in case.sessions:
        minutes = _attended_minutes(session, attendances[session.filed.record_id])
        counts = session.filed.same_as not in ids
        if counts and minutes and isinstance(session.day, date):
            by_office[session.day, session.program_id][session.filed.source] += minutes
    return {place: max(minutes.values()) for place, minutes in by_office.items()}


def _attended_minutes(session: Session, told: Sequence[Attendance]) -> int:
    """The minutes for which the person certainly took part in a session."""
    took_part = {AttendanceOutcome.ATTENDED, AttendanceOutcome.LATE}
    if not session.held or not told or any(one.outcome not in took_part for one in told):
        return 0
    known = [session.minutes if one.minutes is None else one.minutes for one in told]
    return min((minutes for minutes in known if minutes is not None), default=0)


def _within(record: object, name: str, least: int, most: int) -> Iterable[Problem]:
    number = getattr(record, name)
    if not least <= number <= most:
        yield Problem.of(number, "out_of_range", f"{least} to {most}", path=name)
