"""What a country says of risk, need and responsivity; where it says nothing, nothing is known."""

from attrs import field, frozen

from rehabcore.care.needs.dosage import DosagePolicy
from rehabcore.care.needs.groups import Apart
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.strict.checked import checked


@frozen(kw_only=True)
@checked
class RnrPolicy:
    """Dosage, what comes first, and who is kept apart."""

    dosage: DosagePolicy = field(factory=DosagePolicy)
    sequence: SequencePolicy = field(factory=SequencePolicy)
    apart: Apart | None = None
