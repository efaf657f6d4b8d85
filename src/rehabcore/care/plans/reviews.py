"""The next review of a plan: the day by which it has to be looked at again."""

from collections.abc import Iterator
from datetime import date

from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.strict.checked import is_known_day


def next_review(
    policy: PlanPolicy,
    on: date,
    *,
    release: date | None = None,
    sentence_end: date | None = None,
    assessed_until: date | None = None,
) -> date | None:
    """The day by which a plan is to be reviewed; None if nothing states one.

    It is not later than the country's term, which is shorter where release is near, nor than the
    end of the sentence, nor than the day from which on an assessment no longer holds.

    Args:
        policy: the policy of the country.
        on: the day from which the term runs.
        release: the day of release, known or projected; None if there is none.
        sentence_end: the end of the sentence; None if it is not known.
        assessed_until: the first day on which an assessment no longer holds.
    """
    days = [*_of_policy(policy, on, release), sentence_end, assessed_until]
    return min((day for day in days if day is not None and day > on), default=None)


def _of_policy(policy: PlanPolicy, on: date, release: date | None) -> Iterator[date]:
    near = [
        one.review_every
        for one in policy.near_release
        if release is not None and release <= one.release_within.after(on)
    ]
    for term in (policy.review_every, *near):
        due = None if term is None else term.after(on)
        if due is not None and is_known_day(due):
            yield due
