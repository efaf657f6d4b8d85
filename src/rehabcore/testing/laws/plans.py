"""The laws of a country's policy of plans: what is drafted by it keeps the laws of plans."""

from datetime import date
from functools import partial

from rehabcore.care.plans.laws.checking import CONTENT_CHECKS, plan_laws
from rehabcore.casework import check_plan, plan
from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.records import CaseFile
from rehabcore.rules.truth import Answer
from rehabcore.testing.laws.law import Law, holds_for, require
from rehabcore.testing.strategies.cases import ON, cases


def for_plan_policy(
    country: Jurisdiction | str, *, on: date = ON, examples: int = 100
) -> tuple[Law, ...]:
    """For each law of plans that the country holds to, that no drafted plan breaks it.

    Plans are drafted for people who attend nothing yet: what runs is kept even where it is not as
    the laws want it.

    Args:
        country: the country, or the id of a bundled one.
        on: the day on which plans are drafted.
        examples: how many people are tried for each law.
    """
    where = load(country) if isinstance(country, str) else country
    # What runs is kept, whether or not it is right; so nothing runs.
    people = cases(where, on=on, enrolments=(), completions=())
    return tuple(
        Law(
            law_id=f"drafts_keep-{law_id}",
            statement=plan_laws()[law_id].statement.in_language("en")[0],
            cite=f"laws of plans, {law_id}",
            prove=partial(holds_for, people, partial(_kept, law_id, where, on), examples),
        )
        for law_id in CONTENT_CHECKS
        if law_id not in where.plan_policy.laws_off
    )


def _kept(law_id: str, country: Jurisdiction, on: date, case: CaseFile) -> None:
    content = plan(case, country, on=on).content
    of_content = {law_id: CONTENT_CHECKS[law_id]}
    findings = check_plan(content, case, country, on=on, of_content=of_content)
    broken = [str(found) for found in findings if found.answer is Answer.NOT_MET]
    require(not broken, "\n".join(broken))
