"""The result of comparing two rules: who is answered otherwise, complete with its grounds."""

from rehabcore.casework.results import Grounds
from rehabcore.rules.differences.kinds import RuleDifference
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_line


@frozen(kw_only=True)
@checked
class DifferenceResult:
    """The kinds of people to whom two rules give different answers on the day of the stamp.

    The grounds are those of the later rule. ``earlier`` are the packs of the earlier one, which may
    be the same.
    """

    grounds: Grounds
    earlier: tuple[str, ...]
    difference: RuleDifference

    def __repr__(self) -> str:
        found = self.difference
        proved = "proved" if found.proved else f"found in {found.weighed}"
        return one_line(f"<DifferenceResult {self.grounds.in_short}: {len(found.kinds)}, {proved}>")
