"""Plans held against the laws, and what is found, in a stable order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from attrs import evolve

from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.laws import of_basis, of_histories, of_needs, of_time
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach, LawFinding, PlanLaw
from rehabcore.care.plans.versions import plan_history
from rehabcore.plans import PlanContent
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

BookCheck = Callable[[of_histories.BookRead, PlanGrounds], Iterable[Breach]]
"""A function that looks for breaches of one law in a book; an agency may add its own."""

BOOK_CHECKS: Mapping[str, BookCheck] = {
    "P3": of_histories.signed_after_the_answer,
    "P4": of_histories.signed_is_frozen,
    "P5": of_histories.versions_count_on,
    "P6": of_histories.one_version_is_active,
    "P11": of_histories.nothing_voluntary_after_withdrawal,
    "P13": of_histories.an_answer_stays,
    "P15": of_histories.edits_follow_each_other,
    "P26": of_histories.signatures_are_there,
    "P27": of_histories.copies_are_given,
    "P28": of_histories.more_need_takes_no_hours_away,
    "P29": of_histories.duties_only_without_agreement,
}
"""The laws of a history, by id."""


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
    found = ((law_id, check(content, grounds)) for law_id, check in checks.items())
    return tuple(_findings(found))


def check_book(
    book: PlanBook,
    grounds: PlanGrounds,
    checks: Mapping[str, BookCheck] = BOOK_CHECKS,
    of_content: Mapping[str, ContentCheck] = CONTENT_CHECKS,
) -> tuple[LawFinding, ...]:
    """Every place of a book at which a law does not hold.

    First what is wrong with the book as a whole, by law; then with each version that may still be
    followed, from the first. What does not fit the tables at all is found as ``P16``.

    Args:
        book: the book of the plan.
        grounds: what is known of the person and the country on the day.
        checks: the functions that look at the book, by the id of their law.
        of_content: the functions that look at each version.
    """
    history = plan_history(book, on=grounds.on)
    read = of_histories.BookRead(book=book, history=history)
    whole = [(law_id, check(read, grounds)) for law_id, check in checks.items()]
    misfits = [
        Breach(place=f"entries[{one.place}]", expected=f"an entry that fits: {one.why.value}")
        for one in history.misfits
    ]
    versions = (
        evolve(finding, place=f"versions[{version.number}].{finding.place}")
        for version in of_histories.living(history)
        for finding in check_content(version.content, grounds, of_content)
    )
    return (*_findings([("P16", misfits), *whole]), *versions)


def _findings(found: Iterable[tuple[str, Iterable[Breach]]]) -> Iterator[LawFinding]:
    for law_id, breaches in found:
        for breach in breaches:
            yield LawFinding(
                law_id=law_id,
                place=breach.place,
                expected=breach.expected,
                answer=Answer.NOT_MET if breach.certain else Answer.UNKNOWN,
            )
