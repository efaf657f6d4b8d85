"""The policy of a country on risk, need and responsivity; what it does not state is not assumed."""

from attrs import field

from rehabcore.care.needs.dosage import DosagePolicy
from rehabcore.care.needs.groups import Apart
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen


@frozen(kw_only=True)
@checked
class RnrPolicy:
    """The policies of a country on dosage, on the order of work, and on who is kept apart."""

    dosage: DosagePolicy = field(factory=DosagePolicy)
    sequence: SequencePolicy = field(factory=SequencePolicy)
    apart: Apart | None = None
