"""People who must not meet in a group.

Nobody else is named here, and nothing leads to anybody else.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import first_day
from rehabcore.records.filing import Filed
from rehabcore.rules.time.partial import Days
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class Separation:
    """Over a span of days the person is not to be in one group with the members of ``apart_from``.

    ``apart_from`` is a code of the caller's, who alone knows whom it stands for. It must not be the
    id of a person.
    """

    filed: Filed
    apart_from: str = field(repr=False, metadata=SECRET)
    span: Days = field(metadata=first_day())

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "apart_from")
