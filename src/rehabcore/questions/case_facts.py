"""What one case file answers to the facts that rules ask."""

from collections.abc import Callable, Iterable
from datetime import date

from rehabcore.levels.policy import RiskPolicy
from rehabcore.questions.derived.derivation import Derived
from rehabcore.questions.reading import read
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.checked import require_day


class CaseFacts:
    """The facts of a case file, each read once, when it is first asked.

    Args:
        case: the case file.
        known_at: the day up to which records count; None for everything on file.
        derived: the facts that the country makes of others (``Jurisdiction.derived``).
        risk_policy: how far it lets levels of risk be overridden, and when risk is assessed anew
            (``Jurisdiction.risk_policy``). Hand over the country's: left out, nothing limits an
            override, so that one counts which goes further than the country allows.
    """

    def __init__(
        self,
        case: CaseFile,
        *,
        known_at: date | None = None,
        derived: Iterable[Derived] = (),
        risk_policy: RiskPolicy | None = None,
    ) -> None:
        self._view = case.as_known(known_at or date.max)
        self._risk_policy = risk_policy or RiskPolicy()
        self._derived = {made.fact.name: made for made in derived}
        self._read: dict[Asked, Timeline[Cell]] = {}

    def timeline(self, asked: Asked) -> Timeline[Cell]:
        """What is known of a fact on every day."""
        known = self._read.get(asked)
        if known is None:
            made = self._derived.get(asked.fact.name)
            known = made.read(self.timeline) if made else read(asked, self._view, self._risk_policy)
            self._read[asked] = known
        return known

    def on(self, day: date) -> Callable[[Asked], Cell]:
        """What is known of any fact on one day; the form in which ``judge`` takes it.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
        """
        require_day(day, "day")
        return lambda asked: self.timeline(asked).at(day)
