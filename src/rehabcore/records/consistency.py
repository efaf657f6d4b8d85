"""Whether the records of one case file fit together; all problems are found at once.

References must point to records. Of the records known on a day, nothing may happen before birth or
end before it starts, and no *one* source may contradict itself. *Different* sources may contradict
each other: then the facts that read them are disputed, and a person has to resolve it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from rehabcore.records.assessments import LevelOverride, Resolution, RiskAssessment
from rehabcore.records.care import Completion, Enrolment, Referral
from rehabcore.records.case_file import (
    CaseFile,
    Record,
    corrected_by,
    newest_of,
    references,
    taken_back,
)
from rehabcore.records.fields import BY_PERSON, FIRST_DAY, REFERS_TO, fields_with
from rehabcore.records.generic import Retraction, State
from rehabcore.records.glossary import Glossary
from rehabcore.records.joined_sentences import problems_of_joins
from rehabcore.records.justice import Milestone
from rehabcore.records.person import Beneficiary, Death, LegalStanding, Placement, Sentence
from rehabcore.records.words import Words
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import Day, Days, first_of, last_of
from rehabcore.strict.problems import Problem, join_path, one_of
from rehabcore.strict.vocabulary import ProgramId, RecordId

Entry = tuple[str, Record]


def check(
    case: CaseFile,
    glossary: Glossary,
    programs: Iterable[ProgramId],
    known_at: date | None = None,
) -> tuple[Problem, ...]:
    """Every problem of a case file, with the paths of its document.

    Args:
        case: the whole file.
        glossary: the words that its records may use.
        programs: the programmes and services in which a person can take part.
        known_at: the day up to which records count; None for all of them.
    """
    view = case.as_known(known_at or date.max)
    known = {record.filed.record_id: record for _, record in view.entries()}
    entries = [
        (path, known[record.filed.record_id])
        for path, record in case.entries()
        if record.filed.record_id in known
    ]
    return (
        *_references(case, known_at or date.max, set(known)),
        *_words(entries, Words(glossary, programs)),
        *_person(entries),
        *_before_birth(entries),
        *_after_death(entries),
        *_participation(entries),
        *problems_of_joins((path, r) for path, r in entries if isinstance(r, Sentence)),
        *_levels(entries),
        *_two_at_once(entries),
    )


def _id_problem(code: str, path: str, expected: str) -> Problem:
    """A problem of a reference. Ids belong to the caller and are not shown."""
    return Problem(code=code, path=path, found="the id of another record", expected=expected)


def _references(case: CaseFile, known_at: date, standing: set[RecordId]) -> Iterator[Problem]:
    """The problems of corrections, and of references to records that do not exist or not now."""
    by_id = {record.filed.record_id: record for _, record in case.entries()}
    lists = {record.filed.record_id: path.partition("[")[0] for path, record in case.entries()}
    filed = [entry for entry in case.entries() if entry[1].filed.recorded_on <= known_at]
    void = taken_back(record for _, record in filed)
    renewed = corrected_by((record for _, record in filed), void)
    corrected: set[str] = set()
    for path, record in filed:
        yield from _correction(path, record, by_id)
        if record.filed.corrects is not None and record.filed.record_id not in void:
            if record.filed.corrects in corrected:
                expected = "one correction of each record"
                yield _id_problem("corrected_twice", f"{path}.filed.corrects", expected)
            corrected.add(record.filed.corrects)
        if record.filed.record_id in standing:
            yield from _reference(path, record, lists, void, renewed)


def _reference(
    path: str,
    record: Record,
    lists: dict[RecordId, str],
    void: set[RecordId],
    renewed: dict[RecordId, RecordId],
) -> Iterator[Problem]:
    for field in fields_with(record, REFERS_TO):
        among, named = field.metadata[REFERS_TO], set[RecordId]()
        for place, target in references(record, field.name):
            if target in void or among != lists.get(target):
                yield _id_problem("dangling_id", f"{path}.{place}", f"an id among the {among}")
            newest = newest_of(target, renewed)
            if newest in named:
                expected = f"{among} of which none corrects another"
                yield _id_problem("repeated_item", f"{path}.{place}", expected)
            named.add(newest)


def _correction(path: str, record: Record, by_id: dict[RecordId, Record]) -> Iterator[Problem]:
    target = record.filed.corrects
    if target is None:
        return
    place, wrong = f"{path}.filed.corrects", by_id.get(target)
    if wrong is None:
        yield _id_problem("dangling_id", place, "the id of a record of this file")
    elif type(wrong) is not type(record) and not isinstance(record, Retraction):
        yield _id_problem("wrong_kind", place, "the id of a record of the same kind")
    elif record.filed.recorded_on < wrong.filed.recorded_on:
        yield Problem.of(
            record.filed.recorded_on,
            "ends_before_start",
            "a day not before the corrected record was recorded",
            path=f"{path}.filed.recorded_on",
        )
    elif _leads_back(record, by_id):
        yield _id_problem("circle", place, "corrections that do not lead back to this record")


def _leads_back(record: Record, by_id: dict[RecordId, Record]) -> bool:
    seen: set[RecordId] = set()
    step: Record | None = record
    while step is not None and step.filed.corrects is not None:
        if step.filed.corrects == record.filed.record_id:
            return True
        if step.filed.corrects in seen:
            return False
        seen.add(step.filed.corrects)
        step = by_id.get(step.filed.corrects)
    return False


def _words(entries: list[Entry], words: Words) -> Iterator[Problem]:
    for path, record in entries:
        for place, code, allowed, secret in words.used_in(record):
            if code not in allowed:
                meant = None if secret else code
                expected = one_of(allowed, meant) if allowed else "no record of this kind"
                yield Problem.of(
                    code, "unknown_value", expected, path=f"{path}.{place}", secret=secret
                )


def _person(entries: list[Entry]) -> Iterator[Problem]:
    particulars = [(path, r) for path, r in entries if isinstance(r, Beneficiary)]
    if not particulars:
        found = "none that was on file by the day up to which records count"
        expected = "the particulars of one person"
        yield Problem(code="empty_group", path="beneficiary", found=found, expected=expected)
    for path, record in particulars[1:]:
        if record.beneficiary_id != particulars[0][1].beneficiary_id:
            yield Problem.of(
                record.beneficiary_id,
                "two_people",
                "the same person throughout the file",
                path=f"{path}.beneficiary_id",
                secret=True,
            )


def _before_birth(entries: list[Entry]) -> Iterator[Problem]:
    births = [
        first_of(r.birth_date) for _, r in entries if isinstance(r, Beneficiary) and r.birth_date
    ]
    if not births:
        return
    birth = min(births)
    for place, _, day in _days(entries, FIRST_DAY):
        if last_of(day) < birth:
            yield Problem(
                code="before_birth",
                path=place,
                found="a day before the birth date",
                expected="a day on which the person was alive",
            )


def _after_death(entries: list[Entry]) -> Iterator[Problem]:
    """The problems of sources that tell a death, and what the person did after it."""
    deaths = {r.filed.source: r.died_on for _, r in entries if isinstance(r, Death)}
    for place, source, day in _days(entries, BY_PERSON):
        if last_of(deaths.get(source, day)) < first_of(day):
            yield Problem(
                code="after_death",
                path=place,
                found="a day after the death that the same source tells",
                expected="a day on which the person was alive",
            )


def _days(entries: list[Entry], key: str) -> Iterator[tuple[str, str, Day]]:
    """Each day that a field states which has this metadata, with its path and its source."""
    for path, record in entries:
        for field in fields_with(record, key):
            place, day = field.name, getattr(record, field.name)
            if isinstance(day, Days):
                place, day = f"{place}.start", day.start
            if isinstance(day, Day):
                yield join_path(path, place), record.filed.source, day


def _participation(entries: list[Entry]) -> Iterator[Problem]:
    by_id: dict[str | None, Record] = {r.filed.record_id: r for _, r in entries}
    for path, record in entries:
        if isinstance(record, Enrolment):
            referral = by_id.get(record.referral)
            if isinstance(referral, Referral):
                if referral.program_id != record.program_id:
                    yield Problem.of(
                        record.program_id,
                        "contradicts_itself",
                        "the programme of the referral",
                        path=f"{path}.program_id",
                    )
                if last_of(record.started_on) < first_of(referral.referred_on):
                    yield Problem.of(
                        record.started_on,
                        "ends_before_start",
                        "a day not before the referral",
                        path=f"{path}.started_on",
                    )
        if isinstance(record, Completion):
            enrolment = by_id.get(record.enrolment)
            if isinstance(enrolment, Enrolment) and last_of(record.ended_on) < first_of(
                enrolment.started_on
            ):
                yield Problem.of(
                    record.ended_on,
                    "ends_before_start",
                    "a day not before the enrolment started",
                    path=f"{path}.ended_on",
                )


def _levels(entries: list[Entry]) -> Iterator[Problem]:
    """The problems of decisions about assessments of risk that come too early or do not fit.

    A decision about an assessment that was corrected later is not checked for fit. A correction of
    the assessment cannot correct the decision as well: that waits for a person.
    """
    found = {r.filed.record_id: r for _, r in entries if isinstance(r, RiskAssessment)}
    said: dict[RecordId, set[str | None]] = {own: {r.level} for own, r in found.items()}
    for _, record in entries:
        if isinstance(record, LevelOverride) and record.assessment in said:
            said[record.assessment].add(record.level)
    for path, record in entries:
        if isinstance(record, LevelOverride | Resolution):
            ids = (record.assessment,) if isinstance(record, LevelOverride) else record.assessments
            named = [found[own] for own in ids if own in found]
            if any(last_of(record.decided_on) < first_of(a.assessed_on) for a in named):
                expected = "a day not before the assessment"
                place = f"{path}.decided_on"
                yield Problem.of(record.decided_on, "ends_before_start", expected, path=place)
            if any(a.filed.corrected_since(record.filed) for a in named) or len(named) < len(ids):
                continue
            if isinstance(record, Resolution):
                yield from _resolves(path, record, named, set().union(*(said[own] for own in ids)))
            elif record.level == named[0].level:
                expected = "another level than that of the assessment"
                yield Problem.of(record.level, "out_of_range", expected, path=f"{path}.level")


def _resolves(
    path: str, record: Resolution, named: list[RiskAssessment], said: set[str | None]
) -> Iterator[Problem]:
    """The problems of a resolution that mixes risks, or chooses a level that is not in dispute."""
    if len({assessment.domain for assessment in named}) > 1:
        expected = "assessments of risk overall, or of one domain"
        yield _id_problem("out_of_range", f"{path}.assessments", expected)
    if record.level not in said:
        expected = "a level that one of the assessments gave, or an override of it"
        yield Problem.of(record.level, "out_of_range", expected, path=f"{path}.level")


def _two_at_once(entries: list[Entry]) -> Iterator[Problem]:
    """The problems of one source that states twice, or in two ways, what it may state only once."""
    spans: dict[tuple[object, ...], list[tuple[str, Span]]] = defaultdict(list)
    completed: set[tuple[str, str]] = set()
    said: dict[tuple[str, str], object] = {}
    for path, record in entries:
        source = record.filed.source
        match record:
            case LegalStanding(span=Span()) | Placement(span=Span()):
                spans[type(record), source].append((path, record.span))
            case State(span=Span()):
                spans[State, source, record.kind].append((path, record.span))
            case Completion():
                if (source, record.enrolment) in completed:
                    expected = "one completion of each enrolment"
                    yield _id_problem("two_at_once", f"{path}.enrolment", expected)
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
    if value is not None and said.setdefault(key, value) != value:
        yield Problem.of(
            value,
            "contradicts_itself",
            "what the same source says elsewhere, or a correction of it",
            path=path,
            secret=True,
        )


def _overlaps(spans: list[tuple[str, Span]]) -> Iterator[Problem]:
    """The problems of spans that begin while an earlier span of the group certainly holds."""
    taken: date | None = date.min
    for path, span in sorted(spans, key=lambda item: item[1].start):
        if taken is None or span.start < taken:
            expected = "a span that begins when the others of the same source have ended"
            yield Problem.of(span.start, "two_at_once", expected, path=f"{path}.span")
        if taken is not None:
            taken = None if span.certain_end is None else max(taken, span.certain_end)
