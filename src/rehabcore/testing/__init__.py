"""The testing kit: what a team needs that proves its own rules, plans and stores.

    from hypothesis import given
    from rehabcore import testing

    @given(testing.cases("xx"))
    def test_my_rule(case): ...

It needs the extra ``testing``, so nothing else of the library imports it, and it is imported by
its own name. Its names are loaded when they are first used.
"""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.testing.code": "as_code",
    "rehabcore.testing.machines.case_stores": "CaseworkMachine ThroughcareMachine",
    "rehabcore.testing.machines.plan_stores": "PlanStoreMachine",
    "rehabcore.testing.people.examples": "person_of",
    "rehabcore.testing.strategies.assessments": "assessments",
    "rehabcore.testing.strategies.cases": "beneficiaries cases histories",
    "rehabcore.testing.strategies.criteria": "criteria sheets",
    "rehabcore.testing.strategies.facts": "cells_for facts",
    "rehabcore.testing.strategies.forms": "answers forms",
    "rehabcore.testing.strategies.near": "cases_near days_near",
    "rehabcore.testing.strategies.plans": "plans programs",
    "rehabcore.testing.strategies.time": "days spans terms",
}
"""The names that the kit offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.testing.code import as_code as as_code
    from rehabcore.testing.machines.case_stores import CaseworkMachine as CaseworkMachine
    from rehabcore.testing.machines.case_stores import ThroughcareMachine as ThroughcareMachine
    from rehabcore.testing.machines.plan_stores import PlanStoreMachine as PlanStoreMachine
    from rehabcore.testing.people.examples import person_of as person_of
    from rehabcore.testing.strategies.assessments import assessments as assessments
    from rehabcore.testing.strategies.cases import beneficiaries as beneficiaries
    from rehabcore.testing.strategies.cases import cases as cases
    from rehabcore.testing.strategies.cases import histories as histories
    from rehabcore.testing.strategies.criteria import criteria as criteria
    from rehabcore.testing.strategies.criteria import sheets as sheets
    from rehabcore.testing.strategies.facts import cells_for as cells_for
    from rehabcore.testing.strategies.facts import facts as facts
    from rehabcore.testing.strategies.forms import answers as answers
    from rehabcore.testing.strategies.forms import forms as forms
    from rehabcore.testing.strategies.near import cases_near as cases_near
    from rehabcore.testing.strategies.near import days_near as days_near
    from rehabcore.testing.strategies.plans import plans as plans
    from rehabcore.testing.strategies.plans import programs as programs
    from rehabcore.testing.strategies.time import days as days
    from rehabcore.testing.strategies.time import spans as spans
    from rehabcore.testing.strategies.time import terms as terms
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
