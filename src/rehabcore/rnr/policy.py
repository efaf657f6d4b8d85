"""What a country says of risk, need and responsivity; where it says nothing, nothing is known."""

from attrs import field, frozen

from rehabcore.rnr.dosage import DosagePolicy
from rehabcore.rnr.groups import Apart
from rehabcore.rnr.sequencing import SequencePolicy
from rehabcore.verification import verify


@frozen(kw_only=True)
class RnrPolicy:
    """Dosage, what comes first, and who is kept apart."""

    dosage: DosagePolicy = field(factory=DosagePolicy)
    sequence: SequencePolicy = field(factory=SequencePolicy)
    apart: Apart | None = None

    def __attrs_post_init__(self) -> None:
        verify(self)
