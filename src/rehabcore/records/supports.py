"""People who stand by the person, strengths of the person, and goals of the person's own."""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import by_person, first_day, word
from rehabcore.records.filing import Filed
from rehabcore.rules.time.partial import Day, Days
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class Supporter:
    """Somebody who stands by the person over a span of days, known by a role of the country alone.

    Nothing here says who it is. ``agrees`` tells whether the supporter agreed to take part in the
    work with the person; None means that nobody has said.
    """

    filed: Filed
    role: str = field(metadata=word("supporter_roles"))
    span: Days = field(metadata=first_day())
    agrees: bool | None = None


@frozen(kw_only=True)
@checked
class Strength:
    """Something that the person can or has, in the person's own words.

    ``domain`` is the need domain to which it belongs; None if it belongs to none.
    """

    filed: Filed
    said: str = field(repr=False, metadata=SECRET)
    said_on: Day = field(metadata=first_day() | by_person())
    domain: str | None = field(default=None, metadata=word("need_domains"))

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "said")


@frozen(kw_only=True)
@checked
class OwnGoal:
    """Something that the person wants to reach, in the person's own words, over a span of days.

    ``domain`` is the need domain to which it belongs; None if it belongs to none.
    """

    filed: Filed
    said: str = field(repr=False, metadata=SECRET)
    span: Days = field(metadata=first_day() | by_person())
    domain: str | None = field(default=None, metadata=word("need_domains"))

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "said")
