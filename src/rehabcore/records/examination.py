"""The examination of a case file in detail, if it is not seen at a glance to be sound.

References must point to records. Of the records known on a day, nothing may happen before birth or
end before it starts, and no *one* source may contradict itself. *Different* sources may contradict
each other: then the facts that read them are disputed, and a person has to resolve it.

An error stops the whole file. A fault concerns single records, and leaves the others readable.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

from rehabcore.records.care import Completion
from rehabcore.records.case_file import CaseFile, Record, references
from rehabcore.records.chains import Chains
from rehabcore.records.changes import held_over_time
from rehabcore.records.consistency import Findings
from rehabcore.records.contradictions import contradictions
from rehabcore.records.faults import (
    AS_FILED,
    Entry,
    Fault,
    contradicting,
    id_problem,
    leaving_aside,
)
from rehabcore.records.fields import REFERS_TO, fields_with
from rehabcore.records.generic import Retraction, State
from rehabcore.records.joined_sentences import problems_of_joins
from rehabcore.records.justice import Milestone
from rehabcore.records.lifetime import outside_of_life
from rehabcore.records.moments import AnyAct
from rehabcore.records.order import numbered_twice
from rehabcore.records.person import Beneficiary, Death, LegalStanding, Placement, Sentence
from rehabcore.records.references import MOST_CORRECTIONS, Filings
from rehabcore.records.sessions import Attendance, Session, problems_of_attendance
from rehabcore.records.told_twice import problems_of_telling_again
from rehabcore.records.unknown_codes import unknown_codes
from rehabcore.records.words import Words
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import Day, Days, between, first_of, last_of
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import RecordId

T = TypeVar("T")

MOST_CHANGES = 30
"""The most changes of records over time in one file, so that hostile input cannot make it slow."""


def examine_in_detail(case: CaseFile, words: Words, known_at: date) -> Findings:
    """All that is wrong with a case file, however plain it is.

    Args:
        case: the whole file.
        words: the words that its records may use.
        known_at: the day up to which records count.
    """
    view = case.as_known(known_at)
    filings = Filings(case, view, known_at)
    entries = filings.entries
    unknown = tuple(unknown_codes(entries, words))
    linked: tuple[Problem | Fault, ...] = (
        *_corrections(filings),
        *_changes(filings),
        *filings.faults(words.programs, (None, *words.need_domains)),
        *_named_twice(filings),
    )
    found: tuple[Problem | Fault, ...] = (
        *_in_file_order(linked, filings),
        *unknown,
        *_person(entries, filings),
        *outside_of_life(entries),
        *contradictions(entries, {own for fault in unknown for own, _ in fault.found}),
        *problems_of_attendance(
            [(path, r) for path, r in entries if isinstance(r, Attendance)],
            [r for _, r in entries if isinstance(r, Session)],
        ),
        *problems_of_joins((path, r) for path, r in entries if isinstance(r, Sentence)),
        *problems_of_telling_again(entries, (record for _, record in filings.filed)),
        *numbered_twice(entries),
        *_at_once(entries, view),
    )
    return Findings(found=found)


def _in_file_order(found: Sequence[Problem | Fault], filings: Filings) -> list[Problem | Fault]:
    """The problems and faults, in the order of the records that they are first found in."""
    if not found:  # as of most files
        return []
    places = {path: number for number, (path, _) in enumerate(filings.listed)}

    def place(one: Problem | Fault) -> int:
        problem = one if isinstance(one, Problem) else one.problems[0]
        return places.get(problem.path.partition(".")[0], -1)

    return sorted(found, key=place)


def _corrections(filings: Filings) -> Iterator[Problem]:
    """The errors of corrections."""
    by_id = {record.filed.record_id: record for _, record in filings.listed}
    circles = _circles("corrects", by_id)
    for path, record in filings.filed:
        yield from _correction(path, record, by_id, circles)
    for corrections in filings.corrections.values():
        if len(corrections) > MOST_CORRECTIONS:
            path, found = corrections[0][0], f"{len(corrections)} corrections of one record"
            expected = f"at most {MOST_CORRECTIONS}"
            yield Problem(
                code="too_large", path=f"{path}.filed.corrects", found=found, expected=expected
            )
        for path, _ in _again(corrections, lambda record: record.filed.source):
            expected = "one correction of each record"
            yield id_problem("corrected_twice", f"{path}.filed.corrects", expected)


def _again(items: Iterable[tuple[str, T]], key: Callable[[T], object]) -> Iterator[tuple[str, T]]:
    """The items, each with its path, whose key an earlier one has."""
    seen: set[object] = set()
    for path, item in items:
        if key(item) in seen:
            yield path, item
        seen.add(key(item))


def _named_twice(filings: Filings) -> Iterator[Problem]:
    """The errors of lists that name a record and its correction."""
    for path, record in filings.entries:
        for named in fields_with(record, REFERS_TO):
            newest = [(p, filings.renewed.get(i, i)) for p, i in references(record, named.name)]
            for place, _ in _again(newest, lambda record_id: record_id):
                expected = f"{named.metadata[REFERS_TO]} of which none corrects another"
                yield id_problem("repeated_item", f"{path}.{place}", expected)


def _correction(
    path: str, record: Record, by_id: Mapping[RecordId, Record], circles: Container[RecordId]
) -> Iterator[Problem]:
    target = record.filed.corrects
    if target is None or target not in by_id:
        return
    place, wrong = f"{path}.filed.corrects", by_id[target]
    if type(wrong) is not type(record) and not isinstance(record, Retraction):
        yield id_problem("wrong_kind", place, "the id of a record of the same kind")
    elif record.filed.recorded_on < wrong.filed.recorded_on:
        yield Problem.of(
            record.filed.recorded_on,
            "ends_before_start",
            "a day not before the corrected record was recorded",
            path=f"{path}.filed.recorded_on",
        )
    elif record.filed.record_id in circles:
        yield id_problem("circle", place, "corrections that do not lead back to this record")


def _changes(filings: Filings) -> Iterator[Problem | Fault]:
    """The errors of records that change others from a day on."""
    by_id = {record.filed.record_id: record for _, record in filings.entries}
    circles = _circles("changes", by_id)
    changing = [entry for entry in filings.entries if entry[1].filed.changes is not None]
    if len(changing) > MOST_CHANGES:
        found, expected = f"{len(changing)} changes", f"at most {MOST_CHANGES} changes of records"
        yield Problem(code="too_large", path="", found=found, expected=expected)
    for path, record in changing:
        target = cast("RecordId", record.filed.changes)
        place, before = f"{path}.filed.changes", by_id.get(target)
        if filings.renewed.get(target, target) == record.filed.record_id:
            expected = "the id of another record than that which it corrects"
            yield id_problem("contradicts_itself", place, expected)
        elif before is not None and type(before) is not type(record):
            yield id_problem("wrong_kind", place, "the id of a record of the same kind")
        elif record.filed.record_id in circles:
            yield id_problem("circle", place, "changes that do not lead back to this record")
        elif isinstance(record, Beneficiary) and isinstance(before, Beneficiary):
            yield from _born_anew(path, record, before)
        elif isinstance(record, AnyAct) and before is not None:
            yield from _happened_otherwise(path, record, before)
    for changes in filings.changes.values():
        for path, _ in _again(changes, lambda record: (record.filed.source, record.filed.since)):
            expected = "one change of each record by one source from one day on"
            yield id_problem("two_at_once", f"{path}.filed.since", expected)


def _born_anew(path: str, record: Beneficiary, before: Beneficiary) -> Iterator[Problem | Fault]:
    """The problem of a change of the birth date, which can only be corrected."""
    both = (before.birth_date, record.birth_date)
    if None not in both and _what_both_say(*both) is None:
        expected = "the birth date of the record that this one changes, or a correction of that"
        problem = Problem.of(
            record.birth_date,
            "contradicts_itself",
            expected,
            path=f"{path}.birth_date",
            secret=True,
        )
        yield from contradicting([problem], record, [before], leaving_aside(record))


def _happened_otherwise(path: str, record: AnyAct, before: Record) -> Iterator[Fault]:
    """The faults of a change of what happened: only what an act announces can change later."""
    for name in ("event", "on", "office"):
        said = getattr(record, name)
        if said != getattr(before, name):
            expected = "the same as in the act that this one changes, or a correction of that"
            place = f"{path}.{name}"
            problem = Problem.of(said, "contradicts_itself", expected, path=place, secret=True)
            yield Fault.of(record, problem, leaving_aside(record), AS_FILED)


def _circles(link: str, by_id: Mapping[RecordId, Record]) -> Container[RecordId]:
    """The ids of records from which a link of the filing leads back to them, over any others."""
    links = ((own, getattr(record.filed, link)) for own, record in by_id.items())
    return Chains({own: to for own, to in links if to is not None}).circles


def _person(entries: list[Entry], filings: Filings) -> Iterator[Problem | Fault]:
    particulars = [(path, r) for path, r in entries if isinstance(r, Beneficiary)]
    if not particulars:
        found = "none that was on file by the day up to which records count"
        expected = "the particulars of one person"
        problem = Problem(code="empty_group", path="beneficiary", found=found, expected=expected)
        gone = sorted(r.filed.record_id for _, r in filings.filed if isinstance(r, Beneficiary))
        yield Fault(found=((gone[0], problem),), ways=(AS_FILED,)) if gone else problem
    for path, record in particulars[1:]:
        if record.beneficiary_id != particulars[0][1].beneficiary_id:
            yield Problem.of(
                record.beneficiary_id,
                "two_people",
                "the same person throughout the file",
                path=f"{path}.beneficiary_id",
                secret=True,
            )


def _at_once(entries: list[Entry], view: CaseFile) -> Iterator[Problem]:
    """The problems of one source that says two things of one day, whatever changed over time."""
    found, views = dict[Problem, None](), held_over_time(view).values
    if len(views) == 1:
        yield from _two_at_once(entries)
        return
    for held in views:
        standing = {record.filed.record_id for _, record in held.entries()}
        found |= dict.fromkeys(
            _two_at_once([entry for entry in entries if entry[1].filed.record_id in standing])
        )
    yield from found


def _two_at_once(entries: list[Entry]) -> Iterator[Problem]:
    """The problems of one source that states twice, or in two ways, what it may state only once."""
    spans: dict[tuple[object, ...], list[tuple[str, Days]]] = defaultdict(list)
    completed: set[tuple[str, str]] = set()
    said: dict[tuple[str, str], object] = {}
    for path, record in entries:
        source = record.filed.source
        match record:
            case LegalStanding() | Placement():
                spans[type(record), source].append((path, record.span))
            case State():
                spans[State, source, record.kind].append((path, record.span))
            case Completion():
                if (source, record.enrolment) in completed:
                    expected = "one completion of each enrolment"
                    yield id_problem("two_at_once", f"{path}.enrolment", expected)
                completed.add((source, record.enrolment))
            case Beneficiary():
                for name in ("birth_date", "sex"):
                    value = getattr(record, name)
                    yield from _said_otherwise(f"{path}.{name}", (source, name), value, said)
            case Death():
                yield from _said_otherwise(
                    f"{path}.died_on", (source, "death"), record.died_on, said
                )
            case Milestone():
                key = (source, f"milestone {record.kind}")
                yield from _said_otherwise(f"{path}.day", key, record.day, said)
    for group in spans.values():
        yield from _overlaps(group)


def _said_otherwise(
    path: str, key: tuple[str, str], value: object, said: dict[tuple[str, str], object]
) -> Iterator[Problem]:
    """A problem if a source stated another value before; ``key`` names the source and subject."""
    if value is None:
        return
    both = _what_both_say(said.get(key, value), value)
    if both is not None:
        said[key] = both
    else:
        yield Problem.of(
            value,
            "contradicts_itself",
            "what the same source says elsewhere, or a correction of it",
            path=path,
            secret=True,
        )


def _what_both_say(one: object, other: object) -> object:
    """The statement that two statements make together; None if they contradict each other.

    A year and a day in that year do not.
    """
    if isinstance(one, Day) and isinstance(other, Day):
        first, last = max(first_of(one), first_of(other)), min(last_of(one), last_of(other))
        return between(first, last) if first <= last else None
    return one if one == other else None


def _overlaps(spans: list[tuple[str, Days]]) -> Iterator[Problem]:
    """The problems of spans that begin while an earlier span of the group certainly holds."""
    certain = [(path, held) for path, days in spans for held in _certain_days(days)]
    taken = date.min
    for path, (start, end) in sorted(certain, key=lambda item: item[1]):
        if start < taken:
            expected = (
                "a span that begins when the others of the same source have ended, "
                "or the longer stay split around it"
            )
            yield Problem.of(start, "two_at_once", expected, path=f"{path}.span")
        taken = max(taken, end)


def _certain_days(days: Days) -> Iterator[tuple[date, date]]:
    """The days that a span certainly holds, if there are any; an open one goes on to the last day.

    What held on one day only may be over when something else begins on that day, and is no longer
    than that.
    """
    if isinstance(days, Span):
        one_day = days.end == days.start + ONE_DAY
        yield days.start, days.start if one_day else days.certain_end or date.max
    elif days.certain is not None:
        yield days.certain.start, days.certain.certain_end or date.max
    elif days.brief is not None:
        yield days.brief, days.brief
