"""A country, read and checked: everything its rules need, resolved."""

from collections.abc import Mapping

from attrs import field, frozen

from rehabcore.care.moves import MoveRule
from rehabcore.care.needs import RnrPolicy
from rehabcore.levels.policy import RiskPolicy
from rehabcore.plans import PlanPolicy
from rehabcore.programs import Program
from rehabcore.questions import Derived
from rehabcore.records import Glossary
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.data.version_forms import Constant
from rehabcore.rules.facts import Fact
from rehabcore.rules.law.versions import Versions
from rehabcore.rules.sources import Source, Text
from rehabcore.strict.vocabulary import ProgramId

Parameter = Versions[Constant]
"""A figure of law, in every version that is known."""


@frozen(kw_only=True)
class Jurisdiction:
    """The law and catalogue of a country, perhaps with an agency's overlay.

    ``packs`` are the packs it was read from, as ``id@version``, an overlay last. ``facts`` are
    all that rules may ask, also the ``derived`` ones. ``parameters`` are the dated figures of law,
    and ``rules`` the named criteria, that others refer to. ``rnr_policy`` is what the country says
    of risk, need and responsivity. ``languages`` are those in which titles are meant to be
    complete, the country's own first.
    """

    jurisdiction_id: str
    title: Text
    about: Text
    packs: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    glossary: Glossary
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Criterion]
    programs: tuple[Program, ...]
    plan_policy: PlanPolicy
    moves: tuple[MoveRule, ...]
    risk_policy: RiskPolicy
    derived: tuple[Derived, ...] = ()
    rnr_policy: RnrPolicy = field(factory=RnrPolicy)

    def known_programs(self) -> tuple[ProgramId, ...]:
        """The ids that records may mention: the catalogue's, then those of other providers."""
        others = (ProgramId(code) for code in codes(self.glossary.other_programs))
        return (*(program.program_id for program in self.programs), *others)
