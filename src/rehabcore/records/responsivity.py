"""What in a person calls for another way of delivery: literacy, language, trauma, motivation."""

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from rehabcore.records.fields import first_day, word
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.time.days import OPEN, End
from rehabcore.strict.checked import checked
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class ResponsivityFactor:
    """Somebody looked for a factor of a kind, and found it present or not.

    It changes how a programme is delivered to the person, never how high a risk or a need is. It
    counts until ``expires``, or a newer one of its kind.
    """

    filed: Filed
    kind: str = field(metadata=word("responsivity_kinds"))
    present: bool
    found_on: date = field(metadata=first_day())
    expires: End = OPEN

    def _problems(self) -> Iterable[Problem]:
        return expires_after(self.found_on, self.expires)
