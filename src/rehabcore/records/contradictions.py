"""Whether a record fits another that it names: not too early, of its programme, of its levels.

If one office says both, that is an error. If two offices do, nobody knows who is right: that is a
fault of the record which names the other.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from rehabcore.records.assessments import (
    LevelOverride,
    NeedsAssessment,
    Resolution,
    RiskAssessment,
)
from rehabcore.records.care import Completion, Enrolment, Referral
from rehabcore.records.case_file import Record
from rehabcore.records.contests import NeedsContest, RiskContest
from rehabcore.records.faults import (
    Entry,
    Fault,
    contradicting,
    id_problem,
    leaving_aside,
    without_links,
)
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import RecordId

_Decision = LevelOverride | Resolution
"""A decision about assessments of risk."""


def contradictions(
    entries: Sequence[Entry], unsure: Container[RecordId]
) -> Iterator[Problem | Fault]:
    """The problems of records that do not fit those they name; a fault where two offices differ.

    Args:
        entries: the records that stand.
        unsure: the ids of those that use a code which the country does not know.
    """
    by_id: dict[str | None, Record] = {record.filed.record_id: record for _, record in entries}
    said = _levels_said(by_id)
    for path, record in entries:
        match record:
            case Enrolment():
                if isinstance(referral := by_id.get(record.referral), Referral):
                    found = _against_referral(path, record, referral)
                    without = without_links(record, "referral", ())
                    yield from contradicting(found, record, [referral], without, unsure)
            case Completion():
                if isinstance(enrolment := by_id.get(record.enrolment), Enrolment):
                    found = _against_enrolment(path, record, enrolment)
                    yield from contradicting(
                        found, record, [enrolment], leaving_aside(record), unsure
                    )
            case NeedsContest() | RiskContest():
                assessed = by_id.get(record.assessment)
                if isinstance(assessed, NeedsAssessment | RiskAssessment):
                    found = _early(
                        f"{path}.contested_on",
                        record.contested_on,
                        [assessed.assessed_on],
                        "a day not before the assessment",
                    )
                    yield from contradicting(
                        found, record, [assessed], leaving_aside(record), unsure
                    )
            case LevelOverride() | Resolution():
                ids = _assessments(record)
                named = [one for i in ids if isinstance(one := by_id.get(i), RiskAssessment)]
                found = _against_assessments(path, record, named, said)
                yield from contradicting(found, record, named, leaving_aside(record), unsure)


def _early(path: str, on: Day, starts: Iterable[Day], expected: str) -> Iterator[Problem]:
    """The problem of a day that certainly comes before one of those that it has to follow."""
    if any(last_of(on) < first_of(start) for start in starts):
        yield Problem.of(on, "ends_before_start", expected, path=path)


def _against_referral(path: str, enrolment: Enrolment, referral: Referral) -> Iterator[Problem]:
    if referral.program_id != enrolment.program_id:
        expected, place = "the programme of the referral", f"{path}.program_id"
        yield Problem.of(enrolment.program_id, "contradicts_itself", expected, path=place)
    expected = "a day not before the referral"
    yield from _early(f"{path}.started_on", enrolment.started_on, [referral.referred_on], expected)


def _against_enrolment(path: str, end: Completion, enrolment: Enrolment) -> Iterator[Problem]:
    expected = "a day not before the enrolment started"
    yield from _early(f"{path}.ended_on", end.ended_on, [enrolment.started_on], expected)


# --- decisions about assessments of risk --------------------------------------------------


def _assessments(decision: _Decision) -> tuple[RecordId, ...]:
    if isinstance(decision, LevelOverride):
        return (decision.assessment,)
    return decision.assessments


def _levels_said(by_id: Mapping[str | None, Record]) -> dict[str, set[str | None]]:
    """The levels that were said of each assessment: its own, and those of overrides of it."""
    said: dict[str, set[str | None]] = {
        record.filed.record_id: {record.level}
        for record in by_id.values()
        if isinstance(record, RiskAssessment)
    }
    for record in by_id.values():
        if isinstance(record, LevelOverride) and record.assessment in said:
            said[record.assessment].add(record.level)
    return said


def _against_assessments(
    path: str,
    decision: _Decision,
    named: Sequence[RiskAssessment],
    said: Mapping[str, set[str | None]],
) -> Iterator[Problem]:
    """The problems of a decision that comes too early or does not fit.

    A decision about an assessment that was corrected later is not checked for fit. A correction of
    the assessment cannot correct the decision as well: that waits for a person.
    """
    expected = "a day not before the assessment"
    days = [assessment.assessed_on for assessment in named]
    yield from _early(f"{path}.decided_on", decision.decided_on, days, expected)
    since = any(assessment.filed.corrected_since(decision.filed) for assessment in named)
    if since or len(named) < len(_assessments(decision)):
        return
    if isinstance(decision, Resolution):
        levels = set().union(*(said[own] for own in decision.assessments))
        yield from _resolves(path, decision, named, levels)
    elif decision.level == named[0].level:
        expected = "another level than that of the assessment"
        yield Problem.of(decision.level, "out_of_range", expected, path=f"{path}.level")


def _resolves(
    path: str, record: Resolution, named: Sequence[RiskAssessment], said: set[str | None]
) -> Iterator[Problem]:
    """The problems of a resolution that mixes risks, or chooses a level that is not in dispute."""
    if len({assessment.domain for assessment in named}) > 1:
        expected = "assessments of risk overall, or of one domain"
        yield id_problem("out_of_range", f"{path}.assessments", expected)
    if record.level not in said:
        expected = "a level that one of the assessments gave, or an override of it"
        yield Problem.of(record.level, "out_of_range", expected, path=f"{path}.level")
