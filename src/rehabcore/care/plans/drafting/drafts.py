"""A draft of a plan, with why each programme is in it, why others are not, and other drafts.

A draft is advice: a named person decides. It is the best that can be made from what is given, by
the order of merit.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from attrs import field

from rehabcore.care.needs.dosage import DosagePlan
from rehabcore.care.needs.sequence import Turn
from rehabcore.care.plans.drafting.reasons import DraftChoice, PassedOver
from rehabcore.plans import PlanContent
from rehabcore.programs import Offer
from rehabcore.records.fields import PROGRAMS, word
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import ProgramId


@frozen(kw_only=True)
@checked
class DraftMerit:
    """How good a draft is, in the order in which drafts are compared (``drafting.merit``).

    ``duties`` are those programmes that the person is obliged to and that are planned; ``needs``
    the domains of needs that are covered, ``hours`` those towards what is called for. ``finish`` is
    the last day of what was chosen: None if nothing was, or a length is not stated. ``programs`` is
    how many were chosen.
    """

    duties: tuple[ProgramId, ...] = field(default=(), metadata=SECRET | word(PROGRAMS))
    needs: tuple[str, ...] = ()
    hours: Decimal = Decimal(0)
    finish: date | None = None
    programs: int = 0


@frozen(kw_only=True)
@checked
class Draft:
    """A draft of an individual plan: its content, and why it is as it is.

    ``offers`` are the answers of the programmes that it speaks of, in the order of the catalogue.
    ``dosage`` compares the hours that are planned and done with those called for; None if the
    country states nothing about them. ``turns`` say of what was chosen whether a group may start.
    ``draft_data`` names everything that it rests on and no reviewed source states. If not all
    combinations could be weighed, it is not ``complete``: there may be a better one.
    """

    content: PlanContent
    merit: DraftMerit
    choices: tuple[DraftChoice, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    offers: tuple[Offer, ...] = ()
    dosage: DosagePlan | None = None
    turns: tuple[Turn, ...] = ()
    draft_data: tuple[str, ...] = ()
    complete: bool = True

    def __repr__(self) -> str:
        goals, items = len(self.content.goals), len(self.content.items)
        on = self.content.starts.isoformat()
        return f"<Draft of {on}: {goals} goals, {items} items>"

    @property
    def programs(self) -> tuple[ProgramId, ...]:
        """The programmes that it plans, in the order of their start."""
        return tuple(item.program_id for item in self.content.items)


@frozen(kw_only=True)
@checked
class OtherDraft:
    """Another draft that is no worse in everything, and how it differs from the best.

    ``more_hours`` and ``sooner`` (in days) are negative if it has fewer hours, or is finished
    later; ``sooner`` is None if one of the two days is not known.
    """

    draft: Draft
    adds: tuple[ProgramId, ...] = field(default=(), metadata=SECRET | word(PROGRAMS))
    leaves_out: tuple[ProgramId, ...] = field(default=(), metadata=SECRET | word(PROGRAMS))
    covers_more: tuple[str, ...] = ()
    covers_less: tuple[str, ...] = ()
    more_hours: Decimal = Decimal(0)
    sooner: int | None = None

    @classmethod
    def compared(cls, draft: Draft, best: Draft) -> "OtherDraft":
        """A draft compared with the best."""
        own, other = draft.merit, best.merit
        days = None
        if own.finish is not None and other.finish is not None:
            days = (other.finish - own.finish).days
        return cls(
            draft=draft,
            adds=_without(draft.programs, best.programs),
            leaves_out=_without(best.programs, draft.programs),
            covers_more=tuple(one for one in own.needs if one not in other.needs),
            covers_less=tuple(one for one in other.needs if one not in own.needs),
            more_hours=own.hours - other.hours,
            sooner=days,
        )


def _without(some: Iterable[ProgramId], others: tuple[ProgramId, ...]) -> tuple[ProgramId, ...]:
    return tuple(one for one in some if one not in others)
