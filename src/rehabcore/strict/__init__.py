"""The strictness that every room relies on: problems, plain data, checked records, closed lists."""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.strict.checked": "EARLIEST_YEAR LATEST_YEAR",
    "rehabcore.strict.documents": "DEEPEST_INPUT LARGEST_INPUT",
    "rehabcore.strict.problems": (
        "InputError JurisdictionError NotInForceError Problem RehabcoreError"
    ),
    "rehabcore.strict.vocabulary": (
        "AttendanceOutcome Basis BeneficiaryId CaseId Clock DecisionOutcome Deliverer "
        "DiversionEvent GoalId Kind LegalStatus Modality Outcome PreparationItem ProgramId "
        "RecordId RequirementKind ResidencyEvent Setting Sex Stability StaffId StepId UnitEvent "
        "UnitStage"
    ),
}
"""The names that the package offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.strict.checked import EARLIEST_YEAR as EARLIEST_YEAR
    from rehabcore.strict.checked import LATEST_YEAR as LATEST_YEAR
    from rehabcore.strict.documents import DEEPEST_INPUT as DEEPEST_INPUT
    from rehabcore.strict.documents import LARGEST_INPUT as LARGEST_INPUT
    from rehabcore.strict.problems import InputError as InputError
    from rehabcore.strict.problems import JurisdictionError as JurisdictionError
    from rehabcore.strict.problems import NotInForceError as NotInForceError
    from rehabcore.strict.problems import Problem as Problem
    from rehabcore.strict.problems import RehabcoreError as RehabcoreError
    from rehabcore.strict.vocabulary import AttendanceOutcome as AttendanceOutcome
    from rehabcore.strict.vocabulary import Basis as Basis
    from rehabcore.strict.vocabulary import BeneficiaryId as BeneficiaryId
    from rehabcore.strict.vocabulary import CaseId as CaseId
    from rehabcore.strict.vocabulary import Clock as Clock
    from rehabcore.strict.vocabulary import DecisionOutcome as DecisionOutcome
    from rehabcore.strict.vocabulary import Deliverer as Deliverer
    from rehabcore.strict.vocabulary import DiversionEvent as DiversionEvent
    from rehabcore.strict.vocabulary import GoalId as GoalId
    from rehabcore.strict.vocabulary import Kind as Kind
    from rehabcore.strict.vocabulary import LegalStatus as LegalStatus
    from rehabcore.strict.vocabulary import Modality as Modality
    from rehabcore.strict.vocabulary import Outcome as Outcome
    from rehabcore.strict.vocabulary import PreparationItem as PreparationItem
    from rehabcore.strict.vocabulary import ProgramId as ProgramId
    from rehabcore.strict.vocabulary import RecordId as RecordId
    from rehabcore.strict.vocabulary import RequirementKind as RequirementKind
    from rehabcore.strict.vocabulary import ResidencyEvent as ResidencyEvent
    from rehabcore.strict.vocabulary import Setting as Setting
    from rehabcore.strict.vocabulary import Sex as Sex
    from rehabcore.strict.vocabulary import Stability as Stability
    from rehabcore.strict.vocabulary import StaffId as StaffId
    from rehabcore.strict.vocabulary import StepId as StepId
    from rehabcore.strict.vocabulary import UnitEvent as UnitEvent
    from rehabcore.strict.vocabulary import UnitStage as UnitStage
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
