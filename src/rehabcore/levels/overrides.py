"""How often levels of risk are overridden, and in which direction, over many case files.

A high share may mean that the instrument does not fit the people, or that staff do not believe it.
The report holds only numbers: no id of a person, a record or a member of staff.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from rehabcore.levels.policy import RiskPolicy
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.well_formed import share
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen


@frozen(kw_only=True)
@checked
class OverrideReport:
    """Counts of the overrides of confirmed assessments of risk that gave a level.

    ``assessments`` counts these assessments, ``overridden`` those with at least one override.
    ``up``, ``down`` and ``beyond`` (further than the limits) count overrides; an assessment may
    have several. ``by_decider`` has the number of overrides of each person who overrode, the
    greatest first. ``most_share`` is the share that the country allows; None if it publishes none.
    """

    assessments: int
    overridden: int
    up: int
    down: int
    beyond: int
    by_decider: tuple[int, ...]
    most_share: str | None = None

    @property
    def rate(self) -> Fraction | None:
        """The share of assessments that was overridden, from 0 to 1; None if there were none."""
        return Fraction(self.overridden, self.assessments) if self.assessments else None

    @property
    def within_share(self) -> bool | None:
        """Whether the rate is at most the share allowed; None if either does not exist."""
        if self.rate is None or self.most_share is None:
            return None
        return self.rate <= share(self.most_share)


@checked_arguments
def override_report(
    cases: Iterable[CaseFile],
    policy: RiskPolicy,
    *,
    within: Span | None = None,
    known_at: date | None = None,
) -> OverrideReport:
    """Count the overrides of many case files.

    Args:
        cases: the case files, each of one person.
        policy: the order of the levels, and the limits of overrides.
        within: only assessments certainly made on these days count; None for all of them.
        known_at: the day up to which records count; None for everything on file.
    """
    assessments, overridden, up, down, beyond = 0, 0, 0, 0, 0
    deciders = Counter[str]()
    for view in (case.as_known(known_at or date.max) for case in cases):
        levels = {
            a.filed.record_id: a.level
            for a in view.risk_assessments
            if a.confirmed_by is not None and a.level is not None
            if within is None or _certainly(a.assessed_on, within)
        }
        overrides = [o for o in view.level_overrides if o.assessment in levels]
        steps = [policy.steps(levels[o.assessment], o.level) for o in overrides]
        assessments += len(levels)
        overridden += len({o.assessment for o in overrides})
        up += sum(step > 0 for step in steps)
        down += sum(step < 0 for step in steps)
        beyond += sum(not policy.allows(levels[o.assessment], o.level) for o in overrides)
        deciders.update(o.decided_by for o in overrides)
    return OverrideReport(
        assessments=assessments,
        overridden=overridden,
        up=up,
        down=down,
        beyond=beyond,
        by_decider=tuple(sorted(deciders.values(), reverse=True)),
        most_share=policy.overrides.most_share,
    )


def _certainly(day: Day, within: Span) -> bool:
    return first_of(day) in within and last_of(day) in within
