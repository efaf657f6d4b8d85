"""Plans held against the laws, and what is found, in a stable order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from rehabcore.care.plans.content import PlanContent
from rehabcore.care.plans.laws import of_basis, of_needs, of_time
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach, LawFinding, PlanLaw
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.truth import Answer
from rehabcore.strict.documents import parse_toml
from rehabcore.strict.frozen import frozen
from rehabcore.strict.structure import Codec

ContentCheck = Callable[[PlanContent, PlanGrounds], Iterable[Breach]]
"""A function that looks for breaches of one law in one content; an agency may add its own."""

CONTENT_CHECKS: Mapping[str, ContentCheck] = {
    "P1": of_needs.goals_serve_assessed_needs,
    "P2": of_needs.high_needs_are_answered,
    "P7": of_needs.plan_follows_assessments,
    "P8": of_time.review_is_in_time,
    "P9": of_time.nothing_outlasts_the_sentence,
    "P10": of_basis.items_have_a_basis,
    "P12": of_basis.only_duties_are_breached,
    "P19": of_time.no_group_before_what_is_acute,
    "P20": of_time.prerequisites_come_first,
    "P21": of_time.weeks_are_not_too_full,
    "P22": of_basis.hours_are_enough,
    "P24": of_basis.groups_are_of_one_risk,
    "P25": of_time.ages_fit,
    "P31": of_needs.goals_are_served,
}
"""The laws of one version, by id."""


@frozen(kw_only=True)
class _File:
    laws: tuple[PlanLaw, ...]


@cache
def plan_laws() -> Mapping[str, PlanLaw]:
    """Every law of plans that comes with the library, by id, in order."""
    codec = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)
    file = resources.files(__package__).joinpath("laws.toml")
    laws = codec.read(parse_toml(file.read_bytes()), _File).laws
    return {law.law_id: law for law in laws}


def check_content(
    content: PlanContent, grounds: PlanGrounds, checks: Mapping[str, ContentCheck] = CONTENT_CHECKS
) -> tuple[LawFinding, ...]:
    """Every place of a content at which a law does not hold, by law, then by place.

    Args:
        content: what the plan says.
        grounds: what is known of the person and the country on the day.
        checks: the functions that look, by the id of their law.
    """
    return tuple(_found(content, grounds, checks))


def _found(
    content: PlanContent, grounds: PlanGrounds, checks: Mapping[str, ContentCheck]
) -> Iterator[LawFinding]:
    for law_id, check in checks.items():
        for breach in check(content, grounds):
            yield LawFinding(
                law_id=law_id,
                place=breach.place,
                expected=breach.expected,
                answer=Answer.NOT_MET if breach.certain else Answer.UNKNOWN,
            )
