"""Factors of responsivity: what calls for another way of delivery, such as literacy or trauma."""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import first_day, word
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, PartialEnd
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class ResponsivityFactor:
    """Somebody looked for a factor of a kind, and found it present or not.

    It may change how a programme is delivered to the person, never the level of a risk or need. It
    counts until ``expires``, or until a newer one of its kind.
    """

    filed: Filed
    kind: str = field(metadata=word("responsivity_kinds"))
    present: bool
    found_on: Day = field(metadata=first_day())
    expires: PartialEnd = OPEN

    def _problems(self) -> Iterable[Problem]:
        return expires_after(self.found_on, self.expires)
