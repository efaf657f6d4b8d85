"""Whether all that is told of a person lies between the birth and the death.

Where one office states a birth date and something before it, that is an error. Where two offices
do, or another one knows of an earlier birth, the birth date may be wrong, or what comes before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve

from rehabcore.records.care import Completion
from rehabcore.records.case_file import Record
from rehabcore.records.faults import Entry, Fault, Way, nothing
from rehabcore.records.fields import BY_PERSON, FIRST_DAY, fields_with
from rehabcore.records.person import Beneficiary, Death
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import Day, Period, between, first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import Problem, join_path
from rehabcore.strict.vocabulary import Outcome

MOST_BIRTH_DATES = 10
"""The most birth dates that other records contradict; many more are hostile input."""

_Dated = tuple[str, Record, Day]
"""A day that a record states, with the path of its field."""


def outside_of_life(entries: Sequence[Entry]) -> Iterator[Problem | Fault]:
    """The problems of what certainly comes before the birth, or after the death.

    Args:
        entries: the records that stand, each with its path in the file.
    """
    yield from _before_birth(entries)
    yield from _after_death(entries)
    yield from _died_before_death(entries)


def _days(entries: Iterable[Entry], key: str) -> Iterator[_Dated]:
    """Each day that a field states which has this metadata."""
    for path, record in entries:
        for field in fields_with(record, key):
            place, day = field.name, getattr(record, field.name)
            if isinstance(day, Span):
                place, day = f"{place}.start", day.start
            elif isinstance(day, Period):
                place, day = f"{place}.start", between(day.possible.start, day.last_start)
            if isinstance(day, Day):
                yield join_path(path, place), record, day


# --- birth --------------------------------------------------------------------------------


def _before_birth(entries: Sequence[Entry]) -> Iterator[Problem | Fault]:
    births = _births(entries)
    if not births:
        return
    offices = {record.filed.source for told in births.values() for _, record in told}
    early: list[_Dated] = []
    for dated in _days_and_changes(entries):
        path, record, day = dated
        if last_of(day) < min(births) and record.filed.source in offices:
            yield _too_early(path)
        elif last_of(day) < max(births):
            early.append(dated)
    yield from _disputed(births, early)


def _births(entries: Iterable[Entry]) -> Mapping[date, list[Entry]]:
    """The records of birth dates, by the first day that their source holds possible."""
    first: dict[str, date] = {}
    told: dict[str, list[Entry]] = defaultdict(list)
    for path, record in entries:
        if isinstance(record, Beneficiary) and record.birth_date:
            source, birth = record.filed.source, first_of(record.birth_date)
            first[source] = min(first.get(source, birth), birth)
            told[source].append((path, record))
    found: dict[date, list[Entry]] = defaultdict(list)
    for source, birth in first.items():
        found[birth] += told[source]
    return found


def _days_and_changes(entries: Sequence[Entry]) -> Iterator[_Dated]:
    """The days that records state, and those from which they change others."""
    yield from _days(entries, FIRST_DAY)
    for path, record in entries:
        if record.filed.since:
            yield f"{path}.filed.since", record, record.filed.since


def _disputed(
    births: Mapping[date, list[Entry]], early: Sequence[_Dated]
) -> Iterator[Problem | Fault]:
    """The faults of birth dates and what comes before them: the one is wrong, or the other."""
    least = min((last_of(day) for _, _, day in early), default=date.max)
    wrong = sorted(birth for birth in births if birth > least)
    if len(wrong) > MOST_BIRTH_DATES:
        found, expected = f"{len(wrong)} birth dates", f"at most {MOST_BIRTH_DATES}"
        yield Problem(code="too_large", path="beneficiary", found=found, expected=expected)
        return
    for birth in wrong:
        before = [(path, record) for path, record, day in early if last_of(day) < birth]
        yield _dispute(births[birth], before)


def _dispute(births: Sequence[Entry], before: Sequence[Entry]) -> Fault:
    expected = "a day not after anything that other records tell of the person"
    stated = [
        (
            record.filed.record_id,
            Problem(
                code="before_birth",
                path=f"{path}.birth_date",
                found="a day after what other records tell",
                expected=expected,
            ),
        )
        for path, record in births
    ]
    told = [(record.filed.record_id, _too_early(path)) for path, record in before]
    unborn = Way(instead=tuple((own, _without_birth_date) for own, _ in stated))
    untold = Way(instead=tuple((own, nothing) for own, _ in told))
    return Fault(found=(*stated, *told), ways=(unborn, untold), kind=UnknownKind.DISPUTED)


def _without_birth_date(person: Any) -> tuple[Record]:
    return (evolve(person, birth_date=None),)


def _too_early(path: str) -> Problem:
    return Problem(
        code="before_birth",
        path=path,
        found="a day before the birth date",
        expected="a day on which the person was alive",
    )


# --- death --------------------------------------------------------------------------------


def _after_death(entries: Sequence[Entry]) -> Iterator[Problem]:
    """The problems of sources that tell a death, and what the person did after it."""
    deaths = _deaths(entries)
    for path, record, day in _days(entries, BY_PERSON):
        if last_of(deaths.get(record.filed.source, day)) < first_of(day):
            yield Problem(
                code="after_death",
                path=path,
                found="a day after the death that the same source tells",
                expected="a day on which the person was alive",
            )


def _died_before_death(entries: Sequence[Entry]) -> Iterator[Problem]:
    """The problems of sources that end an enrolment with a death before the day that they tell."""
    deaths = _deaths(entries)
    for path, record in entries:
        if isinstance(record, Completion) and record.outcome is Outcome.DIED:
            ended_on = record.ended_on
            if last_of(ended_on) < first_of(deaths.get(record.filed.source, ended_on)):
                yield Problem(
                    code="contradicts_itself",
                    path=f"{path}.ended_on",
                    found="a day before the death that the same source tells",
                    expected="a day not before it, or another outcome",
                )


def _deaths(entries: Iterable[Entry]) -> Mapping[str, Day]:
    """The day of death that each source tells."""
    return {r.filed.source: r.died_on for _, r in entries if isinstance(r, Death)}
