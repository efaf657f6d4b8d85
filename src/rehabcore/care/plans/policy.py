"""The policy of a country on plans: what becomes a goal, and when a plan is reviewed."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, is_code


@frozen(kw_only=True)
@checked
class ReviewNearRelease:
    """The longest term to the next review, once release is no further away than a term."""

    release_within: Term
    review_every: Term
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        for name in ("release_within", "review_every"):
            if getattr(self, name) == Term():
                yield Problem.of("0 days", "out_of_range", "a term of at least a day", path=name)


@frozen(kw_only=True)
@checked
class PlanPolicy:
    """The policy by which a country drafts plans.

    A need of level ``goal_from`` or higher becomes a goal; None where no levels are published.
    ``review_every`` is the longest term to the next review; None if no source states one.
    ``near_release`` shortens it, the longest first. A question is to be answered within
    ``answer_within``; None leaves it to the next review. ``component_of`` names the document of
    which the plan is a part. ``signed_by`` are the roles that have to sign every version, of which
    that of the person is ``person``; empty where no source states them. ``laws_off`` are the laws
    of plans to which the country does not hold them.

    Raises:
        InputError: a term is no day long, a review comes later where release is nearer, or a role
            stands twice.
    """

    component_of: Text
    goal_from: str | None = None
    review_every: Term | None = None
    near_release: tuple[ReviewNearRelease, ...] = ()
    answer_within: Term | None = None
    signed_by: tuple[str, ...] = ()
    laws_off: frozenset[str] = frozenset()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        for index, role in enumerate(self.signed_by):
            if role in self.signed_by[:index] or not is_code(role):
                expected = "the code of a role, each once"
                yield Problem.of(role, "repeated_item", expected, path=f"signed_by[{index}]")
        for name in ("review_every", "answer_within"):
            if getattr(self, name) == Term():
                expected = "a term of at least a day, or nothing where none is stated"
                yield Problem.of("0 days", "out_of_range", expected, path=name)
        every = [] if self.review_every is None else [(None, self.review_every)]
        rows = [*every, *((one.release_within, one.review_every) for one in self.near_release)]
        for index, ((far, before), (near, after)) in enumerate(pairwise(rows)):
            wider = far is not None and near is not None and _long(near) >= _long(far)
            if wider or _long(after) > _long(before):
                path = f"near_release[{index + 1 - len(every)}]"
                expected = "a shorter way to release than before, and no longer term to a review"
                yield Problem.of(str(after), "out_of_range", expected, path=path)


_SOME_DAY = date(2001, 1, 1)


def _long(term: Term) -> date:
    """A term as far as it reaches from one day, to compare it with others."""
    return term.after(_SOME_DAY)
