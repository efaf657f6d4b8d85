"""Laws of the basis of items: why a person has to take part, or agreed to; in which group."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import evolve

from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach
from rehabcore.care.plans.laws.of_time import last_day, starts_on
from rehabcore.plans import PlanContent, PlanItem
from rehabcore.rules.time.days import Span
from rehabcore.strict.vocabulary import Basis, RecordId


def items_have_a_basis(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P10: what is mandatory rests on a requirement, what is voluntary on a live consent.

    Of a consent that was given for a time nobody can tell yet whether the person agrees again.
    """
    for index, item in enumerate(content.items):
        if item.basis is Basis.MANDATORY:
            if not _holds(grounds, grounds.requirements, item.requirement, item):
                expected = "a requirement that obliges the person to it as long as it goes on"
                yield Breach(place=f"items[{index}].requirement", expected=expected)
        elif not _holds(grounds, grounds.consents, item.consent, item):
            expected = "a consent to it that is live as long as it goes on"
            given = evolve(item, starts=min(item.starts, starts_on(item)), ends=None, sessions=())
            for_a_time = item.consent not in grounds.withdrawn and _holds(
                grounds, grounds.consents, item.consent, given
            )
            yield Breach(place=f"items[{index}].consent", expected=expected, certain=not for_a_time)


def _holds(
    grounds: PlanGrounds, spans: Mapping[RecordId, Span], named: RecordId | None, item: PlanItem
) -> bool:
    """Whether a record is about an item, and counts from its first day to its last.

    Of an item without an end nobody knows the last day: it is asked up to today.
    """
    if named is None or grounds.bound_to.get(named, item.program_id) != item.program_id:
        return False
    span, last = spans.get(named), last_day(item) or max(item.starts, grounds.on)
    return span is not None and all(day in span for day in (item.starts, starts_on(item), last))


def only_duties_are_breached(content: PlanContent, _: PlanGrounds) -> Iterator[Breach]:
    """P12: nothing that is voluntary is reported as a breach."""
    for index, item in enumerate(content.items):
        if item.basis is Basis.VOLUNTARY and item.breach_after is not None:
            expected = "nothing here: to refuse or miss what is voluntary is no breach"
            yield Breach(place=f"items[{index}].breach_after", expected=expected)


def hours_are_enough(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P22: the hours reach what is called for, or the shortfall is written down as it is."""
    target = None if grounds.called_for is None else grounds.called_for.hours
    if target is None or grounds.died_on is not None:
        return
    counting = (item.hours for item in content.items if item.program_id in grounds.counting)
    planned = grounds.credited + sum((hours or Decimal(0) for hours in counting), Decimal(0))
    short = content.shortfall
    told = short is not None and short.called_for >= target and short.planned <= planned
    if planned < target and not told:
        expected = f"{target} hours, or a shortfall with its reason that tells of {planned}"
        yield Breach(place="shortfall", expected=expected)


def groups_are_of_one_risk(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P24: nobody of low risk is in a group of high risk, unless somebody decided so."""
    apart = grounds.apart
    if apart is None:
        return
    for index, item in enumerate(content.items):
        if item.group_level in apart.high and item.group_override is None:
            place, expected = f"items[{index}].group_level", "a group of another level of risk"
            if grounds.risk in apart.low:
                yield Breach(place=place, expected=expected)
            elif grounds.risk is None:
                yield Breach(place=place, expected=expected, certain=False)
