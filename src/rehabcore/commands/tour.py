"""The main job on a bundled case, as one story: what is open, what a rule asks, what would open.

The person, the country and its law are invented.
"""

from datetime import date

from attrs import frozen

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.results import MatchResult, PlanResult
from rehabcore.programs import Offer, Program
from rehabcore.records import CaseFile

_ON = date(2026, 2, 16)


@frozen(kw_only=True)
class Tour:
    """The story, all of it from what was on file on its day.

    ``offers`` is what all programmes answer; ``program`` the first that cannot answer yet; ``near``
    one that is closed, with the way to it; ``plan`` what follows.
    """

    offers: MatchResult
    program: Program
    near: Offer
    plan: PlanResult


def tour() -> Tour:
    """Ask the bundled case everything that the story tells."""
    country = jurisdictions.load("xx")
    case = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
    matched = casework.match(case, country, on=_ON, known_at=_ON)
    near = casework.near(case, country, on=_ON, known_at=_ON)
    planned = casework.plan(case, country, on=_ON, known_at=_ON)
    return Tour(
        offers=matched,
        program=matched.grounds.program(matched.unknown[0].program_id),
        near=near.reachable[-1],
        plan=planned,
    )
