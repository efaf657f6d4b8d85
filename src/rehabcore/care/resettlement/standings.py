"""How pathways stand: what is told of their status, needs and assessments, with the history."""

from collections.abc import Iterable
from enum import StrEnum

from attrs import field

from rehabcore.care.resettlement.resets import ResetSeen
from rehabcore.records.fields import word
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import (
    PathwayAssessmentKind,
    PathwayStatus,
    RecordId,
    SkipReason,
    SupportNeedStatus,
)


class ChangedBy(StrEnum):
    """The way in which a status came about."""

    ACT = "act"
    ASSESSMENT = "assessment"
    RESET = "reset"


@frozen(kw_only=True)
@checked
class StatusChange:
    """A status that a pathway or a need came to, and the record by which it did.

    It ``fits`` if the machine allows it from the status before. It happened all the same.
    """

    status: str
    on: Day
    by: ChangedBy
    record_id: RecordId = field(metadata=SECRET)
    fits: bool = True


@frozen(kw_only=True)
@checked
class SupportNeedSeen:
    """A need for support, as it stands on a day. ``history`` begins after it was identified."""

    record_id: RecordId = field(metadata=SECRET)
    need: str = field(repr=False, metadata=SECRET | word("support_needs"))
    identified_on: Day
    status: SupportNeedStatus
    history: tuple[StatusChange, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still has to be met."""
        return self.status in (SupportNeedStatus.NOT_STARTED, SupportNeedStatus.IN_PROGRESS)

    def _problems(self) -> Iterable[Problem]:
        return _last_of_history(self)


@frozen(kw_only=True)
@checked
class PathwaySeen:
    """A pathway, as it stands on a day, with every status that it ever had.

    ``none_identified_on`` is the day on which somebody looked for needs and found none; it is None
    as soon as there is a need.
    """

    pathway: str = field(repr=False, metadata=SECRET | word("pathways"))
    status: PathwayStatus
    history: tuple[StatusChange, ...] = ()
    needs: tuple[SupportNeedSeen, ...] = ()
    none_identified_on: Day | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be found out or done."""
        return self.status in _OPEN

    def _problems(self) -> Iterable[Problem]:
        return _last_of_history(self)


_OPEN = (PathwayStatus.NOT_STARTED, PathwayStatus.IN_PROGRESS, PathwayStatus.SUPPORT_REQUIRED)


def _last_of_history(seen: PathwaySeen | SupportNeedSeen) -> Iterable[Problem]:
    last = seen.history[-1].status if seen.history else PathwayStatus.NOT_STARTED.value
    if seen.status != last:
        expected = f"the last status of the history, {last}"
        yield Problem.of(seen.status, "contradicts_itself", expected, path="status")


@frozen(kw_only=True)
@checked
class PathwayAnswerSeen:
    """The answer of an assessment for one pathway; no status if nobody has answered yet.

    If it is ``prefilled``, it is the answer of the assessment of immediate needs, which somebody
    has to look at before it counts.
    """

    pathway: str = field(repr=False, metadata=SECRET | word("pathways"))
    status: PathwayStatus | None = None
    record_id: RecordId | None = field(default=None, metadata=SECRET)
    prefilled: bool = False

    @property
    def complete(self) -> bool:
        """Whether somebody answered in this very assessment."""
        return self.status is not None and not self.prefilled


@frozen(kw_only=True)
@checked
class AssessmentSeen:
    """One of the two assessments, with an answer for each pathway, since the last reset.

    ``misplaced`` are records that could not do what they say: submitted before every pathway had an
    answer, or skipped after it had begun. ``earlier`` are those from before the last reset.
    """

    kind: PathwayAssessmentKind
    answers: tuple[PathwayAnswerSeen, ...]
    submitted_on: Day | None = None
    skipped: SkipReason | None = None
    misplaced: tuple[RecordId, ...] = field(default=(), metadata=SECRET)
    earlier: tuple[RecordId, ...] = field(default=(), metadata=SECRET)

    @property
    def begun(self) -> bool:
        """Whether somebody has answered for some pathway."""
        return any(answer.complete for answer in self.answers)

    def _problems(self) -> Iterable[Problem]:
        if self.submitted_on is not None and not all(one.complete for one in self.answers):
            expected = "nothing here, unless every pathway has an answer"
            yield Problem.of(self.submitted_on, "contradicts_itself", expected, path="submitted_on")


@frozen(kw_only=True)
@checked
class PathwaysSeen:
    """All pathways of a person, as they stand on a day; none if the country has no list of them.

    ``assessments`` are that of immediate needs and that before release. ``misplaced`` are acts on a
    need of which somebody said that there is none.
    """

    pathways: tuple[PathwaySeen, ...] = ()
    assessments: tuple[AssessmentSeen, ...] = ()
    resets: tuple[ResetSeen, ...] = ()
    assessment_required: bool = False
    review_available: bool = False
    misplaced: tuple[RecordId, ...] = field(default=(), metadata=SECRET)

    @property
    def reset_to_file(self) -> ResetSeen | None:
        """The last reset, if nobody has filed it."""
        last = self.resets[-1] if self.resets else None
        return None if last is None or last.filed else last


def due_assessments(entry: AssessmentSeen, before_release: AssessmentSeen) -> tuple[bool, bool]:
    """Whether an assessment is required, and whether the one before release is available.

    One is required as long as neither that on entry was submitted or skipped, nor that before
    release has begun. From then on that before release is available, until it is submitted.
    """
    known = entry.submitted_on is not None or entry.skipped is not None or before_release.begun
    return not known, known and before_release.submitted_on is None
