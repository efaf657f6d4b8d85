"""Resettlement: what is done on each pathway, such as housing or work, so that a release can last.

Which pathways there are, the country says. A country without such a list has none.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import first_day, parts, refers_to, word
from rehabcore.records.filing import Filed
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import (
    PathwayAssessmentKind,
    PathwayStatus,
    RecordId,
    ResetReason,
    SkipReason,
    StaffId,
    SupportNeedStatus,
)


@frozen(kw_only=True)
@checked
class PathwayAct:
    """A status that somebody gave to one pathway, on one day."""

    filed: Filed
    pathway: str = field(repr=False, metadata=SECRET | word("pathways"))
    status: PathwayStatus
    on: Day = field(metadata=first_day())
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return _begun(self.status)


@frozen(kw_only=True)
@checked
class PathwayAnswer:
    """The status that an assessment finds right for one pathway."""

    pathway: str = field(repr=False, metadata=SECRET | word("pathways"))
    status: PathwayStatus

    def _problems(self) -> Iterable[Problem]:
        return _begun(self.status)


@frozen(kw_only=True)
@checked
class PathwayAssessment:
    """Answers of one assessment, saved on one day, for all pathways or for some.

    If it is ``submitted``, the answers that were saved by then become the status of their pathways,
    provided that every pathway of the country has one. ``skipped`` tells why the assessment of
    immediate needs is left out instead.
    """

    filed: Filed
    kind: PathwayAssessmentKind
    on: Day = field(metadata=first_day())
    answers: tuple[PathwayAnswer, ...] = field(default=(), metadata=parts())
    submitted: bool = False
    skipped: SkipReason | None = None
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        seen: set[str] = set()
        for index, answer in enumerate(self.answers):
            if answer.pathway in seen:
                path, expected = f"answers[{index}].pathway", "every pathway once"
                yield Problem.of(answer.pathway, "repeated_item", expected, path=path, secret=True)
            seen.add(answer.pathway)
        if self.skipped is not None:
            entry = self.kind is PathwayAssessmentKind.IMMEDIATE_NEEDS
            if not entry or self.answers or self.submitted:
                expected = "nothing here, unless it is immediate_needs without answers"
                yield Problem.of(self.skipped, "contradicts_itself", expected, path="skipped")


@frozen(kw_only=True)
@checked
class PathwayReset:
    """The day on which all pathways, needs for support and assessments begin anew, and why."""

    filed: Filed
    on: Day = field(metadata=first_day())
    reason: ResetReason
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)


@frozen(kw_only=True)
@checked
class SupportNeed:
    """Something for which the person needs support on one pathway, a code of the country.

    ``need`` is None if somebody looked and found none.
    """

    filed: Filed
    pathway: str = field(repr=False, metadata=SECRET | word("pathways"))
    identified_on: Day = field(metadata=first_day())
    need: str | None = field(default=None, repr=False, metadata=SECRET | word("support_needs"))


@frozen(kw_only=True)
@checked
class SupportNeedAct:
    """A status that somebody gave to one need for support, on one day."""

    filed: Filed
    support_need: RecordId = field(metadata=SECRET | refers_to("support_needs"))
    status: SupportNeedStatus
    on: Day = field(metadata=first_day())
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return _begun(self.status)


def _begun(status: PathwayStatus | SupportNeedStatus) -> Iterable[Problem]:
    if status in (PathwayStatus.NOT_STARTED, SupportNeedStatus.NOT_STARTED):
        expected = "another status: only a reset leads back to it"
        yield Problem.of(status, "out_of_range", expected, path="status")
