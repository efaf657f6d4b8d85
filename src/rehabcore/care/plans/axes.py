"""The three axes of a version of a plan, and which of their states go together.

The states and what may change between them are the tables ``plan_life``, ``agreement`` and
``signature`` of ``care/machines``. No axis changes another.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

from rehabcore.strict.checked import checked
from rehabcore.strict.documents import parse_toml
from rehabcore.strict.frozen import frozen
from rehabcore.strict.structure import Codec


class PlanLife(StrEnum):
    """The place of a version in its life."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    TRANSFERRED = "transferred"
    REJECTED = "rejected"


class AgreementState(StrEnum):
    """The person's answer to a version, as it stands.

    It is updated if it differs from the last answer to an earlier version.
    """

    UNANSWERED = "unanswered"
    COULD_NOT_ANSWER = "could_not_answer"
    AGREED = "agreed"
    DO_NOT_AGREE = "do_not_agree"
    UPDATED_AGREED = "updated_agreed"
    UPDATED_DO_NOT_AGREE = "updated_do_not_agree"


class SignatureState(StrEnum):
    """The signatures under a version, as they stand."""

    UNSIGNED = "unsigned"
    SELF_SIGNED = "self_signed"
    AWAITING_COUNTERSIGN = "awaiting_countersign"
    COUNTERSIGNED = "countersigned"
    AWAITING_DOUBLE_COUNTERSIGN = "awaiting_double_countersign"
    DOUBLE_COUNTERSIGNED = "double_countersigned"
    REJECTED = "rejected"
    LOCKED_INCOMPLETE = "locked_incomplete"
    ROLLED_BACK = "rolled_back"


class PlanStatus(StrEnum):
    """Where a version stands, in one word that is read from the three axes."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    UNABLE = "unable"
    SIGNED = "signed"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    TRANSFERRED = "transferred"
    REJECTED = "rejected"


AGREEING = frozenset({AgreementState.AGREED, AgreementState.UPDATED_AGREED})
"""The answers by which the person agrees."""
DISAGREEING = frozenset({AgreementState.DO_NOT_AGREE, AgreementState.UPDATED_DO_NOT_AGREE})
"""The answers by which the person does not agree."""
FULLY_SIGNED = frozenset(
    {
        SignatureState.SELF_SIGNED,
        SignatureState.COUNTERSIGNED,
        SignatureState.DOUBLE_COUNTERSIGNED,
    }
)
"""The states in which nobody else has to sign."""
AWAITING = frozenset(
    {SignatureState.AWAITING_COUNTERSIGN, SignatureState.AWAITING_DOUBLE_COUNTERSIGN}
)
"""The states in which a signature is awaited."""

_OF_ANSWERS = {
    AgreementState.UNANSWERED: PlanStatus.PROPOSED,
    AgreementState.COULD_NOT_ANSWER: PlanStatus.UNABLE,
    **dict.fromkeys(AGREEING, PlanStatus.AGREED),
    **dict.fromkeys(DISAGREEING, PlanStatus.DISAGREED),
}


def status_of(life: PlanLife, agreement: AgreementState, signature: SignatureState) -> PlanStatus:
    """Where a version stands, in one word."""
    if life is not PlanLife.PROPOSED:
        return PlanStatus(life.value)
    return PlanStatus.SIGNED if signature in FULLY_SIGNED else _OF_ANSWERS[agreement]


@frozen(kw_only=True)
@checked
class AllowedTogether:
    """A row of the table: each of these states goes with each of the others."""

    life: tuple[PlanLife, ...]
    agreement: tuple[AgreementState, ...]
    signature: tuple[SignatureState, ...]


@cache
def allowed_together() -> tuple[AllowedTogether, ...]:
    """The rows of the one table that says which states go together."""
    plain = parse_toml(Path(__file__).with_name("allowed_together.toml").read_bytes())
    return Codec().read(plain["allowed"], tuple[AllowedTogether, ...], path="allowed")


def go_together(life: PlanLife, agreement: AgreementState, signature: SignatureState) -> bool:
    """Whether a row of the table allows these states together."""
    return any(
        life in row.life and agreement in row.agreement and signature in row.signature
        for row in allowed_together()
    )
